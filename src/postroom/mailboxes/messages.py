"""Messages in a folder change: STORE, COPY, MOVE, EXPUNGE over ranges of uids. All functions here run in the shard's writer.

Uids come as ranges (low, high), both included, ascending. One statement serves a range, however many messages it holds.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats.flags import DELETED, SEEN
from postroom.mailboxes.changes import MOST_DETAILS, Change, FlagChange
from postroom.mailboxes.folders import COLUMNS, INBOX, Folder, FolderError, create_folder, find_folder, folder_of, leave_index
from postroom.mailboxes.placing import NoFolder, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postroom.storage.database import Transaction

Ranges = tuple[tuple[int, int], ...]
MOST_KEYWORD_BYTES: Final = 4096
"""What the keywords of one message may take: without an end they would fill the disk a STORE at a time."""


class How(IntEnum):
    """What a STORE does with the flags it names (RFC 3501 6.4.6)."""

    REPLACE = 0
    ADD = 1
    REMOVE = 2


class Stored(NamedTuple):
    """What a STORE did: the messages whose flags changed, and the uids that had changed since the client looked (RFC 7162 3.1.3)."""

    modseq: int
    changed: list[FlagChange]
    modified: list[int]


class Copied(NamedTuple):
    """What a COPY made: the target's UIDVALIDITY, and source and new uids in the same order, as ranges (RFC 4315)."""

    uidvalidity: int
    source: Ranges
    target: Ranges


def store(
    transaction: Transaction, folder_id: int, ranges: Ranges, how: How, flags: int, keywords: Sequence[str], unchanged_since: int | None
) -> Stored:
    """Change flags; messages whose modseq is above `unchanged_since` are left alone and named. Raises NoFolder."""
    folder = _folder(transaction, folder_id)
    modified: list[int] = []
    changed: list[FlagChange] = []
    modseq = folder.modseq
    for low, high in ranges:
        rows = transaction.execute(
            "SELECT uid, flags, keywords, modseq FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ?", (folder_id, low, high)
        )
        if unchanged_since is not None:
            modified += [row[0] for row in rows if row[3] > unchanged_since]
            rows = [row for row in rows if row[3] <= unchanged_since]
        for uid, old, words, _ in rows:
            new, new_words = _combined(old, words, how, flags, keywords)
            if len(new_words) > MOST_KEYWORD_BYTES:
                raise FolderError("LIMIT", "A message has too many keywords")
            if new != old or new_words != words:
                changed.append(FlagChange(uid, new, new_words, old))
    if not changed:
        return Stored(modseq, [], modified)
    modseq = advance(transaction, folder.account_id, 0, 0, 0)
    transaction.executemany(
        "UPDATE message SET flags = ?, keywords = ?, modseq = ?, changed = 1 WHERE folder_id = ? AND uid = ?",
        [(item.flags, item.keywords, modseq, folder_id, item.uid) for item in changed],
    )
    _count_flags(transaction, folder, changed, modseq)
    changed = [item._replace(modseq=modseq) for item in changed]
    details = tuple(changed) if len(changed) <= MOST_DETAILS else None
    transaction.announce(Change(folder.account_id, folder_id, modseq, flags=details), folder_id)
    return Stored(modseq, changed, modified)


def _combined(old: int, words: str, how: How, flags: int, keywords: Sequence[str]) -> tuple[int, str]:
    if how is How.REPLACE:
        return flags, " ".join(sorted(keywords))
    new = old | flags if how is How.ADD else old & ~flags
    if not keywords:
        return new, words
    held = {word.lower(): word for word in words.split()}
    for word in keywords:
        if how is How.ADD:
            held.setdefault(word.lower(), word)
        else:
            held.pop(word.lower(), None)
    return new, " ".join(sorted(held.values()))


