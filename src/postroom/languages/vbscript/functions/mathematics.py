"""Numbers: Abs, Int, Round, the trigonometric functions, Hex and Oct, RGB. The result keeps the argument's subtype where Windows keeps it."""

import math
from typing import Any

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import plain, to_int, to_integer, to_number
from postroom.languages.vbscript.conversions import to_float as number_of
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import count_or
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.values import MISSING, NULL, Currency, Long, Value

_MOST_PLACES = 22
"""Round knows no more decimal places."""


def _number(value: Value) -> Any:
    """Give a number with its subtype, NULL for Null."""
    return NULL if value is NULL or (value := plain(value)) is NULL else to_number(value)


@builtin("Abs", 1)
def abs_(value: Value) -> Value:
    """Give the number without its sign. The smallest Integer becomes a Long, the smallest Long a Double."""
    number = _number(value)
    if number is NULL:
        return NULL
    if type(number) is Currency:
        return Currency(abs(number.scaled))
    if type(number) is int and number == -0x8000:
        return Long(0x8000)
    if type(number) is Long and number == -0x80000000:
        return float(0x80000000)
    return type(number)(abs(number))


@builtin("Sgn", 1)
def sgn(value: Value) -> Value:
    """-1, 0 or 1; Null is error 94."""
    number = to_number(value)
    size = number.scaled if type(number) is Currency else number
    return (size > 0) - (size < 0)


@builtin("Int", 1)
def int_(value: Value) -> Value:
    """Give the next whole number below."""
    return _whole(_number(value), math.floor)


@builtin("Fix", 1)
def fix(value: Value) -> Value:
    """Give the whole number towards 0."""
    return _whole(_number(value), math.trunc)


def _whole(number: Any, cut: Any) -> Value:
    if number is NULL:
        return NULL
    if type(number) is Currency:
        whole = number.scaled // CURRENCY_UNIT
        return Currency((whole + (cut is math.trunc and whole < 0 and number.scaled % CURRENCY_UNIT != 0)) * CURRENCY_UNIT)
    return type(number)(cut(number)) if isinstance(number, float) else number


@builtin("Round", 1, 2)
def round_(value: Value, places: Value = MISSING) -> Value:
    """Give the number with so many decimal places, halves to the even neighbour; whole numbers and Booleans stay what they are."""
    count = count_or(places, 0)
    if not 0 <= count <= _MOST_PLACES:
        raise VBScriptError(5)
    if value is not NULL and type(value := plain(value)) is bool:
        return value
    number = _number(value)
    if type(number) is Currency:
        return _round_currency(number, count)
    if not isinstance(number, float):
        return number
    # Scaled, rounded and scaled back, as Windows does it: 2.675 * 100 is 267.5, so Round(2.675, 2) is 2.68.
    scaled = number * 10**count
    return number if math.isinf(scaled) else type(number)(round(scaled) / 10**count)


def _round_currency(amount: Currency, places: int) -> Currency:
    if places >= 4:
        return amount
    unit = 10 ** (4 - places)
    whole, rest = divmod(amount.scaled, unit)
    up = rest * 2 > unit or (rest * 2 == unit and whole % 2 == 1)
    return Currency((whole + up) * unit)


@builtin("Sqr", 1)
def sqr(value: Value) -> Value:
    """Give the square root; error 5 of a negative number."""
    number = number_of(value)
    if number < 0:
        raise VBScriptError(5)
    return math.sqrt(number)


@builtin("Exp", 1)
def exp(value: Value) -> Value:
    """E to the power; error 6 above 709.78."""
    try:
        return math.exp(number_of(value))
    except OverflowError:
        raise VBScriptError(6) from None


@builtin("Log", 1)
def log(value: Value) -> Value:
    """Give the natural logarithm; error 5 of 0 and below."""
    number = number_of(value)
    if number <= 0:
        raise VBScriptError(5)
    return math.log(number)


@builtin("Sin", 1)
def sin(value: Value) -> Value:
    """Give the sine of an angle in radians."""
    return math.sin(number_of(value))


@builtin("Cos", 1)
def cos(value: Value) -> Value:
    """Give the cosine of an angle in radians."""
    return math.cos(number_of(value))


@builtin("Tan", 1)
def tan(value: Value) -> Value:
    """Give the tangent of an angle in radians."""
    return math.tan(number_of(value))


@builtin("Atn", 1)
def atn(value: Value) -> Value:
    """Give the angle in radians whose tangent is the number."""
    return math.atan(number_of(value))


@builtin("Hex", 1)
def hex_(value: Value) -> Value:
    """Give the number in base 16: a negative Integer as 16 bits, any other negative number as 32."""
    bits = _bits(value)
    return NULL if bits is None else f"{bits:X}"


@builtin("Oct", 1)
def oct_(value: Value) -> Value:
    """Give the number in base 8, as Hex."""
    bits = _bits(value)
    return NULL if bits is None else f"{bits:o}"


def _bits(value: Value) -> int | None:
    value = plain(value) if value is not NULL else value
    if value is NULL:
        return None
    return to_int(value) & (0xFFFF if type(value) in {int, bool} else 0xFFFFFFFF)


@builtin("RGB", 3)
def rgb(red: Value, green: Value, blue: Value) -> Value:
    """Give the number of a colour; a part above 255 counts as 255, below 0 is error 5."""
    parts = [to_integer(part) for part in (red, green, blue)]
    if min(parts) < 0:
        raise VBScriptError(5)
    return Long(sum(min(part, 255) << shift for part, shift in zip(parts, (0, 8, 16), strict=True)))
