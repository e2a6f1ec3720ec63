"""Who lives in these tests: alice with password secret-1, bob, and the mail in their INBOXes, all in memory."""

from __future__ import annotations

from array import array
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any

from postroom.directory.errors import LoginRefused
from postroom.errors import Unavailable
from postroom.formats import scram
from postroom.formats.address import Address
from postroom.mailboxes.maildrop import Gone
from postroom.servers.pop3 import House, Rules

MAIL = [
    b"From: bob@example.test\r\nSubject: one\r\n\r\nHello Alice\r\n",
    b"Subject: dots\r\n\r\n.\r\n..\r\nline\r\n.end\r\n",
    b"Subject: no end\r\n\r\nthe last line has no end",
]


@dataclass(frozen=True)
class Account:
    id: int
    address: Address


class Lock:
    def __init__(self, held: set[int], account_id: int) -> None:
        self._held = held
        self._account_id = account_id
        held.add(account_id)

    def release(self) -> None:
        self._held.discard(self._account_id)

    async def released(self) -> None:
        self.release()


class Inbox:
    """A maildrop in memory; `trouble` is raised by what reads or deletes, after `sound` pieces."""

    uidvalidity = 7

    def __init__(self, mail: Sequence[bytes], piece: int = 65536) -> None:
        self.mail = dict(enumerate(mail, 101))
        self.piece = piece
        self.trouble: Exception | None = None
        self.sound = 0
        self.pieces_read = 0
        self.readers = 0

    @property
    def uids(self) -> array[int]:
        return array("Q", self.mail)

    @property
    def sizes(self) -> array[int]:
        return array("Q", map(len, self.mail.values()))


class Snapshot:
    """An Inbox as it was at login."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.uidvalidity, self.uids, self.sizes = inbox.uidvalidity, inbox.uids, inbox.sizes

    async def read(self, uid: int) -> AsyncGenerator[bytes, None]:
        inbox = self._inbox
        if uid not in inbox.mail:
            raise Gone
        content = inbox.mail[uid]
        inbox.readers += 1
        try:
            for number, start in enumerate(range(0, len(content), inbox.piece)):
                if inbox.trouble is not None and number >= inbox.sound:
                    raise inbox.trouble
                inbox.pieces_read += 1
                yield content[start : start + inbox.piece]
        finally:
            inbox.readers -= 1

    async def delete(self, uids: Sequence[int]) -> None:
        if self._inbox.trouble is not None:
            raise self._inbox.trouble
        for uid in uids:
            self._inbox.mail.pop(uid, None)


class Mailboxes:
    def __init__(self, inboxes: dict[int, Inbox]) -> None:
        self.inboxes = inboxes
        self.held: set[int] = set()
        self.broken = False

    async def lock(self, account_id: int) -> Lock | None:
        return None if account_id in self.held else Lock(self.held, account_id)

    async def maildrop(self, account_id: int) -> Snapshot:
        if self.broken:
            raise Unavailable("The disk is out of order.")
        return Snapshot(self.inboxes[account_id])


class Directory:
    """alice and bob; what was refused is kept."""

    def __init__(self) -> None:
        self.accounts = {name: Account(number, Address.parse(name)) for number, name in enumerate(("alice@example.test", "bob@example.test"), 1)}
        self.accounts["jürgen@example.test"] = self.accounts["alice@example.test"]
        self.passwords = dict.fromkeys(self.accounts, "secret-1") | {"jürgen@example.test": "größe 1"}
        self.keys = scram.derive("secret-1", "SCRAM-SHA-256", b"salt of the test")
        self.refused: list[str] = []
        self.ban = False
        self.scram_mechanisms: tuple[str, ...] = ("SCRAM-SHA-256",)

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        if self.passwords.get(name) != password:
            await self.refuse(ip, name, "wrong")
        return self.accounts[name]

    async def scram(self, ip: str, name: str, mechanism: str) -> scram.Keys:
        return self.keys if name in self.accounts else scram.false_keys(b"secret", name, mechanism)

    async def proven(self, ip: str, name: str) -> Account:
        if name not in self.accounts:
            await self.refuse(ip, name, "no such account")
        return self.accounts[name]

    async def refuse(self, ip: str, name: str, reason: str) -> None:
        self.refused.append(reason)
        raise LoginRefused(reason, banned=self.ban)

    def banned(self, ip: str) -> bool:
        return self.ban


@dataclass
class Log:
    """Keeps what is logged; what must never happen fails the test that asks."""

    lines: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    unhandled: list[str] = field(default_factory=list)

    def info(self, event: str, **facts: Any) -> None:
        self.lines.append((event, facts))

    warning = info

    def exception(self, event: str, **facts: Any) -> None:
        self.unhandled.append(event)

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.lines]


class Town:
    """A whole house for POP3, with its parts at hand."""

    def __init__(self, mail: Sequence[bytes] = MAIL, piece: int = 65536, **rules: Any) -> None:
        self.inbox = Inbox(mail, piece)
        self.mailboxes = Mailboxes({1: self.inbox, 2: Inbox([])})
        self.directory = Directory()
        self.log = Log()
        self.rules = Rules("mail.example.test", **rules)
        self.house = House(self.directory, self.mailboxes, lambda: self.rules, self.log)
