"""COPY (RFC 3501 section 6.4.7), MOVE (RFC 6851) and their UID forms, with COPYUID (RFC 4315 section 3)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from postroom.formats.imap import response
from postroom.formats.imap.copy import parse_copy
from postroom.formats.uidset import UidSet
from postroom.servers.imap import names, replies
from postroom.servers.imap.quota import require_room

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

    from postroom.mailboxes.folders import Folder
    from postroom.mailboxes.messages import Copied
    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session


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
    if session.user.quota:
        size = 0
        async for rows in mailboxes.fetch(selected.folder.id, uids, ["size"]):
            size += sum(weight for (weight,) in rows)
        await require_room(session, size)
    copied = await mailboxes.copy(selected.folder.id, uids, target)
    return replies.reply(b"OK", "Copied", _copyuid(copied)) if copied.source else replies.DONE


async def _move(session: Session, selected: Selected, uids: UidSet, name: str) -> bytes:
    copied = await session.house.mailboxes.move(selected.folder.id, uids, await target_of(session, name))
    if copied.source:
        # RFC 6851 section 4.3: COPYUID goes ahead of the EXPUNGEs, which the news tell of before the reply.
        session.say(response.status(b"*", b"OK", "Moved", _copyuid(copied)))
        selected.vanish(UidSet.of_ranges(copied.source))
    return replies.DONE


async def target_of(session: Session, name: str) -> Folder:
    """Find the mailbox that messages shall go to; NO [TRYCREATE] when there is none (RFC 3501 section 7.1)."""
    folder = await names.find(session, name)
    if folder is None:
        raise replies.no("There is no such mailbox", b"TRYCREATE")
    return folder


def _copyuid(copied: Copied) -> bytes:
    return response.copyuid(copied.uidvalidity, _each(copied.source), _each(copied.target))


def _each(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    return chain.from_iterable(range(low, high + 1) for low, high in ranges)
