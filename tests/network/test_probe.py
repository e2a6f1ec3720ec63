"""Probes against ports and a time server on loopback."""

from __future__ import annotations

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from postroom.network import probe
from postroom.network.tls import CertificateFiles, server_context
from serving import serving


@asynccontextmanager
async def speaker(words: bytes, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        writer.close()

    async with serving(speak, tls) as port:
        yield port


async def test_the_first_line_is_given() -> None:
    async with speaker(b"220 hello\r\n220 more\r\n") as port:
        assert await probe.greeting("127.0.0.1", port) == b"220 hello"


async def test_tls_with_any_certificate_will_do(certificates: dict[str, CertificateFiles]) -> None:
    async with speaker(b"* OK hello\r\n", server_context(certificates["mail.example.test"])) as port:
        assert await probe.greeting("127.0.0.1", port, tls=True) == b"* OK hello"


async def test_a_server_that_waits_for_its_client_is_only_connected_to() -> None:
    async with speaker(b"") as port:
        assert await probe.greeting("127.0.0.1", port, speaks_first=False) == b""


@pytest.mark.parametrize("words", [b"", b"no line end", b"x" * 100_000])
async def test_a_greeting_that_is_none_is_an_error(words: bytes) -> None:
    async with speaker(words) as port:
        with pytest.raises(OSError):
            await probe.greeting("127.0.0.1", port)


async def test_a_port_that_does_not_answer_is_an_error() -> None:
    async with speaker(b"") as port:
        pass
    with pytest.raises(OSError):
        await probe.greeting("127.0.0.1", port)


class TimeServer(asyncio.DatagramProtocol):
    """Answers with a clock that is ahead; `spoil` changes the answer."""

    def __init__(self, ahead: float, spoil: Any) -> None:
        self.ahead, self.spoil = ahead, spoil

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        (asked,) = struct.unpack(">40xQ", data)
        assert data[0] == 0x23
        theirs = asked + int(self.ahead * 2**32)
        self.transport.sendto(self.spoil(bytearray(struct.pack(">BB22xQQQ", 0x24, 2, asked, theirs, theirs))), addr)


@asynccontextmanager
async def time_server(ahead: float, spoil: Any = bytes) -> AsyncIterator[int]:
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: TimeServer(ahead, spoil), local_addr=("127.0.0.1", 0))
    yield transport.get_extra_info("sockname")[1]
    transport.close()


@pytest.mark.parametrize("ahead", [0.0, 3600.0, -3600.0])
async def test_the_clock_is_compared_with_a_time_servers(ahead: float) -> None:
    async with time_server(ahead) as port:
        assert await probe.clock_offset("127.0.0.1", port) == pytest.approx(ahead, abs=5)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: bytes(answer[:20]),
        lambda answer: bytes([answer[0], 0, *answer[2:]]),
        lambda answer: bytes([*answer[:24], *[7] * 8, *answer[32:]]),
    ],
)
async def test_an_answer_that_is_none_to_our_question_is_an_error(spoil: Any) -> None:
    async with time_server(0, spoil) as port:
        with pytest.raises(OSError, match=r"too short|does not know"):
            await probe.clock_offset("127.0.0.1", port)
