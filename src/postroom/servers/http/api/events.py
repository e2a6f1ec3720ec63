"""GET /v1/mailboxes/{address}/events: what happens in a mailbox, as server-sent events, resumed by Last-Event-ID.

The id of an event is `UIDVALIDITY.MODSEQ.UIDNEXT` of the folder, so all that happened since is found by index, whatever process or server told the
event before. Nothing is buffered for a reader: each turn reads what is new since the last, in bounded runs, and a slow one just reads later.
"""

import json
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from postroom.directory.accounts import Account
from postroom.directory.keys import READ
from postroom.formats.flags import render_flags
from postroom.mailboxes import listing
from postroom.mailboxes.folders import INBOX, Folder
from postroom.servers.http.api.fields import Mailbox
from postroom.servers.http.api.house import House
from postroom.servers.http.api.messages import Folder as FolderQuery
from postroom.servers.http.api.messages import usual_fields
from postroom.servers.http.api.operation import Operation, call_of, needs
from postroom.servers.http.api.summary import folder_name, folder_of, mailbox_of, stored_name, summary
from postroom.servers.http.api.waiting import until, woken
from postroom.storage.database import shard_of_id

router = APIRouter(route_class=Operation, tags=["Reading"])

ALIVE_SECONDS: Final = 15.0
"""After how long of silence a comment says that the connection lives."""

RUN: Final = 100
RETRY: Final = b"retry: 2000\n\n"
ALIVE: Final = b": alive\n\n"
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_ID: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,18})", re.ASCII)


class Mark(NamedTuple):
    """How far a reader has heard of a folder."""

    uidvalidity: int
    modseq: int
    uidnext: int

    def __str__(self) -> str:
        return f"{self.uidvalidity}.{self.modseq}.{self.uidnext}"


def mark_of(folder: Folder) -> Mark:
    """Give the mark of everything that is in a folder now."""
    return Mark(folder.uidvalidity, folder.modseq, folder.uidnext)


def read_mark(text: str, now: Mark) -> Mark:
    """Read a Last-Event-ID; what can't be one, or is of another folder, means from now on."""
    found = _ID.fullmatch(text)
    mark = Mark(*map(int, found.groups())) if found else now
    return mark if mark.uidvalidity == now.uidvalidity and mark.modseq <= now.modseq else now


DOCUMENTED: Final[dict[int | str, Any]] = {
    200: {
        "description": "Events `message` (a summary), `flags` (id and flags) and `removed` (ranges of uids), each with an id to resume from.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/v1/mailboxes/{address}/events",
    summary="Follow a mailbox",
    response_class=StreamingResponse,
    **(needs(READ) | {"responses": needs(READ)["responses"] | DOCUMENTED}),
)
async def follow_mailbox(
    address: Annotated[Mailbox, Path()],
    request: Request,
    folder: FolderQuery = INBOX,
    last_event_id: Annotated[str, Header(max_length=100, description="Where to go on; absent: from now on.")] = "",
) -> Response:
    """Follow a folder as server-sent events (EventSource): mail that comes, flags that change, messages that go."""
    call = call_of(request)
    account = await mailbox_of(call, address)
    found = await folder_of(call.house, account, stored_name(folder))
    stream = _events(call.house, account, found, read_mark(last_event_id, mark_of(found)), request)
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


async def _events(house: House, account: Account, folder: Folder, mark: Mark, request: Request) -> AsyncIterator[bytes]:
    view = await house.mailboxes.open(folder)
    yield RETRY
    async with woken(view, lambda _change: True) as news:
        going_on = True
        while going_on:
            news.clear()
            current = await house.mailboxes.folder(account.id, folder.name)
            if current is None or current.uidvalidity != mark.uidvalidity:
                return
            if current.modseq > mark.modseq:
                async for event in _since(house, account, current, mark):
                    yield event
                mark = mark_of(current)
                yield b"id: %b\n\n" % str(mark).encode()
            going_on = await until(house, request, news, ALIVE_SECONDS)
            if going_on and not news.is_set():
                yield ALIVE


async def _since(house: House, account: Account, folder: Folder, mark: Mark) -> AsyncIterator[bytes]:
    """Tell what happened between a mark and the folder as it is now: what is gone, what changed, what came."""
    database, shard = house.mailboxes.database, shard_of_id(folder.id)
    sql = "SELECT low, high FROM vanished WHERE folder_id = ? AND modseq > ? AND low > ? AND low < ? ORDER BY low LIMIT ?"
    low = 0
    while gone := await database.read(shard, sql, (folder.id, mark.modseq, low, mark.uidnext, RUN)):
        low = gone[-1][0]
        ranges = [[first, min(last, mark.uidnext - 1)] for first, last in gone]
        yield event("removed", mark, {"folder": folder_name(folder.name), "uids": ranges})
    changed = [change for change in await house.mailboxes.changes_since(folder.id, mark.modseq) if change.uid < mark.uidnext]
    for change in changed:
        words = render_flags(change.flags, change.keywords.split()).decode().split()
        place = str(change.uid) if folder.name == INBOX else f"{folder.id}-{change.uid}"
        yield event("flags", mark, {"id": place, "flags": words})
    edge = mark.uidnext - 1
    while lines := await listing.newest(house.mailboxes, account.id, folder.name, RUN, None, edge):
        for line in reversed(lines):
            if line.uid >= folder.uidnext:
                return
            edge = line.uid
            told = summary(line, await usual_fields(house, account, line))
            yield event("message", Mark(mark.uidvalidity, mark.modseq, line.uid + 1), told)


def event(kind: str, mark: Mark, data: dict[str, Any]) -> bytes:
    """Write one event; JSON has no line end in it, so one `data` line holds it."""
    return f"event: {kind}\nid: {mark}\ndata: {json.dumps(data)}\n\n".encode()
