"""COPY (RFC 3501 section 6.4.7), MOVE (RFC 6851) and their UID forms, with COPYUID (RFC 4315 section 3)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from postroom.delivery.spool import PIECE, Spool
from postroom.directory.sharing import Right
from postroom.formats.imap import response
from postroom.formats.imap.copy import parse_copy
from postroom.formats.uidset import UidSet
from postroom.mailboxes.messages import Copied
from postroom.mailboxes.placing import Placement
from postroom.servers.imap import names, replies, shared
from postroom.servers.imap.quota import require_room
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session


_CARRIED: Final = ("uid", "size", "prefix", "data", "blob", "flags", "keywords", "internaldate")


def copy(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Copy messages to another mailbox, all or none."""
    asked = parse_copy(arguments)
    selected = session.folder
    return _copy(session, selected, selected.named(asked.numbers, uid=uid), asked.mailbox)


def move(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Move messages to another mailbox in one step."""
    asked = parse_copy(arguments)
    selected = session.writable
    return _move(session, selected, selected.named(asked.numbers, uid=uid), asked.mailbox)


async def _copy(session: Session, selected: Selected, uids: UidSet, name: str) -> bytes:
    mailboxes = session.house.mailboxes
    target = await target_of(session, name)
    if session.user.quota and target.account_id == session.user.id:
        size = 0
        async for rows in mailboxes.fetch(selected.folder.id, uids, ["size"]):
            size += sum(weight for (weight,) in rows)
        await require_room(session, size)
    copied = await mailboxes.copy(selected.folder.id, uids, target) if _near(selected, target) else await carry(session, selected, uids, target)
    return replies.reply(b"OK", "Copied", _copyuid(copied)) if copied.source else replies.DONE


async def _move(session: Session, selected: Selected, uids: UidSet, name: str) -> bytes:
    if not selected.rights & Right.DELETE or not selected.rights & Right.EXPUNGE:
        raise shared.refused()
    mailboxes, target = session.house.mailboxes, await target_of(session, name)
    if _near(selected, target):
        copied = await mailboxes.move(selected.folder.id, uids, target)
    else:
        copied = await carry(session, selected, uids, target)
        await mailboxes.expunge(selected.folder.id, UidSet.of_ranges(copied.source), only_deleted=False)
    if copied.source:
        # RFC 6851 section 4.3: COPYUID goes ahead of the EXPUNGEs, which the news tell of before the reply.
        session.say(response.status(b"*", b"OK", "Moved", _copyuid(copied)))
        selected.vanish(UidSet.of_ranges(copied.source))
    return replies.DONE


def _near(selected: Selected, target: Folder) -> bool:
    """Tell whether two folders lie in one shard; public ones may lie in another than the user's."""
    return shard_of_id(selected.folder.id) == shard_of_id(target.id)


async def carry(session: Session, selected: Selected, uids: UidSet, target: Folder) -> Copied:
    """Copy messages into another shard, one after the other; when one can't be, those that were are taken out again."""
    mailboxes = session.house.mailboxes
    source, placed = UidSet(), UidSet()
    try:
        async for rows in mailboxes.fetch(selected.folder.id, uids, _CARRIED):
            for uid, size, prefix, data, blob, flags, keywords, date in rows:
                spool = Spool(mailboxes.blobs, size, session.rules.mime)
                try:
                    for start in range(0, size, PIECE):
                        if spool.write(await mailboxes.read(prefix, data, blob, start, min(PIECE, size - start))):
                            await spool.settle()
                    content = await spool.finish(mailboxes.now())
                finally:
                    spool.discard()
                put = await mailboxes.append(content, Placement(target.account_id, target.id, "", b"", flags, keywords, date))
                source.add(uid)
                placed.add(put.uid)
    except BaseException:
        await mailboxes.expunge(target.id, placed, only_deleted=False)
        raise
    return Copied(target.uidvalidity, tuple(source.ranges()), tuple(placed.ranges()))


async def target_of(session: Session, name: str) -> Folder:
    """Find the mailbox that messages shall go to; NO [TRYCREATE] when there is none (RFC 3501 section 7.1)."""
    folder = await names.find(session, name)
    if folder is None:
        raise replies.no("There is no such mailbox", b"TRYCREATE")
    return await shared.require(session, folder, Right.INSERT)


def _copyuid(copied: Copied) -> bytes:
    return response.copyuid(copied.uidvalidity, _each(copied.source), _each(copied.target))


def _each(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    return chain.from_iterable(range(low, high + 1) for low, high in ranges)
