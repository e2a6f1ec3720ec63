"""The queue, for commands: what waits, for whom, why, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.delivery import queue
from postroom.errors import PostroomError
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from postroom.runtime.house import House

MOST: Final = 1000
COLUMNS: Final = "q.id, q.sender, q.created, q.held, q.size, r.address, r.domain, r.state, r.attempts, r.due, r.reason"
NAMES: Final = ("id", "sender", "created", "held", "size", "recipient", "domain", "state", "attempts", "due", "reason")


async def list_(house: House, domain: str = "") -> list[dict[str, Any]]:
    """List recipients that wait, those due first, of one domain or of all; a thousand at most."""
    condition = "WHERE r.domain = ?" if domain else ""
    rows = []
    for shard in range(house.database.shards):
        rows += await house.database.read(
            shard,
            f"SELECT {COLUMNS} FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id {condition} ORDER BY r.due LIMIT {MOST}",
            (domain,) if domain else (),
        )
    shown = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return sorted(shown, key=lambda item: int(item["due"]))[:MOST]


async def show(house: House, id: int) -> list[dict[str, Any]]:  # noqa: A002 - the word that people type
    """Show one message with each of its recipients."""
    rows = await house.database.read(
        _shard(house, id), f"SELECT {COLUMNS} FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id WHERE q.id = ?", (id,)
    )
    if not rows:
        raise PostroomError(f"Message {id} is not in the queue.")
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


async def remove(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Take a message, or all that wait for a domain, out of the queue without sending it; returns how many."""
    return await _each(house, id, domain, queue.remove)


async def hold(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Hold a message, or all for a domain, back; returns how many."""
    return await _each(house, id, domain, queue.hold, True)


async def release(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Let go what was held; returns how many."""
    return await _each(house, id, domain, queue.hold, False)


async def _each(house: House, number: int | None, domain: str, function: Any, *arguments: Any) -> int:
    if number is not None:
        done = int(await house.database.transact(_shard(house, number), function, [number], *arguments))
        if not done:
            raise PostroomError(f"Message {number} is not in the queue, or already as you want it.")
        return done
    if not domain:
        raise PostroomError("Name a message's id, or --domain for all that wait for a domain.")
    done = 0
    for shard in range(house.database.shards):
        rows = await house.database.read(shard, "SELECT DISTINCT queue_id FROM queue_recipient WHERE domain = ? LIMIT 100000", (domain,))
        done += await house.database.transact(shard, function, [row[0] for row in rows], *arguments)
    return done


def _shard(house: House, number: int) -> int:
    shard = shard_of_id(number)
    if shard >= house.database.shards:
        raise PostroomError(f"Message {number} is not in the queue.")
    return shard


ORDERS = (list_, show, remove, hold, release)
