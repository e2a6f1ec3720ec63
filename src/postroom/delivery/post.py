"""The post office that the doors hand messages to: spool, room in mailboxes, the disk's reserve, and acceptance with its routes."""

from __future__ import annotations

import enum
import time
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from postroom.delivery import outbound
from postroom.delivery.accept import LocalRecipient
from postroom.delivery.queue import QueueRecipient
from postroom.delivery.results import owed
from postroom.delivery.spool import Spool
from postroom.delivery.treatment import Reached, Treated, Treatment
from postroom.directory.resolve import NOT_OURS, Resolution
from postroom.events import depth
from postroom.formats import headers
from postroom.formats.dkim import author_domain
from postroom.formats.dsn import Action
from postroom.formats.flags import SEEN
from postroom.formats.mime import Limits
from postroom.storage.disk import free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from postroom.delivery.accept import Delivery
    from postroom.delivery.extras import Extra
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.directory.resolve import NotOurs
    from postroom.formats.address import Address
    from postroom.formats.envelope import Envelope, Recipient
    from postroom.formats.smtp import Reply
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.mailboxes.placing import Placed

USAGE_SECONDS: Final = 1.0
"""How long a measured usage is good for: what other workers deliver meanwhile may take a mailbox over its quota by that much."""

MOST_MEASURED: Final = 10_000
SENT: Final = "Sent"
HEADER_OCTETS: Final = 256 * 1024
DEPTH: Final = "DEPTH"
"""The option of a message that says within how many events it was made."""


class Room(enum.Enum):
    """Whether a message fits into the mailboxes it is for."""

    ENOUGH = "enough"
    FULL = "full"
    NEVER = "never"
    """It is larger than a whole quota."""


class Arrival(Protocol):
    """The facts of an arrival that acceptance needs; the doors know more."""

    @property
    def id(self) -> str:
        """What the message is called in the log."""

    @property
    def account(self) -> Account | None:
        """Who submitted it, if anyone."""


class Receipt(NamedTuple):
    """A message that is durable; `refused` has the recipients that were not served, by place in the envelope (nobody, so far).

    `queue_id` is set when some of it waits for other servers, `placed` tells the mailboxes that have it already.
    """

    id: str
    refused: Mapping[int, Reply]
    record: outbound.Record | None = None
    queue_id: int | None = None
    placed: tuple[Placed, ...] = ()


