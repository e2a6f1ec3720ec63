"""A worker: one loop with every door open, that sends the mail of its destinations.

In a process of its own under the supervisor, or alone in the process of the command. The nursery begins it with CONFIGURATION LOG DESCRIPTOR;
the line at the descriptor brings its sockets.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import socket
import sys
from collections import deque
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.errors import ConfigurationError, Unavailable
from postroom.log import get_logger, start_as, writing
from postroom.model.enumerations import eServerState
from postroom.model.everywhere import answer
from postroom.model.logfiles import LogFiles
from postroom.model.loglines import LONGEST
from postroom.network import transcript
from postroom.network.admission import Hall
from postroom.network.listener import adopt_socket
from postroom.runtime.children import CANNOT_START
from postroom.runtime.chores import Chores
from postroom.runtime.com import RemoteObjects
from postroom.runtime.control import ControlSocket
from postroom.runtime.doors import Doors
from postroom.runtime.gathering import Gathering, report
from postroom.runtime.hearing import Hearing
from postroom.runtime.house import House
from postroom.runtime.line import SupervisorLine
from postroom.runtime.listening import listeners as find_listeners
from postroom.runtime.logbook import Logbook, heard, telling
from postroom.runtime.model import model_house
from postroom.runtime.orders import Orders
from postroom.runtime.scripting import EventScripts
from postroom.runtime.sending import DRAIN_SECONDS, Outbox
from postroom.runtime.serving import Serving, read
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import database_files

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from postroom.network.listener import Listener
    from postroom.runtime.config import Configuration
    from postroom.runtime.doors import Gather, Tell
    from postroom.runtime.line import Message

log = get_logger("worker")

MOST_EARLY: Final = 100
"""Messages with lines of the log that wait for a worker that begins."""


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
        started: int = 0,
    ) -> None:
        """Be one of so many workers, of a server that `started` then (UTC microseconds; 0: now).

        `gather` gives the numbers of the server's other processes, `hall` counts their connections, `tell` tells the supervisor, if any.
        """
        self._house = house
        self._number, self._workers = number, workers
        self._outbox: Outbox | None = None
        self._hearing = Hearing(house.database, number, workers, lambda word: answer(self.model, word))
        self.serving = Serving(self, lambda: find_listeners(house), tell)
        self.scripts = EventScripts(lambda: self.model, workers, house.directory.events)
        self.model = model_house(house, self.serving, self._hearing, started, self.scripts)
        self._objects = RemoteObjects(self.model, house.config.data, number, workers)
        self.doors = Doors(house, number, gather, hall, tell, self.model, self._objects)
        self._control = ControlSocket(house.config.data, Orders(house, self.doors, self._objects).obey)
        self._chores = Chores(house)
        self._tell = tell
        self._book: Logbook | None = None
        self._writing = ExitStack()

    async def open(self, listeners: Sequence[tuple[Listener, socket.socket]], *, serving: bool = True) -> None:
        """Open every door; a worker that begins while the server does not serve mail opens those of HTTP only, and rests."""
        if self._house.config.hmailserver_home:
            self._write_files()
        await self._hearing.open()
        await self._objects.open()
        await self.scripts.open()
        if serving:
            await self.serving.resumed(listeners)
        else:
            await self._open_doors(listeners)
            self.serving.state = eServerState.hStateStopped
        if self._number == 0:
            await self._control.open()

    async def resume(self, listeners: Sequence[tuple[Listener, socket.socket]]) -> None:
        """Open doors, and go on sending and with the chores."""
        await self._open_doors(listeners)
        self._outbox = Outbox(self._house, self._number, self._workers, self.doors.places)
        self._outbox.start()
        if self._number == 0:
            self._chores.start()

    async def rest(self, seconds: float) -> None:
        """Shut the doors of mail, end its sessions within so many seconds; send nothing and do no chores until `resume`."""
        if self._number == 0:
            await self._chores.stop()
        await asyncio.gather(self.doors.rest(seconds), self._close_outbox(seconds))

    async def close(self) -> None:
        """Let sessions end, finish what is in hand, close the house."""
        if self._number == 0:
            await self._chores.stop()
            await self._control.close()
        await asyncio.gather(self.doors.drain(DRAIN_SECONDS), self._close_outbox(DRAIN_SECONDS))
        await self._objects.close()
        await self.scripts.close()
        self.model.live_log.end()
        await self._house.close()
        await asyncio.to_thread(self._writing.close)

    def take_lines(self, message: Message) -> None:
        """Take what other processes have logged, as the first worker."""
        lines = heard(message)
        if message["live"]:
            self.model.live_log.add(lines)
        if self._book is not None:
            self._book.take(lines)

    def _write_files(self) -> None:
        """Write the files of hMailServer's mode: the first worker does, the others tell it their lines."""
        ini = self.model.places.ini
        longest = ini.number("Settings", "MaxLogLineLen", LONGEST) if ini is not None else LONGEST
        files = LogFiles(self._house.config.logs, lambda: self._house.directory.settings.logging, longest)
        self._writing.callback(files.close)
        self._writing.enter_context(writing(self._scribe(files)))
        self._writing.callback(transcript.leave, files.wants)
        transcript.join(files.wants)

    def _scribe(self, files: LogFiles) -> Callable[[Sequence[dict[str, Any]]], None]:
        if self._number and self._tell is not None:
            return telling(self._tell, files.lines, live=False)
        if self._workers == 1:
            return lambda logged: files.write(files.lines(logged))
        book = self._book = Logbook(files.write)
        self._writing.callback(book.close)
        return lambda logged: book.take(files.lines(logged))

    async def _open_doors(self, listeners: Sequence[tuple[Listener, socket.socket]]) -> None:
        for listener, accepting in listeners:
            await self.doors.open(listener, accepting)

    async def _close_outbox(self, seconds: float) -> None:
        outbox, self._outbox = self._outbox, None
        if outbox is not None:
            await outbox.close(seconds)


