"""GETACL (RFC 4314 section 3.3): who may do what with a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import EVERYTHING, Right
from postroom.formats.imap.acl import acl_line
from postroom.formats.imap.mailbox import parse_mailbox
from postroom.servers.imap import replies
from postroom.servers.imap.access import letters, reach

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def getacl(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell a folder's list; one's own folders are one's own."""
    return _getacl(session, parse_mailbox(arguments))


async def _getacl(session: Session, name: str) -> bytes:
    reached = await reach(session, name, Right.ADMINISTER)
    entries = [(str(session.user.address), EVERYTHING)] if reached.lists is None else await reached.lists.show(reached.chain)
    session.say(acl_line(name, ((identifier, letters(rights)) for identifier, rights in entries)))
    return replies.DONE
