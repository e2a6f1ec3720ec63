"""Accounts: who has a mailbox here and may log in. A worker holds those in use, not all 100,000."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.credentials import Credentials
from postroom.directory.domains import LARGEST_ID, Domain, read_domain, refuse_overbooked, refuse_too_many
from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.directory.profiles import USUAL_ACCOUNT, AccountProfile, changed
from postroom.directory.records import put_record, record_of, shape
from postroom.formats.address import Address, AddressError, quote_local
from postroom.storage.database import CONTROL, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.credentials import Hashing
    from postroom.directory.domains import Domains
    from postroom.storage.database import Database, Transaction

USER: Final = 0
DOMAIN_ADMINISTRATOR: Final = 1
SERVER_ADMINISTRATOR: Final = 2
BULK: Final = 2000
"""Accounts added in one transaction: few enough that other changes don't wait long."""

_NAME_LENGTH: Final = 200
_COLUMNS: Final = (
    "account.id, account.local, domain.name, account.domain_id, account.active, account.admin_level, account.max_size, "
    "domain.max_account_size, account.first_name, account.last_name, "
) + ", ".join(f"account_profile.{name}" for name in ("id", *shape(AccountProfile).columns))
_OWN: Final = 10
"""Columns before those of the profile."""
_CREDENTIALS: Final = "account.password, account.scram_sha_256, account.scram_sha_1, domain.active"
_FROM: Final = "FROM account JOIN domain ON domain.id = account.domain_id LEFT JOIN account_profile ON account_profile.id = account.id"
_BELONGINGS: Final = (
    "DELETE FROM api_key WHERE account_id = ?",
    "DELETE FROM account_profile WHERE id = ?",
    "DELETE FROM fetch_account WHERE account_id = ?",
    "DELETE FROM rule_criterion WHERE rule_id IN (SELECT id FROM rule WHERE account_id = ?)",
    "DELETE FROM rule_action WHERE rule_id IN (SELECT id FROM rule WHERE account_id = ?)",
    "DELETE FROM rule WHERE account_id = ?",
    "DELETE FROM group_member WHERE account_id = ?",
    "DELETE FROM folder_permission WHERE kind = 0 AND account_id = ?",
)
"""What goes with an account."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its mail lies in `shard`; `quota` is what its mail may weigh in bytes, 0 without limit.

    `max_size` is the limit set for the account itself; without one the domain's `max_account_size` is the quota.
    """

    id: int
    shard: int
    address: Address
    domain_id: int
    active: bool = True
    admin_level: int = USER
    max_size: int = 0
    quota: int = 0
    first_name: str = ""
    last_name: str = ""
    profile: AccountProfile = USUAL_ACCOUNT

    @property
    def person(self) -> str:
        """The person's whole name, or ''."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Login:
    """What a login is checked against; `open` says that account and domain are both active."""

    account: Account
    credentials: Credentials
    open: bool


@dataclass(frozen=True, slots=True)
class AccountsChanged:
    """News: the accounts or aliases at these keys came, went or changed.

    `routes` says that mail may go elsewhere now (not so for a password). The last two tell whether every active account has such keys.
    """

    keys: tuple[str, ...]
    routes: bool
    scram_sha_256: bool
    scram_sha_1: bool
    ended: tuple[int, ...] = ()
    """The accounts whose logins of before count no more."""


CHANGEABLE: Final = frozenset({"address", "active", "admin_level", "max_size", "first_name", "last_name", "profile"})


def shard_of(account_id: int, shards: int) -> int:
    """Tell the shard of an account's mail: the remainder, which spreads ids given one after the other perfectly evenly."""
    return account_id % shards


