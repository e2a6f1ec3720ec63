"""Domains: all of them are held by every worker, so that whether an address is ours is known without waiting."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.directory.profiles import USUAL_DOMAIN, DomainProfile, changed
from postroom.directory.records import Record, put_record, record_of, shape
from postroom.formats.address import Address, AddressError, canonical_domain, unicode_domain
from postroom.storage.database import CONTROL, Row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.storage.database import Database, Transaction

LARGEST_ID: Final = 2**31 - 1
"""Scripts in VBScript have no wider integers."""

PLUS_CHARACTERS: Final = "+-_=#$%&*!~^"
_COLUMNS: Final = ("id", "name", "active", "catch_all", "plus_addressing", "plus_character", "max_size", "max_message_size", "max_account_size")
_SELECT: Final = (
    f"SELECT {', '.join(f'domain.{name}' for name in _COLUMNS)}, "
    f"{', '.join(f'domain_profile.{name}' for name in ('id', *shape(DomainProfile).columns))} "
    "FROM domain LEFT JOIN domain_profile ON domain_profile.id = domain.id"
)
_INSERT: Final = (
    "INSERT INTO domain (id, name, active, catch_all, plus_addressing, plus_character, max_size, max_message_size, max_account_size, "
    "created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE: Final = (
    "UPDATE domain SET name = ?, active = ?, catch_all = ?, plus_addressing = ?, plus_character = ?, max_size = ?, max_message_size = ?, "
    "max_account_size = ? WHERE id = ?"
)
_BOOKED: Final = "SELECT coalesce(sum(max_size), 0), count(CASE max_size WHEN 0 THEN 1 END) FROM account WHERE domain_id = ?"
_OF_ACCOUNTS: Final = "id IN (SELECT id FROM account WHERE domain_id = ?)"
_ADDRESSES: Final = (
    ("account", "key", "domain_id = ?"),
    ("account_profile", "forward_address", _OF_ACCOUNTS),
    ("alias", "key", "domain_id = ?"),
    ("alias_destination", "key", "alias_id IN (SELECT id FROM alias WHERE domain_id = ?)"),
    ("alias_destination", "address", "alias_id IN (SELECT id FROM alias WHERE domain_id = ?)"),
    ("distribution_list", "key", "domain_id = ?"),
    ("distribution_list", "address", "domain_id = ?"),
    ("distribution_list", "sender", "domain_id = ?"),
    ("list_recipient", "address", "list_id IN (SELECT id FROM distribution_list WHERE domain_id = ?)"),
)
"""Where addresses of a domain stand that change with its name: table, column, whose rows."""

_TABLES: Final = {"accounts": "account", "aliases": "alias", "lists": "distribution_list"}


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain that this server hosts, with the other names it has; sizes in bytes, 0 is no limit.

    `max_size` is what the limits of its accounts may add up to; `max_account_size` is the most that one account may have, and what an
    account without a limit of its own has. `catch_all` gets what no account and no alias takes. Until it is stored the id is 0.
    """

    id: int
    name: str
    active: bool = True
    catch_all: Address | None = None
    plus_addressing: bool = True
    plus_character: str = "+"
    max_size: int = 0
    max_message_size: int = 0
    max_account_size: int = 0
    aliases: tuple[str, ...] = ()
    profile: DomainProfile = USUAL_DOMAIN

    @property
    def title(self) -> str:
        """The name as people read it, with U-labels."""
        return unicode_domain(self.name)


@dataclass(frozen=True, slots=True)
class DomainAlias(Record):
    """Another name of a domain, for who administers them one by one; changed by Domains."""

    TABLE: ClassVar[str] = "domain_alias"
    PARENT: ClassVar[str] = "domain_id"

    name: str = ""
    domain_id: int = 0


@dataclass(frozen=True, slots=True)
class DomainChanged:
    """News: a domain is now like this, or gone (None)."""

    id: int
    domain: Domain | None


CHANGEABLE: Final = frozenset(field.name for field in dataclasses.fields(Domain)) - {"id", "name", "aliases"}


