"""Readers: a few threads, each with its own connections, on snapshots that the writer never waits for."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import apsw

from postroom.storage.database import DatabaseUnavailable, Row
from postroom.storage.sqlite.connection import open_reader
from postroom.storage.sqlite.glance import Glances

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

THREADS: Final = 4


class Turn(NamedTuple):
    """What a thread is to read, and who waits for it; without `sql` a connection for glances is to be opened."""

    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[list[Row]]
    shard: int
    sql: str
    parameters: Sequence[Any]


class Readers:
    """Reading threads over all files of a data directory. An executor's futures cost more than most reads: a queue does, and the loop's own."""

    def __init__(self, paths: dict[int, Path], threads: int = THREADS) -> None:
        self._paths = paths
        self._turns: SimpleQueue[Turn | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, name=f"reader {number}", daemon=True) for number in range(threads)]
        self._started = self._closed = False
        self._own = threading.local()
        self._open: list[apsw.Connection] = []
        self._glances = Glances(paths)

    async def read(self, shard: int, sql: str, parameters: Sequence[Any]) -> list[Row]:
        """Run one SELECT off the loop."""
        try:
            return await self._turn(shard, sql, parameters)
        except apsw.Error as error:
            raise DatabaseUnavailable(f"{self._paths[shard].name}: {error}") from error

    async def glance(self, shard: int, sql: str, parameters: Sequence[Any]) -> list[Row]:
        """Run one SELECT at once if nothing of it must come from the disk, else off the loop."""
        rows = self._glances.glance(shard, sql, parameters)
        if rows is None:
            rows = await self.read(shard, sql, parameters)
            if self._glances.wants(shard):
                await self._turn(shard, "", ())
        return rows

    def _turn(self, shard: int, sql: str, parameters: Sequence[Any]) -> asyncio.Future[list[Row]]:
        if self._closed:
            raise DatabaseUnavailable(f"{self._paths[shard].name} is closed")
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Row]] = loop.create_future()
        self._turns.put(Turn(loop, future, shard, sql, parameters))
        return future

    def _serve(self) -> None:
        """Read what is asked for until told to end; in a thread."""
        while (turn := self._turns.get()) is not None:
            self._take(turn)
            del turn  # what was read is the waiter's alone

    def _take(self, turn: Turn) -> None:
        rows: list[Row] = []
        failed: Exception | None = None
        try:
            if turn.sql:
                rows = self.read_now(turn.shard, turn.sql, turn.parameters)
            else:
                self._glances.open(turn.shard)
        except Exception as error:  # noqa: BLE001 - it belongs to the one who waits
            failed = error
        with suppress(RuntimeError):  # its loop is gone, and who waited with it
            turn.loop.call_soon_threadsafe(_settle, turn.future, rows, failed)

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
        """End the threads once they have read what they were asked for, and close all connections."""
        self._closed = True
        if self._started:
            for _ in self._threads:
                self._turns.put(None)
            for thread in self._threads:
                thread.join()
        self._glances.close()
        for connection in self._open:
            connection.close(True)
        self._glances.let_go()


def _settle(future: asyncio.Future[list[Row]], rows: list[Row], failed: Exception | None) -> None:
    if future.cancelled():
        return
    if failed is None:
        future.set_result(rows)
    else:
        future.set_exception(failed)
