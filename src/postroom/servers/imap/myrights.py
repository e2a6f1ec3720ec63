"""MYRIGHTS (RFC 4314 section 3.5): what the user may do with a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.acl import myrights_line
from postroom.formats.imap.mailbox import parse_mailbox
from postroom.servers.imap import replies
from postroom.servers.imap.access import letters, reach

ANY = Right.LOOKUP | Right.READ | Right.INSERT | Right.CREATE | Right.DELETE_FOLDER | Right.ADMINISTER
"""One of these is needed to ask (RFC 4314 section 4)."""


if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def myrights(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell the user's rights."""
    return _myrights(session, parse_mailbox(arguments))


async def _myrights(session: Session, name: str) -> bytes:
    reached = await reach(session, name, ANY)
    session.say(myrights_line(name, letters(reached.rights)))
    return replies.DONE