class Accounts:
    """The accounts of the server: read by key or id, changed by transactions that every worker hears of."""

    def __init__(self, database: Database, domains: Domains, hashing: Hashing) -> None:
        self._database = database
        self._domains = domains
        self._hashing = hashing

    async def get(self, address: Address | str) -> Account:
        """Read an account by its address (not by an alias); raises NotFound."""
        key = self.located(address)[0].key
        rows = await self.at([key])
        if not rows:
            raise NotFound(f"There is no account {key}.")
        return rows[key]

    async def by_id(self, account_id: int) -> Account:
        """Read an account by its id; raises NotFound."""
        rows = await self._database.read(CONTROL, f"SELECT {_COLUMNS} {_FROM} WHERE account.id = ?", (account_id,))
        if not rows:
            raise NotFound(f"There is no account with id {account_id}.")
        return self._account(rows[0])

    async def at(self, keys: Sequence[str]) -> dict[str, Account]:
        """Read the accounts at some address keys (a few hundred at most); keys without account are missing in the answer."""
        marks = ", ".join("?" * len(keys))
        rows = await self._database.read(CONTROL, f"SELECT {_COLUMNS} {_FROM} WHERE account.key IN ({marks})", keys)
        accounts = [self._account(row) for row in rows]
        return {account.address.key: account for account in accounts}

    async def list(self, domain: str = "", after: str = "", limit: int = 1000) -> list[Account]:
        """List accounts by address key, of one domain or of all, `limit` at a time behind the key `after`."""
        where, parameters = ("account.domain_id = ? AND", [self._domains.find(domain).id]) if domain else ("", [])
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} account.key > ? ORDER BY account.key LIMIT ?"
        return [self._account(row) for row in await self._database.read(CONTROL, sql, [*parameters, after, limit])]

    async def count(self, domain_id: int | None = None) -> int:
        """Count the accounts of a domain, or all."""
        where, parameters = (" WHERE domain_id = ?", [domain_id]) if domain_id is not None else ("", [])
        return int((await self._database.read(CONTROL, f"SELECT count(*) FROM account{where}", parameters))[0][0])

    async def booked(self, domain_id: int) -> int:
        """Add up the limits of the accounts of a domain, in bytes."""
        return int((await self._database.read(CONTROL, "SELECT coalesce(sum(max_size), 0) FROM account WHERE domain_id = ?", [domain_id]))[0][0])

    async def ids(self, domain_id: int) -> Sequence[int]:
        """List the ids of the accounts of a domain."""
        return [number for (number,) in await self._database.read(CONTROL, "SELECT id FROM account WHERE domain_id = ?", [domain_id])]

    async def credentials(self, account_id: int) -> Credentials:
        """Read what an account's password left behind; raises NotFound."""
        rows = await self._database.read(CONTROL, "SELECT password, scram_sha_256, scram_sha_1 FROM account WHERE id = ?", [account_id])
        if not rows:
            raise NotFound(f"There is no account with id {account_id}.")
        return Credentials(*rows[0])

    async def postmaster(self) -> Account | None:
        """Read who stands in for a postmaster when none is set: the first administrator (the server's first), else account."""
        for where in ("account.admin_level > 0 AND ", ""):
            condition = where + "account.active = 1 AND domain.active = 1"
            sql = f"SELECT {_COLUMNS} {_FROM} WHERE {condition} ORDER BY account.admin_level DESC, account.id LIMIT 1"
            if rows := await self._database.read(CONTROL, sql):
                return self._account(rows[0])
        return None

    async def login(self, key: str) -> Login | None:
        """Read what a login at this address key is checked against."""
        rows = await self._database.read(CONTROL, f"SELECT {_COLUMNS}, {_CREDENTIALS} {_FROM} WHERE account.key = ?", (key,))
        if not rows:
            return None
        *_, password, scram_sha_256, scram_sha_1, domain_active = rows[0]
        account = self._account(rows[0][:-4])
        return Login(account, Credentials(password, scram_sha_256, scram_sha_1), account.active and bool(domain_active))

    async def add(self, address: Address | str, password: str | Credentials | None = None, /, **settings: Any) -> Account:
        """Add an account; `settings` are fields of Account, `profile` a dict of some of its profile's.

        Without a password nobody can log in. Raises Taken or DirectoryError.
        """
        place, domain = self.located(address)
        new = _changed(_new(place, domain), settings)
        credentials = await self._hashing.make(password) if isinstance(password, str) else password or Credentials()
        (account_id,) = await self._database.transact(CONTROL, add_accounts, domain.id, [new], credentials, _now())
        return await self.by_id(account_id)

    async def add_many(self, domain: str, locals_: Sequence[str], credentials: Credentials, /, **settings: Any) -> int:
        """Add many accounts of a domain with the same settings and credentials (made once); returns their number. Raises as `add`."""
        home = self._domains.find(domain)
        for start in range(0, len(locals_), BULK):
            new = [_changed(_new(_local_address(local, home), home), settings) for local in locals_[start : start + BULK]]
            await self._database.transact(CONTROL, add_accounts, home.id, new, credentials, _now())
        return len(locals_)

    async def set(self, address: Address | str, /, **changes: Any) -> Account:
        """Change fields of an account; `address` gives it another address in its domain, `profile` is a dict of fields of its profile.

        Raises NotFound, Taken or DirectoryError.
        """
        account = await self.get(address)
        if "address" in changes:
            place, domain = self.located(changes["address"])
            if domain.id != account.domain_id:
                raise DirectoryError(f"{account.address} can't move to another domain.")
            changes = {**changes, "address": place}
        await self._database.transact(CONTROL, set_account, account.id, changes)
        return await self.by_id(account.id)

    async def set_password(self, address: Address | str, password: str | Credentials) -> None:
        """Give an account another password, which ends every cached login; raises NotFound or DirectoryError."""
        account = await self.get(address)
        credentials = await self._hashing.make(password) if isinstance(password, str) else password
        await self._database.transact(CONTROL, set_credentials, account.id, credentials, None)

    async def remove(self, address: Address | str) -> Account:
        """Remove an account and return it: its mail is the caller's to remove. Raises NotFound."""
        account = await self.get(address)
        await self._database.transact(CONTROL, remove_account, account.id)
        return account

    def located(self, address: Address | str) -> tuple[Address, Domain]:
        """Read an address of ours with its domain, in the domain's own name; raises NotFound or DirectoryError."""
        return locate(self._domains, address)

    def _account(self, row: Row) -> Account:
        return _account(row, self._database.shards)


