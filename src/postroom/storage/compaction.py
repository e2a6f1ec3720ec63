"""Compaction: disk space of bodies that no row names any more comes back.

A finished segment of which less than half is named: its living bodies are appended to the segment in hand, then the rows are changed, each only if
it still names the old key. A segment or a large file that nobody names is remembered as waste; if it still is at the next run, it is removed. What is
remembered is lost with the process, and found again. After a crash between any two steps either key of a body is good, and the copy that no row
names is waste.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.storage.blobs import Tidied
from postroom.storage.disk import held

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from postroom.storage.blobs import Names

UNNAMED_SECONDS: Final = 3600.0
"""No body waits so long for the commit that names it."""

BATCH_BYTES: Final = 4 * 1024 * 1024
"""About what is moved together: bodies that share a sync and a commit."""


class _File(NamedTuple):
    path: Path
    size: int


class Compaction:
    """The upkeep of one folder of blobs; knows between runs what it took for waste."""

    def __init__(
        self,
        folder: Path,
        append: Callable[[bytes], Awaitable[str]],
        read: Callable[[str, int, int], Awaitable[bytes]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._append = append
        self._read = read
        self._clock = clock
        self._waste: set[Path] = set()

    async def run(self, names: Names, current: str) -> Tidied:
        """Look at every file once; `current` is the segment that this process writes. Raises OSError, and Unavailable as `names` does."""
        known, self._waste = self._waste, set()
        freed = moved = 0
        for segment in await asyncio.to_thread(self._resting, self._folder, "*.seg"):
            if segment.path.name == current or await asyncio.to_thread(held, segment.path):
                continue
            living = await names.under(f"s:{segment.path.name}:")
            if not living:
                freed += await self._remove(segment, known)
            elif sum(living.values()) * 2 < segment.size:
                moved += await self._move(living, names)
        for folder in await asyncio.to_thread(sorted, (self._folder / "large").glob("??")):
            files = await asyncio.to_thread(self._resting, folder, "*")
            named = await names.under(f"f:{folder.name}") if files else {}
            for file in files:
                if f"f:{file.path.name}" not in named:
                    freed += await self._remove(file, known)
        return Tidied(freed, moved)

    def _resting(self, folder: Path, pattern: str) -> list[_File]:
        """List the files that nobody has written to for long."""
        latest = self._clock() - UNNAMED_SECONDS
        found = []
        for path in sorted(folder.glob(pattern)):
            try:
                facts = path.stat()
            except FileNotFoundError:  # a large body that was freed this moment
                continue
            if facts.st_mtime < latest:
                found.append(_File(path, facts.st_size))
        return found

    async def _remove(self, file: _File, known: set[Path]) -> int:
        """Remove a file that was waste at the last run already, else remember it; returns the bytes freed."""
        if file.path not in known:
            self._waste.add(file.path)
            return 0
        await asyncio.to_thread(file.path.unlink, missing_ok=True)
        return file.size

    async def _move(self, living: dict[str, int], names: Names) -> int:
        """Write the living bodies of a segment anew and let their rows follow, batch by batch; returns how many were moved."""
        batch: dict[str, bytes] = {}
        held_bytes = moved = 0
        for key, size in sorted(living.items(), key=lambda item: int(item[0].rpartition(":")[2])):
            body = await self._read(key, 0, size)
            if len(body) < size:
                return moved  # damaged: it stays as it is, for `postroom check` to name
            batch[key] = body
            held_bytes += size
            if held_bytes >= BATCH_BYTES:
                moved += await self._move_batch(batch, names)
                batch, held_bytes = {}, 0
        return moved + await self._move_batch(batch, names)

    async def _move_batch(self, batch: dict[str, bytes], names: Names) -> int:
        if batch:
            keys = await asyncio.gather(*(self._append(body) for body in batch.values()))
            await names.change(dict(zip(batch, keys, strict=True)))
        return len(batch)
