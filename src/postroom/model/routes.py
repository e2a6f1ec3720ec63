"""Routes: where mail for a domain goes instead of where the DNS says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory import routes as directory
from postroom.model.collection import Collection, RecordCollection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.connection import connection_security, use_ssl
from postroom.model.description import Member, Right, child, method, stored
from postroom.model.errors import Failed, Taken
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import RecordRow, Row, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECURITIES: Final = ("none", "tls", "starttls-optional", "starttls")
"""The directory's words by hMailServer's numbers."""

EVERYWHERE: Final = "*"
"""How the route for all other domains is shown."""


def word(number: int) -> str:
    """Give the directory's word for a number of ConnectionSecurity; 0 for one that there isn't."""
    return SECURITIES[number] if 0 <= number < len(SECURITIES) else SECURITIES[0]


def local_recipients(dispid: int, text: str) -> Any:
    """Declare TreatRecipientAsLocalDomain, or its older name (8.17)."""
    return stored(Boolean, dispid, "recipients_local", text)


class Routes(Collection, iid="111F318A-C087-4091-BD1F-4226230EE513", clsid="7D174A9D-D44C-4627-BE78-E5DDC513C31F"):
    """The routes of the server, with the one for all other domains."""

    __slots__ = ()
    of = "Route"

    Item = item(0)
    Count = count(1)
    ItemByName = by_key(4, "The route of a domain.")
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6)

    async def read(self) -> Sequence[directory.Route]:
        """Read them by domain."""
        return self.house.directory.routes.list()

    def blank(self) -> directory.Route:
        """Give the record of a new route (5.5)."""
        return directory.Route("", port=0, security="none")

    def key(self, record: Any) -> str:
        """Give a route's domain."""
        return record.domain or EVERYWHERE


class Route(Row, iid="F78FA851-D3D3-4A28-AFCC-A471C00781D3", clsid="3FF9BB08-7924-4418-BADA-7D959467D51B"):
    """The way to a domain: a host, the login there, and which of its addresses there are."""

    __slots__ = ()
    secrets = frozenset({"password"})
    widths: ClassVar[Mapping[str, int]] = {"*": 255}

    ID = identity(1)
    DomainName = Member(
        2,
        "The domain, which may have the wildcards `*` and `?`; `*` alone is for all that have no other route.",
        get=lambda route: route.domain_name(),
        put=lambda route, name: route.change("domain", name.strip()),
        write=Right.PARENT,
        type="string",
    )
    TargetSMTPHost = stored(String, 3, "host", "The name or address of the server that mail goes to; empty: the one that the DNS names.")
    TargetSMTPPort = stored(Integer, 4, "port", "The port of the server; 0 is 25.")
    NumberOfTries = stored(Integer, 5, "tries", "How often mail is tried; 0: as the settings say.")
    MinutesBetweenTry = stored(Integer, 6, "minutes", "How many minutes pass between two tries; 0: as the settings say.")
    AllAddresses = stored(Boolean, 7, "all_addresses", "Whether all addresses of the domain are routed, or only those of Addresses.")
    Addresses = child("RouteAddresses", 8, "The addresses of the domain that there are, unless all are routed.")
    RelayerRequiresAuth = stored(Boolean, 9, "login", "Whether the server wants a login.")
    RelayerAuthUsername = stored(String, 10, "username", "The name of the login there.")
    TreatSecurityAsLocalDomain = local_recipients(12, "The older name of TreatRecipientAsLocalDomain.")
    UseSSL = use_ssl(14)
    Description = stored(String, 15, "description", "What it is for, up to 255 characters.")
    TreatSenderAsLocalDomain = stored(Boolean, 17, "senders_local", "Whether addresses of the domain count as senders of this server.")
    TreatRecipientAsLocalDomain = local_recipients(18, "Whether mail to the domain is taken from everybody, as if it were one of this server.")
    ConnectionSecurity = connection_security(19, show=lambda text: SECURITIES.index(text), take=word)
    Save = saves(13)
    Delete = deletes(16, Right.SERVER, "Deletes the route with its addresses.")

    @method(11, "Sets the password of the login there; it can't be read.")
    def SetRelayerAuthPassword(self, newVal: String) -> None:
        self.change("password", newVal)

    def domain_name(self) -> str:
        """Show the domain: `*` for the route to all others, "" for a new one."""
        name: str = self.value("domain")
        return EVERYWHERE if not name and self.record.id else name

    async def store(self) -> directory.Route:
        """Add it, or store it whole."""
        draft = replace(self.record, **(self.edits or {}))
        name = self.domain_name()
        if not name:
            raise Failed("The route has no domain name: * stands for all domains.")
        for other in self.house.directory.routes.list():
            if other.id != draft.id and (other.domain or EVERYWHERE).lower() == name.lower():
                raise Taken("Another route with this name already exists.")
        return await self.house.directory.routes.save(replace(draft, domain="" if name == EVERYWHERE else name))

    async def remove(self) -> None:
        """Remove the route."""
        await self.house.directory.routes.remove_id(self.record.id)


class RouteAddresses(RecordCollection, iid="315BF27F-F832-4FBE-83FE-1C5A5011FAC7", clsid="2E66E5DC-DA9F-4490-A46F-E2D24C6CD151"):
    """The addresses of a routed domain that there are."""

    __slots__ = ()
    of = "RouteAddress"
    kind = directory.RouteAddress

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)

    @method(4, "Deletes the one with an address; does nothing where there is none.")
    async def DeleteByAddress(self, sAddress: String) -> None:
        for index in reversed(range(len(self.items))):
            row = self.at(index)
            if row.record.address.lower() == sAddress.strip().lower():
                await row.delete()


class RouteAddress(RecordRow, iid="FD22CA52-BBF4-45BB-9165-986B3F4B5C77", clsid="4CC5C4F5-7303-4C69-96D3-EC73ECF6F255"):
    """An address of a routed domain."""

    __slots__ = ()

    ID = identity(1)
    Address = stored(String, 2, "address", "The address, with its domain.", take=str.strip)
    RouteID = stored(Integer, 3, "route_id", "The number of the route.")
    Save = saves(4)
    Delete = deletes(5, Right.SERVER)
