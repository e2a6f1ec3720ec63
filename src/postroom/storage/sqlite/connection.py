"""One SQLite connection, set up the way every connection of ours must be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import apsw

from postroom.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

FIRST_SAFE_VERSION: Final = 3_051_003
"""The first SQLite without the WAL-reset bug."""

WRITER_CACHE_KIB: Final = 64 * 1024
READER_CACHE_KIB: Final = 8 * 1024
READER_MAP_BYTES: Final = 0x7FFF0000 if os.name == "posix" else 0
"""Of a file's beginning that readers map instead of copying it: SQLite's own limit. Windows can't let a file grow that is mapped elsewhere."""

BUSY_MILLISECONDS: Final = 10_000


def refuse_unsafe_library(version: int | None = None) -> None:
    """Raise ConfigurationError when the linked SQLite can lose committed data (version defaults to the library's own)."""
    version = apsw.SQLITE_VERSION_NUMBER if version is None else version
    if version < FIRST_SAFE_VERSION:
        raise ConfigurationError(f"the SQLite library {version} has the WAL-reset bug, which loses committed mail; install apsw 3.54 or newer")


def open_writer(path: Path) -> apsw.Connection:
    """Open the one writing connection of a file; it makes the file when absent. A commit is a sync."""
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")  # macOS: fsync alone leaves data in the drive's cache
    connection.execute("PRAGMA checkpoint_fullfsync=ON")
    connection.execute("PRAGMA wal_autocheckpoint=0")  # checkpoints run in their own thread
    connection.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def open_reader(path: Path) -> apsw.Connection:
    """Open a connection that can only read."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.execute(f"PRAGMA cache_size=-{READER_CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size={READER_MAP_BYTES}")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def open_checkpointer(path: Path) -> apsw.Connection:
    """Open the connection that moves the write-ahead log into the database file."""
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("PRAGMA checkpoint_fullfsync=ON")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    return connection
