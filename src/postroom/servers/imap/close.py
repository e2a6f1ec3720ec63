"""CLOSE (RFC 3501 section 6.4.2) and UNSELECT (RFC 3691)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.mailbox import parse_nothing
from postroom.mailboxes.placing import NoFolder
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session


def close(session: Session, arguments: bytes) -> bytes | Coroutine[Any, Any, bytes]:
    r"""Remove the messages with \Deleted without telling of them, and select nothing; a mailbox opened to read only is left as it is."""
    parse_nothing(arguments)
    selected = session.folder
    return unselect(session, b"") if selected.read_only or not selected.rights & Right.EXPUNGE else _close(session, selected)


async def _close(session: Session, selected: Selected) -> bytes:
    with suppress(NoFolder):  # another session deleted it: there is nothing left to remove
        await session.house.mailboxes.expunge(selected.folder.id, selected.uids)
    session.unselect()
    return replies.DONE


def unselect(session: Session, arguments: bytes) -> bytes:
    """Select nothing, and leave the messages as they are."""
    parse_nothing(arguments)
    session.unselect()
    return replies.DONE
