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
from typing import TYPE_CHECKING, Final

from postroom.log import as_started, get_logger
from postroom.network.admission import Hall
from postroom.network.listener import open_socket
from postroom.runtime.children import Child
from postroom.runtime.gathering import hand_back, pass_on
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.network.listener import Listener
    from postroom.runtime.line import Message

log = get_logger("supervisor")

DRAIN_SECONDS: Final = 30.0


class Supervisor:
    """Runs one writer for each shard and `workers` workers; `configuration` is the path workers read theirs from, or ''."""

    def __init__(self, *, data: Path, shards: int, workers: int, configuration: str, listeners: Sequence[Listener], user: str | None) -> None:
        self._data = data
        self._configuration = configuration
        self._user = user
        self._listeners = listeners
        # A path has one socket, which the workers share; a port has one for each worker.
        paths = {listener: open_socket(listener) for listener in listeners if listener.path}
        self._sockets = [[paths.get(listener) or open_socket(listener, shared=workers > 1) for listener in listeners] for _ in range(workers)]
        self._writers = {shard: self._writer(shard) for shard in (CONTROL, *range(shards))}
        self._workers = [self._worker(number) for number in range(workers)]
        self._hall = _hall(workers)
        self._ready: set[str] = set()
        self.ready = asyncio.Event()
        self._over = asyncio.Event()

    def _writer(self, shard: int) -> Child:
        command = ("-m", "postroom.runtime.writer", str(self._data), str(shard), as_started())
        return Child(f"writer {shard}", lambda end: (*command, str(end)), lambda _child: self._join_writer(shard), self._heard_writer, self._user)

    def _worker(self, number: int) -> Child:
        command = ("-m", "postroom.runtime.worker", self._configuration, as_started())
        return Child(f"worker {number}", lambda end: (*command, str(end)), lambda _child: self._equip(number), self._heard_worker, self._user)

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
        places = [
            {"protocol": listener.protocol, "address": listener.address, "port": listener.port, "path": listener.path, "tls": listener.tls.value}
            for listener in self._listeners
        ]
        worker.say(
            {"do": "listen", "worker": number, "workers": len(self._workers), "listeners": places},
            [self._hall, *(accepting.fileno() for accepting in sockets)],
        )
        for shard in self._writers:
            self._connect(worker, shard)
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

    def _heard_writer(self, _child: Child, message: Message) -> None:
        if message.get("is") == "report":
            hand_back(message, self._workers)

    def _heard_worker(self, child: Child, message: Message) -> None:
        if message.get("is") == "ready":
            self._ready.add(child.name)
            if len(self._ready) == len(self._workers):
                self.ready.set()
        elif message.get("is") == "gathering":
            pass_on(message, child, (*self._workers, *self._writers.values()))
        elif message.get("is") == "report":
            hand_back(message, self._workers)
        elif message.get("is") == "reload":
            self._reload()
        elif message.get("is") == "stop":
            self._over.set()


def _hall(workers: int) -> int:
    """Make the memory in which workers count their connections together, with its key; returns its descriptor."""
    descriptor = os.memfd_create("connections")
    os.truncate(descriptor, Hall.size(workers))
    os.pwrite(descriptor, secrets.token_bytes(Hall.KEY), 0)
    return descriptor
