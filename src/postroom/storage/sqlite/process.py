"""A writer in a process of its own, and the line that workers talk to it on.

Why a process: a writer thread and a busy loop fight over the interpreter lock at every statement. Measured here: 180 us of processor time a
delivered message with a thread, 80 us with a process, which also owns the shard for all workers, so that nothing needs a second hop.

A frame is four bytes of length and a pickle; both ends are our own processes on an inherited socket pair, nobody else can reach it.
Worker to writer: a list of (ticket, function, arguments). Writer to worker: (list of (ticket, ok, result or error), list of news).
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import selectors
import socket
import struct
import time
from typing import TYPE_CHECKING, Any, Final, cast

from postroom.storage.database import DatabaseUnavailable
from postroom.storage.sqlite.writer import LARGEST_BATCH, Job, News, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH: Final = struct.Struct("!I")
LARGEST_FRAME: Final = 1 << 30
ROOM: Final = 1 << 20
SOCKET_BUFFER: Final = 4 << 20
LONGEST_QUESTION: Final = 64 << 10
GATHER_SECONDS: Final = 0.0004
"""How long a writer waits for more after a batch of several: a tenth less processor time a message, no less speed; one sender never waits."""


class Desk:
    """What a writer process keeps for its workers beside the database: who holds a lock, and who follows which topics."""

    def __init__(self) -> None:
        self.locks: dict[str, socket.socket] = {}
        self.topics: dict[socket.socket, set[int]] = {}

    def leave(self, worker: socket.socket) -> None:
        """Forget a worker: its locks are free."""
        self.topics.pop(worker, None)
        self.locks = {name: holder for name, holder in self.locks.items() if holder is not worker}


# What a worker may ask outside the database; runs in the writer process.


def take_lock(desk: Desk, worker: socket.socket, name: str) -> bool:
    """Give a lock to a worker unless somebody holds it."""
    if name in desk.locks:
        return False
    desk.locks[name] = worker
    return True


def give_back_lock(desk: Desk, worker: socket.socket, name: str) -> None:
    """Free a lock that the worker holds."""
    if desk.locks.get(name) is worker:
        del desk.locks[name]


def follow(desk: Desk, worker: socket.socket, topic: int) -> None:
    """Send a worker the news of a topic."""
    desk.topics[worker].add(topic)


def unfollow(desk: Desk, worker: socket.socket, topic: int) -> None:
    """Send a worker no more news of a topic."""
    desk.topics[worker].discard(topic)


AT_THE_DESK: Final = frozenset({take_lock, give_back_lock, follow, unfollow})


def frame(value: Any) -> bytes:
    """Pack a value for the line."""
    data = pickle.dumps(value, 5)
    return LENGTH.pack(len(data)) + data


class Frames:
    """Cuts what arrives on a line into values."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes | bytearray) -> list[Any]:
        """Take bytes as they came and return the values they complete."""
        buffer = self._buffer
        buffer += data
        values, start = [], 0
        while len(buffer) - start >= LENGTH.size:
            (length,) = LENGTH.unpack_from(buffer, start)
            end = start + LENGTH.size + length
            if len(buffer) < end:
                break
            with memoryview(buffer) as view, view[start + LENGTH.size : end] as piece:
                values.append(pickle.loads(piece))  # noqa: S301 - the other end is our own process on an inherited socket pair
            start = end
        del buffer[:start]
        return values


