"""The one writer of a database file: runs what has gathered in one transaction and commits it; a commit is a sync.

It is plain, blocking code: a thread of the same process (thread.py) or a process of its own (process.py) drives it. There is no artificial
delay: a lone change is committed at once, and while a commit syncs the next batch gathers by itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import apsw

from postroom.storage.database import CONTROL, SHARD_STRIDE, Conflict, DatabaseUnavailable, Row
from postroom.storage.sqlite.connection import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from postroom.storage.sqlite.checkpoint import Checkpointer

LARGEST_BATCH: Final = 512
ID_BLOCK: Final = 1024
"""Ids are reserved on disk in blocks, so that most transactions reserve none; a crash leaves a gap, never a second use."""

_OUTSIDE = (apsw.FullError, apsw.IOError, apsw.CorruptError, apsw.BusyError, apsw.NoMemError, apsw.CantOpenError, apsw.ReadOnlyError)
"""Errors after which SQLite may have rolled back everything: the whole batch fails."""


News = tuple[int | None, Any]
"""A topic, or None for everybody, and what was announced on it."""


class Job:
    """One function on its way through the writer. Whoever drives the writer reads `error`, else `result`, after the commit."""

    __slots__ = ("arguments", "error", "function", "result", "ticket")

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], ticket: Any) -> None:
        self.function = function
        self.arguments = arguments
        self.ticket = ticket
        self.result: Any = None
        self.error: BaseException | None = None


class WriterTransaction:
    """The Transaction of this engine: statements on the writer's connection, ids from reserved blocks."""

    def __init__(self, connection: apsw.Connection, shard: int) -> None:
        self.shard = shard
        self.news: list[News] = []
        self._cursor = connection.cursor()
        self._next: dict[str, int] = {}
        self._reserved: dict[str, int] = {}

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        return self._cursor.execute(sql, parameters).fetchall()

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the parameter rows."""
        self._cursor.executemany(sql, parameters)

    def next_id(self, kind: str) -> int:
        """Make a new id; ids of a shard are spaced so that no two shards make the same one."""
        number = self._next.get(kind)
        if number is None or number >= self._reserved[kind]:
            number = self._reserve(kind)
        self._next[kind] = number + 1
        return number if self.shard == CONTROL else number * SHARD_STRIDE + self.shard

    def announce(self, news: Any, topic: int | None = None) -> None:
        """Keep something to tell once the commit is on disk."""
        self.news.append((topic, news))

    def _reserve(self, kind: str) -> int:
        rows = self.execute("SELECT next FROM sequence WHERE kind = ?", (kind,))
        first = max(int(rows[0][0]) if rows else 1, self._next.get(kind, 1))
        self.execute(
            "INSERT INTO sequence (kind, next) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET next = excluded.next",
            (kind, first + ID_BLOCK),
        )
        self._reserved[kind] = first + ID_BLOCK
        return first

    def forget_reservations(self) -> None:
        """Reserve anew at the next id: a rolled back transaction took its reservation with it. Numbers given stay used."""
        self._reserved = dict.fromkeys(self._reserved, 0)

    def moved_to(self, connection: apsw.Connection) -> None:
        """Go on with another connection to the same file."""
        self._cursor = connection.cursor()


class Writer:
    """Owns the writing connection of one file; all calls come from one thread."""

    def __init__(self, path: Path, shard: int, checkpointer: Checkpointer, observe: Callable[[int, float], None]) -> None:
        """Open the file; `observe` hears the size of each batch and the seconds its commit took."""
        self.name = path.name
        self._path = path
        self._checkpointer = checkpointer
        self._observe = observe
        self._connection = self._open()
        self._transaction = WriterTransaction(self._connection, shard)

    def commit(self, jobs: Sequence[Job]) -> list[News]:
        """Run and commit the jobs as one transaction, and return what they announced; each job then holds its result or error."""
        if not self._try(jobs, self._run_all):
            self._try(jobs, self._run_apart)
        news, self._transaction.news = self._transaction.news, []
        self._checkpointer.give_way()
        return news

    def _try(self, jobs: Sequence[Job], run: Callable[[Sequence[Job]], bool]) -> bool:
        """Run the jobs in a transaction and commit it; False when it has to be done again with each job apart."""
        transaction = self._transaction
        try:
            transaction.execute("BEGIN IMMEDIATE")
            if not run(jobs):
                self._undo()
                return False
            started = time.perf_counter()
            transaction.execute("COMMIT")
            self._observe(len(jobs), time.perf_counter() - started)
        except (apsw.Error, OSError, MemoryError) as error:
            self._fail(jobs, error)
        return True

    def close(self) -> None:
        """Close the file; the last connection that closes moves the log into it."""
        self._connection.close()

    def _run_all(self, jobs: Sequence[Job]) -> bool:
        """Run the functions one after another; False at the first that raises. Nearly always none does, and savepoints cost 8 us each."""
        transaction = self._transaction
        for job in jobs:
            try:
                job.result = job.function(transaction, *job.arguments)
            except _OUTSIDE:
                raise
            except Exception:  # noqa: BLE001 - it is run again apart, and raises again
                return False
        return True

    def _run_apart(self, jobs: Sequence[Job]) -> bool:
        for job in jobs:
            self._run_one(job)
        return True

    def _run_one(self, job: Job) -> None:
        """Run one function inside a savepoint, so that its failure takes only its own changes with it."""
        transaction = self._transaction
        transaction.execute("SAVEPOINT job")
        told = len(transaction.news)
        try:
            job.result = job.function(transaction, *job.arguments)
        except _OUTSIDE:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the one who handed the function over
            job.error = Conflict(str(error)) if isinstance(error, apsw.ConstraintError) else error
            transaction.execute("ROLLBACK TO job")
            transaction.forget_reservations()
            del transaction.news[told:]
        transaction.execute("RELEASE job")

    def _fail(self, jobs: Sequence[Job], error: BaseException) -> None:
        """Fail the whole batch: nothing of it may be acknowledged, since a failed sync says nothing about what is on disk."""
        failure = DatabaseUnavailable(f"{self.name}: {error}")
        for job in jobs:
            job.error = failure
        self._undo()

    def _undo(self) -> None:
        """Roll back; a connection that can't even do that is replaced."""
        self._transaction.news.clear()
        self._transaction.forget_reservations()
        try:
            if self._connection.in_transaction:
                self._transaction.execute("ROLLBACK")
        except apsw.Error:
            self._connection.close(True)
            self._connection = self._open()
            self._transaction.moved_to(self._connection)

    def _open(self) -> apsw.Connection:
        connection = open_writer(self._path)
        connection.set_wal_hook(self._logged)
        return connection

    def _logged(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self._checkpointer.logged(pages)
        return apsw.SQLITE_OK
