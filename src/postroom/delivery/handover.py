"""Handovers: recipients of an accepted message whose mail lies in another shard.

The shard that accepted the message holds the content, a row for each other shard, and the acknowledgement waits for that commit only. Each row is
applied in its target once, known there by its id, then removed at its source; what a crash left is applied at the next start.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from postroom.mailboxes.contents import NewContent, read_content, refer
from postroom.mailboxes.pauses import HANDOVER, paused
from postroom.mailboxes.placing import Placed, Placement, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.storage.database import Transaction


def hand_over(transaction: Transaction, content_id: int, shard: int, placements: Sequence[Placement], now: int) -> int:
    """Note what another shard has to place; the caller counts the reference to the content. Returns the handover's id."""
    number = transaction.next_id("handover")
    transaction.execute(
        "INSERT INTO handover (id, shard, content_id, placements, created) VALUES (?, ?, ?, ?, ?)",
        (number, shard, content_id, pack(placements), now),
    )
    return number


def apply(transaction: Transaction, handover_id: int, content: NewContent, placements: Sequence[Placement], now: int) -> list[Placed]:
    """Place a handed over message, unless that was done before; runs in the target shard. Returns nothing when it was."""
    new = transaction.execute(
        "INSERT INTO applied (handover_id, created) VALUES (?, ?) ON CONFLICT (handover_id) DO NOTHING RETURNING handover_id",
        (handover_id, now),
    )
    return place(transaction, content, placements)[1] if new else []


def finish(transaction: Transaction, handover_id: int, now: int = 0) -> None:
    """Remove a handover that was applied; runs in the source shard. While a backup takes its snapshots it stays, and is finished later."""
    if paused(transaction, HANDOVER, now):
        return
    for (content_id,) in transaction.execute("DELETE FROM handover WHERE id = ? RETURNING content_id", (handover_id,)):
        refer(transaction, content_id, -1)


def forget(transaction: Transaction, before: int, pending: Sequence[int]) -> None:
    """Forget which handovers were applied before a time, but for those that still stand at their source; runs in the target shard.

    Long after: whoever read a handover just before it was finished elsewhere must still find that it was applied.
    """
    for (number,) in transaction.execute("SELECT handover_id FROM applied WHERE created < ?", (before,)):
        if number not in pending:
            transaction.execute("DELETE FROM applied WHERE handover_id = ?", (number,))


def read_handover(transaction: Transaction, handover_id: int) -> tuple[int, NewContent, list[Placement]] | None:
    """Read a handover back: target shard, content and placements; None when it was finished meanwhile."""
    rows = transaction.execute("SELECT shard, content_id, placements FROM handover WHERE id = ?", (handover_id,))
    if not rows:
        return None
    shard, content_id, packed = rows[0]
    return shard, read_content(transaction, content_id), unpack(packed)


def pack(placements: Sequence[Placement]) -> str:
    """Write placements as JSON."""
    return json.dumps([[*placement[:3], placement.prefix.decode("latin-1"), *placement[4:]] for placement in placements])


def unpack(packed: str) -> list[Placement]:
    """Read placements back."""
    rows: list[list[Any]] = json.loads(packed)
    return [Placement._make([*row[:3], row[3].encode("latin-1"), *row[4:]]) for row in rows]
