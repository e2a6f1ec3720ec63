"""Keys of the HTTP API: what they open, whose they are, and mailboxes that are opened together with one.

A key is `om_` and 43 URL-safe characters (256 random bits), shown once; only its SHA-256 is stored, which such a key needs no salt or slow hash
for. A worker holds the keys in use.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.directory.accounts import Account, add_accounts, local_part
from postroom.directory.domains import Domain, add_domain, hosted_name
from postroom.directory.errors import DirectoryError, NotFound
from postroom.directory.recent import Recent
from postroom.formats.address import Address, AddressError
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.accounts import Accounts
    from postroom.directory.credentials import Credentials
    from postroom.directory.domains import Domains
    from postroom.storage.database import Database, Row, Transaction

ADMIN: Final = "admin"
DEBUG: Final = "debug:read"
READ: Final = "mail:read"
SEND: Final = "mail:send"
EVERYTHING: Final = "*"
SCOPES: Final = (ADMIN, DEBUG, READ, SEND)
OF_MAILBOX: Final = (READ, SEND)

PREFIX: Final = "om_"
LONGEST: Final = 256
LONGEST_NAME: Final = 200
SHOWN: Final = 10
KEPT: Final = 10_000
MOST_LISTED: Final = 1000

_SELECT: Final = "SELECT id, begins, scopes, account_id, name, created FROM api_key"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known about a key: `account_id` is whose mailbox it opens, None for an administrator's; id 0 is the configured administrator's."""

    id: int
    begins: str
    scopes: tuple[str, ...]
    account_id: int | None = None
    name: str = ""
    created: int = 0

    def allows(self, scope: str) -> bool:
        """Tell whether the key has a scope; `admin` and `*` include every one."""
        return scope in self.scopes or ADMIN in self.scopes or EVERYTHING in self.scopes


@dataclass(frozen=True, slots=True)
class Holder:
    """A key that was shown, with the active account it belongs to; None: an administrator's."""

    key: Key
    account: Account | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key about to be stored."""

    digest: bytes
    begins: str
    scopes: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class NewMailbox:
    """A mailbox about to be opened: a domain that may be new, an account, and a key for it unless None."""

    local: str
    domain: str
    max_size: int
    credentials: Credentials
    key: NewKey | None


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """News: keys came or went."""


class ApiKeys:
    """The keys of the server, for one process."""

    def __init__(self, database: Database, accounts: Accounts, domains: Domains, admin_key: str) -> None:
        """`admin_key` is the configured administrator's; '' where there is none."""
        self._database = database
        self._accounts = accounts
        self._domains = domains
        self._administrator = digest(admin_key) if admin_key else None
        self._held: Recent[Holder] = Recent(KEPT)
        self._generation = 0
        self._refused: Recent[bool] = Recent(KEPT)

    def guessed(self, raw: str) -> str:
        """Give the name under which an unknown key is counted as a failed login, '' when it was shown before.

        Who guesses shows another one each time; a program with a key that was revoked shows the same, and nobody shall be banned for that.
        """
        name = f"API key {digest(raw).hex()[:16]}"
        if self._refused.get(name):
            return ""
        self._refused.put(name, value=True)
        return name

    async def find(self, raw: str) -> Holder | None:
        """Find who holds a key; None for one that is unknown, revoked, or whose mailbox is not active. Takes the same time for all of those."""
        if len(raw) > LONGEST:
            return None
        shown = digest(raw)
        if self._administrator and hmac.compare_digest(shown, self._administrator):
            return Holder(Key(0, raw[:3], SCOPES, name="configuration"), None)
        held = self._held.get(shown)
        if held is None:
            generation = self._generation
            held = await self._read(shown)
            if held and generation == self._generation:
                self._held.put(shown, held)
        return held

    async def _read(self, shown: bytes) -> Holder | None:
        rows = await self._database.read(CONTROL, f"{_SELECT} WHERE digest = ?", (shown,))
        if not rows:
            return None
        key = _key(rows[0])
        if key.account_id is None:
            return Holder(key, None)
        try:
            account = await self._accounts.by_id(key.account_id)
        except NotFound:
            return None
        domain = self._domains.get(account.address.domain)
        return Holder(key, account) if account.active and domain and domain.active else None

    async def list(self, account_id: int | None = None) -> list[Key]:
        """List the keys of one account, or of all and of administrators, the oldest first; a thousand at most."""
        where, parameters = ("WHERE account_id = ?", (account_id,)) if account_id is not None else ("", ())
        rows = await self._database.read(CONTROL, f"{_SELECT} {where} ORDER BY id LIMIT {MOST_LISTED}", parameters)
        return [_key(row) for row in rows]

    async def add(self, account: Account | None, scopes: Sequence[str] = (), name: str = "") -> tuple[Key, str]:
        """Make a key, for an account or for an administrator; returns it with its text, which nobody can be told again. Raises DirectoryError."""
        raw = fresh()
        new = new_key(raw, scopes or (OF_MAILBOX if account else SCOPES), name)
        number = await self._database.transact(CONTROL, add_key, new, account.id if account else None, _now())
        return (await self.get(number)), raw

    async def get(self, number: int) -> Key:
        """Read what is known of a key; raises NotFound."""
        rows = await self._database.read(CONTROL, f"{_SELECT} WHERE id = ?", (number,))
        if not rows:
            raise NotFound(f"There is no key {number}.")
        return _key(rows[0])

    async def owner(self, key: Key) -> Account | None:
        """Read the account that a key belongs to; None for an administrator's."""
        return await self._accounts.by_id(key.account_id) if key.account_id is not None else None

    async def revoke(self, number: int, account_id: int | None = None) -> None:
        """Revoke a key, with `account_id` only one of that account; raises NotFound."""
        if not await self._database.transact(CONTROL, revoke_key, number, account_id):
            raise NotFound(f"There is no key {number}.")

    async def ensure_administrator(self) -> str | None:
        """Make an administrator's key when none is configured or stored; returns its text then."""
        if self._administrator:
            return None
        raw = fresh()
        made = await self._database.transact(CONTROL, add_first_key, new_key(raw, SCOPES, "administrator"), _now())
        return raw if made else None

    def hear(self, news: object) -> None:
        """Forget what is known: keys, accounts or domains changed."""
        self._generation += 1
        self._held.clear()


