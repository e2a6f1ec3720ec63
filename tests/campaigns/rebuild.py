"""A disk as a power cut leaves it: fed with the journal's records, it can be written out at any point.

What is certain: the bytes that a completed fsync covered, and the names whose directory was synced after. The rest is chance: a `Loss` says
which of the unsynced changes reached the disk, and of which only some sectors. After a failed fsync the unsynced bytes of that file are
gone for good, as on Linux, where the pages count as clean from then on and a later sync that succeeds doesn't bring them.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from .journal import JournalError, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from .journal import Record

SECTOR: Final = 512


class Names(Enum):
    """What makes a name durable."""

    DIRECTORY_SYNC = "only a sync of its directory"
    JOURNALED = "any later sync, as on ext4, whose journal commits all names before"


@dataclass(frozen=True, slots=True)
class Loss:
    """How much of the unsynced survives: `kept` of the writes and names (0 to 1); of these `torn` keep only some of their sectors."""

    kept: float = 0.0
    torn: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An unsynced change of a file: bytes at an offset, or with None a new size."""

    place: int
    offset: int
    data: bytes | None


@dataclass(slots=True, eq=False)
class File:
    """A file's certain content and what may or may not be on disk yet."""

    content: bytearray = field(default_factory=bytearray)
    unsynced: list[Change] = field(default_factory=list)

    def sync(self, begun: int) -> None:
        """Make certain what was written before a sync began."""
        for change in self.unsynced:
            if change.place < begun:
                apply(self.content, change)
        self.lose(begun)

    def lose(self, begun: int) -> None:
        """Forget what was written before a sync that failed."""
        self.unsynced = [change for change in self.unsynced if change.place > begun]


DIRECTORY: Final = File()
"""What the name of a directory stands for."""


@dataclass(slots=True)
class Naming:
    """An unsynced change of names, all of it or nothing: path to file, DIRECTORY, or None for a name that goes."""

    place: int
    folder: str
    names: dict[str, File | None]


def apply(content: bytearray, change: Change) -> None:
    """Carry a change out; a gap before it reads as zeros."""
    if change.data is None:
        del content[change.offset :]
        content.extend(bytes(change.offset - len(content)))
        return
    if change.offset > len(content):
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def sectors(change: Change) -> list[Change]:
    """Cut a write where a disk may tear it."""
    if change.data is None:
        return [change]
    first = SECTOR - change.offset % SECTOR
    cuts = [0, *range(first, len(change.data), SECTOR), len(change.data)]
    return [Change(change.place, change.offset + start, change.data[start:end]) for start, end in pairwise(cuts)]


