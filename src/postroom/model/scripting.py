"""Scripting: the event scripts."""

from __future__ import annotations

from typing import Final

from postroom.model.applied import applied
from postroom.model.description import getter, method
from postroom.model.kinds import Boolean, String
from postroom.model.object import Object

LATER: Final = "event scripts do not run yet"
EXTENSIONS: Final = {"vbscript": "vbs", "jscript": "js", "python": "py"}


class Scripting(Object, iid="B1EA04C0-B0B7-4638-80E4-41278CEF8C19", clsid="68A73A47-5B56-43A3-BC11-CFC436F3BA9E"):
    """Whether event scripts run, in which language, and where they lie."""

    __slots__ = ()

    Enabled = applied(Boolean, 1, "scripting.enabled", pending=LATER)
    Language = applied(String, 2, "scripting.language", pending=LATER)

    @method(3, "Reads the event scripts again.", pending=LATER)
    async def Reload(self) -> None:
        """Pending."""

    @method(4, "Checks the syntax of the event scripts; gives the error, or an empty text.", pending=LATER)
    async def CheckSyntax(self) -> String:
        return ""

    @getter(5, "The folder of the event scripts.")
    def Directory(self) -> String:
        return self.house.settings.directories.event_directory or str(self.house.places.events)

    @getter(6, "The file of the event scripts.")
    def CurrentScriptFile(self) -> String:
        extension = EXTENSIONS.get(self.house.settings.scripting.language.lower(), "vbs")
        return str(self.house.places.events / f"EventHandlers.{extension}")
