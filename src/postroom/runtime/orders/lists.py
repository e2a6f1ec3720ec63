"""Distribution lists, for commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from postroom.directory.errors import DirectoryError
from postroom.directory.lists import DistributionList, ListRecipient, Mode
from postroom.formats.address import Address, AddressError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.runtime.house import House

MODES = {"public": Mode.PUBLIC, "members": Mode.MEMBERS, "announcements": Mode.ANNOUNCEMENTS, "domain": Mode.DOMAIN}


async def list_(house: House, domain: str = "") -> list[dict[str, Any]]:
    """List the distribution lists of a domain, or all."""
    domains = [house.directory.domains.find(domain)] if domain else house.directory.domains.list()
    return [await _shown(house, one) for found in domains for one in await house.directory.lists.list(found.id)]


async def show(house: House, address: str) -> dict[str, Any]:
    """Show one list with its recipients."""
    return await _shown(house, await house.directory.lists.get(address))


async def add(house: House, address: str, recipients: Sequence[str] = (), **settings: Any) -> dict[str, Any]:
    """Add a list with recipients."""
    places = [_address(text) for text in recipients]
    one = await house.directory.lists.save(_changed(DistributionList(address=address), settings))
    for place in places:
        await house.directory.records.save(ListRecipient(list_id=one.id, address=place))
    return await _shown(house, one)


async def set_(house: House, of: str, add: Sequence[str] = (), remove: Sequence[str] = (), settings: dict[str, Any] | None = None) -> dict[str, Any]:
    """Change a list, and who is on it; one that is on it already is not added again."""
    one = await house.directory.lists.get(of)
    known = {recipient.address.lower(): recipient for recipient in await house.directory.records.list(ListRecipient, one.id)}
    more = [place for place in map(_address, add) if place.lower() not in known]
    for text in remove:
        if text.lower() not in known:
            raise DirectoryError(f"{text[:320]} is not on the list {one.address}.")
    one = await house.directory.lists.save(_changed(one, settings or {}))
    for place in dict.fromkeys(more):
        await house.directory.records.save(ListRecipient(list_id=one.id, address=place))
    for text in remove:
        await house.directory.records.remove(ListRecipient, known[text.lower()].id)
    return await _shown(house, one)


async def remove(house: House, address: str) -> None:
    """Remove a list with its recipients."""
    await house.directory.lists.remove((await house.directory.lists.get(address)).id)


def _changed(one: DistributionList, settings: dict[str, Any]) -> DistributionList:
    if "mode" in settings:
        settings = {**settings, "mode": MODES.get(settings["mode"], Mode.PUBLIC)}
    return replace(one, **settings)


def _address(text: str) -> str:
    try:
        return str(Address.parse(text.strip()))
    except AddressError as error:
        raise DirectoryError(f"{text[:320]!r} is no address. {error}") from None


async def _shown(house: House, one: DistributionList) -> dict[str, Any]:
    names = {mode: name for name, mode in MODES.items()}
    recipients = await house.directory.records.list(ListRecipient, one.id)
    return {
        "address": one.address,
        "active": one.active,
        "mode": names.get(Mode(one.mode) if one.mode in set(Mode) else Mode.PUBLIC, "public"),
        "sender": one.sender,
        "login_required": one.require_auth,
        "recipients": [recipient.address for recipient in recipients],
    }


ORDERS = (list_, show, add, set_, remove)
