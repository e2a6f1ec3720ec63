"""The lists of who may do what with public folders, as IMAP's users read and change them: identifiers with rights (RFC 4314)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postroom.directory.errors import NotFound
from postroom.directory.groups import Group
from postroom.directory.permissions import ANYONE, GROUP, USER, FolderPermission
from postroom.directory.sharing import EVERYTHING, Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.directory.accounts import Accounts
    from postroom.directory.records import Records
    from postroom.directory.sharing import Sharing

EVERYBODY: Final = "anyone"


class AccessLists:
    """Reads and changes them. A folder is given with those above it, the innermost first: the nearest with a list of its own decides (16.1)."""

    def __init__(self, sharing: Sharing, records: Records, accounts: Accounts) -> None:
        self._sharing = sharing
        self._records = records
        self._accounts = accounts

    async def show(self, folders: Sequence[int]) -> list[tuple[str, Right]]:
        """List who may do what: accounts by address, groups by name, `anyone`; whoever is gone is left out."""
        named = [(await self._name(one), Right(one.value & EVERYTHING)) for one in self._sharing.nearest(folders)]
        return [(name, rights) for name, rights in named if name]

    async def change(self, folders: Sequence[int], identifier: str, change: Callable[[Right], Right]) -> None:
        """Give an identifier other rights, made from those that it has; raises NotFound when nobody is called that.

        A folder without a list of its own gets that of the folder above first, so that nothing else changes.
        """
        wanted = await self._meant(identifier)
        for one in await self._own(folders):
            if (one.kind, one.account_id, one.group_id) == (wanted.kind, wanted.account_id, wanted.group_id):
                wanted = one
        await self._records.save(replace(wanted, folder_id=folders[0], value=int(change(Right(wanted.value & EVERYTHING)))))

    async def remove(self, folders: Sequence[int], identifier: str) -> None:
        """Take an identifier off the list; raises NotFound when nobody is called that."""
        wanted = await self._meant(identifier)
        for one in await self._own(folders):
            if (one.kind, one.account_id, one.group_id) == (wanted.kind, wanted.account_id, wanted.group_id):
                await self._records.remove(FolderPermission, one.id)

    async def _own(self, folders: Sequence[int]) -> list[FolderPermission]:
        """Give a folder's own list, which is made if there is none."""
        nearest = self._sharing.nearest(folders)
        if not nearest or nearest[0].folder_id == folders[0]:
            return list(nearest)
        return [await self._records.save(replace(one, id=0, folder_id=folders[0])) for one in nearest]

    async def _meant(self, identifier: str) -> FolderPermission:
        """Find whom an identifier means, as a permission without rights."""
        if identifier.lower() == EVERYBODY:
            return FolderPermission(kind=ANYONE)
        if "@" in identifier:
            return FolderPermission(kind=USER, account_id=(await self._accounts.get(identifier)).id)
        for group in await self._records.list(Group):
            if group.name.lower() == identifier.lower():
                return FolderPermission(kind=GROUP, group_id=group.id)
        raise NotFound(f"There is no account or group {identifier}.")

    async def _name(self, permission: FolderPermission) -> str:
        if permission.kind == ANYONE:
            return EVERYBODY
        try:
            if permission.kind == GROUP:
                return (await self._records.get(Group, permission.group_id)).name
            return str((await self._accounts.by_id(permission.account_id)).address)
        except NotFound:
            return ""
