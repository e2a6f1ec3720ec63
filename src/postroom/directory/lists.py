"""Distribution lists: addresses of ours that stand for many, and who may send to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from postroom.directory.accounts import local_part, locate, refuse_taken
from postroom.directory.domains import read_domain, refuse_too_many
from postroom.directory.errors import DirectoryError, NotFound
from postroom.directory.records import Record, record_of, remove_records, shape, store_record
from postroom.formats.address import Address, AddressError
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postroom.directory.domains import Domains
    from postroom.storage.database import Database, Transaction

MOST_RECIPIENTS: Final = 50_000
"""Recipients that are read of the lists of one look-up."""


class Mode(IntEnum):
    """Who may send to a list."""

    PUBLIC = 0
    MEMBERS = 1
    ANNOUNCEMENTS = 2
    DOMAIN = 3


@dataclass(frozen=True, slots=True)
class DistributionList(Record):
    """A list under its address; `key` is the address as it is compared, `mode` a number of Mode, `sender` who may send announcements."""

    TABLE: ClassVar[str] = "distribution_list"
    ORDER: ClassVar[str] = "key"
    PARENT: ClassVar[str] = "domain_id"

    key: str = ""
    address: str = ""
    domain_id: int = 0
    active: bool = True
    mode: int = Mode.PUBLIC
    require_auth: bool = False
    sender: str = ""


@dataclass(frozen=True, slots=True)
class ListRecipient(Record):
    """Somebody on a list, by the address as it was written."""

    TABLE: ClassVar[str] = "list_recipient"
    ORDER: ClassVar[str] = "lower(address), id"
    PARENT: ClassVar[str] = "list_id"

    list_id: int = 0
    address: str = ""


class Sender(NamedTuple):
    """Who sends: the key of the envelope's address in its domain's own name ("" for none), and whether the client has logged in."""

    key: str = ""
    authenticated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """What a list asks of a sender: `owner` and `members` are keys of addresses in their domains' own names."""

    mode: int
    require_auth: bool
    domain: str
    owner: str
    members: frozenset[str]

    def refusal(self, sender: Sender) -> str:
        """Say why somebody may not send to the list; "" for who may."""
        if self.require_auth and not sender.authenticated:
            return "SMTP authentication required."
        if self.mode == Mode.ANNOUNCEMENTS and sender.key != self.owner:
            return "Not authorized owner."
        if self.mode == Mode.DOMAIN and sender.key.rpartition("@")[2] != self.domain:
            return "Not authorized domain."
        if self.mode == Mode.MEMBERS and sender.key not in self.members:
            return "Not authorized sender."
        return ""


class Expansion(NamedTuple):
    """A list as mail meets it: whom it leads to, and its gate, None where everybody may send."""

    list: DistributionList
    recipients: tuple[Address, ...]
    gate: Gate | None


class Lists:
    """The distribution lists of the server: read by key, changed by transactions that every worker hears of."""

    def __init__(self, database: Database, domains: Domains) -> None:
        self._database = database
        self._domains = domains

    async def get(self, address: Address | str) -> DistributionList:
        """Read a list by its address; raises NotFound."""
        key = locate(self._domains, address)[0].key
        found = await self._read("WHERE key = ?", [key])
        if not found:
            raise NotFound(f"There is no distribution list {key}.")
        return found[0]

    async def list(self, domain_id: int) -> Sequence[DistributionList]:
        """List the lists of a domain by address."""
        return await self._read("WHERE domain_id = ? ORDER BY key", [domain_id])

    async def at(self, keys: Sequence[str]) -> dict[str, Expansion]:
        """Read the lists at some address keys (a few hundred at most), with whom they lead to; keys without list are missing in the answer."""
        marks = ", ".join("?" * len(keys))
        lists = await self._read(f"WHERE key IN ({marks})", keys)
        if not lists:
            return {}
        marks = ", ".join("?" * len(lists))
        sql = f"SELECT list_id, address FROM list_recipient WHERE list_id IN ({marks}) ORDER BY id LIMIT {MOST_RECIPIENTS}"
        members: dict[int, list[Address]] = {}
        for list_id, text in await self._database.read(CONTROL, sql, [one.id for one in lists]):
            members.setdefault(list_id, []).extend(_addresses([text]))
        return {one.key: self._expansion(one, tuple(members.get(one.id, ()))) for one in lists}

    async def save(self, one: DistributionList) -> DistributionList:
        """Store a list, a new one by id 0; raises Taken, NotFound or DirectoryError."""
        place, domain = locate(self._domains, one.address)
        local_part(place.local)
        if one.domain_id and one.domain_id != domain.id:
            raise DirectoryError(f"{place} can't move to another domain.")
        one = replace(one, key=place.key, address=str(place), domain_id=domain.id)
        number: int = await self._database.transact(CONTROL, store_list, one)
        return replace(one, id=number)

    async def remove(self, list_id: int) -> None:
        """Remove a list with its recipients; nothing happens when it is gone."""
        await self._database.transact(CONTROL, remove_list, list_id)

    async def _read(self, where: str, parameters: Sequence[object]) -> Sequence[DistributionList]:
        rows = await self._database.read(CONTROL, f"{shape(DistributionList).select} {where}", parameters)
        return [record_of(DistributionList, row) for row in rows]

    def _expansion(self, one: DistributionList, recipients: tuple[Address, ...]) -> Expansion:
        if one.mode == Mode.PUBLIC and not one.require_auth:
            return Expansion(one, recipients, None)
        owner = next(iter(_addresses([one.sender])), None)
        members = frozenset(own_key(self._domains, place) for place in recipients) if one.mode == Mode.MEMBERS else frozenset()
        domain = one.key.rpartition("@")[2]
        gate = Gate(one.mode, one.require_auth, domain, own_key(self._domains, owner) if owner else "\0", members)
        return Expansion(one, recipients, gate)


def own_key(domains: Domains, address: Address) -> str:
    """Give the key of an address in its domain's own name, if the domain is one of ours."""
    domain = domains.get(address.domain)
    return Address(address.local, domain.name).key if domain else address.key


def store_list(transaction: Transaction, one: DistributionList) -> int:
    """Store a list and return its id."""
    rows = transaction.execute("SELECT key FROM distribution_list WHERE id = ?", (one.id,))
    if (rows[0][0] if rows else "") != one.key:
        refuse_taken(transaction, [one.key])
    if not one.id:
        refuse_too_many(transaction, read_domain(transaction, one.domain_id), "lists")
    return store_record(transaction, one)


def remove_list(transaction: Transaction, list_id: int) -> None:
    """Remove a list with its recipients."""
    remove_records(transaction, ListRecipient, "list_id", list_id)
    remove_records(transaction, DistributionList, "id", list_id)


def _addresses(texts: Iterable[str]) -> Iterable[Address]:
    """Read those of some texts that are addresses: an administrator may have written anything."""
    for text in texts:
        try:
            yield Address.parse(text.strip())
        except AddressError:
            continue
