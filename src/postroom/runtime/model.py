"""The object model's house: what the model works on, wired for one process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postroom.directory.settings import SettingChanged
from postroom.model.house import House as ModelHouse
from postroom.model.house import NoScripts, Places
from postroom.network import transcript
from postroom.network.resolver import server_address
from postroom.operations.diagnostics import World
from postroom.runtime.config import shown
from postroom.runtime.hearing import Hearing
from postroom.runtime.places import places
from postroom.runtime.serving import NotServing
from postroom.runtime.sessions import machine_name
from postroom.runtime.site import name_servers, site_of

if TYPE_CHECKING:
    from postroom.model.house import EventScripts, Server
    from postroom.operations.site import Site
    from postroom.runtime.house import House


def model_house(house: House, server: Server, hearing: Hearing, started: int = 0, scripts: EventScripts | None = None) -> ModelHouse:
    """Put the model on a house; `started` is when the server began, in UTC microseconds (0: now), `scripts` are its event scripts, if any."""
    administrator, config = house.directory.administrator, house.config
    house.database.listen(_follow)

    async def site(domain: str, destination: str) -> Site:
        """Gather the facts; ports, keys and names are those of the house."""
        found = await site_of(house, domain)
        return replace(found, destination=destination or found.destination)

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
        heard=hearing.heard,
        configuration=lambda: shown(config),
        resolver=name_servers(config),
        name_servers=tuple(map(server_address, config.dns_servers)),
        places=Places(config.data, config.logs, config.file or places().configuration, config.hmailserver_home),
        others=hearing.gather,
        site=site,
        world=lambda: World(name_servers(config)),
        scripts=scripts or NoScripts(),
    )


def _follow(news: object) -> None:
    """See which conversations are wanted now, when a switch has changed: the settings themselves have heard it before."""
    if isinstance(news, SettingChanged) and news.name.startswith("logging."):
        transcript.look_anew()


def alone(house: House) -> ModelHouse:
    """Put the model on a house that no server has: for commands that work on the store by themselves."""
    return model_house(house, NotServing(), Hearing(house.database))
