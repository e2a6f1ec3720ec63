"""IMAP folders: a level of an account's tree at a time, and the public ones, which are nobody's (8.15)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.permissions import FolderPermission
from postroom.mailboxes.folders import INBOX, LEVEL, PUBLIC, Folder, FolderError
from postroom.model.collection import Collection, by_id, by_key, count, item
from postroom.model.description import Right, child, getter, method, stored
from postroom.model.errors import BadIndex, Failed, Taken
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.permissions import IMAPFolderPermissions
from postroom.model.row import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from postroom.model.caller import Context
    from postroom.model.object import Object

EXISTS: Final = "Folder with specified name already exists"
NOT_SAVED: Final = "Folder could not be saved."
NOT_PUBLIC: Final = "It is only possible to modify permissions for public folders."
TOP: Final = -1


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder as its level shows it: `name` is the last level of `path`; `parent_id` is -1 at the top."""

    id: int
    account_id: int
    parent_id: int
    path: str
    name: str
    subscribed: bool
    uidnext: int
    created: int

    @classmethod
    def of(cls, folder: Folder, parent_id: int) -> Self:
        """Make one of a folder."""
        name = folder.name.rpartition(LEVEL)[2]
        return cls(folder.id, folder.account_id, parent_id, folder.name, name, bool(folder.subscribed), folder.uidnext, folder.created)


class IMAPFolders(Collection, iid="328B16A7-8314-4398-B506-90937569EDBA", clsid="A0AAF31A-570A-4B78-BDAB-4C33E34BE85F"):
    """The folders of one level: an account's or the public top folders, or those right below a folder."""

    __slots__ = ()
    of = "IMAPFolder"

    Item = item(0)
    ItemByDBID = by_id(1)
    ItemByName = by_key(2, "The folder of this level with a name, in Unicode.", "sName")
    Count = count(3)

    @classmethod
    async def reach(cls, context: Context, parent: Object) -> Self:
        """Make a level; an account that is not saved has none (8.14)."""
        if isinstance(parent, Row) and not parent.record.id:
            raise BadIndex
        return await super().reach(context, parent)

    @property
    def above(self) -> Branch | None:
        """The folder that this level is below; None at the top."""
        return self.parent.record if isinstance(self.parent, IMAPFolder) else None

    @property
    def account_id(self) -> int:
        """Whose folders these are: nobody's (PUBLIC) where neither account nor folder gave them."""
        if self.above is not None:
            return self.above.account_id
        return int(self.parent.record.id) if type(self.parent).__name__ == "Account" else PUBLIC

    async def read(self) -> Sequence[Branch]:
        """Read the folders of this level, by id."""
        prefix = self.above.path + LEVEL if self.above is not None else ""
        parent_id = self.above.id if self.above is not None else TOP
        found = await self.house.mailboxes.folders(self.account_id)
        level = [one for one in found if one.name.startswith(prefix) and LEVEL not in one.name[len(prefix) :]]
        return [Branch.of(one, parent_id) for one in sorted(level, key=lambda one: one.id)]

    @method(4, "Makes a folder of this level at once and gives it; its name is one level, in Unicode.")
    async def Add(self, sName: String) -> IMAPFolder:
        if any(self.key(one).lower() == sName.lower() for one in await self.read()):
            raise Taken(EXISTS)
        path = (self.above.path + LEVEL if self.above is not None else "") + checked(sName, self.house.settings.imap_hierarchy_delimiter)
        try:
            folder = await self.house.mailboxes.create_folder(self.account_id, path)
            if self.account_id != PUBLIC:
                await self.house.mailboxes.subscribe(self.account_id, path, on=False)
                folder = folder._replace(subscribed=0)
        except FolderError as error:
            raise (Taken(EXISTS) if error.code == "ALREADYEXISTS" else Failed(NOT_SAVED)) from None
        made = IMAPFolder(self.context, Branch.of(folder, self.above.id if self.above is not None else TOP), self)
        self.append(made)
        return made

    @method(5, "Deletes the folder with a database id, its messages and all folders below it.")
    async def DeleteByDBID(self, lDBID: Integer) -> None:
        await self.at(self.index_of(lambda record: record.id == lDBID)).delete()


