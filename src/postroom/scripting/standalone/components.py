"""CreateObject of what is not the server's: the helper objects, over all folders that the user has."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from postroom.languages.vbscript.errors import VBScriptError

if TYPE_CHECKING:
    from postroom.languages.vbscript.values import Value


def component(progid: str) -> Value:
    """Make a helper object by its ProgID; raises 429 with the name."""
    try:
        helpers = import_module("postroom.scripting.helpers")
    except ImportError:
        raise VBScriptError(429, detail=progid[:100]) from None
    return helpers.create(progid, import_module("postroom.scripting.helpers.desk").Desk(may_run=True))
