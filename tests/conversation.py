"""Conversations as text files: what the client says, what the server must answer.

A transcript is read by people first:

    # a comment
    @ role: submission            a fact for the fixture that sets the server up (before the first step)
    S: 220 <...>                  the server's line; `<...>` is anything within the line, `<re:[0-9]+>` a regular expression,
                                  `<=name>` anything, kept; `<$name>` what was kept (works in C: lines too)
    C: EHLO client.example        the client's line, sent with CRLF; lines that follow each other go out together (pipelining)
    C= b"MAIL\\0" * 3             exact bytes, without CRLF; a bytes literal, repeated if so said
    S* 250<...>                   any number of such lines, none included
    S? * 3 EXISTS                 one such line or none
    S= b"exact"                   exact bytes from the server (a literal's body)
    S.                            the server has closed the connection
    ! tls                         something happens: the wire is told ("tls", "timeout", "stop", "lost", or what the fixture knows)

`play` runs it over any `Wire`: a memory pair, fed whole or byte by byte, or a real socket.
"""

from __future__ import annotations

import ast
import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 10.0  # seconds; only a broken server ever waits so long
_WILDCARD = re.compile(r"<(\.\.\.|re:.+?|=\w+|\$\w+)>")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a transcript: its mark (`C:`, `S:`, `!` ...), its text and where it stands."""

    mark: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A transcript: facts for the fixture, then steps."""

    facts: dict[str, str]
    steps: tuple[Step, ...]


class Wire(Protocol):
    """The client's end of a connection to the server under test."""

    async def send(self, data: bytes) -> None:
        """Send what the client says."""

    async def receive(self) -> bytes:
        """Return some bytes of the server's, b"" when it has closed."""

    async def happen(self, what: str) -> None:
        """Let something happen that no bytes can say (`! tls`)."""


def read(path: Path) -> Conversation:
    """Read a transcript; a line that fits no mark is an error."""
    facts: dict[str, str] = {}
    steps = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            name, _, value = line[1:].partition(":")
            facts[name.strip()] = value.strip()
            continue
        match = re.fullmatch(r"(C:|C=|S:|S\*|S\?|S=|S\.|!)(?: (.*))?", line)
        assert match, f"{path.name}:{number}: {line!r} is no step"
        steps.append(Step(match[1], match[2] or "", f"{path.name}:{number}"))
    return Conversation(facts, tuple(steps))


def transcripts(folder: Path) -> list[Path]:
    """All transcripts of a folder, sorted; an empty folder is an error, so that no test passes by having nothing to do."""
    found = sorted(folder.glob("*.txt"))
    assert found, f"no transcripts in {folder}"
    return found


async def play(conversation: Conversation, wire: Wire, *, byte_by_byte: bool = False) -> None:
    """Hold the conversation; AssertionError names the line of the transcript that went otherwise."""
    player = _Player(wire, byte_by_byte=byte_by_byte)
    for step in conversation.steps:
        await player.take(step)
    await player.finish()


@dataclass(slots=True)
class _Player:
    wire: Wire
    byte_by_byte: bool
    heard: bytes = b""
    kept: dict[str, str] = field(default_factory=dict)
    said: list[bytes] = field(default_factory=list)
    closed: bool = False

    async def take(self, step: Step) -> None:
        if step.mark in {"C:", "C="}:
            assert not self.heard, f"{step.place}: before this line the server said too much: {self.heard!r}"
            self.said.append(self._fill(step.text) + b"\r\n" if step.mark == "C:" else _literal(step.text))
            return
        await self._say()
        await {
            "S:": self._expect,
            "S*": self._expect_any,
            "S?": self._expect_perhaps,
            "S=": self._expect_bytes,
            "S.": self._expect_close,
        }.get(step.mark, self._happen)(step)

    async def finish(self) -> None:
        await self._say()
        assert not self.heard, f"at the end the server said too much: {self.heard!r}"

    async def _say(self) -> None:
        data, self.said = b"".join(self.said), []
        if not data:
            return
        if not self.byte_by_byte:
            await self.wire.send(data)
            return
        for position in range(len(data)):
            await self.wire.send(data[position : position + 1])

    async def _hear(self, place: str) -> None:
        try:
            data = await asyncio.wait_for(self.wire.receive(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"{place}: the server says nothing (heard so far: {self.heard!r})") from None
        self.closed = self.closed or not data
        self.heard += data

    async def _line(self, place: str) -> str:
        while b"\r\n" not in self.heard:
            assert not self.closed, f"{place}: the server closed, having said {self.heard!r}"
            await self._hear(place)
        line, _, self.heard = self.heard.partition(b"\r\n")
        return line.decode("utf-8", "surrogateescape")

    async def _expect(self, step: Step) -> None:
        line = await self._line(step.place)
        match = self._pattern(step.text).fullmatch(line)
        assert match, f"{step.place}: expected {step.text!r}, the server said {line!r}"
        self.kept.update(match.groupdict())

    async def _expect_any(self, step: Step) -> None:
        while await self._expect_perhaps(step):
            pass

    async def _expect_perhaps(self, step: Step) -> bool:
        while b"\r\n" not in self.heard and not self.closed:
            await self._hear(step.place)
        line, end, rest = self.heard.partition(b"\r\n")
        if not end or not self._pattern(step.text).fullmatch(line.decode("utf-8", "surrogateescape")):
            return False
        self.heard = rest
        return True

    async def _expect_bytes(self, step: Step) -> None:
        wanted = _literal(step.text)
        while len(self.heard) < len(wanted) and not self.closed:
            await self._hear(step.place)
        assert self.heard.startswith(wanted), f"{step.place}: expected {wanted!r}, the server said {self.heard[: len(wanted)]!r}"
        self.heard = self.heard[len(wanted) :]

    async def _expect_close(self, step: Step) -> None:
        while not self.closed:
            await self._hear(step.place)
        assert not self.heard, f"{step.place}: the server closed, but first said {self.heard!r}"

    async def _happen(self, step: Step) -> None:
        await self.wire.happen(step.text)

    def _fill(self, text: str) -> bytes:
        return re.sub(r"<\$(\w+)>", lambda match: self.kept[match[1]], text).encode()

    def _pattern(self, text: str) -> re.Pattern[str]:
        parts = _WILDCARD.split(text)
        return re.compile("".join(self._wild(part) if odd % 2 else re.escape(part) for odd, part in enumerate(parts)), re.DOTALL)

    def _wild(self, part: str) -> str:
        if part == "...":
            return ".*"
        if part.startswith("re:"):
            return f"(?:{part[3:]})"
        return f"(?P<{part[1:]}>.*?)" if part.startswith("=") else re.escape(self.kept[part[1:]])


def _literal(text: str) -> bytes:
    literal, _, times = text.partition('" * ')
    if times:
        literal += '"'
    value = ast.literal_eval(literal)
    assert isinstance(value, bytes), f"{text} is no bytes literal"
    return value * int(times or 1)
