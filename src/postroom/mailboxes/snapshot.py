"""A list of messages as it was at one moment, for programs that walk over mailboxes; contents are read one at a time, when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats.uidset import UidSet
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from postroom.mailboxes.mailboxes import Mailboxes

RUN: Final = 5000
"""Messages that one read brings."""

_COLUMNS: Final = "m.id, f.account_id, m.folder_id, m.uid, m.flags, m.keywords, m.size, m.internaldate"


class Listed(NamedTuple):
    """A message as a list has it: size in bytes, time in UTC microseconds. Its id is 0 when it is not stored yet."""

    id: int = 0
    account_id: int = 0
    folder_id: int = 0
    uid: int = 0
    flags: int = 0
    keywords: str = ""
    size: int = 0
    internaldate: int = 0


async def of_folder(mailboxes: Mailboxes, folder_id: int) -> list[Listed]:
    """List the messages of a folder by uid."""
    return await _listed(mailboxes, shard_of_id(folder_id), "m.folder_id = ?", folder_id, "uid")


async def of_account(mailboxes: Mailboxes, account_id: int) -> list[Listed]:
    """List the messages of all folders of an account by id."""
    return await _listed(mailboxes, mailboxes.shard_of(account_id), "f.account_id = ?", account_id, "id")


async def of_folder_after(mailboxes: Mailboxes, folder_id: int, uid: int, most: int) -> list[Listed]:
    """List no more than `most` messages of a folder, behind a uid."""
    sql = f"SELECT {_COLUMNS} FROM message AS m JOIN folder AS f ON f.id = m.folder_id WHERE m.folder_id = ? AND m.uid > ? ORDER BY m.uid LIMIT ?"
    return list(map(Listed._make, await mailboxes.database.read(shard_of_id(folder_id), sql, (folder_id, uid, most))))


async def _listed(mailboxes: Mailboxes, shard: int, where: str, value: int, order: str) -> list[Listed]:
    sql = f"SELECT {_COLUMNS} FROM message AS m JOIN folder AS f ON f.id = m.folder_id WHERE {where} AND m.{order} > ? ORDER BY m.{order} LIMIT {RUN}"
    found: list[Listed] = []
    while True:
        last = getattr(found[-1], order) if found else 0
        rows = await mailboxes.database.read(shard, sql, (value, last))
        found += map(Listed._make, rows)
        if len(rows) < RUN:
            return found


async def known(mailboxes: Mailboxes, message_id: int) -> Listed | None:
    """Find a message by its id; None when there is none."""
    shard = shard_of_id(message_id)
    if message_id <= 0 or shard >= mailboxes.database.shards:
        return None
    rows = await mailboxes.database.read(
        shard, f"SELECT {_COLUMNS} FROM message AS m JOIN folder AS f ON f.id = m.folder_id WHERE m.id = ?", (message_id,)
    )
    return Listed._make(rows[0]) if rows else None


async def contents(mailboxes: Mailboxes, message: Listed, most: int) -> tuple[bytes, bytes] | None:
    """Read a message: its placement's own fields, and the rest; None when it is gone, or larger than `most` bytes. Raises Unavailable."""
    uids = UidSet.of_ranges([(message.uid, message.uid)])
    async for rows in mailboxes.fetch(message.folder_id, uids, ("size", "prefix", "data", "blob")):
        for size, prefix, data, blob in rows:
            if size > most:
                return None
            return prefix, await mailboxes.read(b"", data, blob, 0, size - len(prefix))
    return None
