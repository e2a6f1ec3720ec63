"""Restoring one mailbox, or one folder of it, into a store in use: messages are added below a folder, nothing that is there changes.

A message comes back with its very bytes, flags, keywords and date, under a new uid. Doing it again adds nothing: a message that the folder has as
often as the backup (same bytes, same date) is not added once more.
"""

from __future__ import annotations

import asyncio
import hashlib
from bisect import bisect_left
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.directory.accounts import shard_of
from postroom.mailboxes.contents import NewContent
from postroom.mailboxes.folders import INBOX, LEVEL
from postroom.mailboxes.placing import NoFolder, Placement, place
from postroom.operations.backup.archive import PIECE
from postroom.operations.backup.chain import Chain
from postroom.operations.backup.errors import BackupError, Damaged
from postroom.operations.backup.records import Records, lines, unpack_rows
from postroom.operations.backup.verify import refuse_newer
from postroom.operations.restore.bodies import Body, read_body, store_body
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from pathlib import Path

    from postroom.mailboxes.folders import Folder
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.operations.backup.archive import ArchiveReader, Part
    from postroom.operations.backup.keys import Key
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Transaction

    Progress = Callable[[int, int, str], None]

UNDER: Final = "Restored"
RUN: Final = 100
RUN_BYTES: Final = 4 * 1024 * 1024
CACHED: Final = 16
"""Parts (1 MB each) that are kept open: messages of a folder lie near each other."""

SMALL: Final = 4 * PIECE
"""A part up to this many octets is kept whole."""


class Wanted(NamedTuple):
    """What to restore: the address the mailbox had, one of its folders by its stored name or '' for all, and where it goes."""

    address_key: str
    folder: str
    account_id: int
    under: str = UNDER


class Returned(NamedTuple):
    """What a restore did: messages that were added and those that were there already, in how many folders."""

    added: int
    present: int
    folders: int


async def restore_mailbox(path: Path, key: Key, wanted: Wanted, mailboxes: Mailboxes, progress: Progress = lambda *_: None) -> Returned:
    """Add the messages of a mailbox from a backup; raises BackupError, FolderError or Unavailable.

    Interrupted it has added whole messages only, and goes on where it was when it is done again.
    """
    chain = await asyncio.to_thread(Chain, path, key)
    try:
        refuse_newer(chain)
        return await _Return(chain, wanted, mailboxes, progress).run()
    except (KeyError, TypeError, IndexError) as error:
        raise Damaged(f"{path} holds rows that no store has: {error}.") from error
    finally:
        chain.close()


class _Message(NamedTuple):
    content_id: int
    prefix: bytes
    flags: int
    keywords: str
    internaldate: int
    size: int


