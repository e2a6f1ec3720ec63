"""Backups in a folder: which there are, and which ones a backup builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Self

from postroom.operations.backup.archive import SUFFIX, ArchiveReader, Header, read_header
from postroom.operations.backup.errors import BackupError, BaseMissing, Damaged

if TYPE_CHECKING:
    from pathlib import Path

    from postroom.operations.backup.keys import Key

LONGEST_CHAIN: Final = 60
"""Backups that build on each other; the next one after them is whole again."""

MOST_FILES: Final = 10_000


class Found(NamedTuple):
    """A backup in a folder; `header` is None where the file can't be read, `wrong` says why."""

    path: Path
    size: int
    header: Header | None
    wrong: str = ""


def backups(folder: Path) -> list[Found]:
    """List the backups of a folder, the oldest first; blocking."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}"))[:MOST_FILES]:
        if not path.is_file():
            continue
        try:
            found.append(Found(path, path.stat().st_size, read_header(path)))
        except BackupError as error:
            found.append(Found(path, path.stat().st_size, None, str(error)))
    return sorted(found, key=lambda it: (it.header.created if it.header else 0, it.path.name))


def chain_of(header: Header, known: dict[str, Header]) -> list[Header]:
    """Give a backup and those it builds on, the newest first; [] when one is missing, or when they go round in circles."""
    chain = [header]
    while chain[-1].base:
        below = known.get(chain[-1].base)
        if below is None or len(chain) > LONGEST_CHAIN:
            return []
        chain.append(below)
    return chain


class Chain:
    """A backup with those it builds on, opened; the newest first. Blocking code; close it."""

    def __init__(self, path: Path, key: Key) -> None:
        """Open a backup and, from the same folder, its bases; raises BackupError."""
        self.readers: list[ArchiveReader] = []
        try:
            self._open(path, key)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path, key: Key) -> None:
        places: dict[str, Path] | None = None
        while True:
            reader = ArchiveReader(path)
            self.readers.append(reader)
            reader.open(key)
            self._check_joint()
            base = reader.header.base
            if not base:
                return
            if len(self.readers) > LONGEST_CHAIN:
                raise Damaged(f"{path} builds on too many backups.")
            if places is None:
                places = {found.header.id: found.path for found in backups(path.parent) if found.header}
            if base not in places:
                raise BaseMissing(f"{path} builds on the backup {base}, which is not in its folder or is damaged: put that file beside it.")
            path = places[base]

    def _check_joint(self) -> None:
        """Refuse a base that does not end where the backup above it begins."""
        newest, *older = self.readers
        lowest = self.readers[-1]
        if not lowest.header.base and any(lowest.index.after):
            raise Damaged(f"{lowest.path} begins in the middle, but names no backup before it.")
        if older and (self.readers[-2].index.after != lowest.index.upto or lowest.header.shards != newest.header.shards):
            raise Damaged(f"{lowest.path} does not end where {self.readers[-2].path} begins.")

    @property
    def newest(self) -> ArchiveReader:
        """The backup that was asked for."""
        return self.readers[0]

    @property
    def size(self) -> int:
        """How long all files are together."""
        return sum(reader.size for reader in self.readers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        for reader in self.readers:
            reader.close()
