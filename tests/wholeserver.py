"""A whole server in this process, with ports of every protocol on loopback and the object model on top.

async with whole(tmp_path, home=True) as server:
    assert await server.talk("smtp", b"NOOP") == ["220 mx.example.test ESMTP Postroom", "250 2.0.0 OK"]
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from directory.workers import CHEAP
from modelhouse import Hand
from postroom.formats.uidset import UidSet
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.invoke import create
from postroom.network.listener import Encrypted, Listener, open_socket
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.worker import Worker

PASSWORD = "secret-1"
ADMINISTRATOR_PASSWORD = "secret-0"
PROTOCOLS = ("smtp", "submission", "imap", "pop3")


class Talk:
    """One connection, line by line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.over = False

    async def hear(self) -> str:
        """Read a line, "" at the end; the last line of a reply of several."""
        while True:
            line = (await asyncio.wait_for(self._reader.readline(), 20)).decode().rstrip("\r\n")
            self.over = self.over or self._reader.at_eof()
            if line[3:4] != "-" or not line[:3].isdigit():
                return line

    async def say(self, line: str) -> str:
        """Say a line and hear the answer."""
        self._writer.write(line.encode() + b"\r\n")
        return await self.hear()

    async def ask(self, command: str) -> list[str]:
        """Say a command of IMAP and hear all up to its tagged end."""
        answer = await self.say(f"x {command}")
        found = [answer]
        while not self.over and not found[-1].startswith("x "):
            found.append(await self.hear())
        return found

    def close(self) -> None:
        self._writer.close()


@dataclass
class Whole:
    """The server; `ports` by protocol."""

    house: House
    worker: Worker
    ports: dict[str, int]

    @asynccontextmanager
    async def open(self, protocol: str, address: str = "127.0.0.1") -> AsyncIterator[Talk]:
        """Connect; the greeting is the first thing to hear."""
        talk = Talk(*await asyncio.open_connection("127.0.0.1", self.ports[protocol], local_addr=(address, 0)))
        try:
            yield talk
        finally:
            talk.close()

    async def talk(self, protocol: str, *lines: str, address: str = "127.0.0.1") -> list[str]:
        """Connect, say lines, give the greeting and the answers."""
        async with self.open(protocol, address) as talk:
            return [await talk.hear(), *[await talk.say(line) for line in lines]]

    async def send(self, sender: str, *recipients: str, message: str = "Subject: hello\r\n\r\nbody", address: str = "127.0.0.1") -> list[str]:
        """Hand a message in at the port of mail, and wait until it is in all shards; gives the answers from MAIL on."""
        envelope = [f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{recipient}>" for recipient in recipients)]
        answers = await self.talk("smtp", "EHLO client", *envelope, "DATA", f"{message}\r\n.", address=address)
        await self.house.delivery.close()
        return answers[2:]

    async def login(self) -> Hand:
        """Give the object model in the administrator's hand."""
        caller = Caller(Origin.SCRIPT, "")
        app = Hand(caller, create(Context(self.worker.model, caller, Login()), "hMailServer.Application"))
        assert await app("Authenticate", "Administrator", ADMINISTRATOR_PASSWORD) is not None
        return app

    async def mail(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Read a folder of an account, levels parted by a slash."""
        account = await self.house.directory.accounts.get(address)
        mailboxes = self.house.mailboxes
        known = await mailboxes.folder(account.id, folder.replace("/", "\x1f"))
        if known is None:
            return []
        found: list[bytes] = []
        async for rows in mailboxes.fetch(known.id, UidSet.of_ranges([(1, 1 << 31)]), ("size", "prefix", "data", "blob")):
            found += [await mailboxes.read(prefix, data, blob, 0, size) for size, prefix, data, blob in rows]
        return found

    async def queued(self) -> list[tuple[str, str]]:
        """List what waits for other servers: sender and recipient."""
        sql = "SELECT q.sender, r.address FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id ORDER BY r.id"
        database = self.house.database
        return [(str(row[0]), str(row[1])) for shard in range(database.shards) for row in await database.read(shard, sql)]


@asynccontextmanager
async def whole(folder: Path, *, home: bool = False, accounts: tuple[str, ...] = ("alice", "bob"), **settings: object) -> AsyncIterator[Whole]:
    """Run one with accounts of example.test, in hMailServer's mode if so said; nothing leaves the machine."""
    place = folder / "home"
    data = place / "Database" if home else folder / "data"
    pins = {**CHEAP, "host_name": "mx.example.test", "send_outside": "no", "login_delay": 0, **settings}
    config = Configuration(
        data=data,
        logs=place / "Logs" if home else folder / "logs",
        workers=1,
        shards=2,
        pins=pins,
        pinned_by="the test",
        dns_servers=("127.0.0.1:9",),
        hmailserver_home=place if home else None,
    )
    house = await House.enter(config)
    await house.directory.domains.add("example.test")
    for name in accounts:
        await house.directory.accounts.add(f"{name}@example.test", PASSWORD)
    await house.directory.administrator.set(ADMINISTRATOR_PASSWORD)
    worker = Worker(house)
    places = [Listener(protocol, "127.0.0.1", 0, tls=Encrypted.NEVER) for protocol in PROTOCOLS]
    sockets = [(found, open_socket(found)) for found in places]
    ports = {found.protocol: accepting.getsockname()[1] for found, accepting in sockets}
    await worker.open(sockets)
    try:
        yield Whole(house, worker, ports)
    finally:
        await worker.close()
