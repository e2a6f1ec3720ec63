"""What only SQLite has to prove: the library, the files, the log."""

import shutil
import socket
from pathlib import Path
from typing import cast

import apsw
import pytest

from postroom.errors import ConfigurationError
from postroom.storage.database import CONTROL, DatabaseUnavailable, Transaction
from postroom.storage.disk import DirectoryLock, file_system_of, refuse_network_file_system
from postroom.storage.migrations import migrate, steps
from postroom.storage.sqlite import checkpoint
from postroom.storage.sqlite.connection import open_checkpointer, open_writer, refuse_unsafe_library
from postroom.storage.sqlite.engine import SQLiteDatabase, create, database_files
from postroom.storage.sqlite.process import WriterProcess
from postroom.storage.sqlite.writer import Job, Writer


@pytest.mark.parametrize("version", [3_007_000, 3_040_001, 3_051_002])
def test_a_library_with_the_wal_reset_bug_is_refused(version: int) -> None:
    with pytest.raises(ConfigurationError, match="WAL-reset"):
        refuse_unsafe_library(version)


def test_the_bundled_library_is_safe() -> None:
    refuse_unsafe_library()


def test_shards_are_fixed_when_the_directory_is_made(tmp_path: Path) -> None:
    create(tmp_path, 3)
    create(tmp_path, 8)
    assert len(database_files(tmp_path)) == 4


def test_a_missing_shard_is_refused_by_name(tmp_path: Path) -> None:
    create(tmp_path, 3)
    (tmp_path / "mail-01.db").unlink()
    with pytest.raises(ConfigurationError, match="not a complete data directory"):
        SQLiteDatabase(tmp_path)


def test_a_crash_while_the_directory_is_made_is_started_over(tmp_path: Path) -> None:
    create(tmp_path, 4)
    (tmp_path / "control.db").unlink()
    create(tmp_path, 4)
    assert len(database_files(tmp_path)) == 5


@pytest.mark.parametrize("kind", ["control", "mail"])
def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, kind: str) -> None:
    connection = open_writer(tmp_path / "x.db")
    assert migrate(connection, kind) == steps(kind)[-1][0]
    assert migrate(connection, kind) == steps(kind)[-1][0], "a current one is left as it is"
    connection.pragma("user_version", 999)
    with pytest.raises(ConfigurationError, match="newer Postroom"):
        migrate(connection, kind)
    connection.close()


def test_a_directory_has_one_holder(tmp_path: Path) -> None:
    first = DirectoryLock(tmp_path)
    with pytest.raises(ConfigurationError, match="in use"):
        DirectoryLock(tmp_path)
    first.release()
    DirectoryLock(tmp_path).release()


def test_a_network_file_system_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("22 1 0:1 / / rw - ext4 /dev/vda rw\n23 22 0:2 / /srv/mail\\040box rw - nfs4 server:/x rw\n")
    assert file_system_of(Path("/srv/mail box/data"), str(table)) == "nfs4"
    assert file_system_of(Path("/srv/other"), str(table)) == "ext4"
    refuse_network_file_system(tmp_path)


def size_of(path: Path) -> int:
    return path.stat().st_size


def copy_files(source: Path, target: Path) -> None:
    for path in source.glob("*.db*"):
        shutil.copy(path, target)


def _fill(transaction: Transaction, first: int) -> None:
    transaction.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", [(f"{first + n}", "x" * 2000) for n in range(200)])


async def test_the_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "CHECKPOINT_PAGES", 64)
    monkeypatch.setattr(checkpoint, "RESTART_PAGES", 256)
    create(tmp_path, 2)
    database = SQLiteDatabase(tmp_path)
    await database.open()
    for first in range(0, 20_000, 200):
        await database.transact(CONTROL, _fill, first)
    assert size_of(tmp_path / "control.db-wal") < 12_000_000 < size_of(tmp_path / "control.db")
    await database.close()
    with pytest.raises(DatabaseUnavailable, match="closed"):
        await database.transact(CONTROL, _fill, 0)


async def test_a_torn_log_is_cut_at_its_last_whole_commit(tmp_path: Path) -> None:
    create(tmp_path, 2)
    database = SQLiteDatabase(tmp_path)
    await database.open()
    await database.transact(CONTROL, _fill, 0)
    await database.transact(CONTROL, _fill, 1000)
    torn = tmp_path / "torn"
    torn.mkdir()
    copy_files(tmp_path, torn)
    await database.close()
    log = torn / "control.db-wal"
    log.write_bytes(log.read_bytes()[:-5000])
    database = SQLiteDatabase(torn)
    await database.open()
    assert await database.read(CONTROL, "SELECT count(*) FROM setting") == [(200,)]
    assert apsw.Connection(str(torn / "control.db")).pragma("integrity_check") == "ok"
    await database.close()


class _Recorded:
    """A checkpointer's connection that notes the modes of its checkpoints."""

    def __init__(self, path: Path, modes: list[int]) -> None:
        self._connection = open_checkpointer(path)
        self._modes = modes

    def wal_checkpoint(self, mode: int) -> tuple[int, int]:
        self._modes.append(mode)
        return self._connection.wal_checkpoint(mode=mode)

    def close(self) -> None:
        self._connection.close()


async def test_a_snapshot_that_is_held_lets_the_log_grow_and_nobody_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restart of the log waits for its readers and keeps the writer out meanwhile: deliveries stood still for as long as a backup read."""
    modes: list[int] = []
    monkeypatch.setattr(checkpoint, "RESTART_PAGES", 8)
    monkeypatch.setattr(checkpoint, "open_checkpointer", lambda path: _Recorded(path, modes))
    create(tmp_path, 2)
    database = SQLiteDatabase(tmp_path)
    await database.open()
    async with database.snapshot(CONTROL):
        for number in range(20):
            await database.transact(CONTROL, _put, str(number), "x" * 9000)
        assert apsw.SQLITE_CHECKPOINT_RESTART not in modes
    for number in range(20, 30):
        await database.transact(CONTROL, _put, str(number), "x" * 9000)
    await database.close()
    assert apsw.SQLITE_CHECKPOINT_RESTART in modes


def _put(transaction: Transaction, name: str, value: str) -> None:
    transaction.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))


def test_who_only_hears_the_news_hears_it_before_the_answer_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor, other = socket.socketpair()
    (asking, asks), (listening, hears) = socket.socketpair(), socket.socketpair()
    process = WriterProcess(cast("Writer", None), supervisor, lambda question: question)
    sent: list[socket.socket] = []
    monkeypatch.setattr(process, "_send", lambda worker, _: sent.append(worker))
    process.admit(asking)
    process.admit(listening)
    process._desk.topics[listening].add(7)
    process._answer([Job(print, (), (asking, 1))], [(7, "news")])
    assert sent == [listening, asking]
    process._selector.close()
    for end in (supervisor, other, asking, asks, listening, hears):
        end.close()
