"""Remote objects: property reads by our own client and by http.client, a collection of 10,000 in one call, what sessions weigh."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.api import Figures
from benchmarks.enclosure import Enclosure
from benchmarks.filling import fill_house
from benchmarks.imap.sizes import pss_of
from benchmarks.machine import Machine, this_machine
from benchmarks.peers.peer import STARTING, PeerFailed, free_port
from benchmarks.peers.postroom import SERVE
from benchmarks.table import Table
from postroom.client import Application
from postroom.client.line import Line, told
from postroom.client.place import Place, find
from postroom.runtime.config import Configuration

LARGE, SMALL, PASSWORD = "bench.test", "small.test", "secret-1"
ACCOUNTS, HANDLES = 10_000, 100
HELD = 5
"""Handles of a session that are no items of its collection: the application, who signed in, the domains, one of them, its accounts."""
READ_MARKS = (0.001, 0.0002)
OWN_MARK, HTTP_MARK = 5_000, 3_000
ITEMS_MARK, WEIGHT_MARK = 0.5, 50_000
PATH, JSON = "/com/v1", {"Content-Type": "application/json"}
CONFIGURATION = """
hostname = "mx.bench.test"
data = "{home}/data"
logs = "{home}/logs"
workers = 1
admin_password = "{password}"

[[listener]]
protocol = "http"
address = "127.0.0.1"
port = {port}
"""
METHOD = (
    "`postroom serve` with one worker and every default; the clients run in a process of their own on the same cores, over one keep-alive connection "
    "of 127.0.0.1 each. A read is `domain.Name`: with `postroom.client`, an attribute of a Python object; with `http.client`, a request whose JSON "
    "was made before, its head and body in two segments. `com.items` gives 10,000 accounts with Address and Active. A session that is weighed signs "
    "in and holds 100 handles; what the server's processes grow by is counted once where they share it (PSS)."
)


@dataclass(slots=True)
class Results:
    """The latencies of reads, the seconds of each com.items, the KB that sessions added, and the machine."""

    machine: Machine
    figures: dict[str, Figures] = field(default_factory=dict)
    items: list[float] = field(default_factory=list)
    sessions: int = 0
    weight: int = 0


async def measure(told: Callable[[str], None], *, quick: bool = False) -> Results:
    """Fills a directory, serves it, asks it."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    tree = Enclosure("com")
    results = Results(this_machine(home))
    try:
        config = Configuration(data=home / "data", logs=home / "logs", workers=1)
        await fill_house(config, LARGE, {}, ACCOUNTS, PASSWORD, told)
        await fill_house(config, SMALL, {}, HANDLES - HELD, PASSWORD, told)
        place = find(f"http://127.0.0.1:{await _serve(tree, home)}")
        told("sessions")
        results.sessions = 200 if quick else 1000
        results.weight = await asyncio.to_thread(_weigh, place, tree, results.sessions)
        told("reads")
        results.figures = await asyncio.to_thread(_reads, place, 2_000 if quick else 20_000)
        told("items")
        results.items = await asyncio.to_thread(_items, place, 3 if quick else 9)
    finally:
        await tree.close()
        shutil.rmtree(home, ignore_errors=True)
    return results


async def _serve(tree: Enclosure, home: Path) -> int:
    port, file, log = free_port(), home / "postroom.toml", home / "server.log"
    file.write_text(CONFIGURATION.format(home=home, port=port, password=PASSWORD))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
    await tree.start(sys.executable, "-c", SERVE, "serve", "--config", str(file), log=log, env=environment)
    deadline = time.monotonic() + STARTING
    while "Postroom is ready" not in log.read_text(errors="replace"):
        if time.monotonic() > deadline or not tree.running:
            raise PeerFailed(f"Postroom did not start: {log.read_text(errors='replace')[-1000:]}")
        await asyncio.sleep(0.05)
    return port


