"""Blobs in files: segments that many bodies share, synced in groups, and files of their own for bodies over 1 MB.

    blobs/0k3f-000001.seg    bodies one after another; a process writes only segments that it began itself
    blobs/large/ab/ab12...   one body a file, moved there from the spool
    spool/                   what is arriving; emptied at start

Keys: `s:NAME:OFFSET` and `f:NAME`. A torn tail after a crash is waste at a segment's end: no row names it, because rows are committed after
the sync, and no later process writes there.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from postroom.storage.blobs import BlobsUnavailable
from postroom.storage.compaction import Compaction
from postroom.storage.disk import hold, sync_directory, sync_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from postroom.storage.blobs import Names, Tidied

SEGMENT_BYTES: Final = 64 * 1024 * 1024
COPY_CHUNK: Final = 1024 * 1024


class Segment:
    """The segment file that this process is writing; used by the writing thread only."""

    def __init__(self, folder: Path) -> None:
        self.name = f"{secrets.token_hex(4)}-{os.getpid() % 100_000:05}.seg"
        self._descriptor = os.open(folder / self.name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        hold(self._descriptor)  # nobody compacts what may still grow
        self.size = 0
        sync_directory(folder)

    def append(self, bodies: list[bytes]) -> list[int]:
        """Write bodies, sync once, and return their offsets."""
        offsets = []
        for body in bodies:
            offsets.append(self.size)
            self._write(body)
        sync_file(self._descriptor)
        return offsets

    def _write(self, body: bytes) -> None:
        rest = memoryview(body)
        while rest:
            written = os.write(self._descriptor, rest)
            self.size += written
            rest = rest[written:]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


class FileBlobs:
    """Implements Blobs over a data directory."""

    def __init__(self, directory: Path) -> None:
        """Use the folders of a data directory; makes them when they are not there."""
        self.folder = directory / "blobs"
        self.spool = directory / "spool"
        self._large = self.folder / "large"
        for folder in (self._large, self.spool):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_directory(directory)
        sync_directory(self.folder)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="blob writer")
        self._reading = ThreadPoolExecutor(4, thread_name_prefix="blob reader")
        self._segment: Segment | None = None
        self._compaction = Compaction(self.folder, self.append, self.read)
        self._durable: set[Path] = set()
        self._gathered: list[tuple[bytes, asyncio.Future[str]]] = []
        self._busy: asyncio.Task[None] | None = None

    async def append(self, data: bytes) -> str:
        """Store bytes in the current segment; bodies that come while a sync runs share the next one."""
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._gathered.append((data, future))
        if self._busy is None:
            self._busy = asyncio.create_task(self._write_gathered())
        return await future

    async def _write_gathered(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._gathered:
                batch, self._gathered = self._gathered, []
                try:
                    keys = await loop.run_in_executor(self._writing, self._append_now, [data for data, _ in batch])
                except OSError as error:
                    for _, future in batch:
                        _fail(future, BlobsUnavailable(f"blobs: {error}"))
                else:
                    for key, (_, future) in zip(keys, batch, strict=True):
                        if not future.cancelled():
                            future.set_result(key)
        finally:
            self._busy = None

    def _append_now(self, bodies: list[bytes]) -> list[str]:
        try:
            if self._segment is None or self._segment.size >= SEGMENT_BYTES:
                self._leave_segment()
                self._segment = Segment(self.folder)
            offsets = self._segment.append(bodies)
        except OSError:
            # After a failed sync nobody knows what of this file is on disk: never write to it again.
            self._leave_segment()
            raise
        return [f"s:{self._segment.name}:{offset}" for offset in offsets]

    def _leave_segment(self) -> None:
        segment, self._segment = self._segment, None
        if segment is not None:
            with suppress(OSError):
                segment.close()

    async def adopt(self, path: Path) -> str:
        """Sync a spool file and move it among the large bodies."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writing, self._adopt_now, path)
        except OSError as error:
            raise BlobsUnavailable(f"blobs: {error}") from error

    def _adopt_now(self, path: Path) -> str:
        name = secrets.token_hex(12)
        target = self._place(name)
        if target.parent not in self._durable:
            # A folder that is there may be one whose name a crash kept from the disk: it counts once this process has synced it.
            target.parent.mkdir(mode=0o700, exist_ok=True)
            sync_directory(self._large)
            self._durable.add(target.parent)
        with path.open("r+b") as file:  # Windows flushes only handles that may write
            sync_file(file.fileno())
        path.rename(target)
        sync_directory(target.parent)
        return f"f:{name}"

    def _place(self, name: str) -> Path:
        return self._large / name[:2] / name

    async def copy(self, key: str, size: int) -> str:
        """Copy a body by way of the spool."""
        loop = asyncio.get_running_loop()
        path = self.spool_path()
        try:
            await loop.run_in_executor(self._reading, self._copy_now, key, size, path)
        except OSError as error:
            raise BlobsUnavailable(f"blobs: {error}") from error
        return await self.adopt(path)

    def _copy_now(self, key: str, size: int, path: Path) -> None:
        with path.open("xb") as file:
            for offset in range(0, size, COPY_CHUNK):
                piece = self._read_now(key, offset, min(COPY_CHUNK, size - offset))
                if len(piece) != min(COPY_CHUNK, size - offset):
                    raise OSError(f"{key} is shorter than {size} bytes")
                file.write(piece)

    async def read(self, key: str, offset: int, length: int) -> bytes:
        """Read a piece at a position, in a thread; no mapping (a page fault would block the loop, a truncation kill the process)."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading, self._read_now, key, offset, length)
        except OSError as error:
            raise BlobsUnavailable(f"blobs: {error}") from error

    def _read_now(self, key: str, offset: int, length: int) -> bytes:
        path, start = self._locate(key)
        with path.open("rb", buffering=0) as file:
            file.seek(start + offset)
            piece = file.read(length) or b""
            while len(piece) < length and (more := file.read(length - len(piece))):  # one call may bring less than there is
                piece += more
            return piece

    def _locate(self, key: str) -> tuple[Path, int]:
        kind, _, rest = key.partition(":")
        if kind == "f":
            return self._place(rest), 0
        name, _, offset = rest.partition(":")
        return self.folder / name, int(offset)

    async def free(self, keys: Iterable[str]) -> None:
        """Remove large bodies at once; what lies in segments waits for their compaction."""
        large = [self._locate(key)[0] for key in keys if key.startswith("f:")]
        if large:
            await asyncio.get_running_loop().run_in_executor(self._writing, _unlink, large)

    async def tidy(self, names: Names) -> Tidied:
        """Compact segments that are mostly waste, remove files that no row names (compaction.py)."""
        try:
            return await self._compaction.run(names, self._segment.name if self._segment else "")
        except OSError as error:
            raise BlobsUnavailable(f"blobs: {error}") from error

    def spool_path(self) -> Path:
        """Name a new file in the spool."""
        return self.spool / secrets.token_hex(12)

    def empty_spool(self) -> None:
        """Remove what a crash left in the spool; only at start, under the directory's lock."""
        shutil.rmtree(self.spool)
        self.spool.mkdir(mode=0o700)

    async def close(self) -> None:
        """Finish what was handed over and let go of every file."""
        if self._busy is not None:
            await self._busy
        await asyncio.to_thread(self._writing.shutdown)
        await asyncio.to_thread(self._reading.shutdown)
        self._leave_segment()


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _fail(future: asyncio.Future[str], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
