"""The client of a session as events tell of it, over any protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.events import Client, session_number

if TYPE_CHECKING:
    from postroom.network.connection import Connection


def peer(connection: Connection, **facts: Any) -> Client:
    """Describe who is at the other end; `facts` are what the protocol knows beside, or better."""
    tls = connection.tls
    told = {"port": connection.local.port, "ip": connection.peer.ip, "session": session_number(connection.id), **facts}
    if tls is not None:
        told |= {"encrypted": True, "cipher_version": tls.version, "cipher_name": tls.cipher, "cipher_bits": tls.bits}
    return Client(**told)
