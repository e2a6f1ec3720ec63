"""Directories: the folders of the server as administration programs and scripts are told. What is set acts at the next start (8.20)."""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import Any, Final

from postroom.errors import ConfigurationError
from postroom.model.applied import STORED_ONLY, change
from postroom.model.audit import audit
from postroom.model.description import Member, Right, getter
from postroom.model.errors import Failed
from postroom.model.files import admitted
from postroom.model.kinds import String
from postroom.model.object import Object

MOVED: Final = (
    "folders are moved in the configuration file, in hMailServer's mode by hMailServer.ini: elsewhere what is set is what programs are told"
)

FOLDERS: Final = {"program": "program", "database": "database", "data": "messages", "log": "logs", "temp": "temp", "event": "events"}


def folder(dispid: int, name: str, text: str) -> Member:
    """Declare the property of a folder: the one that was set, else the one in use; in hMailServer's mode it stands in hMailServer.ini."""
    STORED_ONLY[f"directories.{name}_directory"] = MOVED
    value_of, ours = attrgetter(f"directories.{name}_directory"), FOLDERS[name]

    async def read(instance: Any) -> str:
        ini = instance.house.places.ini
        if ini is not None:
            return str((await asyncio.to_thread(ini.folders))[ours])
        return str(value_of(instance.house.settings) or getattr(instance.house.places, ours))

    async def write(instance: Any, value: str) -> None:
        if value:
            admitted(instance.context, value, writing=True)
        if instance.house.places.ini is None:
            await change(instance, f"directories.{name}_directory", value)
        else:
            await move(instance, name, value)

    return Member(dispid, text, get=read, put=write, write=Right.PARENT, type="string", pending=MOVED)


async def move(target: Object, name: str, value: str) -> None:
    """Write where a folder is from the next start on, and write it to the audit; raises Failed."""
    ini, ours = target.house.places.ini, FOLDERS[name]
    assert ini is not None
    old = await asyncio.to_thread(ini.folders)
    try:
        await asyncio.to_thread(ini.move, ours, value)
    except ConfigurationError as error:
        raise Failed(str(error)) from None
    audit(target, "changed", {f"{name}_directory": (str(old[ours]), value)})


class Directories(Object, iid="48B534F3-2C4E-47F6-8CB0-339676B0ABF3", clsid="1969A4DF-B1B0-4A71-8196-5FD392CA3D8A"):
    """The folders of the server."""

    __slots__ = ()

    ProgramDirectory = folder(1, "program", "The folder of the program.")
    DatabaseDirectory = folder(2, "database", "The folder of the databases.")
    DataDirectory = folder(3, "data", "The folder of message files.")
    LogDirectory = folder(4, "log", "The folder of the log files.")
    TempDirectory = folder(5, "temp", "The folder of temporary files.")
    EventDirectory = folder(6, "event", "The folder of the event scripts.")

    @getter(7, "The folder of the scripts that make the databases.")
    def DBScriptDirectory(self) -> String:
        return str(self.house.places.database_scripts)
