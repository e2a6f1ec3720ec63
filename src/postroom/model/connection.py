"""How connections to other servers and of ports are encrypted, as several classes show it."""

from __future__ import annotations

from typing import Any

from postroom.model.description import Member, Right, stored
from postroom.model.enumerations import eConnectionSecurity

TLS = eConnectionSecurity.eCSTLS


def connection_security(dispid: int, **how: Any) -> Any:
    """Declare ConnectionSecurity: `how` goes to `stored`."""
    text = "How connections are encrypted: 0 not, 1 from the first octet, 2 by STARTTLS where it is offered, 3 by STARTTLS only."
    return stored(eConnectionSecurity, dispid, "security", text, **how)


def use_ssl(dispid: int) -> Any:
    """Declare UseSSL, the older name: true is TLS from the first octet, false no encryption (8.17)."""
    return Member(
        dispid,
        "The older way to say ConnectionSecurity: true for encryption from the first octet, false for none.",
        get=lambda row: type(row).ConnectionSecurity.get(row) == TLS,
        put=lambda row, on: type(row).ConnectionSecurity.put(row, int(TLS) if on else 0),
        write=Right.PARENT,
        type="boolean",
    )
