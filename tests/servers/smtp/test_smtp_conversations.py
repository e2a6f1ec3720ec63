"""Every transcript of tests/conversations/smtp: fed whole, byte by byte, and over a real socket."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import conversation
from certificates import made
from postroom.network.connection import Connection, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.network.proxy import Proxies
from postroom.network.tls import CertificateFiles, ServerTLS
from postroom.servers.smtp import Session
from smtphouse import MemoryWire, Place

TRANSCRIPTS = conversation.transcripts(Path(__file__).parents[2] / "conversations" / "smtp")


@pytest.mark.parametrize("byte_by_byte", [False, True], ids=["whole", "bytes"])
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written(path: Path, byte_by_byte: bool) -> None:
    talk = conversation.read(path)
    if byte_by_byte and talk.facts.get("fed") == "whole":
        pytest.skip("says what happens when lines come in one piece")
    place = Place.of(talk.facts)
    wire = MemoryWire(place)
    await conversation.play(talk, wire, byte_by_byte=byte_by_byte)
    await wire.over()
    place.leaves_nothing()


class SocketWire:
    """The client's end of a TCP connection to a listener; a PROXY header says where it comes from."""

    def __init__(self, place: Place, connections: Connections, clock: list[float], tls: ssl.SSLContext) -> None:
        self.place = place
        self.connections = connections
        self.clock = clock
        self.tls = tls
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def connect(self, port: int) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.writer.write(f"PROXY TCP4 {self.place.facts.get('peer', '192.0.2.7')} 192.0.2.1 40000 25\r\n".encode())
        if self.place.facts.get("tls") == "implicit":
            await self.writer.start_tls(self.tls)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self) -> bytes:
        try:
            return await self.reader.read(65536)
        except ConnectionError:
            return b""

    async def happen(self, what: str) -> None:
        if await self.place.happen(what):
            return
        match what:
            case "tls":
                await self.writer.start_tls(self.tls)
            case "timeout":
                self.clock[0] += 100_000
                self.connections.sweep()
            case "stop":
                asyncio.get_running_loop().create_task(self.connections.drain(5))
                await asyncio.sleep(0)
            case _:
                raise AssertionError(f"nobody knows how {what!r} happens")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    return made(tmp_path_factory.mktemp("smtp-tls") / "a.pem", "mail.example.test")


@asynccontextmanager
async def listening(place: Place, certificate: CertificateFiles) -> AsyncIterator[SocketWire]:
    now = [1000.0]
    connections = Connections(clock=lambda: now[0], period=3600)
    kind = place.facts.get("tls")
    terms = Terms(
        place.sessions,
        connections,
        tls=ServerTLS(certificate) if kind else None,
        implicit=kind == "implicit",
        proxies=Proxies(("127.0.0.0/8",)),
    )
    accepting = open_socket(Listener("smtp", "127.0.0.1", 0))
    server = await serve(accepting, terms)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    wire = SocketWire(place, connections, now, context)
    await wire.connect(accepting.getsockname()[1])
    try:
        yield wire
    finally:
        wire.writer.transport.abort()
        server.close()
        await connections.drain(0.5)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_the_conversation_goes_as_written_over_a_socket(path: Path, certificate: CertificateFiles) -> None:
    talk = conversation.read(path)
    if talk.facts.get("wire") == "memory":
        pytest.skip("a socket does not keep lines in one piece")
    place = Place.of(talk.facts)
    async with listening(place, certificate) as wire:
        await conversation.play(talk, wire)
    place.leaves_nothing()


def test_the_session_is_what_the_network_asks_for() -> None:
    assert callable(Session.opened)
    assert callable(Connection.expect)
