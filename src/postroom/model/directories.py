"""Directories: the folders of the server as administration programs and scripts are told. What is set acts at the next start (8.20)."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Final

from postroom.model.applied import STORED_ONLY, change
from postroom.model.description import Member, Right, getter
from postroom.model.files import admitted
from postroom.model.kinds import String
from postroom.model.object import Object

MOVED: Final = "folders are moved in the configuration file: what is set here is what programs are told"

FOLDERS: Final = {"program": "program", "database": "database", "data": "messages", "log": "logs", "temp": "temp", "event": "events"}


def folder(dispid: int, name: str, text: str) -> Member:
    """Declare the property of a folder: the one that was set, else the one in use."""
    STORED_ONLY[f"directories.{name}_directory"] = MOVED
    value_of = attrgetter(f"directories.{name}_directory")

    def read(instance: Any) -> str:
        return str(value_of(instance.house.settings) or getattr(instance.house.places, FOLDERS[name]))

    async def write(instance: Any, value: str) -> None:
        if value:
            admitted(instance.context, value, writing=True)
        await change(instance, f"directories.{name}_directory", value)

    return Member(dispid, text, get=read, put=write, write=Right.PARENT, type="string", pending=MOVED)


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
