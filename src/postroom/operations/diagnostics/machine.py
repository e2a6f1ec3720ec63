"""The machine: its clock and its disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from postroom.operations.diagnostics.check import good, wrong
from postroom.storage.disk import free_bytes

if TYPE_CHECKING:
    from postroom.operations.diagnostics.check import Check, World
    from postroom.operations.site import Site

MOST_OFF: Final = 10.0
"""Seconds that the clock may differ."""

LEAST_FREE: Final = 1 << 30


async def clock(site: Site, world: World) -> list[Check]:
    """Compare the clock with a time server's."""
    if not site.time_server:
        return [good("clock", "Not compared: the setting diagnostic_time_server is empty.")]
    why = "Mail with a wrong date is taken for spam, signatures from the future are refused, and logs can't be compared."
    fix = "Let the machine set its clock by itself: `timedatectl set-ntp true`, or install chrony."
    try:
        offset = await world.clock_offset(site.time_server)
    except OSError as error:
        details = f"The time server {site.time_server} gives no answer ({str(error) or 'in time'}), so nobody knows whether the clock is right."
        return [
            wrong("clock", details, why, "See whether UDP port 123 is open to the outside, or name another server: setting diagnostic_time_server.")
        ]
    if abs(offset) > MOST_OFF:
        return [wrong("clock", f"The clock is {abs(offset):,.0f} seconds {'slow' if offset > 0 else 'fast'}.", why, fix)]
    return [good("clock", f"The clock is right to {abs(offset):.1f} seconds.")]


async def disk(site: Site, _world: World) -> list[Check]:
    """See that the data directory has room for a while."""
    if site.data is None:
        return []
    free = await asyncio.to_thread(free_bytes, site.data)
    least = max(2 * site.reserve, LEAST_FREE)
    if free < least:
        why = "Below the reserve (setting free_space_reserve) no mail is accepted."
        return [wrong("disk", f"{site.data} has {_megabytes(free)} left.", why, f"Make room: at least {_megabytes(least)} should be free.")]
    return [good("disk", f"{site.data} has {_megabytes(free)} left.")]


def _megabytes(octets: int) -> str:
    return f"{octets / (1 << 20):,.0f} MB"
