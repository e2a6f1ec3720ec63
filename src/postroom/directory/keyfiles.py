"""Keys that sign which administrators bring along as files (object model 15.9): read when they are needed, and again when a file has changed."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Final, NamedTuple

from postroom.formats.dkim import SigningKey
from postroom.log import get_logger

log = get_logger("delivery")

LARGEST: Final = 64 * 1024
"""Octets of a key file that are read."""

MOST: Final = 10_000
_SELECTOR: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")


class _Read(NamedTuple):
    stamp: tuple[int, int]
    key: SigningKey | None


class KeyFiles:
    """The keys that were read, by selector and path."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], _Read] = {}

    async def find(self, selector: str, path: str) -> SigningKey | None:
        """Give the key of a file; None for one that can't be used, which is logged once until the file changes."""
        return await asyncio.to_thread(self._find, selector, path)

    def _find(self, selector: str, path: str) -> SigningKey | None:
        stamp = _stamp(Path(path))
        known = self._read.get((selector, path))
        if known is None or known.stamp != stamp:
            if len(self._read) >= MOST:
                self._read.clear()
            known = self._read[selector, path] = _Read(stamp, _load(selector, Path(path)))
        return known.key


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _load(selector: str, path: Path) -> SigningKey | None:
    try:
        if not _SELECTOR.fullmatch(selector):
            raise ValueError("the selector is no name of the DNS")
        with path.open("rb") as file:
            return SigningKey.of_pem(selector, file.read(LARGEST))
    except (OSError, ValueError) as error:
        log.error("signing-key-unusable", file=str(path)[:500], reason=str(error)[:200])  # noqa: TRY400 - a sentence for a person, no fault of ours
        return None
