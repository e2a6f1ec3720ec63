"""How a worker comes by script processes: forked by a fork server where the system can, else started one by one."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from postroom.log import get_logger
from postroom.scripting.process import SECRETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.scripting.line import Kinds

log = get_logger("script")

FORKS: Final = sys.platform == "linux" and os.environ.get("POSTROOM_PORTABLE") != "1"
LINE_BUFFER: Final = 1 << 20
END_SECONDS: Final = 2.0

Kill = "Callable[[], None]"


class Launch(Protocol):
    """Starts script processes."""

    async def start(self, memory: int) -> tuple[socket.socket, Callable[[], None]]:
        """Start one that may use so many bytes; gives the worker's end of the wire, and what ends the process. Raises OSError."""

    def warm(self, language: str, file: str, text: str, kinds: Kinds) -> None:
        """Let processes that are started from now on begin with this text compiled."""

    async def close(self) -> None:
        """End all of them."""


def launch() -> Launch:
    """Give this system's way."""
    return Forking() if FORKS else Spawning()


class Spawning:
    """Starts each process as a fresh program: on Windows and macOS, and in the portable mode."""

    def __init__(self) -> None:
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._starting: set[asyncio.Task[subprocess.Popen[bytes]]] = set()

    async def start(self, memory: int) -> tuple[socket.socket, Callable[[], None]]:
        """Start one, in a thread."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._processes -= {one for one in self._processes if one.poll() is not None}
        starting = asyncio.create_task(asyncio.to_thread(self._start, theirs, memory))
        self._starting.add(starting)
        starting.add_done_callback(self._begun)
        try:
            process = await asyncio.shield(starting)
        except BaseException:
            ours.close()  # one that is started nevertheless, for somebody who does not wait any more, ends then
            raise
        return ours, process.kill

    def _start(self, end: socket.socket, memory: int) -> subprocess.Popen[bytes]:
        with end:
            return _spawned(end, memory)

    def _begun(self, starting: asyncio.Task[subprocess.Popen[bytes]]) -> None:
        """Keep a process that was started, whoever still waits for it; only the loop's thread touches the set."""
        self._starting.discard(starting)
        if not starting.cancelled() and starting.exception() is None:
            self._processes.add(starting.result())

    def warm(self, language: str, file: str, text: str, kinds: Kinds) -> None:
        """Nothing can be prepared here."""

    async def close(self) -> None:
        """Kill all, those that are being started too, and wait for their ends."""
        if self._starting:
            await asyncio.wait(tuple(self._starting))
        for process in self._processes:
            process.kill()
        for process in self._processes:
            await asyncio.to_thread(process.wait)
        self._processes = set()


class Forking:
    """Has a fork server start them; it is started itself with the first one, and again when it fell."""

    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._last = 0
        self._warm: tuple[bytes, str] | None = None
        self._language = "VBScript"

    async def start(self, memory: int) -> tuple[socket.socket, Callable[[], None]]:
        """Have one forked; its end of the wire can be written to at once."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._last += 1
        number = self._last
        try:
            await self._say({"do": "fork", "id": number, "memory": memory}, [theirs.fileno()])
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours, lambda: self._kill(number)

    def warm(self, language: str, file: str, text: str, kinds: Kinds) -> None:
        """Have the fork server compile a text."""
        self._language = language
        self._warm = json.dumps({"do": "warm", "language": language, "file": file, "kinds": kinds}).encode(), text
        if self._line is not None:
            with suppress(OSError):
                self._send_warm(self._line)

    async def close(self) -> None:
        """Hang up: the server ends its children and itself."""
        server, self._server = self._server, None
        if self._line is not None:
            self._line.close()
            self._line = None
        if server is not None:
            await asyncio.to_thread(_ended, server)

    async def _say(self, message: dict[str, Any], descriptors: list[int]) -> None:
        if self._server is None or self._server.poll() is not None:
            await self._begin()
        assert self._line is not None
        socket.send_fds(self._line, [json.dumps(message).encode()], descriptors)

    async def _begin(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._server is not None:
            log.error("process-ended", process="fork server", code=self._server.returncode, again_in=0)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LINE_BUFFER)
        command = (sys.executable, "-m", "postroom.scripting.forkserver", str(theirs.fileno()), self._language)
        self._server = _program(command, (theirs.fileno(),))
        theirs.close()
        self._line = ours
        if self._warm is not None:
            self._send_warm(ours)

    def _send_warm(self, line: socket.socket) -> None:
        assert self._warm is not None
        order, text = self._warm
        descriptor = os.memfd_create("handlers")
        try:
            with open(descriptor, "wb", closefd=False) as file:
                file.write(text.encode("utf-8", "surrogatepass"))
            socket.send_fds(line, [order], [descriptor])
        finally:
            os.close(descriptor)

    def _kill(self, number: int) -> None:
        if self._line is not None:
            with suppress(OSError):
                self._line.send(json.dumps({"do": "kill", "id": number}).encode())


def _spawned(end: socket.socket, memory: int) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "postroom.scripting.process", str(memory))
    if sys.platform != "win32":
        return _program((*command, str(end.fileno())), (end.fileno(),))
    process = subprocess.Popen((*command, "-"), stdin=subprocess.PIPE, env=environment())  # noqa: S603 - our own interpreter and module
    assert process.stdin is not None
    process.stdin.write(end.share(process.pid))
    process.stdin.close()
    return process


def _program(command: Sequence[str], descriptors: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Start one of our modules with nothing of this process but these descriptors."""
    return subprocess.Popen(command, pass_fds=descriptors, stdin=subprocess.DEVNULL, env=environment())  # noqa: S603 - as above


def environment() -> dict[str, str]:
    """Give the environment without what may hold keys and passwords."""
    return {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}


def _ended(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
