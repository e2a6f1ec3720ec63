"""What size costs Postroom over IMAP: a mailbox of 500,000, ten thousand sessions in IDLE and a delivery that wakes some, memory a session."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import shutil
import ssl
import statistics
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.imap.client import Client, signed_in
from benchmarks.imap.postroom import Postroom
from benchmarks.loads.smtp_source import LoadFailed
from benchmarks.machine import Machine, this_machine
from benchmarks.peers.peer import DOMAIN, PeerFailed
from benchmarks.rounds import quiet
from benchmarks.table import Table
from postroom.network.certificates import keep_self_signed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

PASSWORD = "secret-1"
LARGE = "large"
WAKE_MARK = 0.005
"""Seconds between the reply to a delivery and the news, at the median."""
PLAIN_MARKS, TLS_MARKS = (20.0, 8.0), (50.0, 30.0)
"""KB a session: must, aim."""
SIGNING_IN = 50
"""Sessions that sign in at the same time."""
TOLD = re.compile(rb"^\* \d+ EXISTS", re.MULTILINE)
MESSAGE = b"From: <sender@load.test>\r\nTo: <user@bench.test>\r\nSubject: wake up\r\n\r\nGood morning.\r\n.\r\n"


@dataclass(frozen=True, slots=True)
class Pace:
    """How large everything is."""

    messages: int
    sessions: int
    accounts: int
    deliveries: int
    weighed: int


PACES = {True: Pace(50_000, 1_000, 100, 100, 500), False: Pace(500_000, 10_000, 1_000, 500, 2_000)}


@dataclass(slots=True)
class Results:
    """Rows of (what, measured, mark) by table, and what went wrong."""

    machine: Machine
    rows: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def add(self, table: str, *row: str) -> None:
        """One more row of a table."""
        self.rows.setdefault(table, []).append((row[0], row[1], row[2] if len(row) > 2 else ""))


class Sleeper(Client):
    """A session in IDLE; `woken` hears when an EXISTS came."""

    def __init__(self) -> None:
        super().__init__()
        self.account = 0
        self.asleep = False
        self.woken: Callable[[Sleeper, float], None] = lambda _sleeper, _when: None

    def data_received(self, data: bytes) -> None:
        if self.asleep:
            if TOLD.search(data):
                self.woken(self, time.perf_counter())
        else:
            super().data_received(data)

    async def sleep(self) -> None:
        """Look at INBOX and wait for news."""
        await self.ask(b"SELECT INBOX")
        await self.exchange(b"z IDLE\r\n", (b"+",))
        self.taken()
        self.asleep = True


async def run(*, quick: bool, told: Callable[[str], None]) -> Results:
    """Measure everything; what fails is told by the results."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    home.chmod(0o755)
    pace, results = PACES[quick], Results(this_machine(home))
    try:
        certificate = home / "certificate.pem"
        keep_self_signed(certificate, ["mx.bench.test"])
        postroom = Postroom(home / "postroom", certificate, ("benchmarks.imap.crowd", str(pace.messages), str(pace.accounts)))
        told(f"{pace.messages:,} messages and {pace.accounts:,} accounts are made")
        await asyncio.to_thread(postroom.fill_directory)
        for name, step in (("large", _large), ("memory", _memory), ("crowd", _crowd)):
            told(name)
            try:
                async with _running(postroom):
                    await step(postroom, pace, results, told)
            except (PeerFailed, LoadFailed, OSError) as error:
                results.troubles.append(f"{name}: {error}")
            postroom.renew()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return results


@asynccontextmanager
async def _running(postroom: Postroom) -> AsyncIterator[None]:
    try:
        await postroom.start()
        yield
    finally:
        await postroom.stop()


# A large mailbox


