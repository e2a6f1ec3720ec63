"""The text index of mail: filled behind the deliveries, emptied behind the expunges, asked by SEARCH (search.py).

Message ids rise in the order of the commits, and in a folder uids with them: one mark a shard says what is indexed, one a folder (which the index
keeps itself) from which uid on a search must look at everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.errors import Unavailable
from postroom.formats.uidset import UidSet
from postroom.mailboxes.folders import MOST_UIDS
from postroom.storage.database import shard_of_id
from postroom.storage.textindex import Entry

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
    """Index the next run of messages of a shard; returns how many, 0 when all are. Raises Unavailable."""
    database = mailboxes.database
    reached = await database.texts.reached(shard)
    sizes = await database.read(
        shard,
        "SELECT m.id, coalesce(length(c.text), c.size) FROM message AS m JOIN content AS c ON c.id = m.content_id"
        f" WHERE m.id > ? ORDER BY m.id LIMIT {RUN}",
        (reached,),
    )
    if not sizes:
        return 0
    last = _last_of_run(sizes)
    rows = await database.read(
        shard,
        "SELECT m.folder_id, m.uid, c.text, c.size, c.blob, b.data FROM message AS m JOIN content AS c ON c.id = m.content_id"
        " LEFT JOIN body AS b ON b.content_id = c.id AND c.text IS NULL WHERE m.id > ? AND m.id <= ? ORDER BY m.id",
        (reached, last),
    )
    await database.texts.add(shard, [await _entry(mailboxes, row) for row in rows], last)
    return len(rows)


def _last_of_run(sizes: Sequence[Row]) -> int:
    """Find the id at which a run has its bytes; it has one message at least."""
    total = 0
    for number, size in sizes:
        total += size
        if total >= RUN_BYTES:
            return int(number)
    return int(sizes[-1][0])


async def _entry(mailboxes: Mailboxes, row: Row) -> Entry:
    folder_id, uid, text, size, blob, data = row
    if text is None and data is not None:
        text = data.lower()
    elif text is None and blob is not None:
        try:
            text = (await mailboxes.blobs.read(blob, 0, size)).lower()
        except Unavailable:  # it stays a candidate of every search, which then says what is wrong with it
            text = None
    return Entry(folder_id, uid, text)


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
    """Leave out the messages that can't have all the needles (folded); those not indexed yet stay."""
    for needle in needles:
        if len(uids) < WORTH:
            break
        found = await mailboxes.database.texts.narrow(shard_of_id(folder_id), folder_id, needle)
        if found is not None and found.upto:
            possible = UidSet(found.numbers)
            if found.upto < MOST_UIDS:
                possible.add_range(found.upto + 1, MOST_UIDS)
            uids = uids.intersection(possible)
    return uids
