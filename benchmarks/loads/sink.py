"""Where mail is sent to: Postfix's smtp-sink, one for each destination, on loopback addresses of their own. All peers send to the same ones."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from benchmarks.enclosure import Enclosure
from benchmarks.peers.peer import PATH, PeerFailed, find, free_port

if TYPE_CHECKING:
    from pathlib import Path

COUNTED = re.compile(rb"mesg=(\d+)")
TAIL = 200  # bytes of a counter's file that surely hold its last figure
SESSIONS = 1000  # that a sink takes at one time
BACKLOG = "1000"


class Sinks:
    """So many destinations, `destination(n)` for each, with a sink that counts what it got and keeps nothing."""

    def __init__(self, home: Path, count: int) -> None:
        self.home = home
        self.addresses = [f"127.0.1.{number + 1}" for number in range(count)]
        self.port = free_port()
        self.tree = Enclosure("sinks")

    def destination(self, number: int) -> str:
        """The domain whose mail goes to a sink."""
        return f"d{number}.sink.test"

    async def start(self) -> None:
        """Starts the sinks, returns when all of them accept. Raises PeerFailed."""
        self.home.mkdir()
        for number, address in enumerate(self.addresses):
            command = (find("smtp-sink") or "smtp-sink", "-u", "nobody", "-c", "-m", str(SESSIONS), f"{address}:{self.port}", BACKLOG)
            await self.tree.start(*command, log=self._counter(number), env={"PATH": PATH})
        for address in self.addresses:
            await self._accepts(address)

    async def _accepts(self, address: str) -> None:
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection(address, self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
        raise PeerFailed(f"smtp-sink did not start at {address}")

    def _counter(self, number: int) -> Path:
        return self.home / f"{number}.counter"

    def count(self) -> int:
        """How many messages all of them took since their start."""
        return sum(last_count(self._counter(number)) for number in range(len(self.addresses)))

    def last_arrival(self) -> float:
        """When the last message came (time.time()): a sink writes its figure anew for each."""
        return max(self._counter(number).stat().st_mtime for number in range(len(self.addresses)))

    async def stop(self) -> None:
        """Ends them."""
        await self.tree.close()


def last_count(counter: Path) -> int:
    """The last figure in what smtp-sink -c has written: `sess=1 quit=1 mesg=7`, a return, and again."""
    with counter.open("rb") as file:
        file.seek(max(counter.stat().st_size - TAIL, 0))
        found = COUNTED.findall(file.read().rpartition(b"\r")[0])
    return int(found[-1]) if found else 0
