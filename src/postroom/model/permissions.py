"""Permissions on public folders (16.1, 16.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import NotFound
from postroom.directory.permissions import ANYONE, GROUP, FolderPermission
from postroom.model.accounts import Account
from postroom.model.collection import Collection, add, by_id, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import CLASSES, Right, getter, method, stored
from postroom.model.enumerations import eACLPermission, eACLPermissionType
from postroom.model.errors import BadIndex
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import RecordRow

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARING: Final = "IMAP asks for the permissions of public folders once sharing is built"


class IMAPFolderPermissions(Collection, iid="CBE3FE9E-3642-4BA1-9BE0-6E766C0DE961", clsid="A6B391A4-72C8-44AA-9480-9FB3BD593B46"):
    """Who may do what with a public folder."""

    __slots__ = ()
    of = "IMAPFolderPermission"

    Item = item(0)
    Count = count(1)
    Delete = delete_at(2)
    Refresh = refresh(3)
    Add = add(4, Right.DOMAIN)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(6)

    async def read(self) -> Sequence[FolderPermission]:
        """Read those of the folder, by id."""
        return await self.house.directory.records.list(FolderPermission, self.parent.record.id)

    def blank(self) -> FolderPermission:
        """Give the record of a new permission: for a user, nothing allowed (5.8)."""
        return FolderPermission(folder_id=self.parent.record.id)

    def key(self, record: FolderPermission) -> str:
        """Give nothing: whom a permission is for is another's name."""
        return ""

    @getter(7, "The permission of an account's address, a group's name, or Anyone.")
    async def ItemByName(self, Name: String) -> IMAPFolderPermission:
        for index in range(len(self.items)):
            permission: IMAPFolderPermission = self.at(index)
            if (await permission.holder()).lower() == Name.lower():
                return permission
        raise BadIndex


class IMAPFolderPermission(RecordRow, iid="A951C988-0D2C-42CA-A9D3-FE7A78F1AB25", clsid="D5800098-1033-4D83-9E06-94F6E1B557F9"):
    """What a user, a group or anyone may do with a public folder."""

    __slots__ = ()

    ID = stored(Integer, 1, "id", "Its number; 0 until it is saved.", put=None, get=Right.NONE)
    ShareFolderID = stored(Integer, 3, "folder_id", "The folder that it is for.", put=None)
    PermissionType = stored(eACLPermissionType, 4, "kind", "Whom it is for: 0 a user, 1 a group, 2 anyone.", pending=SHARING)
    PermissionGroupID = stored(Integer, 5, "group_id", "The group that it is for.", pending=SHARING)
    PermissionAccountID = stored(Integer, 6, "account_id", "The account that it is for.", pending=SHARING)
    Value = stored(Integer, 7, "value", "What is allowed, as a sum of the bits that Permission knows.", pending=SHARING)

    @getter(8, "Whether something is allowed, by its bit: lookup 1, read 2, seen 4, write 8, insert 16 and so on.", pending=SHARING)
    def Permission(self, iType: eACLPermission) -> Boolean:
        return bool(self.value("value") & iType)

    @Permission.setter()
    def _set_permission(self, iType: eACLPermission, value: bool) -> None:
        old = self.value("value")
        self.change("value", old | iType if value else old & ~iType)

    @getter(11, "The account that it is for.", gives="Account")
    async def Account(self) -> Account:
        try:
            return Account(self.context, await self.house.directory.accounts.by_id(self.value("account_id")))
        except NotFound:
            raise BadIndex from None

    @getter(12, "The group that it is for.", gives="Group")
    async def Group(self) -> Any:
        if "Group" not in CLASSES:
            raise BadIndex
        groups: Any = await CLASSES["Groups"].made.reach(self.context, self)
        return groups.at(groups.index_of(lambda record: record.id == self.value("group_id")))

    @method(9, "Stores the permission.")
    async def Save(self) -> None:
        await self.save()

    @method(10, "Deletes the permission.")
    async def Delete(self) -> None:
        await self.delete()

    async def holder(self) -> str:
        """Name whom it is for; "" when that is gone."""
        if self.value("kind") == ANYONE:
            return "Anyone"
        try:
            found: Any = await (self.Group if self.value("kind") == GROUP else self.Account)
        except BadIndex:
            return ""
        return str(found.record.name if self.value("kind") == GROUP else found.record.address)
