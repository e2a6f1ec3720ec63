"""The clients' side of the wire: IMAP responses taken apart, deliveries by SMTP or LMTP, and a maildrop by POP3."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

PATIENCE: Final = 60.0  # seconds for any answer; only a broken server takes so long
LARGEST_LINE: Final = 1 << 20
REMEMBERED: Final = 60
_LITERAL: Final = re.compile(rb"\{(\d+)\}\r\n\Z")
_TOKEN: Final = re.compile(rb'[ ]|[()]|"((?:[^"\\]|\\.)*)"|\{(\d+)\}\r\n|\r\n|([^\s()"{\[]*(?:\[[^\]]*\](?:<\d+>)?)?)', re.DOTALL)


class Lost(ConnectionError):
    """The connection ended."""


class Text(bytes):
    """A string of a response, quoted or literal: what looks like an atom in it is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command got: the untagged responses, and behind the tag `condition` (OK, NO, BAD), the response code, all of the line."""

    untagged: list[bytes]
    condition: str
    code: str
    line: bytes


def tokens(response: bytes) -> list[Any]:
    """Take a response apart: atoms are bytes, strings Text, lists lists."""
    stack: list[list[Any]] = [[]]
    at = 0
    while at < len(response):
        found = _TOKEN.match(response, at)
        assert found, f"not a response: {response[at : at + 80]!r} in {response[:200]!r}"
        assert found[0], f"not a response: {response[at : at + 80]!r}"
        at = found.end()
        if found[2] is not None:
            size = int(found[2])
            stack[-1].append(Text(response[at : at + size]))
            at += size
        elif found[1] is not None:
            stack[-1].append(Text(re.sub(rb"\\(.)", rb"\1", found[1])))
        elif found[0] == b"(":
            stack.append([])
        elif found[0] == b")":
            done = stack.pop()
            stack[-1].append(done)
        elif found[3]:
            stack[-1].append(found[3])
    assert len(stack) == 1, f"parentheses don't match: {response[:200]!r}"
    return stack[0]


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close a connection."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@dataclass
class Imap:
    """One connection; `transcript` remembers the last lines of it."""

    name: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    transcript: list[str]
    number: int = 0

    @classmethod
    async def connect(cls, name: str, port: int, transcript: list[str]) -> Imap:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LARGEST_LINE)
        made = cls(name, reader, writer, transcript)
        assert (await made.response()).startswith(b"* OK")
        return made

    def tag(self) -> bytes:
        """Make the next tag."""
        self.number += 1
        return f"{self.name}{self.number}".encode()

    def send(self, data: bytes) -> None:
        """Say something."""
        self._note("C", data)
        self.writer.write(data)

    async def response(self) -> bytes:
        """Read one response with the literals in it; raises Lost."""
        whole = b""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    line = await self.reader.readline()
                    if not line.endswith(b"\r\n"):
                        raise Lost(f"{self.name}: closed after {whole[-80:] + line[:80]!r}")
                    whole += line
                    literal = _LITERAL.search(line)
                    if literal is None:
                        break
                    whole += await self.reader.readexactly(int(literal[1]))
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise Lost(f"{self.name}: {error}") from error
        self._note("S", whole)
        return whole

    async def answer(self, tag: bytes) -> Answer:
        """Read all responses to a command."""
        untagged: list[bytes] = []
        while True:
            line = await self.response()
            if line.startswith(tag + b" "):
                condition, _, rest = line[len(tag) + 1 :].partition(b" ")
                code = re.match(rb"\[([^\]]*)\]", rest)
                return Answer(untagged, condition.decode(), code[1].decode() if code else "", line)
            assert line.startswith(b"* "), f"{self.name}: neither untagged nor {tag!r}: {line!r}"
            untagged.append(line)

    def _note(self, who: str, data: bytes) -> None:
        self.transcript.append(f"{self.name} {who}: {data[:300].decode('utf-8', 'replace').rstrip()}")
        del self.transcript[:-REMEMBERED]

    async def close(self) -> None:
        """Go."""
        await closed(self.writer)


@dataclass
class Lines:
    """A connection of a protocol that speaks in lines; each question is answered within PATIENCE."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    said: list[bytes] = field(default_factory=list)

    @classmethod
    async def connect(cls, port: int) -> Lines:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=LARGEST_LINE))

    async def line(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            line = await self.reader.readline()
        if not line.endswith(b"\r\n"):
            raise Lost("closed")
        return line

    async def expect(self, start: bytes) -> bytes:
        """Read an answer, the last line of it where it has several, which must begin so."""
        line = await self.line()
        while line[3:4] == b"-" and line[:3].isdigit():
            line = await self.line()
        assert line.startswith(start), line
        return line

    async def ask(self, command: bytes, start: bytes) -> bytes:
        self.writer.write(command + b"\r\n")
        return await self.expect(start)


async def deliver(port: int, hello: bytes, address: str, message: bytes) -> None:
    """Deliver a message by SMTP (EHLO) or LMTP (LHLO), to one recipient; returns once it was taken."""
    lines = await Lines.connect(port)
    try:
        await lines.expect(b"220")
        await lines.ask(hello + b" client.example", b"250")
        await lines.ask(b"MAIL FROM:<sender@remote.test>", b"250")
        await lines.ask(b"RCPT TO:<%b>" % address.encode(), b"250")
        await lines.ask(b"DATA", b"354")
        await lines.ask(message.replace(b"\r\n.", b"\r\n..") + b".", b"250")
        await lines.ask(b"QUIT", b"221")
    finally:
        await closed(lines.writer)


class Maildrop:
    """A POP3 session: what is in INBOX, and what goes out of it."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    @classmethod
    async def open(cls, port: int, address: str, password: str) -> Maildrop:
        lines = await Lines.connect(port)
        await lines.expect(b"+OK")
        await lines.ask(b"USER " + address.encode(), b"+OK")
        await lines.ask(b"PASS " + password.encode(), b"+OK")
        return cls(lines)

    async def stat(self) -> tuple[int, int]:
        """Give the number of messages and their octets."""
        words = (await self.lines.ask(b"STAT", b"+OK")).split()
        return int(words[1]), int(words[2])

    async def retrieve(self, number: int) -> bytes:
        await self.lines.ask(b"RETR %d" % number, b"+OK")
        body = b""
        while (line := await self.lines.line()) != b".\r\n":
            body += line.removeprefix(b".")
        return body

    async def delete(self, numbers: list[int]) -> None:
        """Delete messages and leave: then they are gone."""
        for number in numbers:
            await self.lines.ask(b"DELE %d" % number, b"+OK")
        await self.lines.ask(b"QUIT", b"+OK")

    async def close(self) -> None:
        await closed(self.lines.writer)
