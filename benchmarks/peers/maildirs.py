"""Counting mail in maildirs, as a delivered file is: in `new`, or in `cur` once a reader has seen it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, names: tuple[str, ...], owner: int, group: int) -> None:
    """Empty maildirs `root/NAME`, owned by the user that delivers."""
    root.mkdir()
    os.chown(root, owner, group)
    for name in names:
        for folder in (root / name, *(root / name / part for part in ("tmp", "new", "cur"))):
            folder.mkdir()
            os.chown(folder, owner, group)


def count(root: Path) -> int:
    """How many messages all maildirs below `root` hold."""
    return sum(len(os.listdir(mailbox / part)) for mailbox in root.iterdir() for part in ("new", "cur"))  # noqa: PTH208 - thousands of names


def last_delivery(root: Path) -> float:
    """When the last file was renamed into a `new`, as time.time() counts."""
    return max((mailbox / "new").stat().st_mtime for mailbox in root.iterdir())
