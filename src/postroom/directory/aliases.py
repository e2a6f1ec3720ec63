"""Aliases: addresses of ours that stand for others, here or elsewhere."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from postroom.directory.accounts import announce_accounts, local_part, locate, refuse_taken
from postroom.directory.domains import read_domain, refuse_too_many
from postroom.directory.errors import DirectoryError, NotFound
from postroom.formats.address import Address, AddressError
from postroom.storage.database import CONTROL, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postroom.directory.domains import Domains
    from postroom.storage.database import Database, Transaction

MOST_DESTINATIONS: Final = 1000
_SELECT: Final = (
    "SELECT alias.id, alias.key, alias.local, domain.name, alias.domain_id, alias.active, alias_destination.address FROM alias "
    "JOIN domain ON domain.id = alias.domain_id JOIN alias_destination ON alias_destination.alias_id = alias.id"
)
_LEADING: Final = "SELECT DISTINCT alias.key FROM alias_destination JOIN alias ON alias.id = alias_destination.alias_id WHERE alias.active = 1"


@dataclass(frozen=True, slots=True)
class Alias:
    """An address that stands for its destinations, accounts and aliases here or addresses elsewhere.

    `written` has them as they were written: what is no address leads nowhere.
    """

    id: int
    address: Address
    domain_id: int
    destinations: tuple[Address, ...]
    active: bool = True
    written: tuple[str, ...] = field(default=(), compare=False)


class Aliases:
    """The aliases of the server: read by key, changed by transactions that every worker hears of."""

    def __init__(self, database: Database, domains: Domains) -> None:
        self._database = database
        self._domains = domains

    async def get(self, address: Address | str) -> Alias:
        """Read an alias by its address; raises NotFound."""
        key = locate(self._domains, address)[0].key
        found = await self.at([key])
        if not found:
            raise NotFound(f"There is no alias {key}.")
        return found[key]

    async def at(self, keys: Sequence[str]) -> dict[str, Alias]:
        """Read the aliases at some address keys (a few hundred at most); keys without alias are missing in the answer."""
        sql = f"{_SELECT} WHERE alias.key IN ({', '.join('?' * len(keys))}) ORDER BY alias.id, alias_destination.position"
        return _aliases(await self._database.read(CONTROL, sql, keys))

    async def list(self, domain: str = "", after: str = "", limit: int = 1000) -> list[Alias]:
        """List aliases by address key, of one domain or of all, `limit` at a time behind the key `after`."""
        where, parameters = ("domain_id = ? AND", [self._domains.find(domain).id]) if domain else ("", [])
        keys = f"SELECT key FROM alias WHERE {where} key > ? ORDER BY key LIMIT ?"
        sql = f"{_SELECT} WHERE alias.key IN ({keys}) ORDER BY alias.key, alias_destination.position"
        return list(_aliases(await self._database.read(CONTROL, sql, [*parameters, after, limit])).values())

    async def leading_to(self, keys: Sequence[str]) -> set[str]:
        """Read the keys of active aliases that have one of these keys as a destination."""
        marks = ", ".join("?" * len(keys))
        sql = f"{_LEADING} AND alias_destination.key IN ({marks}) LIMIT {MOST_DESTINATIONS}"
        return {key for (key,) in await self._database.read(CONTROL, sql, keys)}

    async def add(self, address: Address | str, destinations: Iterable[Address | str], *, active: bool = True) -> Alias:
        """Add an alias; raises Taken, NotFound or DirectoryError."""
        alias = self.planned(address, destinations, active=active)
        await self._database.transact(CONTROL, add_alias, alias, time.time_ns() // 1000)
        return await self.get(alias.address)

    def planned(self, address: Address | str, destinations: Iterable[Address | str], *, active: bool = True) -> Alias:
        """Make the value of a new alias, for `add_alias`; raises NotFound or DirectoryError."""
        place, domain = locate(self._domains, address)
        local_part(place.local)
        return Alias(0, place, domain.id, _destinations(place, destinations), active)

    async def set(self, address: Address | str, *, destinations: Iterable[Address | str] | None = None, active: bool | None = None) -> Alias:
        """Change where an alias leads, or whether it does; raises NotFound or DirectoryError."""
        place, _ = locate(self._domains, address)
        places = None if destinations is None else _destinations(place, destinations)
        await self._database.transact(CONTROL, set_alias, place.key, places, active)
        return await self.get(place)

    async def by_id(self, number: int) -> Alias:
        """Read an alias by its id; raises NotFound."""
        found = _aliases(await self._database.read(CONTROL, f"{_SELECT} WHERE alias.id = ? ORDER BY alias_destination.position", (number,)))
        if not found:
            raise NotFound(f"There is no alias with id {number}.")
        return next(iter(found.values()))

    async def count(self, domain_id: int) -> int:
        """Count the aliases of a domain."""
        return int((await self._database.read(CONTROL, "SELECT count(*) FROM alias WHERE domain_id = ?", [domain_id]))[0][0])

    async def store(self, number: int, address: str, written: tuple[str, ...], *, active: bool) -> Alias:
        """Store an alias whole, a new one by id 0, whatever its destinations are; raises Taken, NotFound or DirectoryError."""
        place, domain = locate(self._domains, address)
        local_part(place.local)
        alias = Alias(number, place, domain.id, (), active, written or ("",))
        return await self.by_id(await self._database.transact(CONTROL, store_alias, alias, time.time_ns() // 1000))

    async def remove(self, address: Address | str) -> None:
        """Remove an alias; raises NotFound."""
        await self._database.transact(CONTROL, remove_alias, locate(self._domains, address)[0].key)


def add_alias(transaction: Transaction, alias: Alias, now: int) -> int:
    """Store a new alias and return its id."""
    key = alias.address.key
    refuse_taken(transaction, [key])
    refuse_too_many(transaction, read_domain(transaction, alias.domain_id), "aliases")
    number = transaction.next_id("alias")
    sql = "INSERT INTO alias (id, key, local, domain_id, active, created) VALUES (?, ?, ?, ?, ?, ?)"
    transaction.execute(sql, (number, key, alias.address.local, alias.domain_id, alias.active, now))
    _store_destinations(transaction, number, alias.written or tuple(map(str, alias.destinations)))
    announce_accounts(transaction, [key])
    return number


def store_alias(transaction: Transaction, alias: Alias, now: int) -> int:
    """Store an alias with its destinations as they were written; returns its id."""
    key = alias.address.key
    if not alias.id:
        return add_alias(transaction, alias, now)
    rows = transaction.execute("SELECT key FROM alias WHERE id = ?", (alias.id,))
    if not rows:
        raise NotFound("The alias is gone.")
    if rows[0][0] != key:
        refuse_taken(transaction, [key])
    transaction.execute("UPDATE alias SET key = ?, local = ?, active = ? WHERE id = ?", (key, alias.address.local, alias.active, alias.id))
    transaction.execute("DELETE FROM alias_destination WHERE alias_id = ?", (alias.id,))
    _store_destinations(transaction, alias.id, alias.written)
    announce_accounts(transaction, [rows[0][0], key])
    return alias.id


def set_alias(transaction: Transaction, key: str, destinations: tuple[Address, ...] | None, active: bool | None) -> None:
    """Change an alias; None leaves a thing as it is."""
    rows = transaction.execute("UPDATE alias SET active = coalesce(?, active) WHERE key = ? RETURNING id", (active, key))
    if not rows:
        raise NotFound(f"There is no alias {key}.")
    if destinations is not None:
        transaction.execute("DELETE FROM alias_destination WHERE alias_id = ?", (rows[0][0],))
        _store_destinations(transaction, rows[0][0], tuple(map(str, destinations)))
    announce_accounts(transaction, [key])


def remove_alias(transaction: Transaction, key: str) -> None:
    """Remove an alias with its destinations."""
    rows = transaction.execute("DELETE FROM alias WHERE key = ? RETURNING id", (key,))
    if not rows:
        raise NotFound(f"There is no alias {key}.")
    transaction.execute("DELETE FROM alias_destination WHERE alias_id = ?", (rows[0][0],))
    announce_accounts(transaction, [key])


def _store_destinations(transaction: Transaction, alias_id: int, written: tuple[str, ...]) -> None:
    sql = "INSERT INTO alias_destination (alias_id, position, key, address) VALUES (?, ?, ?, ?)"
    rows = [(alias_id, position, place.key if (place := _address(text)) else text.lower(), text) for position, text in enumerate(written)]
    transaction.executemany(sql, rows)


def _address(text: str) -> Address | None:
    try:
        return Address.parse(text)
    except AddressError:
        return None


def _destinations(alias: Address, destinations: Iterable[Address | str]) -> tuple[Address, ...]:
    """Read destinations, each once; raises DirectoryError."""
    places: dict[str, Address] = {}
    for given in destinations:
        try:
            place = Address.parse(given.strip()) if isinstance(given, str) else given
        except AddressError as error:
            raise DirectoryError(f"{str(given)[:320]!r} is no address. {error}") from None
        places.setdefault(place.key, place)
    if not 1 <= len(places) <= MOST_DESTINATIONS:
        raise DirectoryError(f"An alias has 1 to {MOST_DESTINATIONS} destinations.")
    if alias.key in places:
        raise DirectoryError(f"{alias} would lead to itself.")
    return tuple(places.values())


def _aliases(rows: Iterable[Row]) -> dict[str, Alias]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(row)
    return {key: _alias(rows) for key, rows in found.items()}


def _alias(rows: list[Row]) -> Alias:
    number, _, local, domain, domain_id, active, _ = rows[0]
    written = tuple(row[6] for row in rows)
    places = tuple(place for text in written if (place := _address(text)))
    return Alias(number, Address(local, domain), domain_id, places, bool(active), written)
