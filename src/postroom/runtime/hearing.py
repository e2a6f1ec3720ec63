"""Hearing: a worker asks all others something, and learns when each has heard what it changed, and uses it.

A mark follows the news of the change on the same line from the control database's writer, so who answers the mark has heard the change:

asker    transact(ask, 0, 7, "live-log")     announced to everybody:  Asked(0, 7, "live-log")
another  transact(answer, 0, 7, 1, [...])    announced to worker 0:   Answered(7, 1, [...])

Neither writes a row, so neither costs a sync.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.log import get_logger
from postroom.storage.database import CONTROL, DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.storage.database import Database, Transaction

log = get_logger("worker")

PATIENCE: Final = 1.0
"""Seconds after which a change is taken to be heard, with a warning in the log: a worker that hangs must not hold the others."""


class Asked(NamedTuple):
    """News: a worker asks a word of all who have heard what was announced before its mark; "" is only whether they have."""

    worker: int
    mark: int
    word: str


class Answered(NamedTuple):
    """News for the worker that asked: another worker has."""

    mark: int
    worker: int
    answer: Any


class Hearing:
    """One worker's asking and answering; `workers` is how many there are, `reply` gives this one's answer to a word, a plain value."""

    def __init__(self, database: Database, worker: int = 0, workers: int = 1, reply: Callable[[str], Any] = lambda _word: None) -> None:
        self._reply = reply
        self._database = database
        self._worker, self._workers = worker, workers
        self._marks = 0
        self._open: dict[int, _Round] = {}
        self._answers: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to answer, and to hear answers."""
        if self._workers > 1:
            self._database.listen(self._hear)
            await self._database.follow(CONTROL, self._worker)

    async def heard(self) -> None:
        """Wait until every worker has heard what was announced so far; at most a second."""
        await self.gather("")

    async def gather(self, word: str) -> list[Any]:
        """Ask all other workers; gives what they answered within a second."""
        if self._workers == 1:  # the news of a change is told before its commit is acknowledged
            return []
        self._marks += 1
        mark, asked = self._marks, _Round(self._workers - 1)
        self._open[mark] = asked
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.transact(CONTROL, ask, self._worker, mark, word)
                await asked.whole.wait()
        except (TimeoutError, DatabaseUnavailable):
            log.warning("change-unheard", missing=self._workers - 1 - len(asked.answered))
        finally:
            del self._open[mark]
        return list(asked.answered.values())

    def _hear(self, news: object) -> None:
        if isinstance(news, Asked) and news.worker != self._worker:
            task = asyncio.create_task(self._answer(news))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)
        elif isinstance(news, Answered) and news.mark in self._open:
            self._open[news.mark].take(news.worker, news.answer)

    async def _answer(self, asked: Asked) -> None:
        try:
            await self._database.transact(CONTROL, answer, asked.worker, asked.mark, self._worker, self._reply(asked.word))
        except DatabaseUnavailable:
            return  # the asker gives up waiting by itself


class _Round:
    def __init__(self, expected: int) -> None:
        self.answered: dict[int, Any] = {}
        self.whole = asyncio.Event()
        self._expected = expected

    def take(self, worker: int, answer: Any) -> None:
        self.answered[worker] = answer
        if len(self.answered) >= self._expected:
            self.whole.set()


# These run in the writer.


def ask(transaction: Transaction, worker: int, mark: int, word: str) -> None:
    """Announce a mark to every worker."""
    transaction.announce(Asked(worker, mark, word))


def answer(transaction: Transaction, asker: int, mark: int, worker: int, told: Any) -> None:
    """Announce to the worker that asked what another answers, which has come as far as its mark."""
    transaction.announce(Answered(mark, worker, told), topic=asker)
