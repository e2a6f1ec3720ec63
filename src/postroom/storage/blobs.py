"""The blobs interface: bodies too large for the database. Keys are opaque text; a blob never changes once its key was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from postroom.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class BlobsUnavailable(Unavailable):
    """A body could not be made durable or read: disk full, write or sync error, or its bytes are gone."""


class Blobs(Protocol):
    """Holds large bodies. What `append` or `adopt` returns is on disk by then; a key that no row names is waste that a sweep removes."""

    async def append(self, data: bytes) -> str:
        """Store bytes and return their key once they are on disk; raises BlobsUnavailable."""

    async def adopt(self, path: Path) -> str:
        """Make a finished spool file a body, without copying, and return its key once it is on disk; raises BlobsUnavailable."""

    async def read(self, key: str, offset: int, length: int) -> bytes:
        """Read a piece; shorter only at the body's end. Raises BlobsUnavailable when there is no such body."""

    async def copy(self, key: str, size: int) -> str:
        """Store the same bytes under another key, for a row of another shard; raises BlobsUnavailable."""

    async def free(self, keys: Iterable[str]) -> None:
        """Let go of bodies that no row names any more; a failure leaves waste, never raises."""

    def spool_path(self) -> Path:
        """Name a new temporary file, on the same file system, that `adopt` will take."""

    async def close(self) -> None:
        """Let go of every file."""
