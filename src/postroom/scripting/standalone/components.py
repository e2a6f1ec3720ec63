"""CreateObject of what is not the server's: the helper objects, with all that the user who started the script may do."""

from __future__ import annotations

import string
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postroom.languages.vbscript.errors import VBScriptError

if TYPE_CHECKING:
    from postroom.languages.vbscript.values import Value

UNIX_DRIVE = "Z"
"""The drive as which a script sees the whole machine where there are no drives."""


def component(progid: str) -> Value:
    """Make a helper object by its ProgID; raises 429 with the name."""
    try:
        helpers = import_module("postroom.scripting.helpers")
    except ImportError:
        raise VBScriptError(429, detail=progid[:100]) from None
    return helpers.create(progid, desk())


@cache
def desk() -> Any:
    """Make what helper objects work on: every drive, relative paths from the current folder, programs may be run."""
    paths = import_module("postroom.scripting.helpers.paths")
    drives = {letter: Path(f"{letter}:\\") for letter in string.ascii_uppercase} if sys.platform == "win32" else {UNIX_DRIVE: Path("/")}
    known = paths.Paths([paths.Mount(f"{letter}:\\", place) for letter, place in drives.items() if place.exists()])
    here = str(Path.cwd())
    known.current = paths.parse(here if sys.platform == "win32" else f"{UNIX_DRIVE}:{here}")
    return import_module("postroom.scripting.helpers.desk").Desk(paths=known, may_run=True)
