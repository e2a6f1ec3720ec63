"""Security ranges: what the clients of a network may do; and how ends of ranges of IP addresses are shown."""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory import ranges as directory
from postroom.directory.ranges import Option
from postroom.model.collection import RecordCollection, add, by_id, by_key, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import Member, Right, getter, method, stored
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, Date, Integer, String
from postroom.model.row import RecordRow, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping

FILTERS: Final = "mail is not tested for spam or scanned for viruses yet"
MICROSECOND: Final = 1_000_000
NETWORK: Final = ((4, "lower"), (6, "lower"))


def ip(dispid: int, of: str, text: str, pending: str = "") -> Any:
    """Declare an IP address: one that can't be read is passed by, the value stays (4.8)."""

    def write(row: Any, value: str) -> None:
        try:
            row.change(of, str(ipaddress.ip_address(value.strip())))
        except ValueError:
            return

    return Member(dispid, text, get=lambda row: row.value(of), put=write, write=Right.PARENT, type="string", pending=pending)


def refuse_range(lower: str, upper: str) -> None:
    """Raise Failed for ends of a range that don't go together (4.8)."""
    try:
        low, high = ipaddress.ip_address(lower), ipaddress.ip_address(upper)
    except ValueError:
        raise Failed("The lower IP address must be lower or the same as the upper IP address.") from None
    if low.version != high.version:
        raise Failed("The lower IP address and upper IP address must be of the same IP version type.")
    if int(low) > int(high):
        raise Failed("The lower IP address must be lower or the same as the upper IP address.")


def local_time(microseconds: int) -> dt.datetime | None:
    """Give UTC microseconds as a date in the server's time zone, None for 0."""
    return dt.datetime.fromtimestamp(microseconds / MICROSECOND) if microseconds else None  # noqa: DTZ006 - a VARIANT date is local


def microseconds(date: dt.datetime | None) -> int:
    """Read a local date as UTC microseconds."""
    return int(date.timestamp()) * MICROSECOND if date else 0


def option(dispid: int, bit: Option, text: str, pending: str = "") -> Any:
    """Declare an option of a range: a bit."""

    def write(row: Any, on: bool) -> None:
        options = row.value("options")
        row.change("options", int(options | bit if on else options & ~bit))

    return Member(dispid, text, get=lambda row: bool(row.value("options") & bit), put=write, write=Right.PARENT, type="boolean", pending=pending)


def dead(dispid: int, text: str) -> Any:
    """Declare a property that is taken and ignored, and reads as false (8.17)."""
    ignored = ("get", "put")
    return Member(dispid, text, get=lambda _: False, put=lambda *_: None, write=Right.PARENT, type="boolean", ignored=ignored)


class SecurityRanges(RecordCollection, iid="3F0053E1-2328-452F-855D-87FF63E06BE0", clsid="60A752A2-1197-4841-ADD4-CE922873E794"):
    """The IP ranges: of those that hold a client the one with the highest priority decides what it may do.

    They count while the setting `ip_ranges` is on, as it is in hMailServer's mode; a client that is in none is refused.
    """

    __slots__ = ()
    of = "SecurityRange"
    kind = directory.SecurityRange

    Item = item(0)
    ItemByDBID = by_id(1)
    Count = count(6)
    ItemByName = by_key(7, "The range of a name.", "sName")
    Delete = delete_at(2)
    DeleteByDBID = delete_by_id(3)
    Refresh = refresh(4)
    Add = add(5)

    def blank(self) -> directory.SecurityRange:
        """Give the record of a new range: all options off (5.6)."""
        return directory.SecurityRange(0, "", "0.0.0.0", "0.0.0.0")  # noqa: S104 - a range, not a socket

    @method(8, "Replaces all ranges by the two of a new server, Internet and My computer.")
    async def SetDefault(self) -> None:
        records = self.house.directory.records
        for record in await self.read():
            await records.remove(self.kind, record.id)
        for usual in directory.USUAL:
            await records.save(usual)
        await self.refresh()
        await self.house.heard()


