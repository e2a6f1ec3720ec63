"""The text index of mail: of the folders that somebody searched; filled behind the deliveries, emptied behind the expunges, asked by SEARCH.

Most folders are never searched by text at the server, and indexing costs as much as receiving does: a folder's first search looks at its
texts themselves, which is quick enough, and has it indexed from then on. In a folder the index keeps a mark: above that uid a search must look
at everything.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from postroom.errors import Unavailable
from postroom.formats.uidset import UidSet
from postroom.mailboxes.folders import MOST_UIDS
from postroom.storage.database import shard_of_id
from postroom.storage.textindex import SHORTEST, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Row, Transaction

RUN: Final = 500
RUN_BYTES: Final = 4 * 1024 * 1024
"""About what one run reads and indexes together."""

WORTH: Final = 50
"""A search over fewer messages looks at them without asking the index."""


async def index_new(mailboxes: Mailboxes, shard: int) -> int:
    """Index the next run of messages of a shard's searched folders; returns how many, 0 when all are. Raises Unavailable."""
    texts = mailboxes.database.texts
    searched = await mailboxes.database.read(shard, "SELECT s.folder_id, f.uidnext FROM searched AS s JOIN folder AS f ON f.id = s.folder_id")
    if not searched:
        return 0
    marks = await texts.marks(shard)
    for folder_id, uidnext in searched:
        mark = marks.get(folder_id, 0)
        if mark < uidnext - 1:
            last = await _last_of_run(mailboxes, shard, folder_id, mark, uidnext - 1)
            entries = await _entries(mailboxes, shard, folder_id, mark, last)
            await texts.add(shard, folder_id, entries, last)
            if entries:
                return len(entries)
    return 0


async def _last_of_run(mailboxes: Mailboxes, shard: int, folder_id: int, mark: int, highest: int) -> int:
    """Find the uid at which a run above the mark has its messages or bytes, `highest` when it never has; it has one message at least."""
    sizes = await mailboxes.database.read(
        shard,
        "SELECT m.uid, coalesce(length(c.text), c.size) FROM message AS m JOIN content AS c ON c.id = m.content_id"
        f" WHERE m.folder_id = ? AND m.uid > ? AND m.uid <= ? ORDER BY m.uid LIMIT {RUN}",
        (folder_id, mark, highest),
    )
    total = 0
    for uid, size in sizes:
        total += size
        if total >= RUN_BYTES:
            return int(uid)
    return int(sizes[-1][0]) if len(sizes) == RUN else highest


async def _entries(mailboxes: Mailboxes, shard: int, folder_id: int, mark: int, last: int) -> list[Entry]:
    rows = await mailboxes.database.read(
        shard,
        "SELECT m.uid, c.text, c.size, c.blob, b.data FROM message AS m JOIN content AS c ON c.id = m.content_id"
        " LEFT JOIN body AS b ON b.content_id = c.id AND c.text IS NULL WHERE m.folder_id = ? AND m.uid > ? AND m.uid <= ? ORDER BY m.uid",
        (folder_id, mark, last),
    )
    return [await _entry(mailboxes, row) for row in rows]


async def _entry(mailboxes: Mailboxes, row: Row) -> Entry:
    uid, text, size, blob, data = row
    if text is None and data is not None:
        text = data.lower()
    elif text is None and blob is not None:
        try:
            text = (await mailboxes.blobs.read(blob, 0, size)).lower()
        except Unavailable:  # it stays a candidate of every search, which then says what is wrong with it
            text = None
    return Entry(uid, text)


async def forget_gone(mailboxes: Mailboxes, shard: int) -> int:
    """Take a run of messages that are gone out of the index; returns how many ranges, 0 when none is left. Raises Unavailable."""
    rows = await mailboxes.database.read(shard, f"SELECT folder_id, low, high FROM unindexed LIMIT {RUN}")
    for folder_id, low, high in rows:
        await mailboxes.database.texts.remove(shard, folder_id, low, high)
    if rows:
        await mailboxes.database.transact(shard, _forgot, rows)
    return len(rows)


def _forgot(transaction: Transaction, ranges: Sequence[Row]) -> None:
    transaction.executemany("DELETE FROM unindexed WHERE folder_id = ? AND low = ? AND high = ?", ranges)


async def narrow(mailboxes: Mailboxes, folder_id: int, uids: UidSet, needles: Sequence[str]) -> UidSet:
    """Leave out the messages that can't have all the needles (folded); those not indexed yet stay, and a folder without an index gets one."""
    shard = shard_of_id(folder_id)
    for needle in needles:
        if len(uids) < WORTH:
            break
        if len(needle) < SHORTEST:
            continue
        found = await mailboxes.database.texts.narrow(shard, folder_id, needle)
        if found is None or not found.upto:
            await _have_indexed(mailboxes, shard, folder_id)
            break
        possible = UidSet(found.numbers)
        if found.upto < MOST_UIDS:
            possible.add_range(found.upto + 1, MOST_UIDS)
        uids = uids.intersection(possible)
    return uids


async def _have_indexed(mailboxes: Mailboxes, shard: int, folder_id: int) -> None:
    """Note that somebody searches a folder; while the disk can't write, a search goes on without."""
    with suppress(Unavailable):
        await mailboxes.database.transact(shard, _searched, folder_id)


def _searched(transaction: Transaction, folder_id: int) -> None:
    transaction.execute("INSERT INTO searched (folder_id) SELECT id FROM folder WHERE id = ? ON CONFLICT (folder_id) DO NOTHING", (folder_id,))


async def indexed(mailboxes: Mailboxes, shard: int) -> int:
    """Count a shard's messages that are in the index; raises Unavailable."""
    marks = await mailboxes.database.texts.marks(shard)
    sql = "SELECT count(*) FROM message WHERE folder_id = ? AND uid <= ?"
    return sum([int((await mailboxes.database.read(shard, sql, mark))[0][0]) for mark in marks.items()])


async def forget_all(mailboxes: Mailboxes, shard: int) -> None:
    """Empty a shard's index; a folder comes into it again with its next search. Raises Unavailable."""
    await mailboxes.database.transact(shard, _forget_searched)
    for folder_id in await mailboxes.database.texts.marks(shard):
        await mailboxes.database.texts.remove(shard, folder_id, 0, MOST_UIDS)


def _forget_searched(transaction: Transaction) -> None:
    transaction.execute("DELETE FROM searched")
