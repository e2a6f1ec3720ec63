"""The password of Administrator, who may do everything through the object model: its argon2id hash in the database, else the configuration's."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.directory.credentials import Credentials
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.credentials import Hashing
    from postroom.directory.failures import Failures
    from postroom.storage.database import Database, Row, Transaction

NAME: Final = "administrator"
"""The name under which failed logins are counted; no account has one without a domain."""


@dataclass(frozen=True, slots=True, repr=False)
class AdministratorChanged:
    """News: the password's hash is this now; "" for none."""

    hash: str


class Administrator:
    """Checks and sets the one password that belongs to no account."""

    def __init__(
        self, database: Database, hashing: Hashing, failures: Failures, sleep: Callable[[float], Awaitable[object]], configured: str = ""
    ) -> None:
        """Take the database's; `configured` is the configuration file's password, which counts while the database has none."""
        self._database = database
        self._hashing = hashing
        self._failures = failures
        self._sleep = sleep
        self._configured = configured
        self._hash = ""
        self._own_key = secrets.token_bytes(32)
        self._proven = b""

    async def load(self, read: Callable[[str], Awaitable[list[Row]]]) -> None:
        """Read the hash by `read(sql)`."""
        for (stored,) in await read("SELECT password FROM administrator"):
            self._hash = stored

    def hear(self, news: AdministratorChanged) -> None:
        """Follow a change in any process."""
        self._hash = news.hash

    @property
    def has_password(self) -> bool:
        """Whether there is a password at all; without one only programs on this machine get in (object-model-behaviour 3.4)."""
        return bool(self._hash or self._configured)

    async def check(self, ip: str, password: str) -> bool:
        """Tell whether a password is right; a wrong one counts against the address like a failed login, and its answer takes as long."""
        if self._failures.banned(ip):
            return False
        proof = hmac.digest(self._own_key, f"{self._hash}\0{password}".encode("utf-8", "surrogatepass"), "sha256")
        if hmac.compare_digest(proof, self._proven) or await self._is(password):
            self._proven = proof  # so that a busy program costs no argon2id for each request; another hash makes it another proof
            await self._failures.forgive(ip, NAME)
            return True
        delay, banned = await self._failures.count(ip, NAME)
        if delay and not banned:
            await self._sleep(delay)
        return False

    async def _is(self, password: str) -> bool:
        right = await self._hashing.check(Credentials(self._hash) if self._hash else None, password)
        if self._hash or not self._configured:
            return right
        return hmac.compare_digest(password.encode("utf-8", "surrogatepass"), self._configured.encode("utf-8", "surrogatepass"))

    async def set(self, password: str) -> None:
        """Store a new password, or none for ""; raises DirectoryError for one that can't be."""
        made = await self._hashing.make(password) if password else Credentials()
        await self._database.transact(CONTROL, store_administrator, made.password)


def store_administrator(transaction: Transaction, hashed: str) -> None:
    """Write the hash in place of the one before, and tell every process."""
    transaction.execute("DELETE FROM administrator")
    if hashed:
        transaction.execute("INSERT INTO administrator (password) VALUES (?)", (hashed,))
    transaction.announce(AdministratorChanged(hashed))
