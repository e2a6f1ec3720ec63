"""A session that keeps a diary, a clock of one's own, a listener on loopback."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from postroom.network.connection import Connection
from postroom.network.connections import Connections
from postroom.network.tls import CertificateFiles


class Clock:
    """Time that only moves when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Diary:
    """A session that writes down what it is told, greets, and answers lines: ECHO, QUIT, STARTTLS."""

    refusal = b"421 too many\r\n"

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.got = b""
        self.heard = asyncio.Event()
        self.over = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        self.idle = 60.0
        self.stubborn = False
        self.connection: Connection

    def opened(self, connection: Connection) -> None:
        self.connection = connection
        self.entries.append("opened")
        connection.expect(self.idle)
        connection.write(b"hello\r\n")

    def received(self, data: bytes) -> None:
        self.entries.append("received")
        self.got += data
        self.heard.set()
        if data == b"QUIT\r\n":
            self.connection.write(b"bye\r\n")
            self.connection.close()
        elif data.startswith(b"STARTTLS\r\n"):
            self.tasks.append(asyncio.create_task(self.encrypted(data.removeprefix(b"STARTTLS\r\n"))))
        elif data.startswith(b"ECHO "):
            self.connection.write(data[5:])

    async def ended(self) -> list[str]:
        """Everything that was told, once the session is over."""
        await self.over.wait()
        await asyncio.gather(*self.tasks)
        return self.entries

    async def encrypted(self, injected: bytes) -> None:
        self.connection.write(b"go ahead\r\n")
        try:
            await self.connection.start_tls()
        except ConnectionError:
            self.entries.append("no tls")
            return
        self.entries.append("tls")
        self.got = b""

    def lost(self) -> None:
        self.entries.append("lost")
        self.over.set()

    def timed_out(self) -> None:
        self.entries.append("timed out")
        if not self.stubborn:
            self.connection.write(b"421 timeout\r\n")
            self.connection.close()

    def stopping(self) -> None:
        self.entries.append("stopping")
        if not self.stubborn:
            self.connection.write(b"421 stopping\r\n")
            self.connection.close()


class Diaries(list[Diary]):
    """Makes the sessions of a listener and keeps them."""

    refusal = Diary.refusal

    def __init__(self, **wishes: Any) -> None:
        super().__init__()
        self.wishes = wishes
        self.made = asyncio.Event()

    def __call__(self) -> Diary:
        diary = Diary()
        for name, value in self.wishes.items():
            setattr(diary, name, value)
        self.append(diary)
        self.made.set()
        return diary

    async def next(self) -> Diary:
        """The last session made, once there is one."""
        await self.made.wait()
        return self[-1]


@dataclass
class House:
    """A listener on loopback, its sessions and its connections."""

    diaries: Diaries
    connections: Connections
    clock: Clock
    port: int
    server: asyncio.Server
    clients: list[asyncio.StreamWriter] = field(default_factory=list)

    async def client(self, **more: Any) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, **more)
        self.clients.append(writer)
        return reader, writer

    async def arrivals(self, number: int) -> None:
        """Wait until so many connections are open."""
        async with asyncio.timeout(5):
            while len(self.connections) < number:  # noqa: ASYNC110 - the server knows no event for it
                await asyncio.sleep(0)

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds
        self.connections.sweep()


Opening = Callable[..., Coroutine[Any, Any, House]]


def trusting(files: CertificateFiles) -> ssl.SSLContext:
    """A client's context that believes this certificate alone."""
    context = ssl.create_default_context(cafile=str(files.certificate))
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
