"""The HTTP API: sends a second, mailboxes made a second and how the server answers meanwhile, lists and reads in a mailbox of 20,000."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.enclosure import Enclosure
from benchmarks.filling import fill_house
from benchmarks.loads.api_source import Ask, Connection, run
from benchmarks.longpoll import WAITERS, Waiting, wait_together
from benchmarks.machine import Machine, this_machine
from benchmarks.peers.peer import STARTING, PeerFailed, free_port
from benchmarks.peers.postroom import SERVE
from benchmarks.table import Table
from postroom.runtime.config import Configuration

DOMAIN, PASSWORD, KEY = "bench.test", "secret-1", "om_benchmark"
LARGEST, ACCOUNTS = 20_000, 100
CONNECTIONS = 10
SENDS_MARK = 800
LOOP_MARK, READ_MARK = 0.020, 0.005
TEXT = "A line of a message as programs send it, with some words in it.\n" * 15
CONFIGURATION = """
hostname = "mx.bench.test"
data = "{home}/data"
logs = "{home}/logs"
workers = 0
admin_key = "{key}"

[[listener]]
protocol = "http"
address = "127.0.0.1"
port = {port}
"""
METHOD = (
    "`postroom serve` with every default, a worker a core. Requests come over 10 keep-alive connections with the administrator's key, from a "
    "client on the same cores. A send of 1 KB is composed, committed with a sync and filed into Sent before it is answered. While mailboxes are "
    "made (argon2id and SCRAM by the defaults), other connections ask for a path that there is not: what they wait is what the loop makes everybody "
    "wait. Lists are of 50 messages, from anywhere in the mailbox."
)


@dataclass(slots=True)
class Figures:
    """What one load found: how many in how many seconds, and the latencies."""

    count: int
    seconds: float
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    def latency(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(slots=True)
class Results:
    """The figures by load, and the machine they were found on."""

    machine: Machine
    figures: dict[str, Figures] = field(default_factory=dict)
    waiting: Waiting | None = None


async def measure(told: Callable[[str], None], *, quick: bool = False) -> Results:
    """Fills a directory, serves it, runs the loads."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    tree = Enclosure("api")
    results = Results(this_machine(home))
    try:
        config = Configuration(data=home / "data", logs=home / "logs", workers=1)
        await fill_house(config, DOMAIN, {"large": LARGEST}, ACCOUNTS, PASSWORD, told)
        port = await _serve(tree, home)
        told("warming up")
        await run(port, KEY, CONNECTIONS, _sends(300))
        for name, load in _loads(port, quick=quick):
            told(name)
            results.figures |= await load()
        told(f"{WAITERS:,} wait for mail")
        results.waiting = await wait_together(port, KEY, f"user90@{DOMAIN}", tree)
    finally:
        await tree.close()
        shutil.rmtree(home, ignore_errors=True)
    return results


async def _serve(tree: Enclosure, home: Path) -> int:
    port, file, log = free_port(), home / "postroom.toml", home / "server.log"
    file.write_text(CONFIGURATION.format(home=home, key=KEY, port=port))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
    await tree.start(sys.executable, "-c", SERVE, "serve", "--config", str(file), log=log, env=environment)
    deadline = time.monotonic() + STARTING
    while "Postroom is ready" not in log.read_text(errors="replace"):
        if time.monotonic() > deadline or not tree.running:
            raise PeerFailed(f"Postroom did not start: {log.read_text(errors='replace')[-1000:]}")
        await asyncio.sleep(0.05)
    return port


def _loads(port: int, *, quick: bool) -> list[tuple[str, Callable[[], asyncio.Future[dict[str, Figures]]]]]:
    many = 1 if quick else 4

    async def timed(name: str, requests: list[Ask], connections: int = CONNECTIONS) -> dict[str, Figures]:
        began = time.perf_counter()
        latencies = await run(port, KEY, connections, iter(requests))
        return {name: Figures(len(latencies), time.perf_counter() - began, latencies)}

    return [
        ("send", lambda: timed("send", list(_sends(2000 * many)))),  # type: ignore[list-item, return-value]  # a coroutine is awaited as well
        ("mailbox", lambda: _mailboxes(port, 100 * many)),  # type: ignore[list-item, return-value]
        ("list", lambda: timed("list", list(_lists(500 * many)), 1)),  # type: ignore[list-item, return-value]
        ("read", lambda: timed("read", list(_reads(500 * many)), 1)),  # type: ignore[list-item, return-value]
    ]


