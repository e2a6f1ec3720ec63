"""A server as the world should see it, and a zone in which all is well; tests spoil one thing each."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from certificates import made
from nameserver import NameServer, name_server
from postroom.directory.signing import PublishedKey
from postroom.formats.dkim import Algorithm, make_key
from postroom.network.resolver import NameServers
from postroom.operations.diagnostics import World
from postroom.operations.dnsplan import plan, quoted
from postroom.operations.site import Port, Site

NOW = dt.datetime.now(dt.UTC)
PORTS = (
    Port("smtp", "", 25),
    Port("submissions", "", 465),
    Port("imaps", "::", 993),
    Port("pop3", "127.0.0.1", 110),
    Port("http", "127.0.0.1", 8787),
)
GREETINGS = {25: b"220 mail.corp.com ESMTP", 465: b"220 hello", 993: b"* OK hello", 110: b"+OK hello", 8787: b""}


@cache
def keys() -> tuple[PublishedKey, ...]:
    """One pair of keys for all tests: making RSA keys takes a while."""
    return tuple(
        PublishedKey(number, 1, f"202611{algorithm.key_type[0]}", str(algorithm), "active", make_key(algorithm)[1], 0)
        for number, algorithm in enumerate(Algorithm, 1)
    )


class Outside:
    """The ports and clocks of the world; `down` are ports that do not answer, `off` is by how much our clock is slow."""

    def __init__(self) -> None:
        self.greetings = dict(GREETINGS)
        self.down: set[int | str] = set()
        self.off: float | None = 0.2
        self.asked: list[tuple[str, int, bool]] = []

    async def greeting(self, host: str, port: int, *, tls: bool = False, speaks_first: bool = True) -> bytes:
        self.asked.append((host, port, tls))
        if port in self.down or host in self.down:
            raise ConnectionRefusedError("connection refused")
        return self.greetings[port]

    async def clock_offset(self, _server: str) -> float:
        if self.off is None:
            raise TimeoutError
        return self.off


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(
        hostname="mail.corp.com",
        domain="corp.com",
        addresses=("192.0.2.10", "2001:db8::10"),
        ports=PORTS,
        keys=keys(),
        certificate=made(tmp_path / "certificate.pem", "mail.corp.com").certificate,
        data=tmp_path,
        blocklists=("bl.test",),
        destination="big.test",
        time_server="time.test",
    )


@pytest.fixture
async def server(site: Site) -> AsyncIterator[NameServer]:
    """A name server with all that the plan asks for, and the rest of the world."""
    async with name_server() as running:
        for record in plan(site).records:
            running.zone.setdefault((record.host, record.type), []).append(quoted(record.value) if record.type == "TXT" else record.value)
        running.zone["big.test", "MX"] = ["5 mx.big.test."]
        running.zone["mx.big.test", "A"] = ["192.0.2.99"]
        running.zone["bl.test", "A"] = ["192.0.2.98"]
        yield running


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def world(server: NameServer, outside: Outside) -> World:
    names = NameServers([f"127.0.0.1:{server.port}"], seconds=0.5)
    return World(names, outside.greeting, outside.clock_offset, lambda: NOW)
