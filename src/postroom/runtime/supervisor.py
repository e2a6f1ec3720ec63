"""The supervisor: opens the ports, starts writers and workers, hands each what it needs, restarts what falls, drains on TERM.

It runs no protocol code and keeps only the right to bind ports and to read certificates. Each worker has a listening socket of its own for
every listener (SO_REUSEPORT) and a line to every writer; a restarted worker gets the same sockets and new lines.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.log import as_started, get_logger, writing
from postroom.network.admission import Hall
from postroom.runtime.children import Child
from postroom.runtime.gathering import hand_back, pass_on
from postroom.runtime.logbook import laid_out, telling
from postroom.runtime.serving import changed, is_http, opened, read, written
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.network.listener import Listener
    from postroom.runtime.line import Message
    from postroom.runtime.nursery import Nursery

log = get_logger("supervisor")

DRAIN_SECONDS: Final = 30.0
SETTLE_SECONDS: Final = 5.0
"""How long a worker may take to shut or open its doors."""

MOST_LINES: Final = 100
"""Messages with lines of the log that wait while the first worker is started again."""


class Supervisor:
    """Runs one writer for each shard and `workers` workers; `configuration` is the path workers read theirs from, or ''."""

    def __init__(
        self, *, data: Path, shards: int, workers: int, configuration: str, listeners: Sequence[Listener], user: str, nursery: Nursery
    ) -> None:
        """`nursery` is open, and starts them as `user`, '' for the own one."""
        self._data = data
        self._configuration = configuration
        self._user = user
        self._nursery = nursery
        self._started = time.time_ns() // 1000
        self._lines: deque[Message] = deque(maxlen=MOST_LINES)
        self._sockets: list[dict[Listener, socket.socket]] = _open(listeners, workers)
        self._serving = True
        self._unsettled: set[str] = set()
        self._settled = asyncio.Event()
        self._one = asyncio.Lock()
        self._background: set[asyncio.Task[None]] = set()
        self._writers = {shard: self._writer(shard) for shard in (CONTROL, *range(shards))}
        self._workers = [self._worker(number) for number in range(workers)]
        self._hall = _hall(workers)
        self._ready: set[str] = set()
        self.ready = asyncio.Event()
        self._over = asyncio.Event()

    def _writer(self, shard: int) -> Child:
        arguments = (str(self._data), str(shard), as_started())
        return Child(f"writer {shard}", self._nursery, arguments, lambda _child: self._join_writer(shard), self._heard_writer, self._user)

    def _worker(self, number: int) -> Child:
        arguments = (self._configuration, as_started())
        return Child(f"worker {number}", self._nursery, arguments, lambda _child: self._equip(number), self._heard_worker, self._user)

    async def run(self) -> None:
        """Serve until TERM or INT, then drain; HUP makes the workers read their certificates anew."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._over.set)
        loop.add_signal_handler(signal.SIGINT, self._over.set)
        loop.add_signal_handler(signal.SIGHUP, self._reload)
        writers = [asyncio.create_task(child.run()) for child in self._writers.values()]
        workers = [asyncio.create_task(child.run()) for child in self._workers]
        for task in (*writers, *workers):
            task.add_done_callback(self._failed)
        with writing(telling(lambda message: loop.call_soon_threadsafe(self._pass_lines_on, message), laid_out, live=True)):
            await self._over.wait()
        try:
            await self._drain(self._workers, workers)
        finally:  # also when a worker could not be started: a writer that nobody ends keeps the process from ending
            await self._drain(list(self._writers.values()), writers)

    def _failed(self, task: asyncio.Task[None]) -> None:
        """Stop when a child can't even be started: `run` raises what happened."""
        self._over.set()

    async def _drain(self, children: Sequence[Child], tasks: Sequence[asyncio.Task[None]]) -> None:
        for child in children:
            child.stop()
        _, late = await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
        for child, task in zip(children, tasks, strict=True):
            if task in late:
                log.error("process-killed", process=child.name)
                child.kill()
        await asyncio.gather(*tasks)

    def _reload(self) -> None:
        for worker in self._workers:
            worker.say({"do": "reload"})

    def _equip(self, number: int) -> None:
        """Give a worker that has just been started its sockets, then its lines to the writers."""
        worker = self._workers[number]
        sockets = self._sockets[number]
        facts = {"worker": number, "workers": len(self._workers), "serving": self._serving, "started": self._started}
        worker.say(
            {"do": "listen", **facts, "listeners": [written(place) for place in sockets]},
            [self._hall, *(accepting.fileno() for accepting in sockets.values())],
        )
        self._settle(worker)  # if it fell while all were told to halt or resume: it begins as all are now
        for shard in self._writers:
            self._connect(worker, shard)
        while number == 0 and self._lines:
            self._pass_lines_on(self._lines.popleft())
        worker.say({"do": "begin"})

    def _join_writer(self, shard: int) -> None:
        """Give a writer that has just been started a line to every worker that runs already."""
        for worker in self._workers:
            if worker.pid is not None:
                self._connect(worker, shard)

    def _connect(self, worker: Child, shard: int) -> None:
        writer = self._writers[shard]
        if writer.pid is None:
            return
        ours, theirs = socket.socketpair()
        writer.say({"do": "serve"}, [theirs.fileno()])
        worker.say({"do": "connect", "shard": shard}, [ours.fileno()])
        ours.close()
        theirs.close()

    def _pass_lines_on(self, message: Message) -> None:
        """Give what a process has logged to the first worker, or keep it until that runs again."""
        first = self._workers[0]
        if first.pid is None:
            self._lines.append(message)
        else:
            first.say({**message, "do": "lines"})

    def _heard_writer(self, _child: Child, message: Message) -> None:
        if message.get("is") == "report":
            hand_back(message, self._workers)
        elif message.get("is") == "lines":
            self._pass_lines_on(message)

    def _heard_worker(self, child: Child, message: Message) -> None:
        if message.get("is") == "ready":
            self._ready.add(child.name)
            if len(self._ready) == len(self._workers):
                self.ready.set()
        elif message.get("is") == "gathering":
            pass_on(message, child, (*self._workers, *self._writers.values()))
        elif message.get("is") == "report":
            hand_back(message, self._workers)
        elif message.get("is") == "lines":
            self._pass_lines_on(message)
        elif message.get("is") == "reload":
            self._reload()
        elif message.get("is") == "stop":
            self._over.set()
        elif message.get("is") == "settled":
            self._settle(child)
        elif message.get("is") in {"halt", "resume"}:
            task = asyncio.create_task(self._obey(child, message))
            self._background.add(task)
            task.add_done_callback(self._background.discard)

    # Stopping to serve, and beginning again

    async def _obey(self, child: Child, message: Message) -> None:
        """Have all workers halt or resume, and tell the one that asked how it went."""
        error = ""
        async with self._one:
            try:
                if message["is"] == "halt":
                    await self._halt()
                else:
                    await self._resume([read(place) for place in message["listeners"]])
            except ConfigurationError as failed:
                error = str(failed)
        for worker in self._workers if error else ():
            worker.say({"do": "trouble", "error": error})
        child.say({"do": "done", "ticket": message["ticket"], "error": error})

    async def _halt(self) -> None:
        """Close the sockets of mail here and in every worker: a port is free when its last socket is closed."""
        self._serving = False
        for sockets in self._sockets:
            for place in [place for place in sockets if not is_http(place)]:
                sockets.pop(place).close()
        await self._tell_all([{"do": "halt"} for _ in self._workers])

    async def _resume(self, wanted: Sequence[Listener]) -> None:
        """Open what is wanted and not open yet, and hand it to the workers; raises ConfigurationError when a port can't be had."""
        fresh, gone = changed(self._sockets[0], wanted)
        found = _open(fresh, len(self._workers))
        self._serving = True
        for sockets, more in zip(self._sockets, found, strict=True):
            for place in gone:
                sockets.pop(place).close()
            sockets.update(more)
        message = {"do": "resume", "listeners": [written(place) for place in fresh], "gone": [written(place) for place in gone]}
        await self._tell_all([message] * len(found), [[accepting.fileno() for accepting in more.values()] for more in found])

    async def _tell_all(self, messages: Sequence[Message], descriptors: Sequence[list[int]] = ()) -> None:
        """Tell every worker that runs, and wait until each has settled."""
        self._settled.clear()
        running = [(number, worker) for number, worker in enumerate(self._workers) if worker.name in self._ready and worker.pid is not None]
        self._unsettled = {worker.name for _, worker in running}
        for number, worker in running:
            worker.say(messages[number], descriptors[number] if descriptors else None)
        try:
            await asyncio.wait_for(self._settled.wait(), SETTLE_SECONDS)
        except TimeoutError:
            log.warning("workers-unsettled", processes=sorted(self._unsettled))

    def _settle(self, worker: Child) -> None:
        self._unsettled.discard(worker.name)
        if not self._unsettled:
            self._settled.set()


def _open(places: Sequence[Listener], workers: int) -> list[dict[Listener, socket.socket]]:
    """Open sockets for each worker, all or none: a port has one for each, a path has one that they share. Raises ConfigurationError."""
    paths = dict(opened([place for place in places if place.path]))
    found: list[dict[Listener, socket.socket]] = []
    try:
        for _ in range(workers):
            ports = dict(opened([place for place in places if not place.path], shared=workers > 1))
            found.append({place: paths.get(place) or ports[place] for place in places})
    except ConfigurationError:
        for accepting in {*paths.values(), *(one for sockets in found for one in sockets.values())}:
            accepting.close()
        raise
    return found


def _hall(workers: int) -> int:
    """Make the memory in which workers count their connections together, with its key; returns its descriptor."""
    descriptor = os.memfd_create("connections")
    os.truncate(descriptor, Hall.size(workers))
    os.pwrite(descriptor, secrets.token_bytes(Hall.KEY), 0)
    return descriptor
