"""CAPA (RFC 2449): what this connection may do; the same before and after login, less what TLS has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply
from postroom.servers.pop3.auth import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.formats.pop3.events import Capa
    from postroom.servers.pop3.session import Session


def capa(session: Session, _event: Capa) -> Reply:
    """List the capabilities."""
    return Reply.ok("Capabilities follow", _capabilities(session))


def _capabilities(session: Session) -> Iterator[str]:
    yield "TOP"
    yield "UIDL"
    yield "PIPELINING"
    yield "RESP-CODES"
    yield "AUTH-RESP-CODE"
    yield "EXPIRE NEVER"
    yield "LANG"
    yield "UTF8 USER" if session.client.may_send_password else "UTF8"
    if session.client.may_send_password:
        yield "USER"
    if mechanisms := offered(session):
        yield f"SASL {' '.join(mechanisms)}"
    if session.door.starttls and session.connection.tls is None:
        yield "STLS"
    yield "IMPLEMENTATION Postroom"
