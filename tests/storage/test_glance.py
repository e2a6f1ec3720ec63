"""Glances: small reads on the loop, which never wait for the disk, for a lock, or for long."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING

import apsw
import pytest

from postroom.storage.database import DatabaseUnavailable
from postroom.storage.sqlite import glance
from postroom.storage.sqlite.connection import open_writer
from postroom.storage.sqlite.readers import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not glance.NOWAIT, reason="only Linux tells what is in memory")
ALL = "SELECT number FROM thing ORDER BY number"
LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"


class Room:
    """A database with its readers; `threads` names the threads that ran a SELECT."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writer = open_writer(folder / "things.db")
        self.writer.execute("CREATE TABLE thing (number INTEGER PRIMARY KEY)")
        self.writer.execute("INSERT INTO thing VALUES (1), (2)")
        self.readers = Readers({0: folder / "things.db"})
        self.threads: list[str] = []
        read_now = Readers.read_now

        def noted(readers: Readers, shard: int, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
            self.threads.append(threading.current_thread().name)
            return read_now(readers, shard, sql, parameters)

        monkeypatch.setattr(Readers, "read_now", noted)

    async def glance(self, sql: str) -> list[tuple[object, ...]]:
        """Give the rows."""
        return await self.readers.glance(0, sql, ())


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    room = Room(tmp_path, monkeypatch)
    yield room
    room.readers.close()
    room.writer.close()


async def test_the_first_glance_is_a_threads_and_those_after_it_wait_for_nobody(room: Room) -> None:
    assert await room.glance(ALL) == [(1,), (2,)]
    for number in range(3, 10):
        room.writer.execute("INSERT INTO thing VALUES (?)", (number,))
        rows = room.glance(ALL)
        with pytest.raises(StopIteration) as ended:  # it never gives the loop a turn
            rows.send(None)
        assert ended.value.value == [(one,) for one in range(1, number + 1)]
    assert len(room.threads) == 1


async def test_what_is_not_in_memory_is_read_by_a_thread(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.glance(ALL)

    def absent(*_arguments: object) -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "preadv", absent)
    room.writer.execute("INSERT INTO thing VALUES (3)")
    assert await room.glance(ALL) == [(1,), (2,), (3,)]
    monkeypatch.undo()
    assert await room.glance(ALL) == [(1,), (2,), (3,)]
    assert len(room.threads) == 2


async def test_a_page_of_which_half_is_in_memory_is_read_whole_or_not_at_all(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.glance(ALL)
    preadv = os.preadv

    def half(file: int, rooms: tuple[memoryview], offset: int, flags: int) -> int:
        return preadv(file, (memoryview(rooms[0])[: max(len(rooms[0]) // 2, 1)],), offset, flags)

    monkeypatch.setattr(os, "preadv", half)
    room.writer.execute("INSERT INTO thing VALUES (3)")
    assert await room.glance(ALL) == [(1,), (2,), (3,)]
    assert len(room.threads) == 1


async def test_a_glance_that_takes_long_is_given_up_and_read_by_a_thread(room: Room) -> None:
    await room.glance(ALL)
    assert await room.glance(LONG) == [(300000,)]
    assert len(room.threads) == 2
    assert await room.glance(ALL) == [(1,), (2,)]
    assert len(room.threads) == 2


async def test_a_file_system_that_cannot_tell_is_not_asked_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.glance(ALL)
    asked = []

    def unable(*_arguments: object) -> int:
        asked.append(1)
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "preadv", unable)
    room.writer.execute("INSERT INTO thing VALUES (3)")
    for _ in range(3):
        assert await room.glance(ALL) == [(1,), (2,), (3,)]
    assert len(asked) == 1


async def test_an_error_of_the_statement_is_told_as_that_of_a_read(room: Room) -> None:
    await room.glance(ALL)
    with pytest.raises(DatabaseUnavailable, match=r"things\.db: .*no such table"):
        await room.glance("SELECT 1 FROM absent")


async def test_readers_that_are_closed_tell_so(room: Room) -> None:
    await room.glance(ALL)
    await asyncio.to_thread(room.readers.close)
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await room.glance(ALL)


async def test_the_locks_of_other_connections_outlive_a_glances_connection(tmp_path: Path, room: Room) -> None:
    """Closing a descriptor of a file ends the POSIX locks of the process on it: ours stay open until no connection needs them."""
    await room.glance(ALL)
    room.readers._glances.close()
    memory = room.readers._glances._memory
    assert memory is not None
    assert [os.fstat(file).st_ino for file in memory.kept] == [(tmp_path / "things.db").stat().st_ino]
    assert isinstance(room.writer, apsw.Connection)
