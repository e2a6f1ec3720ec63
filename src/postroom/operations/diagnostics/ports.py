"""Ports: whether our listeners answer, and whether this network lets mail out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from postroom.operations.diagnostics.check import addresses_of, found, good, wrong

if TYPE_CHECKING:
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Port, Site

GREETINGS: Final = {
    "smtp": b"220",
    "submission": b"220",
    "submissions": b"220",
    "lmtp": b"220",
    "pop3": b"+OK",
    "pop3s": b"+OK",
    "imap": b"* OK",
    "imaps": b"* OK",
}
IMPLICIT: Final = frozenset({"submissions", "imaps", "pop3s", "https"})
EVERYWHERE: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how a listener on all addresses is reached from here
SMTP: Final = 25

WHY_PORT = "Nobody can use a port that does not answer."
WHY_SMTP = "Other servers bring mail to port 25, and to no other."


async def listeners(site: Site, world: World) -> list[Check]:
    """Connect to each listener, and see that others can bring mail."""
    if not site.ports:
        return [wrong("listeners", "The server listens nowhere.", WHY_PORT, "`postroom listener add smtp 25` adds a port; then restart.")]
    findings = list(await asyncio.gather(*(_answers(world, port) for port in site.ports)))
    open_to_all = [port for port in site.ports if port.protocol == "smtp" and not _loopback(port.address)]
    if not any(port.port == SMTP for port in open_to_all):
        where = ", ".join(f"{port.address or '*'}:{port.port}" for port in site.ports if port.protocol == "smtp") or "nowhere"
        details = f"SMTP for other servers listens at {where}, not on port 25 for everybody."
        findings.append(
            wrong("listeners", details, WHY_SMTP, "`postroom listener add smtp 25`, then restart; or lead port 25 here by a firewall rule.")
        )
    return findings


async def outgoing(site: Site, world: World) -> list[Check]:
    """Try to reach another server's port 25; raises LookupFailed."""
    if not site.destination:
        return [good("outgoing_smtp", "Not tried: the setting diagnostic_destination is empty.")]
    exchangers = [host for _, host in await found(world.names.mx(site.destination)) if host] or [site.destination]
    addresses = await addresses_of(world.names, exchangers[0])
    reasons = []
    for address in addresses[:2]:
        try:
            line = await world.greeting(address, SMTP)
        except OSError as error:
            reasons.append(f"{address}: {str(error) or 'no answer in time'}")
            continue
        if line.startswith(b"220"):
            return [good("outgoing_smtp", f"Mail can leave: {exchangers[0]} answers at {address} port 25.")]
        reasons.append(f"{address}: it says {line[:100].decode('ascii', 'backslashreplace')}")
    details = f"{exchangers[0]}, which takes mail for {site.destination}, can't be reached at port 25 ({'; '.join(reasons) or 'it has no address'})."
    why = "Without it no mail leaves. Many providers close port 25 for their customers."
    fix = "Ask your provider to open outgoing port 25, or send through a smart host on port 465 or 587."
    return [wrong("outgoing_smtp", details, why, fix)]


async def _answers(world: World, port: Port) -> Check:
    where = f"{port.protocol} at {port.address or '*'} port {port.port}"
    expected = GREETINGS.get(port.protocol, b"")
    fix = f"See whether the server runs (`postroom status`), and who else has port {port.port}."
    try:
        host = EVERYWHERE.get(port.address, port.address)
        line = await world.greeting(host, port.port, tls=port.protocol in IMPLICIT, speaks_first=bool(expected))
    except OSError as error:
        return wrong("listeners", f"{where} does not answer: {str(error) or 'no answer in time'}.", WHY_PORT, fix)
    if not line.startswith(expected):
        return wrong(
            "listeners", f"{where} answers {line[:100].decode('ascii', 'backslashreplace')}.", "That is another program, or refuses us.", fix
        )
    return good("listeners", f"{where} answers (from this machine; whether a firewall stands before it, only others can tell).")


def _loopback(address: str) -> bool:
    return address.startswith("127.") or address == "::1"
