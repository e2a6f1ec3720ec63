"""Records that many snapshots have in common: a thousand sessions that look at the same accounts hold them once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST: Final = 20_000
"""Records that are remembered; beyond that all are forgotten, and those that snapshots hold stay theirs."""

_known: dict[tuple[type, int], Any] = {}


def shared(records: Iterable[Any]) -> list[Any]:
    """Give the records, each as the equal one that was read before, where there is one; they are immutable, so nobody can tell."""
    return [_shared(record) if getattr(record, "id", 0) else record for record in records]


def _shared(record: Any) -> Any:
    key = type(record), record.id
    known = _known.get(key)
    if known is not None and known == record:
        return known
    if len(_known) >= MOST:
        _known.clear()
    _known[key] = record
    return record