class Domains:
    """The domains of the server: looked up without waiting, changed by transactions that every worker hears of."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_id: dict[int, Domain] = {}
        self._by_name: dict[str, Domain] = {}

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        names: dict[int, list[str]] = {}
        for domain_id, name in await read("SELECT domain_id, name FROM domain_alias ORDER BY name"):
            names.setdefault(domain_id, []).append(name)
        for row in await read(_SELECT):
            domain = _domain(row, tuple(names.get(row[0], ())))
            self.hear(DomainChanged(domain.id, domain))

    def hear(self, news: DomainChanged) -> None:
        """Follow a change made in any process."""
        known = self._by_id.pop(news.id, None)
        if known:
            for name in (known.name, *known.aliases):
                self._by_name.pop(name, None)
        if news.domain:
            self._by_id[news.id] = news.domain
            self._by_name.update(dict.fromkeys((news.domain.name, *news.domain.aliases), news.domain))

    def get(self, name: str) -> Domain | None:
        """Find a domain by its name or another name of it, in canonical form (as in Address.domain)."""
        return self._by_name.get(name)

    def find(self, text: str) -> Domain:
        """Find a domain by any spelling of any of its names; raises NotFound."""
        domain = self._by_name.get(hosted_name(text))
        if domain is None:
            raise NotFound(f"There is no domain {text[:255]}.")
        return domain

    def by_id(self, number: int) -> Domain:
        """Find a domain by its id; raises NotFound."""
        if number not in self._by_id:
            raise NotFound(f"There is no domain with id {number}.")
        return self._by_id[number]

    def list(self) -> list[Domain]:
        """List all domains by name."""
        return sorted(self._by_id.values(), key=lambda domain: domain.name)

    async def add(self, name: str, /, **settings: Any) -> Domain:
        """Add a domain; `settings` are fields of Domain, `profile` a dict of some of its profile's. Raises Taken or DirectoryError."""
        domain = _changed(Domain(0, hosted_name(name)), _changeable(settings))
        return await self._transact(add_domain, domain, _now())

    async def set(self, name: str, /, **changes: Any) -> Domain:
        """Change fields of a domain; raises NotFound or DirectoryError."""
        return await self._transact(set_domain, self.find(name).id, _changeable(changes))

    async def rename(self, name: str, new: str) -> Domain:
        """Give a domain another name, with all addresses in it; raises NotFound, Taken or DirectoryError."""
        return await self._transact(rename_domain, self.find(name).id, hosted_name(new))

    async def remove(self, name: str) -> None:
        """Remove a domain that has no accounts and no aliases; raises NotFound or DirectoryError."""
        await self._database.transact(CONTROL, remove_domain, self.find(name).id)

    async def add_alias(self, name: str, other: str) -> Domain:
        """Give a domain another name; raises NotFound, Taken or DirectoryError."""
        return await self._transact(add_domain_alias, self.find(name).id, hosted_name(other))

    async def remove_alias(self, other: str) -> Domain:
        """Take another name of a domain away; raises NotFound."""
        return await self._transact(remove_domain_alias, self.find(other).id, hosted_name(other))

    async def rename_alias(self, alias: DomainAlias, other: str) -> Domain:
        """Change another name of a domain; raises NotFound, Taken or DirectoryError."""
        return await self._transact(rename_domain_alias, alias.id, hosted_name(other))

    async def _transact(self, function: Callable[..., Any], *arguments: Any) -> Domain:
        domain: Domain = await self._database.transact(CONTROL, function, *arguments)
        return domain


def add_domain(transaction: Transaction, domain: Domain, now: int) -> Domain:
    """Store a new domain and return it with its id."""
    _refuse_taken(transaction, domain.name)
    domain = dataclasses.replace(domain, id=transaction.next_id("domain"))
    transaction.execute(_INSERT, (*_row(domain), now))
    if domain.profile != USUAL_DOMAIN:
        put_record(transaction, dataclasses.replace(domain.profile, id=domain.id))
    return _announced(transaction, domain)


