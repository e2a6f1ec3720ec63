"""Readers: a few threads, each with its own connections, on snapshots that the writer never waits for."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import apsw

from postroom.storage.database import DatabaseUnavailable, Row
from postroom.storage.sqlite.connection import open_reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

THREADS: Final = 4


class Readers:
    """A pool of reading threads over all files of a data directory."""

    def __init__(self, paths: dict[int, Path], threads: int = THREADS) -> None:
        self._paths = paths
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._own = threading.local()
        self._open: list[apsw.Connection] = []

    async def read(self, shard: int, sql: str, parameters: Sequence[Any]) -> list[Row]:
        """Run one SELECT off the loop."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self.read_now, shard, sql, parameters)
        except apsw.Error as error:
            raise DatabaseUnavailable(f"{self._paths[shard].name}: {error}") from error

    def read_now(self, shard: int, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one SELECT in the calling thread."""
        return self._connection(shard).execute(sql, parameters).fetchall()

    def _connection(self, shard: int) -> apsw.Connection:
        connections: dict[int, apsw.Connection] | None = getattr(self._own, "connections", None)
        if connections is None:
            connections = self._own.connections = {}
        connection = connections.get(shard)
        if connection is None:
            connection = connections[shard] = open_reader(self._paths[shard])
            self._open.append(connection)
        return connection

    def close(self) -> None:
        """End the threads and close their connections."""
        self._pool.shutdown(wait=True)
        for connection in self._open:
            connection.close(True)
