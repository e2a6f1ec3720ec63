"""The blobs interface: bodies too large for the database. Keys are opaque text; a blob never changes once its key was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from postroom.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


class BlobsUnavailable(Unavailable):
    """A body could not be made durable or read: disk full, write or sync error, or its bytes are gone."""


class Names(Protocol):
    """What the rows of the database say about blobs, for their upkeep."""

    async def under(self, prefix: str) -> dict[str, int]:
        """Give the keys that begin with a prefix and that a row names, with their sizes in bytes; raises Unavailable."""

    async def change(self, keys: Mapping[str, str]) -> None:
        """Let every row that names an old key name the new one, durable when it returns; raises Unavailable."""


class Tidied(NamedTuple):
    """What an upkeep did: bytes that the disk has back, and bodies that were moved out of what is to be removed next time."""

    freed: int = 0
    moved: int = 0


class Blobs(Protocol):
    """Holds large bodies. What `append` or `adopt` returns is on disk by then; a key that no row names is waste that a sweep removes."""

    async def append(self, data: bytes) -> str:
        """Store bytes and return their key once they are on disk; raises BlobsUnavailable."""

    async def adopt(self, path: Path) -> str:
        """Make a finished spool file a body, without copying, and return its key once it is on disk; raises BlobsUnavailable."""

    async def read(self, key: str, offset: int, length: int) -> bytes:
        """Read a piece; shorter only at the body's end. Raises BlobsUnavailable when there is no such body."""

    async def read_many(self, pieces: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """Read pieces (key, offset, length) together, in their order: small ones, which the caller bounds. Raises BlobsUnavailable."""

    async def copy(self, key: str, size: int) -> str:
        """Store the same bytes under another key, for a row of another shard; raises BlobsUnavailable."""

    async def free(self, keys: Iterable[str]) -> None:
        """Let go of bodies that no row names any more; a failure leaves waste, never raises."""

    async def tidy(self, names: Names) -> Tidied:
        """Remove what no row has named for long, and move bodies together where most of the space is waste; one process at a time.

        Nothing is removed that was written in the last hour (a delivery may be about to name it), nor before the next call after the one that
        found it waste (a reader may hold its key). Interrupted anywhere it leaves waste, never a row without its body. Raises Unavailable.
        """

    def spool_path(self) -> Path:
        """Name a new temporary file, on the same file system, that `adopt` will take."""

    async def close(self) -> None:
        """Let go of every file."""
