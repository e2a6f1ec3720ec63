"""The WScript object of a stand-alone script."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from postroom.languages.vbscript.conversions import plain, to_int, to_text
from postroom.languages.vbscript.errors import Stopped, VBScriptError
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Long, Object, Value
from postroom.scripting.standalone.arguments import Arguments
from postroom.scripting.standalone.streams import Read, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAME: Final = "Windows Script Host"
VERSION: Final = "5.812"
"""What scripts for Windows Script Host ask for."""
LONGEST_SLEEP: Final = 0x7FFFFFFF
"""Milliseconds."""


class Quit(Stopped):
    """WScript.Quit: the script has ended with a status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Script:
    """A script as it was started: its file, its arguments, the seconds that it may take (0: as many as it likes), whether anybody looks on."""

    file: Path
    arguments: Sequence[str] = ()
    seconds: int = 0
    interactive: bool = True


class WScript(Object):
    """WScript: Echo, Quit, Sleep, Arguments, the standard streams, CreateObject, and what the script is called."""

    type_name = "Object"

    def __init__(self, script: Script, create: Callable[[str], Value]) -> None:
        self.script = script
        self.arguments = Arguments(script.arguments)
        self.input, self.output, self.errors = Read(sys.stdin), Written(sys.stdout), Written(sys.stderr)
        self._create = create

    def get(self, name: str, args: list[Value]) -> Value:
        """Answer the script."""
        if args or name in {"echo", "quit"}:
            return self._done(name, args)
        found = self._told(name)
        if found is None:
            raise VBScriptError(438)
        return to_units(found) if isinstance(found, str) else found

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Set Interactive or Timeout."""
        match name:
            case "interactive":
                self.script.interactive = bool(to_int(value))
            case "timeout":
                self.script.seconds = to_int(value)
            case _:
                raise VBScriptError(438)

    def has(self, name: str) -> bool:
        """Tell whether it has a member."""
        return name in {"createobject", "getobject", "connectobject", "disconnectobject", "echo", "quit", "sleep"} or self._told(name) is not None

    def _told(self, name: str) -> Value | None:
        """Give a property; None where there is no such."""
        return _PROPERTIES[name](self) if name in _PROPERTIES else None

    def _done(self, name: str, args: list[Value]) -> Value:
        """Call a method, or take an item of a property."""
        match name, args:
            case "echo", _:
                self._echo(args)
            case "quit", ([] | [_]):
                self._quit(to_int(args[0]) if args else 0)
            case "sleep", [pause]:
                time.sleep(min(max(to_int(pause), 0), LONGEST_SLEEP) / 1000)
            case "createobject", [progid]:
                return self._create(from_units(to_text(progid)))
            case "getobject", [path]:
                raise VBScriptError(432, detail=from_units(to_text(path)))
            case (("createobject" | "getobject" | "connectobject" | "disconnectobject"), [first, *_]):
                # Events of an object arrive nowhere: the script ends before anything could happen.
                raise VBScriptError(429, f"{from_units(to_text(first))}: events of objects are not connected to procedures")
            case "arguments", [_]:
                return self.arguments.get("", args)
            case _:
                raise VBScriptError(450)
        return EMPTY

    def _echo(self, args: list[Value]) -> None:
        if self.script.interactive:
            sys.stdout.write(" ".join(echoed(arg) for arg in args) + "\n")
            sys.stdout.flush()

    def _quit(self, status: int) -> NoReturn:
        raise Quit(status)


_PROPERTIES: Final[Mapping[str, Callable[[WScript], Value]]] = {
    "": lambda _: NAME,
    "application": lambda own: own,
    "arguments": lambda own: own.arguments,
    "buildversion": lambda _: Long(0),
    "fullname": lambda _: sys.argv[0],
    "interactive": lambda own: own.script.interactive,
    "name": lambda _: NAME,
    "path": lambda _: str(Path(sys.argv[0]).absolute().parent),
    "scriptfullname": lambda own: str(own.script.file.absolute()),
    "scriptname": lambda own: own.script.file.name,
    "stderr": lambda own: own.errors,
    "stdin": lambda own: own.input,
    "stdout": lambda own: own.output,
    "timeout": lambda own: Long(own.script.seconds),
    "version": lambda _: VERSION,
}


def echoed(value: Value) -> str:
    """Give a value as Echo prints it: Windows Script Host writes True as -1."""
    value = plain(value) if isinstance(value, Object) else value
    if type(value) is bool:
        return "-1" if value else "0"
    if value is NULL or value is NOTHING:
        return "null"
    return from_units(to_text(value)).replace("\r\n", "\n")
