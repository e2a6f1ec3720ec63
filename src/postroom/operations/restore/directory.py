"""Restoring a whole data directory: built beside its place, moved there when all of it is on disk.

Clients must never meet a uid or modseq that means something else than before, and nothing may be sent twice: every UIDNEXT leaps by 2^20 and every
modseq by 2^32 (RFC 7162: clients then ask for all flags again, and hear that the uids in between are gone), ids leap likewise, and the queue is held.
"""

from __future__ import annotations

import asyncio
import shutil
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.delivery.accept import Delivery
from postroom.delivery.queue import hold_everything
from postroom.errors import Unavailable
from postroom.mailboxes.folders import MOST_UIDS
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.operations.backup.chain import Chain
from postroom.operations.backup.create import SKIPPED
from postroom.operations.backup.errors import BackupError, Damaged
from postroom.operations.backup.records import Records, is_safe_name, lines, unpack_rows
from postroom.operations.backup.verify import MEGABYTE, refuse_newer
from postroom.operations.check import REFERENCES
from postroom.operations.restore.bodies import discard, read_body, store_body
from postroom.storage.database import CONTROL, Conflict
from postroom.storage.disk import RESTORING, sync_directory, sync_file

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from postroom.operations.backup.archive import ArchiveReader, Part
    from postroom.operations.backup.keys import Key
    from postroom.operations.restore.bodies import Body
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database, Transaction

    Progress = Callable[[int, int, str], None]
    Furnish = Callable[[Path, int, dict[str, int]], Awaitable[tuple[Database, Blobs]]]

UID_LEAP: Final = 1 << 20
MODSEQ_LEAP: Final = 1 << 32
ID_LEAP: Final = 1 << 32
SMALL_ID_LEAP: Final = 1 << 16
"""For ids that must stay below 2^31: folders, and all of the control database."""

BATCH: Final = 256
BATCH_BYTES: Final = 4 * 1024 * 1024
LAST: Final = "control.db"
"""What is moved into place at the end: its presence says that a directory is complete."""


class Restored(NamedTuple):
    """What was restored; `held` messages of the queue wait for `postroom queue release`."""

    messages: int
    contents: int
    files: int
    held: int
    handovers: int


async def restore_directory(data: Path, path: Path, key: Key, furnish: Furnish, progress: Progress = lambda *_: None) -> Restored:
    """Restore a backup into an empty data directory whose lock the caller holds.

    `furnish(directory, shards, versions)` makes and opens an empty store there. Raises BackupError or Unavailable; then nothing is changed.
    """
    place = data / RESTORING
    chain = await asyncio.to_thread(Chain, path, key)
    try:
        refuse_newer(chain)
        await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
        await asyncio.to_thread(place.mkdir, 0o700)
        restored = await _Restore(place, chain, progress).run(furnish)
        await asyncio.to_thread(_move_in, place, data)
    except BaseException as error:
        await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
        if isinstance(error, (OSError, Unavailable)):
            raise BackupError(f"The backup can't be restored to {data}: {error}. Nothing was changed.") from error
        if isinstance(error, (Conflict, TypeError, ValueError)):  # rows that the schema refuses, from somebody who has the key
            raise Damaged(f"{path} holds rows that no store has: {error}. Nothing was changed.") from error
        raise
    finally:
        chain.close()
    return restored


def refuse_occupied(data: Path) -> None:
    """Raise BackupError when a data directory holds a store already."""
    interrupted = " A restore was interrupted here: empty it, and restore again." if (data / RESTORING).exists() else ""
    held = [name for name in (LAST, "secret.key") if (data / name).exists()] + [path.name for path in data.glob("mail-*.db")]
    held += ["blobs"] if (data / "blobs").exists() and any(path.is_file() for path in (data / "blobs").rglob("*")) else []
    if held:
        raise BackupError(f"{data} is in use ({held[0]} is there): restore into an empty directory, or move this one away first.{interrupted}")


def _move_in(place: Path, data: Path) -> None:
    """Move what was built into the data directory, control.db last."""
    for source in sorted(place.iterdir(), key=lambda it: (it.name == LAST, it.name)):
        _move(source, data / source.name)
        if source.name != LAST:
            sync_directory(data)
    place.rmdir()
    sync_directory(data)


def _move(source: Path, target: Path) -> None:
    """Give a file or folder its name; into a folder that is there already go the things that are in it."""
    if not (source.is_dir() and target.is_dir()):
        source.rename(target)
        return
    for inner in sorted(source.iterdir()):
        _move(inner, target / inner.name)
    source.rmdir()
    sync_directory(target)


