"""A writer in a thread of this process: for one-process servers, commands that work on the store, and tests."""

from __future__ import annotations

import asyncio
import queue
import threading
from typing import TYPE_CHECKING, Any

from postroom.storage.database import DatabaseUnavailable
from postroom.storage.sqlite.writer import LARGEST_BATCH, Job, News, Writer

if TYPE_CHECKING:
    from collections.abc import Callable


class WriterThread(threading.Thread):
    """Drives one Writer: takes what has gathered, commits it, wakes the waiters."""

    def __init__(self, open_writer: Callable[[], Writer], name: str, tell: Callable[[list[News]], None]) -> None:
        """`tell` hears announcements on the loop of whoever waits for the commit."""
        super().__init__(name=f"writer {name}", daemon=True)
        self._writer = open_writer()
        self._tell = tell
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = False

    def submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> asyncio.Future[Any]:
        """Hand a function over; the future resolves on the caller's loop after the commit that holds it."""
        if self._closing:
            raise DatabaseUnavailable(f"{self._writer.name} is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._jobs.put(Job(function, arguments, (loop, future)))
        return future

    def finish(self) -> None:
        """Commit what was handed over, then end the thread; blocks until it has."""
        self._closing = True
        self._jobs.put(None)
        self.join()

    def run(self) -> None:
        """Take, commit, wake, until told to finish."""
        last = False
        while not last and (first := self._jobs.get()) is not None:
            batch, last = self._gather(first)
            news = self._writer.commit(batch)
            loop = batch[0].ticket[0]
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._wake, batch, news)
        self._writer.close()

    def _gather(self, first: Job) -> tuple[list[Job], bool]:
        batch = [first]
        while len(batch) < LARGEST_BATCH and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _wake(self, batch: list[Job], news: list[News]) -> None:
        if news:
            self._tell(news)
        for job in batch:
            future: asyncio.Future[Any] = job.ticket[1]
            if future.cancelled():
                continue
            if job.error is None:
                future.set_result(job.result)
            else:
                future.set_exception(job.error)
