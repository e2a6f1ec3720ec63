"""How far the backup is that is being made, and how the last one ended: one row of the control database, so that every process can tell."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.errors import PostroomError, Unavailable
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from postroom.storage.database import Database, Transaction

    Progress = Callable[[int, int, str], None]

LOCK: Final = "backup"
"""The lock of the control database that a backup in the making holds."""

NOTE_SECONDS: Final = 1.0
"""How often the row is brought up to date: each time is a commit."""

CUT_SHORT: Final = "The backup was broken off before it was whole, and nothing is left of it; the server's log tells why."


class Course(NamedTuple):
    """A backup's course: times in UTC microseconds (`ended` 0 while it runs), `done` of `whole` (0: not known) in the unit that `words` name.

    `path` is the file once it is whole, `error` the sentence that says why there is none.
    """

    started: int
    ended: int
    done: int
    whole: int
    words: str
    path: str
    error: str


class Telling:
    """Takes progress from the backup in hand, and passes it on; `made` is the file once it is whole."""

    def __init__(self, progress: Progress) -> None:
        self.made: Path | None = None
        self.latest = (0, 0, "begun")
        self._progress = progress

    def __call__(self, done: int, whole: int, words: str) -> None:
        """Hear how far it is."""
        self.latest = (done, whole, words)
        self._progress(done, whole, words)


@asynccontextmanager
async def told(database: Database, now: Callable[[], int], progress: Progress) -> AsyncIterator[Telling]:
    """Note the course of the backup that the caller, who holds the lock, makes within; the first progress is told when it is noted."""
    telling = Telling(progress)
    await database.transact(CONTROL, _begin, now())
    telling(*telling.latest)
    noting = asyncio.create_task(_note_on(database, telling))
    error = CUT_SHORT
    try:
        yield telling
        error = ""
    except PostroomError as failure:
        error = str(failure)
        raise
    finally:
        noting.cancel()
        with suppress(Unavailable):  # `course` finds out that nobody holds the lock
            await database.transact(CONTROL, _end, now(), telling.latest, str(telling.made or ""), error)


async def _note_on(database: Database, telling: Telling) -> None:
    noted = telling.latest
    while True:
        await asyncio.sleep(NOTE_SECONDS)
        if telling.latest != noted:
            noted = telling.latest
            with suppress(Unavailable):  # the next one tells more
                await database.transact(CONTROL, _note, noted)


async def course(database: Database, now: Callable[[], int]) -> Course | None:
    """Tell how far the backup is, or how the last one ended; None before the first. One that a dying server left is told as failed."""
    found = await _read(database)
    if found is None or found.ended or not await database.lock(CONTROL, LOCK):
        return found
    try:
        found = await _read(database)  # it may have ended just now
        if found is not None and not found.ended:
            await database.transact(CONTROL, _end, now(), (found.done, found.whole, found.words), "", CUT_SHORT)
    finally:
        await database.unlock(CONTROL, LOCK)
    return await _read(database)


async def _read(database: Database) -> Course | None:
    rows = await database.read(CONTROL, "SELECT started, ended, done, whole, words, path, error FROM backup_course", ())
    return Course(*rows[0]) if rows else None


def _begin(transaction: Transaction, now: int) -> None:
    transaction.execute("DELETE FROM backup_course", ())
    transaction.execute("INSERT INTO backup_course (id, started, ended, done, whole, words, path, error) VALUES (1, ?, 0, 0, 0, '', '', '')", (now,))


def _note(transaction: Transaction, latest: tuple[int, int, str]) -> None:
    transaction.execute("UPDATE backup_course SET done = ?, whole = ?, words = ?", latest)


def _end(transaction: Transaction, now: int, latest: tuple[int, int, str], path: str, error: str) -> None:
    _note(transaction, latest)
    transaction.execute("UPDATE backup_course SET ended = ?, path = ?, error = ?", (now, path, error))
