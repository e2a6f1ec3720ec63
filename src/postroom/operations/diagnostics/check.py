"""What a check finds, and the world that it looks at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

from postroom.network import probe
from postroom.network.resolver import NameNotFoundError
from postroom.operations.site import own_addresses

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.network.resolver import Answer, Records

Value = TypeVar("Value")

PASS: Final = "pass"  # noqa: S105 - a status, no password
WARN: Final = "warn"


class Check(NamedTuple):
    """One finding: `details` tell what is so, and where that is wrong `why` tells why it matters and `fix` what to do."""

    name: str
    status: str
    details: str
    why: str = ""
    fix: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give it in the shape of the HTTP API, why and fix beside."""
        return {"name": self.name, "status": self.status, "details": self.details} | ({"why": self.why, "fix": self.fix} if self.fix else {})


def good(name: str, details: str) -> Check:
    """Make the finding that all is well."""
    return Check(name, PASS, details)


def wrong(name: str, details: str, why: str, fix: str) -> Check:
    """Make the finding that something is wrong."""
    return Check(name, WARN, details, why, fix)


class Greeting(Protocol):
    """Connects to a port and gives the first line, as `network.probe.greeting`."""

    async def __call__(self, host: str, port: int, *, tls: bool = False, speaks_first: bool = True) -> bytes:
        """Connect and give the line; raises OSError when nobody answers."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside of this process: the DNS, ports, clocks, the machine's addresses."""

    names: Records
    greeting: Greeting = probe.greeting
    clock_offset: Callable[[str], Awaitable[float]] = probe.clock_offset
    now: Callable[[], dt.datetime] = _now
    own_addresses: Callable[[], tuple[str, ...]] = field(default=own_addresses)


async def found(question: Awaitable[Answer[Value]]) -> tuple[Value, ...]:
    """Give the values of an answer, none for a name that does not exist; raises LookupFailed."""
    try:
        return (await question).values
    except NameNotFoundError:
        return ()


async def addresses_of(names: Records, host: str) -> tuple[str, ...]:
    """Look up all addresses of a host; raises LookupFailed."""
    return (*await found(names.a(host)), *await found(names.aaaa(host)))
