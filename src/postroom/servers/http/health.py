"""GET /health: whether this server can do its work, for load balancers and people; the shape is Open Mailserver's.

Anybody may ask, so the answer names no path and no figure, and is kept for a moment: asking often costs no disk write.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from postroom.errors import PostroomError, Unavailable
from postroom.network.certificates import read_certificate
from postroom.servers.http.application import Answer, told
from postroom.storage.database import CONTROL
from postroom.storage.disk import free_bytes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from postroom.servers.http.application import Scope
    from postroom.storage.database import Database, Transaction

    Check = Callable[[], Awaitable[str]]

KEPT_SECONDS: Final = 2.0
CHECK_SECONDS: Final = 3.0
SOON: Final = dt.timedelta(days=14)

OK: Final = "ok"
WARNING: Final = "warning: "
ERROR: Final = "error: "


class Health:
    """Runs all checks together; `status` is "ok", "warning" or "error" (answered with 503), the worst of what they say."""

    def __init__(self, checks: Mapping[str, Check], clock: Callable[[], float] = time.monotonic) -> None:
        """Take the checks by name: each gives `ok`, or a text that begins with `warning: ` or `error: `."""
        self._checks = checks
        self._clock = clock
        self._asking: asyncio.Task[dict[str, str]] | None = None
        self._until = 0.0

    async def __call__(self, scope: Scope) -> Answer:
        """Answer a request."""
        found = await self.found()
        return told(503 if found["status"] == "error" else 200, found)

    async def found(self) -> dict[str, Any]:
        """Give what the checks say: status, platform, and a text for each."""
        found = await asyncio.shield(self._ask())
        words = {text.partition(":")[0] for text in found.values()}
        status = next((word for word in ("error", "warning") if word in words), "ok")
        return {"status": status, "platform": sys.platform, "checks": found}

    def _ask(self) -> asyncio.Task[dict[str, str]]:
        if self._asking is None or (self._asking.done() and self._until <= self._clock()):
            self._asking = asyncio.create_task(self._run())
        return self._asking

    async def _run(self) -> dict[str, str]:
        texts = await asyncio.gather(*(_checked(check) for check in self._checks.values()))
        self._until = self._clock() + KEPT_SECONDS
        return dict(zip(self._checks, texts, strict=True))


async def _checked(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return f"{ERROR}no answer in time"
    except (PostroomError, OSError):
        return f"{ERROR}failed"


async def database(of: Database) -> str:
    """Check that control data can be written and that every shard's writer answers."""
    try:
        await asyncio.gather(of.transact(CONTROL, touch), *(of.transact(shard, answer) for shard in range(of.shards)))
    except Unavailable:
        return f"{ERROR}can't be written"
    return OK


def touch(transaction: Transaction) -> None:
    """Write something small."""
    transaction.execute("INSERT INTO sequence (kind, next) VALUES ('health', 1) ON CONFLICT (kind) DO UPDATE SET next = sequence.next % 1000 + 1")


def answer(transaction: Transaction) -> None:
    """Do nothing, in the shard's writer."""


async def disk(data: Path, reserve: int) -> str:
    """Check that more is free than the reserve (bytes) below which no mail is taken; warn below twice that."""
    free = await asyncio.to_thread(free_bytes, data)
    if free <= reserve:
        return f"{ERROR}below the reserve, mail is deferred"
    return f"{WARNING}space is getting short" if free < 2 * reserve else OK


async def listeners(servers: Callable[[], list[Any]]) -> str:
    """Check that every listener of this worker accepts."""
    found = servers()
    return OK if found and all(server.is_serving() for server in found) else f"{ERROR}not all are open"


async def certificate(path: Path) -> str:
    """Check that the TLS certificate can be read and holds for a while."""
    facts = await asyncio.to_thread(read_certificate, path)
    left = facts.expires - dt.datetime.now(dt.UTC)
    if left <= dt.timedelta():
        return f"{ERROR}expired"
    return f"{WARNING}expires in {left.days} days" if left < SOON else OK
