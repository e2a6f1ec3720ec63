"""Where the server listens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postroom.network.listener import Listener
from postroom.runtime.config import encrypted

if TYPE_CHECKING:
    from postroom.runtime.config import Configuration
    from postroom.runtime.house import House

SWITCHES: Final = {
    **dict.fromkeys(("smtp", "submission", "submissions"), "service_smtp"),
    **dict.fromkeys(("pop3", "pop3s"), "service_pop3"),
    **dict.fromkeys(("imap", "imaps"), "service_imap"),
}
"""The settings that keep the database's ports of a protocol closed."""


async def listeners(house: House) -> list[Listener]:
    """Find where to listen: the configuration's listeners, else the database's ports, else the usual ones."""
    if house.config.listeners:
        return list(house.config.listeners)
    await house.directory.listeners.ensure()
    ports = await house.directory.listeners.list()
    found = [
        Listener(one.protocol, one.address, one.port, "", encrypted(one.protocol, never=one.security == 0), certificate=one.certificate_id)
        for one in ports
    ]
    settings = house.directory.settings
    wanted = [listener for listener in found if getattr(settings, SWITCHES.get(listener.protocol, ""), True)]
    return [_moved(house.config, listener) if listener.protocol == "http" else listener for listener in wanted]


def _moved(config: Configuration, listener: Listener) -> Listener:
    """Put HTTP where the configuration wants it."""
    address, port = config.http_bind
    return replace(listener, address=address or config.http_address or listener.address, port=port or config.http_port or listener.port)