class IMAPFolder(Row, iid="6EB9E09E-EBE2-4BD7-A8C5-3499257DEB0B", clsid="9FCA085E-E475-4DEE-9D45-5519818DD6E0"):
    """A folder of an account, or a public one."""

    __slots__ = ()

    ID = stored(Integer, 0, "id", "Its number.", put=None, get=Right.NONE)
    Name = stored(String, 1, "name", "Its name, one level, in Unicode; Save renames it with all below it.")
    Subscribed = stored(Boolean, 2, "subscribed", "Whether mail clients show it by themselves.")
    ParentID = stored(Integer, 7, "parent_id", "The folder that it is below, -1 for one at the top.", put=None)
    CurrentUID = stored(
        Integer, 10, "uidnext", "The last UID that a message in it was given, 0 for none.", put=None, show=lambda uidnext: uidnext - 1
    )
    CreationTime = stored(
        String,
        11,
        "created",
        "When it was made, in local time, such as 2026-11-21 09:30:00.",
        put=None,
        show=lambda created: local_time(created),
    )
    Messages = child("Messages", 3, "The messages in it, by UID.")
    SubFolders = child("IMAPFolders", 4, "The folders right below it.")

    @getter(8, "Who may use the folder; only public ones have such.")
    async def Permissions(self) -> IMAPFolderPermissions:
        if self.record.account_id != PUBLIC:
            raise Failed(NOT_PUBLIC)
        return await IMAPFolderPermissions.reach(self.context, self)

    @method(6, "Stores name and subscription.")
    async def Save(self) -> None:
        await self.save()

    @method(9, "Deletes the folder with its messages and all folders below it.")
    async def Delete(self) -> None:
        await self.delete()

    async def store(self) -> Branch:
        """Rename it, subscribe to it or not."""
        record: Branch = self.record
        mailboxes = self.house.mailboxes
        edits: dict[str, Any] = self.edits or {}
        name = edits.get("name", record.name)
        path = record.path
        try:
            if name != record.name:
                if record.path == INBOX:
                    raise Failed(NOT_SAVED)
                above, level, _ = path.rpartition(LEVEL)
                path = above + level + checked(name, self.house.settings.imap_hierarchy_delimiter)
                await mailboxes.rename_folder(record.account_id, record.path, path)
            if edits.get("subscribed", record.subscribed) != record.subscribed:
                await mailboxes.subscribe(record.account_id, path, edits["subscribed"])
        except FolderError as error:
            raise (Taken(EXISTS) if error.code == "ALREADYEXISTS" else Failed(NOT_SAVED)) from None
        return replace(record, name=name, path=path, subscribed=edits.get("subscribed", record.subscribed))

    async def remove(self) -> None:
        """Take it away with all below it, the lowest first."""
        record, mailboxes = self.record, self.house.mailboxes
        if record.path == INBOX:
            raise Failed("The folder INBOX can't be deleted; Messages.Clear empties it.")
        found = await mailboxes.folders(record.account_id)
        below = [one for one in found if one.name.startswith(record.path + LEVEL)]
        for one in sorted(below, key=lambda one: one.name.count(LEVEL), reverse=True):
            await mailboxes.delete_folder(record.account_id, one.name)
        try:
            await mailboxes.delete_folder(record.account_id, record.path)
        except FolderError as error:
            if error.code != "NONEXISTENT":
                raise Failed(str(error)) from None
        for number in [record.id, *(one.id for one in below)] if record.account_id == PUBLIC else []:
            await self.house.directory.records.remove_of(FolderPermission, number)


def checked(name: str, delimiter: str) -> str:
    """Refuse a name that is not one level: IMAP clients would see another tree."""
    if not name or LEVEL in name or delimiter in name:
        raise Failed(NOT_SAVED)
    return INBOX if name.upper() == INBOX else name


def local_time(time: int) -> str:
    """Write a time in UTC microseconds as hMailServer does, in local time."""
    return dt.datetime.fromtimestamp(time // 1_000_000).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006 - local time is what its scripts compare