class Talk:
    """A session asked by its bare requests."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.token = ""
        self.token = self.ask("com.open", v=1)["s"]

    def ask(self, method: str, **params: Any) -> Any:
        """One request and its result."""
        return told(self.line.exchange({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"s": self.token, **params}}))

    def signed_in(self, domain: str) -> tuple[int, int]:
        """Signs in and gives the handles of a domain and of its accounts."""
        application = self.ask("com.create", progid="Application")["v"]["h"]
        if self.ask("com.call", o=application, m="Authenticate", a=["Administrator", PASSWORD])["v"] is None:
            raise PeerFailed("Administrator may not sign in.")
        domains = self.ask("com.get", o=application, m="Domains")["v"]["h"]
        found = self.ask("com.get", o=domains, m="ItemByName", a=[domain])["v"]["h"]
        accounts: int = self.ask("com.get", o=found, m="Accounts")["v"]["h"]
        return found, accounts


def _weigh(place: Place, tree: Enclosure, sessions: int) -> int:
    """KB that sessions of 100 handles each add; the first ones load what every session needs."""
    with closing(http.client.HTTPConnection(place.host, place.port)) as api:
        api.request("GET", "/v1/nothing")  # answered once the HTTP API is loaded, which is no session's weight
        api.getresponse().read()
    with closing(Line(place)) as line:
        for _ in range(20):
            _hold(line)
        before = sum(map(pss_of, tree.pids()))
        for _ in range(sessions):
            _hold(line)
        return sum(map(pss_of, tree.pids())) - before


def _hold(line: Line) -> None:
    talk = Talk(line)
    _, accounts = talk.signed_in(SMALL)
    run = talk.ask("com.items", o=accounts, props=["Address"])
    assert len(run["v"]) == HANDLES - HELD


def _reads(place: Place, count: int) -> dict[str, Figures]:
    application = Application(str(place).removesuffix(PATH))
    application.Authenticate("Administrator", PASSWORD)
    domain = application.Domains.ItemByName(LARGE)
    talk = Talk(Line(place))
    found, _ = talk.signed_in(LARGE)
    line = http.client.HTTPConnection(place.host, place.port)
    request = {"jsonrpc": "2.0", "id": 1, "method": "com.get", "params": {"s": talk.token, "o": found, "m": "Name"}}
    body = json.dumps(request).encode()

    def plainly() -> None:
        line.request("POST", PATH, body, JSON)
        assert b'"result"' in line.getresponse().read()

    return {name: _timed(read, count) for name, read in (("own", lambda: domain.Name), ("http", plainly))}


def _timed(read: Callable[[], object], count: int) -> Figures:
    for _ in range(count // 10):
        read()
    latencies = list(_latencies(read, count))
    return Figures(count, sum(latencies), latencies)


def _latencies(read: Callable[[], object], count: int) -> Iterator[float]:
    for _ in range(count):
        began = time.perf_counter()
        read()
        yield time.perf_counter() - began


def _items(place: Place, times: int) -> list[float]:
    with closing(Line(place)) as line:
        talk = Talk(line)
        _, accounts = talk.signed_in(LARGE)

        def read() -> None:
            run = talk.ask("com.items", o=accounts, props=["Address", "Active"])
            assert len(run["v"]) == run["total"] == ACCOUNTS

        return sorted(_latencies(read, times))


def tables(results: Results) -> list[Table]:
    """The table that is printed."""
    own, plain, items = results.figures["own"], results.figures["http"], results.items[len(results.items) // 2]
    must, aim = READ_MARKS
    read = own.latency(0.5)
    reading = f"{_judged(read <= must)} {must * 1000:.0f} ms, {_judged(read <= aim)} aim {aim * 1000:.1f} ms"
    most = WEIGHT_MARK * results.sessions // 1000
    rows = [
        ("a property read, median", f"{read * 1e6:,.0f} us", reading),
        ("a property read, p99", f"{own.latency(0.99) * 1e6:,.0f} us", ""),
        ("reads a second, postroom.client", f"{own.rate:,.0f}", f"{_judged(own.rate >= OWN_MARK)} {OWN_MARK:,}"),
        ("reads a second, http.client", f"{plain.rate:,.0f}", f"{_judged(plain.rate >= HTTP_MARK)} {HTTP_MARK:,}"),
        (f"{ACCOUNTS:,} objects by com.items", f"{items * 1000:,.0f} ms", f"{_judged(items <= ITEMS_MARK)} {ITEMS_MARK * 1000:.0f} ms"),
        (
            f"{results.sessions:,} sessions with {HANDLES} handles each",
            f"{results.weight / 1000:,.1f} MB more",
            f"{_judged(results.weight <= most)} {most / 1000:.0f} MB",
        ),
    ]
    return [Table("Remote objects", ("", "measured", "mark"), rows)]


def _judged(good: bool) -> str:
    return "✓" if good else "✗"
