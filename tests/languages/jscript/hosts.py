"""Runs JScript programs of the tables: WScript.Echo writes what they compare; `d` is a dictionary as hosts offer them."""

import math
from collections.abc import Iterator, Mapping

from postroom.languages.jscript.rewriting import rewritten
from postroom.languages.jscript.run import Run
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import Stopped, VBScriptError
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Array, Currency, Date, Long, Object, Value


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
    """A value as JScript's authors would write it."""
    if type(value) is bool:
        return str(value).lower()
    if value is NULL or value is NOTHING or value is EMPTY:
        return "undefined" if value is EMPTY else "null"
    if type(value) is float and math.isnan(value):
        return "NaN"
    return to_text(value)


class Shelf(Object):
    """A dictionary with a little of everything: an indexed default, a collection, methods, properties of all types."""

    type_name = "Shelf"

    def __init__(self) -> None:
        self.kept: dict[Value, Value] = {}
        self.subject: Value = ""

    def get(self, name: str, args: list[Value]) -> Value:  # noqa: C901, PLR0912 - one case for each member
        match name, args:
            case ("" | "item", [key]):
                return self.kept.get(key, EMPTY)
            case ("", []):
                return "a shelf"
            case ("count", []):
                return Long(len(self.kept))
            case ("add", [key, value]):
                self.kept[key] = value
                return EMPTY
            case ("exists", [key]):
                return key in self.kept
            case ("keys", []):
                return Array.of(list(self.kept))
            case ("grid", []):
                return Array((1, 2), [Long(number) for number in range(6)])
            case ("subject", []):
                return self.subject
            case ("self", []):
                return self
            case ("other", []):
                return Shelf()
            case ("two", [one, other]):
                return f"{shown(one)}{shown(other)}"
            case ("kind", [value]):
                return type(value).__name__
            case ("same", [value]):
                return value
            case ("calls", [function, *rest]):
                return function.get("", rest)
            case ("reads", [thing, member]):
                return thing.get(member, [])
            case ("writes", [thing, member, value]):
                thing.put(member, [], value, by_set=False)
                return EMPTY
            case ("walks", [thing]):
                return "+".join(shown(item) for item in thing.enumerate())
        return self.special(name)

    def special(self, name: str) -> Value:  # noqa: C901 - likewise
        match name:
            case "when":
                return Date(46000.25)
            case "price":
                return Currency(12_5000)
            case "nothing":
                return NOTHING
            case "null":
                return NULL
            case "empty":
                return EMPTY
            case "big":
                return float(1 << 40)
            case "text":
                return "e\u0301\U0001f600\ud83d\0\x01n"
            case "denied":
                raise VBScriptError(70)
            case "own":
                raise VBScriptError(-2147352567, "Domain is full.", "hMailServer COM library")
            case "stop":
                raise Stopped
        raise VBScriptError(438)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        match name, args:
            case ("" | "item", [key]):
                self.kept[key] = value
            case ("subject", []):
                self.subject = value
            case ("count", _):
                raise VBScriptError(450)
            case _:
                raise VBScriptError(438)

    def enumerate(self) -> Iterator[Value]:
        return iter(list(self.kept))

    def has(self, name: str) -> bool:
        return name in {"item", "count", "add", "exists", "keys", "subject", "self", "two"}


def output(program: str, host: Mapping[str, Value] | None = None, members: tuple[Object, ...] = ()) -> str:
    """What a program echoes, lines joined by "|"; an error that nobody caught is the last: `!5007 Object expected`."""
    screen = Screen()
    run = Run({"WScript": screen, "d": Shelf(), **(host or {})}, members, Context(create_object=made))
    try:
        run.load(rewritten(program))
    except VBScriptError as error:
        screen.lines.append(f"!{error.number} {error.description}")
    run.close()
    return "|".join(screen.lines)


def made(name: str, server: str) -> Value:
    if name.lower() != "test.shelf":
        raise VBScriptError(429, detail=name)
    return Shelf()


def failure(program: str) -> VBScriptError:
    """The error with which a program ends."""
    run = Run({"WScript": Screen(), "d": Shelf()}, (), Context(create_object=made))
    try:
        run.load(rewritten(program))
    except VBScriptError as error:
        return error
    finally:
        run.close()
    raise AssertionError(program)
