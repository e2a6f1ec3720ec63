"""Routes: where mail for a domain goes instead of where the DNS says, and the smart host for all that has none. Every worker holds them all."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import DirectoryError, NotFound
from postroom.formats.address import AddressError, canonical_domain
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.datakey import DataKey
    from postroom.storage.database import Database, Row, Transaction

EVERYTHING: Final = ""
"""The domain of the smart host."""

SECURITIES: Final = ("none", "starttls-optional", "starttls", "tls")
MECHANISMS: Final = ("", "PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2")
CHANGEABLE: Final = frozenset({"host", "port", "security", "verify", "username", "password", "mechanism"})
_SEAL: Final = "route"
_LONGEST: Final = 4096
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")
_COLUMNS: Final = "domain, host, port, security, verify, username, password, mechanism"


@dataclass(frozen=True, slots=True)
class Route:
    """The way to a domain (`EVERYTHING`: to all others): a host, or without one the way that the DNS says, under these terms.

    `security` is one of SECURITIES; `verify` wants a certificate that is valid for the host's name. With a `username` we log in, by the best
    mechanism offered or the one named here; for XOAUTH2 the password is an access token.
    """

    domain: str
    host: str = ""
    port: int = 25
    security: str = "starttls-optional"
    verify: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class RouteChanged:
    """News: a route is now like this row, its password sealed, or gone (None)."""

    domain: str
    row: Row | None


class Routes:
    """The routes of the server: looked up without waiting, changed by transactions that every worker hears of."""

    def __init__(self, database: Database, key: DataKey) -> None:
        self._database = database
        self._key = key
        self._routes: dict[str, Route] = {}

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        for row in await read(f"SELECT {_COLUMNS} FROM route"):
            self.hear(RouteChanged(row[0], row))

    def hear(self, news: RouteChanged) -> None:
        """Follow a change made in any process."""
        if news.row is None:
            self._routes.pop(news.domain, None)
        else:
            self._routes[news.domain] = self._route(news.row)

    def get(self, domain: str) -> Route | None:
        """Find the route of a destination in canonical form: its own, else the smart host; None where the DNS decides."""
        return self._routes.get(domain) or self._routes.get(EVERYTHING)

    def list(self) -> list[Route]:
        """List all routes by domain, the smart host first."""
        return [self._routes[domain] for domain in sorted(self._routes)]

    def find(self, domain: str) -> Route:
        """Find the route that was set for a domain, by any spelling; raises NotFound."""
        route = self._routes.get(_destination(domain))
        if route is None:
            raise NotFound("There is no smart host." if _destination(domain) == EVERYTHING else f"There is no route to {domain[:255]}.")
        return route

    async def set(self, domain: str, **changes: Any) -> Route:
        """Set the route of a domain, or change fields of the one it has; raises DirectoryError for what can't be."""
        name = _destination(domain)
        for field_name in changes.keys() - CHANGEABLE:
            raise DirectoryError(f"{field_name} of a route can't be set; these can: {', '.join(sorted(CHANGEABLE))}.")
        route = _valid(replace(self._routes.get(name, Route(name)), **changes))
        sealed = self._key.seal(route.password.encode(), _SEAL) if route.password else b""
        row = (name, route.host, route.port, route.security, int(route.verify), route.username, sealed, route.mechanism)
        await self._database.transact(CONTROL, store_route, name, row)
        return route

    async def remove(self, domain: str) -> None:
        """Remove a route; raises NotFound."""
        await self._database.transact(CONTROL, store_route, self.find(domain).domain, None)

    def _route(self, row: Row) -> Route:
        domain, host, port, security, verify, username, sealed, mechanism = row
        password = self._key.unseal(sealed, _SEAL).decode() if sealed else ""
        return Route(domain, host, port, security, bool(verify), username, password, mechanism)


def store_route(transaction: Transaction, domain: str, row: Row | None) -> None:
    """Write or remove a route's row and tell every process."""
    transaction.execute("DELETE FROM route WHERE domain = ?", (domain,))
    if row is not None:
        transaction.execute(f"INSERT INTO route ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    transaction.announce(RouteChanged(domain, row))


def _destination(text: str) -> str:
    if text.strip() in {"", "*"}:
        return EVERYTHING
    try:
        return canonical_domain(text.strip())
    except AddressError as error:
        raise DirectoryError(f"{text[:255]!r} can't be the domain of a route. {error} `*` stands for all that have no route.") from None


def _valid(route: Route) -> Route:
    if route.security not in SECURITIES:
        raise DirectoryError(f"The security of a route is one of {', '.join(SECURITIES)}.")
    if route.mechanism not in MECHANISMS:
        raise DirectoryError(f"The mechanism of a route is one of {', '.join(filter(None, MECHANISMS))}, or empty for the best that is offered.")
    if not 1 <= route.port <= 65535:
        raise DirectoryError("A port is a number from 1 to 65535.")
    if bool(route.username) != bool(route.password):
        raise DirectoryError("A login needs a user name and a password.")
    if route.username and not route.host:
        raise DirectoryError("A login needs a host: passwords are not shown to whatever server the DNS names.")
    if any(_CONTROLS.search(text) or len(text) > _LONGEST for text in (route.username, route.password)):
        raise DirectoryError(f"User name and password have no control characters, and at most {_LONGEST} characters.")
    return replace(route, host=_host(route.host))


def _host(text: str) -> str:
    """Read a host name or an IP address; '' stays."""
    name = text.strip().removeprefix("[").removesuffix("]")
    if not name:
        return ""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return canonical_domain(name)
    except AddressError as error:
        raise DirectoryError(f"{text[:255]!r} is no host. {error}") from None
