"""Reading all of a backup, and of those it builds on: every octet is what was written, every message's content is there."""

from __future__ import annotations

import asyncio
import hashlib
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from postroom.operations.backup.chain import Chain
from postroom.operations.backup.errors import BackupError, Damaged
from postroom.operations.backup.records import Records, is_safe_name, lines, unpack_rows
from postroom.storage.migrations import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from postroom.operations.backup.archive import ArchiveReader, Part
    from postroom.operations.backup.keys import Key

    Progress = Callable[[int, int, str], None]

MEGABYTE = 1024 * 1024


class Verified(NamedTuple):
    """What a whole backup holds. `files` are it and those it builds on, the newest first; `damaged` contents were so when they were saved."""

    files: tuple[str, ...]
    created: int
    entries: tuple[str, ...]
    messages: int
    contents: int
    damaged: int
    size: int


async def verify(path: Path, key: Key, progress: Progress = lambda *_: None) -> Verified:
    """Read all of a backup and what it builds on, in a thread; raises BackupError with what is wrong."""
    loop = asyncio.get_running_loop()

    def tell(done: int, whole: int, words: str) -> None:
        loop.call_soon_threadsafe(progress, done, whole, words)

    return await asyncio.to_thread(verify_now, path, key, tell)


async def validate(path: Path, folder: Path, key: Key) -> dict[str, Any]:
    """Tell whether a file of the backup folder is a whole backup: status `ok` with entries, or `invalid` with the reason.

    A path outside the folder is invalid whatever lies there, so that nobody learns from this what files there are.
    """
    inside = await asyncio.to_thread(_inside, path, folder)
    if inside is None:
        return {"status": "invalid", "reason": f"Only files of the backup folder are looked at: {folder}."}
    try:
        found = await verify(inside, key)
    except BackupError as error:
        return {"status": "invalid", "reason": str(error)}
    return {"status": "ok", "entries": list(found.entries)}


def _inside(path: Path, folder: Path) -> Path | None:
    """Give the file's true place if that is directly in the folder; a relative name begins there."""
    try:
        whole = (folder / path).resolve()
        return whole if whole.parent == folder.resolve() and whole.is_file() else None
    except (OSError, ValueError, RuntimeError):  # a NUL, a name without end, links in a circle
        return None


def verify_now(path: Path, key: Key, progress: Progress = lambda *_: None) -> Verified:
    """Read all of a backup; blocking. Raises BackupError."""
    with Chain(path, key) as chain:
        refuse_newer(chain)
        reading = _Reading(chain, progress)
        for reader in chain.readers:
            reading.read(reader, rows=reader is chain.newest)
        return reading.verified()


def refuse_newer(chain: Chain) -> None:
    """Raise BackupError for a backup whose rows need a newer schema."""
    header = chain.newest.header
    if header.control_schema > newest("control") or header.mail_schema > newest("mail"):
        raise BackupError(f"{chain.newest.path} was made by a newer Postroom ({header.postroom}): upgrade first.")


class _Reading:
    def __init__(self, chain: Chain, progress: Progress) -> None:
        self._chain = chain
        self._progress = progress
        self._done = 0
        self._messages = 0
        shards = chain.newest.header.shards
        self._have: list[array[int]] = [array("q") for _ in range(shards)]
        self._need: list[array[int]] = [array("q") for _ in range(shards)]

    def read(self, reader: ArchiveReader, *, rows: bool) -> None:
        """Read every part of a file; of the newest one the rows tell which contents have to be there."""
        damaged = 0
        for part in reader.index.parts:
            if part.shard not in range(-1, reader.header.shards):
                raise Damaged(f"{reader.path} names a shard that there is not.")
            if part.kind == "contents":
                damaged += self._read_contents(reader, part)
            elif part.kind == "rows":
                self._read_rows(reader, part, needed=rows)
            elif part.kind == "file":
                self._read_file(reader, part)
            else:
                raise Damaged(f"{reader.path} holds something of an unknown kind.")
            self._done += sum(piece.length for piece in part.pieces)
            self._progress(self._done // MEGABYTE, self._chain.size // MEGABYTE, "MB read")
        if damaged != reader.index.damaged:
            raise Damaged(f"{reader.path}: {damaged - reader.index.damaged} bodies are not what was saved.")

    def _read_file(self, reader: ArchiveReader, part: Part) -> None:
        if not is_safe_name(part.name):
            raise Damaged(f"{reader.path} holds a file whose name may not be one in a data directory.")
        for _ in reader.stream(part):
            pass

    def _read_rows(self, reader: ArchiveReader, part: Part, *, needed: bool) -> None:
        place = part.columns.index("content_id") if needed and part.shard >= 0 and "content_id" in part.columns else -1
        count = 0
        for line in lines(reader.stream(part)):
            rows = unpack_rows(line)
            count += len(rows)
            if any(len(row) != len(part.columns) for row in rows):
                raise Damaged(f"{reader.path} holds rows of {part.name} that do not fit.")
            if place >= 0:
                self._need[part.shard].extend(row[place] for row in rows)
        if count != part.count:
            raise Damaged(f"{reader.path} holds {count} rows of {part.name} instead of {part.count}.")
        self._messages += count if needed and part.name == "message" else 0

    def _read_contents(self, reader: ArchiveReader, part: Part) -> int:
        damaged = count = 0
        for columns, body in Records(part.columns, reader.stream(part)):
            digest = hashlib.sha256()
            for piece in body:
                digest.update(piece)
            damaged += digest.digest() != columns.get("digest")
            self._have[part.shard].append(columns["id"])
            count += 1
        if count != part.count:
            raise Damaged(f"{reader.path} holds {count} contents instead of {part.count}.")
        return damaged

    def verified(self) -> Verified:
        """Compare what is needed with what is there; raises Damaged."""
        for shard, need in enumerate(self._need):
            have = array("q", sorted(self._have[shard]))
            missing = sum(1 for number in set(need) if not _is_in(have, number))
            if missing:
                raise Damaged(f"{self._chain.newest.path} lacks the contents of {missing} messages.")
        newest_one = self._chain.newest
        return Verified(
            tuple(reader.path.name for reader in self._chain.readers),
            newest_one.header.created,
            tuple(_entry(part) for part in newest_one.index.parts),
            self._messages,
            sum(map(len, self._have)),
            sum(reader.index.damaged for reader in self._chain.readers),
            self._chain.size,
        )


def _is_in(numbers: array[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def _entry(part: Part) -> str:
    """Name a part as people read it."""
    if part.kind == "file":
        return part.name
    database = "control" if part.shard < 0 else f"mail-{part.shard:02}"
    return f"{database}/{part.name or part.kind}"
