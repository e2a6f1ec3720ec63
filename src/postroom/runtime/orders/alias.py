"""Aliases, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.aliases import Alias
    from postroom.runtime.house import House


async def list_(house: House, domain: str = "", after: str = "", limit: int = 1000) -> list[dict[str, Any]]:
    """List aliases in the order of their addresses."""
    return [_shown(alias) for alias in await house.directory.aliases.list(domain, after, limit)]


async def show(house: House, address: str) -> dict[str, Any]:
    """Show one alias."""
    return _shown(await house.directory.aliases.get(address))


async def add(house: House, address: str, destinations: Sequence[str]) -> dict[str, Any]:
    """Add an alias to one or several destinations, here or elsewhere."""
    return _shown(await house.directory.aliases.add(address, destinations))


async def set_(house: House, address: str, **changes: Any) -> dict[str, Any]:
    """Change an alias."""
    return _shown(await house.directory.aliases.set(address, **changes))


async def remove(house: House, address: str) -> None:
    """Remove an alias."""
    await house.directory.aliases.remove(address)


def _shown(alias: Alias) -> dict[str, Any]:
    return {
        "address": str(alias.address),
        "destinations": [str(destination) for destination in alias.destinations],
        "active": alias.active,
    }


ORDERS = (list_, show, add, set_, remove)
