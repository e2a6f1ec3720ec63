"""Blocklists: whether this server's addresses stand in one that others ask (RFC 5782)."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Final

from postroom.network.resolver import LookupFailed
from postroom.operations.diagnostics.check import addresses_of, found, good, wrong

if TYPE_CHECKING:
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

REFUSED: Final = "127.255.255."
"""How the large lists tell that they do not answer this name server; it is no listing."""

WHY = "Servers that ask this list refuse mail from here."


async def checks(site: Site, world: World) -> list[Check]:
    """Ask each list about each address."""
    addresses = site.addresses or await addresses_of(world.names, site.hostname)
    questions = [(address, zone) for address in addresses for zone in site.blocklists]
    answers = await asyncio.gather(*(_asked(world, address, zone) for address, zone in questions))
    findings = [finding for finding, _ in answers if finding is not None]
    silent = [note for _, note in answers if note]
    if not questions:
        return [good("blocklists", "Not asked: there is no public address or no list (setting diagnostic_blocklists).")]
    if findings:
        return findings
    asked = ", ".join(site.blocklists)
    return [good("blocklists", f"{', '.join(addresses)}: not listed by {asked}." + (f" But {'; '.join(silent)}." if silent else ""))]


async def _asked(world: World, address: str, zone: str) -> tuple[Check | None, str]:
    """Ask one list; gives a finding, or a note that it would not say."""
    name = f"{ipaddress.ip_address(address).reverse_pointer.removesuffix('.in-addr.arpa').removesuffix('.ip6.arpa')}.{zone}"
    try:
        codes = await found(world.names.a(name))
        if not codes:
            return None, ""
        if all(code.startswith(REFUSED) or not code.startswith("127.") for code in codes):
            return None, f"{zone} does not answer this name server: name one of your own by dns.servers"
        reasons = [text.decode("utf-8", "backslashreplace")[:200] for text in await found(world.names.txt(name))]
    except LookupFailed:
        return None, f"{zone} gives no answer"
    details = f"{address} is listed by {zone} ({', '.join([*codes[:5], *reasons[:2]])})."
    fix = f"Find out what was sent from here (`postroom logs`, `postroom queue`), stop it, then ask {zone} to remove {address}."
    return wrong("blocklists", details, WHY, fix), ""
