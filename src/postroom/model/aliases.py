"""Aliases: addresses that stand for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory import aliases as directory
from postroom.directory.errors import DirectoryError, NotFound
from postroom.formats.address import Address, AddressError
from postroom.model.accounts import shown
from postroom.model.collection import Collection, add, by_id, by_key, count, delete_at, delete_by_id, item, refresh
from postroom.model.description import Right, stored
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.names import refuse_elsewhere, refuse_taken
from postroom.model.row import FAILED, LONGEST_TEXT, Row, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGE: Final = 10_000


def joined(written: Sequence[str]) -> str:
    """Show destinations: one address, or several parted by commas."""
    return ",".join(written)


def parted(value: str) -> tuple[str, ...]:
    """Read what `joined` shows."""
    return tuple(text for part in value.split(",") if (text := part.strip())) or ("",)


class Aliases(Collection, iid="11AA2C23-66BA-4DE0-92AB-C4F8DCC21D32", clsid="1FE5E5F1-870A-4139-9EC1-DFFA3A9A58C8"):
    """The aliases of a domain."""

    __slots__ = ()
    of = "Alias"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    ItemByName = by_key(7, "The alias at an address.", "Name")
    Delete = delete_at(2, fails=True)
    Refresh = refresh(3)
    Add = add(4, Right.DOMAIN)
    DeleteByDBID = delete_by_id(6)

    async def read(self) -> Sequence[directory.Alias]:
        """Read them by address."""
        if not self.parent.value("id"):
            return []
        name: str = self.parent.record.name
        found: list[directory.Alias] = []
        while page := await self.house.directory.aliases.list(name, found[-1].address.key if found else "", PAGE):
            found += page
        return found

    async def seek(self, key: str) -> Sequence[directory.Alias]:
        """Read the alias of an address or an id."""
        aliases = self.house.directory.aliases
        try:
            found = await (aliases.by_id(int(key)) if key.isdecimal() and len(key) < 19 else aliases.get(key))
        except (DirectoryError, AddressError):
            return []
        return [found] if found.domain_id == self.parent.value("id") else []

    async def part(self, after: int, most: int) -> tuple[Sequence[directory.Alias], int] | None:
        """Read a part of the domain's aliases."""
        aliases, domain = self.house.directory.aliases, self.parent.record
        if not domain.id:
            return None
        try:
            key = (await aliases.by_id(after)).address.key if after else ""
        except NotFound:
            return None
        return await aliases.list(domain.name, key, most), await aliases.count(domain.id)

    def blank(self) -> directory.Alias:
        """Give the record of a new alias (5.3)."""
        domain = self.parent.record
        return directory.Alias(0, Address("", domain.name), domain.id, (), active=False)

    def key(self, record: Any) -> str:
        """Give an alias's address."""
        return str(record.address)


class Alias(Row, iid="9420A3E9-ED5C-4699-98BE-0CBF3B7D3714", clsid="335CE9E1-32C5-4CB0-8BF6-CB925196E4D6"):
    """An address that stands for another one, or for several."""

    __slots__ = ()
    prefix = FAILED
    widths: ClassVar[Mapping[str, int]] = {"written": LONGEST_TEXT, "*": 255}

    Active = stored(Boolean, 1, "active", "Whether mail to it is taken.")
    DomainID = stored(Integer, 2, "domain_id", "The number of its domain; writing it is ignored.", ignored=("put",))
    ID = identity(3, Right.NONE)
    Name = stored(String, 4, "address", "The address of the alias.", show=shown, take=str.strip)
    Value = stored(String, 6, "written", "Where its mail goes: an address here or anywhere, or several parted by commas.", show=joined, take=parted)
    Delete = deletes(7)
    Save = saves(8)

    async def store(self) -> directory.Alias:
        """Add it, or store it whole."""
        address = shown(self.value("address"))
        await self.check(address)
        return await self.house.directory.aliases.store(self.record.id, address, self.value("written"), active=self.value("active"))

    async def check(self, address: str) -> None:
        """Refuse what 4.4 names, in its order."""
        domain = self.house.directory.domains.by_id(self.record.domain_id)
        await refuse_taken(self, address)
        refuse_elsewhere(self, address, domain, "The alias address domain does not match the owning domain name.")
        most = domain.profile.most("aliases")
        if not self.record.id and most is not None and await self.house.directory.aliases.count(domain.id) >= most:
            raise self.refused("The maximum number of aliases have been created.")

    async def remove(self) -> None:
        """Remove the alias."""
        await self.house.directory.aliases.remove(self.record.address)
