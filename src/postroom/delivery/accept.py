"""The one door through which every message comes in: resolved recipients and a finished spool go in, and when it returns all is on disk.

Local mail is placed at once, in the commit that the acknowledgement waits for; what can't be finished there (another shard, another server)
is a row of the same commit.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from postroom import metrics
from postroom.delivery import handover, outbound
from postroom.delivery.extras import keep
from postroom.delivery.leaving import signature_of
from postroom.delivery.queue import QueueItem, QueueRecipient, enqueue
from postroom.errors import Unavailable
from postroom.log import get_logger
from postroom.mailboxes.placing import Placed, Placement, place

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from postroom.delivery.extras import Extra
    from postroom.delivery.leaving import Sign
    from postroom.delivery.spool import Spool
    from postroom.formats.address import Address
    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Transaction

log = get_logger("delivery")


class LocalRecipient(NamedTuple):
    """A mailbox to deliver to, and the address that led there."""

    account_id: int
    address: Address
    folder: str = "INBOX"
    flags: int = 0


class Accepted(NamedTuple):
    """What became of a message: where it was placed at once, and the queue id when some of it waits for other servers.

    `later` are the handovers of messages that follow from it.
    """

    content_size: int
    placed: list[Placed]
    handovers: list[int]
    queue_id: int | None
    record: outbound.Record | None = None
    later: tuple[int, ...] = ()


class Delivery:
    """Accepts messages for local mailboxes and for the world."""

    def __init__(self, mailboxes: Mailboxes, sign: Sign | None = None, tells_address: Callable[[], bool] = lambda: True) -> None:
        """`sign` makes the signatures of mail that leaves; without it none is made here.

        `tells_address` says whether a message in a mailbox begins with the address that it was sent to (Delivered-To).
        """
        self._tells_address = tells_address
        self._mailboxes = mailboxes
        self._sign = sign
        self._database = mailboxes.database
        self._blobs = mailboxes.blobs
        self._background: set[asyncio.Task[None]] = set()

    async def accept(
        self,
        spool: Spool,
        sender: Address | None,
        local: Sequence[LocalRecipient],
        remote: Sequence[QueueRecipient] = (),
        *,
        account_id: int | None = None,
        options: Mapping[str, str] | None = None,
        receipt: str = "",
        sign: str = "",
        release: int = 0,
        record: outbound.Outgoing | None = None,
        new_at: int | None = None,
        extras: Sequence[Extra] = (),
    ) -> Accepted:
        """Make a message durable for all its recipients; a mailbox reached twice gets one copy. Raises Unavailable, then nothing was kept.

        `receipt` is what the log calls it, `sign` the domain that our keys sign it for, `release` the time (UTC microseconds) before which
        what waits in the queue is not sent, `record` what is recorded in the same commit, `extras` what follows from the message. `new_at`:
        handlers of events are to see what waits before anybody gets it; it waits in the shard of this account (0: in any).
        """
        content = await spool.finish(self._mailboxes.now())
        item = None
        if remote:
            signature = await self._signature(content, sign) if sign and not release and new_at is None else None  # handlers may change it
            item = QueueItem(str(sender or ""), account_id, options or {}, tuple(remote), receipt, sign, release, signature, new_at is not None)
        place = local[0].account_id if local else new_at
        home = self._mailboxes.shard_of(place) if place else content.digest[0] % self._database.shards
        how: tuple[Any, ...] = (deliver,) if record is None else (deliver_recorded, record)
        if extras:
            how = (deliver_with, tuple(extras), record)
        accepted: Accepted = await self.store(home, content, sender, local, item, *how)
        self.hand_on(home, accepted.later)
        return accepted

    async def _signature(self, content: NewContent, domain: str) -> bytes | None:
        """Sign a small message now; what can't be signed now is signed when it leaves."""
        if self._sign is None or content.data is None:
            return None
        try:
            return await signature_of(content.data, content.header_size, domain, self._sign) or None
        except Unavailable as error:
            log.warning("unsigned-yet", domain=domain, reason=str(error))
            return None

    async def store(
        self,
        home: int,
        content: NewContent,
        sender: Address | None,
        local: Sequence[LocalRecipient],
        item: QueueItem | None,
        function: Callable[..., Accepted | None],
        *arguments: Any,
    ) -> Any:
        """Have a message delivered by `function` (`deliver`, or one that does it together with more) in one commit of a shard."""
        shares = self.shares(sender, local)
        others = {shard: tuple(placements) for shard, placements in shares.items() if shard != home}
        # A blob stays when this fails: whether the commit reached the disk is not known then, and a row without its body would be worse than waste.
        accepted: Accepted | None = await self._database.transact(
            home, function, content, tuple(shares.get(home, ())), others, item, self._mailboxes.now(), *arguments
        )
        if accepted is not None:
            metrics.deliveries.add(amount=len(accepted.placed))
            # No handovers though others have a share: an idempotent request came again, and the first one made them.
            for number, (shard, placements) in zip(accepted.handovers, others.items(), strict=bool(accepted.handovers)):
                self._later(self._hand_over(home, number, shard, content, placements))
        return accepted

    def hand_on(self, home: int, handovers: Sequence[int]) -> None:
        """Have handovers of a shard applied soon; what fails is tried again by the chores."""
        for number in handovers:
            self._later(self._hand_on(home, number))

    async def _hand_on(self, home: int, number: int) -> None:
        try:
            await self._finish(home, number)
        except Unavailable as error:
            log.warning("handover-waits", handover=number, reason=str(error))

    def shares(self, sender: Address | None, local: Sequence[LocalRecipient]) -> dict[int, list[Placement]]:
        """Part the recipients by the shards of their mailboxes; a folder reached twice counts once."""
        shares: dict[int, list[Placement]] = {}
        reached: set[tuple[int, str]] = set()
        told = self._tells_address()
        return_path = b"Return-Path: <%b>\r\n" % str(sender or "").encode()
        for recipient in local:
            if (recipient.account_id, recipient.folder) in reached:
                continue
            reached.add((recipient.account_id, recipient.folder))
            prefix = b"%bDelivered-To: %b\r\n" % (return_path, str(recipient.address).encode()) if told else return_path
            placement = Placement(recipient.account_id, 0, recipient.folder, prefix, recipient.flags)
            shares.setdefault(self._mailboxes.shard_of(recipient.account_id), []).append(placement)
        return shares

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _hand_over(self, home: int, number: int, shard: int, content: NewContent, placements: Sequence[Placement]) -> None:
        try:
            await self._apply(home, number, shard, content, placements)
        except Unavailable as error:
            log.warning("handover-waits", handover=number, shard=shard, reason=str(error))

    async def _apply(self, home: int, number: int, shard: int, content: NewContent, placements: Sequence[Placement]) -> None:
        blob = None if content.blob is None else await self._blobs.copy(content.blob, content.size)
        placed = await self._database.transact(shard, handover.apply, number, content._replace(blob=blob), tuple(placements), self._mailboxes.now())
        metrics.deliveries.add(amount=len(placed))
        if blob is not None and not placed:
            await self._blobs.free([blob])
        await self._database.transact(home, handover.finish, number, self._mailboxes.now())

    async def recover(self, older_than: int | None = None) -> int:
        """Apply the handovers that a crash or a failing shard left (made before a time, or all); returns how many. Raises Unavailable."""
        done = 0
        for home in range(self._database.shards):
            rows = await self._database.read(
                home, "SELECT id FROM handover WHERE created < ? ORDER BY id LIMIT 10000", (older_than or self._mailboxes.now() + 1,)
            )
            for (number,) in rows:
                done += await self._finish(home, number)
        return done

    async def _finish(self, home: int, number: int) -> bool:
        """Apply a handover that stands in a shard; False when it was finished meanwhile."""
        waiting = await self._database.transact(home, handover.read_handover, number)
        if waiting is not None:
            await self._apply(home, number, *waiting)
        return waiting is not None

    async def forget(self, before: int) -> None:
        """Forget which handovers were applied before a time; raises Unavailable."""
        pending: list[int] = []
        for shard in range(self._database.shards):
            pending += [row[0] for row in await self._database.read(shard, "SELECT id FROM handover")]
        for shard in range(self._database.shards):
            await self._database.transact(shard, handover.forget, before, tuple(pending))

    async def close(self) -> None:
        """Wait for what was accepted to reach its other shards."""
        while self._background:
            await asyncio.wait(tuple(self._background))


