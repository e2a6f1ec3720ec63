"""Folders of an account: a tree of names, each with its uids, counters and modseq. All functions here run in the shard's writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.errors import PostroomError
from postroom.mailboxes.changes import Change, FoldersChanged

if TYPE_CHECKING:
    from postroom.storage.database import Row, Transaction

LEVEL: Final = "\x1f"
"""Parts the levels of a stored name; what people type (`/` or `.`) is a setting of the doors."""

INBOX: Final = "INBOX"
STANDARD: Final = (
    (INBOX, ""),
    ("Drafts", "\\Drafts"),
    ("Sent", "\\Sent"),
    ("Junk", "\\Junk"),
    ("Trash", "\\Trash"),
    ("Archive", "\\Archive"),
)
"""What a new account has: names and special uses (RFC 6154)."""

PUBLIC: Final = 0
"""The account that public folders belong to: nobody's, so it has no standard folders, and no login reaches it."""

BELOW: Final = "account_id = ? AND name > ? AND name < ?"
"""The folders below one, whose bounds `_below` gives. LIKE would take those of a name that differs in case, too."""
MOST_FOLDERS: Final = 20_000
MOST_UIDS: Final = (1 << 32) - 1
DEEPEST: Final = 50
LONGEST_NAME: Final = 1000

COLUMNS: Final = "id, account_id, name, special_use, subscribed, uidvalidity, uidnext, modseq, messages, unseen, deleted, size, seen_below, created"


