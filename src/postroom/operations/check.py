"""Proves the store: every body readable and unchanged, every row reachable, every counter right. With `repair` it mends what can be mended.

What is found is a list of sentences, each with what was done about it. Nothing that was acknowledged is ever removed by a repair: a message whose
body is damaged stays and is named.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.errors import Unavailable
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database, Transaction

RUN: Final = 500
PIECE: Final = 1024 * 1024


class Finding(NamedTuple):
    """Something wrong in the store; `mend` names the repair ('' when there is none) and `shard` where it has to run."""

    shard: int
    sentence: str
    mend: str = ""


class Proof(NamedTuple):
    """One rule of the store: `sql` selects what breaks it, `sentence` tells it with the row's values, `mend` repairs all of it."""

    sentence: str
    sql: str
    mend: str = ""


COUNTED: Final = (
    "SELECT folder_id, count(*) AS messages, sum(flags & 1 = 0) AS unseen, sum(flags & 8 <> 0) AS deleted, sum(size) AS size"
    " FROM message GROUP BY folder_id"
)
REFERENCES: Final = (
    "SELECT content_id, count(*) AS n FROM (SELECT content_id FROM message UNION ALL SELECT content_id FROM queue"
    " UNION ALL SELECT content_id FROM handover) GROUP BY content_id"
)

PROOFS: Final = (
    Proof(
        "Folder {0} counts {1} messages, {2} unseen, {3} deleted, {4} bytes, but holds {5}, {6}, {7}, {8}",
        "SELECT f.id, f.messages, f.unseen, f.deleted, f.size, coalesce(c.messages, 0), coalesce(c.unseen, 0), coalesce(c.deleted, 0),"
        f" coalesce(c.size, 0) FROM folder AS f LEFT JOIN ({COUNTED}) AS c ON c.folder_id = f.id WHERE f.messages <> coalesce(c.messages, 0)"
        " OR f.unseen <> coalesce(c.unseen, 0) OR f.deleted <> coalesce(c.deleted, 0) OR f.size <> coalesce(c.size, 0)",
        "UPDATE folder SET messages = (SELECT count(*) FROM message WHERE folder_id = folder.id),"
        " unseen = (SELECT count(*) FROM message WHERE folder_id = folder.id AND flags & 1 = 0),"
        " deleted = (SELECT count(*) FROM message WHERE folder_id = folder.id AND flags & 8 <> 0),"
        " size = (SELECT coalesce(sum(size), 0) FROM message WHERE folder_id = folder.id)",
    ),
    Proof(
        "Account {0} counts {1} messages and {2} bytes, but its folders hold {3} and {4}",
        "SELECT b.account_id, b.messages, b.size, coalesce(sum(f.messages), 0), coalesce(sum(f.size), 0) FROM mailbox AS b"
        " LEFT JOIN folder AS f ON f.account_id = b.account_id GROUP BY b.account_id, b.messages, b.size"
        " HAVING b.messages <> coalesce(sum(f.messages), 0) OR b.size <> coalesce(sum(f.size), 0)",
        "UPDATE mailbox SET messages = (SELECT coalesce(sum(messages), 0) FROM folder WHERE account_id = mailbox.account_id),"
        " size = (SELECT coalesce(sum(size), 0) FROM folder WHERE account_id = mailbox.account_id)",
    ),
    Proof(
        "Content {0} says that {1} rows refer to it, but {2} do",
        f"SELECT c.id, max(c.refs, 0), coalesce(r.n, 0) FROM content AS c LEFT JOIN ({REFERENCES}) AS r ON r.content_id = c.id"
        " WHERE max(c.refs, 0) <> coalesce(r.n, 0)",
        f"UPDATE content SET refs = coalesce((SELECT r.n FROM ({REFERENCES}) AS r WHERE r.content_id = content.id), 0)",
    ),
    Proof(
        "Message {1} of folder {0} has no content: its bytes are lost",
        "SELECT m.folder_id, m.uid FROM message AS m LEFT JOIN content AS c ON c.id = m.content_id WHERE c.id IS NULL",
    ),
    Proof(
        "Message {1} lies in folder {0}, which does not exist",
        "SELECT m.folder_id, m.uid FROM message AS m LEFT JOIN folder AS f ON f.id = m.folder_id WHERE f.id IS NULL",
    ),
    Proof(
        "Message {1} of folder {0} is {2} bytes long, but prefix and content have {3}",
        "SELECT m.folder_id, m.uid, m.size, length(m.prefix) + c.size FROM message AS m JOIN content AS c ON c.id = m.content_id"
        " WHERE m.size <> length(m.prefix) + c.size",
    ),
    Proof(
        "Folder {0} has a message {1} at or above its next uid {2}",
        "SELECT f.id, max(m.uid), f.uidnext FROM folder AS f JOIN message AS m ON m.folder_id = f.id GROUP BY f.id, f.uidnext"
        " HAVING max(m.uid) >= f.uidnext",
        "UPDATE folder SET uidnext = max(uidnext, coalesce((SELECT max(uid) + 1 FROM message WHERE folder_id = folder.id), 1))",
    ),
    Proof(
        "Folder {0} should have {1} messages by its uids that are gone, but has {2}",
        "SELECT f.id, f.uidnext - 1 - coalesce((SELECT sum(high - low + 1) FROM vanished WHERE folder_id = f.id), 0) AS due,"
        " (SELECT count(*) FROM message WHERE folder_id = f.id) AS held FROM folder AS f"
        " WHERE f.uidnext - 1 - coalesce((SELECT sum(high - low + 1) FROM vanished WHERE folder_id = f.id), 0)"
        " <> (SELECT count(*) FROM message WHERE folder_id = f.id)",
    ),
    Proof(
        "Message {1} of folder {0} is listed among the uids that are gone",
        "SELECT m.folder_id, m.uid FROM vanished AS v JOIN message AS m ON m.folder_id = v.folder_id AND m.uid BETWEEN v.low AND v.high",
    ),
    Proof(
        "Message {1} of folder {0} has modseq {2}, above the folder's {3}",
        "SELECT m.folder_id, m.uid, m.modseq, f.modseq FROM message AS m JOIN folder AS f ON f.id = m.folder_id WHERE m.modseq > f.modseq",
        "UPDATE folder SET modseq = max(modseq, coalesce((SELECT max(modseq) FROM message WHERE folder_id = folder.id), 1))",
    ),
    Proof(
        "Folder {0} has modseq {1}, above its account's {2}",
        "SELECT f.id, f.modseq, b.modseq FROM folder AS f JOIN mailbox AS b ON b.account_id = f.account_id WHERE f.modseq > b.modseq",
        "UPDATE mailbox SET modseq = max(modseq, coalesce((SELECT max(modseq) FROM folder WHERE account_id = mailbox.account_id), 1))",
    ),
    Proof(
        "Recipient {0} waits in the queue for a message that is not there",
        "SELECT r.id FROM queue_recipient AS r LEFT JOIN queue AS q ON q.id = r.queue_id WHERE q.id IS NULL",
        "DELETE FROM queue_recipient WHERE queue_id NOT IN (SELECT id FROM queue)",
    ),
)


