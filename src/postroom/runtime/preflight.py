"""What can be told about a machine before a server is set up on it: its name, ports, data directory, network, clock, disk."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from postroom.directory.listeners import USUAL
from postroom.directory.settings import Settings
from postroom.errors import ConfigurationError
from postroom.network.listener import Listener, open_socket
from postroom.operations import diagnostics
from postroom.operations.diagnostics.check import Check, good, wrong
from postroom.operations.site import Port, Site, own_addresses
from postroom.runtime import control
from postroom.runtime.sessions import machine_name
from postroom.runtime.site import name_servers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.runtime.config import Configuration

LOWEST_UNPRIVILEGED = 1024


async def look(config: Configuration, hostname: str = "", addresses: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Run the checks that need no data directory."""
    name = hostname or str(config.pins.get("host_name", "")) or machine_name()
    place = _existing(config.data)
    usual = Settings()
    site = Site(
        hostname=name,
        domain=name.partition(".")[2],
        addresses=tuple(addresses) or own_addresses(),
        ports=tuple(Port(place.protocol, place.address, place.port) for place in config.listeners if not place.path)
        or tuple(Port(protocol, "", port) for protocol, port in USUAL),
        data=place,
        reserve=usual.free_space_reserve,
        blocklists=usual.diagnostic_blocklists,
        destination=usual.diagnostic_destination,
        time_server=usual.diagnostic_time_server,
    )
    checks = [data_directory(config.data, place), *(await ports(config, site))]
    checks += await diagnostics.examine(site, diagnostics.World(name_servers(config)), diagnostics.PREFLIGHT)
    return [check.as_json() for check in checks]


def data_directory(data: Path, existing: Path) -> Check:
    """See whether the data directory is, or can be made."""
    if os.access(existing, os.W_OK | os.X_OK):
        return good("data_directory", f"{data} can be used." if existing == data else f"{data} can be made.")
    fix = "Start as root (the configuration's `user` says whom the server becomes), or choose another place: `postroom init DIRECTORY`."
    return wrong("data_directory", f"{existing} can't be written by this user.", "Everything that the server keeps lies in its data directory.", fix)


async def ports(config: Configuration, site: Site) -> list[Check]:
    """See whether the ports can be opened; those of a server that runs already are its own."""
    try:
        await control.order(config.data, "server.status", {})
    except control.ServerNotRunning:
        return [await asyncio.to_thread(_port, port) for port in site.ports]
    return [good("ports", "The server runs already, and has its ports.")]


def _port(port: Port) -> Check:
    where = f"{port.protocol} at {port.address or '*'} port {port.port}"
    try:
        open_socket(Listener(port.protocol, port.address or "0.0.0.0", port.port)).close()  # noqa: S104 - as the server does
    except ConfigurationError as error:
        if port.port < LOWEST_UNPRIVILEGED and isinstance(error.__cause__, PermissionError):
            fix = "Start the server as root (the configuration's `user` says whom it becomes then), or by its systemd unit."
            return wrong("ports", f"{where} can't be opened by this user.", "Ports below 1024 belong to root.", fix)
        fix = f"Find out which program has it (`ss -ltnp sport = :{port.port}`) and stop that one."
        return wrong("ports", str(error), "The server does not start while another program has one of its ports.", fix)
    return good("ports", f"{where} is free.")


def _existing(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
