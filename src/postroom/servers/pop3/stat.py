"""STAT (RFC 1939 section 5): how many messages there are, and what they weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply

if TYPE_CHECKING:
    from postroom.formats.pop3.events import Stat
    from postroom.servers.pop3.session import Session


def stat(session: Session, _event: Stat) -> Reply:
    """Count what is not deleted."""
    opened = session.opened_maildrop()
    return Reply.ok(f"{opened.count} {opened.octets}")
