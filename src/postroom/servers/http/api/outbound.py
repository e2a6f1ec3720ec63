"""GET /v1/outbound: what was sent and what became of it; DELETE cancels what has not gone yet."""

import asyncio
import datetime as dt
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import Field

from postroom.delivery.outbound import COLUMNS, Event, Record, record_of
from postroom.delivery.recall import recall
from postroom.directory.keys import READ, SEND
from postroom.servers.http.api.fields import Model, moment
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import Call, Operation, answer, call_of, needs
from postroom.storage.database import shard_of_id

router = APIRouter(route_class=Operation, tags=["Sending"])

USUAL: Final = 100
MOST: Final = 1000
NOT_FOUND: Final = "Outbound message not found"

State = Literal["queued", "sent", "failed"]
Number = Annotated[int, Path(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many, at most.")]
Cursor = Annotated[int | None, Query(ge=0, le=2**63 - 1, description="Only those on this side of the record with this id.")]


class OutboundRecord(Model):
    """What was sent: `error` has the words of those who refused, or why it waits; `queue_id` is there when it waits, or waited, in the queue."""

    id: int
    sender: str
    recipients: list[str]
    subject: str
    state: State
    message_id: str | None
    queue_id: str | None
    error: str | None
    created_at: dt.datetime
    sent_at: dt.datetime | None
    send_at: Annotated[dt.datetime | None, Field(description="When it goes, if it is kept back until a time.")] = None


def shown(record: Record) -> dict[str, Any]:
    """Give a record as the API tells it, in the shape of OutboundRecord."""
    return {
        "id": record.id,
        "sender": record.sender,
        "recipients": record.recipients,
        "subject": record.subject,
        "state": record.state,
        "message_id": record.message_id,
        "queue_id": None if record.queue_id is None else str(record.queue_id),
        "error": record.error,
        "created_at": moment(record.created),
        "sent_at": None if record.sent is None else moment(record.sent),
        "send_at": None if record.due is None else moment(record.due),
    }


@router.get("/v1/outbound", response_model=list[OutboundRecord], summary="List what was sent", **needs(READ))
async def list_outbound(
    request: Request, limit: Limit = USUAL, before: Cursor = None, after: Cursor = None, state: Annotated[State | None, Query()] = None
) -> Response:
    """List outbound records, the newest first: those of the key's mailbox, all of them for an administrator."""
    call = call_of(request)
    conditions: list[tuple[str, list[Any]]] = [] if call.account is None else [("account_id = ?", [call.account.id])]
    for cursor, sign in ((before, "<"), (after, ">")):
        if cursor is not None:
            edge = await find(call, cursor)
            conditions.append((f"(created, id) {sign} (?, ?)", [edge.created, edge.id]))
    if state is not None:
        conditions.append(("state = ?", [state]))
    found = await _newest(call.house, conditions, limit, ascending=after is not None and before is None)
    return answer([shown(record) for record in found])


async def _newest(house: House, conditions: list[tuple[str, list[Any]]], limit: int, *, ascending: bool) -> list[Record]:
    """Read from every shard and join; with `ascending` those next to the cursor count."""
    order = "" if ascending else " DESC"
    where = f"WHERE {' AND '.join(condition for condition, _ in conditions)}" if conditions else ""
    sql = f"SELECT {COLUMNS} FROM outbound {where} ORDER BY created{order}, id{order} LIMIT ?"
    values = [value for _, given in conditions for value in given]
    database = house.mailboxes.database
    parts = await asyncio.gather(*(database.read(shard, sql, (*values, limit)) for shard in range(database.shards)))
    found = sorted((record_of(row) for rows in parts for row in rows), key=lambda record: (record.created, record.id), reverse=not ascending)[:limit]
    return found[::-1] if ascending else found


@router.get("/v1/outbound/{id}", response_model=OutboundRecord, summary="Read what became of a message", **needs(READ))
async def read_outbound(id: Number, request: Request) -> Response:  # noqa: A002 - the path's own word
    """Read one record. One of another mailbox is not found."""
    return answer(shown(await find(call_of(request), id)))


@router.delete("/v1/outbound/{id}", response_model=OutboundRecord, summary="Cancel a message that is kept back", **needs(SEND))
async def cancel_outbound(id: Number, request: Request) -> Response:  # noqa: A002 - likewise
    """Cancel a message whose `send_at` has not come: it fails, and says so; its copy in Sent stays. 409 when it has gone."""
    call = call_of(request)
    record = await find(call, id)
    if not await call.house.mailboxes.database.transact(shard_of_id(record.id), recall, record.id, call.house.now()):
        raise HTTPException(409, "The message has gone: only one that is kept back until its time can be cancelled.")
    return answer(shown(await find(call, id)))


async def find(call: Call, number: int) -> Record:
    """Read a record that the key may see; raises 404."""
    database = call.house.mailboxes.database
    shard = shard_of_id(number)
    rows = await database.read(shard, f"SELECT {COLUMNS} FROM outbound WHERE id = ?", (number,)) if shard < database.shards else []
    if not rows or (call.account is not None and record_of(rows[0]).account_id != call.account.id):
        raise HTTPException(404, NOT_FOUND)
    return record_of(rows[0])


async def by_token(house: House, token: bytes) -> Record | None:
    """Find the record that an idempotent request made, in whichever shard."""
    database = house.mailboxes.database
    for shard in range(database.shards):
        for row in await database.read(shard, f"SELECT {COLUMNS} FROM outbound WHERE token = ?", (token,)):
            return record_of(row)
    return None


async def times_since(house: House, account_id: int, since: int, most: int) -> list[int]:
    """Tell when an account's last `most` messages after a time were sent, the newest first."""
    database = house.mailboxes.database
    sql = "SELECT created FROM outbound WHERE account_id = ? AND created > ? ORDER BY created DESC LIMIT ?"
    times = [row[0] for shard in range(database.shards) for row in await database.read(shard, sql, (account_id, since, most))]
    return sorted(times, reverse=True)[:most]


async def events(house: House, record: Record) -> list[Event]:
    """Read what happened to a message, the first first."""
    sql = "SELECT type, details, created FROM outbound_event WHERE outbound_id = ? ORDER BY id"
    rows = await house.mailboxes.database.read(shard_of_id(record.id), sql, (record.id,))
    return [Event("accepted", f"For {len(record.recipients)} recipients.", record.created), *map(Event._make, rows)]
