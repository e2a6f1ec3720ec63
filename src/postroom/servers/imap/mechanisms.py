"""By which SASL mechanisms this connection may log in, here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats import sasl

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session

PLAIN_TEXT = frozenset({"PLAIN", "LOGIN"})


def plain_text_allowed(session: Session) -> bool:
    """Tell whether a password may come as it is."""
    where = session.rules.plain_text_login
    return session.connection.tls is not None or where == "always" or (where == "loopback" and session.connection.peer.loopback)


def offered(session: Session) -> tuple[str, ...]:
    """Give the mechanisms that this connection may use now, in the order of the rules."""
    return tuple(mechanism for mechanism in session.rules.mechanisms if _possible(session, mechanism))


def _possible(session: Session, mechanism: str) -> bool:
    tls = session.connection.tls
    if mechanism in PLAIN_TEXT:
        return plain_text_allowed(session)
    if mechanism == "EXTERNAL":
        return tls is not None and tls.client is not None
    if mechanism.endswith("-PLUS") and not bindings(session):
        return False
    return mechanism.removesuffix("-PLUS") in session.house.directory.scram_mechanisms


def bindings(session: Session) -> dict[str, bytes]:
    """Give the channel bindings of the connection by name, those that can be computed."""
    tls = session.connection.tls
    found = {name: tls.binding(name) for name in sasl.BINDINGS} if tls is not None else {}
    return {name: data for name, data in found.items() if data is not None}
