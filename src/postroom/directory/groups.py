"""Groups of accounts: folders are shared with them; mail is not sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class Group(Record):
    """A group under its name."""

    TABLE: ClassVar[str] = "account_group"
    ORDER: ClassVar[str] = "lower(name), id"

    name: str = ""


@dataclass(frozen=True, slots=True)
class GroupMember(Record):
    """An account in a group."""

    TABLE: ClassVar[str] = "group_member"
    PARENT: ClassVar[str] = "group_id"

    group_id: int = 0
    account_id: int = 0
