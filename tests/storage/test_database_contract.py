"""What every database engine promises (architecture, Storage). An engine is named in ENGINES; a second one has to pass all of this."""

import asyncio
import multiprocessing
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from postroom.storage.database import CONTROL, Conflict, Database, DatabaseUnavailable, Transaction, shard_of_id
from postroom.storage.sqlite.engine import SQLiteDatabase, create, run_writer

PORTABLE = os.environ.get("POSTROOM_PORTABLE") == "1"
SET = "INSERT INTO setting (name, value) VALUES (?, ?)"


def put(transaction: Transaction, name: str, value: str) -> str:
    transaction.execute(SET, (name, value))
    return value


def put_and_fail(transaction: Transaction, name: str) -> None:
    put(transaction, name, "never")
    transaction.announce("never")
    raise LookupError("no such thing")


def tell(transaction: Transaction, *news: str) -> None:
    for item in news:
        transaction.announce(item)


def tell_on(transaction: Transaction, topic: int) -> None:
    transaction.announce(f"on {topic} in {transaction.shard}", topic)


def ids(transaction: Transaction, kind: str, count: int) -> list[int]:
    return [transaction.next_id(kind) for _ in range(count)]


def ids_and_fail(transaction: Transaction, kind: str, seen: str) -> None:
    raise LookupError(f"{seen}{transaction.next_id(kind)}")


def unpicklable(_transaction: Transaction) -> object:
    return lambda: None


async def threads(directory: Path) -> AsyncIterator[Callable[[], Awaitable[Database]]]:
    """SQLite with its writers as threads of this process."""
    opened: list[SQLiteDatabase] = []

    async def reopen() -> Database:
        while opened:
            await opened.pop().close()
        opened.append(SQLiteDatabase(directory))
        await opened[0].open()
        return opened[0]

    yield reopen
    for database in opened:
        await database.close()


def _writer(directory: Path, shard: int, supervisor: socket.socket) -> None:
    run_writer(directory, shard, supervisor, lambda _batch, _seconds: None, print)


async def processes(directory: Path) -> AsyncIterator[Callable[[], Awaitable[Database]]]:
    """SQLite with its writers as processes, as a server with workers has them."""
    running: list[tuple[SQLiteDatabase, list[Any], list[socket.socket]]] = []
    context = multiprocessing.get_context("spawn")

    async def stop() -> None:
        while running:
            database, children, ends = running.pop()
            await database.close()
            for end in ends:
                end.close()
            for child in children:
                await asyncio.to_thread(child.join, 20)

    async def reopen() -> Database:
        await stop()
        database, children, ends, lines = SQLiteDatabase(directory), [], [], {}
        for shard in (CONTROL, *range(database.shards)):
            supervisor, end = socket.socketpair()
            child = context.Process(target=_writer, args=(directory, shard, end))
            child.start()
            end.close()
            ours, theirs = socket.socketpair()
            socket.send_fds(supervisor, [b"x"], [theirs.fileno()])
            theirs.close()
            lines[shard] = ours
            children.append(child)
            ends.append(supervisor)
        await database.connect(lines)
        running.append((database, children, ends))
        return database

    yield reopen
    await stop()


ENGINES = {"sqlite-threads": threads} if PORTABLE else {"sqlite-threads": threads, "sqlite-processes": processes}


@pytest.fixture(params=ENGINES)
async def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Database]]]:
    create(tmp_path, 2)
    async for function in ENGINES[request.param](tmp_path):
        yield function


async def test_a_database_keeps_its_promises(reopen: Callable[[], Awaitable[Database]]) -> None:
    """One test for all, since a process engine takes a second to start: each step is one promise."""
    database = await reopen()
    await a_change_is_read_as_soon_as_it_is_acknowledged(database)
    await a_function_that_raises_leaves_nothing_and_harms_nobody_in_its_batch(database)
    await a_uniqueness_rule_is_a_conflict(database)
    await shards_and_control_are_apart(database)
    await ids_tell_their_shard_and_are_never_given_twice(database)
    await announcements_come_after_the_commit_in_its_order(database)
    await a_lock_has_one_holder(database)
    await a_snapshot_is_of_one_moment(database)
    await many_changes_at_once_are_all_made(database)
    highest = max(await database.transact(0, ids, "folder", 1))
    database = await reopen()
    assert await database.read(CONTROL, "SELECT value FROM setting WHERE name = 'a'") == [("1",)], "a change outlives the process"
    assert min(await database.transact(0, ids, "folder", 1)) > highest, "ids are not given again after a restart"


