"""Routes: where mail for a domain goes instead of where the DNS says, and the smart host for all that has none. Every worker holds them all."""

from __future__ import annotations

import fnmatch
import ipaddress
import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.directory.records import Record, RecordChanged, record_of, remove_records, shape
from postroom.formats.address import AddressError, canonical_domain
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.datakey import DataKey
    from postroom.directory.domains import Domain
    from postroom.storage.database import Database, Row, Transaction

EVERYTHING: Final = ""
"""The domain of the smart host."""

ROUTED: Final = "route:"
"""Begins the name of a destination that is a route by its id: its recipients are in a domain of ours."""

SECURITIES: Final = ("none", "starttls-optional", "starttls", "tls")
MECHANISMS: Final = ("", "PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2")
_SEAL: Final = "route"
_LONGEST: Final = 4096
_LONGEST_PATTERN: Final = 255
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")
_WILDCARDS: Final = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Route:
    """The way to a domain (`EVERYTHING`: to all others): a host, or without one the way that the DNS says, under these terms.

    The domain may have the wildcards `*` and `?`. `security` is one of SECURITIES; `verify` wants a certificate that is valid for the host's
    name; port 0 is the usual one. With `login` we log in, by the best mechanism offered or the one named here; for XOAUTH2 the password is an
    access token. Mail is tried `tries` times every so many `minutes` (0: as the settings say). Unless `all_addresses` are routed, only those of its
    RouteAddress records exist; to `recipients_local` strangers may send; `senders_local` count as senders of ours.
    """

    domain: str
    host: str = ""
    port: int = 25
    security: str = "starttls-optional"
    verify: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    mechanism: str = ""
    login: bool = False
    description: str = ""
    tries: int = 0
    minutes: int = 0
    all_addresses: bool = True
    recipients_local: bool = False
    senders_local: bool = False
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RouteAddress(Record):
    """An address to which a route leads that does not take all."""

    TABLE: ClassVar[str] = "route_address"
    ORDER: ClassVar[str] = "lower(address), id"
    PARENT: ClassVar[str] = "route_id"

    route_id: int = 0
    address: str = ""


_NAMES: Final = tuple(one.name for one in fields(Route))
_FLAGS: Final = frozenset({"verify", "login", "all_addresses", "recipients_local", "senders_local"})
CHANGEABLE: Final = frozenset(_NAMES) - {"domain", "id", "login"}


@dataclass(frozen=True, slots=True)
class RouteChanged:
    """News: a route is now like this row, its password sealed, or gone (None)."""

    id: int
    row: Row | None


