"""Putting bodies from a backup where they belong: into the row, a segment, or a file of their own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from postroom.delivery.spool import OWN_FILE
from postroom.mailboxes.contents import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postroom.storage.blobs import Blobs


class Body(NamedTuple):
    """A body as it came out of the backup: in memory, or (large ones) in a spool file."""

    data: bytes = b""
    path: Path | None = None


def read_body(body: Iterator[bytes], size: int, blobs: Blobs) -> Body:
    """Take a body from its stream; blocking. Raises OSError when the disk is full."""
    if size <= OWN_FILE:
        return Body(b"".join(body))
    path = blobs.spool_path()
    with path.open("xb") as file:
        for piece in body:
            file.write(piece)
    return Body(path=path)


async def store_body(body: Body, blobs: Blobs) -> tuple[bytes | None, str | None]:
    """Store a body; gives what goes inline or the key of its blob. Raises Unavailable."""
    if body.path is not None:
        return None, await blobs.adopt(body.path)
    if len(body.data) <= INLINE:
        return body.data, None
    return None, await blobs.append(body.data)


async def discard(body: Body) -> None:
    """Throw away what was not stored."""
    if body.path is not None:
        await asyncio.to_thread(body.path.unlink, missing_ok=True)
