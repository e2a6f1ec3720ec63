"""Failed logins, counted over all workers, and the bans that follow: guessing passwords gets slow, then impossible for a time."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.directory.errors import DirectoryError, NotFound
from postroom.directory.ranges import SecurityRange
from postroom.directory.recent import Recent
from postroom.directory.records import store_record
from postroom.storage.database import CONTROL, Row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.settings import Settings
    from postroom.storage.database import Database, Transaction

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
MOST_COUNTED: Final = 64
"""Failures of a name or network that are counted; at that number every delay has long been the longest."""

LONGEST_NAME: Final = 320
BAN_PRIORITY: Final = 100
"""The priority of a ban that is an IP range."""

_NETWORKS_KEPT: Final = 20_000
_OF_AN_IPV6_HOME: Final = 64


@dataclass(frozen=True, slots=True)
class Ban:
    """An address (IPv6: a /64 network) that may not log in; times in UTC microseconds."""

    network: str
    reason: str
    created: int
    expires: int


@dataclass(frozen=True, slots=True)
class BanChanged:
    """News: a network is banned, or not any more (None)."""

    network: str
    ban: Ban | None


@dataclass(frozen=True, slots=True)
class LoginFailed:
    """News: a login from this network failed somewhere."""

    network: str


class Failures:
    """Counts failed logins and holds the bans of the server; `clock()` gives seconds since 1970."""

    def __init__(self, database: Database, settings: Callable[[], Settings], clock: Callable[[], float]) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._bans: dict[str, Ban] = {}
        self._failed: Recent[bool] = Recent(_NETWORKS_KEPT)

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read bans and networks with failures by `read(sql)`."""
        for row in await read("SELECT network, reason, created, expires FROM ban"):
            self.hear_ban(BanChanged(row[0], Ban(*row)))
        for (network,) in await read("SELECT DISTINCT network FROM login_failure"):
            self.hear_failure(LoginFailed(network))

    def hear_ban(self, news: BanChanged) -> None:
        """Follow a ban of any process."""
        self._bans.pop(news.network, None)
        if news.ban:
            self._bans[news.network] = news.ban

    def hear_failure(self, news: LoginFailed) -> None:
        """Follow a failure in any process."""
        self._failed.put(news.network, value=True)

    def banned(self, ip: str) -> bool:
        """Tell whether an address is banned now."""
        if not self._bans:
            return False
        ban = self._bans.get(network_of(ip))
        return ban is not None and ban.expires > self._now()

    async def count(self, ip: str, name: str) -> tuple[float, bool]:
        """Count a failed login; returns the seconds that its answer should take, and whether the address is banned now."""
        settings = self._settings()
        loopback = is_loopback(ip)
        if loopback and not settings.limit_loopback:
            return 0.0, False
        attempts = settings.max_invalid_logon_attempts if settings.auto_ban_on_logon_failure and not loopback else 0
        within, lasting = settings.max_invalid_logon_attempts_within * MINUTE, settings.auto_ban_minutes * MINUTE
        failures, banned = await self._database.transact(
            CONTROL, count_failure, network_of(ip), name[:LONGEST_NAME], self._now(), within, attempts, lasting, settings.ip_ranges
        )
        return min(settings.login_delay * 2.0 ** (failures - 1), settings.max_login_delay), banned

    async def forgive(self, ip: str, name: str) -> None:
        """Forget the failures of a name from an address once it has logged in from there; those of other names stay counted."""
        network = network_of(ip)
        if self._failed.get(network):
            await self._database.transact(CONTROL, forget_failures, network, name[:LONGEST_NAME])

    async def clear(self) -> None:
        """Forget all failures that were counted; bans in force stay."""
        await self._database.transact(CONTROL, clear_failures)

    async def ban(self, ip: str, minutes: int, reason: str) -> Ban:
        """Ban an address for some minutes; raises DirectoryError for this machine's own and for what is no address."""
        if is_loopback(ip):
            raise DirectoryError("This machine itself is never banned.")
        now = self._now()
        ban = Ban(_checked(ip), reason[:LONGEST_NAME], now, now + minutes * MINUTE)
        await self._database.transact(CONTROL, store_ban, ban)
        return ban

    async def lift(self, ip: str) -> None:
        """Lift a ban and forget the failures that led to it; raises NotFound."""
        await self._database.transact(CONTROL, lift_ban, _checked(ip.partition("/")[0]))

    def bans(self) -> list[Ban]:
        """List the bans in force, the newest first."""
        now = self._now()
        return sorted((ban for ban in self._bans.values() if ban.expires > now), key=lambda ban: -ban.created)

    def _now(self) -> int:
        return int(self._clock() * SECOND)