class FolderError(PostroomError):
    """A folder can't be made, renamed or removed as asked; `code` is IMAP's response code (RFC 5530)."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code

    def __reduce__(self) -> tuple[type[FolderError], tuple[str, str]]:
        return FolderError, (self.code, str(self))


class Folder(NamedTuple):
    """A folder as it was when read. Sizes in bytes, times in UTC microseconds; every message below `seen_below` is seen."""

    id: int
    account_id: int
    name: str
    special_use: str
    subscribed: int
    uidvalidity: int
    uidnext: int
    modseq: int
    messages: int
    unseen: int
    deleted: int
    size: int
    seen_below: int
    created: int


def ensure_mailbox(transaction: Transaction, account_id: int, now: int) -> None:
    """Make the row of an account that has none yet, and the standard folders of one that is somebody's."""
    made = transaction.execute(
        "INSERT INTO mailbox (account_id, uidvalidity) VALUES (?, ?) ON CONFLICT (account_id) DO NOTHING RETURNING account_id",
        (account_id, now // 1_000_000),
    )
    if made and account_id != PUBLIC:
        for name, special_use in STANDARD:
            _insert(transaction, account_id, name, special_use, now)


def remove_mailbox(transaction: Transaction, account_id: int) -> None:
    """Remove all mail of an account."""
    for (folder_id,) in transaction.execute("SELECT id FROM folder WHERE account_id = ?", (account_id,)):
        _remove(transaction, folder_id)
    for table in ("subscription", "replied"):
        transaction.execute(f"DELETE FROM {table} WHERE account_id = ?", (account_id,))
    transaction.execute("DELETE FROM mailbox WHERE account_id = ?", (account_id,))
    transaction.announce(FoldersChanged(account_id))


def create_folder(transaction: Transaction, account_id: int, name: str, special_use: str, now: int) -> Folder:
    """Make a folder and the parents it lacks; raises FolderError ALREADYEXISTS, LIMIT, CANNOT or USEATTR."""
    ensure_mailbox(transaction, account_id, now)
    _check_name(name)
    if find_folder(transaction, account_id, name):
        raise FolderError("ALREADYEXISTS", "There is a folder of that name already")
    if special_use and transaction.execute("SELECT 1 FROM folder WHERE account_id = ? AND special_use = ?", (account_id, special_use)):
        raise FolderError("USEATTR", f"Another folder is used as {special_use} already")
    count = transaction.execute("SELECT count(*) FROM folder WHERE account_id = ?", (account_id,))[0][0]
    if count >= MOST_FOLDERS:
        raise FolderError("LIMIT", f"An account has {MOST_FOLDERS} folders at most")
    _make_parents(transaction, account_id, name, now)
    _insert(transaction, account_id, name, special_use, now)
    transaction.announce(FoldersChanged(account_id))
    folder = find_folder(transaction, account_id, name)
    assert folder is not None
    return folder


def delete_folder(transaction: Transaction, account_id: int, name: str) -> None:
    """Remove a folder and its messages; one with folders below it keeps its name, as RFC 3501 6.3.4 wants. Raises FolderError."""
    folder = find_folder(transaction, account_id, name)
    if name == INBOX:
        raise FolderError("CANNOT", "INBOX can't be deleted")
    if folder is None:
        raise FolderError("NONEXISTENT", "There is no such folder")
    if transaction.execute(f"SELECT 1 FROM folder WHERE {BELOW} LIMIT 1", (account_id, *_below(name))):
        raise FolderError("HASCHILDREN", "Delete the folders below it first")
    if folder.subscribed:
        transaction.execute("INSERT INTO subscription (account_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", (account_id, name))
    _remove(transaction, folder.id)
    transaction.announce(FoldersChanged(account_id))


def rename_folder(transaction: Transaction, account_id: int, name: str, new: str, now: int) -> None:
    """Rename a folder with all below it; raises FolderError. INBOX is emptied instead, by `messages.empty_inbox`."""
    ensure_mailbox(transaction, account_id, now)
    folder = find_folder(transaction, account_id, name)
    if folder is None:
        raise FolderError("NONEXISTENT", "There is no such folder")
    _check_name(new)
    if find_folder(transaction, account_id, new):
        raise FolderError("ALREADYEXISTS", "There is a folder of that name already")
    if new.startswith(name + LEVEL):
        raise FolderError("CANNOT", "A folder can't move into itself")
    _make_parents(transaction, account_id, new, now)
    below = transaction.execute(f"SELECT id, name FROM folder WHERE {BELOW}", (account_id, *_below(name)))
    for folder_id, old in [(folder.id, name), *below]:
        moved = new + old[len(name) :]
        _check_name(moved)
        transaction.execute("UPDATE folder SET name = ? WHERE id = ?", (moved, folder_id))
        if transaction.execute("DELETE FROM subscription WHERE account_id = ? AND name = ? RETURNING name", (account_id, moved)):
            transaction.execute("UPDATE folder SET subscribed = 1 WHERE id = ?", (folder_id,))
    transaction.announce(FoldersChanged(account_id))


def subscribe(transaction: Transaction, account_id: int, name: str, on: bool) -> None:
    """Add a name to the subscriptions or take it away; it need not be a folder's (RFC 3501 6.3.6)."""
    found = transaction.execute("UPDATE folder SET subscribed = ? WHERE account_id = ? AND name = ? RETURNING id", (int(on), account_id, name))
    transaction.execute("DELETE FROM subscription WHERE account_id = ? AND name = ?", (account_id, name))
    if on and not found:
        _check_name(name)
        if transaction.execute("SELECT count(*) FROM subscription WHERE account_id = ?", (account_id,))[0][0] >= MOST_FOLDERS:
            raise FolderError("LIMIT", f"An account has {MOST_FOLDERS} subscriptions at most")
        transaction.execute("INSERT INTO subscription (account_id, name) VALUES (?, ?)", (account_id, name))
    transaction.announce(FoldersChanged(account_id))


def find_folder(transaction: Transaction, account_id: int, name: str) -> Folder | None:
    """Read a folder by its stored name."""
    rows = transaction.execute(f"SELECT {COLUMNS} FROM folder WHERE account_id = ? AND name = ?", (account_id, name))
    return folder_of(rows[0]) if rows else None


def folder_of(row: Row) -> Folder:
    """Make a Folder from a row of COLUMNS."""
    return Folder(*row)


def _insert(transaction: Transaction, account_id: int, name: str, special_use: str, now: int) -> None:
    uidvalidity = next_uidvalidity(transaction, account_id, now)
    transaction.execute(
        "INSERT INTO folder (id, account_id, name, special_use, uidvalidity, created) VALUES (?, ?, ?, ?, ?, ?)",
        (transaction.next_id("folder"), account_id, name, special_use, uidvalidity, now),
    )
    transaction.execute("DELETE FROM subscription WHERE account_id = ? AND name = ?", (account_id, name))


def next_uidvalidity(transaction: Transaction, account_id: int, now: int) -> int:
    """Give a UIDVALIDITY that no folder of the account ever had: the time in seconds, or one more than the last."""
    rows = transaction.execute(
        "UPDATE mailbox SET uidvalidity = CASE WHEN uidvalidity >= ? THEN uidvalidity + 1 ELSE ? END WHERE account_id = ? RETURNING uidvalidity",
        (now // 1_000_000, now // 1_000_000, account_id),
    )
    return int(rows[0][0])


def _make_parents(transaction: Transaction, account_id: int, name: str, now: int) -> None:
    levels = name.split(LEVEL)
    for depth in range(1, len(levels)):
        parent = LEVEL.join(levels[:depth])
        if find_folder(transaction, account_id, parent) is None:
            _insert(transaction, account_id, parent, "", now)


def _remove(transaction: Transaction, folder_id: int) -> None:
    """Remove a folder; to those who have it open all its messages vanish."""
    for account_id, modseq in transaction.execute(
        "UPDATE mailbox SET size = mailbox.size - folder.size, messages = mailbox.messages - folder.messages, modseq = mailbox.modseq + 1"
        " FROM folder WHERE folder.id = ? AND mailbox.account_id = folder.account_id RETURNING mailbox.account_id, mailbox.modseq",
        (folder_id,),
    ):
        transaction.announce(Change(account_id, folder_id, modseq, vanished=((1, MOST_UIDS),)), folder_id)
    transaction.execute(
        "UPDATE content SET refs = refs - used.n FROM (SELECT content_id, count(*) AS n FROM message WHERE folder_id = ? GROUP BY content_id) AS used"
        " WHERE content.id = used.content_id",
        (folder_id,),
    )
    leave_index(transaction, folder_id, 1, MOST_UIDS)
    transaction.execute("DELETE FROM message WHERE folder_id = ?", (folder_id,))
    transaction.execute("DELETE FROM vanished WHERE folder_id = ?", (folder_id,))
    transaction.execute("DELETE FROM searched WHERE folder_id = ?", (folder_id,))
    transaction.execute("DELETE FROM folder WHERE id = ?", (folder_id,))


def mend_uids(transaction: Transaction) -> int:
    """Let every folder's next uid be above those of its messages; returns how many were not."""
    mended = transaction.execute(
        "UPDATE folder SET uidnext = (SELECT max(uid) + 1 FROM message WHERE folder_id = folder.id)"
        " WHERE uidnext <= (SELECT max(uid) FROM message WHERE folder_id = folder.id) RETURNING id"
    )
    return len(mended)


def leave_index(transaction: Transaction, folder_id: int, low: int, high: int) -> None:
    """Note that a range of messages is gone, so that the text index, if it has them, forgets them at its time."""
    transaction.execute(
        "INSERT INTO unindexed (folder_id, low, high) SELECT folder_id, ?, ? FROM searched WHERE folder_id = ?"
        " ON CONFLICT (folder_id, low) DO UPDATE SET high = CASE WHEN excluded.high > unindexed.high THEN excluded.high ELSE unindexed.high END",
        (low, high, folder_id),
    )


def _check_name(name: str) -> None:
    levels = name.split(LEVEL)
    if not all(levels):
        raise FolderError("CANNOT", "A level of a folder's name is empty")
    if len(name.encode()) > LONGEST_NAME or len(levels) > DEEPEST:
        raise FolderError("LIMIT", f"A folder's name has {LONGEST_NAME} bytes and {DEEPEST} levels at most")
    if any(ord(character) < 32 and character != LEVEL for character in name):
        raise FolderError("CANNOT", "A folder's name has no control characters")
    if levels[0].upper() == INBOX and levels[0] != INBOX:
        raise FolderError("CANNOT", "INBOX is written in capitals here")


def _below(name: str) -> tuple[str, str]:
    """Give the bounds between which the names of all folders below one lie: LEVEL is the character before the space, and the first of all."""
    return name + LEVEL, name + " "
