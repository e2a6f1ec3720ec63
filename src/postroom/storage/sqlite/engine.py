"""The SQLite database of a data directory: control.db and mail-00.db ... , each with one writer, readers on snapshots beside it."""

from __future__ import annotations

import asyncio
import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

from postroom.errors import ConfigurationError
from postroom.storage.database import CONTROL, SHARD_STRIDE, Interrupted, Row
from postroom.storage.disk import sync_directory
from postroom.storage.migrations import migrate
from postroom.storage.sqlite.checkpoint import Checkpointer
from postroom.storage.sqlite.connection import open_writer, refuse_unsafe_library
from postroom.storage.sqlite.process import SOCKET_BUFFER, Line, WriterProcess
from postroom.storage.sqlite.readers import Readers
from postroom.storage.sqlite.snapshot import SQLiteSnapshot, snapshot
from postroom.storage.sqlite.textindex import SQLiteTextIndex
from postroom.storage.sqlite.thread import WriterThread
from postroom.storage.sqlite.users import UsersDatabase
from postroom.storage.sqlite.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from postroom.storage.sqlite.writer import News
    from postroom.storage.textindex import TextIndex

    Observe = Callable[[int, float], None]
    Report = Callable[[str], None]


class SQLiteDatabase:
    """Implements Database over the files of a directory. Writers are threads of this process, or processes at the end of lines."""

    def __init__(self, directory: Path) -> None:
        """Name the files that `create` made; call `open` next. Raises ConfigurationError when one is missing."""
        refuse_unsafe_library()
        self._paths = database_files(directory)
        self.shards = len(self._paths) - 1
        self._readers = Readers(self._paths)
        self.texts: TextIndex = SQLiteTextIndex(directory)
        self._writers: dict[int, WriterThread] = {}
        self._checkpointers: list[Checkpointer] = []
        self._lines: dict[int, Line] = {}
        self._submit: dict[int, Callable[..., asyncio.Future[Any]]] = {}
        self._listeners: list[Callable[[Any], None]] = []
        self._topics: dict[int, set[int]] = {shard: set() for shard in self._paths}
        self._locks: set[tuple[int, str]] = set()

    async def open(self, observe: Observe = lambda _batch, _seconds: None, report: Report = lambda _sentence: None) -> None:
        """Start a writer thread for every file. `observe` hears batch size and commit seconds, `report` sentences for the log."""
        for shard, path in self._paths.items():
            checkpointer = Checkpointer(path, report)
            checkpointer.start()
            self._checkpointers.append(checkpointer)
            open_writer = partial(Writer, path, shard, checkpointer, observe)
            writer = WriterThread(open_writer, path.name, partial(self._tell, shard))
            writer.start()
            self._writers[shard] = writer
            self._submit[shard] = writer.submit

    async def connect(self, lines: Mapping[int, socket.socket]) -> None:
        """Use writer processes at the other ends of these sockets instead of threads."""
        for shard, end in lines.items():
            end.setblocking(False)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
            line = Line(self._paths[shard].name, partial(self._tell, shard))
            await asyncio.get_running_loop().create_connection(lambda line=line: line, sock=end)  # type: ignore[misc]  # likewise
            for topic in tuple(self._topics[shard]):
                await line.follow(topic)
            again, self._lines[shard] = shard in self._lines, line
            self._submit[shard] = line.submit
            if again:
                self._tell(shard, [(None, Interrupted(shard))])

    async def read(self, shard: int, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one SELECT on a committed snapshot, off the loop."""
        return await self._readers.read(shard, sql, parameters)

    async def glance(self, shard: int, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one SELECT of a few rows, at once where that keeps nobody waiting."""
        return await self._readers.glance(shard, sql, parameters)

    def transact(self, shard: int, function: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        """Run a function in the shard's writer; resolves after the commit is on disk."""
        return self._submit[shard](function, arguments)

    def snapshot(self, shard: int) -> AbstractAsyncContextManager[SQLiteSnapshot]:
        """Hold a database as it is now, on a connection of its own."""
        return snapshot(self._paths[shard])

    def listen(self, listener: Callable[[Any], None]) -> None:
        """Call a listener for everything that transactions announce."""
        self._listeners.append(listener)

    def unlisten(self, listener: Callable[[Any], None]) -> None:
        """Call a listener no more."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def _tell(self, shard: int, news: list[News]) -> None:
        topics = self._topics[shard]
        for topic, item in news:
            if topic is None or topic in topics:
                for listener in self._listeners:
                    listener(item)

    async def follow(self, shard: int, topic: int) -> None:
        """Hear what is announced on a topic in a shard."""
        self._topics[shard].add(topic)
        if shard in self._lines:
            await self._lines[shard].follow(topic)

    async def unfollow(self, shard: int, topic: int) -> None:
        """Hear no more of a topic."""
        self._topics[shard].discard(topic)
        if shard in self._lines:
            await self._lines[shard].unfollow(topic)

    async def lock(self, shard: int, name: str) -> bool:
        """Take a named lock of a shard; False when somebody holds it."""
        if self._lines:
            return bool(await self._lines[shard].lock(name))
        if (shard, name) in self._locks:
            return False
        self._locks.add((shard, name))
        return True

    async def unlock(self, shard: int, name: str) -> None:
        """Give back a lock that this process holds."""
        if self._lines:
            await self._lines[shard].unlock(name)
        self._locks.discard((shard, name))

    @property
    def users(self) -> Path:
        """The file of the users' own database."""
        return self._paths[CONTROL].with_name("users.db")

    def open_users(self, views: Sequence[str], tables: Mapping[str, Sequence[Sequence[object]]]) -> UsersDatabase:
        """Open the users' own database, our files beside it: `control` and `mail0` and so on in the views. Blocks; raises UsersFailed."""
        ours = {"control" if shard == CONTROL else f"mail{shard}": path for shard, path in self._paths.items()}
        return UsersDatabase(self.users, ours, views, tables)

    @property
    def wal_bytes(self) -> int:
        """The size of the write-ahead logs of all files, whichever process writes them."""
        logs = [path.with_name(path.name + "-wal") for path in self._paths.values()]
        return sum(log.stat().st_size for log in logs if log.exists())

    async def close(self) -> None:
        """Commit what was handed over, then close every file."""
        for line in self._lines.values():
            await line.close()
        await self.texts.close()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        for writer in self._writers.values():
            writer.finish()
        for checkpointer in self._checkpointers:
            checkpointer.finish()
        self._readers.close()


def run_writer(
    directory: Path, shard: int, supervisor: socket.socket, observe: Observe, report: Report, answer: Callable[[bytes], bytes] = lambda _question: b""
) -> None:
    """Be the writer process of one shard until the supervisor hangs up; blocks. `answer` answers what the supervisor asks."""
    path = database_files(directory)[shard]
    checkpointer = Checkpointer(path, report)
    checkpointer.start()
    WriterProcess(Writer(path, shard, checkpointer, observe), supervisor, answer).run()
    checkpointer.finish()


def database_files(directory: Path) -> dict[int, Path]:
    """Name the files of a data directory by shard number; raises ConfigurationError where one is missing."""
    shards = sorted(directory.glob("mail-[0-9][0-9].db"))
    files = {CONTROL: directory / "control.db"} | dict(enumerate(shards))
    expected = [directory / f"mail-{number:02}.db" for number in range(len(shards))]
    if not files[CONTROL].exists() or shards != expected or not shards:
        raise ConfigurationError(f"{directory} is not a complete data directory: control.db and mail-00.db to the last must all be there")
    return files


def create(directory: Path, shards: int = 0, versions: Mapping[str, int] | None = None) -> None:
    """Make the files of a new data directory, or bring those of an older version up to date.

    The number of shards (1 to 16) is fixed when the directory is made; 0 is one for two cores: a writer does the work of four workers, and
    fewer writers commit larger batches. `versions` makes them with older schemas of `control` and `mail`, for the rows of a backup.
    """
    refuse_unsafe_library()
    if (directory / "control.db").exists():
        shards = len(database_files(directory)) - 1
    count = min(shards or max((os.cpu_count() or 1) // 2, 1), SHARD_STRIDE)
    # control.db last: its presence says that the shards are complete, so that a crash in between is started over.
    for name, kind in [*((f"mail-{number:02}.db", "mail") for number in range(count)), ("control.db", "control")]:
        connection = open_writer(directory / name)
        migrate(connection, kind, (versions or {}).get(kind))
        connection.close()
    sync_directory(directory)
