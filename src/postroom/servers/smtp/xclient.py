"""XCLIENT (Postfix's XCLIENT_README): a proxy that we trust says who the client really is."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from postroom.formats.smtp import Refused, Reply
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from postroom.formats.smtp.events import Xclient
    from postroom.servers.smtp.session import Session

NOT_VALID = Reply.of(501, "5.5.4", "XCLIENT value not valid")


def xclient(session: Session, event: Xclient) -> Reply:
    """Take the client's address and name, and begin the session anew; LOGIN is not believed, logins are proven here."""
    if not session.door.trusts(session.connection.peer.ip):
        raise Refused(replies.NO_XCLIENT)
    if session.transaction is not None:
        raise Refused(replies.NOT_NOW)
    attributes = event.attributes
    try:
        ip = _ip(attributes["ADDR"]) if "ADDR" in attributes else session.client_ip
        port = int(attributes["PORT"] or 0) if "PORT" in attributes else session.client_port
    except ValueError:
        raise Refused(NOT_VALID) from None
    if not 0 <= port < 65536:
        raise Refused(NOT_VALID)
    session.meet(ip, port, attributes.get("NAME") or "")
    session.start_afresh()
    return session.greeting()


def _ip(text: str | None) -> str:
    """Read ADDR: an address, `IPV6:` before one of that kind; "unknown" stands for what the proxy does not know."""
    if text is None:
        return "0.0.0.0"  # noqa: S104 - nothing is bound: this stands for an unknown client, which is not one of ours
    return str(ipaddress.ip_address(text[5:] if text[:5].upper() == "IPV6:" else text))
