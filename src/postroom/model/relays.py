"""Incoming relays: servers in front of this one."""

from __future__ import annotations

from typing import Final

from postroom.directory import relays as directory
from postroom.model.collection import RecordCollection, add, by_id, by_key, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import Right, stored
from postroom.model.kinds import String
from postroom.model.ranges import ip
from postroom.model.row import RecordRow, deletes, identity, saves

PENDING: Final = "spam tests, which look behind such servers, are not built yet"


class IncomingRelays(RecordCollection, iid="49D48933-3219-4D7E-84D5-B26FE5F0E165", clsid="3E75EE53-EAA6-40A5-B2CE-9CB8D7EE9278"):
    """The servers that hand mail on to this one: spam tests look at the client before them."""

    __slots__ = ()
    of = "IncomingRelay"
    kind = directory.IncomingRelay

    Item = item(0)
    ItemByDBID = by_id(1)
    Count = count(6)
    ItemByName = by_key(7, "The relay of a name.", "sName")
    Delete = delete_at(2)
    DeleteByDBID = delete_by_id(3)
    Refresh = refresh(4)
    Add = add(5)

    def blank(self) -> directory.IncomingRelay:
        """Give the record of a new one."""
        return directory.IncomingRelay(0, "", "0.0.0.0", "0.0.0.0")  # noqa: S104 - a range, not a socket


class IncomingRelay(RecordRow, iid="088D748B-7CCE-4B8D-A103-D99DA83775AB", clsid="CB3F5F58-436C-4358-8E1C-1BE1F6D822BC"):
    """A range of addresses of servers that hand mail on to this one."""

    __slots__ = ()

    ID = identity(0)
    LowerIP = ip(1, "lower", "The first address of the range; what is no address is passed by.", PENDING)
    UpperIP = ip(2, "upper", "The last address of the range.", PENDING)
    Name = stored(String, 3, "name", "The name of the relay, up to 255 characters.")
    Delete = deletes(4, Right.SERVER)
    Save = saves(5, Right.SERVER)