def _count_flags(transaction: Transaction, folder: Folder, changed: Sequence[FlagChange], modseq: int) -> None:
    """Bring the folder's counters in line; `modseq` of each item holds its old flags here."""
    unseen = sum((not item.flags & SEEN) - (not item.modseq & SEEN) for item in changed)
    deleted = sum(bool(item.flags & DELETED) - bool(item.modseq & DELETED) for item in changed)
    lowest = min((item.uid for item in changed if not item.flags & SEEN), default=folder.seen_below)
    transaction.execute(
        "UPDATE folder SET unseen = unseen + ?, deleted = deleted + ?, modseq = ?,"
        " seen_below = CASE WHEN seen_below > ? THEN ? ELSE seen_below END WHERE id = ?",
        (unseen, deleted, modseq, lowest, lowest, folder.id),
    )


def expunge(transaction: Transaction, folder_id: int, ranges: Ranges, only_deleted: bool) -> Ranges:
    r"""Remove messages (only those with \Deleted, as EXPUNGE wants) and return the uids that vanished. Raises NoFolder."""
    folder = _folder(transaction, folder_id)
    if only_deleted and not folder.deleted:
        return ()  # the counter knows: no row needs to be looked at
    condition = f"flags & {DELETED} <> 0" if only_deleted else "1 = 1"
    gone: list[int] = []
    for low, high in ranges:
        rows = transaction.execute(
            f"SELECT uid FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ? AND {condition}",
            (folder_id, low, high),
        )
        gone += [row[0] for row in rows]
    vanished = tuple(_runs(gone))
    if vanished:
        _vanish(transaction, folder, vanished)
    return vanished


def _vanish(transaction: Transaction, folder: Folder, vanished: Ranges) -> None:
    """Remove whole ranges of messages, counters and references with them, and remember that their uids are gone."""
    messages = unseen = deleted = size = 0
    for low, high in vanished:
        where = (folder.id, low, high)
        row = transaction.execute(
            f"SELECT count(*), sum(flags & {SEEN} = 0), sum(flags & {DELETED} <> 0), sum(size) FROM message"
            " WHERE folder_id = ? AND uid BETWEEN ? AND ?",
            where,
        )[0]
        messages, unseen, deleted, size = messages + row[0], unseen + (row[1] or 0), deleted + (row[2] or 0), size + (row[3] or 0)
        transaction.execute(
            "UPDATE content SET refs = refs - used.n FROM (SELECT content_id, count(*) AS n FROM message"
            " WHERE folder_id = ? AND uid BETWEEN ? AND ? GROUP BY content_id) AS used WHERE content.id = used.content_id",
            where,
        )
        transaction.execute("DELETE FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ?", where)
    modseq = advance(transaction, folder.account_id, -size, -messages, 0)
    for low, high in vanished:
        _remember_vanished(transaction, folder.id, low, high, modseq)
        leave_index(transaction, folder.id, low, high)
    transaction.execute(
        "UPDATE folder SET messages = messages - ?, unseen = unseen - ?, deleted = deleted - ?, size = size - ?, modseq = ? WHERE id = ?",
        (messages, unseen, deleted, size, modseq, folder.id),
    )
    transaction.announce(Change(folder.account_id, folder.id, modseq, vanished=vanished), folder.id)


def _remember_vanished(transaction: Transaction, folder_id: int, low: int, high: int, modseq: int) -> None:
    """Add a range of gone uids, joined with its neighbours: the joined row takes the newer modseq, which RFC 7162 3.2.10 allows."""
    for start, end in transaction.execute(
        "SELECT low, high FROM vanished WHERE folder_id = ? AND low <= ? AND high >= ? AND low >= coalesce("
        "(SELECT max(low) FROM vanished WHERE folder_id = ? AND low < ?), 0)",
        (folder_id, high + 1, low - 1, folder_id, low),
    ):
        low, high = min(low, start), max(high, end)
    transaction.execute("DELETE FROM vanished WHERE folder_id = ? AND low BETWEEN ? AND ?", (folder_id, low, high))
    transaction.execute("INSERT INTO vanished (folder_id, low, high, modseq) VALUES (?, ?, ?, ?)", (folder_id, low, high, modseq))


