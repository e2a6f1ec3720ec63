"""Sharing: what each account may do with public folders, as every process holds it (object model section 16, RFC 4314's rights)."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

from postroom.directory.groups import GroupMember
from postroom.directory.permissions import ANYONE, GROUP, USER, FolderPermission
from postroom.directory.records import record_of, shape

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from postroom.directory.records import RecordChanged
    from postroom.storage.database import Row


class Right(enum.IntFlag):
    """What may be done with a folder, by hMailServer's bits (16.1)."""

    LOOKUP = 1
    READ = 2
    SEEN = 4
    WRITE = 8
    INSERT = 16
    POST = 32
    CREATE = 64
    DELETE_FOLDER = 128
    DELETE = 256
    EXPUNGE = 512
    ADMINISTER = 1024


EVERYTHING: Final = Right(2047)
"""What everybody may do with folders of their own."""


class Sharing:
    """The permissions of all public folders and the members of all groups, followed as any process changes them."""

    def __init__(self) -> None:
        self._permissions: dict[int, FolderPermission] = {}
        self._members: dict[int, GroupMember] = {}
        self._by_folder: dict[int, list[FolderPermission]] = {}
        self._groups: dict[int, set[int]] = {}

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        self._permissions = {row[0]: record_of(FolderPermission, row) for row in await read(shape(FolderPermission).select)}
        self._members = {row[0]: record_of(GroupMember, row) for row in await read(shape(GroupMember).select)}
        self._sort()

    def hear(self, news: RecordChanged) -> None:
        """Follow a change of a permission or a member."""
        known: dict[int, object] = self._permissions if news.table == FolderPermission.TABLE else self._members  # type: ignore[assignment]
        known.pop(news.id, None)
        if news.record is not None:
            known[news.id] = news.record
        self._sort()

    def rights(self, account_id: int, folders: Iterable[int]) -> Right:
        """Tell what an account may do with a folder, given its id and those of the folders above it, the innermost first.

        The nearest with any permission decides: a user's row, else that of the first group, else anyone's (16.1).
        """
        return next((Right(one.value & EVERYTHING) for one in self.nearest(folders) if self._is_for(one, account_id)), Right(0))

    def nearest(self, folders: Iterable[int]) -> Sequence[FolderPermission]:
        """Give the permissions that decide about a folder: its own, else those of the nearest above it that has any."""
        return next((given for folder_id in folders if (given := self._by_folder.get(folder_id))), ())

    def _is_for(self, permission: FolderPermission, account_id: int) -> bool:
        if permission.kind == USER:
            return permission.account_id == account_id
        return permission.kind == ANYONE or permission.group_id in self._groups.get(account_id, ())

    def _sort(self) -> None:
        order = {USER: 0, GROUP: 1, ANYONE: 2}
        self._by_folder, self._groups = {}, {}
        for one in sorted(self._permissions.values(), key=lambda one: (order.get(one.kind, 3), one.id)):
            self._by_folder.setdefault(one.folder_id, []).append(one)
        for member in self._members.values():
            self._groups.setdefault(member.account_id, set()).add(member.group_id)
