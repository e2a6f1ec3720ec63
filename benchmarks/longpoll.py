"""A thousand programs that wait for mail by long poll, all on one mailbox: what they cost, and how soon each is answered when mail comes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.imap.sizes import pss_of
from benchmarks.loads.api_source import ApiFailed, Connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.enclosure import Enclosure

WAITERS: Final = 1_000
LONGEST: Final = 100
"""Seconds that each is ready to wait."""
SETTLING: Final = 3.0


class Waiting(NamedTuple):
    """What the waiters cost: KB each, threads of all processes without and with them; seconds from the send's begin until each was answered."""

    kilobytes: float
    threads: tuple[int, int]
    answered: list[float]


async def wait_together(port: int, key: str, address: str, tree: Enclosure, waiters: int = WAITERS) -> Waiting:
    """Let so many wait, then send one message to all of them."""
    await asyncio.sleep(SETTLING)
    before = _weighed(tree)
    connections = [await Connection.opened(port, key) for _ in range(waiters)]
    path = f"/v1/mailboxes/{address}/messages?limit=1&wait={LONGEST}"
    waits = [asyncio.create_task(_wait(each, path)) for each in connections]
    await asyncio.sleep(SETTLING)
    if early := [wait for wait in waits if wait.done()]:
        await asyncio.gather(*early)
        raise ApiFailed(f"{len(early)} of {waiters} were answered before there was mail")
    now = _weighed(tree)
    sender = await Connection.opened(port, key)
    began = time.perf_counter()
    await sender.ask("POST", "/v1/mail/send", {"sender": address, "recipients": [address], "subject": "For all", "text_body": "News."})
    answered = [when - began for when in await asyncio.gather(*waits)]
    for each in (*connections, sender):
        each.close()
    return Waiting((now[0] - before[0]) / waiters, (before[1], now[1]), answered)


async def _wait(connection: Connection, path: str) -> float:
    status, answer = await connection.ask("GET", path)
    if status != 200 or b"For all" not in answer:
        raise ApiFailed(f"a wait was answered {status}: {answer[:300]!r}")
    return time.perf_counter()


def _weighed(tree: Enclosure) -> tuple[int, int]:
    """KB and threads of all processes of the server."""
    pids: Sequence[int] = tree.pids()
    return sum(map(pss_of, pids)), sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids)
