"""Routes and the smart host, for commands. A password goes in and never comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postroom.directory.routes import Route
    from postroom.runtime.house import House


async def list_(house: House) -> list[dict[str, Any]]:
    """List all routes, the smart host first."""
    return [_shown(route) for route in house.directory.routes.list()]


async def show(house: House, domain: str) -> dict[str, Any]:
    """Show the route of a domain; `*` is the smart host."""
    return _shown(house.directory.routes.find(domain))


async def set_(house: House, domain: str, **changes: Any) -> dict[str, Any]:
    """Set a route, or change one."""
    return _shown(await house.directory.routes.set(domain, **changes))


async def remove(house: House, domain: str) -> None:
    """Remove a route: the DNS decides again, or the smart host."""
    await house.directory.routes.remove(domain)


def _shown(route: Route) -> dict[str, Any]:
    return {
        "domain": route.domain or "*",
        "host": route.host,
        "port": route.port,
        "security": route.security,
        "verify": route.verify,
        "username": route.username,
        "mechanism": route.mechanism,
    }


ORDERS = (list_, show, set_, remove)
