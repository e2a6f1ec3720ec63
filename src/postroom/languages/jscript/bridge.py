"""The bridge between Variants and the JavaScript engine: what crosses is a primitive of both, all else marked text.

The engine can't take or give lists, texts with NUL or half a surrogate pair, whole numbers beyond 32 bits, nor more than "Python call failed" of an
exception (quickjs-ng 0.17): hence marks, and errors as `[number, text, source]`. The other side is `prelude/core.js`.
"""

import json
import math
from typing import TYPE_CHECKING, Any, Final

from _quickjs import Object as Foreign

from postroom.languages.vbscript.errors import FACILITY, VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Currency, Date, Long, Object, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.languages.jscript.run import Run

MARK: Final = "\x01"
EPOCH: Final = 25569
"""1 January 1970 in days of a Date."""
DAY: Final = 86_400_000
"""Milliseconds of a day."""


class SafeArray(Object):
    """An array of a host as a JScript program has it: only VBArray reads it."""

    __slots__ = ("array",)

    type_name = "Variant()"

    def __init__(self, array: Array) -> None:
        self.array = array

    def get(self, name: str, args: list[Value]) -> Value:
        """Answer VBArray: dimensions, lbound, ubound, getItem."""
        match name, args:
            case "dimensions", []:
                return Long(len(self.array.bounds))
            case "lbound" | "ubound", [dimension]:
                if not 1 <= dimension <= len(self.array.bounds):
                    raise VBScriptError(9)
                return Long(0 if name == "lbound" else self.array.bounds[int(dimension) - 1])
            case "getitem", _:
                return self.array.items[self.array.position([int(arg) for arg in args])]
        raise VBScriptError(438)

    def enumerate(self) -> "Iterator[Value]":
        """Give the cells."""
        return self.array.enumerate()


class Items(Object):
    """An enumeration that a program walks through."""

    __slots__ = ("iterator",)

    def __init__(self, iterator: "Iterator[Value]") -> None:
        self.iterator = iterator


class ProgramObject(Object):
    """An object or a function of the program, handed to the host: a callback, or what a member was set to."""

    __slots__ = ("foreign", "run")

    type_name = "JScriptTypeInfo"

    def __init__(self, run: "Run", foreign: Foreign) -> None:
        self.run = run
        self.foreign = foreign

    def get(self, name: str, args: list[Value]) -> Value:
        """Call it, or read or call its member, whatever the case of its name."""
        return self.run.of_program(self.foreign, "g", name, args)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to its member."""
        self.run.of_program(self.foreign, "p", name, [*args, value])

    def enumerate(self) -> "Iterator[Value]":
        """Give the values of its members, of an array its elements."""
        count = int(self.run.of_program(self.foreign, "e", "", []))
        return (self.run.of_program(self.foreign, "i", index, []) for index in range(count))


def text_out(text: str) -> str:
    """Give a text as it may cross to the program."""
    if text.isascii():
        return text if "\0" not in text and text[:1] != MARK else MARK + "t" + json.dumps(text)
    try:
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le") if any("\ud800" <= char <= "\udfff" for char in text) else text
    except UnicodeDecodeError:
        return MARK + "t" + json.dumps(text)  # a lone surrogate stays one
    return whole if "\0" not in whole and whole[:1] != MARK else MARK + "t" + json.dumps(whole)


def number_out(value: Value) -> Value:
    """Give a number as it may cross: whole ones beyond 32 bits as floating-point numbers."""
    return int(value) if -0x80000000 <= value <= 0x7FFFFFFF else float(value)


def milliseconds(date: float) -> float:
    """Give a Date as milliseconds since 1970 of its own clock: the fraction of a negative one counts forward."""
    day = math.trunc(date)
    return round((day - EPOCH + abs(date - day)) * DAY)


def date_of(ms: float) -> Date:
    """Give milliseconds since 1970 as a Date; raises 5 for a time that is none."""
    if not math.isfinite(ms):
        raise VBScriptError(5)
    days = ms / DAY + EPOCH
    day = math.floor(days)
    return Date(days if day >= 0 or days == day else day - (days - day))


def plain_out(value: Value) -> Any:
    """Give a value that is no object as it crosses to the program; `...` for one that is."""
    kind = type(value)
    if kind is str:
        return text_out(value)
    if kind is bool or kind is float:
        return value
    if value is EMPTY or value is MISSING or value is None:
        return None
    if value is NULL or value is NOTHING:
        return MARK + "n"
    if kind is Date:
        return f"{MARK}d{milliseconds(value)}"
    if kind is Currency:
        return value.scaled / 10_000
    if isinstance(value, int):
        return number_out(value)
    return float(value) if isinstance(value, float) else ...


def plain_in(value: Any) -> Value:
    """Give a primitive of the program as a Variant."""
    kind = type(value)
    if kind is int:
        return Long(value)
    if kind is float:
        return Long(value) if value.is_integer() and abs(value) <= 0x7FFFFFFF else value
    return EMPTY if value is None else value


def error_out(error: VBScriptError) -> str:
    """Give an error as it crosses to the program: its number is an HRESULT, signed."""
    return MARK + "e" + json.dumps([signed(error.number), from_units(error.description), error.source])


def signed(number: int) -> int:
    """Give the HRESULT of an error number, with the sign that JScript shows."""
    whole = FACILITY + number if 0 <= number <= 0xFFFF else number & 0xFFFFFFFF
    return whole - (1 << 32) if whole >= 1 << 31 else whole


def short(number: float) -> int:
    """Give the number of an HRESULT: JScript's own without facility, as `number & 0xFFFF` gives it; others stay."""
    whole = int(number) & 0xFFFFFFFF if math.isfinite(number) else 0
    return whole & 0xFFFF if whole & 0xFFFF0000 == FACILITY else whole - (1 << 32) if whole >= 1 << 31 else whole
