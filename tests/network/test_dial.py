"""Connections that we begin, on the standard loop and on uvloop."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest

from postroom.network.dial import UNREAD, DialError, HandshakeError, Outgoing, Target, dial, unverified, verified
from postroom.network.tls import CertificateFiles, server_context

Play = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Place:
    """Servers that do what a function says, and connections to them."""

    def __init__(self) -> None:
        self.servers: list[asyncio.Server] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.calls: list[Outgoing] = []

    async def open(self, play: Play) -> int:
        """Open a server; gives its port."""

        async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await play(reader, writer)
            finally:
                writer.transport.abort()

        def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.tasks.append(asyncio.create_task(served(reader, writer)))

        server = await asyncio.start_server(accepted, "127.0.0.1", 0)
        self.servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def call(self, play: Play, seconds: float = 5) -> Outgoing:
        call = await dial(Target("127.0.0.1", await self.open(play)), seconds)
        call.expect(seconds)
        self.calls.append(call)
        return call


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    yield place
    for call in place.calls:
        call.abort()
    for server in place.servers:
        server.close()
    for task in place.tasks:
        task.cancel()
    await asyncio.gather(*place.tasks, return_exceptions=True)
    for call in place.calls:
        with suppress(ConnectionError, TimeoutError):
            while True:
                await call.received()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_bytes_go_and_come(place: Place) -> None:
    call = await place.call(echo)
    assert call.peer.ip == "127.0.0.1"
    for word in (b"one", b"two"):
        call.write(word)
        assert await call.received() == word
    assert call.usable
    call.close()
    assert not call.usable
    with pytest.raises(ConnectionError):
        await call.received()
    call.write(b"late")
    call.close()


async def test_nobody_there_is_said_in_words(place: Place) -> None:
    port = await place.open(silent)
    place.servers[0].close()
    with pytest.raises(DialError, match=r"can't be reached \(connection refused\)"):
        await dial(Target("127.0.0.1", port), 5)


async def test_an_address_of_ours_may_be_chosen_to_call_from(place: Place) -> None:
    call = await dial(Target("127.0.0.1", await place.open(silent), "127.0.0.9"), 5)
    place.calls.append(call)
    assert call.local.ip == "127.0.0.9"


async def test_silence_ends_at_the_deadline(place: Place) -> None:
    call = await place.call(silent)
    call.expect(0.01)
    with pytest.raises(TimeoutError):
        await call.received()
    call.expect(5)
    assert call.usable


async def test_a_deadline_moves_with_every_wait(place: Place) -> None:
    call = await place.call(echo, 0.2)
    for _ in range(10):
        call.expect(0.2)
        call.write(b"x")
        assert await call.received() == b"x"


async def test_the_last_words_are_read_before_the_end(place: Place) -> None:
    async def farewell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"421 bye\r\n")
        writer.close()

    call = await place.call(farewell)
    assert await call.received() == b"421 bye\r\n"
    with pytest.raises(ConnectionError):
        await call.received()


async def test_an_idle_connection_tells_when_it_is_disturbed(place: Place) -> None:
    async def goodbye(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.close()

    for play in (goodbye, echo):
        call = await place.call(play)
        disturbed = asyncio.Event()
        call.disturbed = disturbed.set
        call.write(b"x")
        async with asyncio.timeout(5):
            await disturbed.wait()
        assert not call.usable


async def test_a_flood_is_not_read(place: Place) -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"250-more\r\n" * 1000)
            await writer.drain()

    call = await place.call(flood)
    first = await call.received()
    seen = len(first)
    while not call.unread:  # noqa: ASYNC110 - the connection tells no event while it is read
        await asyncio.sleep(0)
    for _ in range(200):
        await asyncio.sleep(0)
    assert call.unread <= UNREAD + 256 * 1024
    assert seen + call.unread < 1 << 20


async def test_a_peer_that_reads_nothing_is_waited_for_until_the_deadline(place: Place) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    call = await place.call(deaf)
    call.expect(0.05)
    with pytest.raises(TimeoutError):
        await pour(call)


async def pour(call: Outgoing) -> None:
    for _ in range(1000):
        call.write(b"x" * 65536)
        await call.drained()


async def asked(place: Place, play: Play) -> Outgoing:
    call = await place.call(play)
    call.write(b"s")
    assert await call.received() == b"g"
    return call


async def upgraded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext) -> None:
    """Begin TLS on a stream, then echo."""
    await reader.readexactly(1)
    writer.write(b"g")
    await writer.drain()
    try:
        await writer.start_tls(context)
        while data := await reader.read(65536):
            writer.write(data)
    except (ssl.SSLError, ConnectionError):
        pass


def speaking(context: ssl.SSLContext) -> Play:
    return lambda reader, writer: upgraded(reader, writer, context)


async def test_tls_carries_bytes_of_any_number(place: Place, certificates: dict[str, CertificateFiles]) -> None:
    call = await asked(place, speaking(server_context(certificates["mail.example.test"])))
    await call.start_tls(unverified(), "anything.test")
    assert call.tls is not None
    assert call.tls.version == "TLSv1.3"
    data, got = b"0123456789" * 20_000, b""
    call.write(data)
    while len(got) < len(data):
        got += await call.received()
    assert got == data


async def test_a_certificate_is_checked_by_name_where_it_must_be(place: Place, certificates: dict[str, CertificateFiles]) -> None:
    files = certificates["mail.example.test"]
    play = speaking(server_context(files))
    context = verified(str(files.certificate))
    call = await asked(place, play)
    await call.start_tls(context, "mail.example.test")
    call = await asked(place, play)
    with pytest.raises(HandshakeError, match=r"certificate that is not valid.*other\.example\.test"):
        await call.start_tls(context, "other.example.test")
    call.write(b"never sent in clear text")
    call = await asked(place, play)
    with pytest.raises(HandshakeError, match="certificate that is not valid"):
        await call.start_tls(verified(), "mail.example.test")


@pytest.mark.parametrize("name", ["", "a" * 300, "bad\0name", ".."])
async def test_a_name_that_can_not_be_asked_for_is_a_failed_handshake(place: Place, name: str, certificates: dict[str, CertificateFiles]) -> None:
    call = await asked(place, speaking(server_context(certificates["mail.example.test"])))
    with pytest.raises(HandshakeError):
        await call.start_tls(verified(), name)


async def test_a_handshake_that_never_ends_is_cut_short(place: Place) -> None:
    call = await place.call(silent)
    call.expect(0.01)
    with pytest.raises(HandshakeError, match="in time"):
        await call.start_tls(unverified(), "mail.example.test")


async def test_bytes_before_the_handshake_are_an_attack(place: Place) -> None:
    async def inject(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"g")
        await writer.drain()
        await reader.readexactly(1)
        writer.write(b"250 injected\r\n")
        await reader.read()

    call = await place.call(inject)
    assert await call.received() == b"g"
    call.write(b"x")
    while not call.unread:  # noqa: ASYNC110 - it must come before the handshake begins
        await asyncio.sleep(0)
    with pytest.raises(HandshakeError, match="clear text"):
        await call.start_tls(unverified(), "mail.example.test")


async def test_a_deadline_that_came_while_nobody_waited_ends_the_next_wait(place: Place) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    call = await place.call(deaf)
    call.expect(0)
    await asyncio.sleep(0.01)
    with pytest.raises(TimeoutError):
        await call.received()
