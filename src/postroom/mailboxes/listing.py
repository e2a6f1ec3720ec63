"""A folder's messages as lists for people show them: one indexed query, no body is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.mailboxes.mailboxes import Mailboxes

_COLUMNS: Final = "f.id, f.name, m.uid, m.content_id, m.flags, m.keywords, m.modseq, m.internaldate, m.size, c.preview, c.fields"
_FROM: Final = "FROM folder AS f JOIN message AS m ON m.folder_id = f.id JOIN content AS c ON c.id = m.content_id"


class Line(NamedTuple):
    """A message in a list; `fields` are the raw usual header fields, None when they are too long to be kept apart."""

    folder_id: int
    folder: str
    uid: int
    content_id: int
    flags: int
    keywords: str
    modseq: int
    internaldate: int
    size: int
    preview: str
    fields: bytes | None


async def newest(mailboxes: Mailboxes, account_id: int, folder: str, limit: int, before: int | None = None, after: int | None = None) -> list[Line]:
    """List up to `limit` messages of a folder (by its stored name), the highest uid first; with only `after` those next above it."""
    conditions, values = "f.account_id = ? AND f.name = ?", [account_id, folder]
    for edge, sign in ((before, "<"), (after, ">")):
        if edge is not None:
            conditions += f" AND m.uid {sign} ?"
            values.append(edge)
    ascending = after is not None and before is None
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {conditions} ORDER BY m.uid{'' if ascending else ' DESC'} LIMIT ?"
    lines = [Line._make(row) for row in await mailboxes.database.read(mailboxes.shard_of(account_id), sql, (*values, limit))]
    return lines[::-1] if ascending else lines


async def some(mailboxes: Mailboxes, account_id: int, folder: str, uids: Sequence[int]) -> list[Line]:
    """List some messages of a folder by their uids (a few hundred at most), the highest first."""
    marks = ", ".join("?" * len(uids))
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE f.account_id = ? AND f.name = ? AND m.uid IN ({marks}) ORDER BY m.uid DESC"
    return [Line._make(row) for row in await mailboxes.database.read(mailboxes.shard_of(account_id), sql, (account_id, folder, *uids))]


class Stored(NamedTuple):
    """A message to be read: its line, and where its parts and octets are."""

    line: Line
    header_size: int
    content_size: int
    structure: bytes
    offsets: bytes
    blob: str | None
    data: bytes | None


async def stored(mailboxes: Mailboxes, account_id: int, folder_id: int | None, uid: int) -> Stored | None:
    """Read one message of an account, in its INBOX when no folder is named; None when there is none."""
    where, value = ("f.id = ?", folder_id) if folder_id is not None else ("f.name = ?", "INBOX")
    sql = (
        f"SELECT {_COLUMNS}, c.header_size, c.size, c.structure, c.offsets, c.blob, b.data {_FROM} LEFT JOIN body AS b ON b.content_id = c.id"
        f" WHERE f.account_id = ? AND {where} AND m.uid = ?"
    )
    rows = await mailboxes.database.read(mailboxes.shard_of(account_id), sql, (account_id, value, uid))
    width = len(Line._fields)
    return Stored(Line._make(rows[0][:width]), *rows[0][width:]) if rows else None
