"""Links: straight to a domain, account, alias or list by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import NotFound
from postroom.directory.lists import DistributionList as ListRecord
from postroom.model.caller import Level
from postroom.model.description import CLASSES, Right, getter
from postroom.model.errors import BadIndex
from postroom.model.kinds import Integer
from postroom.model.object import Object

if TYPE_CHECKING:
    from collections.abc import Awaitable

RIGHT: Final = Right.SERVER | Right.DOMAIN | Right.AUTHENTICATED


def administers(links: Links, _: tuple[Any, ...]) -> bool:
    """Tell whether the caller administers a domain at least; what is in another one is not found (3.11)."""
    return links.context.login.level >= Level.DOMAIN


def authenticated(links: Links, _: tuple[Any, ...]) -> bool:
    """Tell whether the caller has logged in: users find their own account (3.11)."""
    return links.context.login.level >= Level.USER


class Links(Object, iid="E252D063-7E86-4FCE-B702-A5E89E0DFB48", clsid="88A65C5B-916D-4A79-948A-B0DEE0454804"):
    """Gives things by their numbers, without the way through their domain."""

    __slots__ = ()

    @getter(1, "The domain with a number.", RIGHT, rule=administers, gives="Domain")
    def Domain(self, DBID: Integer) -> Any:
        try:
            record = self.house.directory.domains.by_id(DBID)
        except NotFound:
            raise BadIndex from None
        return self._give("Domain", record, record.id)

    @getter(2, "The account with a number.", RIGHT, rule=authenticated, gives="Account")
    async def Account(self, DBID: Integer) -> Any:
        record = await _found(self.house.directory.accounts.by_id(DBID))
        login = self.context.login
        if login.level is Level.USER and (login.account is None or login.account.id != DBID):
            raise BadIndex
        return self._give("Account", record, record.domain_id)

    @getter(3, "The alias with a number.", RIGHT, rule=administers, gives="Alias")
    async def Alias(self, DBID: Integer) -> Any:
        record = await _found(self.house.directory.aliases.by_id(DBID))
        return self._give("Alias", record, record.domain_id)

    @getter(4, "The distribution list with a number.", RIGHT, rule=administers, gives="DistributionList")
    async def DistributionList(self, DBID: Integer) -> Any:
        record = await _found(self.house.directory.records.get(ListRecord, DBID))
        return self._give("DistributionList", record, record.domain_id)

    def _give(self, of: str, record: Any, domain_id: int) -> Any:
        """Make the object, if it lies in a domain of the caller's."""
        login = self.context.login
        if login.level is not Level.SERVER and (login.account is None or login.account.domain_id != domain_id):
            raise BadIndex
        made: Any = CLASSES[of].made
        return made(self.context, record)


async def _found(reading: Awaitable[Any]) -> Any:
    try:
        return await reading
    except NotFound:
        raise BadIndex from None
