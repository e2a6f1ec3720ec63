"""The clients' side of the wire: SMTP, IMAP and POP3 in a few lines each, counting every byte they read."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

    from .ledger import Stream

PATIENCE: Final = 30.0  # seconds for any answer; only a broken server takes so long
LARGEST_LINE: Final = 1 << 20
_LITERAL: Final = re.compile(rb"\{(\d+)\}\r\n$")


class RefusedError(Exception):
    """The server answered 4xx, 5xx, NO, BAD or -ERR; the text is its answer."""


class LostError(ConnectionError):
    """The connection ended before the answer."""


@dataclass(slots=True)
class Switchboard:
    """Opens connections and numbers them, so that each can be found in the recorder's journal."""

    opened: Counter[tuple[int, int]] = field(default_factory=Counter)

    def number(self, server: int, client: int) -> Stream:
        """Number the next connection between two ports."""
        self.opened[server, client] += 1
        return server, client, self.opened[server, client] - 1


class Wire:
    """One connection; `async with` closes it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Stream) -> None:
        self._reader = reader
        self._writer = writer
        self.stream = stream
        self.consumed = 0
        self._last = b""

    @classmethod
    async def connect(cls, port: int, switchboard: Switchboard) -> Self:
        """Connect to a port of loopback and read the greeting; raises LostError."""
        try:
            async with asyncio.timeout(PATIENCE):  # not wait_for: in Python 3.11 it may swallow a cancellation
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LARGEST_LINE)
        except OSError as error:
            raise LostError(str(error)) from error
        wire = cls(reader, writer, switchboard.number(port, writer.get_extra_info("sockname")[1]))
        try:
            await wire.greet()
        except BaseException:
            writer.close()
            raise
        return wire

    async def greet(self) -> None:
        """Read what the server says first."""
        await self.line()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.close()

    async def line(self) -> bytes:
        """Read one line with its CRLF; raises LostError at the end of the connection."""
        try:
            async with asyncio.timeout(PATIENCE):
                line = await self._reader.readline()
        except (OSError, TimeoutError) as error:
            raise LostError(str(error) or "no answer") from error
        if not line.endswith(b"\r\n"):
            raise LostError(f"closed {f'in the middle of a line: {line[:80]!r}' if line else 'between lines'}, after {self._last[:80]!r}")
        self.consumed += len(line)
        self._last = line
        return line

    async def exactly(self, size: int) -> bytes:
        """Read so many bytes; raises LostError at the end of the connection."""
        try:
            async with asyncio.timeout(PATIENCE):
                data = await self._reader.readexactly(size)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise LostError(f"closed in the middle of a literal of {size}: {error!r}") from error
        self.consumed += size
        return data

    async def send(self, data: bytes) -> None:
        """Send bytes; raises LostError."""
        try:
            async with asyncio.timeout(PATIENCE):
                self._writer.write(data)
                await self._writer.drain()
        except (OSError, TimeoutError) as error:
            raise LostError(str(error)) from error


class SMTP(Wire):
    """A sender (RFC 5321)."""

    async def greet(self) -> None:
        """Read 220 and say EHLO."""
        await self._answer(b"220")
        await self.ask(b"EHLO client.example\r\n", b"250")

    async def _answer(self, expected: bytes) -> bytes:
        line = await self.line()
        while line[3:4] == b"-":
            line = await self.line()
        if not line.startswith(expected):
            raise RefusedError(line.decode("ascii", "replace").strip())
        return line

    async def ask(self, command: bytes, expected: bytes) -> bytes:
        """Send a command and read its answer; raises RefusedError for any other code."""
        await self.send(command)
        return await self._answer(expected)

    async def envelope(self, sender: str, recipients: tuple[str, ...], size: int) -> None:
        """Say MAIL, RCPT and DATA."""
        await self.ask(f"MAIL FROM:<{sender}> SIZE={size}\r\n".encode(), b"250")
        for recipient in recipients:
            await self.ask(f"RCPT TO:<{recipient}>\r\n".encode(), b"250")
        await self.ask(b"DATA\r\n", b"354")

    async def content(self, message: bytes) -> None:
        """Send the message after 354, dots doubled, and wait for 250."""
        stuffed = message.replace(b"\r\n.", b"\r\n..")
        await self.ask((b"." if stuffed.startswith(b".") else b"") + stuffed + b".\r\n", b"250")


@dataclass(frozen=True, slots=True)
class Response:
    """An untagged response: its text with the literals cut out, and the literals."""

    text: bytes
    literals: tuple[bytes, ...]


class IMAP(Wire):
    """A reader (RFC 3501 commands, one at a time)."""

    _tag = 0

    async def login(self, name: str, password: str) -> None:
        """Log in; raises RefusedError."""
        await self.ask(f'LOGIN "{name}" "{password}"')

    async def ask(self, command: str, literal: bytes | None = None) -> list[Response]:
        """Send a command, perhaps with a literal at its end, and return the untagged responses; raises RefusedError for NO and BAD."""
        self._tag += 1
        tag = b"a%d " % self._tag
        if literal is None:
            await self.send(tag + command.encode() + b"\r\n")
        else:
            await self.send(tag + command.encode() + b" {%d}\r\n" % len(literal))
            line = await self.line()
            while line.startswith(b"* "):
                line = await self.line()
            if not line.startswith(b"+"):
                raise RefusedError(line.decode("ascii", "replace").strip())
            await self.send(literal + b"\r\n")
        return await self._responses(tag)

    async def _responses(self, tag: bytes) -> list[Response]:
        responses: list[Response] = []
        while True:
            text, literals = await self.line(), []
            while found := _LITERAL.search(text):
                literals.append(await self.exactly(int(found[1])))
                text = text[: found.start()] + b" " + await self.line()
            if text.startswith(tag):
                if not text[len(tag) :].startswith(b"OK"):
                    raise RefusedError(text.decode("ascii", "replace").strip())
                return responses
            responses.append(Response(text, tuple(literals)))


class POP3(Wire):
    """A reader (RFC 1939)."""

    async def greet(self) -> None:
        """Read +OK."""
        self._check(await self.line())

    @staticmethod
    def _check(line: bytes) -> bytes:
        if not line.startswith(b"+OK"):
            raise RefusedError(line.decode("ascii", "replace").strip())
        return line

    async def ask(self, command: str) -> bytes:
        """Send a command with an answer of one line."""
        await self.send(command.encode() + b"\r\n")
        return self._check(await self.line())

    async def lines(self, command: str) -> bytes:
        """Send a command with an answer of many lines and return them, dots undone."""
        await self.ask(command)
        lines: list[bytes] = []
        while (line := await self.line()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)
