"""A maildrop: the INBOX as POP3 sees it, fixed at login, held by one session over the whole server (RFC 1939 section 4)."""

from __future__ import annotations

import asyncio
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from postroom.formats.uidset import UidSet
from postroom.mailboxes.contents import INLINE
from postroom.mailboxes.folders import INBOX
from postroom.mailboxes.placing import NoFolder
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from postroom.mailboxes.folders import Folder
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Row

PIECE: Final = 64 * 1024
RELEASE_SECONDS: Final = 5.0
MOST_AHEAD: Final = 16
"""Messages that are read together, of 64 KB in all unless the first is larger."""

_leaving: dict[int, asyncio.Task[None]] = {}
"""Locks on their way back, by account."""


class Gone(Exception):
    """The message was expunged through another door since the maildrop was read."""


class MaildropLock:
    """The right of one session to a maildrop; it ends with `release`, or with the process that holds it."""

    def __init__(self, mailboxes: Mailboxes, account_id: int) -> None:
        self._mailboxes = mailboxes
        self._account_id = account_id
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def take(cls, mailboxes: Mailboxes, account_id: int) -> MaildropLock | None:
        """Take the lock; None when another session has it. One that was just given back here is waited for: clients reconnect at once."""
        leaving = _leaving.get(account_id)
        if leaving is not None:
            await asyncio.wait([leaving])
        held = await mailboxes.database.lock(mailboxes.shard_of(account_id), _name(account_id))
        return cls(mailboxes, account_id) if held else None

    def release(self) -> None:
        """Give it back; may be called twice."""
        if self._task is None:
            shard = self._mailboxes.shard_of(self._account_id)
            self._task = asyncio.create_task(self._mailboxes.database.unlock(shard, _name(self._account_id)))
            _leaving[self._account_id] = self._task
            self._task.add_done_callback(lambda _: _leaving.pop(self._account_id, None))

    async def released(self) -> None:
        """Give it back, and wait until another worker can take it; for some seconds at most."""
        self.release()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=RELEASE_SECONDS)


class Maildrop:
    """The messages of an INBOX; `uids` ascend, `sizes` are the octets that `read` gives, in the same order."""

    def __init__(self, mailboxes: Mailboxes, folder: Folder, uids: Sequence[int], sizes: Sequence[int]) -> None:
        self._mailboxes = mailboxes
        self._folder = folder
        self.uids = uids
        self.sizes = sizes
        self._ahead: dict[int, Row] = {}

    @classmethod
    async def of(cls, mailboxes: Mailboxes, account_id: int) -> Maildrop:
        """Read uids and sizes of an account's INBOX, 16 bytes a message; raises Unavailable."""
        folder = await mailboxes.folder(account_id, INBOX)
        if folder is None:
            raise NoFolder
        uids, sizes = array("I"), array("Q")
        async for rows in mailboxes.fetch(folder.id, UidSet.of_ranges([(1, max(folder.uidnext - 1, 1))]), ("uid", "size")):
            uids.extend([row[0] for row in rows])
            sizes.extend([row[1] for row in rows])
        return cls(mailboxes, folder, uids, sizes)

    @property
    def uidvalidity(self) -> int:
        """With the uid it names a message for ever."""
        return self._folder.uidvalidity

    async def read(self, uid: int) -> AsyncGenerator[bytes, None]:
        """Read a message in pieces of 64 KB at most; raises Gone, and Unavailable when the storage does."""
        row = self._ahead.pop(uid, None) or await self._read_ahead(uid)
        size, prefix, data, blob = row
        for offset in range(0, size, PIECE):
            yield await self._mailboxes.read(prefix, data, blob, offset, min(PIECE, size - offset))

    async def _read_ahead(self, uid: int) -> Row:
        """Read a message's row, and those of the next small ones: clients ask for one after the other."""
        at = bisect_left(self.uids, uid)
        last = at + 1
        room = PIECE - self.sizes[at]
        while last < min(len(self.uids), at + MOST_AHEAD) and self.sizes[last] <= min(room, INLINE):
            room -= self.sizes[last]
            last += 1
        rows = await self._mailboxes.database.glance(
            shard_of_id(self._folder.id),
            "SELECT m.uid, m.size, m.prefix, b.data, c.blob FROM message AS m JOIN content AS c ON c.id = m.content_id"
            " LEFT JOIN body AS b ON b.content_id = c.id WHERE m.folder_id = ? AND m.uid BETWEEN ? AND ?",
            (self._folder.id, uid, self.uids[last - 1]),
        )
        self._ahead = {row[0]: row[1:] for row in rows}
        row = self._ahead.pop(uid, None)
        if row is None:
            raise Gone
        return row

    async def delete(self, uids: Sequence[int]) -> None:
        """Expunge these messages for good; those gone already are no error. Raises Unavailable, and then none is gone."""
        if uids:
            await self._mailboxes.expunge(self._folder.id, UidSet(uids), only_deleted=False)


def _name(account_id: int) -> str:
    return f"maildrop {account_id}"
