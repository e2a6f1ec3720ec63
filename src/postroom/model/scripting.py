"""Scripting: the event scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom.model.applied import applied
from postroom.model.description import getter, method
from postroom.model.kinds import Boolean, String
from postroom.model.object import Object

if TYPE_CHECKING:
    from postroom.model.house import House

EXTENSIONS: Final = {"VBScript": "vbs", "JScript": "js", "Python": "py"}


class Scripting(Object, iid="B1EA04C0-B0B7-4638-80E4-41278CEF8C19", clsid="68A73A47-5B56-43A3-BC11-CFC436F3BA9E"):
    """Whether event scripts run, in which language, and where they lie."""

    __slots__ = ()

    Enabled = applied(Boolean, 1, "scripting.enabled")
    Language = applied(String, 2, "scripting.language")

    @method(3, "Reads the event scripts again; where the file has errors they are logged, and the scripts that were loaded before go on.")
    async def Reload(self) -> None:
        await self.house.scripts.reload()

    @method(4, "Checks the event scripts by running what stands outside of functions; gives the error, or an empty text.")
    async def CheckSyntax(self) -> String:
        return await self.house.scripts.check()

    @getter(5, "The folder of the event scripts.")
    def Directory(self) -> String:
        return str(folder(self.house))

    @getter(6, "The file of the event scripts, by the language that is set.")
    def CurrentScriptFile(self) -> String:
        return str(handlers_file(self.house))


def folder(house: House) -> Path:
    """Name the folder of the event scripts."""
    return Path(house.settings.directories.event_directory or house.places.events)


def handlers_file(house: House) -> Path:
    """Name the file of the event scripts; its ending is missing for a language that is none (events.md 1.1)."""
    return folder(house) / f"EventHandlers.{EXTENSIONS.get(house.settings.scripting.language, '')}"
