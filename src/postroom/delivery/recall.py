"""Taking back a message that a program sent for later, while nobody has got it. Runs in the shard's writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.delivery import outbound, queue

if TYPE_CHECKING:
    from postroom.storage.database import Transaction

CANCELLED: Final = "It was cancelled before its time."


def recall(transaction: Transaction, outbound_id: int, now: int) -> bool:
    """Take a recorded message out of the queue whose time has not come; its record fails. False when there is none to take back any more."""
    sql = "SELECT queue_id FROM outbound WHERE id = ? AND state = ? AND due > ? AND queue_id IS NOT NULL"
    rows = transaction.execute(sql, (outbound_id, outbound.QUEUED, now))
    for (queue_id,) in rows:
        queue.remove(transaction, [queue_id], now)
        transaction.execute("UPDATE outbound SET error = ? WHERE id = ?", (CANCELLED, outbound_id))
    return bool(rows)