def set_domain(transaction: Transaction, domain_id: int, changes: dict[str, Any]) -> Domain:
    """Change a domain and return it as it is now."""
    old = read_domain(transaction, domain_id)
    domain = _changed(old, changes)
    if domain.max_size:
        refuse_overbooked(transaction, domain)
    transaction.execute(_UPDATE, (*_row(domain)[1:], domain_id))
    if domain.profile != old.profile:
        put_record(transaction, dataclasses.replace(domain.profile, id=domain_id))
    return _announced(transaction, domain)


def rename_domain(transaction: Transaction, domain_id: int, name: str) -> Domain:
    """Give a domain another name: what ends in its old one in its own accounts, aliases and lists is rewritten (object model 4.13)."""
    domain = read_domain(transaction, domain_id)
    if name == domain.name:
        return domain
    _refuse_taken(transaction, name)
    old, new = f"@{domain.name}", f"@{name}"
    for table, column, whose in _ADDRESSES:
        ends = f"lower(substr({column}, -{len(old)})) = ?"
        sql = f"UPDATE {table} SET {column} = substr({column}, 1, length({column}) - {len(old)}) || ? WHERE {ends} AND {whose}"
        transaction.execute(sql, (new, old, domain_id))
    catch_all = domain.catch_all
    if catch_all is not None and catch_all.domain == domain.name:
        catch_all = Address(catch_all.local, name)
    domain = dataclasses.replace(domain, name=name, catch_all=catch_all)
    transaction.execute(_UPDATE, (*_row(domain)[1:], domain_id))
    return _announced(transaction, domain)


def remove_domain(transaction: Transaction, domain_id: int) -> None:
    """Remove an empty domain with its other names."""
    domain = read_domain(transaction, domain_id)
    for table, word in {"account": "an account", "alias": "an alias", "distribution_list": "a list"}.items():
        if transaction.execute(f"SELECT 1 FROM {table} WHERE domain_id = ? LIMIT 1", (domain_id,)):
            raise DirectoryError(f"{domain.name} still has {word}: remove its accounts, aliases and lists first.")
    transaction.execute("DELETE FROM domain_profile WHERE id = ?", (domain_id,))
    for table in ("domain_alias", "signing_key"):
        transaction.execute(f"DELETE FROM {table} WHERE domain_id = ?", (domain_id,))
    transaction.execute("DELETE FROM domain WHERE id = ?", (domain_id,))
    transaction.announce(DomainChanged(domain_id, None))


def add_domain_alias(transaction: Transaction, domain_id: int, name: str) -> Domain:
    """Store another name of a domain."""
    _refuse_taken(transaction, name)
    row = (transaction.next_id("domain_alias"), name, domain_id)
    transaction.execute("INSERT INTO domain_alias (id, name, domain_id) VALUES (?, ?, ?)", row)
    return _announced(transaction, read_domain(transaction, domain_id))


def rename_domain_alias(transaction: Transaction, number: int, name: str) -> Domain:
    """Change another name of a domain."""
    rows = transaction.execute("SELECT name, domain_id FROM domain_alias WHERE id = ?", (number,))
    if not rows:
        raise NotFound("The other name is gone.")
    if name != rows[0][0]:
        _refuse_taken(transaction, name)
        transaction.execute("UPDATE domain_alias SET name = ? WHERE id = ?", (name, number))
    return _announced(transaction, read_domain(transaction, rows[0][1]))


def remove_domain_alias(transaction: Transaction, domain_id: int, name: str) -> Domain:
    """Remove another name of a domain."""
    if not transaction.execute("DELETE FROM domain_alias WHERE domain_id = ? AND name = ? RETURNING id", (domain_id, name)):
        raise NotFound(f"{name} is not another name of a domain.")
    return _announced(transaction, read_domain(transaction, domain_id))


def read_domain(transaction: Transaction, domain_id: int) -> Domain:
    """Read a domain inside a transaction; raises NotFound."""
    rows = transaction.execute(_SELECT + " WHERE domain.id = ?", (domain_id,))
    if not rows:
        raise NotFound("The domain is gone.")
    aliases = transaction.execute("SELECT name FROM domain_alias WHERE domain_id = ? ORDER BY name", (domain_id,))
    return _domain(rows[0], tuple(name for (name,) in aliases))


