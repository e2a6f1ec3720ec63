"""What tests of sending share: messages queued in a store, jobs for them, names that lead to loopback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from postroom.delivery.outcome import Job, JobRecipient
from postroom.delivery.queue import QueueRecipient
from postroom.delivery.remote import Remote
from postroom.delivery.sessions import WAITS, Patience
from postroom.delivery.spool import Spool
from postroom.formats.address import Address
from postroom.network.resolver import Answer, LookupFailed, NameNotFoundError
from postroom.storage.database import shard_of_id
from store import House

MESSAGE = b"From: a@example.test\r\nTo: b@example.net\r\nSubject: hello\r\n\r\nHello.\r\n.dots\r\n..\r\n.\r\nEnd\r\n"


@dataclass
class Names:
    """A resolver that answers from tables. A name that is in none does not exist; one in `failing` has no answer for now."""

    mail: Mapping[str, list[tuple[int, str]]] = field(default_factory=dict)
    four: Mapping[str, list[str]] = field(default_factory=dict)
    six: Mapping[str, list[str]] = field(default_factory=dict)
    failing: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    async def mx(self, domain: str) -> Answer[tuple[int, str]]:
        return self._answer("MX", self.mail, domain)

    async def a(self, host: str) -> Answer[str]:
        return self._answer("A", self.four, host)

    async def aaaa(self, host: str) -> Answer[str]:
        return self._answer("AAAA", self.six, host)

    async def txt(self, name: str) -> Answer[bytes]:
        return Answer(())

    async def ptr(self, ip: str) -> Answer[str]:
        return Answer(())

    def _answer(self, kind: str, table: Mapping[str, list[Any]], name: str) -> Answer[Any]:
        self.asked.append(f"{kind} {name}")
        if name in self.failing or f"{kind} {name}" in self.failing:
            raise LookupFailed(f"no answer for {name}")
        if name in table:
            return Answer(tuple(table[name]), 300)
        if name in {*self.mail, *self.four, *self.six}:
            return Answer(())
        raise NameNotFoundError(name)


QUICK = Patience(connect=2, handshake=2, waits=dict.fromkeys(WAITS, 2.0), idle=1)


def remote(house: House, names: Names | None = None, **more: Any) -> Remote:
    """A Remote over a store's floors, as mail.example.test, whose mail for example.net goes to 127.0.0.1 by the DNS unless `names` say else."""
    names = names or Names({"example.net": [(10, "mx.example.net")]}, {"mx.example.net": ["127.0.0.1"]})
    terms: dict[str, Any] = {"patience": QUICK, "shuffle": lambda _: None, "name": lambda: "mail.example.test"} | more
    return Remote(house.database, house.blobs, names, **terms)


async def queued(
    house: House,
    *recipients: str,
    message: bytes = MESSAGE,
    sender: str = "a@example.test",
    options: Mapping[str, str] | None = None,
    sign: str = "",
    each: Mapping[str, str] | None = None,
) -> Job:
    """Store a message as acceptance does, and give the job of sending it; `each` are the DSN parameters of every recipient."""
    recipients = recipients or ("b@example.net",)
    spool = Spool(house.blobs, 1 << 30)
    for start in range(0, len(message), 65536):
        if spool.write(message[start : start + 65536]):
            await spool.settle()
    waiting = [QueueRecipient(recipient, "example.net", each or {}) for recipient in recipients]
    accepted = await house.delivery.accept(spool, Address.parse(sender) if sender else None, [], waiting, options=options)
    assert accepted.queue_id is not None
    shard = shard_of_id(accepted.queue_id)
    [(content_id,)] = await house.database.read(shard, "SELECT content_id FROM queue WHERE id = ?", (accepted.queue_id,))
    to = tuple(JobRecipient(number, recipient, each or {}) for number, recipient in enumerate(recipients, 1))
    destination = recipients[0].rpartition("@")[2]
    return Job(accepted.queue_id, shard, content_id, len(message), sender, options or {}, destination, to, sign)
