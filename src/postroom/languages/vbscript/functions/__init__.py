"""The built-in functions: importing this package fills the tables of `builtin`, which it hands on."""

from postroom.languages.vbscript.builtin import CONSTANTS, FUNCTIONS
from postroom.languages.vbscript.functions import (
    arrays,
    calendar,
    chance,
    clock,
    constants,
    conversion,
    escape,
    formatting,
    host,
    information,
    intervals,
    mathematics,
    octets,
    search,
    strings,
)

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "arrays",
    "calendar",
    "chance",
    "clock",
    "constants",
    "conversion",
    "escape",
    "formatting",
    "host",
    "information",
    "intervals",
    "mathematics",
    "octets",
    "search",
    "strings",
]
