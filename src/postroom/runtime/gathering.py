"""Gathering: the numbers of all processes for one `/metrics`. A worker asks over the supervisor's line; every other process answers there.

worker      {"is": "gathering", "ticket": 7}
supervisor  {"do": "report", "for": "worker 0", "ticket": 7}   to every other process, and to the worker  {"do": "expect", "ticket": 7, "count": 4}
process     {"is": "report", "for": "worker 0", "ticket": 7, "snapshot": {...}}
supervisor  {"do": "take", "ticket": 7, "snapshot": {...}}     to the worker, for each
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from postroom import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.metrics import Snapshot
    from postroom.runtime.children import Child
    from postroom.runtime.line import Message

PATIENCE: Final = 1.0
"""Seconds after which a process that has not answered is left out."""


class Gathering:
    """A worker's side: asks, takes what comes, answers with what came in time."""

    def __init__(self, say: Callable[[Message], None]) -> None:
        self._say = say
        self._tickets = 0
        self._open: dict[int, _Round] = {}

    async def gather(self) -> list[Snapshot]:
        """Give the snapshots of the other processes, within a second."""
        self._tickets += 1
        ticket, asked = self._tickets, _Round()
        self._open[ticket] = asked
        try:
            self._say({"is": "gathering", "ticket": ticket})
            async with asyncio.timeout(PATIENCE):
                await asked.whole.wait()
        except TimeoutError:
            pass
        finally:
            del self._open[ticket]
        return asked.snapshots

    def hear(self, message: Message) -> None:
        """Take what the supervisor says about a gathering."""
        asked = self._open.get(message["ticket"])
        if asked is not None:
            asked.take(message)


class _Round:
    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []
        self.whole = asyncio.Event()
        self._count = -1

    def take(self, message: Message) -> None:
        if message["do"] == "expect":
            self._count = message["count"]
        else:
            self.snapshots.append(message["snapshot"])
        if len(self.snapshots) == self._count:
            self.whole.set()


def report(message: Message) -> Message:
    """Answer the supervisor's question with this process's numbers."""
    return {"is": "report", "for": message["for"], "ticket": message["ticket"], "snapshot": metrics.snapshot()}


def pass_on(message: Message, asker: Child, children: Iterable[Child]) -> None:
    """Ask every other process that runs, and tell the asker how many that are; the supervisor's side."""
    others = [child for child in children if child is not asker and child.pid is not None]
    asker.say({"do": "expect", "ticket": message["ticket"], "count": len(others)})
    for child in others:
        child.say({"do": "report", "for": asker.name, "ticket": message["ticket"]})


def hand_back(message: Message, children: Iterable[Child]) -> None:
    """Give a process's numbers to the worker that asked; the supervisor's side."""
    for child in children:
        if child.name == message["for"]:
            child.say({"do": "take", "ticket": message["ticket"], "snapshot": message["snapshot"]})
