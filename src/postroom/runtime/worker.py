"""A worker: one loop with every door open, that sends the mail of its destinations.

In a process of its own under the supervisor, or alone in the process of the command.

In a process of its own under the supervisor, or alone in the process of the command. Started by the supervisor as `... CONFIGURATION LOG
DESCRIPTOR`; the line at the descriptor brings its sockets.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.log import get_logger, start_as
from postroom.network.admission import Hall
from postroom.network.listener import Encrypted, Listener, adopt_socket
from postroom.runtime.children import CANNOT_START
from postroom.runtime.chores import Chores
from postroom.runtime.control import ControlSocket
from postroom.runtime.doors import Doors
from postroom.runtime.gathering import Gathering, report
from postroom.runtime.house import House
from postroom.runtime.line import SupervisorLine
from postroom.runtime.orders import Orders
from postroom.runtime.sending import Outbox
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import database_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.runtime.config import Configuration
    from postroom.runtime.doors import Gather, Tell
    from postroom.runtime.line import Message

log = get_logger("worker")

DRAIN_SECONDS: Final = 20.0


class Worker:
    """The doors of one process over its house, and its part of sending; the first worker also keeps the control socket and the chores."""

    def __init__(
        self,
        house: House,
        number: int = 0,
        gather: Gather | None = None,
        hall: Hall | None = None,
        tell: Tell | None = None,
        workers: int = 1,
    ) -> None:
        """Be one of so many workers.

        `gather` gives the numbers of the server's other processes, `hall` counts their connections, `tell` tells the supervisor, if any.
        """
        self._house = house
        self._number, self._workers = number, workers
        self._outbox: Outbox | None = None
        self.doors = Doors(house, number, gather, hall, tell)
        self._control = ControlSocket(house.config.data, Orders(house, self.doors).obey)
        self._chores = Chores(house)

    async def open(self, listeners: Sequence[tuple[Listener, socket.socket]]) -> None:
        """Open every door."""
        for listener, accepting in listeners:
            await self.doors.open(listener, accepting)
        self._outbox = Outbox(self._house, self._number, self._workers, [listener for listener, _ in listeners])
        self._outbox.start()
        if self._number == 0:
            await self._control.open()
            self._chores.start()

    async def close(self) -> None:
        """Let sessions end, finish what is in hand, close the house."""
        if self._number == 0:
            await self._chores.stop()
            await self._control.close()
        outbox = self._outbox.close() if self._outbox is not None else asyncio.sleep(0)
        await asyncio.gather(self.doors.drain(DRAIN_SECONDS), outbox)
        await self._house.close()


class WorkerProcess:
    """A worker under the supervisor: gathers sockets and lines, then serves until the supervisor hangs up."""

    def __init__(self, config: Configuration, end: socket.socket) -> None:
        self._config = config
        self._shards = {CONTROL, *database_files(config.data)}
        self._lines: dict[int, socket.socket] = {}
        self._listeners: list[tuple[Listener, socket.socket]] = []
        self._number, self._count = 0, 1
        self._hall: Hall | None = None
        self._house: House | None = None
        self._worker: Worker | None = None
        self._equipped = asyncio.Event()
        self._over = asyncio.Event()
        self._supervisor = SupervisorLine(end, self._hear)
        self._gathering = Gathering(self._supervisor.say)
        self._background: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve until told to end; a failure to start ends the process, and the supervisor starts it again."""
        await self._equipped.wait()
        self._house = await House.open(self._config, self._lines)
        self._worker = Worker(self._house, self._number, self._gathering.gather, self._hall, self._supervisor.say, self._count)
        await self._worker.open(self._listeners)
        self._supervisor.say({"is": "ready"})
        await self._over.wait()
        await self._worker.close()

    def _hear(self, message: Message, descriptors: list[int]) -> None:
        match message.get("do"):
            case "listen":
                self._number, self._count = int(message["worker"]), int(message["workers"])
                self._hall = Hall(_memory(descriptors.pop(0), int(message["workers"])), int(message["workers"]), self._number)
                self._listeners = [
                    (
                        Listener(place["protocol"], place["address"], place["port"], place["path"], Encrypted(place["tls"])),
                        adopt_socket(descriptor),
                    )
                    for place, descriptor in zip(message["listeners"], descriptors, strict=True)
                ]
            case "connect":
                self._connect(int(message["shard"]), socket.socket(fileno=descriptors[0]))
            case "reload" if self._worker is not None:
                self._worker.doors.told_to_reload()
            case "report":
                self._supervisor.say(report(message))
            case "expect" | "take":
                self._gathering.hear(message)
            case None:
                self._over.set()
                self._equipped.set()
        if self._listeners and self._lines.keys() >= self._shards:
            self._equipped.set()

    def _connect(self, shard: int, end: socket.socket) -> None:
        """Take a line to a writer: one of the first ones, or one to a writer that was started again."""
        if self._house is None:
            self._lines[shard] = end
            return
        task = asyncio.create_task(self._house.database.connect({shard: end}))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _memory(descriptor: int, workers: int) -> mmap.mmap:
    memory = mmap.mmap(descriptor, Hall.size(workers))
    os.close(descriptor)
    return memory


def main(arguments: list[str]) -> None:
    """Be a worker process; interrupts of the terminal are the supervisor's to act on."""
    from postroom.runtime.config import load  # noqa: PLC0415 - the in-process worker has its configuration already
    from postroom.runtime.loop import run  # noqa: PLC0415 - likewise

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    path, logging, descriptor = arguments
    start_as(logging)

    async def serve() -> None:
        await WorkerProcess(load(Path(path) if path else None), socket.socket(fileno=int(descriptor))).run()

    try:
        run(serve())
    except ConfigurationError as error:
        log.error("cannot-start", reason=str(error))  # noqa: TRY400 - a sentence for a person, no fault of ours
        sys.exit(CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])
