"""ID (RFC 2971): who we are, for the client's log; who it is, for ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.imap.id import parse_id
from postroom.formats.imap.response import id_line
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session

OURS = id_line({"name": "Postroom"})  # no version: it would tell an attacker what to try


def identify(session: Session, arguments: bytes) -> bytes:
    """Exchange names."""
    theirs = parse_id(arguments)
    if theirs:
        told = {name: theirs[name] for name in ("name", "version", "os", "vendor") if name in theirs}
        session.house.log.debug("client-identified", session=session.connection.id, software=" ".join(told.values()))
    session.say(OURS)
    return replies.DONE
