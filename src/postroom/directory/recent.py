"""A bounded cache whose lookups are a plain dict's: for what hot paths ask of every message."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Keeps the values used of late, up to `size` of them, by string or byte keys.

    Two dicts take turns: a full young one becomes the old one, and what is asked for again moves from old to young. So a hit costs one
    lookup and no reordering, and what was not asked for in a whole turn is forgotten.
    """

    __slots__ = ("_half", "_old", "_young")

    def __init__(self, size: int) -> None:
        self._half = max(size // 2, 1)
        self._young: dict[str | bytes, Value] = {}
        self._old: dict[str | bytes, Value] = {}

    def get(self, key: str | bytes) -> Value | None:
        """Return the value kept under a key, or None."""
        value = self._young.get(key)
        if value is not None:
            return value
        value = self._old.get(key)
        if value is not None:
            self.put(key, value)
        return value

    def put(self, key: str | bytes, value: Value) -> None:
        """Keep a value; the oldest half goes when there are too many."""
        if len(self._young) >= self._half and key not in self._young:
            self._old, self._young = self._young, {}
        self._young[key] = value

    def drop(self, key: str | bytes) -> None:
        """Forget one key."""
        self._young.pop(key, None)
        self._old.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._young, self._old = {}, {}

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())
