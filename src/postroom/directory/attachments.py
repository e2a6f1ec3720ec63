"""Attachments that are not let through, by their file names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class BlockedAttachment(Record):
    """A pattern of file names: `*` and `?` stand for any characters and for one."""

    TABLE: ClassVar[str] = "blocked_attachment"
    ORDER: ClassVar[str] = "lower(wildcard), id"

    wildcard: str = ""
    description: str = ""
