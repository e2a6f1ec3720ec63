"""A change is heard by every worker before the one who made it goes on; a worker that hangs is waited for a second at most."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from directory.workers import CHEAP, KEY
from postroom import log
from postroom.directory.directory import Directory
from postroom.model.caller import Caller, Context, Level, Login, Origin
from postroom.model.everywhere import answer
from postroom.model.house import House
from postroom.model.invoke import How, invoke
from postroom.model.settings import Settings
from postroom.runtime import hearing
from postroom.runtime.hearing import Hearing
from postroom.runtime.serving import NotServing
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


async def test_a_property_that_is_written_in_one_worker_is_used_by_the_others_when_the_call_returns(tmp_path: Path) -> None:
    """What the model writes through its gate, and what it asks of every worker."""
    async with workers(tmp_path, 2) as databases:
        directories = [await Directory.open(database, KEY, defaults=CHEAP) for database in databases]
        houses: list[House] = []
        hearings = [Hearing(database, number, 2, partial(reply, houses, number)) for number, database in enumerate(databases)]
        for directory, database, one in zip(directories, databases, hearings, strict=True):
            await one.open()
            houses.append(model_of(directory, database, one))
        caller = Caller(Origin.LOCAL)
        settings = Settings(Context(houses[0], caller, Login(Level.SERVER)))
        for size in range(1, 20):
            await invoke(caller, settings, "MaxMessageSize", [size], How.PUT)
            assert directories[1].settings.max_message_size == size << 10
        log.set_level("info")
        await houses[0].everywhere("live-log-on")
        assert [house.live_log.on for house in houses] == [True, True]
        log.get_logger("smtp").info("login", session="1", ip="192.0.2.1")
        assert len([line for found in await houses[1].everywhere("live-log") for line in found]) == 2
        await houses[1].everywhere("live-log-off")
        log.set_level("off")
        assert await houses[1].everywhere("of a newer version") == [None, None]
        for directory in directories:
            directory.close()


def reply(houses: list[House], number: int, word: str) -> Any:
    """Answer as one of the workers."""
    return answer(houses[number], word)


def model_of(directory: Directory, database: SQLiteDatabase, one: Hearing) -> House:
    """Put the model on what a worker knows; mailboxes and post are not needed here."""

    async def nobody(_ip: str, _password: str) -> bool:
        return False

    return House(
        directory=directory,
        mailboxes=cast("Any", None),
        post=cast("Any", None),
        database=database,
        server=NotServing(),
        hostname="mx.example.test",
        started=0,
        administrator=nobody,
        has_administrator=lambda: True,
        heard=one.heard,
        others=one.gather,
    )
