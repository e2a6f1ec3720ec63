"""How much of a server one client may take: requests a minute of a key, and memory for the bodies of all requests."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT: Final = 10_000
SMALL: Final = 256 * 1024
MOST_HELD: Final = 512 * 1024 * 1024
"""Octets of request bodies that a process holds at one time, small ones not counted."""


class Pace:
    """Lets each key make so many requests a minute: a bucket that holds a minute's worth and fills evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[int, tuple[float, float]] = {}

    def take(self, key_id: int, most: int) -> int:
        """Take one request of a key that has `most` a minute; returns 0, or the seconds to wait."""
        now = self._clock()
        left, at = self._buckets.get(key_id, (float(most), now))
        left = min(left + (now - at) * most / 60, most)
        if left < 1:
            return math.ceil((1 - left) * 60 / most)
        if len(self._buckets) > KEPT:
            self._buckets.clear()
        self._buckets[key_id] = (left - 1, now)
        return 0


class Room:
    """Memory for bodies: many large requests at one time must not fill it."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = most
        self._held = 0

    def take(self, octets: int) -> bool:
        """Take room for a body; False when there is none just now. What is taken is given back."""
        if self._held + octets > self._most:
            return False
        self._held += octets
        return True

    def give_back(self, octets: int) -> None:
        """Give room back."""
        self._held -= octets