def refuse_overbooked(transaction: Transaction, domain: Domain) -> None:
    """Raise DirectoryError when the accounts' limits add up to more than the domain's, or an account has no limit under one."""
    own, unlimited = transaction.execute(_BOOKED, (domain.id,))[0]
    if unlimited and not domain.max_account_size:
        raise DirectoryError(f"{domain.name} has a size limit, so each account needs a max_size, or the domain a max_account_size.")
    booked = own + unlimited * domain.max_account_size
    if booked > domain.max_size:
        raise DirectoryError(f"The accounts of {domain.name} would have {booked:,} bytes together, more than its {domain.max_size:,}.")


def refuse_too_many(transaction: Transaction, domain: Domain, kind: str, more: int = 1) -> None:
    """Raise DirectoryError when a domain may not have so many more `accounts`, `aliases` or `lists`."""
    most = domain.profile.most(kind)
    if most is not None:
        ((there,),) = transaction.execute(f"SELECT count(*) FROM {_TABLES[kind]} WHERE domain_id = ?", (domain.id,))
        if there + more > most:
            raise DirectoryError(f"{domain.name} may have {most} {kind} at most.")


def hosted_name(text: str) -> str:
    """Give the canonical name of a domain to host; raises DirectoryError for what can't be one."""
    try:
        name = canonical_domain(text.strip())
    except AddressError as error:
        raise DirectoryError(f"{text[:255]!r} can't be a domain. {error}") from None
    if name.startswith("["):
        raise DirectoryError("An address literal can't be hosted: give a name such as example.com.")
    return name


def _changeable(changes: dict[str, Any]) -> dict[str, Any]:
    for name in changes.keys() - CHANGEABLE:
        raise DirectoryError(f"{name} of a domain can't be changed; these can: {', '.join(sorted(CHANGEABLE))}.")
    if isinstance(changes.get("catch_all"), str):
        changes = {**changes, "catch_all": _catch_all(changes["catch_all"])}
    return changes


def _catch_all(text: str) -> Address | None:
    try:
        return Address.parse(text.strip()) if text.strip() else None
    except AddressError as error:
        raise DirectoryError(f"{text[:320]!r} is no address for a catch-all. {error}") from None


def _changed(domain: Domain, changes: dict[str, Any]) -> Domain:
    if "profile" in changes:
        changes = {**changes, "profile": changed(domain.profile, changes["profile"])}
    return _valid(dataclasses.replace(domain, **changes))


def _valid(domain: Domain) -> Domain:
    off = not domain.plus_addressing and not domain.plus_character
    if not off and (len(domain.plus_character) != 1 or domain.plus_character not in PLUS_CHARACTERS):
        raise DirectoryError(f"plus_character is one of {PLUS_CHARACTERS}")
    for name in ("max_size", "max_message_size", "max_account_size"):
        if not 0 <= getattr(domain, name) < 1 << 60:
            raise DirectoryError(f"{name} is a number of bytes; 0 is no limit.")
    return domain


def _refuse_taken(transaction: Transaction, name: str) -> None:
    taken = "SELECT 1 FROM domain WHERE name = ? UNION ALL SELECT 1 FROM domain_alias WHERE name = ?"
    if transaction.execute(taken, (name, name)):
        raise Taken(f"{name} is a domain, or another name of one, already.")


def _announced(transaction: Transaction, domain: Domain) -> Domain:
    transaction.announce(DomainChanged(domain.id, domain))
    return domain


def _domain(row: Row, aliases: tuple[str, ...]) -> Domain:
    domain_id, name, active, catch_all, plus, character, size, message, account = row[: len(_COLUMNS)]
    profile = USUAL_DOMAIN if row[len(_COLUMNS)] is None else record_of(DomainProfile, row[len(_COLUMNS) :])
    address = Address.parse(catch_all) if catch_all else None
    return Domain(domain_id, name, bool(active), address, bool(plus), character, size, message, account, aliases, profile)


def _row(domain: Domain) -> tuple[Any, ...]:
    return tuple(str(domain.catch_all or "") if name == "catch_all" else getattr(domain, name) for name in _COLUMNS)


def _now() -> int:
    return time.time_ns() // 1000
