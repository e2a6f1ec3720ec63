"""Waiting for mail without a thread, a poll or a query: a waiter is a future that the folder's view wakes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from fastapi import Request

    from postroom.mailboxes.changes import Change
    from postroom.mailboxes.folders import Folder
    from postroom.mailboxes.views import View
    from postroom.servers.http.api.house import House


async def wait_for_mail(house: House, folder: Folder, after: int | None, seconds: float, request: Request) -> None:
    """Return as soon as a folder has a message with a uid above `after` (None: one that comes from now on), at the latest after so many seconds.

    Also when the client leaves or the server stops.
    """
    view = await house.mailboxes.open(folder)
    edge = view.uidnext - 1 if after is None else after
    async with woken(view, lambda change: change.arrived is not None and change.arrived[1] > edge) as news:
        if not view.uids or view.uids.last <= edge:
            await until(house, request, news, seconds)


@asynccontextmanager
async def woken(view: View, matters: Callable[[Change], bool]) -> AsyncIterator[asyncio.Event]:
    """Give an event that is set by each change of a folder that matters."""
    news = asyncio.Event()

    def listen(change: Change) -> None:
        if matters(change):
            news.set()

    view.listen(listen)
    try:
        yield news
    finally:
        view.leave(listen)


async def until(house: House, request: Request, news: asyncio.Event, seconds: float) -> bool:
    """Wait for news, the end of the server, the client's leaving, or so many seconds; tells whether it is worth going on."""
    waits: list[asyncio.Task[Any]] = [asyncio.create_task(wait) for wait in (news.wait(), house.over.wait(), _left(request))]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return not (waits[1].done() or waits[2].done())
    finally:
        for wait in waits:
            wait.cancel()
        for wait in waits:
            with suppress(asyncio.CancelledError):
                await wait


async def _left(request: Request) -> None:
    """Return when the client hangs up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
