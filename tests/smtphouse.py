"""A house behind the SMTP doors, in memory: a directory with alice, bob and carol, a post that keeps messages, a connection without a socket."""

from __future__ import annotations

import ast
import asyncio
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, cast

from postroom.delivery.post import Receipt, Room
from postroom.directory.accounts import Account
from postroom.directory.errors import LoginRefused
from postroom.directory.resolve import NOT_OURS, Answer, NotOurs, Refusal, Resolution
from postroom.errors import Unavailable
from postroom.formats import scram
from postroom.formats.address import Address
from postroom.formats.envelope import Envelope
from postroom.formats.smtp import Limits, Refused, Reply
from postroom.network.connection import Connection
from postroom.network.encryption import TLS
from postroom.network.endpoint import Endpoint
from postroom.servers.smtp import Door, House, Role, Rules, Session, Sessions
from postroom.servers.smtp.ports import Arrival

PASSWORD = "secret-1"
NOON = 1_700_000_000_000_000
ADDRESSES = {"alice": 1, "bob": 2, "dora": 3, "postmaster": 1, "small": 4, "full": 5, "lmtp-full": 6, "list": 7}


def account(number: int, local: str) -> Account:
    return Account(number, 0, Address(local, "example.test"), 1)


class Directory:
    """example.test; bob is known only to who asks, carol is inactive, away goes on to another server, list is alice's to send to."""

    def __init__(self, most: int = 0) -> None:
        self.most = most
        self.failures: list[str] = []
        self.open = True  # whether who has logged in may go on
        self.asked: list[str] = []
        self.scram_mechanisms = ("SCRAM-SHA-256",)
        self.keys = scram.derive(PASSWORD, "SCRAM-SHA-256", b"salt-of-alice-16", iterations=1)

    def cached(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer | None:
        if address.domain not in {"example.test", ""}:
            return NOT_OURS
        return None if address.local == "bob" else self._find(address, sender, authenticated=authenticated)

    async def resolve(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer:
        await asyncio.sleep(0)
        self.asked.append(str(address))
        return self._find(address, sender, authenticated=authenticated)

    def _find(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer:
        local = address.local.lower()
        if local == "list" and not authenticated:
            return Refusal(550, "5.7.1", "SMTP authentication required.")
        if local == "list" and str(sender) != "alice@example.test":
            return Refusal(550, "5.7.1", "Not authorized owner.")
        if local == "carol":
            return Refusal(550, "5.2.1", "Account is not active.")
        if local == "away":
            return Resolution((), (Address("alice", "elsewhere.example"),))
        if local == "broken":
            raise RuntimeError("broken")
        if local == "waiting":
            return Refusal(450, "4.2.0", "Wait a little.")
        if local not in ADDRESSES and not local.startswith("user"):
            return Refusal(550, "5.1.1", "Unknown user.")
        return Resolution((account(ADDRESSES.get(local, 100), local),))

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        await asyncio.sleep(0)
        if password != PASSWORD or name not in {"alice@example.test", "bob@example.test"}:
            await self.refuse(ip, name, "wrong password")
        return await self.proven(ip, name)

    async def scram(self, ip: str, name: str, mechanism: str) -> scram.Keys:
        return self.keys if name == "alice@example.test" else scram.false_keys(b"key", name, mechanism, 1)

    async def proven(self, ip: str, name: str) -> Account:
        local = name.partition("@")[0]
        return account(ADDRESSES[local], local)

    async def refuse(self, ip: str, name: str, reason: str) -> None:
        self.failures.append(name)
        raise LoginRefused(reason, banned=self.banned(ip))

    def banned(self, ip: str) -> bool:
        return ip == "192.0.2.66"

    def sends_as(self, account: Account, address: Address) -> bool | None:
        return None if address.local == "alias" else address.key == account.address.key

    async def may_send_as(self, account: Account, address: Address) -> bool:
        await asyncio.sleep(0)
        return address.domain == "example.test"

    def is_open(self, account: Account) -> bool | None:
        return None if account.address.local == "bob" else self.open

    async def still_open(self, account: Account) -> bool:
        await asyncio.sleep(0)
        return self.open

    async def confirm(self, account: Account, password: str) -> bool:
        return password == PASSWORD

    def max_message_size(self, account: Account | None) -> int:
        return 2000 if account is not None and account.address.local == "bob" else self.most


class Spool:
    """Content in memory; wants to settle now and then."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.data = b""
        self.unsettled = 0

    def write(self, data: bytes) -> bool:
        if b"X-Break-Spool" in data:
            raise RuntimeError("the spool is broken")
        assert self.unsettled < 100_000, "more was written before the spool had settled"
        self.data += data
        self.unsettled += len(data)
        return self.unsettled > 50_000

    @property
    def size(self) -> int:
        return len(self.data)

    async def whole(self) -> bytes:
        return self.data

    async def replaced(self, content: bytes) -> Self:
        other = type(self)(self.post)
        self.post.open.add(other)
        other.write(content)
        return other

    async def settle(self) -> None:
        await asyncio.sleep(0)
        if b"X-Full-Disk" in self.data:
            raise Unavailable("the disk is full")
        self.unsettled = 0

    def discard(self) -> None:
        self.post.open.discard(self)


@dataclass
class Kept:
    """A message that was made durable."""

    envelope: Envelope
    routes: Sequence[Resolution | NotOurs]
    content: bytes
    arrival: Arrival


@dataclass
class Post:
    """Keeps messages; some senders bring it into difficulties."""

    kept: list[Kept] = field(default_factory=list)
    open: set[Spool] = field(default_factory=set)
    full_disk: bool = False
    held: asyncio.Event | None = None

    def spool(self, most: int) -> Spool:
        spool = Spool(self)
        self.open.add(spool)
        return spool

    async def signed(self, _envelope: Envelope, spool: Any, _arrival: Arrival) -> Any:
        return spool

    async def accept(
        self, envelope: Envelope, routes: Sequence[Resolution | NotOurs], spool: Any, arrival: Arrival, *, signed: bool = False
    ) -> Receipt:
        await (self.held.wait() if self.held else asyncio.sleep(0))
        match envelope.sender.local if envelope.sender else "":
            case "disk":
                raise Unavailable("the disk is full")
            case "crash":
                raise RuntimeError("crash")
            case "spam":
                raise Refused(Reply.of(554, "5.7.1", "No spam"))
        self.kept.append(Kept(envelope, tuple(routes), spool.data, arrival))
        full = Reply.of(452, "4.2.2", "Full since")
        refused = {place: full for place, recipient in enumerate(envelope.recipients) if recipient.address.local == "lmtp-full"}
        return Receipt(f"m{len(self.kept)}", refused)

    def room(self, accounts: Sequence[Account], size: int) -> Room | None:
        return {"full": Room.FULL, "small": Room.NEVER if size > 100 else Room.ENOUGH}.get(accounts[0].address.local, self._known(accounts[0]))

    def _known(self, account: Account) -> Room | None:
        return Room.ENOUGH if account.address.local != "dora" or account.id in self.measured else None

    measured: set[int] = field(default_factory=set)

    async def measure(self, accounts: Sequence[Account]) -> None:
        await asyncio.sleep(0)
        self.measured.update(account.id for account in accounts)

    def reserve(self) -> bool:
        return not self.full_disk


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

    def __init__(self, ip: str = "192.0.2.7", tls: TLS | None = None) -> None:
        self.id = "c1"
        self.peer = Endpoint(ip, 40000 if ip else 0)
        self.local = Endpoint("192.0.2.1", 25)
        self.tls = tls
        self.output: asyncio.Queue[bytes] = asyncio.Queue()
        self.closed = False
        self.paused = False
        self.gathered = 0
        self.patience = 0.0
        self.slips = b""  # what comes between 220 and the handshake
        self.session: Session

    def write(self, data: bytes) -> None:
        assert data, "nothing was written"
        if not self.closed:
            self.output.put_nowait(data)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.output.put_nowait(b"")
            asyncio.get_running_loop().call_soon(self.session.lost)

    abort = close

    def gather(self) -> None:
        self.gathered += 1

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False

    async def drained(self) -> None:
        return

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
    post: Post
    log: Log
    clock: list[int]
    facts: dict[str, str]

    @classmethod
    def of(cls, facts: dict[str, str]) -> Place:
        post, log, clock = Post(), Log(), [NOON]
        limits = Limits(**{name.removeprefix("limit."): int(value) for name, value in facts.items() if name.startswith("limit.")})
        directory = Directory(limits.size)
        changes = {name.removeprefix("rule."): ast.literal_eval(value) for name, value in facts.items() if name.startswith("rule.")}
        rules = replace(Rules("mail.example.test", limits), **changes)
        role = Role(facts.get("role", "smtp"))
        xclient = tuple(map(ipaddress.ip_network, facts["xclient"].split())) if "xclient" in facts else ()
        door = Door(role, facts.get("tls") == "starttls", facts.get("logins", "yes" if role is Role.SUBMISSION else "no") == "yes", xclient)
        house = House(directory, cast("Any", post), lambda: rules, lambda: clock[0], log)
        return cls(house, door, directory, post, log, clock, facts)

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.house, self.door)

    async def happen(self, what: str) -> bool:  # noqa: C901, PLR0912 - a table of words
        """What both kinds of wire have in common; False when it is something else."""
        word, _, rest = what.partition(" ")
        match word:
            case "kept":
                assert len(self.post.kept) == int(rest), f"{len(self.post.kept)} messages were kept"
            case "content":
                assert ast.literal_eval(rest) in self.post.kept[-1].content, self.post.kept[-1].content
            case "without":
                assert ast.literal_eval(rest) not in self.post.kept[-1].content, self.post.kept[-1].content
            case "body":
                assert self.post.kept[-1].content.endswith(ast.literal_eval(rest)), self.post.kept[-1].content
            case "sender":
                assert str(self.post.kept[-1].envelope.sender or "<>") == rest
            case "recipients":
                assert [str(recipient.address) for recipient in self.post.kept[-1].envelope.recipients] == rest.split()
            case "envelope":
                name, _, value = rest.partition(" ")
                assert str(getattr(self.post.kept[-1].envelope, name)) == value, self.post.kept[-1].envelope
            case "asked":
                assert [f"{','.join(it.notify)} {it.orcpt}" for it in self.post.kept[-1].envelope.recipients] == rest.split(" / ")
            case "came":
                name, _, value = rest.partition(" ")
                assert str(getattr(self.post.kept[-1].arrival, name)) == value, self.post.kept[-1].arrival
            case "logged":
                assert rest in self.log.events(), self.log.events()
            case "full-disk":
                self.post.full_disk = True
            case "minute":
                self.clock[0] += 60_000_000
            case _:
                return False
        return True

    def leaves_nothing(self) -> None:
        """After the end no spool is open, and nothing unexpected was raised unless the transcript says so."""
        assert not self.post.open, "a spool was left behind"
        assert ("unhandled-exception" in self.log.events()) == ("crash" in self.facts), self.log.lines


class MemoryWire:
    """The client's end of a MemoryConnection."""

    def __init__(self, place: Place) -> None:
        self.place = place
        tls = TLS("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", None, {}) if place.facts.get("tls") == "implicit" else None
        self.connection = MemoryConnection(place.facts.get("peer", "192.0.2.7"), tls)
        self.session = place.sessions()
        self.connection.session = self.session
        self.session.opened(cast("Connection", self.connection))

    async def send(self, data: bytes) -> None:
        while self.connection.paused:  # noqa: ASYNC110 - the fake has no event for it
            await asyncio.sleep(0)
        if not self.connection.closed:
            self.session.received(data)
        await asyncio.sleep(0)

    async def receive(self) -> bytes:
        return await self.connection.output.get()

    async def happen(self, what: str) -> None:
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
        assert self.connection.output.empty(), "the server said too much"
        if not self.connection.closed:
            self.session.lost()
        for _ in range(5):
            await asyncio.sleep(0)