async def _large(postroom: Postroom, pace: Pace, results: Results, _told: Callable[[str], None]) -> None:
    """What clients do with a large folder, with what the server's memory grows by."""
    table, count = f"A mailbox of {pace.messages:,}", pace.messages
    await quiet(postroom)
    before = pss(postroom)
    client = await signed_in(postroom.imap_port, f"{LARGE}@{DOMAIN}", PASSWORD)
    lines = b" FETCH ("
    for what, command, times, found, expected in (
        ("first SELECT", b"SELECT INBOX", 1, b"* %d EXISTS" % count, 1),
        ("later SELECT", b"SELECT INBOX", 20, b"* %d EXISTS" % count, 1),
        ("FLAGS of all", b"FETCH 1:* (FLAGS)", 3, lines, count),
        ("UID and FLAGS of all", b"UID FETCH 1:* (FLAGS)", 3, lines, count),
        ("ENVELOPE of all", b"FETCH 1:* (ENVELOPE)", 1, lines, count),
        ("ENVELOPE of the last 100", b"FETCH %d:* (ENVELOPE)" % (count - 99), 20, lines, 100),
        ("SEARCH UNSEEN", b"SEARCH UNSEEN", 3, b"* SEARCH", 1),
        ("SEARCH FROM, the first", b"SEARCH FROM sender77@", 1, b"* SEARCH", 1),
        ("SEARCH FROM, later", b"SEARCH FROM sender77@", 3, b"* SEARCH", 1),
        ("STORE of one", b"STORE %d +FLAGS (\\Seen)" % (count // 2), 1, lines, 1),
    ):
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            answer = await client.ask(command)
            taken.append(time.perf_counter() - began)
            if answer.octets.count(found) != expected:
                raise LoadFailed(f"{what}: {answer.octets.count(found)} of {expected}")
        results.add(table, what, f"{statistics.median(taken) * 1000:,.1f} ms")
    client.close()
    await quiet(postroom)
    results.add(table, "memory of the server, more than before (mapped pages of the mail among it)", f"{(pss(postroom) - before) / 1024:.0f} MB")


# Memory


async def _memory(postroom: Postroom, pace: Pace, results: Results, told: Callable[[str], None]) -> None:
    """PSS of all processes of the server for each session in IDLE, plain and with TLS: the second half of the sessions tells it."""
    for name, port, tls, marks in (("plain", postroom.imap_port, None, PLAIN_MARKS), ("TLS", postroom.imaps_port, _trusting(), TLS_MARKS)):
        told(f"{pace.weighed:,} sessions, {name}")
        first = await _asleep(port, pace.accounts, 100, tls)  # what the first sessions load belongs to no session
        await quiet(postroom)
        before = pss(postroom)
        sleepers = await _asleep(port, pace.accounts, pace.weighed, tls)
        await quiet(postroom)
        each = (pss(postroom) - before) / pace.weighed
        mark = "✓ aim" if each <= marks[1] else "✓ must" if each <= marks[0] else "✗"
        results.add(
            "Memory", f"a session in IDLE, {name} ({pace.weighed:,} of them)", f"{each:.1f} KB", f"{mark} (must {marks[0]:g}, aim {marks[1]:g})"
        )
        for sleeper in (*first, *sleepers):
            sleeper.close()
        await quiet(postroom)


def pss(postroom: Postroom) -> float:
    """KB of memory of all processes of the server, what is shared among them counted once."""
    return sum(map(pss_of, postroom.tree.pids()))


def pss_of(pid: int) -> int:
    """KB of memory of one process, with its share of what it shares; 0 for one that is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(text.partition("\nPss:")[2].split()[0])


# A crowd


async def _crowd(postroom: Postroom, pace: Pace, results: Results, told: Callable[[str], None]) -> None:
    """Many sessions in IDLE, several on each INBOX; deliveries by LMTP, each to one of them."""
    table = f"{pace.sessions:,} sessions in IDLE"
    began = time.perf_counter()
    sleepers = await _asleep(postroom.imap_port, pace.accounts, pace.sessions, None, told)
    results.add(table, "until all are signed in and asleep", f"{time.perf_counter() - began:.1f} s")
    await quiet(postroom)
    cpu, clock = postroom.tree.cpu_seconds(), time.perf_counter()
    await asyncio.sleep(5)
    results.add(table, "CPU of the server while nothing happens", f"{(postroom.tree.cpu_seconds() - cpu) / (time.perf_counter() - clock):.1%}")
    delays, waking = await _deliveries(postroom, sleepers, pace)
    mark = f"{'✓' if statistics.median(delays) < WAKE_MARK else '✗'} {WAKE_MARK * 1000:g} ms"
    results.add(table, "from the reply to the delivery to the news, median", f"{statistics.median(delays) * 1000:.2f} ms", mark)
    results.add(table, "the same, 99 of 100", f"{sorted(delays)[int(len(delays) * 0.99)] * 1000:.2f} ms")
    results.add(table, "from the message's end to the news, median", f"{statistics.median(waking) * 1000:.2f} ms")
    for sleeper in sleepers:
        sleeper.close()


async def _deliveries(postroom: Postroom, sleepers: Sequence[Sleeper], pace: Pace) -> tuple[list[float], list[float]]:
    """Deliver to one account after the other; seconds from the 250, and from the message's last byte, to each session's news."""
    by_account: dict[int, set[Sleeper]] = {}
    for sleeper in sleepers:
        by_account.setdefault(sleeper.account, set()).add(sleeper)
    delays, waking = [], []
    lmtp = await Client.connect(postroom.lmtp_port, greeting=b"220")
    await lmtp.exchange(b"LHLO load.test\r\n", (b"250 ",))
    for number in range(pace.deliveries):
        account = number * 7 % pace.accounts
        sent, answered, woken = await _delivery(lmtp, account, by_account[account], sleepers)
        delays += [max(0.0, when - answered) for when in woken]
        waking += [when - sent for when in woken]
    lmtp.close()
    return delays, waking


async def _delivery(lmtp: Client, account: int, expected: set[Sleeper], sleepers: Sequence[Sleeper]) -> tuple[float, float, list[float]]:
    """Deliver one message; every session on that INBOX must be woken, and no other. Raises LoadFailed."""
    woken: dict[Sleeper, float] = {}
    everybody = asyncio.Event()

    def heard(sleeper: Sleeper, when: float) -> None:
        woken.setdefault(sleeper, when)
        if len(woken) >= len(expected):
            everybody.set()

    for sleeper in sleepers:
        sleeper.woken = heard
    for command in (b"MAIL FROM:<sender@load.test>\r\n", f"RCPT TO:<{name_of(account)}@{DOMAIN}>\r\n".encode()):
        await lmtp.exchange(command, (b"250",))
    await lmtp.exchange(b"DATA\r\n", (b"354",))
    sent = time.perf_counter()
    await lmtp.exchange(MESSAGE, (b"250",))
    answered = time.perf_counter()
    try:
        await asyncio.wait_for(everybody.wait(), 10)
    except TimeoutError:
        raise LoadFailed(f"{len(woken)} of {len(expected)} sessions were woken within 10 seconds") from None
    await asyncio.sleep(0.01)
    if set(woken) != expected:
        raise LoadFailed("a delivery woke sessions of another account")
    return sent, answered, list(woken.values())


async def _asleep(port: int, accounts: int, many: int, tls: ssl.SSLContext | None, told: Callable[[str], None] = lambda _line: None) -> list[Sleeper]:
    """Sign sessions in, some at a time, and put each into IDLE."""
    numbers, sleepers = itertools.count(), []

    async def some() -> None:
        for number in numbers:
            if number >= many:
                return
            sleeper = await Sleeper.connect(port, tls)
            await sleeper.ask(f'LOGIN "{name_of(number % accounts)}@{DOMAIN}" "{PASSWORD}"'.encode())
            sleeper.account = number % accounts
            await sleeper.sleep()
            sleepers.append(sleeper)
            if number % 1000 == 999:
                told(f"{number + 1:,} sessions")

    await asyncio.gather(*(some() for _ in range(SIGNING_IN)))
    return sleepers


def name_of(account: int) -> str:
    """The local part of an account's address, as `filling` makes them."""
    return f"user{account}"


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def tables(results: Results) -> list[Table]:
    """What was measured."""
    return [Table(title, ("", "measured", "mark"), rows) for title, rows in results.rows.items()]


def notes(results: Results) -> list[str]:
    """The sentences below the tables."""
    cores = len(os.sched_getaffinity(0))
    return [f"Machine: {results.machine}; server and clients share its {cores} cores.", *results.troubles]


def document(results: Results) -> dict[str, Any]:
    """The same as one JSON document."""
    return {"machine": str(results.machine), "tables": results.rows, "troubles": results.troubles}