class Line(asyncio.Protocol):
    """A worker's end of the line to one writer process."""

    def __init__(self, name: str, tell: Callable[[list[News]], None]) -> None:
        self._name = name
        self._tell = tell
        self._frames = Frames()
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._outgoing: list[tuple[int, Callable[..., Any], tuple[Any, ...]]] = []
        self._tickets = 0
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()

    def submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> asyncio.Future[Any]:
        """Hand a function over; what a turn of the loop gathers travels as one frame."""
        if self._transport is None:
            raise DatabaseUnavailable(f"{self._name}: its writer is being restarted")
        future: asyncio.Future[Any] = self._loop.create_future()
        self._tickets += 1
        self._waiting[self._tickets] = future
        if not self._outgoing:
            self._loop.call_soon(self._flush)
        self._outgoing.append((self._tickets, function, arguments))
        return future

    def _flush(self) -> None:
        jobs, self._outgoing = self._outgoing, []
        if self._transport is None:
            return
        try:
            self._transport.write(frame(jobs))
        except Exception:  # noqa: BLE001 - arguments that can't travel harm only the one who handed them over
            for job in jobs:
                self._send_alone(job)

    def _send_alone(self, job: tuple[int, Callable[..., Any], tuple[Any, ...]]) -> None:
        try:
            data = frame([job])
        except Exception as error:  # noqa: BLE001 - likewise
            self._waiting.pop(job[0]).set_exception(DatabaseUnavailable(f"{self._name}: {error}"))
        else:
            assert self._transport is not None
            self._transport.write(data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hear that the line is up."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        """Wake those whose commit is on disk, after telling the news of it."""
        for answers, news in self._frames.feed(data):
            if news:
                self._tell(news)
            for ticket, ok, value in answers:
                future = self._waiting.pop(ticket)
                if future.cancelled():
                    continue
                if ok:
                    future.set_result(value)
                else:
                    future.set_exception(value)

    def connection_lost(self, error: Exception | None) -> None:
        """Fail those who wait: whether their change was committed is not known, so it is not acknowledged."""
        self._transport = None
        waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            if not future.done():
                future.set_exception(DatabaseUnavailable(f"{self._name}: its writer ended"))

    async def lock(self, name: str) -> bool:
        """Take a lock of the shard; it ends with `unlock` or with this line."""
        return bool(await self.submit(take_lock, (name,)))

    async def unlock(self, name: str) -> None:
        """Give back a lock."""
        await self.submit(give_back_lock, (name,))

    async def follow(self, topic: int) -> None:
        """Hear the news of a topic."""
        await self.submit(follow, (topic,))

    async def unfollow(self, topic: int) -> None:
        """Hear no more of a topic."""
        await self.submit(unfollow, (topic,))

    async def close(self) -> None:
        """Wait for what was handed over, then hang up."""
        while self._waiting:
            await asyncio.wait(list(self._waiting.values()))
        if self._transport is not None:
            self._transport.close()


class WriterProcess:
    """The loop of a writer process: reads jobs from its workers, commits, answers. Blocking code, no event loop."""

    def __init__(self, writer: Writer, supervisor: socket.socket, answer: Callable[[bytes], bytes]) -> None:
        """`supervisor` brings workers' socket pairs as file descriptors; when it closes, the process finishes what it has and ends.

        What it brings without descriptors is a question, answered by `answer(question)`.
        """
        self._writer = writer
        self._answer_question = answer
        self._supervisor = supervisor
        self._selector = selectors.DefaultSelector()
        self._selector.register(supervisor, selectors.EVENT_READ)
        self._frames: dict[socket.socket, Frames] = {}
        self._desk = Desk()
        self._room = bytearray(ROOM)
        self._open = True

    def run(self) -> None:
        """Serve until the supervisor hangs up and every worker has gone."""
        busy = False
        while self._open or self._frames:
            jobs: list[Job] = []
            self._gather(jobs, None)
            if busy and jobs:
                time.sleep(GATHER_SECONDS)
                self._gather(jobs, 0)
            busy = len(jobs) > 1
            for start in range(0, len(jobs), LARGEST_BATCH):
                batch = jobs[start : start + LARGEST_BATCH]
                self._answer(batch, self._writer.commit(batch))
        self._writer.close()

    def _gather(self, jobs: list[Job], seconds: float | None) -> None:
        for key, _ in self._selector.select(seconds):
            if key.fileobj is self._supervisor:
                self._hear_supervisor()
            else:
                assert isinstance(key.fileobj, socket.socket)
                self._hear(key.fileobj, jobs)

    def _hear_supervisor(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._supervisor, LONGEST_QUESTION, 16)
        for descriptor in descriptors:
            worker = socket.socket(fileno=descriptor)
            self.admit(worker)
        if not message:
            self._selector.unregister(self._supervisor)
            self._open = False
        elif not descriptors:
            with contextlib.suppress(OSError):  # a supervisor that does not listen just now misses an answer
                self._supervisor.send(self._answer_question(message), socket.MSG_DONTWAIT)

    def admit(self, worker: socket.socket) -> None:
        """Serve another worker's line."""
        worker.setblocking(True)
        worker.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
        self._frames[worker] = Frames()
        self._desk.topics[worker] = set()
        self._selector.register(worker, selectors.EVENT_READ)

    def _hear(self, worker: socket.socket, jobs: list[Job]) -> None:
        try:
            length = worker.recv_into(self._room)
        except OSError:
            length = 0
        if not length:
            self._dismiss(worker)
            return
        for handed in self._frames[worker].feed(self._room[:length]):
            for ticket, function, arguments in handed:
                if function in AT_THE_DESK:
                    self._send(worker, frame(([(ticket, True, function(self._desk, worker, *arguments))], [])))
                else:
                    jobs.append(Job(function, arguments, (worker, ticket)))

    def _dismiss(self, worker: socket.socket) -> None:
        if self._frames.pop(worker, None) is not None:
            self._selector.unregister(worker)
            worker.close()
            self._desk.leave(worker)

    def _answer(self, batch: list[Job], news: list[News]) -> None:
        """Answer the workers that handed jobs over, and tell the others only what they follow: to wake a process for nothing is dear."""
        answers: dict[socket.socket, list[tuple[int, bool, Any]]] = {}
        for job in batch:
            worker, ticket = job.ticket
            answers.setdefault(worker, []).append((ticket, job.error is None, job.result if job.error is None else job.error))
        # Who only hears the news hears it first: a client that has its answer may ask another worker at once.
        for worker in sorted(self._frames, key=answers.__contains__):
            topics = self._desk.topics[worker]
            heard = [item for item in news if item[0] is None or item[0] in topics]
            lines = answers.get(worker, [])
            if heard or lines:
                self._send(worker, _packed(lines, heard))

    def _send(self, worker: socket.socket, data: bytes) -> None:
        try:
            worker.sendall(data)
        except OSError:
            self._dismiss(worker)


def _packed(lines: list[tuple[int, bool, Any]], news: list[News]) -> bytes:
    try:
        return frame((lines, news))
    except Exception as error:  # noqa: BLE001 - one result that can't travel must not keep the others from their waiters
        safe = [
            (ticket, ok, value) if _travels(value) else (ticket, False, DatabaseUnavailable(f"{value!r}: {error}")) for ticket, ok, value in lines
        ]
        return frame((safe, news))


def _travels(value: Any) -> bool:
    try:
        pickle.loads(pickle.dumps(value, 5))  # noqa: S301 - our own value
    except Exception:  # noqa: BLE001 - any failure means no
        return False
    return True
