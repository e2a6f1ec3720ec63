"""STORE and UID STORE (RFC 3501 section 6.4.6) with UNCHANGEDSINCE (RFC 7162 section 3.1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.formats.imap.store import Mode, Store, parse_store
from postroom.formats.uidset import UidSet
from postroom.mailboxes.changes import FlagChange
from postroom.mailboxes.messages import How
from postroom.servers.imap import replies, shared

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from postroom.mailboxes.messages import Stored
    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session

LINES: Final = 1000
"""Messages told of at a time."""

_HOW: Final = {Mode.REPLACE: How.REPLACE, Mode.ADD: How.ADD, Mode.REMOVE: How.REMOVE}


def store(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Change flags."""
    asked = parse_store(arguments)
    selected = session.writable
    needed = shared.for_flags(asked.flags.bits, asked.flags.keywords, whole=asked.mode is Mode.REPLACE)
    if selected.rights & needed != needed:
        raise shared.refused()
    uids = selected.named(asked.numbers, uid=uid)
    if asked.unchanged_since is not None:
        session.use_condstore()
    return _store(session, selected, uids, asked, uid=uid)


async def _store(session: Session, selected: Selected, uids: UidSet, asked: Store, *, uid: bool) -> bytes:
    flags = asked.flags
    stored = await session.house.mailboxes.store(
        selected.folder.id, uids, _HOW[asked.mode], flags.bits, sorted(flags.keywords), asked.unchanged_since
    )
    selected.settle(stored)
    if not asked.silent:
        changes = await _all_flags(session, selected, uids, stored)
        for start in range(0, len(changes), LINES):
            session.say(selected.flag_lines(changes[start : start + LINES], uid=uid))
            await session.drained()
    elif selected.condstore:
        await _say_modseqs(session, selected, stored.changed)
    if not stored.modified:
        return replies.DONE
    modified = UidSet(stored.modified)
    named = modified if uid else selected.uids.positions(modified)
    return replies.reply(b"OK", "Some messages had changed since", b"MODIFIED " + named.serialise())


async def _all_flags(session: Session, selected: Selected, uids: UidSet, stored: Stored) -> Sequence[FlagChange]:
    """Give the flags of all messages named, those that had them already among them (RFC 3501: as if FETCH had asked)."""
    rest = uids - UidSet(item.uid for item in stored.changed) - UidSet(stored.modified)
    if not rest:
        return stored.changed
    changes = list(stored.changed)
    async for rows in session.house.mailboxes.fetch(selected.folder.id, rest, ["uid", "flags", "keywords", "modseq"]):
        changes += [FlagChange(*row) for row in rows]
    return sorted(changes)


async def _say_modseqs(session: Session, selected: Selected, changed: Sequence[FlagChange]) -> None:
    """Tell the new mod-sequences, which .SILENT does not keep from who uses CONDSTORE (RFC 7162 section 3.1.3)."""
    for start in range(0, len(changed), LINES):
        uids = [item.uid for item in changed[start : start + LINES]]
        numbers = selected.uids.ranks(uids)
        modseq = changed[0].modseq
        session.say(b"".join([b"* %d FETCH (UID %d MODSEQ (%d))\r\n" % (number, uid, modseq) for number, uid in zip(numbers, uids, strict=True)]))
        await session.drained()
