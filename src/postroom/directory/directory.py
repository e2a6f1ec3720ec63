"""The directory: who is here, where mail for an address goes, who may log in, and the settings, for one process of the server."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NoReturn

from postroom.directory.accesslists import AccessLists
from postroom.directory.accounts import WITHOUT_SCRAM, Account, Accounts, AccountsChanged
from postroom.directory.administrator import Administrator, AdministratorChanged
from postroom.directory.aliases import Aliases
from postroom.directory.credentials import Hashing
from postroom.directory.domains import DomainChanged, Domains
from postroom.directory.failures import BanChanged, Failures, LoginFailed
from postroom.directory.groups import GroupMember
from postroom.directory.keys import ApiKeys, KeysChanged
from postroom.directory.listeners import Listeners
from postroom.directory.lists import DistributionList, ListRecipient, Lists
from postroom.directory.logins import Logins
from postroom.directory.permissions import FolderPermission
from postroom.directory.presence import Presence, Unlocked
from postroom.directory.ranges import Option, Ranges, SecurityRange
from postroom.directory.records import RecordChanged, Records
from postroom.directory.relayer import Relayer, RelayerChanged
from postroom.directory.resolve import Resolver
from postroom.directory.routes import ROUTED, RouteAddress, RouteChanged, Routes
from postroom.directory.senders import Senders
from postroom.directory.settings import SettingChanged, Settings, SettingsTable
from postroom.directory.sharing import Sharing
from postroom.directory.signing import Signer, SigningKeys, SigningKeysChanged
from postroom.directory.standing import StandingRules
from postroom.events import Events
from postroom.storage.database import CONTROL, Database, Row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.directory.datakey import DataKey
    from postroom.directory.resolve import Answer
    from postroom.formats.address import Address
    from postroom.formats.scram import Keys


class Directory:
    """Joins domains, accounts, aliases, credentials and settings; made by `Directory.open`. All calls come on one loop.

    Administration goes through the parts: `domains`, `accounts`, `aliases`, `lists`, `keys` (of the HTTP API), `failures` (bans),
    `signing` (DKIM keys), `records` (lists of other kinds), `administrator` (the object model's) and `table` (settings). `events` are those of
    this process, for all floors above.
    """

    def __init__(
        self,
        database: Database,
        key: DataKey,
        *,
        pins: Mapping[str, object],
        pinned_by: str,
        defaults: Mapping[str, object],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
        admin_key: str,
        admin_password: str,
    ) -> None:
        self.events = Events()
        self._database = database
        self._early: list[Any] | None = []
        self.table = SettingsTable(database, pins, pinned_by, defaults)
        self.domains = Domains(database)
        self.hashing = Hashing(self._settings)
        self.accounts = Accounts(database, self.domains, self.hashing)
        self.aliases = Aliases(database, self.domains)
        self.failures = Failures(database, self._settings, clock)
        self.administrator = Administrator(database, self.hashing, self.failures, sleep, admin_password)
        self.listeners = Listeners(database)
        self.signing = SigningKeys(database, self.domains, key, clock)
        self.signer = Signer(self.domains, self.signing, self._settings, clock)
        self.routes = Routes(database, key)
        self.relayer = Relayer(database, key, self._settings)
        self.records = Records(database)
        self.ranges = Ranges(database, clock)
        self.standing = StandingRules()
        self.sharing = Sharing()
        self.access = AccessLists(self.sharing, self.records, self.accounts)
        self.presence = Presence(database, clock)
        self.keys = ApiKeys(database, self.accounts, self.domains, admin_key)
        self.lists = Lists(database, self.domains)
        self.datakey = key
        self._resolver = Resolver(self.domains, self.accounts, self.aliases, self.lists, self.routes, self._settings)
        self._senders = Senders(self.domains, self.aliases)
        self._logins = Logins(
            database, self.domains, self.accounts, self.failures, self.hashing, self._settings, key.derive("false scram keys"), sleep, self.events
        )
        self._hear_of: dict[type, Callable[[Any], None]] = {
            SettingChanged: self._setting_changed,
            DomainChanged: self._domain_changed,
            AccountsChanged: self._accounts_changed,
            KeysChanged: self.keys.hear,
            BanChanged: self.failures.hear_ban,
            LoginFailed: self.failures.hear_failure,
            SigningKeysChanged: self.signing.hear,
            RouteChanged: self._route_changed,
            RelayerChanged: self.relayer.hear,
            AdministratorChanged: self.administrator.hear,
            RecordChanged: self._record_changed,
            Unlocked: self.presence.hear,
        }
        # What hot paths call without a hop.
        self.cached = self._resolver.cached
        self.banned = self.failures.banned
        self.sends_as = self._senders.sends_as
        self.is_open = self._logins.is_open
        self.cached_addresses_of = self._senders.cached_addresses_of

    @classmethod
    async def open(
        cls,
        database: Database,
        key: DataKey,
        *,
        pins: Mapping[str, object] | None = None,
        pinned_by: str = "postroom.toml",
        defaults: Mapping[str, object] | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        admin_key: str = "",
        admin_password: str = "",
    ) -> Directory:
        """Read what a process needs to know and follow all changes from now on.

        `pins` are the settings of the file `pinned_by`, which win; `defaults` replace declared defaults (the machine's host name, a mode
        of the server). `admin_key` is the configured administrator's for the HTTP API, `admin_password` that of the object model. Raises
        ConfigurationError for a pin or a stored value that can't be.
        """
        directory = cls(
            database,
            key,
            pins=pins or {},
            pinned_by=pinned_by,
            defaults=defaults or {},
            clock=clock,
            sleep=sleep,
            admin_key=admin_key,
            admin_password=admin_password,
        )
        database.listen(directory.hear)
        await directory._load()
        return directory

    @property
    def settings(self) -> Settings:
        """The settings in force, an immutable snapshot."""
        return self.table.current

    async def resolve(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer:
        """Answer where mail to an address goes: Resolution, Refusal or NOT_OURS; `cached` answers from memory, or None.

        The envelope's sender, and whether its client has logged in, count for distribution lists.
        """
        return await self._resolver.resolve(address, sender, authenticated=authenticated)

    async def addresses_of(self, account: Account) -> frozenset[str]:
        """Return the keys of the addresses that belong to an account: its own and its aliases', without plus forms."""
        return await self._senders.addresses_of(account)

    async def may_send_as(self, account: Account, address: Address) -> bool:
        """Tell whether an address (or its plus form) belongs to an account; `sends_as` tells it from memory, or None."""
        return await self._senders.may_send_as(account, address)

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        """Log in by password; raises LoginRefused after a growing delay, Unavailable in a flood of logins."""
        return await self._logins.authenticate(ip, name, password)

    async def scram(self, ip: str, name: str, mechanism: str) -> Keys:
        """Return the keys for a SCRAM exchange, false ones for an unknown name; raises LoginRefused for a banned address."""
        return await self._logins.keys(ip, name, mechanism)

    async def proven(self, ip: str, name: str) -> Account:
        """Log in a name that a SASL exchange has proven; raises LoginRefused when it has no active account."""
        return await self._logins.proven(ip, name)

    async def still_open(self, account: Account) -> bool:
        """Tell whether an account that logged in could still do so; `is_open` tells it from memory, or None."""
        return await self._logins.still_open(account)

    async def confirm(self, account: Account, password: str) -> bool:
        """Tell whether a password is an account's, as OnClientValidatePassword's handlers or the stored one say; nothing is counted."""
        return await self._logins.confirm(account, password)

    async def refuse(self, ip: str, name: str, reason: str) -> NoReturn:
        """Count a SASL exchange that failed and raise LoginRefused, after the delay; `reason` is for the log."""
        await self._logins.refuse(ip, name, reason)

    @property
    def scram_mechanisms(self) -> tuple[str, ...]:
        """The SCRAM mechanisms that may be announced now, the strongest first."""
        return self._logins.mechanisms

    def rights_of(self, ip: str) -> Option | None:
        """Tell what the IP ranges let a client do; None where they don't count."""
        return self.ranges.options(ip) if self.table.current.ip_ranges else None

    def destination(self, address: Address) -> str:
        """Name the queue's destination of an address elsewhere: its domain, or the route of one in a domain of ours (object model 13.8)."""
        domain = self.domains.get(address.domain)
        route = None if domain is None else self.routes.of_domain(domain)
        return address.domain if route is None else f"{ROUTED}{route.id}"

    def is_own_domain(self, domain: str) -> bool:
        """Tell whether a sender's domain is ours: hosted and active, or behind a route whose senders count as ours (object model 12.5)."""
        hosted = self.domains.get(domain)
        if hosted is not None:
            return hosted.active
        route = self.routes.own(domain)
        return route is not None and route.senders_local

    def max_message_size(self, account: Account | None) -> int:
        """Return the largest message in bytes that this sender may hand in (its domain's limit counts too); 0 is no limit."""
        domain = self.domains.get(account.address.domain) if account else None
        limits = (self.settings.max_message_size, domain.max_message_size if domain else 0)
        return min(filter(None, limits), default=0)

    def hear(self, news: Any) -> None:
        """Follow what a transaction of any process announced; what is not the directory's is passed by."""
        follow = self._hear_of.get(type(news))
        if follow is None:
            return
        if self._early is not None:
            self._early.append(news)
        else:
            follow(news)

    def forget(self) -> None:
        """Forget what was read of addresses, senders and logins: it is read again when it is asked for."""
        self._resolver.clear()
        self._senders.clear()
        self._logins.clear()

    def close(self) -> None:
        """End the threads that check passwords."""
        self.hashing.close()

    async def _load(self) -> None:
        """Read everything, then replay what was announced meanwhile: in order and each whole, so that doing one twice does no harm."""
        for part in (
            self.table,
            self.domains,
            self.failures,
            self.routes,
            self.relayer,
            self.administrator,
            self.ranges,
            self.standing,
            self.sharing,
        ):
            await part.load(self._read)
        without = [bool(await self._read(sql)) for sql in WITHOUT_SCRAM]
        early, self._early = self._early or [], None
        self._accounts_changed(AccountsChanged((), False, not without[0], not without[1]))
        for news in early:
            self.hear(news)
        await self.hashing.open()

    async def _read(self, sql: str) -> list[Row]:
        return await self._database.read(CONTROL, sql)

    def _settings(self) -> Settings:
        return self.table.current

    def _setting_changed(self, news: SettingChanged) -> None:
        self.table.hear(news)
        self._resolver.clear()

    def _record_changed(self, news: RecordChanged) -> None:
        if news.table in {DistributionList.TABLE, ListRecipient.TABLE}:
            self._resolver.clear()
        elif news.table == RouteAddress.TABLE:
            self.routes.hear_address(news)
            self._resolver.clear()
        elif news.table == SecurityRange.TABLE:
            self.ranges.hear(news)
        elif news.table in {FolderPermission.TABLE, GroupMember.TABLE}:
            self.sharing.hear(news)
        else:
            self.standing.hear(news)

    def _route_changed(self, news: RouteChanged) -> None:
        self.routes.hear(news)
        self._resolver.clear()

    def _domain_changed(self, news: DomainChanged) -> None:
        self.domains.hear(news)
        self._resolver.clear()
        self._senders.clear()
        self._logins.clear()
        self.keys.hear(news)
        if news.domain is not None and not news.domain.active:
            self.presence.end_domain(news.domain.name)

    def _accounts_changed(self, news: AccountsChanged) -> None:
        self._logins.all_have_scram_sha_256 = news.scram_sha_256
        self._logins.all_have_scram_sha_1 = news.scram_sha_1
        self._logins.forget(news.keys)
        self.keys.hear(news)
        if news.routes:
            self._resolver.clear()
            self._senders.clear()
        self.presence.end(news.ended)
