"""The object model's house: what the model works on, wired for one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.model.house import House as ModelHouse
from postroom.runtime.config import shown
from postroom.runtime.serving import NotServing
from postroom.runtime.sessions import machine_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.model.house import Server
    from postroom.runtime.house import House


def model_house(house: House, server: Server, heard: Callable[[], Awaitable[None]], started: int = 0) -> ModelHouse:
    """Put the model on a house; `started` is when the server began, in UTC microseconds (0: now)."""
    administrator = house.directory.administrator
    return ModelHouse(
        directory=house.directory,
        mailboxes=house.mailboxes,
        post=house.post,
        database=house.database,
        server=server,
        hostname=machine_name(),
        started=started or house.mailboxes.now(),
        administrator=administrator.check,
        has_administrator=lambda: administrator.has_password,
        heard=heard,
        configuration=lambda: shown(house.config),
    )


def alone(house: House) -> ModelHouse:
    """Put the model on a house that no server has: for commands that work on the store by themselves."""

    async def heard() -> None:
        """Nobody else is there to hear."""

    return model_house(house, NotServing(), heard)
