"""A house behind the IMAP door: a real store in a temporary directory, a directory of alice and bob, connections without sockets."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from postroom.directory.accounts import Account
from postroom.directory.errors import LoginRefused
from postroom.formats import scram
from postroom.formats.address import Address
from postroom.network.connection import Connection
from postroom.network.encryption import TLS
from postroom.network.endpoint import Endpoint
from postroom.servers.imap import Door, House, Rules, Session, Sessions
from store import House as Store
from store import opened

PASSWORD = "secret-1"
NOON = 1_795_000_000  # 2026-11-18 12:26:40 +0000
USERS = {"alice@example.test": 16, "bob@example.test": 17}

LETTERS = {
    "apple": b"From: Alice <alice@example.test>\r\nTo: Bob <bob@example.test>\r\nSubject: Apples\r\n"
    b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-ID: <apple@example.test>\r\n\r\nApples are red.\r\n",
    "reply": b"From: Bob <bob@example.test>\r\nTo: alice@example.test\r\nCc: Carol <carol@example.test>\r\nSubject: Re: Apples\r\n"
    b"Date: Mon, 02 Nov 2026 11:00:00 +0000\r\nMessage-ID: <reply@example.test>\r\nIn-Reply-To: <apple@example.test>\r\n"
    b"References: <apple@example.test>\r\n\r\nSome are green.\r\n",
    "parts": b"From: carol@example.test\r\nSubject: Parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"
    b"preamble\r\n--b1\r\nContent-Type: text/plain\r\n\r\none\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Subject: Inner\r\n\r\ninner text\r\n--b1\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"AAEC\r\n--b1--\r\n",
    "large": b"From: dave@example.test\r\nSubject: Large\r\n\r\n" + b"0123456789abcdef\r\n" * 20_000,
    "no-header": b"\r\nonly a body\r\n",
    "nothing-but-text": b"just some text without any header\r\nand another line\r\n",
    "no-end-boundary": b"Subject: Open\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\nnever closed\r\n",
    "eight-bit": b"Subject: Gr\xfc\xdfe\r\nFrom: J\xf6rg <j@example.test>\r\n\r\nk\xf6rper\r\n",
    "nul": b"Subject: a\0b\r\n\r\nbody\0end\r\n",
    "bare-lf": b"Subject: Bare\nFrom: a@example.test\n\nline one\nline two\n",
    "deep": b"Subject: Deep\r\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(100))
    + b"\r\nbottom\r\n",
}
"""Messages that transcripts deliver by name."""


class Directory:
    """example.test: alice, bob (with a small quota, if so said), nobody else."""

    def __init__(self, facts: dict[str, str]) -> None:
        self.failures: list[str] = []
        self.quota = int(facts.get("quota", "0"))
        self.most = int(facts.get("most", "0"))
        self.scram_mechanisms: tuple[str, ...] = ("SCRAM-SHA-256",)
        self.keys = scram.derive(PASSWORD, "SCRAM-SHA-256", b"salt-of-alice-16", iterations=1)

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        await asyncio.sleep(0)
        if password != PASSWORD:
            await self.refuse(ip, name, "wrong password")
        return await self.proven(ip, name)

    async def scram(self, ip: str, name: str, mechanism: str) -> scram.Keys:
        return self.keys if name in USERS else scram.false_keys(b"key", name, mechanism, 1)

    async def proven(self, ip: str, name: str) -> Account:
        name = name if "@" in name else f"{name}@example.test"
        if name not in USERS:
            await self.refuse(ip, name, "no such account")
        return Account(USERS[name], 0, Address.parse(name), 1, quota=self.quota)

    async def refuse(self, ip: str, name: str, reason: str) -> None:
        self.failures.append(name)
        raise LoginRefused(reason, banned=self.banned(ip))

    def banned(self, ip: str) -> bool:
        return ip == "192.0.2.66"

    def max_message_size(self, account: Account | None) -> int:
        return self.most


@dataclass
class Log:
    """Remembers what was said."""

    lines: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def debug(self, event: str, **facts: Any) -> None:
        self.lines.append(("debug", event, facts))

    def info(self, event: str, **facts: Any) -> None:
        self.lines.append(("info", event, facts))

    def warning(self, event: str, **facts: Any) -> None:
        self.lines.append(("warning", event, facts))

    def error(self, event: str, **facts: Any) -> None:
        self.lines.append(("error", event, facts))

    def events(self) -> list[str]:
        return [event for _, event, _ in self.lines]


class MemoryConnection:
    """A connection whose other end is a test."""

    def __init__(self, ip: str = "127.0.0.1", tls: TLS | None = None) -> None:
        self.id = "c1"
        self.peer = Endpoint(ip, 40000)
        self.local = Endpoint("192.0.2.1", 143)
        self.tls = tls
        self.output: asyncio.Queue[bytes] = asyncio.Queue()
        self.closed = False
        self.paused = False
        self.patience = 0.0
        self.slips = b""  # what comes between STARTTLS's OK and the handshake
        self.slow: asyncio.Event | None = None  # set once the client reads again
        self.session: Session

    def write(self, data: bytes) -> None:
        assert data, "nothing was written"
        if not self.closed:
            self.output.put_nowait(data)

    def write_all(self, pieces: list[bytes]) -> None:
        """Take what the session sends in pieces."""
        self.write(b"".join(pieces))

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.output.put_nowait(b"")
            asyncio.get_running_loop().call_soon(self.session.lost)
            if self.slow is not None:
                self.slow.set()

    abort = close

    @property
    def writable(self) -> bool:
        return self.slow is None or self.slow.is_set()

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False

    async def drained(self) -> None:
        if self.slow is not None:
            await self.slow.wait()
        if self.closed:
            raise ConnectionResetError

    async def start_tls(self) -> None:
        if self.slips:
            self.session.received(self.slips)
        await asyncio.sleep(0)
        self.tls = TLS("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", None, {"tls-exporter": b"bound"})

    def expect(self, seconds: float) -> None:
        self.patience = seconds


@dataclass
class Place:
    """A house with one door, made from the facts of a transcript."""

    house: House
    door: Door
    directory: Directory
    store: Store
    log: Log
    clock: list[int]
    facts: dict[str, str]
    _known: dict[str, str] = field(default_factory=dict)

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.house, self.door)

    async def happen(self, what: str) -> bool:
        """What both kinds of wire have in common; False when it is something else."""
        word, _, rest = what.partition(" ")
        match word:
            case "deliver":
                name, _, to = rest.partition(" to ")
                await self.store.deliver(LETTERS[name], USERS[f"{to or 'alice'}@example.test"])
            case "logged":
                assert rest in self.log.events(), self.log.events()
            case "later":
                self.clock[0] += int(rest) * 1_000_000
            case "failed":
                assert self.directory.failures == rest.split(), self.directory.failures
            case "disk-full":
                self.facts["full"] = "yes"
            case _:
                return False
        return True

    def ends_well(self) -> None:
        """After the end nothing unexpected was raised."""
        assert "unhandled-exception" not in self.log.events(), self.log.lines


@asynccontextmanager
async def placed(directory: Path, facts: dict[str, str] | None = None) -> AsyncIterator[Place]:
    """Open a place, proven at its end to have a consistent store."""
    facts = facts or {}
    async with opened(directory, lambda: NOON) as store:
        log, clock, people = Log(), [NOON * 1_000_000], Directory(facts)
        changes = {name.removeprefix("rule."): ast.literal_eval(value) for name, value in facts.items() if name.startswith("rule.")}
        rules = replace(Rules("mail.example.test"), **changes)
        house = House(people, store.mailboxes, lambda: rules, lambda: clock[0], log, lambda: "full" not in facts)
        place = Place(house, Door(facts.get("tls") == "starttls"), people, store, log, clock, facts)
        for name in facts.get("mail", "").split():
            await store.deliver(LETTERS[name], USERS["alice@example.test"])
        yield place


class MemoryWire:
    """The client's end of a MemoryConnection; a transcript's `! other ...` speaks on a second one (see `OtherClient`)."""

    def __init__(self, place: Place, other: OtherClient | None = None) -> None:
        self.place = place
        self.other = other
        tls = TLS("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", None, {}) if place.facts.get("tls") == "implicit" else None
        self.connection = MemoryConnection(place.facts.get("peer", "127.0.0.1"), tls)
        self.session = place.sessions()
        self.connection.session = self.session
        self.session.opened(cast("Connection", self.connection))

    async def send(self, data: bytes) -> None:
        while self.connection.paused:  # noqa: ASYNC110 - the fake has no event for it
            await asyncio.sleep(0)
        if not self.connection.closed:
            self.session.received(data)
        if len(data) > 1:
            await asyncio.sleep(0)

    async def receive(self) -> bytes:
        return await self.connection.output.get()

    async def happen(self, what: str) -> None:
        if self.other and await self.other.happen(what):
            return
        if await self.place.happen(what):
            return
        match what:
            case "tls":
                while self.connection.tls is None:  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(0)
                await asyncio.sleep(0)
            case "timeout":
                self.session.timed_out()
            case "stop":
                self.session.stopping()
            case _:
                raise AssertionError(f"nobody knows how {what!r} happens")

    async def over(self) -> None:
        """The client goes, if it is still there."""
        for _ in range(20):
            await asyncio.sleep(0)
        assert self.connection.output.empty(), f"the server said too much: {self.connection.output.get_nowait()!r}"
        if not self.connection.closed:
            self.session.lost()
        for _ in range(5):
            await asyncio.sleep(0)


class OtherClient:
    """A second session beside the transcript's: `! other SELECT INBOX` says it and waits for its OK (`! other? ...` for its NO or BAD)."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.wire: MemoryWire | None = None
        self.number = 0

    async def happen(self, what: str) -> bool:
        word, _, line = what.partition(" ")
        if word not in {"other", "other?"}:
            return False
        if self.wire is None:
            self.wire = MemoryWire(self.place)
            await self.wire.receive()
            await self.say(b"LOGIN alice@example.test secret-1")
        answer = await self.say(line.encode())
        assert answer.startswith(b"OK") == (word == "other"), f"the other session got {answer!r}"
        return True

    async def say(self, line: bytes) -> bytes:
        """Say a command and give what stands behind the tag."""
        assert self.wire is not None
        self.number += 1
        tag = b"o%d " % self.number
        await self.wire.send(tag + line + b"\r\n")
        heard = b""
        while b"\r\n" + tag not in b"\r\n" + heard or not heard.endswith(b"\r\n"):
            heard += await asyncio.wait_for(self.wire.receive(), 10)
        return heard[(b"\r\n" + heard).index(b"\r\n" + tag) :].removeprefix(tag)

    async def over(self) -> None:
        if self.wire is not None:
            await self.wire.over()
