"""The messages of a folder or an account (section 7)."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from postroom.formats.uidset import UidSet
from postroom.mailboxes import snapshot
from postroom.mailboxes.folders import MOST_UIDS
from postroom.mailboxes.placing import NoFolder
from postroom.mailboxes.snapshot import Listed
from postroom.model.collection import Collection, add, by_id, count, item
from postroom.model.description import method
from postroom.model.errors import BadIndex
from postroom.model.kinds import Int64
from postroom.model.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.formats.editing import Draft
    from postroom.model.caller import Context

RECENT: Final = 8
"""Messages of a collection whose contents stay in memory after they were read; those that were changed stay besides."""


class Messages(Collection, iid="1259E989-465E-4B63-BB0B-4DB7F6244ACE", clsid="C04047AD-45A4-48EA-907E-2C270C95409C"):
    """The messages of a folder by UID, or those of all folders of an account by id; contents are read when somebody asks for them."""

    __slots__ = ("recent",)
    of = "Message"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(2, kind="int64")
    Add = add(4)

    def __init__(self, context: Context, parent: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, parent, standalone=standalone)
        self.recent: deque[Draft] = deque(maxlen=RECENT)

    @property
    def folder_id(self) -> int:
        """The folder's id, 0 for a whole account."""
        return int(self.parent.record.id) if type(self.parent).__name__ == "IMAPFolder" else 0

    async def read(self) -> Sequence[Listed]:
        """Read what is there now."""
        mailboxes = self.house.mailboxes
        if self.folder_id:
            return await snapshot.of_folder(mailboxes, self.folder_id)
        return await snapshot.of_account(mailboxes, self.parent.record.id) if self.parent.record.id else []

    async def seek(self, key: str) -> Sequence[Listed]:
        """Read the message of an id, if it is here."""
        found = await snapshot.known(self.house.mailboxes, int(key)) if key.isdecimal() and len(key) < 19 else None
        if found is None:
            return []
        here = found.folder_id == self.folder_id if self.folder_id else found.account_id == self.parent.record.id
        return [found] if here else []

    async def part(self, after: int, most: int) -> tuple[Sequence[Listed], int] | None:
        """Read a part of a folder's messages; those of a whole account are read as a whole."""
        mailboxes = self.house.mailboxes
        folder = await mailboxes.folder_by_id(self.folder_id) if self.folder_id else None
        last = await snapshot.known(mailboxes, after) if after else None
        if folder is None or (after and (last is None or last.folder_id != folder.id)):
            return None
        return await snapshot.of_folder_after(mailboxes, folder.id, last.uid if last is not None else 0, most), folder.messages

    def blank(self) -> Listed:
        """Give the record of a new message of the folder; an account has no place for one (7.14)."""
        if not self.folder_id:
            raise BadIndex
        return Listed(account_id=self.parent.record.account_id, folder_id=self.folder_id)

    @method(3, "Deletes the message with a database id, also for those who have its folder open in IMAP.")
    async def DeleteByDBID(self, lDBID: Int64) -> None:
        await self.at(self.index_of(lambda record: record.id == lDBID)).delete()

    @method(5, "Deletes all messages.")
    async def Clear(self) -> None:
        held = {one.record.folder_id if isinstance(one, Message) else one.folder_id for one in self.items}
        for folder_id in sorted(held | {self.folder_id} - {0}):
            with suppress(NoFolder):  # somebody deleted it: there is nothing left to delete
                await self.house.mailboxes.expunge(folder_id, UidSet.of_ranges([(1, MOST_UIDS)]), only_deleted=False)
        self.items = []