def deliver(
    transaction: Transaction,
    content: NewContent,
    placements: tuple[Placement, ...],
    others: Mapping[int, tuple[Placement, ...]],
    item: QueueItem | None,
    now: int,
) -> Accepted:
    """Store a message with all that follows from it, in the one commit that its acknowledgement waits for; runs in the shard's writer."""
    content_id, placed = place(transaction, content, placements, len(others) + (item is not None))
    handovers = [handover.hand_over(transaction, content_id, shard, share, now) for shard, share in others.items()]
    queue_id = None if item is None else enqueue(transaction, content_id, content.size, item, now)
    return Accepted(content.size, placed, handovers, queue_id)


def deliver_recorded(
    transaction: Transaction,
    content: NewContent,
    placements: tuple[Placement, ...],
    others: Mapping[int, tuple[Placement, ...]],
    item: QueueItem | None,
    now: int,
    record: outbound.Outgoing,
) -> Accepted:
    """Deliver a message and record it; one whose token was recorded before is there already, and nothing is stored."""
    known = outbound.find(transaction, record.token)
    if known is not None:
        return Accepted(content.size, [], [], known.queue_id, known)
    accepted = deliver(transaction, content, placements, others, item, now)
    waits = item is not None and any(not recipient.owed for recipient in item.recipients)
    return accepted._replace(record=outbound.insert(transaction, record, accepted.queue_id if waits else None, now))


def deliver_with(
    transaction: Transaction,
    content: NewContent,
    placements: tuple[Placement, ...],
    others: Mapping[int, tuple[Placement, ...]],
    item: QueueItem | None,
    now: int,
    extras: tuple[Extra, ...],
    record: outbound.Outgoing | None = None,
) -> Accepted:
    """Deliver a message together with what follows from it; what a rule has deleted is a content that nobody refers to, and is swept away."""
    if record is None:
        accepted = deliver(transaction, content, placements, others, item, now)
    elif outbound.find(transaction, record.token) is not None:  # an idempotent request came again
        return deliver_recorded(transaction, content, placements, others, item, now, record)
    else:
        accepted = deliver_recorded(transaction, content, placements, others, item, now, record)
    kept = keep(transaction, extras, now)
    return accepted._replace(placed=[*accepted.placed, *kept.placed], later=tuple(kept.handovers))
