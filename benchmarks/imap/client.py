"""The side that makes the load: an IMAP connection that sends bytes and gathers what comes, as lean as Python can be.

An answer is not looked at while it comes, but for its last line: all checks are made off the clock.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self, cast

from benchmarks.loads.smtp_source import LoadFailed

if TYPE_CHECKING:
    import ssl

ANSWER = 120.0  # seconds that an answer may take
UIDPLUS = re.compile(rb"\[(?:APPEND|COPY)UID [0-9]+ ([0-9:,]+)")


class Answer:
    """What came from a command's sending to its tagged line, in pieces."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    @property
    def octets(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._pieces: list[bytes] = []
        self._end: tuple[bytes, ...] = (b"* ",)
        self._waiting: asyncio.Future[bytes] | None = None
        self._number = 0

    @classmethod
    async def connect(cls, port: int, tls: ssl.SSLContext | None = None, greeting: bytes = b"* OK") -> Self:
        """Connect and wait for the greeting; raises LoadFailed."""
        loop = asyncio.get_running_loop()
        client = cls()
        client._waiting, client._end = loop.create_future(), (greeting,)
        try:
            await loop.create_connection(lambda: client, "127.0.0.1", port, ssl=tls, server_hostname="mx.bench.test" if tls else None)
            await asyncio.wait_for(client._waiting, ANSWER)
        except (OSError, TimeoutError) as error:
            raise LoadFailed(f"no greeting: {error!r}") from error
        return client

    async def ask(self, command: bytes, *, ok: bool = True) -> Answer:
        """Send a command (without tag and line end) and wait for its tagged answer; raises LoadFailed unless it is OK, if `ok`."""
        self._number += 1
        tag = b"q%d " % self._number
        last = await self.exchange(tag + command + b"\r\n", (tag,))
        if ok and not last.startswith(tag + b"OK"):
            raise LoadFailed(f"{command[:80]!r} was answered {last[:200]!r}")
        return self.taken()

    def taken(self) -> Answer:
        """Take what came since the last sending."""
        pieces, self._pieces = self._pieces, []
        return Answer(pieces)

    async def exchange(self, data: bytes, ends: tuple[bytes, ...]) -> bytes:
        """Send bytes and wait for a line that begins with one of `ends`, as the last that came; returns it. Raises LoadFailed."""
        self._end = ends
        self._pieces = []
        self._waiting = asyncio.get_running_loop().create_future()
        if self._transport is None:
            raise LoadFailed("the connection was closed")
        self._transport.write(data)
        try:
            async with asyncio.timeout(ANSWER):
                return await self._waiting
        except TimeoutError:
            raise LoadFailed(f"no answer to {data[:80]!r} within {ANSWER:.0f} seconds") from None

    def close(self) -> None:
        """Leave without a word."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._pieces.append(data)
        if self._waiting is None or not data.endswith(b"\n"):
            return
        start = data.rfind(b"\n", 0, -1) + 1
        last = data[start:] if start else self._last_line()
        if last.startswith(self._end) and not self._waiting.done():
            self._waiting.set_result(last)

    def _last_line(self) -> bytes:
        """The last line, when it began in an earlier piece."""
        tail = b""
        for piece in reversed(self._pieces):
            tail = piece + tail
            if start := tail.rfind(b"\n", 0, -1) + 1:
                return tail[start:]
        return tail

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(LoadFailed(f"the server hung up: {exc!r}"))


async def signed_in(port: int, name: str, password: str, tls: ssl.SSLContext | None = None) -> Client:
    """Connect and log in; raises LoadFailed."""
    client = await Client.connect(port, tls)
    await client.ask(f'LOGIN "{name}" "{password}"'.encode())
    return client


def new_uid(answer: Answer) -> bytes:
    """The uids that APPENDUID or the first set of COPYUID tells; LoadFailed without."""
    found = UIDPLUS.search(answer.octets)
    if found is None:
        raise LoadFailed(f"no APPENDUID or COPYUID in {answer.octets[-200:]!r}")
    return found[1]
