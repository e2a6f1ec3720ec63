"""The ports that the server listens on, for commands; changes take effect at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.errors import NotFound, Pinned

if TYPE_CHECKING:
    from postroom.directory.listeners import Port
    from postroom.runtime.house import House


async def list_(house: House) -> list[dict[str, Any]]:
    """List where the server listens; those of the configuration file have no id, and tell what pins them."""
    pinned = [
        {"id": None, "protocol": place.protocol, "address": place.address, "port": place.port, "path": place.path, "pinned": house.config.pinned_by}
        for place in house.config.listeners
    ]
    return pinned or [_shown(port) for port in await house.directory.listeners.list()]


async def show(house: House, id: int) -> dict[str, Any]:  # noqa: A002 - the word that people type
    """Show one listener."""
    return _shown(await _find(house, id))


async def add(house: House, protocol: str, port: int, address: str = "") -> dict[str, Any]:
    """Listen on one more port."""
    _refuse_pinned(house)
    await house.directory.listeners.ensure()
    return _shown(await house.directory.listeners.add(protocol, port, address))


async def set_(house: House, id: int, port: int | None = None, address: str | None = None) -> dict[str, Any]:  # noqa: A002 - as above
    """Move a listener to another port or address; it gets another id."""
    _refuse_pinned(house)
    old = await _find(house, id)
    place = (old.port if port is None else port, old.address if address is None else address)
    if place == (old.port, old.address):
        return _shown(old)
    new = await house.directory.listeners.add(old.protocol, *place)  # first, so that a refusal leaves the old one
    await house.directory.listeners.remove(id)
    return _shown(new)


async def remove(house: House, id: int) -> None:  # noqa: A002 - as above
    """Listen on a port no more."""
    _refuse_pinned(house)
    await house.directory.listeners.remove(id)


async def _find(house: House, number: int) -> Port:
    for port in await house.directory.listeners.list():
        if port.id == number:
            return port
    raise NotFound(f"There is no listener {number}: `postroom listener` lists them.")


def _refuse_pinned(house: House) -> None:
    if house.config.listeners:
        raise Pinned(f"The listeners are fixed by {house.config.pinned_by}: change them there.")


def _shown(port: Port) -> dict[str, Any]:
    return {"id": port.id, "protocol": port.protocol, "address": port.address, "port": port.port, "path": "", "pinned": ""}


ORDERS = (list_, show, add, set_, remove)