class Post:
    """What SMTP, LMTP and the HTTP API see of delivery."""

    def __init__(
        self, directory: Directory, mailboxes: Mailboxes, delivery: Delivery, data: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Serve one process; `data` is the directory whose disk must keep its reserve."""
        self._directory = directory
        self._mailboxes = mailboxes
        self._delivery = delivery
        self.treatment = Treatment(directory, mailboxes, delivery, self.spool)
        self._data = data
        self._clock = clock
        self._usage: dict[int, tuple[int, int, float]] = {}
        self._free = (0, 0.0)

    def spool(self, most: int) -> Spool:
        """Make room for a message of at most `most` bytes."""
        settings = self._directory.settings
        limits = Limits(settings.max_mime_depth, settings.max_mime_parts, settings.max_header_size)
        return Spool(self._mailboxes.blobs, most, limits)

    async def accept(
        self,
        envelope: Envelope,
        routes: Sequence[Resolution | NotOurs],
        spool: Spool,
        arrival: Arrival,
        *,
        filed: bool | None = None,
        record: outbound.Outgoing | None = None,
        ours: bool = False,
        signed: bool = False,
    ) -> Receipt:
        """Make a message durable for everyone that `routes` names for each recipient; raises Unavailable, and then nothing was kept.

        `filed` says whether a copy goes into the sender's Sent folder (None: as the setting for submission says), `record` what is recorded
        with the message, `ours` that the server's own programs wrote it: it is signed as its users' mail is. `signed`: its author's signature is
        below it already.
        """
        later = envelope.release > self._mailboxes.now()
        new = self._directory.events.delivering and not later
        place = 0
        reached: list[Reached] = []
        remote: dict[str, QueueRecipient] = {}
        for recipient, route in zip(envelope.recipients, routes, strict=True):
            address, options = recipient.address, _options(recipient)
            if new and isinstance(route, Resolution) and route.accounts:
                place = place or route.accounts[0].id
                address = address if address.domain else route.accounts[0].address
            if not isinstance(route, Resolution) or ((later or new) and address.domain):
                remote[address.key] = QueueRecipient(str(address), address.domain, options)
                continue
            reached += [Reached(account, address) for account in route.accounts]
            remote |= {waiting.address: waiting for waiting in onward(address, route, options, self._directory.destination)}
            action = success(route)
            if action is not None and owed(action, str(envelope.sender or ""), options.get("NOTIFY", "")):
                remote[f"{action} {address.key}"] = QueueRecipient(str(address), address.domain, options, action)
        local = [LocalRecipient(account.id, address) for account, address in reached]
        options = _envelope_options(envelope)
        extras: Sequence[Extra] = ()
        sign = bool(remote) and bool(arrival.account or record or ours or NOT_OURS in routes)
        treats = not new and self.treatment.concerns(reached)
        options |= self.treatment.owed() if new else {}
        signs = not (record or ours or signed) and self.treatment.signs(envelope.sender, arrival.account)
        if treats or signs:
            spool, treated = await self._treat(envelope, spool, arrival, reached, signs=signs, treats=treats)
            if treats:
                local, extras = treated.local, treated.extras
                remote = {} if treated.deleted else remote | {waiting.address: waiting for waiting in treated.remote}
                options |= treated.options
        if arrival.account is not None and (self._directory.settings.file_into_sent if filed is None else filed):
            local.append(LocalRecipient(arrival.account.id, arrival.account.address, SENT, SEEN))
        accepted = await self._delivery.accept(
            spool,
            envelope.sender,
            local,
            tuple(remote.values()),
            account_id=arrival.account.id if arrival.account else None,
            options=options,
            new_at=place if new else None,
            receipt=arrival.id,
            sign=self._signing_domain(spool) if sign else "",
            release=envelope.release,
            record=record,
            extras=extras,
        )
        for kept in local:
            self._grow(kept.account_id, accepted.content_size)
        if treats and treated.deleted:
            self.treatment.tell_deleted(treated, envelope.sender, [recipient.address for recipient in envelope.recipients])
        return Receipt(arrival.id, {}, accepted.record, accepted.queue_id, tuple(accepted.placed))

    async def signed(self, envelope: Envelope, spool: Spool, arrival: Arrival) -> Spool:
        """Put the signature of its author below a message that somebody sees before it is accepted; gives its spool. Raises Unavailable."""
        if not self.treatment.signs(envelope.sender, arrival.account):
            return spool
        return (await self._treat(envelope, spool, arrival, (), signs=True, treats=False))[0]

    async def _treat(
        self, envelope: Envelope, spool: Spool, arrival: Arrival, reached: Sequence[Reached], *, signs: bool, treats: bool
    ) -> tuple[Spool, Treated]:
        """Have a message signed by its author's signature, and treated; gives the spool with the content that it has then."""
        content = await spool.whole()
        sender, recipients = envelope.sender, [recipient.address for recipient in envelope.recipients]
        written = content
        if signs and sender is not None and (arrival.account is not None or self._directory.settings.ip_ranges):
            written = await self.treatment.sign(content, sender, arrival.account, recipients)
        treated = await self.treatment.treat(written, sender, recipients, reached) if treats else Treated(local=[])
        written = written if treated.content is None else treated.content
        return (spool if written is content else await spool.replaced(written)), treated

    async def refuse(self, record: outbound.Outgoing) -> outbound.Record:
        """Record a message that none of its recipients can get; raises Unavailable."""
        shard = self._mailboxes.shard_of(record.account_id or 0)
        made: outbound.Record = await self._mailboxes.database.transact(shard, outbound.record, record, self._mailboxes.now())
        return made

    def _signing_domain(self, spool: Spool) -> str:
        """Name the domain of ours in whose name a user's message is written, so that its signature is aligned with it; '' when there is none."""
        head = spool.head(HEADER_OCTETS)
        domain = author_domain(head[: headers.header_end(head)])
        return domain if self._directory.domains.get(domain) else ""

    def room(self, accounts: Sequence[Account], size: int) -> Room | None:
        """Tell without waiting whether `size` bytes fit in all these mailboxes; None: call `measure` first."""
        answer = Room.ENOUGH
        most = self._directory.settings.max_messages_per_mailbox
        for account in accounts:
            if not account.quota and not most:
                continue
            if account.quota and size > account.quota:
                return Room.NEVER
            used, messages, until = self._usage.get(account.id, (0, 0, 0.0))
            if until < self._clock():
                return None
            if (account.quota and (used + size > account.quota or used >= account.quota)) or (most and messages >= most):
                answer = Room.FULL
        return answer

    async def measure(self, accounts: Sequence[Account]) -> None:
        """Find out how full these mailboxes are."""
        if len(self._usage) > MOST_MEASURED:
            self._usage.clear()
        for account in accounts:
            if account.quota or self._directory.settings.max_messages_per_mailbox:
                self._usage[account.id] = (*await self._mailboxes.usage(account.id), self._clock() + USAGE_SECONDS)

    def _grow(self, account_id: int, size: int) -> None:
        if account_id in self._usage:
            used, messages, until = self._usage[account_id]
            self._usage[account_id] = (used + size, messages + 1, until)

    def reserve(self) -> bool:
        """Tell whether the disk has more than its reserve; looked up once a second."""
        free, until = self._free
        now = self._clock()
        if until <= now:
            free = free_bytes(self._data)
            self._free = (free, now + 1.0)
        return free > self._directory.settings.free_space_reserve


def onward(address: Address, found: Resolution, options: Mapping[str, str], destination: Callable[[Address], str]) -> list[QueueRecipient]:
    """Give the recipients on other servers that an address of ours leads to, with what its sender asked for (RFC 3461 section 5.2.7).

    An address with one destination hands all of it on; where it leads to several, success is reported here, at the fork. The address that
    was accepted goes with it as ALIAS: reports are about that one, which the sender knows. `destination` names where each waits.
    """
    kept = {"ALIAS": str(address), **options}
    notify = [word for word in kept.get("NOTIFY", "").split(",") if word]
    if success(found) is not None and "SUCCESS" in notify:
        kept["NOTIFY"] = ",".join(word for word in notify if word != "SUCCESS") or "NEVER"
    return [QueueRecipient(str(target), destination(target), kept) for target in found.remote]


def success(found: Resolution) -> Action | None:
    """Tell what a message that got so far has come to; None when its only destination is on another server, which has the last word."""
    if not found.remote:
        return Action.DELIVERED
    return Action.EXPANDED if found.accounts or len(found.remote) > 1 else None


def _options(recipient: Recipient) -> dict[str, str]:
    """Give a recipient's DSN parameters (RFC 3461) by name."""
    options = {"NOTIFY": ",".join(recipient.notify)} if recipient.notify else {}
    return options | ({"ORCPT": recipient.orcpt} if recipient.orcpt else {})


def _envelope_options(envelope: Envelope) -> dict[str, str]:
    """Give what MAIL FROM said that the next server must hear, by parameter name."""
    options = {"BODY": envelope.body, "SMTPUTF8": "1" if envelope.smtputf8 else "", "RET": envelope.ret or "", "ENVID": envelope.envid or ""}
    options |= {"REQUIRETLS": "1"} if envelope.requiretls else {}
    options |= {DEPTH: str(depth())} if depth() else {}
    return {name: value for name, value in options.items() if value}
