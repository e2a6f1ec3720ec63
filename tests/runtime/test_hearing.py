"""A change is heard by every worker before the one who made it goes on; a worker that hangs is waited for a second at most."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from directory.workers import CHEAP, KEY
from postroom import log
from postroom.directory.directory import Directory
from postroom.runtime import hearing
from postroom.runtime.hearing import Hearing
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase, create, run_writer


def write(folder: Path, shard: int, end: socket.socket) -> None:
    with end:
        run_writer(folder, shard, end, lambda *_: None, lambda _: None)


@asynccontextmanager
async def workers(folder: Path, count: int) -> AsyncIterator[list[SQLiteDatabase]]:
    """Open the database as so many workers do: each at the end of a line to a control writer, which is a thread here."""
    create(folder, 1)
    ends: dict[int, socket.socket] = {}
    writers = []
    for shard in (CONTROL, 0):
        ends[shard], theirs = socket.socketpair()
        writers.append(threading.Thread(target=write, args=(folder, shard, theirs)))
        writers[-1].start()
    opened = []
    for _ in range(count):
        database, lines = SQLiteDatabase(folder), {}
        for shard, end in ends.items():
            lines[shard], theirs = socket.socketpair()
            socket.send_fds(end, [b"x"], [theirs.fileno()])
            theirs.close()
        await database.connect(lines)
        opened.append(database)
    try:
        yield opened
    finally:
        for database in opened:
            await database.close()
        for end in ends.values():
            end.close()
        for writer in writers:
            await asyncio.to_thread(writer.join, 20)


async def test_a_change_is_used_by_every_worker_when_heard_returns(tmp_path: Path) -> None:
    async with workers(tmp_path, 3) as databases:
        directories = [await Directory.open(database, KEY, defaults=CHEAP) for database in databases]
        hearings = [Hearing(database, number, 3) for number, database in enumerate(databases)]
        for one in hearings:
            await one.open()
        for number, one in enumerate(hearings):
            for size in ("1 MB", "2 MB", "3 MB"):
                await directories[number].table.set("max_message_size", size)
                await one.heard()
                assert {directory.settings.max_message_size for directory in directories} == {int(size[0]) << 20}
        for directory in directories:
            directory.close()


async def test_a_worker_that_hangs_is_not_waited_for_for_ever_and_that_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "PATIENCE", 0.05)
    lines: list[dict[str, object]] = []
    async with workers(tmp_path, 2) as databases:
        alone = Hearing(databases[0], 0, 2)  # the other never answers
        await alone.open()
        with log.watching(lines.append):
            log.set_level("info")
            await alone.heard()
            log.set_level("off")
    assert [(line["event"], line["missing"]) for line in lines] == [("change-unheard", 1)]