class Disk:
    """A data directory under a recorded server."""

    def __init__(self, root: Path, names: Names = Names.DIRECTORY_SYNC) -> None:
        """Begin with a directory as it stands on disk, all of it certain; call before the recorded server starts."""
        self._rule = names
        self._files: dict[int, File] = {}  # by inode, the youngest file of that number
        self._names: dict[str, File] = {".": DIRECTORY}
        self._unsynced: list[Naming] = []
        self._syncs: dict[int, str | None] = {}
        for folder, folders, files in os.walk(root):
            for name in folders:
                self._names[_relative(Path(folder, name), root)] = DIRECTORY
            for name in files:
                self._begin_with(Path(folder, name), root)

    def _begin_with(self, path: Path, root: Path) -> None:
        if path.is_file() and not path.is_symlink():  # sockets are no data
            inode = path.stat().st_ino
            self._names[_relative(path, root)] = self._files.setdefault(inode, File(bytearray(path.read_bytes())))

    def feed(self, record: Record) -> None:
        """Take the next record of the journal."""
        step = _STEPS.get(record.kind)
        if step:
            step(self, record)

    def _file(self, record: Record) -> File:
        try:
            return self._files[record.inode]
        except KeyError:
            raise JournalError(f"inode {record.inode} {record.name} is no file that was seen to be made") from None

    def _write(self, record: Record) -> None:
        self._file(record).unsynced.append(Change(record.place, record.offset, bytes(record.data)))

    def _truncate(self, record: Record) -> None:
        self._file(record).unsynced.append(Change(record.place, record.offset, None))

    def _create(self, record: Record) -> None:
        self._files[record.inode] = File()
        self._name(record, record.name, {record.name: self._file(record)})

    def _name(self, record: Record, named: str, names: dict[str, File | None]) -> None:
        self._unsynced.append(Naming(record.place, str(PurePosixPath(named).parent), names))

    def _rename(self, record: Record) -> None:
        self._name(record, record.other, {record.name: None, record.other: self._file(record)})

    def _link(self, record: Record) -> None:
        self._name(record, record.other, {record.other: self._file(record)})

    def _remove(self, record: Record) -> None:
        self._name(record, record.name, {record.name: None})

    def _make_directory(self, record: Record) -> None:
        self._name(record, record.name, {record.name: DIRECTORY})

    def _begin_sync(self, record: Record) -> None:
        self._syncs[record.place] = record.name if record.offset else None

    def _end_sync(self, record: Record) -> None:
        folder, begun = self._syncs.pop(record.offset), record.offset
        if folder is None and record.inode in self._files:
            self._files[record.inode].sync(begun)
        if folder is not None or self._rule is Names.JOURNALED:
            self._sync_names(begun, folder)

    def _fail_sync(self, record: Record) -> None:
        if self._syncs.pop(record.offset) is None and record.inode in self._files:
            self._files[record.inode].lose(record.offset)

    def _sync_names(self, begun: int, folder: str | None) -> None:
        waiting: list[Naming] = []
        for naming in self._unsynced:
            if naming.place < begun and (self._rule is Names.JOURNALED or naming.folder == folder):
                _rename_in(self._names, naming.names)
                for earlier in waiting:  # what a certain change replaced can't come back
                    for path in naming.names:
                        earlier.names.pop(path, None)
            else:
                waiting.append(naming)
        self._unsynced = [naming for naming in waiting if naming.names]

    def write_out(self, target: Path, loss: Loss) -> None:
        """Write the directory as the power cut leaves it; -shm files are left out, SQLite makes them anew."""
        chance = random.Random(loss.seed)
        names: dict[str, File] = dict(self._names)
        for naming in self._unsynced:
            if chance.random() < loss.kept:
                _rename_in(names, naming.names)
        target.mkdir(parents=True)
        for path in sorted(names):  # a directory sorts before what is in it
            place = target / path
            if not place.parent.is_dir() or path.endswith("-shm"):
                continue
            if names[path] is DIRECTORY:
                place.mkdir(exist_ok=True)
            else:
                place.write_bytes(self._survivors(names[path], loss, chance))

    @staticmethod
    def _survivors(file: File, loss: Loss, chance: random.Random) -> bytes | bytearray:
        kept = [change for change in file.unsynced if chance.random() < loss.kept] if loss.kept else []
        if not kept:
            return file.content
        content = bytearray(file.content)
        for change in kept:
            torn = chance.random() < loss.torn
            for piece in sectors(change) if torn else [change]:
                if not torn or chance.random() < 0.5:
                    apply(content, piece)
        return content


def _rename_in(names: dict[str, File], changes: dict[str, File | None]) -> None:
    for path, file in changes.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _relative(path: Path, root: Path) -> str:
    return str(PurePosixPath(path.relative_to(root)))


_STEPS: Final[dict[Kind, Callable[[Disk, Record], None]]] = {
    Kind.WRITE: Disk._write,
    Kind.TRUNCATE: Disk._truncate,
    Kind.CREATE: Disk._create,
    Kind.RENAME: Disk._rename,
    Kind.LINK: Disk._link,
    Kind.UNLINK: Disk._remove,
    Kind.RMDIR: Disk._remove,
    Kind.MKDIR: Disk._make_directory,
    Kind.SYNC_BEGIN: Disk._begin_sync,
    Kind.SYNC_END: Disk._end_sync,
    Kind.SYNC_FAILED: Disk._fail_sync,
}
