"""The fault table in shared memory: which calls of the server fail from now on (layout: journal.h)."""

from __future__ import annotations

import errno
import mmap
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOTS: Final = 8
ALWAYS: Final = -1
_HEAD: Final = 64
_SLOT: Final = struct.Struct("<IIIiqQ256s")


class On(IntFlag):
    """The calls that a fault strikes; as in journal.h."""

    WRITE = 1
    SYNC = 2
    TRUNCATE = 4
    CREATE = 8
    RENAME = 16
    REMOVE = 32


class Act(IntEnum):
    """What a struck call does: fail with an errno, write half, or say that it was done without doing it."""

    FAIL = 1
    SHORT = 2
    DROP = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Calls `on` files whose path below the data directory matches `pattern` (fnmatch; `*` spans folders) go wrong, `times` times."""

    on: On
    pattern: str
    act: Act = Act.FAIL
    error: int = errno.EIO
    times: int = ALWAYS


class FaultTable:
    """The table of one server; all its processes see a change at once."""

    def __init__(self, path: Path) -> None:
        """Make the file that RECORDER_FAULTS names."""
        self.path = path
        with path.open("w+b") as file:
            file.truncate(_HEAD + SLOTS * _SLOT.size)
            self._memory = mmap.mmap(file.fileno(), 0)

    @contextmanager
    def struck(self, *faults: Fault) -> Iterator[None]:
        """Let faults strike for the length of a `with` block."""
        for slot, fault in enumerate(faults):
            packed = _SLOT.pack(1, fault.on, fault.act, fault.error, fault.times, 0, fault.pattern.encode())
            self._memory[_HEAD + slot * _SLOT.size : _HEAD + (slot + 1) * _SLOT.size] = packed
        self._switch(1)
        try:
            yield
        finally:
            self._switch(0)

    def _switch(self, active: int) -> None:
        struct.pack_into("<I", self._memory, 0, active)

    def hits(self, slot: int = 0) -> int:
        """Tell how often a fault has struck."""
        return int(_SLOT.unpack_from(self._memory, _HEAD + slot * _SLOT.size)[5])