def fresh() -> str:
    """Make the text of a new key."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(raw: str) -> bytes:
    """Give what is stored of a key."""
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).digest()


def new_key(raw: str, scopes: Sequence[str], name: str = "") -> NewKey:
    """Make the row of a key; raises DirectoryError for a scope that there is not."""
    for scope in scopes:
        if scope not in {*SCOPES, EVERYTHING}:
            raise DirectoryError(f"{scope[:60]!r} is no scope: {', '.join(SCOPES)}.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise DirectoryError(f"A key's name has {LONGEST_NAME} printable characters at most.")
    return NewKey(digest(raw), raw[:SHOWN], tuple(dict.fromkeys(scopes)), name)


def add_key(transaction: Transaction, new: NewKey, account_id: int | None, now: int) -> int:
    """Store a key and return its id."""
    number = transaction.next_id("api_key")
    transaction.execute(
        "INSERT INTO api_key (id, digest, begins, scopes, account_id, name, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, new.digest, new.begins, " ".join(new.scopes), account_id, new.name, now),
    )
    transaction.announce(KeysChanged())
    return number


def add_first_key(transaction: Transaction, new: NewKey, now: int) -> bool:
    """Store an administrator's key unless there is one."""
    if transaction.execute("SELECT 1 FROM api_key WHERE account_id IS NULL LIMIT 1"):
        return False
    add_key(transaction, new, None, now)
    return True


def revoke_key(transaction: Transaction, number: int, account_id: int | None) -> bool:
    """Remove a key; False when there is none, or it is not that account's."""
    sql = "DELETE FROM api_key WHERE id = ? AND (? IS NULL OR account_id = ?) RETURNING id"
    gone = bool(transaction.execute(sql, (number, account_id, account_id)))
    if gone:
        transaction.announce(KeysChanged())
    return gone


def mailbox_address(local: str, domain: str) -> Address:
    """Read the address of a mailbox to open, whose domain need not be hosted yet; raises DirectoryError."""
    try:
        address = Address.parse(f"{local}@{domain}")
    except AddressError as error:
        raise DirectoryError(f"{f'{local}@{domain}'[:320]!r} is no address. {error}") from None
    return Address(local_part(address.local), hosted_name(address.domain))


def open_mailbox(transaction: Transaction, new: NewMailbox, now: int) -> int:
    """Make an account, its domain when that is new, and its key, all or nothing; returns the account's id. Raises Taken or DirectoryError."""
    rows = transaction.execute(
        "SELECT id, name FROM domain WHERE name = ? UNION ALL"
        " SELECT domain.id, domain.name FROM domain_alias JOIN domain ON domain.id = domain_alias.domain_id WHERE domain_alias.name = ?",
        (new.domain, new.domain),
    )
    domain_id, name = rows[0] if rows else (add_domain(transaction, Domain(0, new.domain), now).id, new.domain)
    account = Account(0, 0, Address(new.local, name), domain_id, max_size=new.max_size)
    (number,) = add_accounts(transaction, domain_id, [account], new.credentials, now)
    if new.key is not None:
        add_key(transaction, new.key, number, now)
    return number


def _key(row: Row) -> Key:
    number, begins, scopes, account_id, name, created = row
    return Key(number, begins, tuple(scopes.split()), account_id, name, created)


def _now() -> int:
    return time.time_ns() // 1000
