"""Making a backup while mail flows.

1. Sweeping waits, so that no content goes away before it is read; removing handovers that were applied waits while snapshots are taken, so that a
   message on its way between shards is in the snapshot of one or both of them, never of none. Restore applies what stands, once.
2. Of each database a snapshot for as long as its rows take; of a shard the rows tell which contents there are. Contents and bodies never change and
   their ids rise with the commits, so they are read afterwards, in small runs, and only those above what the backup before this one has.
3. The file gets its name when all of it is on disk; then the store remembers what it covers.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import secrets
import time
from array import array
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.errors import Unavailable
from postroom.mailboxes.pauses import HANDOVER, SWEEP, pause, resume
from postroom.operations.backup.archive import PIECE, SUFFIX, Header, Part
from postroom.operations.backup.chain import LONGEST_CHAIN, backups, chain_of
from postroom.operations.backup.course import LOCK, told
from postroom.operations.backup.errors import BackupError, WrongKey
from postroom.operations.backup.parts import Parts
from postroom.operations.backup.records import is_safe_name, pack_head, pack_rows
from postroom.storage.database import CONTROL
from postroom.storage.disk import RESTORING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from postroom.operations.backup.keys import Key
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database, Row, Snapshot, Transaction

    Progress = Callable[[int, int, str], None]

SKIPPED: Final = frozenset({"content", "body", "pause", "unindexed", "backup_course"})
"""Tables that are not saved as rows: contents are parts of their own, the others tell of work in hand."""

OWN: Final = frozenset({"refs", "blob"})
"""Columns of a content that restoring makes anew."""

RUN: Final = 64
PART: Final = 1024 * 1024
"""Octets after which a part of contents ends: what restoring one message has to open."""

LARGE: Final = PART // 2
"""A content with a body over this is a part of its own."""

LARGEST_FILE: Final = 16 * 1024 * 1024
MOST_FILES: Final = 10_000
PAUSE_SECONDS: Final = 600
RENEW_SECONDS: Final = 60
TRIES: Final = 3
MEGABYTE: Final = 1024 * 1024


class Source(NamedTuple):
    """What is backed up: a data directory with its database and blobs; `elsewhere` are files outside it that belong to the server.

    `leave_out` are what lies in the directory and is not saved (logs, the folder of the backups, their key). `reserve` bytes of the disk that
    the backup goes to stay free.
    """

    data: Path
    database: Database
    blobs: Blobs
    leave_out: tuple[Path, ...] = ()
    elsewhere: tuple[Path, ...] = ()
    reserve: int = 0
    clock: Callable[[], float] = time.time


class Made(NamedTuple):
    """A backup that was made: `base` names the one it builds on or is '', `damaged` counts contents that could not be read whole."""

    path: Path
    size: int
    base: str
    contents: int
    damaged: int
    left_out: tuple[str, ...]


class Base(NamedTuple):
    """The backup that the next one builds on, and up to which content ids it has them; '' for none."""

    id: str
    upto: tuple[int, ...]


async def create(source: Source, folder: Path, key: Key, *, full: bool = False, progress: Progress = lambda *_: None) -> Made:
    """Make a backup in a folder, on top of the newest that is there and that the key opens, else (or if `full`) whole.

    Raises BackupError or Unavailable; then nothing is left of it.
    """
    if not await source.database.lock(CONTROL, LOCK):
        raise BackupError("Another backup is being made now; wait for its end.")
    try:
        async with told(source.database, lambda: int(source.clock() * 1_000_000), progress) as telling:
            await asyncio.to_thread(_make_folder, folder)
            base = None if full else await _base(source, folder, key)
            async with _paused(source):
                made = await _Backup(source, base or Base("", (0,) * source.database.shards), telling).make(folder, key)
            telling.made = made.path
            return made
    finally:
        await source.database.unlock(CONTROL, LOCK)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for partial in folder.glob(f".*{SUFFIX}.partial"):  # of a backup that was killed: the lock says that none runs
            partial.unlink()
    except OSError as error:
        raise BackupError(f"The backup folder {folder} can't be used: {error.strerror}.") from error


async def _base(source: Source, folder: Path, key: Key) -> Base | None:
    """Find the newest backup to build on: made of this very store, with all it builds on, and for the same key."""
    rows = await source.database.read(CONTROL, "SELECT id, upto FROM backup ORDER BY created DESC LIMIT 1000")
    known = {found.header.id: found.header for found in await asyncio.to_thread(backups, folder) if found.header}
    for number, packed in rows:
        length = len(chain_of(known[number], known)) if number in known else 0
        if length and await asyncio.to_thread(_opens, key, known[number]):
            return Base(number, tuple(json.loads(packed))) if length < LONGEST_CHAIN else None
    return None


def _opens(key: Key, header: Header) -> bool:
    if not key.passphrase:
        return key.mark == header.key_mark
    try:
        key.unseal(base64.b64decode(header.sealed))
    except WrongKey:
        return False
    return True


@asynccontextmanager
async def _paused(source: Source) -> AsyncIterator[None]:
    """Let sweeping wait for as long as the backup takes."""
    shards = range(source.database.shards)

    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(Unavailable):  # the pause lasts for ten tries
                await _pause(source, SWEEP)

    await _pause(source, SWEEP)
    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        for shard in shards:
            with suppress(Unavailable):  # it ends by itself
                await source.database.transact(shard, resume, SWEEP)


async def _pause(source: Source, work: str) -> None:
    until = int((source.clock() + PAUSE_SECONDS) * 1_000_000)
    for shard in range(source.database.shards):
        await source.database.transact(shard, pause, work, until)


class _Backup:
    """One backup in the making."""

    def __init__(self, source: Source, base: Base, progress: Progress) -> None:
        self._source = source
        self._database = source.database
        self._base = base
        self._progress = progress
        self._upto = list(base.upto)
        self._wanted: list[array[int]] = [array("q") for _ in range(self._database.shards)]
        self._columns: list[tuple[str, ...]] = [()] * self._database.shards
        self._weight = 0
        self._done = 0
        self._contents = 0
        self._damaged = 0
        self._left_out: list[str] = []
        self._told = (-1, "")

    async def make(self, folder: Path, key: Key) -> Made:
        """Write the file and remember it."""
        now = self._source.clock()
        number = secrets.token_hex(8)
        path = folder / f"{time.strftime('postroom-%Y%m%dT%H%M%SZ', time.gmtime(now))}-{number[:6]}{SUFFIX}"
        schemas = await self._schemas()
        header = Header(number, self._base.id, int(now * 1_000_000), version("postroom"), self._database.shards, *schemas, "", "")
        parts = await Parts.open(path, header, key, self._source.reserve)
        try:
            await self._files(parts)
            await self._rows(parts)
            for shard in range(self._database.shards):
                await self._bodies(parts, shard)
            size = await parts.finish(self._base.upto, self._upto, self._damaged)
        except BaseException:
            await parts.abandon()
            raise
        await self._database.transact(CONTROL, remember, number, header.created, tuple(self._upto))
        return Made(path, size, self._base.id, self._contents, self._damaged, tuple(self._left_out))

    async def _schemas(self) -> tuple[int, int]:
        async with self._database.snapshot(CONTROL) as control, self._database.snapshot(0) as mail:
            return control.schema, mail.schema

    async def _files(self, parts: Parts) -> None:
        """Save the small files of the data directory: keys, certificates, scripts."""
        for name, path in await asyncio.to_thread(self._named_files):
            data = await asyncio.to_thread(_read_file, path)
            if data is None or not is_safe_name(name):
                self._left_out.append(name)
                continue
            parts.begin(Part("file", name, count=1))
            await parts.write(data)
            await parts.end()

    def _named_files(self) -> list[tuple[str, Path]]:
        """Name what lies in the directory, but for databases, bodies and what tells of this very process."""
        data = self._source.data
        left_out = {data / name for name in ("blobs", "spool", "lock", "control.sock", "control.token", RESTORING)} | set(self._source.leave_out)
        found: list[tuple[str, Path]] = []
        for place, folders, names in os.walk(data):
            here = data / os.path.relpath(place, data)
            folders[:] = sorted(name for name in folders if here / name not in left_out)
            for name in sorted(names):
                path = here / name
                database = here == data and (".db" in name or name.endswith(".new"))
                if path not in left_out and not database and path.is_file() and not path.is_symlink():
                    found.append((path.relative_to(data).as_posix(), path))
        if len(found) > MOST_FILES:
            raise BackupError(f"{data} holds more than {MOST_FILES} files beside its databases and bodies: take out what is not Postroom's.")
        return found + _outside(self._source)

    async def _rows(self, parts: Parts) -> None:
        """Save the rows of every database, each from one snapshot."""
        await _pause(self._source, HANDOVER)
        began = self._source.clock()
        try:
            for shard in (CONTROL, *range(self._database.shards)):
                async with self._database.snapshot(shard) as snapshot:
                    await self._rows_of(parts, shard, snapshot)
                if self._source.clock() - began > PAUSE_SECONDS:
                    raise BackupError("Reading the databases took too long for the snapshots to belong together; try again at a quieter time.")
        finally:
            for shard in range(self._database.shards):
                with suppress(Unavailable):  # it ends by itself
                    await self._database.transact(shard, resume, HANDOVER)

    async def _rows_of(self, parts: Parts, shard: int, snapshot: Snapshot) -> None:
        tables = await snapshot.tables()
        for table, columns in tables.items():
            if table in SKIPPED:
                continue
            parts.begin(Part("rows", table, shard, columns))
            async for rows in snapshot.rows(f"SELECT {', '.join(columns)} FROM {table}"):
                self._gather(shard, columns, rows)
                parts.part.count += len(rows)
                await parts.write(pack_rows(rows))
                self._tell(self._done, 0, "rows saved")
            await parts.end()
        if shard != CONTROL:
            self._columns[shard] = tuple(column for column in tables["content"] if column not in OWN)
            async for rows in snapshot.rows("SELECT coalesce(max(id), 0) FROM content"):
                self._upto[shard] = max(self._upto[shard], rows[0][0])

    def _tell(self, done: int, whole: int, words: str) -> None:
        """Tell how far it is when that has changed: each time is a line to the command that waits."""
        if (done, words) != self._told:
            self._told = (done, words)
            self._progress(done, whole, words)

    def _gather(self, shard: int, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Note which contents the rows refer to that no backup has yet."""
        self._done += len(rows)
        if shard == CONTROL or "content_id" not in columns:
            return
        place, after = columns.index("content_id"), self._base.upto[shard]
        new = [row for row in rows if row[place] > after]
        self._wanted[shard].extend(row[place] for row in new)
        if "size" in columns:
            weight = columns.index("size")
            self._weight += sum(row[weight] for row in new)

    async def _bodies(self, parts: Parts, shard: int) -> None:
        """Save the contents that are wanted, in the order of their ids."""
        wanted = array("q", sorted(set(self._wanted[shard])))
        self._wanted[shard] = wanted
        columns = self._columns[shard]
        self._done = 0 if shard == 0 else self._done
        parts.begin(Part("contents", "", shard, columns))
        for start in range(0, len(wanted), RUN):
            for row in await self._run(shard, wanted[start : start + RUN]):
                values, blob, data = row[:-2], row[-2], row[-1]
                number, size = values[columns.index("id")], values[columns.index("size")]
                if parts.part.size and (parts.part.size >= PART or size > LARGE):
                    await self._next_part(parts)
                part = parts.part
                part.first, part.last, part.count = part.first or number, number, part.count + 1
                await parts.write(pack_head(values))
                await self._body(parts, shard, _Content(number, size, values[columns.index("digest")], blob, data))
                self._contents += 1
                self._done += size
                self._tell(self._done // MEGABYTE, max(self._weight, self._done) // MEGABYTE, "MB saved")
                if size > LARGE:
                    await self._next_part(parts)
        await parts.end()

    async def _next_part(self, parts: Parts) -> None:
        part = parts.part
        await parts.end()
        parts.begin(Part("contents", "", part.shard, part.columns))

    async def _run(self, shard: int, numbers: Sequence[int]) -> list[Row]:
        marks = ", ".join("?" * len(numbers))
        columns = ", ".join(f"c.{column}" for column in self._columns[shard])
        sql = f"SELECT {columns}, c.blob, b.data FROM content AS c LEFT JOIN body AS b ON b.content_id = c.id WHERE c.id IN ({marks}) ORDER BY c.id"
        rows = await self._database.read(shard, sql, tuple(numbers))
        if len(rows) != len(numbers):
            raise BackupError(f"Shard {shard} names contents that are not there; `postroom check` tells which messages are harmed.")
        return rows

    async def _body(self, parts: Parts, shard: int, content: _Content) -> None:
        """Save a body as it is; one that is not what was accepted is counted, and saved with zeros for what can't be read."""
        digest, written = hashlib.sha256(), 0
        async for piece in self._pieces(shard, content):
            digest.update(piece)
            written += len(piece)
            await parts.write(piece)
        while written < content.size:
            gap = bytes(min(PIECE, content.size - written))
            written += len(gap)
            digest.update(gap)
            await parts.write(gap)
        self._damaged += digest.digest() != content.digest

    async def _pieces(self, shard: int, content: _Content) -> AsyncIterator[bytes]:
        if content.data is not None:
            yield content.data[: content.size]
            return
        offset, blob = 0, content.blob
        while blob is not None and offset < content.size:
            piece, blob = await self._piece(shard, content, blob, offset)
            if not piece:
                return
            offset += len(piece)
            yield piece

    async def _piece(self, shard: int, content: _Content, blob: str, offset: int) -> tuple[bytes, str]:
        """Read a piece of a blob; one that was moved meanwhile is looked for again."""
        for _ in range(TRIES):
            with suppress(Unavailable):
                piece = await self._source.blobs.read(blob, offset, min(PIECE, content.size - offset))
                if piece:
                    return piece, blob
            rows = await self._database.read(shard, "SELECT blob FROM content WHERE id = ?", (content.id,))
            blob = (rows[0][0] if rows else None) or blob
        return b"", blob


class _Content(NamedTuple):
    id: int
    size: int
    digest: bytes
    blob: str | None
    data: bytes | None


def _outside(source: Source) -> list[tuple[str, Path]]:
    """Name the files that lie elsewhere, each once; of two with the same name the second is numbered."""
    found: dict[str, Path] = {}
    for number, path in enumerate(dict.fromkeys(path.resolve() for path in source.elsewhere)):
        if path.is_file() and not path.is_relative_to(source.data.resolve()):
            name = f"elsewhere/{path.name}"
            found[f"elsewhere/{number}-{path.name}" if name in found else name] = path
    return list(found.items())


def _read_file(path: Path) -> bytes | None:
    """Read a small file; None for one that is gone, too large or not ours to read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        return None
    return data if len(data) <= LARGEST_FILE else None


def remember(transaction: Transaction, number: str, created: int, upto: Sequence[int]) -> None:
    """Note in the control database what a backup covers: the next one may build on it."""
    transaction.execute("INSERT INTO backup (id, created, upto) VALUES (?, ?, ?)", (number, created, json.dumps(upto)))
