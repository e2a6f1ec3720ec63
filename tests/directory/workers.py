"""What workers in tests are opened with: a clock set by hand, a sleep that only notes its length, passwords that cost nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from postroom.directory.datakey import DataKey
from postroom.directory.directory import Directory

Worker = Callable[..., Awaitable[Directory]]
CHEAP = {"password_memory": "8 KB", "password_passes": 1, "scram_iterations": 4096}
KEY = DataKey(bytes(range(32)))


class Clock:
    """Tells the time it was set to; sleeping is written down in `slept` and moves it on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
