"""Logging in: by password or by SCRAM. Whatever is wrong, the answer has one text and takes the same time."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from typing import TYPE_CHECKING, Final, NoReturn

from postroom.directory.accounts import Login, set_credentials
from postroom.directory.errors import LoginRefused
from postroom.directory.recent import Recent
from postroom.errors import Unavailable
from postroom.events import ON_CLIENT_VALIDATE_PASSWORD, ClientValidatePassword
from postroom.formats import scram
from postroom.formats.address import Address, AddressError
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.accounts import Account, Accounts
    from postroom.directory.credentials import Hashing
    from postroom.directory.domains import Domains
    from postroom.directory.failures import Failures
    from postroom.directory.settings import Settings
    from postroom.events import Events
    from postroom.storage.database import Database

KEPT: Final = 20_000
"""Accounts whose credentials, and logins that were verified, a worker keeps."""

UNKNOWN_KEPT: Final = 4_000
ACCEPTED: Final = 0
REFUSED: Final = 1
"""What a handler of OnClientValidatePassword may say; anything else leaves it to the stored password."""
_LONGEST_NAME: Final = 1024


class HandlerFailed(Unavailable):
    """Whether a password is right could not be asked, and the administrator wants logins to wait then."""


class Logins:
    """Checks logins against accounts, counts failures, and remembers verified ones, so that a busy client costs no argon2id each time."""

    def __init__(
        self,
        database: Database,
        domains: Domains,
        accounts: Accounts,
        failures: Failures,
        hashing: Hashing,
        settings: Callable[[], Settings],
        key: bytes,
        sleep: Callable[[float], Awaitable[object]],
        events: Events,
    ) -> None:
        """`key` is the server's for false SCRAM keys, the same in every process and after every restart."""
        self._events = events
        self._database = database
        self._domains = domains
        self._accounts = accounts
        self._failures = failures
        self._hashing = hashing
        self._settings = settings
        self._key = key
        self._sleep = sleep
        self._own_key = secrets.token_bytes(32)
        self._logins: Recent[Login] = Recent(KEPT)
        self._unknown: Recent[bool] = Recent(UNKNOWN_KEPT)
        self._verified: Recent[bool] = Recent(KEPT)
        self._checking: dict[bytes, asyncio.Future[bool]] = {}
        self._generation = 0
        self.all_have_scram_sha_256 = False
        self.all_have_scram_sha_1 = False

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """The SCRAM mechanisms that may be announced: those for which every active account has keys. None while handlers judge passwords."""
        if ON_CLIENT_VALIDATE_PASSWORD in self._events.active:
            return ()
        sha_1 = self.all_have_scram_sha_1 and self._settings().scram_sha1
        return ("SCRAM-SHA-256",) * self.all_have_scram_sha_256 + ("SCRAM-SHA-1",) * sha_1

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        """Log in by password; raises LoginRefused after a delay that grows, Unavailable when too many are waiting."""
        self._refuse_banned(ip)
        key = self._key_of(name)
        login = await self._find(key)
        verdict = await self._judged(login, password)
        if verdict == ACCEPTED:
            return await self._admit(ip, name, login, None)
        if verdict == REFUSED:
            await self.refuse(ip, name, "refused by OnClientValidatePassword")
        proof = self._proof(login, key, password)
        known = bool(self._verified.get(proof))
        if not known and not await self._check(login, password, proof):
            await self.refuse(ip, name, "wrong password" if login else "no such account")
        return await self._admit(ip, name, login, None if known else password)

    async def confirm(self, account: Account, password: str) -> bool:
        """Tell whether a password is an account's, as handlers or the stored one say; nothing is counted. Raises Unavailable in a flood."""
        key = account.address.key
        login = await self._find(key)
        if login is None or login.account.id != account.id:
            return False
        verdict = await self._judged(login, password)
        if verdict in {ACCEPTED, REFUSED}:
            return verdict == ACCEPTED
        proof = self._proof(login, key, password)
        return bool(self._verified.get(proof)) or await self._check(login, password, proof)

    async def _judged(self, login: Login | None, password: str) -> int | None:
        """Ask the handlers of OnClientValidatePassword about an active account; None where there are none to ask, or nothing to ask about."""
        if ON_CLIENT_VALIDATE_PASSWORD not in self._events.active or login is None or not login.open:
            return None
        result = await self._events.fire(ClientValidatePassword(login.account, password))
        if result.deferred:
            raise HandlerFailed("a handler of OnClientValidatePassword failed")
        return result.value

    async def keys(self, ip: str, name: str, mechanism: str) -> scram.Keys:
        """Return the SCRAM keys of a name, false ones for an unknown name (RFC 5802 section 9); raises LoginRefused when banned."""
        self._refuse_banned(ip)
        key = self._key_of(name)
        login = await self._find(key)
        kept = login.credentials.keys(mechanism) if login else None
        return kept or scram.false_keys(self._key, key, mechanism, self._settings().scram_iterations)

    async def proven(self, ip: str, name: str) -> Account:
        """Log in a name that was proven by SCRAM or a certificate; raises LoginRefused when it has no active account."""
        self._refuse_banned(ip)
        return await self._admit(ip, name, await self._find(self._key_of(name)), None)

    async def refuse(self, ip: str, name: str, reason: str) -> NoReturn:
        """Count a login that failed and raise LoginRefused, after the delay."""
        delay, banned = await self._failures.count(ip, self._key_of(name) or name)
        if delay and not banned:
            await self._sleep(delay)
        raise LoginRefused(reason, banned=banned)

    def is_open(self, account: Account) -> bool | None:
        """Tell from memory whether an account that logged in could still do so: it is there, and active with its domain; None: ask `still_open`."""
        key = account.address.key
        login = self._logins.get(key)
        if login is None:
            return False if self._unknown.get(key) else None
        return login.open and login.account.id == account.id

    async def still_open(self, account: Account) -> bool:
        """Tell whether an account that logged in could still do so."""
        login = await self._find(account.address.key)
        return login is not None and login.open and login.account.id == account.id

    def forget(self, keys: tuple[str, ...]) -> None:
        """Forget what was read of accounts that have changed."""
        self._generation += 1
        for key in keys:
            self._logins.drop(key)
            self._unknown.drop(key)

    def clear(self) -> None:
        """Forget all that was read."""
        self._generation += 1
        self._logins.clear()
        self._unknown.clear()

    def _refuse_banned(self, ip: str) -> None:
        if self._failures.banned(ip):
            raise LoginRefused("the address is banned", banned=True)

    def _key_of(self, name: str) -> str:
        """Give the key of the account that a login name means, '' for none; a name without @ is one of the default domain."""
        if len(name) > _LONGEST_NAME:
            return ""
        try:
            address = Address.parse(name if "@" in name else f"{name}@{self._settings().default_domain}")
        except AddressError:
            return ""
        domain = self._domains.get(address.domain)
        return Address(address.local, domain.name).key if domain else address.key

    async def _find(self, key: str) -> Login | None:
        login = self._logins.get(key)
        if login is not None or self._unknown.get(key):
            return login
        generation = self._generation
        login = await self._accounts.login(key)
        if generation == self._generation:
            if login:
                self._logins.put(key, login)
            else:
                self._unknown.put(key, value=True)
        return login

    def _proof(self, login: Login | None, key: str, password: str) -> bytes:
        """Name a verified login so that memory holds no password, and that another password of the account makes it unknown again."""
        stored = login.credentials.password if login else ""
        return hmac.digest(self._own_key, f"{key}\0{stored}\0{password}".encode("utf-8", "surrogatepass"), "sha256")

    async def _check(self, login: Login | None, password: str, proof: bytes) -> bool:
        """Check a password; the same check under way is waited for, not run twice."""
        checking = self._checking.get(proof)
        if checking is None:
            checking = asyncio.ensure_future(self._hashing.check(login.credentials if login else None, password))
            self._checking[proof] = checking
            checking.add_done_callback(lambda done: self._checked(proof, done))
        return await asyncio.shield(checking)

    def _checked(self, proof: bytes, done: asyncio.Future[bool]) -> None:
        del self._checking[proof]
        if not done.cancelled() and not done.exception() and done.result():
            self._verified.put(proof, value=True)

    async def _admit(self, ip: str, name: str, login: Login | None, password: str | None) -> Account:
        if login is None or not login.open:
            await self.refuse(ip, name, "the account is not active" if login else "no such account")
        key = login.account.address.key
        await self._failures.forgive(ip, key)
        if password is not None and self._hashing.outdated(login.credentials):
            await self._renew(login, password)
        return login.account

    async def _renew(self, login: Login, password: str) -> None:
        """Store new credentials of the same password; a full disk or a busy server must not keep anybody from reading mail."""
        try:
            fresh = await self._hashing.make(password)
            await self._database.transact(CONTROL, set_credentials, login.account.id, fresh, login.credentials.password)
        except Unavailable:
            return
