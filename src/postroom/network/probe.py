"""Looks from outside: whether a port answers as it should, and how far our clock is off."""

from __future__ import annotations

import asyncio
import ssl
import struct
import time
from typing import Any, Final

SECONDS: Final = 5.0
LONGEST_GREETING: Final = 2000

_NTP_PORT: Final = 123
_NTP_EPOCH: Final = 2_208_988_800  # seconds from 1900 to 1970
_NTP_CLIENT: Final = 0x23  # version 4, mode 3 (RFC 5905 section 7.3)
_FRACTION: Final = 2.0**32


async def greeting(host: str, port: int, *, tls: bool = False, speaks_first: bool = True, seconds: float = SECONDS) -> bytes:
    """Connect and give the first line that comes, "" from a server that does not speak first. Raises OSError (a time-out is one).

    The certificate is not checked: whoever asks is only told whether somebody answers.
    """
    async with asyncio.timeout(seconds):
        context = _trusting() if tls else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context, limit=LONGEST_GREETING)
        try:
            return await _line(reader) if speaks_first else b""
        finally:
            writer.close()


async def clock_offset(server: str, port: int = _NTP_PORT, *, seconds: float = SECONDS) -> float:
    """Ask a time server by how many seconds its clock is ahead of ours (SNTP, RFC 5905 section 14). Raises OSError."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bytes] = loop.create_future()
    async with asyncio.timeout(seconds):
        transport, _ = await loop.create_datagram_endpoint(lambda: _OneAnswer(answer), remote_addr=(server, port))
        try:
            sent = time.time()
            transport.sendto(struct.pack(">B39xQ", _NTP_CLIENT, _stamp(sent)))
            return _offset(await answer, sent, time.time())
        finally:
            transport.close()


def _offset(packet: bytes, sent: float, came: float) -> float:
    """Read an answer (section 8); raises OSError when it is none to our question, or the server has no time itself."""
    if len(packet) < 48:
        raise OSError("the answer is too short")
    stratum, originate, received, transmitted = struct.unpack(">xB22xQQQ", packet[:48])
    if originate != _stamp(sent) or not 0 < stratum < 16 or not transmitted:
        raise OSError("the time server does not know the time")
    return ((_seconds(received) - sent) + (_seconds(transmitted) - came)) / 2


def _stamp(seconds: float) -> int:
    return int((seconds + _NTP_EPOCH) * _FRACTION)


def _seconds(stamp: int) -> float:
    return stamp / _FRACTION - _NTP_EPOCH


class _OneAnswer(asyncio.DatagramProtocol):
    def __init__(self, answer: asyncio.Future[bytes]) -> None:
        self._answer = answer

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        if not self._answer.done():
            self._answer.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self._answer.done():
            self._answer.set_exception(exc)


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return (await reader.readuntil(b"\n")).strip()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise OSError("it says nothing that ends in a line") from None


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