def count_failure(
    transaction: Transaction, network: str, name: str, now: int, within: int, attempts: int, lasting: int, ranged: bool = False
) -> tuple[int, bool]:
    """Count a failed login and ban the network at the `attempts`th (0: never); returns the larger count and whether it is banned.

    With `ranged` the ban is an IP range, as hMailServer has it (object model 12.16).
    """
    transaction.execute("DELETE FROM login_failure WHERE at <= ?", (now - within,))
    row = (transaction.next_id("login_failure"), network, name, now)
    transaction.execute("INSERT INTO login_failure (id, network, name, at) VALUES (?, ?, ?, ?)", row)
    here = len(transaction.execute("SELECT 1 FROM login_failure WHERE network = ? LIMIT ?", (network, max(MOST_COUNTED, attempts))))
    named = len(transaction.execute("SELECT 1 FROM login_failure WHERE name = ? LIMIT ?", (name, MOST_COUNTED)))
    banned = bool(attempts) and here >= attempts
    if banned:
        transaction.execute("DELETE FROM login_failure WHERE network = ?", (network,))
        if ranged:
            store_range(transaction, network, name, now + lasting)
        else:
            store_ban(transaction, Ban(network, f"{here} failed logins, the last as {name}", now, now + lasting))
    else:
        transaction.announce(LoginFailed(network))
    return min(max(here, named), MOST_COUNTED), banned


def forget_failures(transaction: Transaction, network: str, name: str) -> None:
    """Forget the failures of a name from a network."""
    transaction.execute("DELETE FROM login_failure WHERE network = ? AND name = ?", (network, name))


def clear_failures(transaction: Transaction) -> None:
    """Forget all failures."""
    transaction.execute("DELETE FROM login_failure")


def store_ban(transaction: Transaction, ban: Ban) -> None:
    """Store a ban, and let go of those that are over."""
    over = "DELETE FROM ban WHERE expires <= ? OR network = ? RETURNING network"
    for (network,) in transaction.execute(over, (ban.created, ban.network)):
        transaction.announce(BanChanged(network, None))
    row = (ban.network, ban.reason, ban.created, ban.expires)
    transaction.execute("INSERT INTO ban (network, reason, created, expires) VALUES (?, ?, ?, ?)", row)
    transaction.announce(BanChanged(ban.network, ban))


def store_range(transaction: Transaction, network: str, name: str, until: int) -> None:
    """Store a range of a client that may do nothing until a time, under a name that no other has."""
    known = {found.lower() for (found,) in transaction.execute("SELECT name FROM security_range")}
    title = f"Auto-ban: {name}"[:90]
    title = next(one for one in (title, *(f"{title} ({number})" for number in range(1, len(known) + 2))) if one.lower() not in known)
    ends = ipaddress.ip_network(network)
    store_record(transaction, SecurityRange(0, title, str(ends[0]), str(ends[-1]), BAN_PRIORITY, 0, expires=True, expires_at=until))


def lift_ban(transaction: Transaction, network: str) -> None:
    """Lift a ban."""
    if not transaction.execute("DELETE FROM ban WHERE network = ? RETURNING network", (network,)):
        raise NotFound(f"{network} is not banned.")
    transaction.execute("DELETE FROM login_failure WHERE network = ?", (network,))
    transaction.announce(BanChanged(network, None))


def network_of(ip: str) -> str:
    """Give what counts as one client: an IPv4 address (also out of ::ffff:0:0/96), or the /64 that every IPv6 home has."""
    if ":" not in ip:
        return ip
    try:
        address = ipaddress.IPv6Address(ip.partition("%")[0])
    except ValueError:
        return ip
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, _OF_AN_IPV6_HOME), strict=False))


def is_loopback(ip: str) -> bool:
    """Tell whether an address is this machine's own: 127.0.0.0/8, ::1, either in the other's clothes, or '' for a UNIX socket."""
    return ip in {"", "::1"} or network_of(ip).startswith("127.") or network_of(ip) == "::/64"


def _checked(ip: str) -> str:
    try:
        ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        raise DirectoryError(f"{ip[:64]!r} is no IP address.") from None
    return network_of(ip)
