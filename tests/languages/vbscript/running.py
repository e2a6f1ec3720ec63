"""Runs programs of the tables: WScript.Echo writes what they compare."""

from collections.abc import Mapping

from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Object, Value


class Screen(Object):
    """WScript, as far as Echo."""

    type_name = "WScript"

    def __init__(self) -> None:
        self.lines: list[str] = []

    def get(self, name: str, args: list[Value]) -> Value:
        if name != "echo":
            raise VBScriptError(438)
        self.lines.append(" ".join(shown(arg) for arg in args))
        return EMPTY


def shown(value: Value) -> str:
    """A value as text, where Null and Nothing have one too."""
    return "Null" if value is NULL else "Nothing" if value is NOTHING else to_text(value)


def output(program: str, host: Mapping[str, Value] | None = None, context: Context | None = None) -> str:
    """What a program echoes, lines joined by "|"; an error that nobody caught is the last: `!13`."""
    screen = Screen()
    run = Run({"WScript": screen, **(host or {})}, context=context)
    try:
        run.load(compile_text(program))
        run.close()
    except VBScriptError as error:
        screen.lines.append(f"!{error.number}")
    return "|".join(screen.lines)


def value_of(expression: str) -> str:
    """The text of an expression's value, `!13` for an error."""
    return output(f"WScript.Echo {expression}")