async def a_change_is_read_as_soon_as_it_is_acknowledged(database: Database) -> None:
    assert await database.transact(CONTROL, put, "a", "1") == "1"
    assert await database.read(CONTROL, "SELECT value FROM setting WHERE name = ?", ("a",)) == [("1",)]


async def a_function_that_raises_leaves_nothing_and_harms_nobody_in_its_batch(database: Database) -> None:
    results = await asyncio.gather(
        database.transact(CONTROL, put, "before", "1"),
        database.transact(CONTROL, put_and_fail, "failed"),
        database.transact(CONTROL, put, "after", "2"),
        return_exceptions=True,
    )
    assert isinstance(results[1], LookupError)
    assert results[0] == "1"
    assert results[2] == "2"
    names = await database.read(CONTROL, "SELECT name FROM setting WHERE name IN ('before', 'failed', 'after') ORDER BY name")
    assert names == [("after",), ("before",)]
    if isinstance(database, SQLiteDatabase) and database._lines:
        with pytest.raises(Exception, match="lambda"):
            await database.transact(CONTROL, unpicklable)


async def a_uniqueness_rule_is_a_conflict(database: Database) -> None:
    with pytest.raises(Conflict):
        await database.transact(CONTROL, put, "a", "2")


async def shards_and_control_are_apart(database: Database) -> None:
    assert database.shards == 2
    await database.transact(0, _execute, "INSERT INTO subscription (account_id, name) VALUES (7, 'x')")
    assert await database.read(1, "SELECT * FROM subscription") == []
    assert await database.read(0, "SELECT account_id FROM subscription") == [(7,)]


def _execute(transaction: Transaction, sql: str) -> None:
    transaction.execute(sql)


async def ids_tell_their_shard_and_are_never_given_twice(database: Database) -> None:
    made: list[int] = []
    for shard in (0, 1):
        numbers = await database.transact(shard, ids, "folder", 1500)
        assert {shard_of_id(number) for number in numbers} == {shard}
        made += numbers
    with pytest.raises(LookupError, match="seen") as failed:
        await database.transact(0, ids_and_fail, "folder", "seen")
    made.append(int(str(failed.value.args[0]).removeprefix("seen")))
    made += await database.transact(0, ids, "folder", 10)
    assert len(made) == len(set(made)), "an id given to a transaction that failed is not given again"
    assert max(made) < 2**31


async def announcements_come_after_the_commit_in_its_order(database: Database) -> None:
    heard: list[str] = []
    database.listen(heard.append)
    await asyncio.gather(database.transact(0, tell, "1", "2"), database.transact(0, tell, "3"))
    with pytest.raises(LookupError):
        await database.transact(CONTROL, put_and_fail, "failed")
    assert heard == ["1", "2", "3"]
    await database.transact(0, tell_on, 77)
    await database.follow(0, 77)
    await database.transact(0, tell_on, 77)
    await database.transact(0, tell_on, 78)
    await database.transact(1, tell_on, 77)
    await database.unfollow(0, 77)
    await database.transact(0, tell_on, 77)
    assert heard == ["1", "2", "3", "on 77 in 0"], "a topic of a shard is heard by those who follow it"


async def a_lock_has_one_holder(database: Database) -> None:
    assert await database.lock(1, "pop3 7")
    assert not await database.lock(1, "pop3 7")
    assert await database.lock(1, "pop3 8")
    await database.unlock(1, "pop3 7")
    assert await database.lock(1, "pop3 7")


async def a_snapshot_is_of_one_moment(database: Database) -> None:
    async with database.snapshot(CONTROL) as snapshot:
        await database.transact(CONTROL, put, "after the snapshot", "1")
        names = [row[0] async for rows in snapshot.rows("SELECT name FROM setting WHERE name = ?", ("after the snapshot",)) for row in rows]
        assert names == []
        assert [row async for rows in snapshot.rows("SELECT value FROM setting WHERE name = 'a'") for row in rows] == [("1",)]
        assert snapshot.schema >= 1
        assert (await snapshot.tables())["setting"] == ("name", "value")
    async with database.snapshot(1) as snapshot:
        assert {"content", "message", "folder"} <= set(await snapshot.tables())
        with pytest.raises(DatabaseUnavailable):
            _ = [rows async for rows in snapshot.rows("SELECT nothing FROM nowhere")]


async def many_changes_at_once_are_all_made(database: Database) -> None:
    await asyncio.gather(*(database.transact(CONTROL, put, f"many {n}", str(n)) for n in range(1200)))
    assert await database.read(CONTROL, "SELECT count(*) FROM setting WHERE name LIKE 'many %'") == [(1200,)]
