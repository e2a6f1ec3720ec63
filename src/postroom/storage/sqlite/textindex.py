"""The text index in SQLite: an FTS5 table of trigrams for each shard, in a file of its own (`text-00.db` ...).

A file of its own, because merging an index takes hundreds of milliseconds now and then, which no delivery must wait for; because it is derived,
so that it needs no sync at each commit and may be deleted at any time; and so that a backup can leave it out.

A row's id is `group << 32 | number`: a group is a folder and a number a uid, so that a search is a range of row ids and touches no other
folder's, let alone another account's, rows. (Ids by account and content would be fewer after COPY and MOVE, but need a second table to tell which
accounts still hold a content, and a way from contents back to uids.) The table keeps no text (`content=''`) and no positions
(`detail=none`): it knows which trigrams a text has, and a needle is the AND of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
from array import array
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

import apsw

from postroom.storage.database import DatabaseUnavailable
from postroom.storage.textindex import SHORTEST, Narrowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from postroom.storage.database import Row
    from postroom.storage.textindex import Entry

VERSION: Final = 2
"""Of this schema; a file of another version is made anew."""

SCHEMA: Final = f"""
CREATE VIRTUAL TABLE entry USING fts5 (text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
CREATE TABLE unknown (id INTEGER PRIMARY KEY);      -- entries whose text could not be read
CREATE TABLE mark (part INTEGER PRIMARY KEY, upto INTEGER NOT NULL);   -- of each group
PRAGMA user_version={VERSION};
"""
MOST_TRIGRAMS: Final = 16
"""Trigrams of a needle that are asked for: more would hardly narrow further."""

REMOVED_AT_ONCE: Final = 500
NUMBER_BITS: Final = 32
NUMBERS: Final = (1 << NUMBER_BITS) - 1
BUSY_MILLISECONDS: Final = 5000


Done = TypeVar("Done")


class SQLiteTextIndex:
    """Implements TextIndex over files beside the shards. One process fills them, in a thread; any process may search them."""

    def __init__(self, directory: Path, report: Callable[[str], None] = lambda _sentence: None) -> None:
        """Name the directory; files are opened when they are needed first. `report` hears of an index that is made anew."""
        self._directory = directory
        self._report = report
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="text index")
        self._connections: dict[int, apsw.Connection] = {}

    async def marks(self, shard: int) -> dict[int, int]:
        """Tell the marks of all groups of a shard."""
        return await self._write(shard, _marks)

    async def add(self, shard: int, group: int, entries: Sequence[Entry], upto: int) -> None:
        """Take entries in and set the mark of their group, in one transaction."""
        await self._write(shard, _add, group, entries, upto)

    async def remove(self, shard: int, group: int, low: int, high: int) -> None:
        """Forget a range of entries, some hundred in a transaction."""
        first, last = group << NUMBER_BITS | low, group << NUMBER_BITS | min(high, NUMBERS)
        while await self._write(shard, _remove, first, last) == REMOVED_AT_ONCE:
            pass
        await self._write(shard, _forget_mark, group, low, high)

    async def narrow(self, shard: int, group: int, needle: str) -> Narrowed | None:
        """Find where a needle may be, in a thread, on a connection of its own."""
        if len(needle) < SHORTEST or "\0" in needle:
            return None
        try:
            return await asyncio.to_thread(self._narrow_now, shard, group, question(needle))
        except apsw.Error:  # no file yet, or one that is being made anew
            return None

    def _narrow_now(self, shard: int, group: int, question: str) -> Narrowed:
        with contextlib.closing(apsw.Connection(str(self._path(shard)), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
            connection.set_busy_timeout(BUSY_MILLISECONDS)
            upto = _mark(connection, group)  # read first: what is indexed meanwhile is above it, and then looked at twice
            where = (group << NUMBER_BITS, group << NUMBER_BITS | NUMBERS)
            found = array("I", (row[0] & NUMBERS for row in connection.execute("SELECT id FROM unknown WHERE id BETWEEN ? AND ?", where)))
            hits = connection.execute("SELECT rowid FROM entry WHERE entry MATCH ? AND rowid BETWEEN ? AND ?", (question, *where))
            found.extend(row[0] & NUMBERS for row in hits)
            return Narrowed(upto, found)

    async def close(self) -> None:
        """Finish what is in hand and close the files."""
        await asyncio.to_thread(self._writing.shutdown)
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    async def _write(self, shard: int, function: Callable[..., Done], *arguments: object) -> Done:
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._write_now, shard, function, arguments)

    def _write_now(self, shard: int, function: Callable[..., Done], arguments: tuple[object, ...]) -> Done:
        try:
            connection = self._connections.get(shard) or self._open(shard)
            return _committed(connection, function, arguments)
        except (apsw.CorruptError, apsw.NotADBError) as error:
            self._discard(shard)
            self._report(f"{self._path(shard).name} is damaged and is made anew: {error}")
            raise DatabaseUnavailable(f"{self._path(shard).name}: {error}") from error
        except apsw.Error as error:
            raise DatabaseUnavailable(f"{self._path(shard).name}: {error}") from error

    def _open(self, shard: int) -> apsw.Connection:
        connection = _connect(self._path(shard))
        if connection.pragma("user_version") not in {0, VERSION}:
            connection.close()
            self._discard(shard)
            connection = _connect(self._path(shard))
        if connection.pragma("user_version") == 0:
            with connection:
                connection.execute(SCHEMA)
        self._connections[shard] = connection
        return connection

    def _discard(self, shard: int) -> None:
        """Throw an index away; searches that read it still have its old file."""
        connection = self._connections.pop(shard, None)
        if connection is not None:
            connection.close(True)
        for path in sorted(self._directory.glob(f"{self._path(shard).name}*")):  # the log beside it too
            path.unlink(missing_ok=True)

    def _path(self, shard: int) -> Path:
        return self._directory / f"text-{shard:02}.db"


def question(needle: str) -> str:
    """Give FTS5's question for a needle: all of its trigrams, or some of a long one's."""
    trigrams = list(dict.fromkeys(needle[start : start + SHORTEST] for start in range(len(needle) - SHORTEST + 1)))
    step = -(-len(trigrams) // MOST_TRIGRAMS)
    return " AND ".join(['"' + trigram.replace('"', '""') + '"' for trigram in trigrams[::step]])


def _connect(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")  # a power cut may take the last entries with their mark: they are added again
    connection.execute("PRAGMA journal_size_limit=67108864")
    return connection


def _committed(connection: apsw.Connection, function: Callable[..., Done], arguments: tuple[object, ...]) -> Done:
    with connection:
        done = function(connection, *arguments)
    return done  # noqa: RET504 - mypy takes apsw's `with` for one that may swallow exceptions


def _marks(connection: apsw.Connection) -> dict[int, int]:
    return dict(connection.execute("SELECT part, upto FROM mark"))


def _mark(connection: apsw.Connection, part: int) -> int:
    rows: list[Row] = connection.execute("SELECT upto FROM mark WHERE part = ?", (part,)).fetchall()
    return int(rows[0][0]) if rows else 0


def _add(connection: apsw.Connection, group: int, entries: Sequence[Entry], upto: int) -> int:
    known = [(group << NUMBER_BITS | number, _readable(text)) for number, text in entries if text is not None]
    unknown = [(group << NUMBER_BITS | number,) for number, text in entries if text is None]
    connection.executemany("INSERT OR REPLACE INTO entry (rowid, text) VALUES (?, ?)", known)
    connection.executemany("INSERT OR IGNORE INTO unknown (id) VALUES (?)", unknown)
    connection.execute("INSERT INTO mark (part, upto) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET upto = max(upto, excluded.upto)", (group, upto))
    return len(entries)


def _readable(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _remove(connection: apsw.Connection, first: int, last: int) -> int:
    rows = connection.execute("SELECT rowid FROM entry WHERE rowid BETWEEN ? AND ? LIMIT ?", (first, last, REMOVED_AT_ONCE)).fetchall()
    connection.executemany("DELETE FROM entry WHERE rowid = ?", rows)
    connection.execute("DELETE FROM unknown WHERE id BETWEEN ? AND ?", (first, last))
    return len(rows)


def _forget_mark(connection: apsw.Connection, group: int, low: int, high: int) -> int:
    """Forget the mark of a group of which nothing is left."""
    connection.execute("DELETE FROM mark WHERE part = ? AND ? <= 1 AND upto <= ?", (group, low, high))
    return 0
