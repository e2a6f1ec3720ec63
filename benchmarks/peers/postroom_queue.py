"""Fills the queue of a Postroom peer: `python -m benchmarks.peers.postroom_queue CONFIGURATION MESSAGES DESTINATIONS`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.filling import rendered
from postroom.delivery.queue import QueueItem, QueueRecipient, enqueue
from postroom.mailboxes.placing import place
from postroom.runtime.config import load
from postroom.runtime.house import House

if TYPE_CHECKING:
    from postroom.mailboxes.contents import NewContent
    from postroom.storage.database import Transaction

LATER = 3600 * 1_000_000  # microseconds after now at which all of it is due
AT_ONCE = 5000


async def fill(file: Path, messages: int, destinations: int) -> None:
    """So many messages that wait, by turns for so many destinations."""
    house = await House.enter(load(file))
    try:
        now = house.mailboxes.now()
        for first in range(0, messages, AT_ONCE):
            shard = first // AT_ONCE % house.database.shards
            numbers = range(first, min(first + AT_ONCE, messages))
            await house.database.transact(shard, queue_many, rendered(1), numbers, destinations, now)
    finally:
        await house.close()


def queue_many(transaction: Transaction, content: NewContent, numbers: range, destinations: int, now: int) -> None:
    """Queues a message for each number."""
    for number in numbers:
        domain = f"d{number % destinations}.waiting.test"
        recipient = QueueRecipient(f"user{number}@{domain}", domain, {})
        content_id, _ = place(transaction, content, (), 1)
        enqueue(transaction, content_id, content.size, QueueItem("1user@bench.test", None, {}, (recipient,), "bench", "", now + LATER), now)


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