class WorkerProcess:
    """A worker under the supervisor: gathers sockets and lines, then serves until the supervisor hangs up."""

    def __init__(self, config: Configuration, end: socket.socket) -> None:
        self._config = config
        self._shards = {CONTROL, *database_files(config.data)}
        self._lines: dict[int, socket.socket] = {}
        self._listeners: list[tuple[Listener, socket.socket]] = []
        self._number, self._count = 0, 1
        self._began, self._serving = 0, True
        self._hall: Hall | None = None
        self._house: House | None = None
        self._worker: Worker | None = None
        self._early: deque[Message] = deque(maxlen=MOST_EARLY)
        self._equipped = asyncio.Event()
        self._over = asyncio.Event()
        self._supervisor = SupervisorLine(end, self._hear)
        self._gathering = Gathering(self._supervisor.say)
        self._background: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve until told to end; a failure to start ends the process, and the supervisor starts it again."""
        await self._equipped.wait()
        lines = dict(self._lines)
        self._house = await House.open(self._config, lines)
        for shard, end in self._lines.items():
            if end is not lines[shard]:  # its writer was started again meanwhile
                self._connect(shard, end)
        self._worker = Worker(self._house, self._number, self._gathering.gather, self._hall, self._supervisor.say, self._count, self._began)
        await self._worker.open(self._listeners, serving=self._serving)
        while self._early:
            self._worker.take_lines(self._early.popleft())
        self._supervisor.say({"is": "ready"})
        await self._over.wait()
        await self._worker.close()

    def _hear(self, message: Message, descriptors: list[int]) -> None:
        match message.get("do"):
            case "listen":
                self._number, self._count = int(message["worker"]), int(message["workers"])
                self._hall = Hall(_memory(descriptors.pop(0), int(message["workers"])), int(message["workers"]), self._number)
                self._began, self._serving = int(message["started"]), bool(message["serving"])
                self._listeners = _adopted(message, descriptors)
            case "connect":
                self._connect(int(message["shard"]), socket.socket(fileno=descriptors[0]))
            case "reload" if self._worker is not None:
                self._worker.doors.told_to_reload()
            case "report" | "expect" | "take" | "lines" | "trouble":
                self._hear_of_others(message)
            case "halt" | "resume" if self._worker is not None:
                self._begin(self._settle(self._worker.serving, message, descriptors))
            case "done" if self._worker is not None:
                self._worker.serving.heard(message)
            case None:
                self._over.set()
                self._equipped.set()
        if self._hall is not None and self._lines.keys() >= self._shards:
            self._equipped.set()

    def _trouble(self, error: str) -> None:
        if self._worker is not None:
            self._worker.serving.trouble = error

    def _hear_of_others(self, message: Message) -> None:
        """Tell the other processes this one's numbers, take theirs, and what they have logged; learn why another's start failed."""
        if message["do"] == "report":
            self._supervisor.say(report(message))
        elif message["do"] == "trouble":
            self._trouble(message["error"])
        elif message["do"] != "lines":
            self._gathering.hear(message)
        elif self._worker is not None:
            self._worker.take_lines(message)
        else:
            self._early.append(message)

    def _connect(self, shard: int, end: socket.socket) -> None:
        """Take a line to a writer: one of the first ones, or one to a writer that was started again."""
        if self._house is None:
            self._lines[shard] = end
            return
        self._begin(self._write_to(self._house, shard, end))

    async def _write_to(self, house: House, shard: int, end: socket.socket) -> None:
        with suppress(Unavailable):  # that writer ended too; the supervisor brings a line to the next one
            await house.database.connect({shard: end})

    async def _settle(self, serving: Serving, message: Message, descriptors: list[int]) -> None:
        """Rest or go on, as the supervisor says, and tell it when that is done."""
        if message["do"] == "halt":
            await serving.halted()
        else:
            await serving.resumed(_adopted(message, descriptors), [read(place) for place in message["gone"]])
        self._supervisor.say({"is": "settled"})

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _adopted(message: Message, descriptors: list[int]) -> list[tuple[Listener, socket.socket]]:
    """Take the sockets that came with a message."""
    return [(read(place), adopt_socket(descriptor)) for place, descriptor in zip(message["listeners"], descriptors, strict=True)]


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
