"""Addresses of a domain: no two of its accounts, aliases and lists have the same (4.2, 4.4, 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.address import Address, AddressError

if TYPE_CHECKING:
    from postroom.directory.domains import Domain
    from postroom.model.row import Row


async def refuse_taken(row: Row, address: str) -> None:
    """Raise Failed when something else has the address."""
    try:
        place = Address.parse(address)
    except AddressError:
        return
    directory = row.house.directory
    domain = directory.domains.get(place.domain)
    key = Address(place.local, domain.name).key if domain else place.key
    for kind in (directory.accounts, directory.aliases, directory.lists):
        found = (await kind.at([key])).get(key)
        own: Any = getattr(found, "list", found)
        if own is not None and (own.id, type(own)) != (row.record.id, type(row.record)):
            raise row.taken("Another object with the same name already exists in this domain.")


def refuse_elsewhere(row: Row, address: str, domain: Domain, text: str) -> None:
    """Raise Failed with a text when an address is not at the domain itself."""
    try:
        place = Address.parse(address)
    except AddressError:
        raise row.refused(text) from None
    if place.domain != domain.name:
        raise row.refused(text)
