"""Runs the families of checks, side by side and each within its time."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any, Final

from postroom.network.resolver import LookupFailed
from postroom.operations import dnsplan
from postroom.operations.diagnostics import blocklists, certificate, dkim, dmarc, host, machine, mx, ports, spf
from postroom.operations.diagnostics.check import WARN, wrong

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

    Family = Callable[[Site, World], Awaitable[list[Check]]]

FAMILIES: Final[Mapping[str, Family]] = {
    "host_name": host.checks,
    "mx": mx.checks,
    "spf": spf.checks,
    "dkim": dkim.checks,
    "dmarc": dmarc.checks,
    "certificate": certificate.checks,
    "listeners": ports.listeners,
    "outgoing_smtp": ports.outgoing,
    "clock": machine.clock,
    "disk": machine.disk,
    "blocklists": blocklists.checks,
}
"""The families by the name of what they check first."""

PREFLIGHT: Final = ("host_name", "outgoing_smtp", "clock", "disk", "blocklists")
"""Those that can be told before a server is set up."""

SECONDS: Final = 30.0


async def examine(site: Site, world: World, families: tuple[str, ...] = tuple(FAMILIES), *, seconds: float = SECONDS) -> list[Check]:
    """Run families of checks; one that gets no answer is a finding of its own, never an error."""
    found = await asyncio.gather(*(_one(name, site, world, seconds) for name in families))
    return [check for checks in found for check in checks]


async def report(site: Site, world: World) -> dict[str, Any]:
    """Make the deliverability report in the shape of the HTTP API: status, platform, checks, DNS plan."""
    checks = await examine(site, world)
    status = WARN if any(check.status == WARN for check in checks) else "ok"
    plan = dnsplan.plan(site).as_json()
    return {"status": status, "platform": sys.platform, "checks": [check.as_json() for check in checks], "dns_plan": plan}


async def _one(name: str, site: Site, world: World, seconds: float) -> list[Check]:
    why = "Without an answer nobody can tell whether this is in order, and other servers may be in the same place."
    try:
        async with asyncio.timeout(seconds):
            return await FAMILIES[name](site, world)
    except LookupFailed as error:
        fix = "See whether this machine's name servers work (`dns.servers` in the configuration names others), then run this again."
        return [wrong(name, str(error), why, fix)]
    except TimeoutError:
        return [
            wrong(name, f"This took more than {seconds:.0f} seconds.", why, "See whether this machine has a working network, then run this again.")
        ]
