"""Runs VBScript programs with the objects that scripts create; WScript.Echo writes what the tables compare."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from languages.vbscript.running import output
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers import create
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.paths import ROOT, Mount, Paths

FOLDERS = ("Events", "Logs", "Temp", "Data", "Bin", "Database", "Addons")


def echoed(program: str, desk: Desk | None = None) -> str:
    """What a program echoes, lines joined by "|"; an error that nobody caught is the last: `!13`."""
    at = desk or Desk()
    return output(program, context=Context(create_object=lambda name, _: create(name, at)))


def attempt(function: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, int]:
    """What a function gives and 0, or None and the number of its VBScriptError."""
    try:
        return function(*args, **named), 0
    except VBScriptError as error:
        return None, error.number


def folders(top: Path, **more: Path) -> Paths:
    """A server's folders below `top`, as scripts see them; `more` are others by drive letter."""
    for name in FOLDERS:
        (top / name.lower()).mkdir(exist_ok=True)
    mounts = [Mount(f"{ROOT}\\{name}", top / name.lower(), writable=name != "Bin") for name in FOLDERS]
    return Paths(mounts + [Mount(f"{letter}:\\", path) for letter, path in more.items()])
