"""IP ranges: what the clients of a network may do. The range with the highest priority that holds a client decides."""

from __future__ import annotations

import enum
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from postroom.directory.recent import Recent
from postroom.directory.records import Record, RecordChanged, record_of, shape
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.storage.database import Database, Row, Transaction

CLIENTS_KEPT: Final = 20_000
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Option(enum.IntFlag):
    """What a range allows and asks, in hMailServer's bits."""

    SMTP = 1
    POP3 = 2
    IMAP = 8
    LOCAL_TO_LOCAL = 64
    LOCAL_TO_REMOTE = 128
    REMOTE_TO_LOCAL = 256
    REMOTE_TO_REMOTE = 512
    SPAM_PROTECTION = 1024
    VIRUS_PROTECTION = 4096
    LOGIN_LOCAL_TO_LOCAL = 8192
    LOGIN_LOCAL_TO_REMOTE = 16384
    LOGIN_REMOTE_TO_LOCAL = 32768
    LOGIN_REMOTE_TO_REMOTE = 65536
    TLS_FOR_LOGIN = 131072


@dataclass(frozen=True, slots=True)
class SecurityRange(Record):
    """A range of IP addresses, both ends included and of one version; `options` are bits of Option.

    With `expires` it ends at `expires_at` (UTC microseconds).
    """

    TABLE: ClassVar[str] = "security_range"
    ORDER: ClassVar[str] = "expires, priority DESC, lower(name), id"

    name: str = ""
    lower: str = ""
    upper: str = ""
    priority: int = 0
    options: int = 0
    expires: bool = False
    expires_at: int = 0

    @property
    def ends(self) -> int:
        """When it ends, 0 for never."""
        return self.expires_at if self.expires else 0


USUAL: Final = (
    SecurityRange(0, "Internet", "0.0.0.0", "255.255.255.255", 10, 96203),  # noqa: S104 - a range, not a socket
    SecurityRange(0, "My computer", "127.0.0.1", "127.0.0.1", 30, 71627),
)
"""What a new server has; the first schema of the control database inserts the same."""


class Ranges:
    """The ranges of the server: looked up without waiting, followed as any process changes them. `clock()` gives seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._by_id: dict[int, SecurityRange] = {}
        self._deciding: tuple[tuple[_Address, _Address, SecurityRange], ...] = ()
        self._known: Recent[SecurityRange] = Recent(CLIENTS_KEPT)

    async def load(self, read: Callable[..., Awaitable[list[Row]]]) -> None:
        """Read all of them by `read(sql)`."""
        for row in await read(shape(SecurityRange).select):
            self._by_id[row[0]] = record_of(SecurityRange, row)
        self._sort()

    def hear(self, news: RecordChanged) -> None:
        """Follow a change made in any process."""
        self._by_id.pop(news.id, None)
        if news.record is not None:
            self._by_id[news.id] = news.record
        self._sort()

    def options(self, ip: str) -> Option:
        """Tell what a client may do: the options of the range with the highest priority that holds it, none without a range (12.1)."""
        now = int(self._clock() * 1_000_000)
        found = self._known.get(ip)
        if found is None or 0 < found.ends <= now:
            found = self._decides(ip, now)
            if found is None:
                return Option(0)
            self._known.put(ip, found)
        return Option(found.options)

    async def expire(self) -> int:
        """Remove the ranges whose time has come; returns how many."""
        now = int(self._clock() * 1_000_000)
        over = [one.id for one in self._by_id.values() if 0 < one.ends <= now]
        for number in over:
            await self._database.transact(CONTROL, remove_range, number, now)
        return len(over)

    def _decides(self, ip: str, now: int) -> SecurityRange | None:
        client = address_of(ip)
        for low, high, one in self._deciding:
            if low.version == client.version and low <= client <= high and not 0 < one.ends <= now:  # type: ignore[operator]  # of one version
                return one
        return None

    def _sort(self) -> None:
        self._known = Recent(CLIENTS_KEPT)
        ordered = sorted(self._by_id.values(), key=lambda one: (-one.priority, one.id))
        self._deciding = tuple((ipaddress.ip_address(one.lower), ipaddress.ip_address(one.upper), one) for one in ordered)


def remove_range(transaction: Transaction, number: int, now: int) -> None:
    """Remove a range that ended before a time, unless it was changed meanwhile."""
    if transaction.execute("DELETE FROM security_range WHERE id = ? AND expires = 1 AND expires_at <= ? RETURNING id", (number, now)):
        transaction.announce(RecordChanged(SecurityRange.TABLE, number, None))


def address_of(ip: str) -> _Address:
    """Read a client's address: one of IPv4 in IPv6's clothes is itself, a client of a UNIX socket is this machine."""
    address = ipaddress.ip_address(ip.partition("%")[0] or "127.0.0.1")
    return getattr(address, "ipv4_mapped", None) or address
