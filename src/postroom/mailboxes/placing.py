"""Placing contents in folders: the end of every delivery and of APPEND. All functions here run in the shard's writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats.flags import DELETED, SEEN
from postroom.mailboxes.changes import Change
from postroom.mailboxes.contents import NewContent, insert_content
from postroom.mailboxes.folders import INBOX, ensure_mailbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.storage.database import Transaction

_COUNT: Final = (
    "UPDATE folder SET uidnext = uidnext + 1, messages = messages + 1, unseen = unseen + ?, deleted = deleted + ?, size = size + ?, modseq = ?"
)
_COUNT_BY_ID: Final = f"{_COUNT} WHERE id = ? AND account_id = ? RETURNING id, uidvalidity, uidnext - 1"
_COUNT_BY_NAME: Final = f"{_COUNT} WHERE account_id = ? AND name = ? RETURNING id, uidvalidity, uidnext - 1"


class Placement(NamedTuple):
    """Where a content goes: a folder of an account by id, or by name when the id is 0 (INBOX when the name is gone).

    `prefix` holds this placement's own first header fields; `internaldate` is in UTC microseconds; keywords are parted by spaces.
    """

    account_id: int
    folder_id: int = 0
    folder: str = INBOX
    prefix: bytes = b""
    flags: int = 0
    keywords: str = ""
    internaldate: int = 0


class Placed(NamedTuple):
    """A message that now is in a folder."""

    account_id: int
    folder_id: int
    uidvalidity: int
    uid: int
    message_id: int


class NoFolder(Exception):
    """The folder that a message should go to, by id, is gone."""


def place(transaction: Transaction, content: NewContent, placements: Sequence[Placement], more_refs: int = 0) -> tuple[int, list[Placed]]:
    """Store a content and place it; returns its id and the placed messages. `more_refs` counts queue and handover rows of the same commit."""
    content_id = insert_content(transaction, content, len(placements) + more_refs)
    return content_id, [place_one(transaction, content_id, content.size, content.created, placement) for placement in placements]


def place_one(transaction: Transaction, content_id: int, content_size: int, now: int, placement: Placement) -> Placed:
    """Place a stored content in one folder; the caller counts the reference. Raises NoFolder when a folder named by id is gone."""
    account_id, folder_id, _, prefix, flags, keywords, internaldate = placement
    size = content_size + len(prefix)
    modseq = advance(transaction, account_id, size, 1, now)
    folder_id, uidvalidity, uid = _take_uid(transaction, placement, size, modseq)
    message_id = transaction.next_id("message")
    transaction.execute(
        "INSERT INTO message (folder_id, uid, id, content_id, flags, modseq, internaldate, saved, size, prefix, keywords)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (folder_id, uid, message_id, content_id, flags, modseq, internaldate or now, now, size, prefix, keywords),
    )
    transaction.announce(Change(account_id, folder_id, modseq, (uid, uid)), folder_id)
    return Placed(account_id, folder_id, uidvalidity, uid, message_id)


def advance(transaction: Transaction, account_id: int, size: int, messages: int, now: int) -> int:
    """Take the account's next modseq and add to what its mail weighs; makes the mailbox of an account that has none."""
    sql = "UPDATE mailbox SET modseq = modseq + 1, size = size + ?, messages = messages + ? WHERE account_id = ? RETURNING modseq"
    rows = transaction.execute(sql, (size, messages, account_id))
    if not rows:
        ensure_mailbox(transaction, account_id, now)
        rows = transaction.execute(sql, (size, messages, account_id))
    return int(rows[0][0])


def _take_uid(transaction: Transaction, placement: Placement, size: int, modseq: int) -> tuple[int, int, int]:
    values = (int(not placement.flags & SEEN), int(bool(placement.flags & DELETED)), size, modseq)
    if placement.folder_id:
        rows = transaction.execute(_COUNT_BY_ID, (*values, placement.folder_id, placement.account_id))
        if not rows:
            raise NoFolder
    else:
        rows = transaction.execute(_COUNT_BY_NAME, (*values, placement.account_id, placement.folder))
        rows = rows or transaction.execute(_COUNT_BY_NAME, (*values, placement.account_id, INBOX))
    return rows[0]
