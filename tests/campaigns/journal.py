"""The preloaded recorder: building it, and reading the journal that it leaves (layout: journal.h)."""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC: Final = 0x316C6E72756F6A00
JOURNAL_BYTES: Final = 8 << 30  # sparse: only what is written takes room
_HEADER: Final = struct.Struct("<QQQI36x")
_RECORD: Final = struct.Struct("<IIQQQqiIII")
_HERE: Final = Path(__file__).parent


class Kind(IntEnum):
    """What happened; numbered as in journal.h."""

    WRITE = 1
    TRUNCATE = 2
    CREATE = 3
    SYNC_BEGIN = 4
    SYNC_END = 5
    SYNC_FAILED = 6
    RENAME = 7
    LINK = 8
    UNLINK = 9
    MKDIR = 10
    RMDIR = 11
    REPLY = 12
    UNRECORDED = 13


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened. `place` orders it among those of all processes; `offset` and `result` as journal.h tells."""

    place: int
    kind: Kind
    inode: int
    offset: int
    result: int
    process: int
    name: str
    other: str
    data: memoryview


class JournalError(Exception):
    """The journal doesn't hold everything that happened, so nothing can be concluded from it."""


def compiler() -> str | None:
    """Name the C compiler of this machine, None when it has none."""
    return shutil.which("gcc") or shutil.which("cc")


def build(folder: Path) -> Path:
    """Compile the recorder into a folder and return the library's path; raises CalledProcessError with the compiler's words."""
    library = folder / "recorder.so"
    if not library.exists():
        options = ("-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
        subprocess.run([compiler() or "cc", *options, "-o", str(library), str(_HERE / "recorder.c"), "-ldl", "-lpthread"], check=True)
    return library


def begin(path: Path) -> None:
    """Make an empty journal for the recorder to map."""
    with path.open("wb") as file:
        file.write(_HEADER.pack(MAGIC, JOURNAL_BYTES, _HEADER.size, 0))
        file.truncate(JOURNAL_BYTES)


def read(path: Path) -> Iterator[Record]:
    """Yield the records in order. Raises JournalError when something was not recorded. A record's data is gone with the next."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        magic, size, tail, overflow = _HEADER.unpack_from(memory)
        if magic != MAGIC or overflow:
            raise JournalError(f"{path} overflowed or is not a journal")
        with memoryview(memory) as view:
            yield from _records(view, min(size, tail))


def _records(view: memoryview, tail: int) -> Iterator[Record]:
    place = _HEADER.size
    while place < tail:
        ready, kind, length, inode, offset, result, process, name, other, data = _RECORD.unpack_from(view, place)
        if not ready or not length:
            return  # a process was killed while it wrote this record: the call may or may not have happened
        start = place + _RECORD.size
        middle, end = start + name, start + name + other
        first, second = bytes(view[start:middle]).decode(), bytes(view[middle:end]).decode()
        if kind == Kind.UNRECORDED:
            raise JournalError(f"something was done to {first!r} (inode {inode}) that the recorder can't follow")
        with view[end : end + data] as piece:
            yield Record(place, Kind(kind), inode, offset, result, process, first, second, piece)
        place += length
