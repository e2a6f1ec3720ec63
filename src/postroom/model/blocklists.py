"""Block lists in the DNS: DNSBlackLists of client addresses, SURBLServers of hosts in links."""

from __future__ import annotations

from typing import Final

from postroom.directory import blocklists as directory
from postroom.model.collection import RecordCollection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.description import Right, stored
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import RecordRow, deletes, identity, saves

PENDING: Final = "spam tests are not built yet"


class DNSBlackLists(RecordCollection, iid="6B87D71F-93B7-4163-AA89-DA999A5A7239", clsid="39ECFFB4-B9EE-46C2-A84B-32D679FB3C82"):
    """The lists of client addresses that are asked about a client."""

    __slots__ = ()
    of = "DNSBlackList"
    kind = directory.DNSBlackList

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByDNSHost = by_key(7, "The list at a DNS name.", "sDNSHost")
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    def key(self, record: directory.DNSBlackList) -> str:
        """Give a list's DNS name."""
        return record.host


class DNSBlackList(RecordRow, iid="6E011153-63D9-4B86-BA97-E55D152B221D", clsid="E5907F7D-F13E-4D8A-A7DE-A29717C75A8F"):
    """A list of client addresses in the DNS."""

    __slots__ = ()

    Active = stored(Boolean, 1, "active", "Whether the list is asked.", pending=PENDING)
    ID = identity(2)
    DNSHost = stored(String, 3, "host", "The DNS name of the list, such as zen.spamhaus.org.", pending=PENDING)
    RejectMessage = stored(String, 4, "reject_message", "What a client on the list is told.", pending=PENDING)
    ExpectedResult = stored(
        String,
        5,
        "expected",
        "The answers that count, parted by `|`: addresses, with a range in the last number such as 127.0.0.2-8, or wildcards.",
        pending=PENDING,
    )
    Score = stored(Integer, 7, "score", "What a hit adds to a message's spam score.", pending=PENDING)
    Save = saves(6, Right.SERVER)
    Delete = deletes(8, Right.SERVER)


class SURBLServers(RecordCollection, iid="D6B91C3A-90C1-4943-B818-EE66119E4702", clsid="FCD94E5F-F05F-400B-8345-AFC7FDD6626E"):
    """The lists of hosts that are asked about the links of a message."""

    __slots__ = ()
    of = "SURBLServer"
    kind = directory.SURBLServer

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByDNSHost = by_key(7, "The list at a DNS name.", "sDNSHost")
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    def key(self, record: directory.SURBLServer) -> str:
        """Give a list's DNS name."""
        return record.host


class SURBLServer(RecordRow, iid="A4866EDD-F0B8-49C7-A477-57D469F7D7D4", clsid="D875AEC4-7AA0-4C93-9F8F-141324C80D17"):
    """A list of hosts in the DNS."""

    __slots__ = ()

    Active = stored(Boolean, 1, "active", "Whether the list is asked.", pending=PENDING)
    ID = identity(2)
    DNSHost = stored(String, 3, "host", "The DNS name of the list, such as multi.surbl.org.", pending=PENDING)
    RejectMessage = stored(String, 4, "reject_message", "What the sender of a message with such a link is told.", pending=PENDING)
    Score = stored(Integer, 7, "score", "What a hit adds to a message's spam score.", pending=PENDING)
    Save = saves(6, Right.SERVER)
    Delete = deletes(8, Right.SERVER)
