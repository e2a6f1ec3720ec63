"""A server for tests of events: a town with the model on top and with doors on loopback, and handlers that note what they are asked.

async with doorhouse(tmp_path) as house:
    house.handlers.answer("OnHELO", 2, "Go away")
    client = await house.client("smtp")
    assert await client.say("EHLO mx.remote.test") == "554 Go away"
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from certificates import made
from modelhouse import PASSWORD, ModelHouse, modelhouse
from postroom.delivery.post import Post
from postroom.directory.directory import Directory
from postroom.events import TRIGGERS, Event, Result
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.network.endpoint import Endpoint
from postroom.network.listener import Encrypted, Listener, open_socket, serve
from postroom.network.tls import ServerTLS
from postroom.runtime.sessions import factory
from town import Town

PATIENCE = 20.0

Answer = Callable[[Any], Any]


@dataclass(eq=False)
class Handlers:
    """What a script would be: the events of each trigger as they came, and what is answered to them."""

    house: ModelHouse
    answers: dict[str, Answer | Result | Exception] = field(default_factory=dict)
    heard: list[Event] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, event: Event) -> Result | None:
        self.heard.append(event)
        self.came.set()
        answer = self.answers.get(event.trigger)
        if isinstance(answer, Exception):
            raise answer
        if answer is None or isinstance(answer, Result):
            return answer
        found = answer(event)
        found = await found if asyncio.iscoroutine(found) else found
        return found if isinstance(found, Result) else None

    def listen(self, *triggers: str) -> None:
        """Listen to these besides."""
        self.house.town.directory.events.subscribe(self, {*self.answers, *triggers} & set(TRIGGERS))

    def answer(self, trigger: str, value: int | Answer | Exception, message: str = "", *, parameter: int = 0) -> None:
        """Answer a trigger from now on: with a Result of this value, by a function of the event, or by failing."""
        self.answers[trigger] = Result(value, parameter, message) if isinstance(value, int) else value
        self.listen(*self.answers)

    def of(self, trigger: str) -> list[Any]:
        """Give the events of a trigger."""
        return [event for event in self.heard if event.trigger == trigger]

    def one(self, trigger: str) -> Any:
        """Give the only event of a trigger."""
        found = self.of(trigger)
        assert len(found) == 1, f"{len(found)} events {trigger}"
        return found[0]

    @property
    def triggers(self) -> list[str]:
        """Name what came, in order."""
        return [event.trigger for event in self.heard]

    async def hears(self, trigger: str) -> Any:
        """Wait for an event of a trigger."""
        async with asyncio.timeout(PATIENCE):
            while not self.of(trigger):
                self.came.clear()
                await self.came.wait()
        return self.of(trigger)[-1]


class Client:
    """A client's end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def line(self) -> str:
        """Read one line; "" when the server has closed."""
        return (await asyncio.wait_for(self.reader.readline(), PATIENCE)).decode().removesuffix("\r\n")

    async def reply(self) -> str:
        """Read a whole SMTP reply; gives its last line."""
        while (line := await self.line())[3:4] == "-":
            pass
        return line

    async def all(self, line: str) -> str:
        """Send a line; gives all of the reply."""
        self.writer.write(line.encode() + b"\r\n")
        lines = [await self.line()]
        while lines[-1][3:4] == "-":
            lines.append(await self.line())
        return "\n".join(lines)

    async def say(self, *lines: str) -> str:
        """Send lines, one after the other's reply; gives the last reply."""
        answer = ""
        for line in lines:
            self.writer.write(line.encode() + b"\r\n")
            answer = await self.reply()
        return answer

    async def ask(self, line: str) -> str:
        """Send a line of IMAP; gives its tagged reply without the tag."""
        self.writer.write(line.encode() + b"\r\n")
        tag = line.partition(" ")[0]
        while not (answer := await self.line()).startswith(f"{tag} "):
            assert answer, "the server closed"
        return answer.partition(" ")[2]

    async def mail(self, *recipients: str, sender: str = "a@remote.test", content: str = "Subject: hello\r\n\r\nbody\r\n") -> str:
        """Send a message; gives the last reply."""
        await self.say(f"MAIL FROM:<{sender}>")
        for recipient in recipients:
            await self.say(f"RCPT TO:<{recipient}>")
        answer = await self.say("DATA")
        return answer if answer[0] != "3" else await self.say(content + ".")

    async def log_in(self, name: str = "alice@example.test", password: str = PASSWORD) -> str:
        """Send AUTH PLAIN."""
        return await self.say("AUTH PLAIN " + base64.b64encode(f"\0{name}\0{password}".encode()).decode())

    async def encrypt(self, context: ssl.SSLContext) -> None:
        """Begin TLS."""
        await self.writer.start_tls(context)

    def close(self) -> None:
        self.writer.close()


