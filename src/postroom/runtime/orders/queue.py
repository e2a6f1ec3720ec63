"""The queue, for commands: what waits, for whom, why, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.delivery import queue
from postroom.delivery.waiting import changed, changed_one
from postroom.errors import PostroomError
from postroom.formats.address import AddressError, canonical_domain
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.runtime.house import House

MOST: Final = 1000
COLUMNS: Final = (
    "q.id, q.sender, q.created, r.state = 'held', q.size, q.receipt, r.address, r.domain, r.state, r.attempts, r.due, r.since, r.tried, r.status,"
    " r.reason"
)
NAMES: Final = (
    "id",
    "sender",
    "created",
    "held",
    "size",
    "name",
    "recipient",
    "domain",
    "state",
    "attempts",
    "due",
    "since",
    "tried",
    "status",
    "reason",
)


async def list_(house: House, domain: str = "") -> list[dict[str, Any]]:
    """List recipients that wait, those due first, of one domain or of all; a thousand at most. `due` is when the next try can be."""
    condition = "AND r.domain = ?" if domain else ""
    rows = []
    for shard in range(house.database.shards):
        rows += await house.database.read(
            shard,
            f"SELECT {COLUMNS} FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id"
            f" WHERE r.state IN ('new', 'waiting', 'held') {condition} ORDER BY r.due LIMIT {MOST}",
            (_domain(domain),) if domain else (),
        )
    shown = [_shown(row) for row in rows]
    await _with_rests(house, shown)
    return sorted(shown, key=lambda item: int(item["due"]))[:MOST]


async def show(house: House, id: int) -> list[dict[str, Any]]:  # noqa: A002 - the word that people type
    """Show one message with each of its recipients."""
    sql = f"SELECT {COLUMNS} FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id WHERE q.id = ? ORDER BY r.id LIMIT {MOST}"
    rows = await house.database.read(_shard(house, id), sql, (id,))
    if not rows:
        raise PostroomError(f"Message {id} is not in the queue.")
    shown = [_shown(row) for row in rows]
    await _with_rests(house, shown)
    return shown


async def retry(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Try a message, or all that wait for a domain, or everything at once; returns how many."""
    if id is None and not domain:
        return sum([await changed(house.database, shard, "", queue.retry, house.mailboxes.now()) for shard in range(house.database.shards)])
    return await _each(house, id, domain, queue.retry, house.mailboxes.now())


async def remove(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Take a message, or all that wait for a domain, out of the queue without sending it; returns how many."""
    return await _each(house, id, domain, queue.remove, house.mailboxes.now())


async def hold(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Hold a message, or all that waits for a domain, back; returns how many."""
    return await _each(house, id, domain, queue.hold)


async def release(house: House, id: int | None = None, domain: str = "") -> int:  # noqa: A002 - as above
    """Let go what was held: a message, what is for a domain, or everything; returns how many."""
    if id is None and not domain:
        return sum([await changed(house.database, shard, "", queue.release, house.mailboxes.now()) for shard in range(house.database.shards)])
    return await _each(house, id, domain, queue.release, house.mailboxes.now())


async def _each(house: House, number: int | None, domain: str, function: Any, *arguments: Any) -> int:
    if number is not None:
        done = await changed_one(house.database, number, function, *arguments)
        if not done:
            raise PostroomError(f"Message {number} is not in the queue, or already as you want it.")
        return done
    if not domain:
        raise PostroomError("Name a message's id, or --domain for all that wait for a domain.")
    return sum([await changed(house.database, shard, _domain(domain), function, *arguments) for shard in range(house.database.shards)])


async def _with_rests(house: House, shown: Iterable[dict[str, Any]]) -> None:
    """Tell of what waits for a destination that is left alone when that ends, and why."""
    rests: dict[str, tuple[int, str]] = {}
    for shard in range(house.database.shards):
        rows = await house.database.read(shard, "SELECT domain, until, reason FROM destination ORDER BY domain LIMIT 100000")
        rests |= {domain: (until, reason) for domain, until, reason in rows}
    for item in shown:
        until, reason = rests.get(item["domain"], (0, ""))
        if item["state"] == "waiting" and until > item["due"]:
            item["due"], item["reason"] = until, item["reason"] or reason


def _shown(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(NAMES, row, strict=True))


def _domain(text: str) -> str:
    try:
        return canonical_domain(text.strip())
    except AddressError as error:
        raise PostroomError(f"{text[:255]!r} is no domain. {error}") from None


def _shard(house: House, number: int) -> int:
    shard = shard_of_id(number)
    if number < 0 or shard >= house.database.shards:
        raise PostroomError(f"Message {number} is not in the queue.")
    return shard


ORDERS = (list_, show, retry, remove, hold, release)
