"""Mail with a stop-watch: some connections of a load send by asyncio instead of smtp-source and note how long each message took."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TYPE_CHECKING

from benchmarks.loads.smtp_source import LoadFailed, Mail
from benchmarks.peers.peer import ACCOUNTS, DOMAIN

if TYPE_CHECKING:
    from collections.abc import Callable

REPLY = 30.0  # seconds that a reply may take


class Prober:
    """One connection that sends message after message; `latencies` are the seconds from MAIL (or the connect) to the 250 of the content."""

    def __init__(self, mail: Mail, port: int, first: int) -> None:
        self.latencies: list[float] = []
        self._mail, self._port = mail, port
        self._names = itertools.islice(itertools.cycle(ACCOUNTS), first, None)
        self._content = b"From: <sender@load.test>\r\nTo: <user@bench.test>\r\nSubject: probe\r\n\r\n" + _lines(mail.size) + b".\r\n"

    async def run(self, go_on: Callable[[], bool]) -> None:
        """Sends as long as `go_on` says so. Raises LoadFailed."""
        reader, writer = await self._connect()
        try:
            while go_on():
                began = time.perf_counter()
                if not self._mail.kept and self.latencies:
                    await _quit(reader, writer)
                    reader, writer = await self._connect()
                await self._one(reader, writer)
                self.latencies.append(time.perf_counter() - began)
            await _quit(reader, writer)
        except (OSError, TimeoutError) as error:
            raise LoadFailed(f"a probe ended with {error!r}") from error
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        await _reply(reader, b"220")
        await _exchange(reader, writer, b"HELO load.test\r\n", b"250")
        return reader, writer

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _exchange(reader, writer, b"MAIL FROM:<sender@load.test>\r\n", b"250")
        await _exchange(reader, writer, f"RCPT TO:<{next(self._names)}@{DOMAIN}>\r\n".encode(), b"250")
        await _exchange(reader, writer, b"DATA\r\n", b"354")
        await _exchange(reader, writer, self._content, b"250")


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, command: bytes, expected: bytes) -> None:
    writer.write(command)
    await _reply(reader, expected)


async def _reply(reader: asyncio.StreamReader, expected: bytes) -> None:
    line = await asyncio.wait_for(reader.readline(), REPLY)
    while line[3:4] == b"-":
        line = await asyncio.wait_for(reader.readline(), REPLY)
    if not line.startswith(expected):
        raise LoadFailed(f"a probe was answered {line!r}")


async def _quit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _exchange(reader, writer, b"QUIT\r\n", b"221")
    writer.close()


def _lines(size: int) -> bytes:
    """`size` bytes in lines of 80, as smtp-source writes them."""
    return (b"X" * 78 + b"\r\n") * (size // 80) + b"X" * max(0, size % 80 - 2) + b"\r\n"
