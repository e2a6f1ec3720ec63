"""Keys of the HTTP API, for commands, and mailboxes opened with one."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from postroom.directory.keys import OF_MAILBOX, NewMailbox, fresh, mailbox_address, new_key, open_mailbox
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.keys import Key
    from postroom.runtime.house import House


async def list_(house: House, address: str = "") -> list[dict[str, Any]]:
    """List keys, of one account or all; their texts are known to nobody here."""
    account = await house.directory.accounts.get(address) if address else None
    found = await house.directory.keys.list(account.id if account else None)
    return [await _shown(house, key) for key in found]


async def show(house: House, id: int) -> dict[str, Any]:  # noqa: A002 - the word that people type
    """Show one key."""
    return await _shown(house, await house.directory.keys.get(id))


async def add(house: House, address: str = "", scopes: Sequence[str] = (), name: str = "") -> dict[str, Any]:
    """Make a key for an account, or for an administrator; its text is in the answer and nowhere else."""
    account = await house.directory.accounts.get(address) if address else None
    key, raw = await house.directory.keys.add(account, scopes, name)
    return {**await _shown(house, key), "key": raw}


async def remove(house: House, id: int) -> None:  # noqa: A002 - as above
    """Revoke a key."""
    await house.directory.keys.revoke(id)


async def open_(house: House, local: str, domain: str, password: str | None = None, quota: int = 0) -> dict[str, Any]:
    """Open a mailbox with a key, and host its domain if that is new, as the HTTP API does; `quota` in bytes."""
    address, raw = mailbox_address(local, domain), fresh()
    secret = password if password is not None else secrets.token_urlsafe(24)
    credentials = await house.directory.hashing.make(secret)
    new = NewMailbox(address.local, address.domain, quota, credentials, new_key(raw, OF_MAILBOX, "mailbox"))
    number = await house.database.transact(CONTROL, open_mailbox, new, time.time_ns() // 1000)
    mailbox = {"id": number, "email": str(address), "quota": quota >> 20, "active": True}
    return {"mailbox": mailbox, "password": secret, "api_key": {"key": raw, "scopes": list(OF_MAILBOX)}}


async def administrator(house: House) -> str | None:
    """Make an administrator's key when there is none; its text then, and nothing otherwise."""
    return await house.directory.keys.ensure_administrator()


async def _shown(house: House, key: Key) -> dict[str, Any]:
    account = await house.directory.keys.owner(key)
    return {
        "id": key.id,
        "begins": key.begins,
        "scopes": list(key.scopes),
        "name": key.name,
        "address": str(account.address) if account else None,
        "created": key.created,
    }


ORDERS = (list_, show, add, remove, open_, administrator)
