"""How the sessions of each protocol are made: what a door of that kind gets of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.errors import ConfigurationError
from postroom.log import get_logger
from postroom.network.listener import Encrypted

if TYPE_CHECKING:
    from postroom.network.connection import SessionFactory
    from postroom.network.listener import Listener
    from postroom.runtime.house import House


def factory(house: House, listener: Listener) -> SessionFactory:
    """Make the maker of a listener's sessions, by the protocol's word; a protocol's package is loaded when its first door opens."""
    kind = listener.protocol.removesuffix("s") if listener.protocol != "submissions" else "submission"
    match kind:
        case "smtp" | "submission" | "lmtp":
            return _smtp(house, listener, kind)
        case _:
            raise ConfigurationError(f"There is no protocol {listener.protocol!r}.")


def _smtp(house: House, listener: Listener, kind: str) -> SessionFactory:
    from postroom.servers.smtp import Door, Role, Sessions, rules_of  # noqa: PLC0415 - start-up loads only what has a door
    from postroom.servers.smtp import House as SMTPHouse  # noqa: PLC0415 - likewise

    directory, hostname = house.directory, house.config.hostname
    role = Role(kind)
    door = Door(
        role,
        starttls=listener.tls is Encrypted.STARTTLS,
        logins=role is Role.SUBMISSION,
        xclient=directory.settings.xclient_networks,
    )
    inside = SMTPHouse(directory, house.post, lambda: rules_of(directory.settings, hostname), house.mailboxes.now, get_logger(kind))
    return Sessions(inside, door)
