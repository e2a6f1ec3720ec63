"""EXPUNGE (RFC 3501 section 6.4.3) and UID EXPUNGE (RFC 4315 section 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.mailbox import parse_nothing, parse_uid_expunge
from postroom.servers.imap import replies, shared

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.uidset import UidSet
    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session


def expunge(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    r"""Remove the messages with \Deleted that the client knows of."""
    parse_nothing(arguments)
    return _expunge(session, session.writable, session.folder.uids)


def uid_expunge(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    r"""Remove those of the messages named that have \Deleted."""
    numbers = parse_uid_expunge(arguments)
    selected = session.writable
    return _expunge(session, selected, selected.named(numbers, uid=True))


async def _expunge(session: Session, selected: Selected, uids: UidSet) -> bytes:
    if not selected.rights & Right.EXPUNGE:
        raise shared.refused()
    gone = await session.house.mailboxes.expunge(selected.folder.id, uids)
    selected.vanish(gone)  # told with the news, before the reply
    return replies.DONE
