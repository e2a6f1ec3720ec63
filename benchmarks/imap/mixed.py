"""Twenty sessions that do what mail clients do, at random but the same for every peer, as fast as they are answered."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from benchmarks.imap.box import MIXED, MIXED_MESSAGES, PASSWORD
from benchmarks.imap.client import new_uid, signed_in
from benchmarks.imap.letters import SEED, SENDER, letter
from benchmarks.loads.smtp_source import LoadFailed
from benchmarks.peers.peer import DOMAIN

if TYPE_CHECKING:
    from benchmarks.imap.client import Answer, Client

SESSIONS = 20
SMALL = 8192
"""Messages up to this size are appended, as those that clients file are."""


class Mixer:
    """One session and what it does next; it removes only messages that it appended itself, so that what is left can be counted."""

    def __init__(self, client: Client, number: int, letters: list[bytes]) -> None:
        self.client, self.name = client, MIXED[number % len(MIXED)]
        self.added = self.removed = self.commands = 0
        self._chance = random.Random(SEED + number)
        self._letters = letters
        self._own: list[bytes] = []
        self._deeds = [deed for deed, weight in self._weights() for _ in range(weight)]

    def _weights(self) -> tuple[tuple[object, int], ...]:
        return (
            (self._news, 20), (self._flags, 15), (self._list, 15), (self._read, 15), (self._mark, 10),
            (self._folders, 5), (self._search, 3), (self._select, 4), (self._file, 7), (self._delete, 6),
        )  # fmt: skip

    async def go_on(self, until: float) -> None:
        """Do one thing after the other until a moment of time.perf_counter(); raises LoadFailed."""
        while time.perf_counter() < until:
            await self._chance.choice(self._deeds)()  # type: ignore[operator]  # all are methods without arguments

    async def _ask(self, command: bytes) -> Answer:
        self.commands += 1
        return await self.client.ask(command)

    def _range(self, many: int) -> bytes:
        first = self._chance.randrange(1, MIXED_MESSAGES - many)
        return b"%d:%d" % (first, first + many - 1)

    async def _news(self) -> None:
        await self._ask(self._chance.choice((b"NOOP", b"STATUS INBOX (MESSAGES UNSEEN UIDNEXT)")))

    async def _flags(self) -> None:
        _lines(await self._ask(b"UID FETCH %b (FLAGS)" % self._range(50)), 50)

    async def _list(self) -> None:
        items = b"UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE"
        _lines(await self._ask(b"UID FETCH %b (%b)" % (self._range(25), items)), 25)

    async def _read(self) -> None:
        _lines(await self._ask(b"UID FETCH %b (BODY.PEEK[])" % self._range(1)), 1)

    async def _mark(self) -> None:
        flag = self._chance.choice((rb"+FLAGS (\Seen)", rb"-FLAGS (\Seen)", rb"+FLAGS (\Flagged)", rb"-FLAGS.SILENT (\Flagged)"))
        await self._ask(b"UID STORE %b %b" % (self._range(self._chance.choice((1, 1, 10))), flag))

    async def _folders(self) -> None:
        await self._ask(b'LIST "" "*"')

    async def _search(self) -> None:
        await self._ask(self._chance.choice((b"UID SEARCH UNSEEN", b"UID SEARCH FROM %b" % SENDER.encode())))

    async def _select(self) -> None:
        await self._ask(b"SELECT INBOX")

    async def _file(self) -> None:
        data = self._chance.choice(self._letters)
        self._own.append(new_uid(await self._ask(b"APPEND INBOX (\\Seen) {%d+}\r\n%b" % (len(data), data))))
        self.added += 1

    async def _delete(self) -> None:
        if self._own:
            uid = self._own.pop()
            await self._ask(b"UID STORE %b +FLAGS.SILENT (\\Deleted)" % uid)
            await self._ask(b"UID EXPUNGE %b" % uid)
            self.removed += 1


def _lines(answer: Answer, least: int) -> None:
    """Prove that as many messages as were asked for came; others' news may have come with them."""
    found = answer.octets.count(b" FETCH (")
    if found < least:
        raise LoadFailed(f"FETCH of {least} messages told of {found}")


class Load:
    """The sessions of one peer; what they added and removed is counted over all rounds."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._letters = [data for number in range(100) if len(data := letter(number, 20_000).data) <= SMALL]
        self._mixers: list[Mixer] = []
        self._held = dict.fromkeys(MIXED, MIXED_MESSAGES)

    async def enter(self) -> None:
        """Open the sessions."""
        for number in range(SESSIONS):
            name = f"{MIXED[number % len(MIXED)]}@{DOMAIN}"
            mixer = Mixer(await signed_in(self._port, name, PASSWORD), number, self._letters)
            await mixer.client.ask(b"SELECT INBOX")
            self._mixers.append(mixer)

    async def run(self, seconds: float) -> int:
        """Let all go on for so long; returns how many commands were answered. Raises LoadFailed."""
        before = sum(mixer.commands for mixer in self._mixers)
        until = time.perf_counter() + seconds
        await asyncio.gather(*(mixer.go_on(until) for mixer in self._mixers))
        return sum(mixer.commands for mixer in self._mixers) - before

    async def leave(self) -> None:
        """Log out and prove that every INBOX holds what was added and not removed; raises LoadFailed."""
        for mixer in self._mixers:
            self._held[mixer.name] += mixer.added - mixer.removed
            await mixer.client.ask(b"LOGOUT", ok=False)
        self._mixers = []
        for name, held in self._held.items():
            client = await signed_in(self._port, f"{name}@{DOMAIN}", PASSWORD)
            answer = await client.ask(b"STATUS INBOX (MESSAGES)")
            client.close()
            if b"(MESSAGES %d)" % held not in answer.octets:
                raise LoadFailed(f"INBOX of {name} does not hold {held} messages: {answer.octets[:100]!r}")
