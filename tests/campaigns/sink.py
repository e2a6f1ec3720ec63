"""The server at the other end of the queue: it takes mail, now and then later or never, and remembers what it acknowledged, and when."""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from .content import fault_in, token_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

REFUSED: Final = "refused"
"""How recipients begin that it never takes."""

PUT_OFF: Final = 0.04  # of the recipients, the first time
BUSY: Final = 0.02  # of the transactions: 421
SLOWEST: Final = 0.02  # seconds before a message is acknowledged
_PATH: Final = re.compile(r"<([^>]*)>")
_RECEIPT: Final = re.compile(rb"^Received: [^\r\n]*(?:\r\n[ \t][^\r\n]*)*?\bid (\S+?);?\s", re.MULTILINE)


class Taken(NamedTuple):
    """A recipient's message that was acknowledged: when (time.monotonic()), and what its sender's log calls it."""

    token: str
    recipient: str
    at: float
    receipt: str


@dataclass(slots=True)
class Sink:
    """An SMTP server on a port of loopback; `async with` runs it."""

    seed: int
    taken: list[Taken] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    port: int = 0
    conversations: int = 0
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)
    _known: set[tuple[str, str]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=1 << 22)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._talk(reader, writer))  # why not a coroutine: see serving
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await Talk(self, reader, writer).run()
        except (OSError, EOFError):
            pass  # the sender was killed
        finally:
            writer.close()

    def decide(self, sender: str, recipient: str, chance: random.Random) -> bytes:
        """Answer a RCPT; who is put off is taken the next time."""
        if recipient.startswith(REFUSED):
            return b"550 5.7.1 not wanted\r\n"
        if (sender, recipient) not in self._known and chance.random() < PUT_OFF:
            self._known.add((sender, recipient))
            return b"450 4.7.1 come again\r\n"
        return b"250 ok\r\n"

    def take(self, sender: str, recipients: list[str], body: bytes) -> None:
        """Remember a message that is acknowledged at this moment."""
        token, receipt = token_of(body) or "?", _RECEIPT.search(body)
        if fault := fault_in(body, token, sender):
            self.faults.append(f"{token}: {fault}")
        at = time.monotonic()
        self.taken += [Taken(token, recipient, at, receipt[1].decode() if receipt else "?") for recipient in recipients]


@dataclass(slots=True)
class Talk:
    """One conversation."""

    sink: Sink
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    chance: random.Random = field(init=False)
    sender: str = ""
    recipients: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sink.conversations += 1
        self.chance = random.Random(f"{self.sink.seed} {self.sink.conversations}")  # never the same twice, or a 421 would come for ever

    async def run(self) -> None:
        """Talk until QUIT, or until it is too much."""
        self.writer.write(b"220 sink\r\n")
        async for verb, line in self._commands():
            match verb:
                case "EHLO":
                    self.writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
                case "MAIL" if self.chance.random() < BUSY:
                    self.writer.write(b"421 4.3.2 too much to do\r\n")
                    return
                case "MAIL":
                    self.sender, self.recipients = _address(line), []
                    self.writer.write(b"250 ok\r\n")
                case "RCPT":
                    answer = self.sink.decide(self.sender, _address(line), self.chance)
                    self.recipients += [_address(line)] if answer.startswith(b"2") else []
                    self.writer.write(answer)
                case "DATA" if self.recipients:
                    await self._data()
                case "DATA":
                    self.writer.write(b"503 5.5.1 nobody to send it to\r\n")
                case "QUIT":
                    self.writer.write(b"221 bye\r\n")
                    return
                case _:
                    self.writer.write(b"250 ok\r\n")
            await self.writer.drain()

    async def _commands(self) -> AsyncIterator[tuple[str, str]]:
        while line := (await self.reader.readline()).decode():
            yield line[:4].upper(), line

    async def _data(self) -> None:
        self.writer.write(b"354 go on\r\n")
        lines: list[bytes] = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                raise EOFError
            lines.append(line.removeprefix(b"."))
        await asyncio.sleep(self.chance.uniform(0, SLOWEST))
        self.sink.take(self.sender, self.recipients, b"".join(lines))
        self.writer.write(b"250 taken\r\n")


def _address(line: str) -> str:
    found = _PATH.search(line)
    return found[1] if found else ""
