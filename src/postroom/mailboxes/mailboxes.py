"""Mailboxes: the one way in for everyone above to folders and messages. Reads are off the loop, changes go through the shard's writer."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left, bisect_right
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.accounts import shard_of
from postroom.errors import Unavailable
from postroom.formats.uidset import UidSet
from postroom.mailboxes import folders, messages
from postroom.mailboxes.changes import Change, FlagChange, FoldersChanged
from postroom.mailboxes.fieldtexts import FieldTexts
from postroom.mailboxes.folders import COLUMNS, Folder, folder_of
from postroom.mailboxes.maildrop import Maildrop, MaildropLock
from postroom.mailboxes.placing import NoFolder, Placed, Placement, place
from postroom.mailboxes.replacing import Replaced, replace
from postroom.mailboxes.views import View, present_uids
from postroom.storage.database import Interrupted, shard_of_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence

    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.messages import Copied, How, Stored
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database, Row

RUN_BYTES: Final = 256 * 1024
"""About what one read brings: no snapshot lives longer than it takes, so a slow client can't hold back the log."""

GLANCE_BYTES: Final = 32 * 1024
"""About what a short look may bring: some hundred microseconds of the loop's time."""

LARGE: Final = 128 * 1024
"""Octets of a body that are read, and held, at a time."""

TOGETHER: Final = 1024 * 1024
"""Octets of bodies that are read with one turn of a thread, at most."""

FLAGS_RUN: Final = 4000
"""Messages whose flags are read at a time."""

IDS_A_READ: Final = 500
FEW: Final = 1000
"""Messages whose flags a short look brings."""

IDLE_VIEWS: Final = 256

MANY_GAPS: Final = 10_000
"""Gaps in a folder's uids above which its view is made off the loop: some milliseconds."""

FIELDS: Final = {
    "uid": ("m.uid", 8),
    "id": ("m.id", 8),
    "flags": ("m.flags", 8),
    "keywords": ("m.keywords", 16),
    "modseq": ("m.modseq", 8),
    "internaldate": ("m.internaldate", 8),
    "saved": ("m.saved", 8),
    "size": ("m.size", 8),
    "prefix": ("m.prefix", 80),
    "content_id": ("m.content_id", 8),
    "content_size": ("c.size", 8),
    "header_size": ("c.header_size", 8),
    "created": ("c.created", 8),
    "envelope": ("c.envelope", 500),
    "structure": ("c.structure", 300),
    "fields": ("c.fields", 600),
    "offsets": ("c.offsets", 60),
    "preview": ("c.preview", 200),
    "text": ("c.text", 4000),
    "blob": ("c.blob", 40),
    "data": ("b.data", 8000),
    "own_fields": ("CASE WHEN c.fields IS NULL THEN b.data END", 100),
    "own_text": ("CASE WHEN c.text IS NULL THEN b.data END", 1000),
}
"""What `fetch` can read of a message, and about how many bytes that is: `m` the placement, `c` the content, `b` an inline body
(`own_...`: only where it stands for that field)."""


