"""SELECT and EXAMINE (RFC 3501 sections 6.3.1 and 6.3.2) with CONDSTORE (RFC 7162 section 3.1.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap import response
from postroom.formats.imap.select import parse_select
from postroom.servers.imap import names, replies, shared
from postroom.servers.imap.selected import SYSTEM, Selected
from postroom.servers.imap.status import mailbox_id

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.imap.select import Select
    from postroom.servers.imap.session import Session

READ_WRITE = replies.reply(b"OK", "Selected", b"READ-WRITE")
READ_ONLY = replies.reply(b"OK", "Selected", b"READ-ONLY")
NO_PERMANENT_FLAGS = response.status(b"*", b"OK", "Read only", b"PERMANENTFLAGS ()")
PERMANENT_FLAGS = response.status(b"*", b"OK", "Keywords may be made", rb"PERMANENTFLAGS (%b \*)" % SYSTEM)


def select(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Open a mailbox."""
    return _select(session, parse_select(arguments), read_only=False)


def examine(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Open a mailbox to read only."""
    return _select(session, parse_select(arguments), read_only=True)


async def _select(session: Session, asked: Select, *, read_only: bool) -> bytes:
    mailboxes = session.house.mailboxes
    session.unselect()  # also when what follows fails (RFC 3501 section 6.3.1)
    folder = await names.find(session, asked.mailbox)
    if folder is None:
        raise replies.no("There is no such mailbox", b"NONEXISTENT")
    rights = await shared.rights_of(session, folder)
    if not rights & Right.READ:
        raise shared.refused()
    read_only = read_only or not rights & shared.CHANGES
    view = await mailboxes.open(folder)
    unseen = await mailboxes.first_unseen(folder)
    selected = Selected(folder, view, session.house.recents, read_only=read_only, rights=rights)
    session.select(selected)
    if asked.condstore:
        session.use_condstore()
    session.say(_opened(selected, selected.uids.rank(unseen) if unseen else 0))
    return READ_ONLY if read_only else READ_WRITE


def _opened(selected: Selected, unseen: int) -> bytes:
    view = selected.view
    lines = [
        selected.flags_line(),
        NO_PERMANENT_FLAGS if selected.read_only else PERMANENT_FLAGS,
        response.exists(len(selected.uids)),
        response.recent(len(selected.recent)),
    ]
    if unseen:
        lines.append(b"* OK [UNSEEN %d] First unseen\r\n" % unseen)
    lines.append(
        b"* OK [UIDVALIDITY %d] UIDs valid\r\n* OK [UIDNEXT %d] Next UID\r\n* OK [HIGHESTMODSEQ %d] Highest\r\n* OK [MAILBOXID %b] Id\r\n"
        % (view.uidvalidity, view.uidnext, view.modseq, mailbox_id(selected.folder))
    )
    return b"".join(lines)
