"""What this server is to the world, gathered from a house: the facts that the DNS plan and the diagnostics work from, and the plan itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.errors import ConfigurationError, PostroomError
from postroom.formats import mtasts
from postroom.network.resolver import NameServers
from postroom.operations import diagnostics, dnsplan
from postroom.operations.site import Port, Site, own_addresses
from postroom.runtime.config import IMPLICIT
from postroom.runtime.doors import certificates
from postroom.runtime.sessions import server_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from postroom.network.resolver import Records
    from postroom.runtime.config import Configuration
    from postroom.runtime.house import House
    from postroom.servers.http.autoconfig import Offer

PROGRAMS: Final[Mapping[str, tuple[str, ...]]] = {
    "imap": ("imaps", "imap"),
    "pop3": ("pop3s", "pop3"),
    "smtp": ("submissions", "submission"),
}
"""The protocols of mail programs, with the listeners that speak them, the best first."""


async def site_of(house: House, domain: str = "", addresses: Sequence[str] = ()) -> Site:
    """Gather the facts about the server and a domain (usually the default one, else the first); raises PostroomError when there is none."""
    settings, directory = house.directory.settings, house.directory
    name = _domain(house, domain)
    return Site(
        hostname=server_name(settings),
        domain=name,
        addresses=tuple(addresses) or settings.public_addresses or own_addresses(),
        ports=await _ports(house),
        keys=await directory.signing.list(name),
        certificate=_certificate(house),
        mta_sts=settings.mta_sts_mode,
        data=house.config.data,
        reserve=settings.free_space_reserve,
        blocklists=settings.diagnostic_blocklists,
        destination=settings.diagnostic_destination,
        time_server=settings.diagnostic_time_server,
    )


def name_servers(config: Configuration) -> Records:
    """Give the DNS as the configuration names it."""
    return NameServers(config.dns_servers)


async def plan_dns(house: House, domain: str = "") -> dict[str, Any]:
    """Answer the DNS plan of the HTTP API: {hostname, domain, records: [{type, host, value}]}."""
    return dnsplan.plan(await site_of(house, domain)).as_json()


async def compare_dns(house: House, domain: str = "") -> list[dict[str, Any]]:
    """Answer what is published in the place of each planned record: [{type, host, value, state, published}]."""
    planned = dnsplan.plan(await site_of(house, domain))
    compared = await dnsplan.compare(planned, name_servers(house.config))
    return [
        {**record, "state": found.state, "published": list(found.published)}
        for record, found in zip(planned.as_json()["records"], compared, strict=True)
    ]


async def offer_to_programs(house: House, domain: str) -> Offer | None:
    """Tell what a domain offers to mail programs, for `servers.http.autoconfig.router`; None when it is not hosted here."""
    from postroom.servers.http.autoconfig import Offer, Server  # noqa: PLC0415 - FastAPI takes half a second, and few processes offer this

    settings, domains = house.directory.settings, house.directory.domains
    hostname = server_name(settings)
    if domain == hostname:  # asked by the server's own name
        domain = settings.default_domain or domain
    if domains.get(domain) is None:
        return None
    servers = [
        Server(protocol, port.port, port.protocol in IMPLICIT)
        for protocol, words in PROGRAMS.items()
        for word in words
        for port in await _ports(house)
        if port.protocol == word
    ]
    policy = mtasts.Policy(settings.mta_sts_mode, (hostname,)).text() if settings.mta_sts_mode != "none" else ""
    return Offer(hostname, domain, tuple(servers), policy)


async def deliverability(house: House, domain: str = "") -> dict[str, Any]:
    """Answer the deliverability report of the HTTP API: {status, platform, checks, dns_plan}."""
    return await diagnostics.report(await site_of(house, domain), diagnostics.World(name_servers(house.config)))


def _domain(house: House, name: str) -> str:
    domains = house.directory.domains
    if name:
        found = domains.find(name)
        wanted = name.strip().lower().removesuffix(".")
        return wanted if wanted in found.aliases else found.name
    if usual := domains.get(house.directory.settings.default_domain):
        return usual.name
    if not domains.list():
        raise PostroomError("No domain is hosted here yet: `postroom domain add example.com` adds one.")
    return domains.list()[0].name


async def _ports(house: House) -> tuple[Port, ...]:
    pinned = [Port(place.protocol, place.address, place.port) for place in house.config.listeners if not place.path]
    return tuple(pinned) or tuple(Port(port.protocol, port.address, port.port) for port in await house.directory.listeners.list())


def _certificate(house: House) -> Path | None:
    try:
        return certificates(house.config, house.directory.settings).certificate
    except ConfigurationError:
        return None
