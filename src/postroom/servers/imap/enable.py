"""ENABLE (RFC 5161): CONDSTORE is all there is to enable (RFC 7162 section 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.imap.enable import parse_enable
from postroom.formats.imap.response import enabled_line
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session


def enable(session: Session, arguments: bytes) -> bytes:
    """Switch on what is known of the capabilities named; the others are passed by."""
    fresh = [name for name in parse_enable(arguments) if name == "CONDSTORE" and not session.condstore]
    if fresh:
        session.use_condstore()
    session.say(enabled_line(fresh))
    return replies.DONE