class Mailboxes:
    """Folders and messages of all accounts. Times are UTC microseconds; methods raise Unavailable when the storage does."""

    def __init__(self, database: Database, blobs: Blobs, clock: Callable[[], float] = time.time) -> None:
        self.database = database
        self.blobs = blobs
        self._clock = clock
        self._views: dict[int, View] = {}
        self._loading: dict[int, list[list[Change]]] = {}
        self._catching_up: set[asyncio.Task[None]] = set()
        self.field_texts = FieldTexts()
        self._account_listeners: dict[int, list[Callable[[], None]]] = {}
        database.listen(self._hear)

    def now(self) -> int:
        """Tell the time in UTC microseconds."""
        return int(self._clock() * 1_000_000)

    def shard_of(self, account_id: int) -> int:
        """Tell where an account's mail lies."""
        return shard_of(account_id, self.database.shards)

    # Folders

    async def folders(self, account_id: int) -> list[Folder]:
        """Read all folders of an account, by name; makes the standard ones of an account that has none yet."""
        sql = f"SELECT {COLUMNS} FROM folder WHERE account_id = ? ORDER BY name LIMIT {folders.MOST_FOLDERS}"
        rows = await self.database.glance(self.shard_of(account_id), sql, (account_id,))
        if not rows:
            await self._transact(account_id, folders.ensure_mailbox, account_id, self.now())
            rows = await self.database.glance(self.shard_of(account_id), sql, (account_id,))
        return [folder_of(row) for row in rows]

    async def folder(self, account_id: int, name: str) -> Folder | None:
        """Read one folder by its stored name."""
        sql = f"SELECT {COLUMNS} FROM folder WHERE account_id = ? AND name = ?"
        rows = await self.database.glance(self.shard_of(account_id), sql, (account_id, name))
        if not rows and name == folders.INBOX:
            await self._transact(account_id, folders.ensure_mailbox, account_id, self.now())
            rows = await self.database.glance(self.shard_of(account_id), sql, (account_id, name))
        return folder_of(rows[0]) if rows else None

    async def folder_by_id(self, folder_id: int) -> Folder | None:
        """Read one folder by its id; None when there is none."""
        if folder_id <= 0 or shard_of_id(folder_id) >= self.database.shards:
            return None
        rows = await self.database.read(shard_of_id(folder_id), f"SELECT {COLUMNS} FROM folder WHERE id = ?", (folder_id,))
        return folder_of(rows[0]) if rows else None

    async def create_folder(self, account_id: int, name: str, special_use: str = "") -> Folder:
        """Make a folder and the parents it lacks; raises FolderError."""
        made: Folder = await self._transact(account_id, folders.create_folder, account_id, name, special_use, self.now())
        return made

    async def delete_folder(self, account_id: int, name: str) -> None:
        """Remove a folder and its messages; raises FolderError."""
        await self._transact(account_id, folders.delete_folder, account_id, name)

    async def rename_folder(self, account_id: int, name: str, new: str) -> None:
        """Rename a folder with all below it, or empty INBOX into a new folder; raises FolderError."""
        if name == folders.INBOX:
            await self._transact(account_id, messages.empty_inbox, account_id, new, self.now())
        else:
            await self._transact(account_id, folders.rename_folder, account_id, name, new, self.now())

    async def subscribe(self, account_id: int, name: str, on: bool) -> None:
        """Add a name to the subscriptions or take it away; raises FolderError."""
        await self._transact(account_id, folders.subscribe, account_id, name, on)

    async def subscriptions(self, account_id: int) -> list[str]:
        """Read the names subscribed to for which there is no folder; folders tell their own."""
        sql = f"SELECT name FROM subscription WHERE account_id = ? ORDER BY name LIMIT {folders.MOST_FOLDERS}"
        return [row[0] for row in await self.database.glance(self.shard_of(account_id), sql, (account_id,))]

    async def remove_mailbox(self, account_id: int) -> None:
        """Remove all mail of an account."""
        await self._transact(account_id, folders.remove_mailbox, account_id)

    async def usage(self, account_id: int) -> tuple[int, int]:
        """Tell what an account's mail weighs: bytes and messages."""
        sql = "SELECT size, messages FROM mailbox WHERE account_id = ?"
        rows = await self.database.glance(self.shard_of(account_id), sql, (account_id,))
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    async def weigh(self, account_ids: Iterable[int]) -> int:
        """Add up what the mail of some accounts weighs, in bytes."""
        shards: dict[int, list[int]] = {}
        for number in account_ids:
            shards.setdefault(self.shard_of(number), []).append(number)
        total = 0
        for shard, numbers in shards.items():
            for start in range(0, len(numbers), IDS_A_READ):
                some = numbers[start : start + IDS_A_READ]
                sql = f"SELECT coalesce(sum(size), 0) FROM mailbox WHERE account_id IN ({', '.join('?' * len(some))})"
                total += (await self.database.read(shard, sql, some))[0][0]
        return total

    # Views

    async def open(self, folder: Folder) -> View:
        """Give the view of a folder, loaded when this process has none; `view.listen` keeps it."""
        view = self._views.get(folder.id)
        if view is not None:
            return view
        if len(self._views) >= IDLE_VIEWS:
            await self._drop_idle_views()
        with self._keeping(folder.id) as missed:
            await self.database.follow(shard_of_id(folder.id), folder.id)
            read, uids = await self._read_folder(folder.id)
        view = self._views.setdefault(folder.id, View(read, uids))
        for change in missed:
            view.apply(change)
        return view

    def present(self, folder_id: int) -> UidSet | None:
        """Give the uids that are in a folder now, not to be changed; None when this process has no view of it."""
        view = self._views.get(folder_id)
        return None if view is None else view.uids

    @contextmanager
    def _keeping(self, folder_id: int) -> Iterator[list[Change]]:
        """Keep announcements that come while a folder is read, to be applied after: none may fall between the read and the listening."""
        missed: list[Change] = []
        self._loading.setdefault(folder_id, []).append(missed)
        try:
            yield missed
        finally:
            waiting = self._loading[folder_id]
            waiting.remove(missed)
            if not waiting:
                del self._loading[folder_id]

    async def _read_folder(self, folder_id: int) -> tuple[Folder, UidSet]:
        """Read a folder and the uids in it, as they were at one moment; raises NoFolder."""
        columns = ", ".join(f"f.{name.strip()}" for name in COLUMNS.split(","))
        sql = f"SELECT {columns}, v.low, v.high FROM folder AS f LEFT JOIN vanished AS v ON v.folder_id = f.id WHERE f.id = ? ORDER BY v.low"
        rows = await self.database.glance(shard_of_id(folder_id), sql, (folder_id,))
        if not rows:
            raise NoFolder
        folder = folder_of(rows[0][:-2])
        gone = [row[-2:] for row in rows if row[-1] is not None]
        large = len(gone) > MANY_GAPS
        return folder, await asyncio.to_thread(present_uids, folder.uidnext, gone) if large else present_uids(folder.uidnext, gone)

    async def _drop_idle_views(self) -> None:
        idle = [view for view in self._views.values() if view.idle]
        for view in idle:
            del self._views[view.folder_id]
        for view in idle:
            await self.database.unfollow(shard_of_id(view.folder_id), view.folder_id)

    async def _catch_up(self, shard: int) -> None:
        """Bring the views of a shard up to date after its writer was started again: what it announced last may not have arrived."""
        for view in [view for view in self._views.values() if shard_of_id(view.folder_id) == shard]:
            view.behind += 1
            try:
                with self._keeping(view.folder_id) as missed:
                    change = await self._missed_by(view)
            finally:
                view.behind -= 1
            for heard in (change, *missed):
                view.apply(heard)

    async def _missed_by(self, view: View) -> Change:
        """Give all that a view may not have heard of, as one change."""
        try:
            folder, uids = await self._read_folder(view.folder_id)
        except NoFolder:
            return Change(view.account_id, view.folder_id, view.modseq + 1, vanished=((1, folders.MOST_UIDS),))
        flags = tuple(await self.changes_since(view.folder_id, view.modseq))
        arrived = (view.uidnext, folder.uidnext - 1) if folder.uidnext > view.uidnext else None
        known = view.uids.copy()
        if arrived is not None:
            known.add_range(*arrived)
        return Change(view.account_id, view.folder_id, folder.modseq, arrived, tuple((known - uids).ranges()), flags)

    async def first_unseen(self, folder: Folder) -> int:
        """Find the lowest uid of a message that is not seen, 0 when there is none."""
        if not folder.unseen:
            return 0
        sql = "SELECT uid FROM message WHERE folder_id = ? AND uid >= ? AND flags & 1 = 0 ORDER BY uid LIMIT 1"
        rows = await self.database.glance(shard_of_id(folder.id), sql, (folder.id, folder.seen_below))
        uid = int(rows[0][0]) if rows else 0
        if uid > folder.seen_below:
            with suppress(Unavailable):  # only a hint for the next time: reading goes on while nothing can be written
                await self.database.transact(shard_of_id(folder.id), messages.note_seen_below, folder.id, folder.seen_below, uid)
        return uid

    def watch_folders(self, account_id: int, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a listener whenever the account's tree of folders changes; returns what ends that."""
        listeners = self._account_listeners.setdefault(account_id, [])
        listeners.append(listener)

        def leave() -> None:
            listeners.remove(listener)
            if not listeners:
                self._account_listeners.pop(account_id, None)

        return leave

    def _hear(self, news: Any) -> None:
        if isinstance(news, Change):
            view = self._views.get(news.folder_id)
            if view is not None and not view.behind:
                view.apply(news)
            for missed in self._loading.get(news.folder_id, ()):
                missed.append(news)
        elif isinstance(news, Replaced):
            self.field_texts.forget(news.folder_id)
        elif isinstance(news, FoldersChanged):
            for listener in tuple(self._account_listeners.get(news.account_id, ())):
                listener()
        elif isinstance(news, Interrupted):
            task = asyncio.create_task(self._catch_up(news.shard))
            self._catching_up.add(task)
            task.add_done_callback(self._catching_up.discard)

    # Reading

    async def fetch(
        self,
        folder_id: int,
        uids: UidSet,
        fields: Sequence[str],
        changed_since: int = 0,
        where: tuple[str, Sequence[Any]] = ("", ()),
        run_bytes: int = RUN_BYTES,
        whole: bool = False,
    ) -> AsyncIterator[list[Row]]:
        """Read messages in runs of about 256 KB, by uid; each row holds the named FIELDS in their order. `where` adds an SQL condition.

        While a run is used the next is being read. With `whole` (and "data", "blob", "content_size" among the fields) small bodies are read
        too that don't lie inline: they stand in "data" then.
        """
        weight = sum(FIELDS[name][1] for name in fields)
        most = max(run_bytes // weight, 1)
        place = fields.index("uid") if "uid" in fields else -1
        sql = _selection(fields, changed_since, where[0], most)
        shard = shard_of_id(folder_id)
        bodies = tuple(map(fields.index, ("data", "blob", "content_size"))) if whole else ()

        async def run(first: int, last: int) -> list[Row]:
            values = (folder_id, first, last, *where[1])
            read = self.database.glance if (last - first + 1) * weight <= GLANCE_BYTES else self.database.read
            rows = await read(shard, sql, values)
            return await self._with_bodies(rows, *bodies) if bodies else rows

        ahead: asyncio.Task[list[Row]] | None = None
        try:
            for low, high in _grouped(uids, most):
                start = low
                while start <= high:
                    rows = await (run(start, high) if ahead is None else ahead)
                    start = rows[-1][place] + 1 if len(rows) == most else high + 1
                    ahead = asyncio.create_task(run(start, high)) if start <= high else None
                    wanted = rows if uids.range_count == 1 else _among(rows, place, uids)
                    if wanted:
                        yield wanted if "uid" in fields else [row[:-1] for row in wanted]
        finally:
            if ahead is not None and not ahead.cancel() and not ahead.cancelled():
                ahead.exception()  # who has left does not want to know

    async def _with_bodies(self, rows: list[Row], data: int, blob: int, size: int) -> list[Row]:
        """Put the bodies of small messages that don't lie inline in their rows; what can't be read stays as it is: its own turn will tell."""
        wanted, room = {}, TOGETHER
        for number, row in enumerate(rows):
            if row[blob] is not None and 0 < row[size] <= min(LARGE, room):
                wanted[number] = (row[blob], 0, row[size])
                room -= row[size]
        if wanted:
            with suppress(Unavailable):
                read = await self.blobs.read_many([*wanted.values()])
                for (number, (_, _, length)), octets in zip(wanted.items(), read, strict=True):
                    if len(octets) == length:
                        rows[number] = (*rows[number][:data], octets, *rows[number][data + 1 :])
        return rows

    async def plain_flags(self, folder_id: int, low: int, high: int) -> list[str] | None:
        """Read the flags, as decimal numbers, of all uids from low to high; None when one is not there or has keywords.

        One row is read for all: for a folder's flags, which clients ask for most, making a row of each message takes most of the time.
        """
        sql = (
            "SELECT count(*), max(keywords), group_concat(flags, ' ')"
            " FROM (SELECT flags, keywords FROM message WHERE folder_id = ? AND uid BETWEEN ? AND ? ORDER BY uid)"
        )
        read = self.database.glance if high - low < FEW else self.database.read
        count, keywords, flags = (await read(shard_of_id(folder_id), sql, (folder_id, low, high)))[0]
        return flags.split() if count == high - low + 1 and not keywords else None

    async def changes_since(self, folder_id: int, modseq: int) -> list[FlagChange]:
        """Read the flags of the messages that changed after a modseq, those that arrived since among them."""
        rows = await self.database.glance(
            shard_of_id(folder_id),
            "SELECT uid, flags, keywords, modseq FROM message WHERE folder_id = ? AND changed = 1 AND modseq > ? ORDER BY uid",
            (folder_id, modseq),
        )
        return [FlagChange(*row) for row in rows]

    async def read(self, prefix: bytes, data: bytes | None, blob: str | None, offset: int, length: int) -> bytes:
        """Read a piece of a message from its fields `prefix`, `data` and `blob`; offsets count from the prefix on."""
        if data is not None:
            return (prefix + data)[offset : offset + length]
        piece = prefix[offset : offset + length]
        rest = length - len(piece)
        if rest > 0:
            assert blob is not None, "a content has its bytes inline or in a blob"
            piece += await self.blobs.read(blob, max(offset - len(prefix), 0), rest)
        return piece

    async def lock(self, account_id: int) -> MaildropLock | None:
        """Take an account's maildrop for one POP3 session, over all workers; None when another session has it."""
        return await MaildropLock.take(self, account_id)

    async def maildrop(self, account_id: int) -> Maildrop:
        """Read what is in an account's INBOX."""
        return await Maildrop.of(self, account_id)

    # Changes

    async def append(self, content: NewContent, placement: Placement) -> Placed:
        """Put one message into a folder; durable when it returns. Raises NoFolder."""
        _, placed = await self._transact(placement.account_id, place, content, (placement,))
        result: Placed = placed[0]
        return result

    async def store(
        self, folder_id: int, uids: UidSet, how: How, flags: int, keywords: Sequence[str] = (), unchanged_since: int | None = None
    ) -> Stored:
        """Change flags of messages (RFC 3501 6.4.6, RFC 7162 3.1.3); raises NoFolder."""
        ranges = tuple(uids.ranges())
        stored: Stored = await self.database.transact(
            shard_of_id(folder_id), messages.store, folder_id, ranges, how, flags, tuple(keywords), unchanged_since
        )
        return stored

    async def replace(self, folder_id: int, uid: int, content: NewContent, prefix: bytes) -> int:
        """Give a message another content, with the same uid and id; returns its size. Raises NoFolder when it is gone."""
        size: int = await self.database.transact(shard_of_id(folder_id), replace, folder_id, uid, content, prefix)
        return size

    async def expunge(self, folder_id: int, uids: UidSet, *, only_deleted: bool = True) -> UidSet:
        r"""Remove messages, only those with \Deleted as a rule; returns the uids that vanished. Raises NoFolder."""
        gone = await self.database.transact(shard_of_id(folder_id), messages.expunge, folder_id, tuple(uids.ranges()), only_deleted)
        return UidSet.of_ranges(gone)

    async def copy(self, folder_id: int, uids: UidSet, target: Folder) -> Copied:
        """Copy messages, all or none, to another folder of the same account; raises NoFolder."""
        copied: Copied = await self.database.transact(shard_of_id(folder_id), messages.copy, folder_id, tuple(uids.ranges()), target.id, self.now())
        return copied

    async def move(self, folder_id: int, uids: UidSet, target: Folder) -> Copied:
        """Move messages to another folder of the same account in one step (RFC 6851); raises NoFolder."""
        copied: Copied = await self.database.transact(shard_of_id(folder_id), messages.move, folder_id, tuple(uids.ranges()), target.id, self.now())
        return copied

    async def _transact(self, account_id: int, function: Callable[..., Any], *arguments: Any) -> Any:
        return await self.database.transact(self.shard_of(account_id), function, *arguments)


def _selection(fields: Sequence[str], changed_since: int, where: str, most: int) -> str:
    """Write the SELECT of a run of messages; its parameters are folder, first and last uid, and those of `where`."""
    names = [FIELDS[name][0] for name in fields]
    joins = " JOIN content AS c ON c.id = m.content_id" if any(name[0] in "cbC" for name in names) else ""
    joins += " LEFT JOIN body AS b ON b.content_id = c.id" if any("b.data" in name for name in names) else ""
    condition = f" AND m.modseq > {int(changed_since)}" if changed_since else ""
    condition += f" AND {where}" if where else ""
    columns = names if "uid" in fields else [*names, "m.uid"]
    return (
        f"SELECT {', '.join(columns)} FROM message AS m{joins} WHERE m.folder_id = ? AND m.uid BETWEEN ? AND ?{condition} ORDER BY m.uid LIMIT {most}"
    )


def _among(rows: list[Row], place: int, uids: UidSet) -> list[Row]:
    """Take the rows of these uids; in `place` each row has its uid, ascending."""
    found: list[Row] = []
    numbers = [row[place] for row in rows]
    for low, high in uids.between(numbers[0], numbers[-1]) if rows else ():
        found += rows[bisect_left(numbers, low) : bisect_right(numbers, high)]
    return found


def _grouped(uids: UidSet, most: int) -> Iterable[tuple[int, int]]:
    """Join ranges that lie close together, so that a thousand single uids don't cost a thousand reads."""
    low = high = 0
    for start, end in uids.ranges():
        if low and start - high <= most:
            high = end
            continue
        if low:
            yield low, high
        low, high = start, end
    if low:
        yield low, high
