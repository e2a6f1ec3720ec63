"""The post office that the doors hand messages to: spool, room in mailboxes, the disk's reserve, and acceptance with its routes."""

from __future__ import annotations

import enum
import time
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from postroom.delivery.accept import LocalRecipient
from postroom.delivery.queue import QueueRecipient
from postroom.delivery.spool import Spool
from postroom.directory.resolve import Resolution
from postroom.formats.mime import Limits
from postroom.storage.disk import free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from postroom.delivery.accept import Delivery
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.directory.resolve import NotOurs
    from postroom.formats.envelope import Envelope, Recipient
    from postroom.formats.smtp import Reply
    from postroom.mailboxes.mailboxes import Mailboxes

USAGE_SECONDS: Final = 1.0
"""How long a measured usage is good for: what other workers deliver meanwhile may take a mailbox over its quota by that much."""

MOST_MEASURED: Final = 10_000
SENT: Final = "Sent"


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
    """A message that is durable; `refused` has the recipients that were not served, by place in the envelope (nobody, so far)."""

    id: str
    refused: Mapping[int, Reply]


class Post:
    """What SMTP, LMTP and the HTTP API see of delivery."""

    def __init__(
        self, directory: Directory, mailboxes: Mailboxes, delivery: Delivery, data: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Serve one process; `data` is the directory whose disk must keep its reserve."""
        self._directory = directory
        self._mailboxes = mailboxes
        self._delivery = delivery
        self._data = data
        self._clock = clock
        self._usage: dict[int, tuple[int, float]] = {}
        self._free = (0, 0.0)

    def spool(self, most: int) -> Spool:
        """Make room for a message of at most `most` bytes."""
        settings = self._directory.settings
        limits = Limits(settings.max_mime_depth, settings.max_mime_parts, settings.max_header_size)
        return Spool(self._mailboxes.blobs, most, limits)

    async def accept(self, envelope: Envelope, routes: Sequence[Resolution | NotOurs], spool: Spool, arrival: Arrival) -> Receipt:
        """Make a message durable for everyone that `routes` names for each recipient; raises Unavailable, and then nothing was kept."""
        local: list[LocalRecipient] = []
        remote: dict[str, QueueRecipient] = {}
        for recipient, route in zip(envelope.recipients, routes, strict=True):
            if isinstance(route, Resolution):
                local += [LocalRecipient(account.id, recipient.address) for account in route.accounts]
                remote |= {address.key: QueueRecipient(str(address), address.domain, _options(recipient)) for address in route.remote}
            else:
                remote[recipient.address.key] = QueueRecipient(str(recipient.address), recipient.address.domain, _options(recipient))
        if arrival.account is not None and self._directory.settings.file_into_sent:
            local.append(LocalRecipient(arrival.account.id, arrival.account.address, SENT))
        account_id = arrival.account.id if arrival.account else None
        accepted = await self._delivery.accept(
            spool, envelope.sender, local, tuple(remote.values()), account_id=account_id, options=_envelope_options(envelope)
        )
        for reached in local:
            self._grow(reached.account_id, accepted.content_size)
        return Receipt(arrival.id, {})

    def room(self, accounts: Sequence[Account], size: int) -> Room | None:
        """Tell without waiting whether `size` bytes fit in all these mailboxes; None: call `measure` first."""
        answer = Room.ENOUGH
        for account in accounts:
            if not account.quota:
                continue
            if size > account.quota:
                return Room.NEVER
            used, until = self._usage.get(account.id, (0, 0.0))
            if until < self._clock():
                return None
            if used + size > account.quota or used >= account.quota:
                answer = Room.FULL
        return answer

    async def measure(self, accounts: Sequence[Account]) -> None:
        """Find out how full these mailboxes are."""
        if len(self._usage) > MOST_MEASURED:
            self._usage.clear()
        for account in accounts:
            if account.quota:
                used, _ = await self._mailboxes.usage(account.id)
                self._usage[account.id] = (used, self._clock() + USAGE_SECONDS)

    def _grow(self, account_id: int, size: int) -> None:
        if account_id in self._usage:
            used, until = self._usage[account_id]
            self._usage[account_id] = (used + size, until)

    def reserve(self) -> bool:
        """Tell whether the disk has more than its reserve; looked up once a second."""
        free, until = self._free
        now = self._clock()
        if until <= now:
            free = free_bytes(self._data)
            self._free = (free, now + 1.0)
        return free > self._directory.settings.free_space_reserve


def _options(recipient: Recipient) -> dict[str, str]:
    """Give a recipient's DSN parameters (RFC 3461) by name."""
    options = {"NOTIFY": ",".join(recipient.notify)} if recipient.notify else {}
    return options | ({"ORCPT": recipient.orcpt} if recipient.orcpt else {})


def _envelope_options(envelope: Envelope) -> dict[str, str]:
    """Give what MAIL FROM said that the next server must hear, by parameter name."""
    options = {"BODY": envelope.body, "SMTPUTF8": "1" if envelope.smtputf8 else "", "RET": envelope.ret or "", "ENVID": envelope.envid or ""}
    return {name: value for name, value in options.items() if value}
