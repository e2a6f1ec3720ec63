"""The keys that sign a domain's mail, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.signing import WAITING
from postroom.errors import PostroomError
from postroom.operations.diagnostics import World
from postroom.operations.diagnostics.check import WARN
from postroom.operations.diagnostics.dkim import check_key
from postroom.operations.dnsplan import quoted
from postroom.runtime.site import name_servers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.signing import PublishedKey
    from postroom.runtime.house import House


async def list_(house: House, name: str = "") -> list[dict[str, Any]]:
    """List the keys of a domain, which gets its first ones when it has none; without a name those of all domains."""
    if name:
        return _shown(house, await house.directory.signing.list(name))
    return _shown(house, await house.directory.signing.every())


async def rotate(house: House, name: str) -> list[dict[str, Any]]:
    """Make new keys, which wait to be published."""
    return _shown(house, await house.directory.signing.rotate(name))


async def activate(house: House, name: str, force: bool = False) -> list[dict[str, Any]]:
    """Sign with the keys that wait, if all the world can fetch them (or by force)."""
    domain, world = house.directory.domains.find(name), World(name_servers(house.config))
    waiting = [key for key in await house.directory.signing.list(name) if key.state == WAITING]
    for key in waiting if not force else ():
        for published_at in (domain.name, *domain.aliases):
            finding = await check_key(key, published_at, world)
            if finding.status == WARN:
                raise PostroomError(f"{finding.details} {finding.fix} Or sign with it all the same: --force.")
    return _shown(house, await house.directory.signing.activate(name))


async def remove(house: House, name: str, selector: str) -> None:
    """Remove a key that does not sign."""
    await house.directory.signing.remove(name, selector)


def _shown(house: House, keys: Sequence[PublishedKey]) -> list[dict[str, Any]]:
    names = {domain.id: domain.name for domain in house.directory.domains.list()}
    return [
        {
            "domain": names[key.domain_id],
            "selector": key.selector,
            "algorithm": key.algorithm,
            "state": key.state,
            "host": key.host(names[key.domain_id]),
            "record": key.record,
            "zone": f"{key.host(names[key.domain_id])}. IN TXT {quoted(key.record)}",
            "created": key.created,
        }
        for key in keys
        if key.domain_id in names
    ]


ORDERS = (list_, rotate, activate, remove)
