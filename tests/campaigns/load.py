"""The load: senders and readers that never rest, write down what they ask and what they are told.

Every account has one IMAP client at a time, so what its folders must hold follows from the order of its commands; senders deliver to INBOX
beside it.
"""

from __future__ import annotations

import asyncio
import random
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from .content import ORIGIN, message, new_token, some_size, token_of
from .ledger import DELETED, Answer, Request, Sighting, Verb
from .wire import IMAP, SMTP, LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from .ledger import Ledger

FOLDERS: Final = ("INBOX", "Archive", "Trash")
FLAGS: Final = ("\\Seen", "\\Answered", "\\Flagged", "\\Draft", "$Campaign")
MOST_IN_FOLDER: Final = 25
COMMANDS_A_LOGIN: Final = 12
MESSAGES_A_CONNECTION: Final = 8
LONGEST_WAIT: Final = 30.0  # seconds for what must happen; a machine with much else to do takes its time
_UID: Final = re.compile(rb"\bUID (\d+)")
_FLAGS: Final = re.compile(rb"\bFLAGS \(([^)]*)\)")


async def happens(so: Callable[[], object]) -> bool:
    """Wait until something is so; tells whether it became so."""
    for _ in range(round(LONGEST_WAIT / 0.02)):
        if so():
            return True
        await asyncio.sleep(0.02)
    return False


class EmptyFolderError(Exception):
    """A folder has no message that a command could be given for."""


@dataclass(frozen=True, slots=True)
class Target:
    """The server under load: ports of loopback, accounts and their one password."""

    smtp: int
    imap: int
    pop3: int
    submission: int
    accounts: tuple[str, ...]
    password: str


