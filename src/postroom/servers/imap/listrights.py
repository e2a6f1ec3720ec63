"""LISTRIGHTS (RFC 4314 section 3.4): which rights an identifier can be given on a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.acl import RIGHTS, Named, listrights_line, parse_named
from postroom.servers.imap import replies
from postroom.servers.imap.access import reach

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def listrights(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell what can be given: each right by itself on a public folder, nothing on one's own, where the owner has all."""
    return _listrights(session, parse_named(arguments))


async def _listrights(session: Session, asked: Named) -> bytes:
    reached = await reach(session, asked.mailbox, Right.ADMINISTER)
    if reached.lists is not None:
        required, optional = "", RIGHTS
    else:
        owner = asked.identifier.lower() == str(session.user.address).lower()
        required, optional = RIGHTS if owner else "", ""
    session.say(listrights_line(asked.mailbox, asked.identifier, required, optional))
    return replies.DONE
