"""Tables of VBScript expressions and what they give: read, run, and what differs told.

A line is `expression -> result`. Results are written as literals that show the subtype: "text", True, 5 (Integer), 5& (Long), 5b (Byte),
0.5d (Double), 0.5! (Single), 0.5@ (Currency), #1/31/2000 2:05:06 PM# (Date), ["a", 1] (array), Null, Empty, Nothing, or `error 13`. A line that
starts with ' is a comment, `@locale de-de` and `@clock 2024-02-29T13:14:15` begin a new run with that locale or time. ~ is the space that does
not break.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import CURRENT, Context
from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.dates import general_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import EN_US, NO_BREAK, named
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Array, Byte, Currency, Date, Long, Object, Single, Value

CLOCK = "2024-02-29T13:14:15.500000"
_WORDS = {"Null": NULL, "Empty": EMPTY, "Nothing": NOTHING, "True": True, "False": False}


class Row(NamedTuple):
    """One line of a table."""

    line: int
    context: Context
    expression: str
    result: str


def table(path: Path) -> Iterator[Row]:
    """The rows of a file, each with the run that it belongs to."""
    locale, clock = "en-us", CLOCK
    context = fresh(locale, clock)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            locale, clock = (value, clock) if name == "locale" else (locale, value) if name == "clock" else (locale, clock)
            context = fresh(locale, clock)
        elif line.strip() and not line.startswith("'"):
            expression, _, result = line.rpartition(" -> ")
            yield Row(number, context, expression.strip().replace("~", NO_BREAK), result.strip())


def fresh(locale: str, clock: str) -> Context:
    """A run in that locale, at that time."""
    found = named(locale)
    assert found is not None
    moment = datetime.fromisoformat(clock)
    return Context(locale=found, home_locale=found, clock=lambda: moment)


def outcome(row: Row) -> str:
    """What the engine makes of the expression, as a table writes it."""
    sink = Sink()
    try:
        Run({"Sink": sink}, context=row.context).load(compile_text(f"Sink.Take {row.expression}"))
    except VBScriptError as error:
        return f"error {error.number}"
    return shown(sink.value)


class Sink(Object):
    """Where an expression's value goes."""

    def __init__(self) -> None:
        self.value: Value = EMPTY

    def get(self, name: str, args: list[Value]) -> Value:
        (self.value,) = args
        return EMPTY


def shown(value: Value) -> str:
    """A value as a table writes it."""
    if isinstance(value, str):
        return f'"{value}"'.replace(NO_BREAK, "~")
    if type(value) is Array:
        return f"[{', '.join(map(shown, value.items))}]"
    if type(value) is Date:
        return f"#{general_text(value, EN_US)}#"
    for word, one in _WORDS.items():
        if one is value:
            return word
    token = CURRENT.set(Context())
    try:
        return to_text(value) + {int: "", Long: "&", Byte: "b", float: "d", Single: "!", Currency: "@"}[type(value)]
    finally:
        CURRENT.reset(token)
