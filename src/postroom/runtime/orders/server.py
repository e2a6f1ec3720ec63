"""The running server, for commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from postroom.errors import PostroomError
from postroom.model.enumerations import eServerState
from postroom.runtime.serving import NotServing

if TYPE_CHECKING:
    from postroom.model.house import Server
    from postroom.runtime.doors import Doors
    from postroom.runtime.house import House


async def status(house: House, doors: Doors | None) -> dict[str, Any]:
    """Tell that the server runs, whether it takes and sends mail, and how many connections its first worker holds."""
    server = doors.model.server if doors is not None and doors.model is not None else NotServing()
    return {
        "running": doors is not None,
        "serving": server.state == eServerState.hStateRunning,
        "process": os.getpid(),
        "data": str(house.config.data),
        "connections": doors.count if doors else {},
    }


async def reload(_house: House, doors: Doors | None) -> None:
    """Read the certificates anew."""
    if doors is None:
        raise PostroomError("No server runs here, so there is nothing to reload.")
    doors.reload()
    doors.reload_others()


async def pause(_house: House, doors: Doors | None) -> None:
    """Close the ports of mail and let the queue rest."""
    await _server(doors).stop()


async def resume(_house: House, doors: Doors | None) -> None:
    """Open the ports, as they are configured now, and go on with the mail."""
    await _server(doors).start()


def _server(doors: Doors | None) -> Server:
    if doors is None or doors.model is None:
        raise PostroomError("No server runs here: `postroom serve` starts one.")
    return doors.model.server


ORDERS = (status, reload, pause, resume)
