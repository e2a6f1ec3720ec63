"""Domains and their other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.directory import domains as directory
from postroom.model.caller import Level
from postroom.model.collection import Collection, add, by_id, by_key, count, delete_by_id, item, refresh
from postroom.model.description import Right, child, getter, method, stored
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.row import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

MEGABYTE = 1 << 20


class Domains(Collection, iid="2CDFD68F-62F2-49CF-A14A-505E7F68EE9C", clsid="82AFD03C-58A4-4F04-8277-6B2812780E45"):
    """The domains of the server: all of them for a server administrator, else the caller's own (3.9)."""

    __slots__ = ()
    of = "Domain"

    Item = item(0, Right.AUTHENTICATED)
    Count = count(2, Right.AUTHENTICATED)
    ItemByName = by_key(4, "The domain of a name.", read=Right.AUTHENTICATED)
    ItemByDBID = by_id(5, Right.AUTHENTICATED)
    Refresh = refresh(1, Right.SERVER | Right.AUTHENTICATED)
    Add = add(3, Right.SERVER)
    DeleteByDBID = delete_by_id(7, Right.SERVER)

    async def read(self) -> Sequence[directory.Domain]:
        """Read those that the caller may see."""
        login, known = self.context.login, self.house.directory.domains.list()
        own = login.account.domain_id if login.account else 0
        return known if login.level is Level.SERVER else [one for one in known if one.id == own]

    def blank(self) -> directory.Domain:
        """Give the record of a new domain (5.1)."""
        return directory.Domain(0, "", active=False, plus_addressing=False)

    @getter(6, "A line for each domain: id, tab, name, tab, 1 when it is active.", Right.AUTHENTICATED)
    def Names(self) -> String:
        return "".join(f"{one.id}\t{one.name}\t{int(one.active)}\r\n" for one in self.house.directory.domains.list())


class Domain(Row, iid="3F50C3AF-67C0-4628-91D6-E2EAC7786830", clsid="C535E4AF-9DB3-41FC-B434-FFCDAE0EFBD5"):
    """A domain whose mail this server takes."""

    __slots__ = ()

    Name = stored(String, 1, "name", "The domain, such as example.com.", put=Right.DOMAIN)
    ID = stored(Integer, 3, "id", "Its number; 0 until it is saved.", put=None)
    Active = stored(Boolean, 4, "active", "Whether its mail is taken and its accounts may log in.", Right.DOMAIN, Right.DOMAIN)
    MaxSize = stored(
        Integer,
        18,
        "max_size",
        "What the limits of its accounts may add up to, in megabytes; 0 is no limit.",
        Right.SERVER,
        Right.DOMAIN,
        show=lambda size: size // MEGABYTE,
        take=lambda size: size * MEGABYTE,
    )

    Accounts = child("Accounts", 5, "The accounts of the domain; for a user only the own one.", Right.DOMAIN)

    @method(2, "Stores the domain.", Right.DOMAIN)
    async def Save(self) -> None:
        await self.save()

    @method(6, "Deletes the domain with everything in it.", Right.SERVER)
    async def Delete(self) -> None:
        await self.delete()

    async def store(self) -> directory.Domain:
        """Add it, or store what was changed."""
        domains, edits = self.house.directory.domains, dict(self.edits or {})
        if not self.record.id:
            settings = {name: getattr(self.record, name) for name in directory.CHANGEABLE}
            return await domains.add(edits.pop("name", ""), **{**settings, **edits})
        return await domains.set(self.record.name, **edits)

    async def remove(self) -> None:
        """Remove the domain."""
        await self.house.directory.domains.remove(self.record.name)
