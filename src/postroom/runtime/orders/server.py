"""The running server, for commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from postroom.errors import PostroomError

if TYPE_CHECKING:
    from postroom.runtime.doors import Doors
    from postroom.runtime.house import House


async def status(house: House, doors: Doors | None) -> dict[str, Any]:
    """Tell that the server runs, and how many connections its first worker holds."""
    return {"running": doors is not None, "process": os.getpid(), "data": str(house.config.data), "connections": doors.count if doors else {}}


async def reload(_house: House, doors: Doors | None) -> None:
    """Read the certificates anew."""
    if doors is None:
        raise PostroomError("No server runs here, so there is nothing to reload.")
    doors.reload()
    doors.reload_others()


ORDERS = (status, reload)
