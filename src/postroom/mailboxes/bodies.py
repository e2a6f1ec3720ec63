"""Which blobs are bodies of contents: what the upkeep of blobs asks (storage.blobs.Names)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.storage.database import Database, Transaction


class Bodies:
    """The keys that contents of all shards name; texts compare by their bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def under(self, prefix: str) -> dict[str, int]:
        """Give the keys that begin with a prefix, with the sizes of their bodies."""
        found: dict[str, int] = {}
        above = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        for shard in range(self._database.shards):
            found |= dict(await self._database.read(shard, "SELECT blob, size FROM content WHERE blob >= ? AND blob < ?", (prefix, above)))
        return found

    async def change(self, keys: Mapping[str, str]) -> None:
        """Let contents name new keys; one that was deleted meanwhile, or names another, is left alone."""
        pairs = [(new, old) for old, new in keys.items()]
        for shard in range(self._database.shards):
            await self._database.transact(shard, change_blobs, pairs)


def change_blobs(transaction: Transaction, pairs: Sequence[tuple[str, str]]) -> None:
    """Replace the keys of bodies: pairs of the new one and the one it stands for."""
    transaction.executemany("UPDATE content SET blob = ? WHERE blob = ?", pairs)
