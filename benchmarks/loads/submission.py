"""A user's program that submits mail: connections that are kept, commands in groups, the same for every peer; one that wants a login gets it."""

from __future__ import annotations

import asyncio
import base64
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.loads.smtp_source import LoadFailed, Mail
from benchmarks.peers.peer import ACCOUNTS, DOMAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPLY = 60.0  # seconds that a reply may take
CONNECTIONS = 10
LINE = b"A line of a message as programs send it, with some words and figures: 0123.\r\n"


@dataclass(frozen=True, slots=True)
class Errand(Mail):
    """Mail that is submitted over `connections` at once and goes to so many `destinations` by turns."""

    destinations: int = 1

    @property
    def name(self) -> str:
        """As it stands in the tables, such as `4 KB to 10 destinations`."""
        return f"{self.size // 1024} KB to {self.destinations} {'destination' if self.destinations == 1 else 'destinations'}"


class Door(NamedTuple):
    """Where a peer takes mail that is to leave; with a `password` every connection logs in first."""

    port: int
    password: str = ""


async def submit(errand: Errand, messages: int, door: Door, domains: Sequence[str]) -> tuple[float, float]:
    """Submits so many messages; returns when it began and when the last 250 came (time.time()). Raises LoadFailed."""
    numbers = iter(range(messages))
    began = time.time()
    try:
        await asyncio.gather(*(_connection(ACCOUNTS[lane], errand, numbers, door, domains) for lane in range(errand.connections)))
    except (OSError, TimeoutError, EOFError) as error:
        raise LoadFailed(f"a submission ended with {error!r}") from error
    return began, time.time()


async def _connection(name: str, errand: Errand, numbers: Iterator[int], door: Door, domains: Sequence[str]) -> None:
    async with asyncio.timeout(REPLY):
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        await _reply(reader, b"220")
        writer.write(b"EHLO load.test\r\n")
        await _reply(reader, b"250")
        if door.password:
            word = base64.b64encode(f"\0{name}@{DOMAIN}\0{door.password}".encode())
            writer.write(b"AUTH PLAIN %b\r\n" % word)
            await _reply(reader, b"235")
    body = LINE * (errand.size // len(LINE)) + b".\r\n"
    for number in numbers:
        async with asyncio.timeout(REPLY):
            domain = domains[number % errand.destinations]
            writer.write(f"MAIL FROM:<{name}@{DOMAIN}>\r\nRCPT TO:<user{number}@{domain}>\r\nDATA\r\n".encode())
            for code in (b"250", b"250", b"354"):
                await _reply(reader, code)
            writer.write(_header(name, number, domain) + body)
            await _reply(reader, b"250")
    writer.close()


def _header(name: str, number: int, domain: str) -> bytes:
    return (
        f"From: <{name}@{DOMAIN}>\r\nTo: <user{number}@{domain}>\r\nSubject: Message {number}\r\nDate: Wed, 18 Nov 2026 12:00:00 +0000\r\n"
        f"Message-ID: <{number}.{time.time_ns()}@{DOMAIN}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
    ).encode()


async def _reply(reader: asyncio.StreamReader, expected: bytes) -> None:
    line = await reader.readline()
    while line[3:4] == b"-":
        line = await reader.readline()
    if not line.startswith(expected):
        raise LoadFailed(f"a submission was answered {line!r}")
