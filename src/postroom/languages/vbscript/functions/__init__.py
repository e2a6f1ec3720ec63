"""The built-in functions: importing this package fills the tables of `builtin`."""

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