class _Restore:
    def __init__(self, place: Path, chain: Chain, progress: Progress) -> None:
        self._place = place
        self._chain = chain
        self._progress = progress
        self._shards = chain.newest.header.shards
        self._need: list[array[int]] = [array("q") for _ in range(self._shards)]
        self._got = [0] * self._shards
        self._messages = 0
        self._files = 0
        self._done = 0

    async def run(self, furnish: Furnish) -> Restored:
        """Restore files, rows and contents, then do what follows from restoring."""
        header = self._chain.newest.header
        if not 1 <= self._shards <= 16:
            raise Damaged(f"{self._chain.newest.path} has a number of shards that no store has.")
        await asyncio.to_thread(self._restore_files)
        database, blobs = await furnish(self._place, self._shards, {"control": header.control_schema, "mail": header.mail_schema})
        try:
            await self._restore_rows(database)
            for reader in self._chain.readers:
                await self._restore_contents(reader, database, blobs)
            self._check_whole()
            held = await self._leap(database)
            handovers = await Delivery(Mailboxes(database, blobs)).recover()
        finally:
            await database.close()
            await blobs.close()
        return Restored(self._messages, sum(self._got), self._files, held, handovers)

    def _restore_files(self) -> None:
        for part in self._chain.newest.index.parts:
            if part.kind != "file":
                continue
            if not is_safe_name(part.name):
                raise Damaged(f"{self._chain.newest.path} holds a file whose name may not be one in a data directory.")
            path = self._place / part.name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with path.open("xb") as file:
                path.chmod(0o600)
                for piece in self._chain.newest.stream(part):
                    file.write(piece)
                file.flush()
                sync_file(file.fileno())
            sync_directory(path.parent)
            self._files += 1

    async def _restore_rows(self, database: Database) -> None:
        known = [await _tables(database, shard) for shard in (CONTROL, *range(self._shards))]
        for part in self._chain.newest.index.parts:
            if part.kind == "rows":
                if part.shard not in range(-1, self._shards):
                    raise Damaged(f"{self._chain.newest.path} names a shard that there is not.")
                await self._restore_table(database, part, known[part.shard + 1])
            self._advance(part)
        self._need = [array("q", sorted(set(need))) for need in self._need]

    async def _restore_table(self, database: Database, part: Part, known: dict[str, tuple[str, ...]]) -> None:
        """Insert the rows of a table; table and columns must be those of its schema, since they become a statement."""
        if part.name in SKIPPED or not set(part.columns) <= set(known.get(part.name, ())):
            raise Damaged(f"{self._chain.newest.path} holds rows of {part.name[:60]!r}, which its schema does not know.")
        await database.transact(part.shard, empty_table, part.name)
        place = part.columns.index("content_id") if part.shard >= 0 and "content_id" in part.columns else -1
        stream = lines(self._chain.newest.stream(part))
        while (rows := await asyncio.to_thread(_next_rows, stream)) is not None:
            if any(len(row) != len(part.columns) for row in rows):
                raise Damaged(f"{self._chain.newest.path} holds rows of {part.name} that do not fit.")
            if place >= 0:
                self._need[part.shard].extend(row[place] for row in rows)
            self._messages += len(rows) if part.name == "message" else 0
            await database.transact(part.shard, insert_rows, part.name, part.columns, rows)

    async def _restore_contents(self, reader: ArchiveReader, database: Database, blobs: Blobs) -> None:
        known = (await _tables(database, 0))["content"]
        for part in reader.index.parts:
            if part.kind != "contents":
                continue
            if part.shard not in range(self._shards) or not set(part.columns) <= set(known):
                raise Damaged(f"{reader.path} holds contents that its schema does not know.")
            records = iter(Records(part.columns, reader.stream(part)))
            while batch := await asyncio.to_thread(self._next_batch, records, part.shard, blobs):
                await self._insert(batch, part, database, blobs)
            self._advance(part)

    def _next_batch(self, records: Iterator[Any], shard: int, blobs: Blobs) -> list[tuple[dict[str, Any], Body]]:
        """Read contents that rows refer to, up to some megabytes."""
        batch: list[tuple[dict[str, Any], Body]] = []
        weight = 0
        while len(batch) < BATCH and weight < BATCH_BYTES and (record := next(records, None)) is not None:
            if _is_in(self._need[shard], record.columns["id"]):
                batch.append((record.columns, read_body(record.body, record.columns["size"], blobs)))
                weight += record.columns["size"]
        return batch

    async def _insert(self, batch: list[tuple[dict[str, Any], Body]], part: Part, database: Database, blobs: Blobs) -> None:
        try:
            stored = await asyncio.gather(*(store_body(body, blobs) for _, body in batch))
        except Unavailable:
            for _, body in batch:
                await discard(body)
            raise
        rows = [(*columns.values(), 0, blob) for (columns, _), (_, blob) in zip(batch, stored, strict=True)]
        bodies = [(columns["id"], data) for (columns, _), (data, _) in zip(batch, stored, strict=True) if data is not None]
        self._got[part.shard] += await database.transact(part.shard, insert_contents, part.columns, rows, bodies)

    def _check_whole(self) -> None:
        missing = sum(len(need) for need in self._need) - sum(self._got)
        if missing:
            raise Damaged(f"{self._chain.newest.path} lacks the contents of {missing} messages.")

    async def _leap(self, database: Database) -> int:
        await database.transact(CONTROL, leap_ids, SMALL_ID_LEAP)
        held = 0
        for shard in range(self._shards):
            held += await database.transact(shard, leap)
        return held

    def _advance(self, part: Part) -> None:
        self._done += sum(piece.length for piece in part.pieces)
        self._progress(self._done // MEGABYTE, self._chain.size // MEGABYTE, "MB restored")


async def _tables(database: Database, shard: int) -> dict[str, tuple[str, ...]]:
    async with database.snapshot(shard) as snapshot:
        return await snapshot.tables()


def _next_rows(stream: Iterator[bytes]) -> list[list[Any]] | None:
    line = next(stream, None)
    return None if line is None else unpack_rows(line)


def _is_in(numbers: array[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


# What restoring does in the writers.


def empty_table(transaction: Transaction, table: str) -> None:
    """Take out what a fresh schema has put into a table."""
    transaction.execute(f"DELETE FROM {table}")


def insert_rows(transaction: Transaction, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; the caller has held table and columns against the schema."""
    transaction.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)


def insert_contents(transaction: Transaction, columns: Sequence[str], rows: Sequence[Sequence[Any]], bodies: Sequence[tuple[int, bytes]]) -> int:
    """Insert contents without references, and inline bodies; returns how many. Ids stand once in a chain of backups."""
    insert_rows(transaction, "content", (*columns, "refs", "blob"), rows)
    transaction.executemany("INSERT INTO body (content_id, data) VALUES (?, ?)", bodies)
    return len(rows)


def leap_ids(transaction: Transaction, by: int) -> None:
    """Give no id again that may have been given after the backup; folders' ids stay small."""
    transaction.execute("UPDATE sequence SET next = next + CASE WHEN kind = 'folder' THEN ? ELSE ? END", (SMALL_ID_LEAP, by))


def leap(transaction: Transaction) -> int:
    """Do in a shard what keeps clients and other servers right after a restore; returns how many messages of the queue are held."""
    leap_ids(transaction, ID_LEAP)
    transaction.execute(f"UPDATE content SET refs = r.n FROM ({REFERENCES}) AS r WHERE content.id = r.content_id")
    for table in ("message", "vanished", "folder", "mailbox"):
        transaction.execute(f"UPDATE {table} SET modseq = modseq + ?", (MODSEQ_LEAP,))
    transaction.execute(
        "INSERT INTO vanished (folder_id, low, high, modseq) SELECT id, uidnext, uidnext + ?, modseq FROM folder WHERE uidnext <= ?",
        (UID_LEAP - 1, MOST_UIDS - UID_LEAP),
    )
    # A folder that has no uids left for a leap gets a new UIDVALIDITY instead: its clients begin anew (RFC 3501 2.3.1.1).
    transaction.execute(
        "UPDATE mailbox SET uidvalidity = uidvalidity + 1 WHERE account_id IN (SELECT account_id FROM folder WHERE uidnext > ?)",
        (MOST_UIDS - UID_LEAP,),
    )
    transaction.execute(
        "UPDATE folder SET uidvalidity = (SELECT uidvalidity FROM mailbox WHERE mailbox.account_id = folder.account_id) WHERE uidnext > ?",
        (MOST_UIDS - UID_LEAP,),
    )
    transaction.execute("UPDATE folder SET uidnext = uidnext + ? WHERE uidnext <= ?", (UID_LEAP, MOST_UIDS - UID_LEAP))
    return hold_everything(transaction)
