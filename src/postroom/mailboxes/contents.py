"""Contents: immutable messages, rendered once. Placements and queue rows refer to them; a content that nobody refers to is swept away later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.mailboxes.pauses import SWEEP, paused

if TYPE_CHECKING:
    from postroom.storage.database import Transaction

INLINE: Final = 32 * 1024
"""Bodies up to this many bytes lie in the shard itself; larger ones are blobs."""

MARKED: Final = -1
"""The number of references of a content that the next sweep deletes."""

# `refs <= 0` stands there because only the very words of an index's condition let SQLite use it: else each sweep reads every content.
_MARKED: Final = f"SELECT id, blob FROM content WHERE refs <= 0 AND refs = {MARKED} LIMIT ?"
_MARK: Final = f"UPDATE content SET refs = {MARKED} WHERE refs <= 0 AND refs = 0"


class NewContent(NamedTuple):
    """A content about to be stored; `data` is the whole message when it goes inline, else `blob` is the key of its bytes."""

    size: int
    header_size: int
    created: int
    digest: bytes
    envelope: bytes
    structure: bytes
    fields: bytes | None
    offsets: bytes
    preview: str
    text: bytes | None
    data: bytes | None
    blob: str | None


def insert_content(transaction: Transaction, content: NewContent, refs: int) -> int:
    """Store a content that has `refs` placements and queue rows, and return its id."""
    number = transaction.next_id("content")
    transaction.execute(
        "INSERT INTO content (id, refs, size, header_size, created, digest, envelope, structure, fields, offsets, preview, text, blob)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, refs, *content[:10], content.blob),
    )
    if content.data is not None:
        transaction.execute("INSERT INTO body (content_id, data) VALUES (?, ?)", (number, content.data))
    return number


def refer(transaction: Transaction, content_id: int, more: int) -> None:
    """Change the number of rows that refer to a content."""
    transaction.execute("UPDATE content SET refs = refs + ? WHERE id = ?", (more, content_id))


def read_content(transaction: Transaction, content_id: int) -> NewContent:
    """Read a content back, to store it in another shard."""
    row = transaction.execute(
        "SELECT size, header_size, created, digest, envelope, structure, fields, offsets, preview, text, data, blob"
        " FROM content LEFT JOIN body ON body.content_id = content.id WHERE content.id = ?",
        (content_id,),
    )[0]
    return NewContent(*row)


def sweep_contents(transaction: Transaction, most: int, now: int = 0) -> tuple[int, list[str]]:
    """Delete up to `most` contents that nobody referred to at the last sweep; returns how many, and the keys of their blobs to free.

    Those that nobody refers to now are only marked: whoever is still sending one to a client has until the next sweep.
    While a backup reads bodies nothing is deleted.
    """
    if paused(transaction, SWEEP, now):
        return 0, []
    rows = transaction.execute(_MARKED, (most,))
    numbers = [(row[0],) for row in rows]
    transaction.executemany("DELETE FROM body WHERE content_id = ?", numbers)
    transaction.executemany("DELETE FROM content WHERE id = ?", numbers)
    if len(rows) < most:
        transaction.execute(_MARK)
    return len(rows), [blob for _, blob in rows if blob is not None]
