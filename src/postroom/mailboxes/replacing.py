"""A message's content is replaced: what a program does that edits a delivered message, and nobody else.

Contents never change, so the message gets another one; its id and its uid stay, as hMailServer's do. Who has the folder open hears that the
message changed (its flags with a new modseq). A client that keeps a copy may keep the old one: IMAP has no word for this (RFC 3501 2.3.1.1).
All functions here run in the shard's writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postroom.mailboxes.changes import Change, FlagChange
from postroom.mailboxes.contents import NewContent, insert_content, refer
from postroom.mailboxes.folders import MOST_UIDS, leave_index
from postroom.mailboxes.placing import NoFolder, advance

if TYPE_CHECKING:
    from postroom.storage.database import Transaction


class Replaced(NamedTuple):
    """News for every process: a message of a folder says something else now, so what was remembered of the folder's texts is void."""

    folder_id: int


def replace(transaction: Transaction, folder_id: int, uid: int, content: NewContent, prefix: bytes) -> int:
    """Give a message another content and first fields; returns its size. Raises NoFolder when the message is gone."""
    rows = transaction.execute(
        "SELECT m.content_id, m.size, m.flags, m.keywords, f.account_id FROM message AS m JOIN folder AS f ON f.id = m.folder_id"
        " WHERE m.folder_id = ? AND m.uid = ?",
        (folder_id, uid),
    )
    if not rows:
        raise NoFolder
    old, weight, flags, keywords, account_id = rows[0]
    size = content.size + len(prefix)
    content_id = insert_content(transaction, content, 1)
    modseq = advance(transaction, account_id, size - weight, 0, content.created)
    transaction.execute(
        "UPDATE message SET content_id = ?, size = ?, prefix = ?, modseq = ?, changed = 1 WHERE folder_id = ? AND uid = ?",
        (content_id, size, prefix, modseq, folder_id, uid),
    )
    transaction.execute("UPDATE folder SET size = size + ?, modseq = ? WHERE id = ?", (size - weight, modseq, folder_id))
    refer(transaction, old, -1)
    leave_index(transaction, folder_id, 1, MOST_UIDS)  # the folder's index is made anew at its next search
    transaction.execute("DELETE FROM searched WHERE folder_id = ?", (folder_id,))
    transaction.announce(Change(account_id, folder_id, modseq, flags=(FlagChange(uid, flags, keywords, modseq),)), folder_id)
    transaction.announce(Replaced(folder_id))
    return size
