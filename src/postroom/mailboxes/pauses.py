"""Pauses: work on a shard that waits while a backup reads it. A pause ends by itself at a time, so that a backup that died stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from postroom.storage.database import Transaction

SWEEP: Final = "sweep"
HANDOVER: Final = "handover"


def pause(transaction: Transaction, work: str, until: int) -> None:
    """Let work wait until a time (UTC microseconds), or until `resume`."""
    transaction.execute("INSERT INTO pause (work, until) VALUES (?, ?) ON CONFLICT (work) DO UPDATE SET until = excluded.until", (work, until))


def resume(transaction: Transaction, work: str) -> None:
    """Let work go on."""
    transaction.execute("DELETE FROM pause WHERE work = ?", (work,))


def paused(transaction: Transaction, work: str, now: int) -> bool:
    """Tell whether work has to wait."""
    return bool(transaction.execute("SELECT 1 FROM pause WHERE work = ? AND until > ?", (work, now)))
