"""IDLE (RFC 2177): news at once, until the client says DONE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.imap.mailbox import parse_nothing
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.formats.imap.events import Line
    from postroom.servers.imap.session import Session

IDLING = b"+ idling\r\n"


def idle(session: Session, arguments: bytes) -> None:
    """Begin to tell news as they happen."""
    parse_nothing(arguments)
    session.core.expect_line()
    session.say(IDLING)
    session.begin_idling()


def idle_line(session: Session, event: Line) -> bytes:
    """End it, properly or not."""
    session.idling = False
    return replies.DONE if event.data.upper() == b"DONE" else replies.reply(b"BAD", "Expected DONE")