async def check(database: Database, blobs: Blobs, *, repair: bool = False, progress: Callable[[int], None] = lambda _contents: None) -> list[Finding]:
    """Prove every shard; with `repair` mend what has a mend. `progress` hears the number of bodies read so far."""
    found: list[Finding] = []
    for shard in (CONTROL, *range(database.shards)):
        found += [Finding(shard, f"The database file is damaged: {row[0]}") for row in await _integrity(database, shard)]
    for shard in range(database.shards):
        for proof in PROOFS:
            rows = await database.read(shard, proof.sql)
            found += [Finding(shard, proof.sentence.format(*row), proof.mend) for row in rows]
            if rows and proof.mend and repair:
                await database.transact(shard, _mend, proof.mend)
        seen = 0
        async for content_id, sentence in _damaged_bodies(database, blobs, shard):
            seen += 1
            progress(seen)
            if sentence:
                found.append(Finding(shard, f"Content {content_id}: {sentence}"))
    return found


async def _integrity(database: Database, shard: int) -> list[tuple[Any, ...]]:
    return [row for row in await database.read(shard, "PRAGMA integrity_check") if row[0] != "ok"]


def _mend(transaction: Transaction, sql: str) -> None:
    transaction.execute(sql)


async def _damaged_bodies(database: Database, blobs: Blobs, shard: int) -> AsyncIterator[tuple[int, str]]:
    """Read every body of a shard and compare its digest; yields (content id, what is wrong or '')."""
    last = 0
    sql = (
        "SELECT c.id, c.size, c.digest, c.blob, b.data FROM content AS c LEFT JOIN body AS b ON b.content_id = c.id"
        f" WHERE c.id > ? ORDER BY c.id LIMIT {RUN}"
    )
    while rows := await database.read(shard, sql, (last,)):
        for content_id, size, digest, blob, data in rows:
            last = content_id
            try:
                yield content_id, await _damage(blobs, size, digest, blob, data)
            except Unavailable as error:
                yield content_id, f"its body can't be read: {error}"


async def _damage(blobs: Blobs, size: int, digest: bytes, blob: str | None, data: bytes | None) -> str:
    if data is None and blob is None:
        return "it has no body"
    hashed = hashlib.sha256(data or b"")
    read = len(data or b"")
    while data is None and blob is not None and read < size:
        piece = await blobs.read(blob, read, min(PIECE, size - read))
        if not piece:
            break
        hashed.update(piece)
        read += len(piece)
    if read != size:
        return f"its body has {read} of {size} bytes"
    return "" if hashed.digest() == digest else "its body is not what was accepted: the digest differs"
