"""The doctor, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.operations import diagnostics
from postroom.runtime.site import name_servers, site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.runtime.house import House


async def examine(house: House, domain: str = "", addresses: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Check the server and a domain of it, as the world sees them."""
    found = await diagnostics.examine(await site_of(house, domain, addresses), diagnostics.World(name_servers(house.config)))
    return [check.as_json() for check in found]


ORDERS = (examine,)