class Routes:
    """The routes of the server: looked up without waiting, changed by transactions that every worker hears of."""

    def __init__(self, database: Database, key: DataKey) -> None:
        self._database = database
        self._key = key
        self._by_id: dict[int, Route] = {}
        self._routes: dict[str, Route] = {}
        self._patterns: tuple[tuple[re.Pattern[str], Route], ...] = ()
        self._addresses: dict[int, RouteAddress] = {}
        self._listed: set[tuple[int, str]] = set()

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        for row in await read(f"SELECT {', '.join(_NAMES)} FROM route"):
            self.hear(RouteChanged(row[-1], row))
        for row in await read(shape(RouteAddress).select):
            self.hear_address(RecordChanged(RouteAddress.TABLE, row[0], record_of(RouteAddress, row)))

    def hear(self, news: RouteChanged) -> None:
        """Follow a change made in any process."""
        self._by_id.pop(news.id, None)
        if news.row is not None:
            self._by_id[news.id] = self._route(news.row)
        self._routes = {route.domain: route for route in self._by_id.values()}
        patterns = [name for name in sorted(self._routes) if _WILDCARDS.search(name)]
        self._patterns = tuple((re.compile(fnmatch.translate(name)), self._routes[name]) for name in patterns)

    def hear_address(self, news: RecordChanged) -> None:
        """Follow a change of an address that a route lists."""
        known = self._addresses.pop(news.id, None)
        if known is not None:
            self._listed.discard((known.route_id, known.address.lower()))
        if news.record is not None:
            self._addresses[news.id] = news.record
            self._listed.add((news.record.route_id, news.record.address.lower()))

    def get(self, domain: str) -> Route | None:
        """Find the route of a destination in canonical form: its own, else the smart host; None where the DNS decides."""
        return self.own(domain) or self._routes.get(EVERYTHING)

    def of_domain(self, domain: Domain) -> Route | None:
        """Find the route with a host that unknown users of a domain of ours are behind, by any name of it (object model 13.8)."""
        found = (self.own(name) for name in (domain.name, *domain.aliases))
        return next((route for route in found if route is not None and route.host), None)

    def by_id(self, number: int) -> Route | None:
        """Find a route by its id."""
        return self._by_id.get(number)

    def own(self, domain: str) -> Route | None:
        """Find the route that names a destination, itself or by wildcards."""
        found = self._routes.get(domain) if domain else None
        if found is None and domain:
            found = next((route for pattern, route in self._patterns if pattern.fullmatch(domain)), None)
        return found

    def takes(self, route: Route, key: str) -> bool:
        """Tell whether an address (by its key) exists behind a route."""
        return route.all_addresses or (route.id, key.lower()) in self._listed

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
        if not 1 <= changes.get("port", 25) <= 65535:
            raise DirectoryError("A port is a number from 1 to 65535.")
        route = replace(self._routes.get(name, Route(name)), **changes)
        route = replace(route, login=bool(route.username))
        if bool(route.username) != bool(route.password):
            raise DirectoryError("A login needs a user name and a password.")
        return await self.save(route)

    async def save(self, route: Route) -> Route:
        """Store a route, a new one by id 0; returns it with its id. Raises Taken, NotFound or DirectoryError."""
        route = _valid(route)
        sealed = self._key.seal(route.password.encode(), _SEAL) if route.password else b""
        row = tuple(sealed if name == "password" else getattr(route, name) for name in _NAMES)
        number: int = await self._database.transact(CONTROL, store_route, row)
        return replace(route, id=number)

    async def remove(self, domain: str) -> None:
        """Remove a route; raises NotFound."""
        await self.remove_id(self.find(domain).id)

    async def remove_id(self, number: int) -> None:
        """Remove a route by its id, with its addresses; nothing happens when it is gone."""
        await self._database.transact(CONTROL, remove_route, number)

    def _route(self, row: Row) -> Route:
        values: dict[str, Any] = {name: bool(value) if name in _FLAGS else value for name, value in zip(_NAMES, row, strict=True)}
        sealed = values["password"]
        return Route(**{**values, "password": self._key.unseal(sealed, _SEAL).decode() if sealed else ""})


def store_route(transaction: Transaction, row: Row) -> int:
    """Write a route's row, a new one if its id (the last value) is 0, and tell every process; returns the id."""
    domain, number = row[0], row[-1]
    if transaction.execute("SELECT 1 FROM route WHERE domain = ? AND id <> ?", (domain, number)):
        raise Taken(f"There is a route to {domain or 'all others'} already.")
    if number and not transaction.execute("DELETE FROM route WHERE id = ? RETURNING id", (number,)):
        raise NotFound("The route is gone.")
    number = number or transaction.next_id("route")
    row = (*row[:-1], number)
    transaction.execute(f"INSERT INTO route ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})", row)
    transaction.announce(RouteChanged(number, row))
    return int(number)


def remove_route(transaction: Transaction, number: int) -> None:
    """Remove a route's row with its addresses and tell every process."""
    transaction.execute("DELETE FROM route WHERE id = ?", (number,))
    remove_records(transaction, RouteAddress, "route_id", number)
    transaction.announce(RouteChanged(number, None))


def _destination(text: str) -> str:
    if text.strip() in {"", "*"}:
        return EVERYTHING
    if _WILDCARDS.search(text) and len(text) <= _LONGEST_PATTERN and not _CONTROLS.search(text):
        return text.strip().lower()
    try:
        return canonical_domain(text.strip())
    except AddressError as error:
        raise DirectoryError(f"{text[:255]!r} can't be the domain of a route. {error} `*` stands for all that have no route.") from None


def _valid(route: Route) -> Route:
    if route.security not in SECURITIES:
        raise DirectoryError(f"The security of a route is one of {', '.join(SECURITIES)}.")
    if route.mechanism not in MECHANISMS:
        raise DirectoryError(f"The mechanism of a route is one of {', '.join(filter(None, MECHANISMS))}, or empty for the best that is offered.")
    if not 0 <= route.port <= 65535:
        raise DirectoryError("A port is a number from 1 to 65535; 0 is the usual one.")
    if route.login and route.password and not route.host:
        raise DirectoryError("A login needs a host: passwords are not shown to whatever server the DNS names.")
    if any(_CONTROLS.search(text) or len(text) > _LONGEST for text in (route.username, route.password)):
        raise DirectoryError(f"User name and password have no control characters, and at most {_LONGEST} characters.")
    return replace(route, domain=_destination(route.domain), host=_host(route.host))


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
