"""Domains, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.operations.removal import remove_domain

if TYPE_CHECKING:
    from postroom.directory.domains import Domain
    from postroom.runtime.house import House


async def list_(house: House) -> list[dict[str, Any]]:
    """List all domains."""
    return [_shown(domain) for domain in house.directory.domains.list()]


async def show(house: House, name: str) -> dict[str, Any]:
    """Show one domain, by its own name or another that it has."""
    return _shown(house.directory.domains.find(name))


async def add(house: House, name: str, **settings: Any) -> dict[str, Any]:
    """Add a domain, with the keys that sign its mail."""
    domain = await house.directory.domains.add(name, **settings)
    await house.directory.signing.active(domain)
    return _shown(domain)


async def set_(house: House, name: str, **changes: Any) -> dict[str, Any]:
    """Change a domain."""
    return _shown(await house.directory.domains.set(name, **changes))


async def rename(house: House, name: str, new_name: str) -> dict[str, Any]:
    """Give a domain another name, with all addresses in it."""
    return _shown(await house.directory.domains.rename(name, new_name))


async def remove(house: House, name: str, everything: bool = False) -> None:
    """Remove a domain: an empty one, or with `everything` one with its accounts and their mail, its aliases and lists."""
    if everything:
        await remove_domain(house.directory, house.mailboxes, name)
    else:
        await house.directory.domains.remove(name)


async def add_alias(house: House, name: str, alias: str) -> dict[str, Any]:
    """Give a domain another name."""
    return _shown(await house.directory.domains.add_alias(name, alias))


async def remove_alias(house: House, alias: str) -> dict[str, Any]:
    """Take a domain's other name away."""
    return _shown(await house.directory.domains.remove_alias(alias))


def _shown(domain: Domain) -> dict[str, Any]:
    return {
        "id": domain.id,
        "name": domain.name,
        "active": domain.active,
        "catch_all": str(domain.catch_all or ""),
        "plus_addressing": domain.plus_addressing,
        "plus_character": domain.plus_character,
        "max_size": domain.max_size,
        "max_message_size": domain.max_message_size,
        "max_account_size": domain.max_account_size,
        "aliases": list(domain.aliases),
    }


ORDERS = (list_, show, add, set_, rename, remove, add_alias, remove_alias)
