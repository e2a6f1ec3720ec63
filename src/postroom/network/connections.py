"""The open connections of one worker: their ids, the one timer that looks after all of them, and their end when the worker drains."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from postroom.network.admission import Admission, Seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.network.connection import Connection

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base32: no letter is taken for another when an id is read out
EPOCH = 1735689600  # 2025-01-01; ids start at the seconds since then, so that they don't repeat after a restart


def base32(number: int) -> str:
    """Write a number >= 0 in base32 digits, most significant first."""
    digits = ""
    while True:
        number, digit = divmod(number, 32)
        digits = DIGITS[digit] + digits
        if not number:
            return digits


class Connections:
    """All connections of a worker. One sweep a period (seconds) replaces a timer per connection, so times are exact to one period."""

    def __init__(
        self,
        worker: int = 0,
        *,
        admission: Admission | None = None,
        clock: Callable[[], float] = time.monotonic,
        period: float = 1.0,
    ) -> None:
        self.admission: Admission = Seats() if admission is None else admission
        self.now = clock()
        self.draining = False
        self._clock = clock
        self._period = period
        self._prefix = base32(worker)
        self._number = (int(time.time()) - EPOCH) << 12
        self._open: set[Connection] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._empty: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    def add(self, connection: Connection) -> str:
        """Take a connection in and give it its id: the worker's digits, then a number in base32, unique over workers and restarts."""
        self._open.add(connection)
        if self._timer is None:
            self.now = self._clock()
            self._timer = asyncio.get_running_loop().call_later(self._period, self._tick)
        self._number += 1
        return self._prefix + base32(self._number)

    def discard(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        self._open.discard(connection)
        if not self._open and self._empty is not None and not self._empty.done():
            self._empty.set_result(None)

    def sweep(self) -> None:
        """Look at every connection once and wake those whose time is over."""
        self.now = now = self._clock()
        for connection in [connection for connection in self._open if connection.deadline <= now]:
            connection.expire()

    async def drain(self, seconds: float) -> None:
        """Ask every session to end (`Session.stopping`), wait at most so many seconds, then cut what is left."""
        self.draining = True
        for connection in list(self._open):
            connection.stopping()
        await self._emptied(seconds)
        for connection in list(self._open):
            connection.abort()
        await self._emptied(1.0)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        self._timer = None
        self.sweep()
        if self._open:  # an empty house needs no timer
            self._timer = asyncio.get_running_loop().call_later(self._period, self._tick)

    async def _emptied(self, seconds: float) -> None:
        if not self._open:
            return
        self._empty = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(self._empty, seconds)
        except TimeoutError:
            pass
        finally:
            self._empty = None