class SecurityRange(RecordRow, iid="3B1CB89D-9248-413D-BF2A-F000E6DB5F54", clsid="B149383D-151C-4585-99F8-71876D0F14C4"):
    """A range of IP addresses and what its clients may do."""

    __slots__ = ()
    widths: ClassVar[Mapping[str, int]] = {"name": 100}

    ID = identity(0)
    Name = stored(String, 12, "name", "The name of the range, up to 100 characters; no two have the same.")
    LowerIP = ip(1, "lower", "The first address of the range, IPv4 or IPv6; what is no address is passed by.")
    UpperIP = ip(2, "upper", "The last address of the range, of the same version as the first.")
    Priority = stored(Integer, 6, "priority", "Of the ranges that hold a client the one with the highest number decides.")
    AllowSMTPConnections = option(3, Option.SMTP, "Whether its clients may connect by SMTP.")
    AllowPOP3Connections = option(5, Option.POP3, "Whether its clients may connect by POP3.")
    AllowIMAPConnections = option(11, Option.IMAP, "Whether its clients may connect by IMAP.")
    RequireAuthForDeliveryToLocal = dead(13, "No longer of any use: it is taken and ignored.")
    RequireAuthForDeliveryToRemote = dead(14, "No longer of any use: it is taken and ignored, too.")
    AllowDeliveryFromLocalToLocal = option(15, Option.LOCAL_TO_LOCAL, "Whether mail from domains of this server to its own domains is taken.")
    AllowDeliveryFromLocalToRemote = option(16, Option.LOCAL_TO_REMOTE, "Whether mail from domains of this server to others is taken.")
    AllowDeliveryFromRemoteToLocal = option(17, Option.REMOTE_TO_LOCAL, "Whether mail from other domains to those of this server is taken.")
    AllowDeliveryFromRemoteToRemote = option(18, Option.REMOTE_TO_REMOTE, "Whether mail from other domains to other domains is taken.")
    EnableSpamProtection = option(19, Option.SPAM_PROTECTION, "Whether mail from its clients is tested for spam.", FILTERS)
    IsForwardingRelay = dead(20, "No longer of any use, see IncomingRelays: it is taken and ignored.")
    EnableAntiVirus = option(21, Option.VIRUS_PROTECTION, "Whether mail from its clients is scanned for viruses.", FILTERS)
    Expires = stored(Boolean, 23, "expires", "Whether the range ends at ExpiresTime.")
    RequireSMTPAuthLocalToLocal = option(25, Option.LOGIN_LOCAL_TO_LOCAL, "Whether mail between domains of this server needs a login.")
    RequireSMTPAuthLocalToExternal = option(26, Option.LOGIN_LOCAL_TO_REMOTE, "Whether mail from domains of this server to others needs a login.")
    RequireSMTPAuthExternalToLocal = option(27, Option.LOGIN_REMOTE_TO_LOCAL, "Whether mail from other domains to those here needs a login.")
    RequireSMTPAuthExternalToExternal = option(28, Option.LOGIN_REMOTE_TO_REMOTE, "Whether mail from other domains to other domains needs a login.")
    RequireSSLTLSForAuth = option(29, Option.TLS_FOR_LOGIN, "Whether its clients may log in only over an encrypted connection.")
    Save = saves(10, Right.SERVER)
    Delete = deletes(22, Right.SERVER)

    @getter(24, "When the range ends, in the server's local time; Empty when no time is set.")
    def ExpiresTime(self) -> Date:
        return local_time(self.value("expires_at"))

    @ExpiresTime.setter()
    def set_expires_time(self, value: Date) -> None:
        self.change("expires_at", microseconds(value))

    async def check(self, record: Any) -> None:
        """Refuse what 4.8 names, in its order."""
        if not record.name:
            raise Failed("The name cannot be empty.")
        refuse_range(record.lower, record.upper)
        for other in await self.house.directory.records.list(directory.SecurityRange):
            if other.id != record.id and other.name.lower() == record.name.lower():
                raise Failed("There is already an IP range with this name.")
