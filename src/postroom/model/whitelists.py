"""White lists: WhiteListAddresses, whose mail skips spam tests, and GreyListingWhiteAddresses, which greylisting lets pass."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, Final

from postroom.directory import whitelists as directory
from postroom.model.collection import RecordCollection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.description import Right, method, stored
from postroom.model.kinds import String
from postroom.model.ranges import ip
from postroom.model.row import RecordRow, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Sequence

PENDING: Final = "spam tests are not built yet"
GREYLISTING: Final = "greylisting is not built yet"


class WhiteListAddresses(RecordCollection, iid="8492EE2E-7332-4253-B93E-D8B011B47D78", clsid="FACFAF38-7BEE-48B4-A47E-D623ACCAE9AB"):
    """Who is not tested for spam, by IP address and envelope sender."""

    __slots__ = ()
    of = "WhiteListAddress"
    kind = directory.WhiteListAddress

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    async def read(self) -> Sequence[Any]:
        """Read them by their first address (2.4)."""
        return sorted(await super().read(), key=lambda record: (_number(record.lower), record.id))

    @method(7, "Deletes all of them.")
    async def Clear(self) -> None:
        await self.clear()


class WhiteListAddress(RecordRow, iid="D67457A7-3500-481F-900F-C9741C89D6AB", clsid="0B18E4F3-4423-403E-B275-1D95CBD353CE"):
    """A range of addresses, and senders, whose mail skips all spam tests."""

    __slots__ = ()

    ID = identity(1)
    LowerIPAddress = ip(2, "lower", "The first address of the range; what is no address is passed by.", PENDING)
    UpperIPAddress = ip(3, "upper", "The last address of the range.", PENDING)
    EmailAddress = stored(String, 4, "sender", "The envelope senders meant, with wildcards; empty or `*` for all.", pending=PENDING)
    Description = stored(String, 5, "description", "What it is for, up to 255 characters.")
    Save = saves(6, Right.SERVER)
    Delete = deletes(7, Right.SERVER)


class GreyListingWhiteAddresses(RecordCollection, iid="D8D54486-4CC5-4240-A4BF-DD68D9C3E85B", clsid="F8BB11B8-5DD1-438E-AF29-6E088AA0BD06"):
    """The clients that greylisting lets pass."""

    __slots__ = ()
    of = "GreyListingWhiteAddress"
    kind = directory.GreyListingWhiteAddress

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByName = by_key(7, "The one with an IP address.", "sName")
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    def key(self, record: directory.GreyListingWhiteAddress) -> str:
        """Give the address."""
        return record.address


class GreyListingWhiteAddress(RecordRow, iid="A32DF62B-043F-4C0D-81E9-F4CC3CB62F33", clsid="771EDD01-0E62-4071-AE72-88E439EC0880"):
    """A client that greylisting lets pass."""

    __slots__ = ()

    ID = identity(1)
    IPAddress = stored(String, 2, "address", "The client's IP address; `*` and `%` stand for any characters.", pending=GREYLISTING)
    Description = stored(String, 3, "description", "What it is for, up to 255 characters.")
    Save = saves(4, Right.SERVER)
    Delete = deletes(5, Right.SERVER)


def _number(address: str) -> tuple[int, int]:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return 0, 0
    return parsed.version, int(parsed)
