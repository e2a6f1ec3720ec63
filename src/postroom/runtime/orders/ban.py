"""Bans of client addresses after failed logins, for commands."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postroom.runtime.house import House


async def list_(house: House) -> list[dict[str, Any]]:
    """List the bans in force, the newest first."""
    return [asdict(ban) for ban in house.directory.failures.bans()]


async def add(house: House, address: str, minutes: int = 60, reason: str = "by command") -> dict[str, Any]:
    """Ban an address for some minutes."""
    return asdict(await house.directory.failures.ban(address, minutes, reason))


async def remove(house: House, address: str) -> None:
    """Lift a ban and forget the failures that led to it."""
    await house.directory.failures.lift(address)


ORDERS = (list_, add, remove)
