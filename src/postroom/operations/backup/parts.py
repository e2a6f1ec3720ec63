"""Writing parts: bytes come as they are read, pieces are sealed in a thread while the next are read."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from postroom.operations.backup.archive import PIECE, ArchiveWriter, Part, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.operations.backup.archive import Header
    from postroom.operations.backup.keys import Key


class Parts:
    """One backup being written: `begin` a part, `write` to it, `end` it; then `finish` or `abandon` the whole."""

    def __init__(self, writer: ArchiveWriter, thread: ThreadPoolExecutor) -> None:
        self._writer = writer
        self._thread = thread
        self._part = Part("")
        self._held = bytearray()
        self._pieces: list[Piece] = []
        self._sealing: asyncio.Future[Piece] | None = None

    @classmethod
    async def open(cls, path: Path, header: Header, key: Key, reserve: int = 0) -> Parts:
        """Begin the file; raises BackupError. `reserve` bytes of the disk stay free."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="backup")
        try:
            writer = await asyncio.get_running_loop().run_in_executor(thread, ArchiveWriter, path, header, key, reserve)
        except BaseException:
            thread.shutdown()
            raise
        return cls(writer, thread)

    @property
    def part(self) -> Part:
        """The part in hand, whose facts the caller sets."""
        return self._part

    def begin(self, part: Part) -> None:
        """Begin a part; the one before has ended."""
        self._part, self._pieces = part, []

    async def write(self, data: bytes) -> None:
        """Add to the part; raises BackupError when the disk fails."""
        self._held += data
        self._part.size += len(data)
        while len(self._held) >= PIECE:
            piece = bytes(memoryview(self._held)[:PIECE])
            del self._held[:PIECE]
            await self._seal(piece)

    async def _seal(self, data: bytes) -> None:
        await self._settle()
        self._sealing = asyncio.get_running_loop().run_in_executor(self._thread, self._writer.piece, data)

    async def _settle(self) -> None:
        sealing, self._sealing = self._sealing, None
        if sealing is not None:
            self._pieces.append(await sealing)

    async def end(self) -> None:
        """End the part; without a row or content it is left out."""
        if self._held:
            data = bytes(self._held)
            self._held.clear()
            await self._seal(data)
        await self._settle()
        if self._part.count:
            self._writer.part(self._part, self._pieces)

    async def finish(self, after: Sequence[int], upto: Sequence[int], damaged: int) -> int:
        """Put the file in its place; returns its size. Raises BackupError."""
        size = await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.finish, after, upto, damaged)
        self._thread.shutdown()
        return size

    async def abandon(self) -> None:
        """Leave nothing behind; also when whoever waits for the backup has gone."""
        self._thread.submit(self._writer.abandon)
        await asyncio.to_thread(self._thread.shutdown)
