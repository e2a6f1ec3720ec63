"""GET /v1/queue and /v1/debug/queue/{queue_id}: what waits for other servers, and why."""

import asyncio
import datetime as dt
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from postroom.directory.keys import DEBUG
from postroom.servers.http.api.fields import Identifier, Model, moment
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import Operation, answer, call_of, needs
from postroom.storage.database import shard_of_id

router = APIRouter(route_class=Operation, tags=["Server"])

MOST: Final = 1000
LONGEST_NUMBER: Final = 18
_ITEMS: Final = (
    "SELECT q.id, EXISTS (SELECT 1 FROM queue_recipient AS r WHERE r.queue_id = q.id AND r.state = 'held'), q.created, o.id, o.message_id,"
    " (SELECT r.reason FROM queue_recipient AS r WHERE r.queue_id = q.id AND r.reason <> '' ORDER BY r.id LIMIT 1)"
    " FROM queue AS q LEFT JOIN outbound AS o ON o.queue_id = q.id ORDER BY q.id DESC LIMIT ?"
)
_RECIPIENTS: Final = (
    "SELECT r.address, r.state, r.attempts, r.due, r.reason, r.reply, q.sender, q.created FROM queue_recipient AS r"
    " JOIN queue AS q ON q.id = r.queue_id WHERE q.id = ? ORDER BY r.id LIMIT ?"
)


class QueueItem(Model):
    """A message that waits; `id` is its outbound record's, or the queue's own number for one that no program sent."""

    id: int
    state: str
    queue_id: str
    message_id: str | None
    error: str | None
    created_at: dt.datetime


class Report(Model):
    """What a question about the server's inside is answered with."""

    status: str
    details: dict[str, Any]


@router.get("/v1/queue", response_model=list[QueueItem], summary="List what waits", **needs(DEBUG, debug=True))
async def list_queue(request: Request) -> Response:
    """List the messages that wait for other servers, the newest first; a thousand at most."""
    return answer(await items(call_of(request).house))


async def items(house: House) -> list[dict[str, Any]]:
    """Read what waits, of all shards, in the shape of QueueItem."""
    database = house.mailboxes.database
    parts = await asyncio.gather(*(database.read(shard, _ITEMS, (MOST,)) for shard in range(database.shards)))
    rows = sorted((row for part in parts for row in part), key=lambda row: (row[2], row[0]), reverse=True)[:MOST]
    return [
        {
            "id": number if record is None else record,
            "state": "held" if held else "queued",
            "queue_id": str(number),
            "message_id": message_id,
            "error": reason,
            "created_at": moment(created),
        }
        for number, held, created, record, message_id, reason in rows
    ]


@router.get("/v1/debug/queue/{queue_id}", response_model=Report, summary="Look at a message that waits", **needs(DEBUG, debug=True))
async def read_queue(queue_id: Annotated[Identifier, Path()], request: Request) -> Response:
    """Tell each recipient's state, the reason in words and the next try; `missing` when nobody waits any more."""
    database = call_of(request).house.mailboxes.database
    number = int(queue_id) if queue_id.isascii() and queue_id.isdecimal() and len(queue_id) <= LONGEST_NUMBER else -1
    shard = shard_of_id(number)
    rows = await database.read(shard, _RECIPIENTS, (number, MOST)) if 0 <= shard < database.shards else []
    found = [
        {
            "recipient": address,
            "state": state,
            "attempts": attempts,
            "next_try": moment(due),
            "reason": reason,
            "reply": reply,
            "sender": sender,
            "created_at": moment(created),
        }
        for address, state, attempts, due, reason, reply, sender, created in rows
    ]
    return answer(Report(status="ok" if found else "missing", details={"items": found}))
