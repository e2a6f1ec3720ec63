"""Extras: messages that follow from one that comes in, durable in the same commit: passed on, answered, or changed for some of its recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postroom.delivery import handover, vacation
from postroom.delivery.queue import enqueue
from postroom.mailboxes.placing import Placed, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.delivery.generated import Once
    from postroom.delivery.queue import QueueItem
    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.placing import Placement
    from postroom.storage.database import Transaction


class Extra(NamedTuple):
    """One of them: what is placed of it by shard, what waits in the queue, and whom it answers if it is sent once only."""

    content: NewContent
    shares: Mapping[int, tuple[Placement, ...]]
    item: QueueItem | None = None
    once: Once | None = None


class Kept(NamedTuple):
    """What a commit placed, the handovers that it made for other shards, and the ids of what it queued."""

    placed: list[Placed]
    handovers: list[int]
    queued: list[int]


def keep(transaction: Transaction, extras: Sequence[Extra], now: int) -> Kept:
    """Store extras; runs in the writer of the shard that takes the message itself."""
    kept = Kept([], [], [])
    for extra in extras:
        if extra.once is not None and not vacation.first(transaction, extra.once, now):
            continue
        others = {shard: share for shard, share in extra.shares.items() if shard != transaction.shard}
        here = extra.shares.get(transaction.shard, ())
        content_id, placed = place(transaction, extra.content, here, len(others) + (extra.item is not None))
        kept.placed.extend(placed)
        kept.handovers.extend(handover.hand_over(transaction, content_id, shard, share, now) for shard, share in others.items())
        if extra.item is not None:
            kept.queued.append(enqueue(transaction, content_id, extra.content.size, extra.item, now))
    return kept
