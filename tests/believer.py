"""A client that believes what it is told, and nothing else: its picture of a folder is made of untagged responses alone."""

from __future__ import annotations

import asyncio
import re

from imaphouse import MemoryWire, Place

_FETCH = re.compile(rb"\* (\d+) FETCH \((.*)\)\r\n")
_UID = re.compile(rb"UID (\d+)")
_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")


class Believer:
    """One session with INBOX selected. `uids` and `flags` stand in the order of sequence numbers; None is what it was not told yet."""

    def __init__(self, place: Place, name: str) -> None:
        self.name = name
        self.wire = MemoryWire(place)
        self.uids: list[int | None] = []
        self.flags: list[frozenset[bytes] | None] = []
        self.number = 0
        self.rest = b""

    async def start(self) -> None:
        await self.line()
        await self.do("LOGIN alice secret-1")
        await self.do("SELECT INBOX")

    async def line(self) -> bytes:
        while b"\r\n" not in self.rest:
            data = await asyncio.wait_for(self.wire.receive(), 10)
            assert data, f"{self.name}: the server closed"
            self.rest += data
        line, _, self.rest = self.rest.partition(b"\r\n")
        return line + b"\r\n"

    async def do(self, command: str) -> bytes:
        """Carry out a command; takes in all that is told, and gives what stands behind the tag."""
        self.number += 1
        tag = f"{self.name}{self.number}".encode()
        await self.wire.send(tag + b" " + command.encode() + b"\r\n")
        by_number = command.split(" ", maxsplit=1)[0] in {"FETCH", "STORE", "SEARCH"}
        while True:
            line = await self.line()
            if line.startswith(tag):
                return line.removeprefix(tag + b" ")
            if line.endswith(b"EXPUNGE\r\n"):
                assert not by_number, f"{self.name}: EXPUNGE in answer to {command}"
            self.take(line)

    async def idle(self) -> None:
        """Begin to idle and end it at once."""
        self.number += 1
        await self.wire.send(b"%b%d IDLE\r\n" % (self.name.encode(), self.number))
        while not (line := await self.line()).startswith(b"+ "):
            self.take(line)
        await self.wire.send(b"DONE\r\n")
        while not (line := await self.line()).startswith(self.name.encode()):
            self.take(line)

    def take(self, line: bytes) -> None:
        """Believe one untagged response."""
        words = line.split()
        if words[-1] == b"EXISTS":
            count = int(words[1])
            assert count >= len(self.uids), f"{self.name}: EXISTS went down"
            self.uids += [None] * (count - len(self.uids))
            self.flags += [None] * (count - len(self.flags))
        elif words[-1] == b"EXPUNGE":
            del self.uids[int(words[1]) - 1], self.flags[int(words[1]) - 1]
        elif found := _FETCH.fullmatch(line):
            at = int(found[1]) - 1
            if uid := _UID.search(found[2]):
                assert self.uids[at] in {None, int(uid[1])}, f"{self.name}: {line!r}, but that was uid {self.uids[at]}"
                self.uids[at] = int(uid[1])
            if flags := _FLAGS.search(found[2]):
                self.flags[at] = frozenset(flags[1].split()) - {rb"\Recent"}

    def assume(self, command: str) -> None:
        """Know what a .SILENT store will do to the messages named, whose flags were told before."""
        words = command.removeprefix("UID ").split()
        low, _, high = words[1].partition(":")
        ends = sorted((int(low), int(high or low)))
        flag = {words[3].strip("()").encode()}
        for at, old in enumerate(self.flags):
            name = self.uids[at] if command.startswith("UID") else at + 1
            if old is not None and name is not None and ends[0] <= name <= ends[1]:
                self.flags[at] = frozenset(old | flag if words[2][0] == "+" else old - flag if words[2][0] == "-" else flag)

    def picture(self) -> list[tuple[int | None, frozenset[bytes] | None]]:
        return list(zip(self.uids, self.flags, strict=True))

    async def over(self) -> None:
        self.wire.connection.close()
        await asyncio.sleep(0)