@dataclass(slots=True)
class Load:
    """Senders and readers over one server; `run` ends when the server is gone, or when cancelled."""

    target: Target
    ledger: Ledger
    switchboard: Switchboard
    name: str
    seed: int
    senders: int = 5
    readers: int = 3
    pause: float = 0.02
    persevere: bool = False
    numbers: count[int] = field(default_factory=count)
    refusals: list[str] = field(default_factory=list)
    again: list[Request] = field(default_factory=list)  # deliveries without an answer that are not there: sent once more
    acknowledged: int = 0
    _busy: int = 0
    _going: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._going.set()

    async def run(self) -> None:
        """Send and read until every connection is lost; with `persevere`, connect again until cancelled."""
        shares = [self.target.accounts[n :: self.readers] for n in range(self.readers)]
        async with asyncio.TaskGroup() as group:
            for n in range(self.senders):
                group.create_task(self._go_on(Sender(self, random.Random(f"{self.seed} sender {n}")).session))
            for n, accounts in enumerate(shares):
                group.create_task(self._go_on(Reader(self, accounts, random.Random(f"{self.seed} reader {n}")).session))

    async def _go_on(self, session: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await session()
            except RefusedError as refused:
                self.refusals.append(str(refused))
                await asyncio.sleep(self.pause)
            except LostError:
                if not self.persevere:
                    return
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Ask something of the server inside, between the pauses."""
        await self._going.wait()
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Let what was asked be answered, and nothing be asked inside; the connections stay."""
        self._going.clear()
        await happens(lambda: not self._busy)
        try:
            yield
        finally:
            self._going.set()

    async def goes_on(self, number: int) -> bool:
        """Wait for so many more acknowledgements; tells whether they came."""
        enough = self.acknowledged + number
        return await happens(lambda: self.acknowledged >= enough)

    async def note(self, request: Request, wire: SMTP | IMAP, asking: Awaitable[object]) -> None:
        """Wait for an answer and write it down."""
        try:
            await asking
        except RefusedError as refused:
            request.answer, request.text, request.offset = Answer.REFUSED, str(refused), wire.consumed
            raise
        request.answer, request.offset = Answer.DONE, wire.consumed
        self.acknowledged += 1

    def token(self, chance: random.Random) -> str:
        """Name a new message."""
        return new_token(self.name, next(self.numbers), some_size(chance))


@dataclass(slots=True)
class Sender:
    """One SMTP client."""

    load: Load
    chance: random.Random

    async def session(self) -> None:
        """Send some messages over one connection."""
        async with await SMTP.connect(self.load.target.smtp, self.load.switchboard) as smtp:
            for _ in range(MESSAGES_A_CONNECTION):
                await self._send(smtp)
                await asyncio.sleep(self.chance.expovariate(1 / self.load.pause))
            await smtp.ask(b"QUIT\r\n", b"221")

    async def _send(self, smtp: SMTP) -> None:
        recipients, token = self._next()
        content = message(token)
        await smtp.envelope(f"sender@{ORIGIN}", recipients, len(content))
        async with self.load.turn():
            request = self.load.ledger.ask(Request(Verb.DELIVER, recipients, (token,), smtp.stream))
            await self.load.note(request, smtp, smtp.content(content))

    def _next(self) -> tuple[tuple[str, ...], str]:
        if self.load.again:
            unanswered = self.load.again.pop()
            return unanswered.accounts, unanswered.tokens[0]
        accounts = self.load.target.accounts
        recipients = self.chance.sample(accounts, self.chance.choices((1, 2, 4, len(accounts)), (60, 20, 12, 8))[0])
        return tuple(recipients), self.load.token(self.chance)


@dataclass(slots=True)
class Copy:
    """A message as the reader knows it."""

    uid: int
    flags: frozenset[str]


@dataclass(slots=True)
class Reader:
    """One IMAP client, with a share of the accounts, one after another."""

    load: Load
    accounts: tuple[str, ...]
    chance: random.Random
    account: str = ""
    folders: dict[str, dict[str, Copy]] = field(default_factory=dict)

    async def session(self) -> None:
        """Log in to one account, look at its folders, give some commands."""
        self.account = self.chance.choice(self.accounts)
        async with await IMAP.connect(self.load.target.imap, self.load.switchboard) as imap:
            await imap.login(self.account, self.load.target.password)
            for folder in FOLDERS:
                await self._look(imap, folder)
            for _ in range(COMMANDS_A_LOGIN):
                folder = self.chance.choice(FOLDERS)
                await self._look(imap, folder)
                with suppress(EmptyFolderError):
                    async with self.load.turn():
                        await self._command(imap, folder)
                await asyncio.sleep(self.chance.expovariate(1 / self.load.pause))
            await imap.ask("LOGOUT")

    async def _look(self, imap: IMAP, folder: str) -> None:
        selected = await imap.ask(f'SELECT "{folder}"')
        validity = int(next(found[1] for r in selected if (found := re.search(rb"UIDVALIDITY (\d+)", r.text))))
        known: dict[str, Copy] = {}
        if not any(r.text.startswith(b"* 0 EXISTS") for r in selected):
            for response in await imap.ask("UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (X-Token)])"):
                if not response.literals or not (uid := _UID.search(response.text)) or not (flags := _FLAGS.search(response.text)):
                    continue
                token = token_of(response.literals[0]) or "?"
                known[token] = Copy(int(uid[1]), frozenset(flags[1].decode().split()) - {"\\Recent"})
                self.load.ledger.sightings.append(Sighting(self.account, folder, validity, int(uid[1]), token, imap.stream, imap.consumed))
        self.folders[folder] = known

    async def _command(self, imap: IMAP, folder: str) -> None:
        crowded = len(self.folders[folder]) > MOST_IN_FOLDER
        weights = (1, 1, 6, 1, 6) if crowded else (4, 3, 2, 4, 1)
        step = self.chance.choices((self._append, self._copy, self._move, self._store, self._expunge), weights)[0]
        await step(imap, folder)

    def _some(self, folder: str, besides: str = "") -> tuple[str, ...]:
        """Choose messages of a folder that are not in the other; raises EmptyFolderError when there are none."""
        tokens = sorted(set(self.folders[folder]) - set(self.folders.get(besides, ())))
        if not tokens:
            raise EmptyFolderError
        most = MOST_IN_FOLDER if len(tokens) > MOST_IN_FOLDER else 6
        return tuple(self.chance.sample(tokens, self.chance.randint(1, min(len(tokens), most))))

    def _set(self, folder: str, tokens: tuple[str, ...]) -> str:
        return ",".join(str(self.folders[folder][token].uid) for token in tokens)

    async def _append(self, imap: IMAP, folder: str) -> None:
        token = self.load.token(self.chance)
        flags = frozenset(self.chance.sample(FLAGS, self.chance.randint(0, 2)))
        request = self._ask(imap, Verb.APPEND, (token,), folder, flags=flags)
        await self.load.note(request, imap, imap.ask(f'APPEND "{folder}" ({" ".join(flags)})', message(token)))

    async def _copy(self, imap: IMAP, folder: str) -> None:
        target = self.chance.choice([name for name in FOLDERS[1:] if name != folder])
        tokens = self._some(folder, target)
        request = self._ask(imap, Verb.COPY, tokens, folder, target)
        await self.load.note(request, imap, imap.ask(f'UID COPY {self._set(folder, tokens)} "{target}"'))
        self.folders[target] |= {token: self.folders[folder][token] for token in tokens}

    async def _move(self, imap: IMAP, folder: str) -> None:
        target = self.chance.choice([name for name in FOLDERS[1:] if name != folder])
        tokens = self._some(folder, target)
        request = self._ask(imap, Verb.MOVE, tokens, folder, target)
        await self.load.note(request, imap, imap.ask(f'UID MOVE {self._set(folder, tokens)} "{target}"'))
        self.folders[target] |= {token: self.folders[folder].pop(token) for token in tokens}

    async def _store(self, imap: IMAP, folder: str) -> None:
        tokens = self._some(folder)
        flags = frozenset(self.chance.sample(FLAGS, self.chance.randint(1, 3)))
        add = self.chance.random() < 0.7
        await self._store_flags(imap, folder, tokens, flags, add=add)

    async def _store_flags(self, imap: IMAP, folder: str, tokens: tuple[str, ...], flags: frozenset[str], *, add: bool = True) -> None:
        request = self._ask(imap, Verb.STORE, tokens, folder, flags=flags, add=add)
        await self.load.note(request, imap, imap.ask(f"UID STORE {self._set(folder, tokens)} {'+' if add else '-'}FLAGS ({' '.join(flags)})"))

    async def _expunge(self, imap: IMAP, folder: str) -> None:
        await self._store_flags(imap, folder, self._some(folder), frozenset({DELETED}))
        await self.load.note(self._ask(imap, Verb.EXPUNGE, (), folder), imap, imap.ask("EXPUNGE"))

    def _ask(self, imap: IMAP, verb: Verb, tokens: tuple[str, ...], folder: str, target: str = "", **flags: Any) -> Request:
        return self.load.ledger.ask(Request(verb, (self.account,), tokens, imap.stream, folder, target, **flags))
