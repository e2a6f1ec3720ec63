"""What a full queue costs: a server that starts with 100,000 messages waiting beside one that starts with none."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.peers.peer import PeerFailed
from benchmarks.peers.postroom import environment
from benchmarks.peers.postroom_sending import PostroomSending
from benchmarks.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.loads.sink import Sinks

MESSAGES, DESTINATIONS = 100_000, 20_000
READY = 2.0  # seconds in which a server must be ready
AFTERWARDS = 4.0  # seconds after which memory and CPU are looked at


class Start(NamedTuple):
    """Seconds until ready, megabytes that the whole server holds a moment later (what processes share counts once), CPU seconds by then."""

    ready: float
    memory: float
    cpu: float


async def starts(home: Path, sinks: Sinks, told: Callable[[str], None]) -> tuple[Start, Start]:
    """Starts a server with an empty queue, and one whose queue is full. Raises PeerFailed."""
    peer = PostroomSending(home / "waiting", sinks)
    peer.home.mkdir(parents=True)
    peer.configure()
    empty = await _start(peer)
    told(f"{MESSAGES:,} messages are queued")
    command = (sys.executable, "-m", "benchmarks.peers.postroom_queue", str(peer.file), str(MESSAGES), str(DESTINATIONS))
    made = await asyncio.to_thread(subprocess.run, command, env=environment(), capture_output=True, text=True, timeout=200, check=False)
    if made.returncode:
        raise PeerFailed(f"the queue could not be filled: {made.stderr[-1000:]}")
    await asyncio.to_thread(os.sync)  # what the filling wrote is not this start's to wait for
    return empty, await _start(peer)


async def _start(peer: PostroomSending) -> Start:
    peer.log.unlink(missing_ok=True)
    used, began = peer.tree.cpu_seconds(), time.monotonic()
    try:
        await peer.launch()
        ready = time.monotonic() - began
        await asyncio.sleep(AFTERWARDS)
        return Start(ready, sum(map(_megabytes, peer.tree.pids())), peer.tree.cpu_seconds() - used)
    finally:
        await peer.stop()
        peer.renew()


def _megabytes(pid: int) -> float:
    """A process's proportional share of memory."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024


def table(found: tuple[Start, Start]) -> Table:
    """The table that is printed."""
    rows = [
        (name, f"{one.ready:.2f}", f"{'✓' if one.ready < READY else '✗'} {READY:g} s", f"{one.memory:.0f}", f"{one.cpu:.1f}")
        for name, one in zip(("nothing waits", f"{MESSAGES:,} messages wait, for {DESTINATIONS:,} destinations"), found, strict=True)
    ]
    return Table(
        f"Postroom starts with a full queue ({os.cpu_count()} cores)",
        ("", "ready, s", "mark", "memory, MB", f"CPU s after {AFTERWARDS:g} s"),
        rows,
    )
