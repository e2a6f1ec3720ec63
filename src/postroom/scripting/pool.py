"""The script processes of one worker: taken for an event, given back, ended when they went wrong or grew."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast

from postroom.events import MOST_DEPTH
from postroom.log import get_logger
from postroom.scripting.wire import Broken, Frames

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from postroom.scripting.launch import Launch

log = get_logger("script")

MOST_USES: Final = 5_000
"""Events after which a process is replaced by a fresh one."""
PAUSED: Final = 1 << 20
"""Bytes of frames that wait for a script to read, after which the worker waits for it."""

START_SECONDS: Final = 60.0
STARTS: Final = 3
"""How often one is started for an event: that the fork server falls meanwhile shall cost no event."""


class ScriptProcess(asyncio.Protocol):
    """The worker's end of one script process."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self.kill = kill
        self.told = 0
        """Which of the worker's words about text and settings it has heard last."""
        self.uses = 0
        self.worn = False
        """Whether it has grown, so that the next event gets another."""
        self.gone = False
        self.until: float | None = None
        """When the event that it runs is over at the latest, by the loop's clock; None between events."""
        self.overdue = False
        self._alarm: asyncio.TimerHandle | None = None
        self.answer_at_once: Callable[[Any], bytes | None] | None = None
        self._frames = Frames()
        self._heard: deque[Any] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hear that the wire is up."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take frames: those that can be answered without a wait are answered here."""
        try:
            frames = self._frames.feed(data)
        except Broken:
            self.end()
            return
        for frame in frames:
            answer = self.answer_at_once(frame) if self.answer_at_once is not None and not self._heard else None
            if answer is not None:
                self.write(answer)
            else:
                self._heard.append(frame)
        if self._heard:
            self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        """Hear that the process has ended."""
        self.gone = True
        self._wake()

    def begin(self, opening: bytes, seconds: float) -> None:
        """Send what begins an event that ends after so many seconds, one way or the other."""
        loop = asyncio.get_running_loop()
        self.until = until = loop.time() + seconds
        if self._alarm is None or self._alarm.when() > until:  # else the one of an event before looks again
            self._watch(loop, until)
        self.write(opening)

    def _watch(self, loop: asyncio.AbstractEventLoop, until: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = loop.call_at(until, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """End an event that takes too long: one timer for many events, since setting one costs more than most of their parts."""
        self._alarm = None
        if self.until is None or self.gone:
            return
        if loop.time() < self.until:
            self._watch(loop, self.until)
        else:
            self.overdue = True
            self.end()

    def write(self, data: bytes) -> None:
        """Send a packed frame."""
        if self._transport is not None and not self.gone:
            self._transport.write(data)

    async def heard(self) -> Any:
        """Wait for the next frame; None when the process has ended."""
        while not self._heard:
            if self.gone:
                return None
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        return self._heard.popleft()

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self.gone = True
        if self._alarm is not None:
            self._alarm.cancel()
        self.kill()
        if self._transport is not None:
            self._transport.close()
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Pool:
    """Lends processes: `count` for events of the server, and one for each depth of events within events, so that those never wait for their own."""

    def __init__(self, launch: Launch, count: int, memory: int) -> None:
        """`memory` is what a process may take, in bytes."""
        self._launch = launch
        self._memory = memory
        self._turns = [asyncio.Semaphore(count), *(asyncio.Semaphore(1) for _ in range(MOST_DEPTH - 1))]
        self._idle: list[ScriptProcess] = []
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    async def take(self, depth: int) -> ScriptProcess:
        """Lend a process for an event at a depth, 0 for the first, which `give_back` ends; raises OSError if none can be started."""
        await self._turns[depth].acquire()
        try:
            return self._taken() or await self._start()
        except BaseException:
            self._turns[depth].release()
            raise

    def give_back(self, process: ScriptProcess, depth: int, *, at_peace: bool) -> None:
        """Take a process back; one whose event did not end by itself is ended."""
        self._turns[depth].release()
        process.answer_at_once = process.until = None
        process.uses += 1
        if at_peace and not process.gone and not process.worn and process.uses < MOST_USES and not self._closed:
            self._idle.append(process)
        else:
            process.end()
            self.begin()

    def begin(self) -> None:
        """Have a process ready for the next event, if none is."""
        if not self._idle and not self._starting and not self._closed:
            task = asyncio.create_task(self._ready())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    def renew(self) -> None:
        """End those that are idle: the next are made anew."""
        while self._idle:
            self._idle.pop().end()
        self.begin()

    def retire(self) -> None:
        """End all that are idle, and keep none any more; those at work end with their events."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        while self._idle:
            self._idle.pop().end()

    def _taken(self) -> ScriptProcess | None:
        while self._idle:
            process = self._idle.pop()
            if not process.gone:
                return process
        return None

    async def _ready(self) -> None:
        with suppress(OSError):
            process = await self._start()
            if self._closed:
                process.end()
            else:
                self._idle.append(process)

    async def _start(self) -> ScriptProcess:
        for left in reversed(range(STARTS)):
            try:
                return await connected(*await self._launch.start(self._memory))
            except TimeoutError:
                raise
            except OSError:
                if not left:
                    raise
        raise AssertionError


async def connected(end: socket.socket, kill: Callable[[], None]) -> ScriptProcess:
    """Put a process's wire on the loop, and wait until it is ready; raises OSError for one that does not come up."""
    made = ScriptProcess(kill)
    try:
        await asyncio.get_running_loop().create_connection(lambda: made, sock=end)
        async with asyncio.timeout(START_SECONDS):
            if await made.heard() != ["ready"]:
                raise ChildProcessError("the process ended at once")
    except BaseException:
        if not made.gone:
            made.end()
        end.close()
        raise
    return made