class _Return:
    def __init__(self, chain: Chain, wanted: Wanted, mailboxes: Mailboxes, progress: Progress) -> None:
        self._chain = chain
        self._wanted = wanted
        self._mailboxes = mailboxes
        self._progress = progress
        self._shard = 0
        self._added = self._present = self._whole = 0

    async def run(self) -> Returned:
        """Find the mailbox, then restore folder by folder."""
        account_id = await self._account()
        self._shard = shard_of(account_id, self._chain.newest.header.shards)
        sources = await self._folders(account_id)
        contents = _Contents(self._chain, self._shard, self._mailboxes.blobs)
        current, target, there = 0, None, Counter[bytes]()
        async for folder_id, run in self._messages(set(sources)):
            if folder_id != current or target is None:
                current = folder_id
                target = await self._target(sources[folder_id])
                there = await self._there(target)
            await self._place(run, target, there, contents)
        return Returned(self._added, self._present, len(sources))

    async def _account(self) -> int:
        async for row in self._rows(-1, "account"):
            if row["key"] == self._wanted.address_key:
                return int(row["id"])
        raise BackupError(f"{self._chain.newest.path} holds no mailbox of {self._wanted.address_key}.")

    async def _folders(self, account_id: int) -> dict[int, str]:
        """Find the folders to restore, and count their messages."""
        found = {}
        async for row in self._rows(self._shard, "folder"):
            if row["account_id"] == account_id and self._wanted.folder in {"", row["name"]}:
                found[int(row["id"])] = str(row["name"])
                self._whole += int(row["messages"])
        if not found:
            name = self._wanted.folder.replace(LEVEL, "/")
            raise BackupError(f"{self._chain.newest.path} holds no folder {name!r} of {self._wanted.address_key}.")
        return found

    async def _rows(self, shard: int, table: str) -> AsyncIterator[dict[str, Any]]:
        async for columns, rows in self._lines(shard, table):
            for row in rows:
                yield dict(zip(columns, row, strict=True))

    async def _lines(self, shard: int, table: str) -> AsyncIterator[tuple[tuple[str, ...], list[list[Any]]]]:
        for part in self._chain.newest.index.parts:
            if part.kind == "rows" and part.shard == shard and part.name == table:
                stream = lines(self._chain.newest.stream(part))
                while (rows := await asyncio.to_thread(_next_rows, stream)) is not None:
                    yield part.columns, rows

    async def _messages(self, sources: set[int]) -> AsyncIterator[tuple[int, list[_Message]]]:
        """Give the messages of folders in runs; the rows lie in the order of folder and uid."""
        folder_id, run, weight = 0, list[_Message](), 0
        async for columns, rows in self._lines(self._shard, "message"):
            place = columns.index("folder_id")
            for row in rows:
                if row[place] not in sources:
                    continue
                values = dict(zip(columns, row, strict=True))
                if run and (values["folder_id"] != folder_id or len(run) >= RUN or weight >= RUN_BYTES):
                    yield folder_id, run
                    run, weight = [], 0
                folder_id = values["folder_id"]
                run.append(_Message(*(values[name] for name in _Message._fields)))
                weight += values["size"]
        if run:
            yield folder_id, run

    async def _target(self, source: str) -> Folder:
        name = LEVEL.join(filter(None, (self._wanted.under, source))) if self._wanted.under else source
        found = await self._mailboxes.folder(self._wanted.account_id, INBOX if name.upper() == INBOX else name)
        return found or await self._mailboxes.create_folder(self._wanted.account_id, name)

    async def _there(self, folder: Folder) -> Counter[bytes]:
        """Count the messages that a folder has, by what tells them apart."""
        found: Counter[bytes] = Counter()
        sql = (
            "SELECT m.uid, m.prefix, m.internaldate, c.digest FROM message AS m JOIN content AS c ON c.id = m.content_id"
            " WHERE m.folder_id = ? AND m.uid > ? ORDER BY m.uid LIMIT 500"
        )
        last = 0
        while rows := await self._mailboxes.database.read(shard_of_id(folder.id), sql, (folder.id, last)):
            last = rows[-1][0]
            found.update(_mark(digest, prefix, date) for _, prefix, date, digest in rows)
        return found

    async def _place(self, run: list[_Message], target: Folder, there: Counter[bytes], contents: _Contents) -> None:
        """Add a run of messages in one commit, but for those that are there."""
        new: list[tuple[NewContent, Placement]] = []
        for message in run:
            columns, body = await asyncio.to_thread(contents.find, message.content_id)
            mark = _mark(columns["digest"], message.prefix, message.internaldate)
            if there[mark] > 0:
                there[mark] -= 1
                self._present += 1
                if body.path is not None:
                    await asyncio.to_thread(body.path.unlink)
                continue
            data, blob = await store_body(body, self._mailboxes.blobs)
            placement = Placement(target.account_id, target.id, target.name, message.prefix, message.flags, message.keywords, message.internaldate)
            new.append((_content(columns, data, blob), placement))
        if new:
            try:
                await self._mailboxes.database.transact(shard_of_id(target.id), place_run, new)
            except NoFolder:
                raise BackupError("The folder that messages were restored to was removed meanwhile; do it again.") from None
        self._added += len(new)
        self._progress(self._added + self._present, self._whole, "messages restored")


def place_run(transaction: Transaction, run: Sequence[tuple[NewContent, Placement]]) -> None:
    """Store and place messages, all or none; runs in the shard's writer. Raises NoFolder."""
    for content, placement in run:
        place(transaction, content, (placement,))


def _content(columns: dict[str, Any], data: bytes | None, blob: str | None) -> NewContent:
    return NewContent._make([*(columns[name] for name in NewContent._fields[:-2]), data, blob])


def _mark(digest: bytes, prefix: bytes, date: int) -> bytes:
    return hashlib.sha256(b"%b%d " % (digest, date) + prefix).digest()[:16]


def _next_rows(stream: Iterator[bytes]) -> list[list[Any]] | None:
    line = next(stream, None)
    return None if line is None else unpack_rows(line)


class _Contents:
    """Finds contents of a shard in a chain of backups; keeps a few small parts. Blocking."""

    def __init__(self, chain: Chain, shard: int, blobs: Blobs) -> None:
        self._blobs = blobs
        self._parts: list[tuple[int, ArchiveReader, Part]] = sorted(
            ((part.last, reader, part) for reader in chain.readers for part in reader.index.parts if part.kind == "contents" and part.shard == shard),
            key=lambda it: it[0],
        )
        self._lasts = [last for last, _, _ in self._parts]
        self._kept: OrderedDict[int, dict[int, tuple[dict[str, Any], Body]]] = OrderedDict()

    def find(self, number: int) -> tuple[dict[str, Any], Body]:
        """Give a content's columns and body; raises Damaged when it is not there."""
        at = bisect_left(self._lasts, number)
        if at < len(self._parts):
            _, reader, part = self._parts[at]
            found = self._small(at, reader, part).get(number) if part.size <= SMALL else self._large(reader, part, number)
            if found is not None:
                return found
        raise Damaged(f"The backup lacks the content {number} of a message.")

    def _small(self, at: int, reader: ArchiveReader, part: Part) -> dict[int, tuple[dict[str, Any], Body]]:
        if at not in self._kept:
            records = Records(part.columns, reader.stream(part))
            self._kept[at] = {columns["id"]: (columns, Body(b"".join(body))) for columns, body in records}
            if len(self._kept) > CACHED:
                self._kept.popitem(last=False)
        self._kept.move_to_end(at)
        return self._kept[at]

    def _large(self, reader: ArchiveReader, part: Part, number: int) -> tuple[dict[str, Any], Body] | None:
        for columns, body in Records(part.columns, reader.stream(part)):
            if columns["id"] == number:
                return columns, read_body(body, columns["size"], self._blobs)
        return None
