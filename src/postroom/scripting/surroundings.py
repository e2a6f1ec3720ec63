"""The surroundings of helper objects: what the worker tells a script process of them, and the desk that the process makes of it."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from postroom.scripting.helpers.desk import Desk, paths_of, web_of
from postroom.scripting.helpers.dnsresolver import asked

if TYPE_CHECKING:
    from postroom.model.house import House


def facts(house: House, events: Path) -> dict[str, Any]:
    """Give what script processes are told: folders and settings, as plain values. `events` is the folder of the event scripts."""
    settings, places = house.settings, house.places
    folders = {"Events": events, "Logs": places.logs, "Temp": places.temp, "Data": places.messages}
    return {
        "folders": {name: str(folder) for name, folder in folders.items()},
        "script_root": settings.script_root,
        "script_folders": [list(pair) for pair in settings.script_folders],
        "script_run_programs": settings.script_run_programs,
        "script_http_networks": [str(network) for network in settings.script_http_networks],
        "script_http_max_size": settings.script_http_max_size,
        "script_http_timeout": settings.script_http_timeout,
        "host_name": house.name,
    }


def desk_of(told: dict[str, Any]) -> Desk:
    """Make the desk of what was told."""
    networks = tuple(ip_network(network) for network in told["script_http_networks"])
    settings: Any = SimpleNamespace(**{**told, "script_http_networks": networks})
    return Desk(
        paths=paths_of(settings, {name: Path(folder) for name, folder in told["folders"].items()}),
        web=web_of(settings),
        may_run=told["script_run_programs"],
        records=asked,
        host_name=told["host_name"],
    )