def _account(row: Row, shards: int) -> Account:
    number, local, domain, domain_id, active, level, size, domain_size, first, last = row[:_OWN]
    profile = USUAL_ACCOUNT if row[_OWN] is None else record_of(AccountProfile, row[_OWN:])
    place, quota = Address(local, domain), size or domain_size
    return Account(number, shard_of(number, shards), place, domain_id, bool(active), level, size, quota, first, last, profile)


def locate(domains: Domains, address: Address | str) -> tuple[Address, Domain]:
    """Read an address of ours with its domain, in the domain's own name; raises NotFound or DirectoryError."""
    try:
        place = Address.parse(address.strip()) if isinstance(address, str) else address
    except AddressError as error:
        raise DirectoryError(f"{str(address)[:320]!r} is no address. {error}") from None
    domain = domains.find(place.domain)
    return Address(place.local, domain.name), domain


def add_accounts(transaction: Transaction, domain_id: int, accounts: list[Account], credentials: Credentials, now: int) -> list[int]:
    """Store new accounts of a domain with the same credentials and return their ids."""
    domain = read_domain(transaction, domain_id)
    ids = [transaction.next_id("account") for _ in accounts]
    if ids[-1] > LARGEST_ID:
        raise DirectoryError("There are no account numbers left.")
    secrets = (credentials.password, credentials.scram_sha_256, credentials.scram_sha_1)
    keys = [account.address.key for account in accounts]
    refuse_taken(transaction, keys)
    refuse_too_many(transaction, domain, "accounts", len(accounts))
    transaction.executemany(
        "INSERT INTO account (id, key, local, domain_id, active, admin_level, max_size, first_name, last_name, "
        "password, scram_sha_256, scram_sha_1, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, key, *_row(account), *secrets, now) for number, key, account in zip(ids, keys, accounts, strict=True)],
    )
    for number, account in zip(ids, accounts, strict=True):
        if account.profile != USUAL_ACCOUNT:
            put_record(transaction, replace(account.profile, id=number))
    _check_sizes(transaction, domain, max(account.max_size for account in accounts))
    announce_accounts(transaction, keys)
    return ids


def set_account(transaction: Transaction, account_id: int, changes: dict[str, Any]) -> None:
    """Change an account."""
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE account.id = ?"
    rows = transaction.execute(sql, (account_id,))
    if not rows:
        raise NotFound("The account is gone.")
    old = _account(rows[0], 1)
    new = _changed(old, changes)
    if new.profile.vacation and not old.profile.vacation:  # who was answered before is answered again
        new = replace(new, profile=replace(new.profile, vacation_since=_now()))
    if new.address.key != old.address.key:
        refuse_taken(transaction, [new.address.key])
    columns = "key = ?, local = ?, domain_id = ?, active = ?, admin_level = ?, max_size = ?, first_name = ?, last_name = ?"
    sql = f"UPDATE account SET {columns} WHERE id = ?"
    transaction.execute(sql, (new.address.key, *_row(new), account_id))
    if new.profile != old.profile:
        put_record(transaction, replace(new.profile, id=account_id))
    _check_sizes(transaction, read_domain(transaction, old.domain_id), new.max_size)
    announce_accounts(transaction, [old.address.key, new.address.key], ended=() if new.active else (account_id,))


