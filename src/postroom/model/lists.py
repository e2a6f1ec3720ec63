"""Distribution lists and who is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory import lists as directory
from postroom.model.collection import Collection, RecordCollection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.description import child, stored
from postroom.model.enumerations import eDistributionListMode
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, String
from postroom.model.names import refuse_elsewhere, refuse_taken
from postroom.model.row import FAILED, RecordRow, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Sequence


def known_mode(mode: int) -> int:
    """Give a mode that there is, else that of a public list (8.18)."""
    return mode if mode in set(directory.Mode) else int(directory.Mode.PUBLIC)


class DistributionLists(Collection, iid="8F0E22B8-0824-42DF-9260-F8B9ABFA8C61", clsid="C3DD0A4A-0551-442F-859A-76AAB92A6CF1"):
    """The distribution lists of a domain."""

    __slots__ = ()
    of = "DistributionList"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(2)
    ItemByAddress = by_key(5, "The list at an address.", "sAddress")
    Add = add(3)
    DeleteByDBID = delete_by_id(4, name="lDBID")
    Refresh = refresh(6)

    async def read(self) -> Sequence[directory.DistributionList]:
        """Read them by address."""
        return await self.house.directory.lists.list(self.parent.value("id"))

    def blank(self) -> directory.DistributionList:
        """Give the record of a new list (5.3)."""
        return directory.DistributionList(domain_id=self.parent.value("id"), active=False)

    def key(self, record: Any) -> str:
        """Give a list's address."""
        return str(record.address)


class DistributionList(RecordRow, iid="8251393D-27D8-4DF2-8A05-949C11D42C09", clsid="990D27ED-86CE-4DCB-B1C1-1E130C07F918"):
    """An address that stands for many."""

    __slots__ = ()
    prefix = FAILED

    ID = identity(1)
    Active = stored(Boolean, 5, "active", "Whether mail to it is taken.")
    Recipients = child("DistributionListRecipients", 6, "Who is on the list.")
    Address = stored(String, 7, "address", "The address of the list.", take=str.strip)
    RequireSMTPAuth = stored(Boolean, 8, "require_auth", "Whether only senders who have logged in may send to it.")
    RequireSenderAddress = stored(String, 9, "sender", "The address that may send to it, in mode 2.", take=str.strip)
    Mode = stored(
        eDistributionListMode,
        10,
        "mode",
        "Who may send to it: 0 everybody, 1 those on the list, 2 only RequireSenderAddress, 3 addresses of its domain.",
        show=known_mode,
        take=known_mode,
    )
    Delete = deletes(2)
    Save = saves(4)

    async def store(self) -> directory.DistributionList:
        """Add it, or store it whole."""
        record = self.draft()
        await self.check(record)
        return await self.house.directory.lists.save(record)

    async def check(self, record: Any) -> None:
        """Refuse what 4.5 names, in its order."""
        domain = self.house.directory.domains.by_id(record.domain_id)
        await refuse_taken(self, record.address)
        refuse_elsewhere(self, record.address, domain, "The distribution list domain does not match the owning domain name.")
        most = domain.profile.most("lists")
        if not record.id and most is not None and len(await self.house.directory.lists.list(domain.id)) >= most:
            raise self.refused("The maximum number of distribution lists have been created.")

    async def remove(self) -> None:
        """Remove the list with its recipients."""
        await self.house.directory.lists.remove(self.record.id)


class DistributionListRecipients(RecordCollection, iid="F8759D53-9D91-47EA-A8C2-A9AF151E1FD4", clsid="AB59F3C1-4904-4F1D-883A-4BFC699A7D0B"):
    """Who is on a distribution list."""

    __slots__ = ()
    of = "DistributionListRecipient"
    kind = directory.ListRecipient

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(2)
    Add = add(3)
    DeleteByDBID = delete_by_id(4, name="lDBID")


class DistributionListRecipient(RecordRow, iid="6DD90CB4-5E1E-45C8-9748-28A020A13E4D", clsid="0886D5D8-4C1C-46F1-BC7B-EEDC9FE9DFFA"):
    """Somebody on a distribution list: an address here or anywhere, also another list."""

    __slots__ = ()

    ID = identity(1)
    RecipientAddress = stored(String, 2, "address", "The address that gets the mail of the list.", take=str.strip)
    Delete = deletes(3)
    Save = saves(4)

    async def check(self, record: Any) -> None:
        """Refuse an empty address (4.5)."""
        if not record.address:
            raise Failed("The recipient address is empty")
