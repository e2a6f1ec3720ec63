"""Changes of one object one after another, over all workers: so what If-Match was judged by is what is changed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from postroom.servers.http.rest.problems import RETRY_SECONDS, Problem
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from postroom.servers.http.rest.walking import Reached
    from postroom.storage.database import Database

TRIES: Final = 500
PAUSE_SECONDS: Final = 0.01


@asynccontextmanager
async def guarded(database: Database, reached: Reached) -> AsyncIterator[None]:
    """Keep other changes of an object waiting, by a lock that the store has for the whole server; raises Problem 503 after some seconds."""
    name = f"change {_identity(reached)}"
    for _ in range(TRIES):
        if await database.lock(CONTROL, name):
            break
        await asyncio.sleep(PAUSE_SECONDS)
    else:
        raise Problem(503, "Others are changing this just now: try again.", headers={"retry-after": RETRY_SECONDS})
    try:
        yield
    finally:
        await database.unlock(CONTROL, name)


def _identity(reached: Reached) -> str:
    """Name an object whatever way leads to it: by class and id, else by its path."""
    number = getattr(getattr(reached.object, "record", None), "id", 0)
    return f"{reached.object.description.name} {number or reached.path.lower()}"