def set_credentials(transaction: Transaction, account_id: int, credentials: Credentials, instead_of: str | None) -> bool:
    """Store credentials; with `instead_of` only while that hash is still the account's. Returns whether they were stored."""
    sql = "UPDATE account SET password = ?, scram_sha_256 = ?, scram_sha_1 = ? WHERE id = ? AND (? IS NULL OR password = ?) RETURNING key"
    secrets = (credentials.password, credentials.scram_sha_256, credentials.scram_sha_1)
    rows = transaction.execute(sql, (*secrets, account_id, instead_of, instead_of))
    if rows:
        announce_accounts(transaction, [rows[0][0]], routes=False, ended=(account_id,) if instead_of is None else ())
    return bool(rows)


def remove_account(transaction: Transaction, account_id: int) -> None:
    """Remove an account's row and what belongs to it; its number is never given again."""
    rows = transaction.execute("DELETE FROM account WHERE id = ? RETURNING key", (account_id,))
    if not rows:
        raise NotFound("The account is gone.")
    for sql in _BELONGINGS:
        transaction.execute(sql, (account_id,))
    announce_accounts(transaction, [rows[0][0]], ended=(account_id,))


def refuse_taken(transaction: Transaction, keys: Sequence[str]) -> None:
    """Raise Taken when an account, an alias or a list has one of these keys already."""
    sql = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE key = ?" for table in ("account", "alias", "distribution_list"))
    for key in keys:
        if transaction.execute(sql, (key, key, key)):
            raise Taken(f"{key} exists already.")


def announce_accounts(transaction: Transaction, keys: Sequence[str], *, routes: bool = True, ended: tuple[int, ...] = ()) -> None:
    """Tell every process which keys changed, and whether all active accounts have SCRAM keys now."""
    sha_256, sha_1 = (not transaction.execute(sql) for sql in WITHOUT_SCRAM)
    transaction.announce(AccountsChanged(tuple(keys), routes, sha_256, sha_1, ended))


WITHOUT_SCRAM: Final = tuple(
    f"SELECT 1 FROM account WHERE active = 1 AND password <> '' AND {column} = '' LIMIT 1" for column in ("scram_sha_256", "scram_sha_1")
)


def local_part(local: str) -> str:
    """Check the local part of an account or alias; raises DirectoryError. Folders and files are named after it, so no path fits in."""
    if quote_local(local) != local or "/" in local:
        raise DirectoryError(f"{local[:64]!r} can't be a name here: letters, digits and . _ - + are the usual characters.")
    return local


def _local_address(local: str, domain: Domain) -> Address:
    try:
        return Address(Address.parse(f"{local}@{domain.name}").local, domain.name)
    except AddressError as error:
        raise DirectoryError(f"{local[:64]!r} is no local part. {error}") from None


def _new(address: Address, domain: Domain) -> Account:
    local_part(address.local)
    return Account(0, 0, address, domain.id)


def _changed(account: Account, changes: dict[str, Any]) -> Account:
    for name in changes.keys() - CHANGEABLE:
        raise DirectoryError(f"{name} of an account can't be changed; these can: {', '.join(sorted(CHANGEABLE))}.")
    if "profile" in changes:
        changes = {**changes, "profile": changed(account.profile, changes["profile"])}
    account = replace(account, **changes)
    local_part(account.address.local)
    if account.admin_level not in {USER, DOMAIN_ADMINISTRATOR, SERVER_ADMINISTRATOR}:
        raise DirectoryError("admin_level is 0 (user), 1 (administrator of the domain) or 2 (of the server).")
    if not 0 <= account.max_size < 1 << 60:
        raise DirectoryError("max_size is a number of bytes; 0 is no limit of its own.")
    if max(len(account.first_name), len(account.last_name)) > _NAME_LENGTH:
        raise DirectoryError(f"A name has at most {_NAME_LENGTH} characters.")
    return account


def _check_sizes(transaction: Transaction, domain: Domain, largest: int) -> None:
    if domain.max_account_size and largest > domain.max_account_size:
        raise DirectoryError(f"An account of {domain.name} may have {domain.max_account_size:,} bytes at most.")
    if domain.max_size:
        refuse_overbooked(transaction, domain)


def _row(account: Account) -> tuple[Any, ...]:
    limits = (account.active, account.admin_level, account.max_size)
    return (account.address.local, account.domain_id, *limits, account.first_name, account.last_name)


def _now() -> int:
    return time.time_ns() // 1000
