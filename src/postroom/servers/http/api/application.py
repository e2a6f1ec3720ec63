"""The application: all operations, how errors are told, the schema and its readable page. Building it takes half a second, off the loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI

from postroom.servers.http.api import (
    attachments,
    backup,
    debug,
    deliverability,
    documentation,
    domains,
    events,
    keys,
    mailboxes,
    messages,
    outbound,
    queue,
    send,
)
from postroom.servers.http.api.operation import Operation
from postroom.servers.http.api.problems import tell_all
from postroom.servers.http.api.shortcut import Shortcut
from postroom.servers.http.limits import Pace, Room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.servers.http.api.house import House

# The busiest first: routes are tried one after another.
ROUTERS = (
    send.router,
    messages.router,
    outbound.router,
    attachments.router,
    events.router,
    mailboxes.router,
    keys.router,
    queue.router,
    debug.router,
    deliverability.router,
    domains.router,
    backup.router,
)


def application(house: House, more: Sequence[APIRouter] = ()) -> Any:
    """Make the ASGI application of one process; `more` are routes beside the API."""
    made = FastAPI(
        title="Open Mailserver API",
        summary="Mailboxes for programs: open one with a call, send and read with the key it gives.",
        description=documentation.INTRODUCTION,
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        strict_content_type=False,
    )
    made.state.house = house
    made.state.pace = Pace()
    made.state.room = Room()
    for router in (*ROUTERS, *more):
        made.router.routes += router.routes  # as they are: a router that is included is another hop at each request
    documentation.add(made, house)
    tell_all(made)
    return Shortcut(made, [route for route in send.router.routes if isinstance(route, Operation)])
