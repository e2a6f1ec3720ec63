"""RSET (RFC 5321 section 4.1.1.5): the transaction is given up, the session goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from postroom.formats.smtp import Reply
    from postroom.formats.smtp.events import Rset
    from postroom.servers.smtp.session import Session


def rset(session: Session, _event: Rset) -> Reply:
    """Forget the message under way."""
    session.forget()
    return replies.OK
