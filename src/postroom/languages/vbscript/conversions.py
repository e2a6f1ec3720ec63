"""From one subtype to another, as Variant rules want it.

Objects are asked for their default value first. Errors: 94 for Null, 13 for what has no such meaning, 6 out of range, 91 for Nothing, 438 for an
object without default member.
"""

from fractions import Fraction
from typing import Any, Final

from postroom.languages.vbscript.dates import date_text, read_date
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.numbers import CURRENCY_UNIT, currency_text, float_text, read_number, rounded, single
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Byte, Currency, Date, Long, Object, Single, Value

_DEEPEST: Final = 20
"""Default members that lead to objects: so many steps are followed."""
FIRST_DATE: Final = -657434.0
END_OF_DATES: Final = 2958466.0
"""1 January 100, and the day after 31 December 9999."""


_PLAIN: Final = frozenset({str, bool, int, Long, float})


def plain(value: Value) -> Value:
    """Give the value, for an object that of its default member; raises 91 for Nothing."""
    if type(value) in _PLAIN:
        return value
    for _ in range(_DEEPEST):
        if value is NOTHING:
            raise VBScriptError(91)
        if not isinstance(value, Object):
            return value
        value = value.get("", [])
    raise VBScriptError(13)


def to_text(value: Value) -> str:
    """Make a String."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is bool:
        return "True" if value else "False"
    if isinstance(value, int):
        return int.__repr__(value)
    if value is EMPTY:
        return ""
    if kind is Date:
        return date_text(value)
    if isinstance(value, float):
        return float_text(value)
    if kind is Currency:
        return currency_text(value)
    return to_text(_scalar(value))


def _scalar(value: Value) -> Value:
    """Tell what is left to try of a value that is no number and no text: an object's default value; raises else."""
    if value is NULL:
        raise VBScriptError(94)
    if value is MISSING or type(value) is Array:
        raise VBScriptError(13)
    found = plain(value)
    if found is value:
        raise VBScriptError(13)
    return found


def to_number(value: Value) -> Any:
    """Make a number for arithmetic, its subtype kept: int (a Boolean gives -1 or 0, Empty 0), float (a text gives Double) or Currency."""
    kind = type(value)
    if kind is bool:
        return -1 if value else 0
    if isinstance(value, int | float) or kind is Currency:
        return value
    if value is EMPTY:
        return 0
    if kind is str:
        return text_number(value)
    return to_number(_scalar(value))


def text_number(text: str) -> float:
    """Give the Double that a text means; raises 13."""
    number = read_number(text)
    if number is None:
        raise VBScriptError(13, detail=f'[string: "{text[:32]}"]')
    return number


def to_float(value: Value) -> float:
    """Make a plain Double."""
    number = to_number(value)
    return number.scaled / CURRENCY_UNIT if type(number) is Currency else float(number)


def to_whole(value: Value, least: int, most: int) -> int:
    """Make a plain int within bounds, halves rounded to even; raises 6 beyond them."""
    number = to_number(value)
    if type(number) is Currency:
        whole, rest = divmod(number.scaled, CURRENCY_UNIT)
        number = whole + (rest > CURRENCY_UNIT // 2 or (rest == CURRENCY_UNIT // 2 and whole % 2))
    elif isinstance(number, float):
        number = rounded(number)
    if not least <= number <= most:
        raise VBScriptError(6)
    return int(number)


def to_int(value: Value) -> int:
    """Make a whole number of 32 bits as plain int: positions, lengths, counts, flags, subscripts."""
    if type(value) is int:
        return int(value)
    return to_whole(value, -0x80000000, 0x7FFFFFFF)


def to_integer(value: Value) -> int:
    """Make an Integer (16 bits)."""
    return to_whole(value, -0x8000, 0x7FFF)


def to_long(value: Value) -> Long:
    """Make a Long (32 bits)."""
    return Long(to_whole(value, -0x80000000, 0x7FFFFFFF))


def to_byte(value: Value) -> Byte:
    """Make a Byte."""
    return Byte(to_whole(value, 0, 255))


def to_double(value: Value) -> float:
    """Make a Double."""
    return float(to_float(value))


def to_single(value: Value) -> Single:
    """Make a Single, rounded to 32 bits."""
    return single(to_float(value))


def to_currency(value: Value) -> Currency:
    """Make a Currency, rounded to four places, halves to even."""
    number = to_number(value)
    if type(number) is Currency:
        return number
    if isinstance(number, int):
        return Currency(number * CURRENCY_UNIT)
    if not abs(number) < 1e15:  # also what is no number
        raise VBScriptError(6)
    # Beyond 53 bits the product as a float would lose the last places of a large amount.
    exact = number * CURRENCY_UNIT if abs(number) < 2**53 / CURRENCY_UNIT else Fraction(number) * CURRENCY_UNIT
    return Currency(round(exact))


def to_date(value: Value) -> Date:
    """Make a Date; a text is read as a date first, then as a number of days."""
    if type(value) is str:
        days = read_date(value)
        return checked_date(text_number(value) if days is None else days)
    if value is not NULL and (value is NOTHING or isinstance(value, Object)):
        return to_date(plain(value))
    return checked_date(to_float(value))


def checked_date(days: float) -> Date:
    """Make a Date of so many days; raises 6 outside of the years 100 to 9999."""
    if not FIRST_DATE - 1 < days < END_OF_DATES:
        raise VBScriptError(6)
    return Date(days)


def to_bool(value: Value) -> bool:
    """Make a Boolean; the texts True and False in any case, other texts as numbers."""
    kind = type(value)
    if kind is bool:
        return bool(value)
    if kind is str:
        word = value.strip().lower().strip("#")
        return word == "true" or (word != "false" and text_number(value) != 0)
    if isinstance(value, Object) or value is NOTHING:
        return to_bool(plain(value))
    number = to_number(value)
    return bool(number.scaled if type(number) is Currency else number)


def truth(value: Value) -> bool:
    """Tell what a condition makes of a value: as `to_bool`, but Null is false."""
    return value is True or (value is not False and value is not NULL and to_bool(value))
