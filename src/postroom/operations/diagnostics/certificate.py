"""The certificate: whether it is for this server's name, holds for a while, and somebody vouches for it."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.network.certificates import read_certificate
from postroom.operations.diagnostics.check import good, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

SOON: Final = dt.timedelta(days=14)
WHY = "Mail programs warn their users about such a certificate, and servers that insist on a valid one (MTA-STS) do not deliver."
RENEW = "Put a new one in the place of the files that tls.certificate and tls.key name, then `postroom reload`."


async def checks(site: Site, world: World) -> list[Check]:
    """Read the certificate that clients are shown."""
    if site.certificate is None:
        return [wrong("certificate", "There is no certificate.", WHY, "Name one by tls.certificate and tls.key in postroom.toml.")]
    try:
        facts = await asyncio.to_thread(read_certificate, site.certificate)
    except ConfigurationError as error:
        return [wrong("certificate", str(error), WHY, RENEW)]
    until = f"until {facts.expires:%Y-%m-%d}"
    left = facts.expires - world.now()
    if left <= dt.timedelta(0):
        return [wrong("certificate", f"The certificate has expired: it was good {until}.", WHY, RENEW)]
    if left < SOON:
        return [wrong("certificate", f"The certificate is good {until} only, {left.days} days from now.", WHY, RENEW)]
    if not covers(facts.names, site.hostname):
        names = ", ".join(facts.names[:10]) or "no name"
        return [wrong("certificate", f"The certificate is for {names}, not for {site.hostname}.", WHY, f"Get one for {site.hostname}. {RENEW}")]
    if facts.self_signed:
        fix = "Get one from an authority, such as Let's Encrypt, and name it by tls.certificate and tls.key in postroom.toml."
        return [wrong("certificate", "The certificate is signed by nobody but this server.", WHY, fix)]
    return [good("certificate", f"The certificate is for {site.hostname} and good {until}.")]


def covers(names: Sequence[str], host: str) -> bool:
    """Tell whether one of a certificate's names is for a host; a wildcard stands for one label (RFC 9525 section 6.3)."""
    return any(name.lower() in {host, f"*.{host.partition('.')[2]}"} for name in names)
