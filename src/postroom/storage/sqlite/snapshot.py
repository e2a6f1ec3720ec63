"""A snapshot of one database file: a connection of its own that stays in one read transaction, in a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import apsw

from postroom.storage.database import DatabaseUnavailable, Row
from postroom.storage.sqlite.connection import open_reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

RUN: Final = 500


class SQLiteSnapshot:
    """Implements Snapshot; made by `snapshot`."""

    def __init__(self, connection: apsw.Connection, run: Callable[..., Any]) -> None:
        self._connection = connection
        self._run = run
        self.schema = int(str(connection.pragma("user_version")))

    async def tables(self) -> dict[str, tuple[str, ...]]:
        """Name the tables and their columns."""
        found: dict[str, tuple[str, ...]] = await self._run(self._tables)
        return found

    def _tables(self) -> dict[str, tuple[str, ...]]:
        names = [row[0] for row in self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: tuple(row[1] for row in self._connection.execute(f'PRAGMA table_info("{name}")')) for name in sorted(names)}

    async def rows(self, sql: str, parameters: Sequence[Any] = ()) -> AsyncIterator[list[Row]]:
        """Run one SELECT and give its rows in runs."""
        cursor = await self._run(self._connection.execute, sql, parameters)
        while rows := await self._run(_next, cursor):
            yield rows


def _next(cursor: apsw.Cursor) -> list[Row]:
    return list(islice(cursor, RUN))


@asynccontextmanager
async def snapshot(path: Path) -> AsyncIterator[SQLiteSnapshot]:
    """Hold a database as it is now, until the end of the `with`; its write-ahead log grows meanwhile."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="snapshot") as thread:

        async def run(function: Callable[..., Any], *arguments: Any) -> Any:
            try:
                return await loop.run_in_executor(thread, function, *arguments)
            except apsw.Error as error:
                raise DatabaseUnavailable(f"{path.name}: {error}") from error

        connection: apsw.Connection = await run(_begin, path)
        try:
            yield await run(SQLiteSnapshot, connection, run)
        finally:
            await run(connection.close, True)


def _begin(path: Path) -> apsw.Connection:
    connection = open_reader(path)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # the moment is that of the first read
    return connection
