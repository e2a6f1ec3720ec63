"""The world of a run: sessions of one account over real sockets, deliveries and maildrops beside them, and the model they are held against."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from soak import asks, searches, trees
from soak.asks import Ask
from soak.mail import Account, require
from soak.races import race
from soak.told import Told
from soak.wire import PATIENCE, Imap, Lost, Maildrop, deliver

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

ENDING: Final = frozenset({"DELETE", "CLOSE", "UNSELECT", "SELECT", "EXAMINE", "RENAME"})
"""Commands after which a client should look again before it goes on."""
MOST_MESSAGES: Final = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is: ports of loopback, `hello` as deliveries begin (EHLO or LHLO), somebody's account, `alone` as in Told."""

    imap: int
    smtp: int
    pop3: int
    hello: bytes
    address: str
    password: str
    alone: bool


@dataclass(eq=False)
class Client:
    """One session; `idle` is the tag of its IDLE, while it is in one."""

    imap: Imap
    told: Told
    idle: bytes = b""


@dataclass
class World:
    """Everything; `chance` decides what happens next."""

    place: Place
    chance: random.Random
    account: Account
    clients: list[Client] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    letters: int = 0
    steps: int = 0

    # Sessions

    async def connect(self, number: int) -> Client:
        """Open a session and log in."""
        imap = await Imap.connect(f"s{number}x", self.place.imap, self.transcript)
        client = Client(imap, Told(f"session {number}", self.account, alone=self.place.alone))
        tag = imap.tag()
        imap.send(b"%b LOGIN %b %b\r\n" % (tag, self.place.address.encode(), self.place.password.encode()))
        answer = await imap.answer(tag)
        require(answer.condition == "OK", f"{client.told.name}: {answer.line!r}")
        return client

    async def open(self, count: int) -> None:
        """Open so many sessions."""
        self.clients = [await self.connect(number) for number in range(count)]

    async def close(self) -> None:
        """Close all sessions."""
        for client in self.clients:
            client.told.unselect()
            await client.imap.close()
        self.clients = []

    # Steps

    async def step(self) -> None:
        """Let one thing happen, and see that everybody heard of it who should."""
        self.steps += 1
        for client in self.clients:
            client.told.begin(idle=bool(client.idle))
        chance = self.chance.random()
        client = self.chance.choice(self.clients)
        if chance < 0.06:
            await self.delivery()
        elif chance < 0.08:
            await self.maildrop()
        elif chance < 0.10:
            await self.again(client)
        elif chance < 0.14:
            await race(self)
        elif client.idle:
            await self.end_idle(client)
        elif chance < 0.22:
            await self.begin_idle(client)
        else:
            await self.commands(client, self.some_asks(client.told))

    def some_asks(self, told: Told) -> list[Ask]:
        """Make up a command, or several to be said together."""
        made = [self.some_ask(told)]
        if self.chance.random() < 0.15:
            for _ in range(self.chance.randint(1, 4)):
                if made[-1].verb not in ENDING:
                    made.append(self.some_ask(told))
        return made

    def some_ask(self, told: Told) -> Ask:
        """Make up a command that the client may give, by what it knows."""
        chance = self.chance
        makers: list[Callable[[random.Random, Told], Ask]] = [asks.select, asks.noop, self.append, trees.status, trees.list_, trees.lsub]
        makers += [trees.change, trees.subscribe]
        if told.folder is None:
            makers += [asks.select] * 12
        elif not told.folder.alive:
            makers = [asks.select, asks.close, asks.noop]
        else:
            makers += [asks.fetch] * 8 + [asks.store] * 8 + [asks.copy] * 3 + [searches.search] * 4 + [self.append] * 2
            makers += [asks.expunge] * (2 if len(told.folder.messages) < MOST_MESSAGES else 20) + [asks.close]
        return chance.choice(makers)(chance, told)

    def append(self, chance: random.Random, told: Told) -> Ask:
        """Make up an APPEND of a new letter."""
        self.letters += 1
        return asks.append(chance, told, asks.new_letter(chance, self.letters, exact=True))

    async def commands(self, client: Client, asked: Sequence[Ask]) -> None:
        """Say commands together, hold each answer against the model, in their order."""
        tags = [client.imap.tag() for _ in asked]
        client.imap.send(b"".join(b"%b %b\r\n" % (tag, ask.text) for tag, ask in zip(tags, asked, strict=True)))
        for tag, ask in zip(tags, asked, strict=True):
            ask.check(client.told, await client.imap.answer(tag))
            await self.idle_hear()

    async def idle_hear(self) -> None:
        """Wait until all sessions in IDLE were told what has happened."""
        for client in self.clients:
            if client.idle:
                await hear_all(client)

    async def begin_idle(self, client: Client) -> None:
        client.idle = client.imap.tag()
        client.imap.send(client.idle + b" IDLE\r\n")
        while not (line := await client.imap.response()).startswith(b"+ "):
            require(client.told.take(line, expunges=True), f"{client.told.name}: {line!r} in IDLE")
        await hear_all(client)

    async def end_idle(self, client: Client) -> None:
        tag, client.idle = client.idle, b""
        client.imap.send(b"DONE\r\n")
        answer = await client.imap.answer(tag)
        client.told.hear(answer, "IDLE")
        asks.done(client.told, answer)

    async def again(self, client: Client) -> None:
        """Let a session end, politely or not, and another begin."""
        number = self.clients.index(client)
        client.told.unselect()
        if self.chance.random() < 0.5 and not client.idle:
            tag = client.imap.tag()
            client.imap.send(tag + b" LOGOUT\r\n")
            answer = await client.imap.answer(tag)
            require(answer.condition == "OK" and [line[:6] for line in answer.untagged] == [b"* BYE "], f"{answer}")
        await client.imap.close()
        self.clients[number] = await self.connect(number)

    async def delivery(self) -> None:
        """Let a message arrive from elsewhere."""
        self.letters += 1
        letter = asks.new_letter(self.chance, self.letters, exact=False)
        self.transcript.append(f"deliver {letter.subject}")
        await deliver(self.place.smtp, self.place.hello, self.account.address, letter.sent)
        self.account.inbox.add(letter)
        await self.idle_hear()

    async def maildrop(self) -> None:
        """Let somebody read INBOX by POP3, and delete some of it."""
        messages = list(self.account.inbox.messages.values())
        drop = await Maildrop.open(self.place.pop3, self.account.address, self.place.password)
        try:
            count, size = await drop.stat()
            sizes = [message.letter.size for message in messages]
            require(count == len(messages), f"POP3 has {count} messages, there are {len(messages)}")
            require(None in sizes or size == sum(item or 0 for item in sizes), f"POP3 has {size} octets, not {sizes}")
            chosen = [number for number in range(1, count + 1) if self.chance.random() < 0.15]
            for number in chosen:
                messages[number - 1].letter.tell(await drop.retrieve(number))
            self.transcript.append(f"POP3 deletes {chosen}")
            await drop.delete(chosen)
        finally:
            await drop.close()
        self.account.inbox.remove(messages[number - 1].uid for number in chosen)
        await self.idle_hear()

    # What must be so at the end, and after a crash

    async def audit(self, account: Account | None = None) -> None:
        """Read everything over a new session and hold it against the model, or another one."""
        account = account or self.account
        client = await self.connect(99)
        client.told = Told("audit", account, alone=self.place.alone)
        try:
            for ask in (trees.everything(), trees.all_subscribed()):
                await self._ask(client, ask)
            for name in list(account.folders):
                await self._ask(client, asks.select(self.chance, client.told, name, "EXAMINE"))
                await self._ask(client, asks.read_all())
                await self._ask(client, trees.status(self.chance, client.told))
        finally:
            client.told.unselect()
            await client.imap.close()

    async def _ask(self, client: Client, ask: Ask) -> None:
        tag = client.imap.tag()
        client.imap.send(b"%b %b\r\n" % (tag, ask.text))
        ask.check(client.told, await client.imap.answer(tag))

    def imagined(self, client: Client, ask: Ask) -> Account:
        """Give what the account's mail is once a command has been carried out, and leave the model as it is."""
        told = deepcopy(client.told)
        if ask.effect is not None:
            ask.effect(told)
        return told.account


async def hear_all(client: Client) -> None:
    """Read what an idling client is told until it knows all there is to know."""
    told = client.told
    try:
        async with asyncio.timeout(PATIENCE):
            while told.news or (told.folder is not None and len(told.uids) != len(told.folder.messages)):
                line = await client.imap.response()
                require(told.take(line, expunges=True), f"{told.name}: {line!r} in IDLE")
        told.settled(expunges=True)
    except (TimeoutError, Lost) as error:
        raise AssertionError(f"{told.name}, in IDLE: {told.news or 'was not told of expunges'}: {error!r}") from error