@dataclass(eq=False)
class Behind:
    """What the doors get of the house."""

    directory: Directory
    mailboxes: Mailboxes
    post: Post


@dataclass
class DoorHouse:
    """The server of one test."""

    model: ModelHouse
    handlers: Handlers
    ports: dict[str, int]
    tls: ssl.SSLContext
    clients: list[Client]
    connections: Connections

    @property
    def town(self) -> Town:
        return self.model.town

    async def connect(self, protocol: str) -> Client:
        """Connect, and read nothing."""
        client = Client(*await asyncio.open_connection("127.0.0.1", self.ports[protocol]))
        self.clients.append(client)
        return client

    def peer(self, client: Client) -> Endpoint:
        """Give a client's own end."""
        return Endpoint.of(client.writer.get_extra_info("sockname"))

    async def client(self, protocol: str, *hello: str) -> Client:
        """Connect, read the greeting, and say hello if so told."""
        client = await self.connect(protocol)
        assert await client.reply(), "the server closed"
        if hello:
            await client.say(*hello)
        return client

    async def smtp(self) -> Client:
        """Connect to SMTP and say hello."""
        return await self.client("smtp", "EHLO mx.remote.test")

    async def quiet(self) -> None:
        """Wait until all that is due was tried, and everything was told."""
        await self.town.beginnings.settled()
        await self.town.quiet()
        await self.town.directory.events.settled()

    async def inbox(self, name: str = "alice") -> list[bytes]:
        """Read an INBOX."""
        with suppress(AssertionError):  # it has no folder yet
            return await self.town.mail(f"{name}@example.test")
        return []


@asynccontextmanager
async def doorhouse(folder: Path, **settings: object) -> AsyncIterator[DoorHouse]:
    """Open one with doors of SMTP, submission, LMTP, IMAP and POP3, all with STARTTLS, and of SMTPS."""
    known: dict[str, Any] = {"host_name": "mail.example.test", **settings}
    async with modelhouse(folder, **known) as model:
        town = model.town
        certificate = made(folder / "certificate.pem", "localhost")
        context = ssl.create_default_context(cafile=str(certificate.certificate))
        context.check_hostname = False
        tls = ServerTLS(certificate)
        behind = Behind(town.directory, town.house.mailboxes, town.post)
        connections = Connections()
        servers: list[asyncio.Server] = []
        ports = {}
        for protocol in ("smtp", "submission", "lmtp", "imap", "pop3", "smtps"):
            encrypted = Encrypted.IMPLICIT if protocol == "smtps" else Encrypted.STARTTLS
            listener = Listener(protocol, "127.0.0.1", 0, tls=encrypted)
            accepting = open_socket(listener)
            ports[protocol] = accepting.getsockname()[1]
            implicit = encrypted is Encrypted.IMPLICIT
            terms = Terms(factory(cast("Any", behind), listener), connections, protocol, tls, implicit, events=town.directory.events)
            servers.append(await serve(accepting, terms))
        town.begin()
        house = DoorHouse(model, Handlers(model), ports, context, [], connections)
        try:
            yield house
        finally:
            for client in house.clients:
                client.close()
            for server in servers:
                server.close()
            await connections.drain(5)
            await town.directory.events.settled()
            town.directory.events.subscribe(house.handlers, ())
