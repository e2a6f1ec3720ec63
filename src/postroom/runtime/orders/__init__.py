"""Orders: what commands ask of a house, one file a noun. They run in the server when one runs, else in the command's own process.

An order takes and returns plain values (JSON): addresses as text, sizes in bytes, times in UTC microseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.errors import PostroomError
from postroom.runtime.orders import (
    account,
    alias,
    backup,
    ban,
    dkim,
    dns,
    doctor,
    domain,
    key,
    listener,
    mail,
    queue,
    route,
    script,
    server,
    settings,
    store,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.runtime.com import RemoteObjects
    from postroom.runtime.control import Progress
    from postroom.runtime.doors import Doors
    from postroom.runtime.house import House

    Order = Callable[..., Awaitable[Any]]

ORDERS: Mapping[str, Order] = {
    f"{module.__name__.rpartition('.')[2]}.{function.__name__.rstrip('_')}": function
    for module in (account, alias, backup, ban, dkim, dns, doctor, domain, key, listener, mail, queue, route, script, server, settings, store)
    for function in module.ORDERS
}
"""All orders by name, such as `account.add`."""

WITH_PROGRESS = store.WITH_PROGRESS | backup.WITH_PROGRESS


class Orders:
    """Obeys orders on a house, and on the doors of a server when there are any."""

    def __init__(self, house: House, doors: Doors | None = None, objects: RemoteObjects | None = None) -> None:
        self._house = house
        self._doors = doors
        self._objects = objects

    async def obey(self, name: str, arguments: dict[str, Any], progress: Progress = lambda *_: None) -> Any:
        """Do what an order asks; raises PostroomError with a sentence when that can't be."""
        if name == "com" and self._objects is not None:
            return await self._objects.ordered(arguments.get("request"))
        order = ORDERS.get(name)
        if order is None:
            raise PostroomError(f"This server does not know the order {name[:60]!r}; is it older than the command?")
        extra: dict[str, Any] = {"progress": progress} if order in WITH_PROGRESS else {}
        if order in server.ORDERS or order in script.ORDERS:
            extra["doors"] = self._doors
        try:
            return await order(self._house, **arguments, **extra)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                raise PostroomError(f"The order {name} does not take these arguments: {error}.") from error
            raise
