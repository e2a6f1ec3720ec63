"""Accounts, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.operations.removal import remove_account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.accounts import Account
    from postroom.runtime.house import House


async def list_(house: House, domain: str = "", after: str = "", limit: int = 1000) -> list[dict[str, Any]]:
    """List accounts in the order of their addresses, from the one after `after` on."""
    return [_shown(account) for account in await house.directory.accounts.list(domain, after, limit)]


async def show(house: House, address: str) -> dict[str, Any]:
    """Show one account and what its mail weighs."""
    account = await house.directory.accounts.get(address)
    size, messages = await house.mailboxes.usage(account.id)
    return {**_shown(account), "size": size, "messages": messages}


async def add(house: House, address: str, password: str | None = None, **settings: Any) -> dict[str, Any]:
    """Add an account; without a password nobody can log in to it."""
    return _shown(await house.directory.accounts.add(address, password, **settings))


async def add_many(house: House, domain: str, locals: Sequence[str], password: str) -> int:  # noqa: A002 - what people call them
    """Add accounts that share one password, hashed once: for tests and benchmarks. Returns how many."""
    credentials = await house.directory.hashing.make(password)
    return await house.directory.accounts.add_many(domain, locals, credentials)


async def set_(house: House, address: str, new_address: str = "", **changes: Any) -> dict[str, Any]:
    """Change an account; `new_address` is another one in its domain."""
    changes |= {"address": new_address} if new_address else {}
    return _shown(await house.directory.accounts.set(address, **changes))


async def set_password(house: House, address: str, password: str) -> None:
    """Set a new password; the old one is of no use from now on."""
    await house.directory.accounts.set_password(address, password)


async def remove(house: House, address: str) -> None:
    """Remove an account and all its mail."""
    await remove_account(house.directory, house.mailboxes, address)


def _shown(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "address": str(account.address),
        "active": account.active,
        "admin_level": account.admin_level,
        "quota": account.quota,
        "person": account.person,
    }


ORDERS = (list_, show, add, add_many, set_, set_password, remove)