async def _mailboxes(port: int, count: int) -> dict[str, Figures]:
    """Makes mailboxes while probes ask for nothing."""
    probes = [asyncio.create_task(_probe(port)) for _ in range(8)]
    began = time.perf_counter()
    latencies = await run(port, KEY, CONNECTIONS, (("POST", "/v1/mailboxes", {"local_part": f"new{n}", "domain": DOMAIN}) for n in range(count)))
    seconds = time.perf_counter() - began
    for probe in probes:
        probe.cancel()
    waited = [found for part in await asyncio.gather(*probes) for found in part]
    return {"mailbox": Figures(count, seconds, latencies), "probe": Figures(len(waited), seconds, waited)}


async def _probe(port: int) -> list[float]:
    connection = await Connection.opened(port, KEY)
    waited: list[float] = []
    try:
        while True:
            began = time.perf_counter()
            await connection.ask("GET", "/v1/nothing")
            waited.append(time.perf_counter() - began)
            await asyncio.sleep(0.005)
    except asyncio.CancelledError:
        return waited
    finally:
        connection.close()


def _sends(count: int) -> Iterator[Ask]:
    for number in range(count):
        sender, recipient = f"user{number % 90}@{DOMAIN}", f"user{(number * 7 + 1) % 90}@{DOMAIN}"
        yield "POST", "/v1/mail/send", {"sender": sender, "recipients": [recipient], "subject": f"Message {number}", "text_body": TEXT}


def _lists(count: int) -> Iterator[Ask]:
    for number in range(count):
        before = "" if number % 2 else f"&before={number * 7919 % LARGEST + 60}"
        yield "GET", f"/v1/mailboxes/large@{DOMAIN}/messages?limit=50{before}", None


def _reads(count: int) -> Iterator[Ask]:
    for number in range(count):
        yield "GET", f"/v1/messages/{number * 7919 % LARGEST + 1}?address=large@{DOMAIN}", None


def tables(results: Results) -> list[Table]:
    """The table that is printed."""
    found = results.figures
    rows = [
        _row("sends", found["send"], f"{_judged(found['send'].rate >= SENDS_MARK)} {SENDS_MARK}/s"),
        _row("mailboxes made", found["mailbox"], ""),
        _row(
            "a request that needs nothing, meanwhile",
            found["probe"],
            f"{_judged(found['probe'].latency(0.99) < LOOP_MARK)} p99 {LOOP_MARK * 1000:.0f} ms",
        ),
        _row(f"lists of 50 of {LARGEST:,}", found["list"], f"{_judged(found['list'].latency(0.99) < READ_MARK)} p99 {READ_MARK * 1000:.0f} ms"),
        _row(f"reads of one of {LARGEST:,}", found["read"], f"{_judged(found['read'].latency(0.99) < READ_MARK)} p99 {READ_MARK * 1000:.0f} ms"),
    ]
    return [Table("The HTTP API", ("", "a second", "p50 ms", "p99 ms", "mark"), rows), *_waiting(results.waiting)]


def _waiting(found: Waiting | None) -> list[Table]:
    if found is None:
        return []
    answered = Figures(len(found.answered), max(found.answered), found.answered)
    rows = [
        ("memory of one that waits", f"{found.kilobytes:.1f} KB"),
        ("threads of the server, without and with them", f"{found.threads[0]} and {found.threads[1]}"),
        ("from the send to its answer, the median", f"{answered.latency(0.5) * 1000:,.0f} ms"),
        ("the same, 99 of 100", f"{answered.latency(0.99) * 1000:,.0f} ms"),
    ]
    return [Table(f"{WAITERS:,} long polls on one mailbox", ("", "measured"), rows)]


def _row(name: str, one: Figures, mark: str) -> tuple[str, ...]:
    return name, f"{one.rate:,.0f}", f"{one.latency(0.5) * 1000:.1f}", f"{one.latency(0.99) * 1000:.1f}", mark


def _judged(good: bool) -> str:
    return "✓" if good else "✗"
