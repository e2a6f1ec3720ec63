"""Glances: SELECTs of a few rows, run on the loop itself as long as nothing they need must come from the disk.

A turn of a thread costs 50 to 70 us of processor time, the row of a folder 6. So that a glance never keeps the loop waiting its connection
reads with `preadv2(RWF_NOWAIT)`, which gives what the system has in memory and fails otherwise; it maps nothing, waits for no lock, and is
stopped after LONGEST. What a glance can't tell a thread reads. Only Linux can read like that; elsewhere every glance fails at once.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from time import thread_time
from typing import TYPE_CHECKING, Any, Final

import apsw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.storage.database import Row

LONGEST: Final = 0.001
"""Seconds of processor time after which a glance is given up."""
STEPS: Final = 1000
"""Of SQLite's virtual machine between two looks at the clock: about 0.1 ms."""
CACHE_KIB: Final = 2 * 1024
NOWAIT: Final[int] = getattr(os, "RWF_NOWAIT", 0)


class Memory(apsw.VFS):
    """SQLite's way to the files of glances. `until` is the processor time of the thread at which the glance of the moment must be over."""

    def __init__(self) -> None:
        self.name = f"memory-{id(self):x}"
        super().__init__(self.name, "")
        self.until = 0.0
        self.kept: list[int] = []

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        """Open a file as SQLite does."""
        return MemoryFile(self, name, flags)

    def xSleep(self, _microseconds: int) -> int:  # noqa: N802 - SQLite's name
        """Wait for nobody: SQLite asks again some times, then gives up."""
        return 0

    def over(self) -> bool:
        """Whether the glance has taken too long."""
        return thread_time() > self.until


class MemoryFile(apsw.VFSFile):
    """A file of which only what is in memory is read; what SQLite does with files otherwise is its own."""

    def __init__(self, memory: Memory, name: apsw.URIFilename | str | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._memory = memory
        self._file = _open(name.filename() if isinstance(name, apsw.URIFilename) else name or "")
        self._is_database = bool(flags[0] & apsw.SQLITE_OPEN_MAIN_DB)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        """Read; BlockingIOError when some of it is not in memory."""
        room = bytearray(amount)
        got = os.preadv(self._file, (room,), offset, NOWAIT)
        if got == amount:
            return room  # type: ignore[return-value]  # apsw takes any buffer: a copy less
        while got < amount and (more := os.preadv(self._file, (memoryview(room)[got:],), offset + got, NOWAIT)):
            got += more  # a page of the log lies on two of the system's, of which one may be in memory
        return bytes(room[:got])

    def xClose(self) -> None:  # noqa: N802 - SQLite's name
        """Close; a database's own descriptor stays, since closing any descriptor of a file ends the locks that SQLite has on it."""
        super().xClose()
        if self._is_database:
            self._memory.kept.append(self._file)
        else:
            os.close(self._file)


class Glances:
    """The connections of glances to the files of a data directory; used on the loop, but for `open`."""

    def __init__(self, paths: dict[int, Path]) -> None:
        self._paths = paths
        self._memory = Memory() if NOWAIT else None
        self._connections: dict[int, apsw.Connection] = {}
        self._opening: set[int] = set()
        self._closed = False

    def wants(self, shard: int) -> bool:
        """Whether `open` is to be called for a shard, in a thread; asked again it says no until that is done."""
        if self._memory is None or self._closed or shard in self._connections or shard in self._opening:
            return False
        self._opening.add(shard)
        return True

    def open(self, shard: int) -> None:
        """Open the connection to a shard; when it can't be opened now, a later glance tries again."""
        assert self._memory is not None
        with suppress(apsw.Error, OSError):
            self._memory.until = thread_time() + LONGEST
            connection = apsw.Connection(str(self._paths[shard]), flags=apsw.SQLITE_OPEN_READONLY, vfs=self._memory.name)
            connection.set_busy_timeout(0)
            connection.set_progress_handler(self._memory.over, STEPS)
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            self._connections[shard] = connection
        self._opening.discard(shard)

    def glance(self, shard: int, sql: str, parameters: Sequence[Any]) -> list[Row] | None:
        """Run a SELECT; None when it would take long, or fails: then a thread does it, or fails in its turn."""
        connection = self._connections.get(shard)
        if connection is None or self._memory is None:
            return None
        self._memory.until = thread_time() + LONGEST
        try:
            return connection.execute(sql, parameters).fetchall()
        except (apsw.Error, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.EOPNOTSUPP:
                self.close()  # a file system that can't say what is in memory
            return None

    def close(self) -> None:
        """Close the connections: no glance succeeds any more. Before the last other connection to a file, which tidies up behind it."""
        self._closed = True
        for connection in self._connections.values():
            connection.close(True)
        self._connections.clear()

    def let_go(self) -> None:
        """Close the descriptors that were kept, once this process has no connection to the files any more."""
        if self._memory is not None:
            for descriptor in self._memory.kept:
                os.close(descriptor)
            self._memory.kept.clear()


def _open(path: str) -> int:
    """Open a file to read, without a note of when it was read, which could wait for the disk."""
    flags = os.O_RDONLY | os.O_CLOEXEC
    try:
        return os.open(path, flags | os.O_NOATIME)
    except PermissionError:  # only the owner may
        return os.open(path, flags)
