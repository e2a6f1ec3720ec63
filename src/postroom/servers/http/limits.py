"""How much of a server one client may take: requests a minute of a key, login or address, and memory for the bodies of all requests."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from postroom.network.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

KEPT: Final = 10_000
SMALL: Final = 256 * 1024
MOST_HELD: Final = 512 * 1024 * 1024
"""Octets of request bodies that a process holds at one time, small ones not counted."""


class Pace:
    """Lets everybody (a key, a login, an address) make so many requests a minute: a bucket that holds a minute's worth and fills evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[Hashable, tuple[float, float]] = {}

    def take(self, who: Hashable, most: int) -> int:
        """Take one request of somebody who has `most` a minute; returns 0, or the seconds to wait."""
        now = self._clock()
        left = self._left(who, most, now)
        if left < 1:
            return math.ceil((1 - left) * 60 / most)
        if len(self._buckets) > KEPT:
            self._buckets.clear()
        self._buckets[who] = (left - 1, now)
        return 0

    def full(self, who: Hashable, most: int) -> bool:
        """Tell whether somebody has to wait, without taking anything."""
        return self._left(who, most, self._clock()) < 1

    def _left(self, who: Hashable, most: int, now: float) -> float:
        left, at = self._buckets.get(who, (float(most), now))
        return min(left + (now - at) * most / 60, most)


def is_counted(ip: str, most: int, *, loopback: bool) -> bool:
    """Tell whether an address's requests are counted: there is a limit, and it is another machine's or this one's count too (limit_loopback)."""
    return most > 0 and (loopback or not Endpoint(ip, 0).loopback)


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
