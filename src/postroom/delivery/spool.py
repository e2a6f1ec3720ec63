"""The spool: a message while it arrives. Small ones stay in memory, large ones go to a file piece by piece; the scan runs along."""

from __future__ import annotations

import asyncio
import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from postroom.errors import Unavailable
from postroom.formats.mime import Limits, Scanner, render, scan
from postroom.mailboxes.contents import INLINE, NewContent

if TYPE_CHECKING:
    from io import BufferedRandom
    from pathlib import Path

    from postroom.formats.mime import Rendered
    from postroom.storage.blobs import Blobs

IN_MEMORY: Final = 256 * 1024
PIECE: Final = 256 * 1024
OWN_FILE: Final = 1024 * 1024
"""A message over this many bytes keeps its spool file as its body."""


class MessageTooLarge(Exception):
    """More bytes came than the limit allows; what came was thrown away."""


class SpoolUnavailable(Unavailable):
    """The spool file could not be written or read."""


class Spool:
    """Takes a message as it comes: `write` each piece, `await settle()` whenever `write` says so, then `finish` or `discard`."""

    def __init__(self, blobs: Blobs, most: int, limits: Limits | None = None) -> None:
        """`most` is the limit in bytes."""
        self._blobs = blobs
        self._most = most
        self._limits = limits or Limits()
        self._pieces: list[bytes] = []
        self._held = 0
        self._scanner: Scanner | None = None
        self._digest = hashlib.sha256()
        self._file: BufferedRandom | None = None
        self._path: Path | None = None
        self.size = 0

    def write(self, data: bytes) -> bool:
        """Take a piece; True when `settle` must be awaited before the next. Raises MessageTooLarge."""
        self.size += len(data)
        if self.size > self._most:
            raise MessageTooLarge
        self._pieces.append(data)
        self._held += len(data)
        return self._held >= (PIECE if self._file else IN_MEMORY)

    async def settle(self) -> None:
        """Move what is held to the file, in a thread; raises SpoolUnavailable."""
        data = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        try:
            await asyncio.to_thread(self._to_file, data)
        except OSError as error:
            raise SpoolUnavailable(f"spool: {error}") from error

    def _to_file(self, data: bytes) -> None:
        if self._file is None:
            self._path = self._blobs.spool_path()
            self._file = self._path.open("x+b")
            self._scanner = Scanner(self._limits)
        assert self._scanner is not None
        self._file.seek(0, os.SEEK_END)  # `head` may have read meanwhile
        self._file.write(data)
        self._digest.update(data)
        self._scanner.feed(data)

    def head(self, most: int) -> bytes:
        """Give the first bytes of a message that is whole, for a look at its header."""
        if self._file is None:
            return b"".join(self._pieces)[:most]
        return self._read(0, most)

    async def content(self) -> bytes:
        """Give all of a message that is whole; raises SpoolUnavailable."""
        if self._file is None:
            return b"".join(self._pieces)
        await self.settle()
        try:
            return await asyncio.to_thread(self._read, 0, self.size)
        except OSError as error:
            raise SpoolUnavailable(f"spool: {error}") from error

    async def finish(self, now: int) -> NewContent:
        """Render the message and store a body that is not inline; what the content names is on disk then. Raises Unavailable."""
        if self._file is None:
            return await self._finish_in_memory(now)
        await self.settle()
        try:
            rendered = await asyncio.to_thread(self._render_file)
            assert self._path is not None
            self._file.flush()
            if self.size > OWN_FILE:
                self._file.close()
                blob = await self._blobs.adopt(self._path)
                self._path = None
            else:
                blob = await self._blobs.append(await asyncio.to_thread(self._read, 0, self.size))
        except OSError as error:
            raise SpoolUnavailable(f"spool: {error}") from error
        finally:
            self.discard()
        return _content(rendered, self._digest.digest(), now, None, blob)

    async def _finish_in_memory(self, now: int) -> NewContent:
        data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._digest.update(data)
        rendered = scan(data, self._limits)
        if len(data) <= INLINE:
            return _content(rendered, self._digest.digest(), now, data, None)
        return _content(rendered, self._digest.digest(), now, None, await self._blobs.append(data))

    def _render_file(self) -> Rendered:
        assert self._scanner is not None
        return render(self._scanner.finish(), self._read)

    def _read(self, start: int, length: int) -> bytes:
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(length)

    def discard(self) -> None:
        """Throw away what came; nothing happens after `finish`."""
        self._pieces = []
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None


def _content(rendered: Rendered, digest: bytes, now: int, data: bytes | None, blob: str | None) -> NewContent:
    return NewContent(
        rendered.size,
        rendered.header_size,
        now,
        digest,
        rendered.envelope,
        rendered.bodystructure,
        rendered.fields,
        rendered.offsets,
        rendered.preview,
        rendered.text,
        data,
        blob,
    )
