"""The server's name and addresses: EHLO name, A and AAAA, and the way back from address to name (FCrDNS)."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING

from postroom.operations.diagnostics.check import addresses_of, found, good, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

NOT_PUBLIC = (".local", ".localdomain", ".lan", ".internal", ".home.arpa", ".localhost", ".test", ".example", ".invalid")
WHY_NAME = "Many servers refuse mail from a server that does not greet them (EHLO) with a name that leads to it (RFC 5321 section 4.1.1.1)."
WHY_REVERSE = "Large providers refuse or distrust mail from addresses whose name does not lead to the server and back."


async def checks(site: Site, world: World) -> list[Check]:
    """Check the name, its addresses, and for each address the way back."""
    resolved = await addresses_of(world.names, site.hostname)
    known = site.addresses or resolved
    reverse = await asyncio.gather(*(_reverse(site, world, address) for address in known))
    return [_name(site), _addresses(site, resolved), *reverse]


def _name(site: Site) -> Check:
    name = site.hostname
    if "." not in name or name.endswith(NOT_PUBLIC) or _is_address(name):
        fix = f'Write hostname = "mail.{site.domain or "example.com"}" (the name in your MX record) into postroom.toml and restart.'
        return wrong("host_name", f"The server greets others as {name}, which is no name that the Internet knows.", WHY_NAME, fix)
    return good("host_name", f"The server greets others as {name}.")


def _addresses(site: Site, resolved: Sequence[str]) -> Check:
    missing = [address for address in site.addresses if address not in resolved]
    if not resolved:
        address = site.addresses[0] if site.addresses else "192.0.2.1"
        fix = f"Publish: {site.hostname}. IN {_kind(address)} {address}" + ("" if site.addresses else " (with this server's public address)")
        return wrong("addresses", f"{site.hostname} has neither A nor AAAA record.", "Nobody can reach a server whose name has no address.", fix)
    if missing:
        records = ", ".join(f"{site.hostname}. IN {_kind(address)} {address}" for address in missing)
        details = f"{site.hostname} leads to {', '.join(resolved)}, not to {', '.join(missing)}, where this server is."
        return wrong("addresses", details, WHY_NAME, f"Publish: {records}. If this server does not send from there, set public_addresses.")
    return good("addresses", f"{site.hostname} leads to {', '.join(resolved)}.")


async def _reverse(site: Site, world: World, address: str) -> Check:
    names = await found(world.names.ptr(address))
    pointer = ipaddress.ip_address(address).reverse_pointer
    fix = f"Have whoever gives you {address} (your provider's panel, often as `reverse DNS`) publish: {pointer}. IN PTR {site.hostname}."
    if not names:
        return wrong("reverse_dns", f"{address} has no name (PTR).", WHY_REVERSE, fix)
    if site.hostname not in names:
        return wrong("reverse_dns", f"{address} has the name {', '.join(names[:5])}, not {site.hostname}.", WHY_REVERSE, fix)
    if address not in await addresses_of(world.names, site.hostname):
        back = f"Publish: {site.hostname}. IN {_kind(address)} {address}"
        return wrong("reverse_dns", f"{address} has the name {site.hostname}, but that does not lead back to it.", WHY_REVERSE, back)
    return good("reverse_dns", f"{address} has the name {site.hostname}, which leads back to it.")


def _kind(address: str) -> str:
    return "A" if ipaddress.ip_address(address).version == 4 else "AAAA"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
