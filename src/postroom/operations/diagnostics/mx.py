"""MX: whether the domain's mail comes here."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import TYPE_CHECKING

from postroom.operations.diagnostics.check import addresses_of, found, good, wrong

if TYPE_CHECKING:
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

WHY = "Other servers bring the domain's mail to the hosts in its MX records (RFC 5321 section 5.1)."


async def checks(site: Site, world: World) -> list[Check]:
    """Check that the domain's first mail exchanger is this server, by a name that has addresses itself."""
    domain, host = site.domain, site.hostname
    exchangers = await found(world.names.mx(domain))
    publish = f"Publish: {domain}. IN MX 10 {host}."
    if not exchangers:
        return [wrong("mx", f"{domain} has no MX record.", WHY, publish)]
    if exchangers[0][1] == "":
        return [wrong("mx", f"{domain} says that it takes no mail at all (a null MX).", WHY, f"Remove that record. {publish}")]
    listed = ", ".join(f"{preference} {name}" for preference, name in exchangers[:10])
    if host not in {name for _, name in exchangers}:
        return [wrong("mx", f"The mail of {domain} goes to {listed}, not to {host}.", WHY, f"{publish} Remove the others.")]
    if _is_address(host):
        return [wrong("mx", f"The MX record names the address {host}.", "An MX record holds a name; others pass this one by.", publish)]
    if await found(world.names.records(host, "CNAME")):
        why = "An MX record may not lead to a CNAME (RFC 2181 section 10.3); some servers refuse it."
        return [wrong("mx", f"{host} is a CNAME.", why, f"Give {host} A and AAAA records of its own.")]
    if not await addresses_of(world.names, host):
        return [wrong("mx", f"{host}, where the mail goes, has no address.", WHY, f"Give {host} A and AAAA records.")]
    if exchangers[0][1] != host and exchangers[0][0] < min(preference for preference, name in exchangers if name == host):
        return [wrong("mx", f"The mail of {domain} goes to {listed}: {exchangers[0][1]} comes first.", WHY, f"Give {host} the smallest number.")]
    return [good("mx", f"The mail of {domain} goes to {listed}.")]


def _is_address(name: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return False