def copy(transaction: Transaction, folder_id: int, ranges: Ranges, target_id: int, now: int) -> Copied:
    """Copy messages to another folder of the same shard: rows, not bytes. All or nothing. Raises NoFolder."""
    source, target = _folder(transaction, folder_id), _folder(transaction, target_id)
    uids: list[int] = []
    messages = size = unseen = deleted = 0
    modseq = advance(transaction, target.account_id, 0, 0, now)
    for low, high in ranges:
        rows = transaction.execute(
            "SELECT uid, content_id, flags, internaldate, size, prefix, keywords FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ?",
            (source.id, low, high),
        )
        first = target.uidnext + messages
        transaction.executemany(
            "INSERT INTO message (folder_id, uid, id, content_id, flags, modseq, internaldate, saved, size, prefix, keywords)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (target.id, first + n, transaction.next_id("message"), content, flags, modseq, date, now, weight, prefix, words)
                for n, (_, content, flags, date, weight, prefix, words) in enumerate(rows)
            ],
        )
        transaction.execute(
            "UPDATE content SET refs = refs + used.n FROM (SELECT content_id, count(*) AS n FROM message"
            " WHERE folder_id = ? AND uid BETWEEN ? AND ? GROUP BY content_id) AS used WHERE content.id = used.content_id",
            (target.id, first, first + len(rows) - 1),
        )
        uids += [row[0] for row in rows]
        messages, size = messages + len(rows), size + sum(row[4] for row in rows)
        unseen, deleted = unseen + sum(not row[2] & SEEN for row in rows), deleted + sum(bool(row[2] & DELETED) for row in rows)
    if not messages:
        return Copied(target.uidvalidity, (), ())
    new = (target.uidnext, target.uidnext + messages - 1)
    transaction.execute("UPDATE mailbox SET size = size + ?, messages = messages + ? WHERE account_id = ?", (size, messages, target.account_id))
    transaction.execute(
        "UPDATE folder SET uidnext = uidnext + ?, messages = messages + ?, unseen = unseen + ?, deleted = deleted + ?, size = size + ?, modseq = ?"
        " WHERE id = ?",
        (messages, messages, unseen, deleted, size, modseq, target.id),
    )
    transaction.announce(Change(target.account_id, target.id, modseq, new), target.id)
    return Copied(target.uidvalidity, tuple(_runs(uids)), (new,))


def move(transaction: Transaction, folder_id: int, ranges: Ranges, target_id: int, now: int) -> Copied:
    """Move messages to another folder of the same shard in one step (RFC 6851). Raises NoFolder."""
    copied = copy(transaction, folder_id, ranges, target_id, now)
    if copied.source:
        _vanish(transaction, _folder(transaction, folder_id), copied.source)
    return copied


def empty_inbox(transaction: Transaction, account_id: int, new: str, now: int) -> None:
    """Do what RENAME of INBOX means (RFC 3501 6.3.5): make a folder and move INBOX's messages there. Raises FolderError."""
    target = create_folder(transaction, account_id, new, "", now)
    inbox = find_folder(transaction, account_id, INBOX)
    if inbox is not None:
        move(transaction, inbox.id, ((1, inbox.uidnext),), target.id, now)


def note_seen_below(transaction: Transaction, folder_id: int, was: int, uid: int) -> None:
    """Remember that every message below a uid is seen, unless something changed that meanwhile."""
    transaction.execute(
        "UPDATE folder SET seen_below = ? WHERE id = ? AND seen_below = ?"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ? AND flags & 1 = 0)",
        (uid, folder_id, was, folder_id, was, uid - 1),
    )


def _folder(transaction: Transaction, folder_id: int) -> Folder:
    rows = transaction.execute(f"SELECT {COLUMNS} FROM folder WHERE id = ?", (folder_id,))
    if not rows:
        raise NoFolder
    return folder_of(rows[0])


def _runs(uids: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Join ascending uids to ranges."""
    low = high = 0
    for uid in uids:
        if uid == high + 1 and low:
            high = uid
            continue
        if low:
            yield low, high
        low = high = uid
    if low:
        yield low, high
