"""The store as a whole, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.operations.check import check as prove

if TYPE_CHECKING:
    from postroom.runtime.control import Progress
    from postroom.runtime.house import House


async def check(house: House, progress: Progress, *, repair: bool = False) -> list[dict[str, Any]]:
    """Prove the store; returns what is wrong with it."""
    found = await prove(house.database, house.blobs, repair=repair, progress=lambda read: progress(read, 0, "bodies read"))
    return [{"shard": item.shard, "finding": item.sentence, "repaired": repair and bool(item.mend)} for item in found]


ORDERS = (check,)
WITH_PROGRESS = frozenset({check})
