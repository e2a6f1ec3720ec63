"""Accounts: mailboxes and logins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.directory import accounts as directory
from postroom.formats.address import Address
from postroom.model.caller import Level
from postroom.model.collection import Collection, by_id, by_key, count, item, refresh
from postroom.model.description import Right, method, stored
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

ADMINISTRATOR: Final = directory.Account(0, 0, Address("Administrator", ""), 0, admin_level=directory.SERVER_ADMINISTRATOR)
"""The record of the account that Authenticate gives to Administrator (3.3)."""


class Accounts(Collection, iid="0AD49AE7-05ED-45F2-8D5A-68FC964EB7EA", clsid="403A75B8-499A-44C1-93D3-6A8A460AA88D"):
    """The accounts of a domain: all of them for an administrator, the own one for a user (3.9)."""

    __slots__ = ()
    of = "Account"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByAddress = by_key(6, "The account at an address.", "Address")
    Refresh = refresh(4)

    async def read(self) -> Sequence[directory.Account]:
        """Read those that the caller may see."""
        login = self.context.login
        if login.level is Level.USER and login.account is not None:
            return [await self.house.directory.accounts.by_id(login.account.id)]
        return await self.house.directory.accounts.list(self.parent.value("name"))

    def key(self, record: Any) -> str:
        """Give an account's address."""
        return str(record.address)


class Account(Row, iid="E5EDC050-0899-4A3B-BF4C-420212FC3895", clsid="369BE902-9F27-4722-A29F-3059E4D7021D"):
    """A mailbox with its owner's login."""

    __slots__ = ()

    Active = stored(Boolean, 1, "active", "Whether it takes mail and its owner may log in.")
    Address = stored(String, 3, "address", "The address; changing it renames the mailbox.", Right.DOMAIN, show=str, take=str.strip)
    ID = stored(Integer, 5, "id", "Its number; 0 until it is saved.", put=None, get=Right.NONE)

    @method(9, "Stores the account.", Right.SERVER, rule=lambda account, _: account.may_save())
    async def Save(self) -> None:
        await self.save()

    def may_save(self) -> bool:
        """Tell whether the caller may store it: an account of level 2 is a server administrator's to store (3.12)."""
        return bool(self.context.login.level is Level.SERVER or self.value("admin_level") < Level.SERVER)

    async def store(self) -> directory.Account:
        """Add it, or store what was changed."""
        accounts, edits = self.house.directory.accounts, dict(self.edits or {})
        if not self.record.id:
            return await accounts.add(edits.pop("address"), edits.pop("password", None), **edits)
        return await accounts.set(self.record.address, **edits)

    async def remove(self) -> None:
        """Remove the account."""
        await self.house.directory.accounts.remove(self.record.address)
