"""What waits in the queue, over all shards: listed by message, and changed some at a time, so that a queue of 100,000 keeps nobody waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from postroom.storage.database import Database

RUN: Final = 1000
"""Messages that one transaction changes."""

LISTED: Final = 500
"""Messages that one read lists."""

MOST: Final = 10_000
"""Messages that are listed."""


class Waiting(NamedTuple):
    """A message that waits: `recipients` parted by commas, `due` when it is tried next, `attempts` the tries so far. Times in UTC microseconds."""

    id: int
    created: int
    sender: str
    recipients: str
    due: int
    attempts: int


async def waiting(database: Database) -> list[Waiting]:
    """List the messages that wait or are held, the oldest first, 10,000 at most."""
    sql = (
        "SELECT q.id, q.created, q.sender, group_concat(r.address, ','), min(r.due), max(r.attempts) FROM queue AS q"
        " JOIN queue_recipient AS r ON r.queue_id = q.id WHERE r.state IN ('new', 'waiting', 'held') AND q.id > ?"
        f" GROUP BY q.id ORDER BY q.id LIMIT {LISTED}"
    )
    found: list[Waiting] = []
    for shard in range(database.shards):
        last, begun = -1, len(found)
        while len(found) - begun < MOST and (rows := await database.read(shard, sql, (last,))):
            found += map(Waiting._make, rows)
            last = rows[-1][0]
    return sorted(found, key=lambda message: (message.created, message.id))[:MOST]


async def changed(database: Database, shard: int, domain: str, function: Any, *arguments: Any) -> int:
    """Change the messages of a shard that wait for a domain ("" for any) by one of the queue's functions; returns how many."""
    done, last = 0, -1
    sql = (
        "SELECT DISTINCT queue_id FROM queue_recipient WHERE queue_id > ? AND state IN ('new', 'waiting', 'held') AND (? = '' OR domain = ?)"
        f" ORDER BY queue_id LIMIT {RUN}"
    )
    while rows := await database.read(shard, sql, (last, domain, domain)):
        last = rows[-1][0]
        done += await database.transact(shard, function, [row[0] for row in rows], *arguments, domain)
    return done


async def changed_one(database: Database, number: int, function: Any, *arguments: Any) -> int:
    """Change one message; returns 0 when it is not in the queue, or already as wanted."""
    shard = shard_of_id(number)
    if number < 0 or shard >= database.shards:
        return 0
    return int(await database.transact(shard, function, [number], *arguments))
