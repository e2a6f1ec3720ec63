"""The objects that scripts create, by the names that Windows knows them by."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.dictionary import Dictionary
from postroom.scripting.helpers.filesystemobject import FileSystemObject
from postroom.scripting.helpers.regexp import RegExp

CANNOT_CREATE: Final = 429
_VERSION: Final = re.compile(r"(\.[0-9]{1,2}){1,2}$")

CLASSES: Final[Mapping[str, Callable[[Desk], Object]]] = {
    "scripting.dictionary": lambda _: Dictionary(),
    "scripting.filesystemobject": lambda desk: FileSystemObject(desk.paths, desk.streams),
    "vbscript.regexp": lambda _: RegExp(),
}
"""The classes by ProgID: lower case, without version."""


def create(progid: str, desk: Desk) -> Object:
    """Make an object by its ProgID, in any case and version; raises 429 with the name for one that there isn't."""
    name = progid.strip().lower()
    make = CLASSES.get(name) or CLASSES.get(_VERSION.sub("", name))
    if make is None:
        raise VBScriptError(
            CANNOT_CREATE, detail=f"{progid[:100]}: there is no such object in this server; the manual lists those that scripts may create"
        )
    return make(desk)
