"""Permissions on public folders: who may do what there (RFC 4314's rights, as hMailServer's bits)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from postroom.directory.records import Record

USER: Final = 0
GROUP: Final = 1
ANYONE: Final = 2


@dataclass(frozen=True, slots=True)
class FolderPermission(Record):
    """What a user, a group or anyone may do with a folder; `kind` is USER, GROUP or ANYONE.

    `value` is a sum of lookup 1, read 2, seen 4, write 8, insert 16, post 32, create 64, delete mailbox 128, delete messages 256, expunge 512
    and administer 1024.
    """

    TABLE: ClassVar[str] = "folder_permission"
    PARENT: ClassVar[str] = "folder_id"

    folder_id: int = 0
    kind: int = USER
    group_id: int = 0
    account_id: int = 0
    value: int = 0
