"""Blocked attachments: file names that are not let through."""

from __future__ import annotations

from typing import Final

from postroom.directory import attachments as directory
from postroom.model.collection import RecordCollection, add, by_id, count, delete_by_id, item, refresh
from postroom.model.description import Right, stored
from postroom.model.kinds import String
from postroom.model.row import RecordRow, deletes, identity, saves

PENDING: Final = "attachments are not blocked yet"


class BlockedAttachments(RecordCollection, iid="8979F461-AD9D-49E8-8068-BBAB43FBA31A", clsid="1E93E771-45C1-4CAD-9BF6-5D79723C9CBE"):
    """The patterns of file names that are not let through while blocking is on."""

    __slots__ = ()
    of = "BlockedAttachment"
    kind = directory.BlockedAttachment

    Item = item(0, Right.NONE)
    Count = count(1, Right.NONE)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6, Right.NONE)


class BlockedAttachment(RecordRow, iid="BF5CBCFF-CD54-4FAB-AE60-ADFA9C961C1A", clsid="773BCF69-C1C2-48CD-A8F8-E89A1F74E4B3"):
    """A pattern of file names."""

    __slots__ = ()

    ID = identity(1)
    Wildcard = stored(String, 2, "wildcard", "The pattern, such as *.exe.", pending=PENDING)
    Description = stored(String, 4, "description", "What files they are, up to 255 characters.")
    Save = saves(3, Right.SERVER)
    Delete = deletes(5, Right.SERVER)
