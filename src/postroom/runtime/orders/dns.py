"""The DNS plan, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.operations import dnsplan
from postroom.runtime.site import name_servers, site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.runtime.house import House


async def plan(house: House, domain: str = "", addresses: Sequence[str] = (), compare: bool = True) -> dict[str, Any]:
    """Plan the records of a domain, as a list and as a zone file; with `compare` tell what is published in the place of each."""
    planned = dnsplan.plan(await site_of(house, domain, addresses))
    records = [record._asdict() for record in planned.records]
    if compare:
        compared = await dnsplan.compare(planned, name_servers(house.config))
        records = [record | {"state": found.state, "published": list(found.published)} for record, found in zip(records, compared, strict=True)]
    return {**planned.as_json(), "records": records, "notes": list(planned.notes), "zone": planned.zone()}


ORDERS = (plan,)
