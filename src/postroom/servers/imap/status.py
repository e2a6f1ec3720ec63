"""STATUS (RFC 3501 section 6.3.10) with SIZE (RFC 8438), HIGHESTMODSEQ, MAILBOXID, APPENDLIMIT and what is marked for deletion (RFC 9208)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.flags import DELETED
from postroom.formats.imap.response import status_line
from postroom.formats.imap.status import Status, StatusItem, parse_status
from postroom.formats.uidset import UidSet
from postroom.servers.imap import names, replies, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.session import Session


def status(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell about a mailbox without opening it."""
    return _status(session, parse_status(arguments))


async def _status(session: Session, asked: Status) -> bytes:
    folder = await names.find(session, asked.mailbox)
    if folder is None:
        raise replies.no("There is no such mailbox", b"NONEXISTENT")
    await shared.require(session, folder, Right.READ)
    session.say(await told(session, folder, asked.items))
    return replies.DONE


async def told(session: Session, folder: Folder, items: Sequence[StatusItem]) -> bytes:
    """Write the STATUS line of a folder."""
    if StatusItem.HIGHESTMODSEQ in items and not session.condstore:
        session.use_condstore()
    values: list[tuple[bytes, int | bytes | None]] = []
    for item in items:
        if item is StatusItem.DELETED_STORAGE:
            values.append((item.value, await _deleted_storage(session, folder)))
        else:
            values.append((item.value, _VALUES[item](session, folder)))
    return status_line(names.shown(session, folder.name), values)


def mailbox_id(folder: Folder) -> bytes:
    """Write a folder's id, which stays with it when it is renamed (RFC 8474 section 4)."""
    return b"(F%d)" % folder.id


def _recent(session: Session, folder: Folder) -> int:
    """Count what would be recent; gaps between uids are not looked for."""
    return min(max(folder.uidnext - session.house.recents.first(folder), 0), folder.messages)


def _append_limit(session: Session, _folder: Folder) -> int | None:
    return session.house.directory.max_message_size(session.account) or None


async def _deleted_storage(session: Session, folder: Folder) -> int:
    r"""Add up what the messages with \Deleted weigh, in octets."""
    total = 0
    if folder.deleted:
        uids = UidSet.of_ranges([(1, folder.uidnext)])
        async for rows in session.house.mailboxes.fetch(folder.id, uids, ["size"], where=(f"m.flags & {DELETED} <> 0", ())):
            total += sum(size for (size,) in rows)
    return total


_VALUES: Mapping[StatusItem, Callable[[Session, Folder], int | bytes | None]] = {
    StatusItem.MESSAGES: lambda _, folder: folder.messages,
    StatusItem.RECENT: _recent,
    StatusItem.UIDNEXT: lambda _, folder: folder.uidnext,
    StatusItem.UIDVALIDITY: lambda _, folder: folder.uidvalidity,
    StatusItem.UNSEEN: lambda _, folder: folder.unseen,
    StatusItem.SIZE: lambda _, folder: folder.size,
    StatusItem.HIGHESTMODSEQ: lambda _, folder: folder.modseq,
    StatusItem.MAILBOXID: lambda _, folder: mailbox_id(folder),
    StatusItem.APPENDLIMIT: _append_limit,
    StatusItem.DELETED: lambda _, folder: folder.deleted,
}
