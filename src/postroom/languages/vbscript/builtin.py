"""How a built-in function is declared, and the tables that hold them."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from postroom.languages.vbscript.values import Value

_Function = TypeVar("_Function", bound=Callable[..., Value])


class Builtin(NamedTuple):
    """A function of the language: its name as documented, how many arguments it takes (`most` None: any number), and what computes it."""

    name: str
    least: int
    most: int | None
    function: Callable[..., Value]


FUNCTIONS: Final[dict[str, Builtin]] = {}
"""Lower-case name to function."""

CONSTANTS: Final[dict[str, Value]] = {}
"""Lower-case name to value: vbCrLf, vbInformation ..."""


def builtin(name: str, least: int = 0, most: int | None = -1) -> Callable[[_Function], _Function]:
    """Declare a function: `@builtin("InStr", 2, 4)`; without `most` it takes exactly `least` arguments, with None any number above."""

    def declare(function: _Function) -> _Function:
        FUNCTIONS[name.lower()] = Builtin(name, least, least if most == -1 else most, function)
        return function

    return declare
