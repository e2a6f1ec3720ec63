"""Restoring a backup into an empty data directory: the one thing that is done to a directory before it holds a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.operations.restore.directory import refuse_occupied, restore_directory
from postroom.storage.disk import DirectoryLock
from postroom.storage.files import FileBlobs
from postroom.storage.sqlite.engine import SQLiteDatabase, create

if TYPE_CHECKING:
    from pathlib import Path

    from postroom.operations.backup.keys import Key
    from postroom.operations.restore.directory import Restored
    from postroom.runtime.config import Configuration
    from postroom.runtime.control import Progress


async def restore(config: Configuration, path: Path, key: Key, progress: Progress) -> Restored:
    """Restore a backup to the data directory of a configuration; raises PostroomError, then the directory is as it was."""
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = DirectoryLock(config.data)
    try:
        refuse_occupied(config.data)
        return await restore_directory(config.data, path, key, furnish, progress)
    finally:
        lock.release()


async def furnish(place: Path, shards: int, versions: dict[str, int]) -> tuple[SQLiteDatabase, FileBlobs]:
    """Make and open an empty store with the schemas of a backup."""
    create(place, shards, versions)
    database = SQLiteDatabase(place)
    await database.open()
    return database, FileBlobs(place)
