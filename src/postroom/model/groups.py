"""Groups of accounts, with which folders are shared."""

from __future__ import annotations

from typing import Any

from postroom.directory import groups as directory
from postroom.directory.errors import NotFound
from postroom.model.collection import RecordCollection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.description import CLASSES, Right, child, getter, stored
from postroom.model.errors import BadIndex
from postroom.model.kinds import Integer, String
from postroom.model.row import FAILED, RecordRow, deletes, identity, saves


class Groups(RecordCollection, iid="04B3AAAA-2B86-4C71-8A92-2D174055E1F1", clsid="7573CF89-DF41-4079-91B1-894A0DF3E783"):
    """The groups of the server."""

    __slots__ = ()
    of = "Group"
    kind = directory.Group

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByName = by_key(6, "The group of a name.", "Name")
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(7)


class Group(RecordRow, iid="096BA43E-55DA-44BD-A5AD-693DA54222ED", clsid="8F91E8CB-7DE5-494F-92BD-A245D8CC7E15"):
    """A group of accounts: folders are shared with it, mail is not sent to it."""

    __slots__ = ()
    prefix = FAILED

    ID = identity(1)
    Name = stored(String, 4, "name", "The name of the group, up to 255 characters; no two have the same.")
    Members = child("GroupMembers", 5, "The accounts in the group.")
    Save = saves(7)
    Delete = deletes(8, Right.DOMAIN, "Deletes the group; its accounts stay.")

    async def check(self, record: Any) -> None:
        """Refuse a name that another group has (4.7)."""
        for other in await self.house.directory.records.list(directory.Group):
            if other.id != record.id and other.name.lower() == record.name.lower():
                raise self.taken("Another group with this name already exists.")

    async def remove(self) -> None:
        """Remove the group and who is in it."""
        await self.house.directory.records.remove_of(directory.GroupMember, self.record.id)
        await super().remove()


class GroupMembers(RecordCollection, iid="9002BDC6-BCA1-4F37-821C-AE6A70D3046E", clsid="19BD0117-D6EF-49B3-AAC9-9CE70266AEFF"):
    """The accounts in a group."""

    __slots__ = ()
    of = "GroupMember"
    kind = directory.GroupMember

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)


class GroupMember(RecordRow, iid="EF796379-7192-43CD-B4A5-58E44A4A5B7D", clsid="2AF5F36A-6475-43D3-A037-D31C1FEA7BA8"):
    """An account in a group."""

    __slots__ = ()

    ID = identity(1)
    GroupID = stored(Integer, 2, "group_id", "The number of the group.")
    AccountID = stored(Integer, 3, "account_id", "The number of the account.")
    Save = saves(4)
    Delete = deletes(5, Right.DOMAIN, "Takes the account out of the group.")

    @getter(6, "The account itself.", gives="Account")
    async def Account(self) -> Any:
        try:
            record = await self.house.directory.accounts.by_id(self.value("account_id"))
        except NotFound:
            raise BadIndex from None
        made: Any = CLASSES["Account"].made
        return made(self.context, record)
