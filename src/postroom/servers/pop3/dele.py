"""DELE and RSET (RFC 1939 section 5): marks that only QUIT carries out, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply

if TYPE_CHECKING:
    from postroom.formats.pop3.events import Dele, Rset
    from postroom.servers.pop3.session import Session


def dele(session: Session, event: Dele) -> Reply:
    """Mark a message."""
    session.opened_maildrop().delete(event.number)
    return Reply.ok(f"Message {event.number} is deleted")


def rset(session: Session, _event: Rset) -> Reply:
    """Take all marks away."""
    opened = session.opened_maildrop()
    opened.restore()
    return Reply.ok(f"{opened.count} messages, {opened.octets} octets")
