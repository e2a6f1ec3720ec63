"""Arithmetic and concatenation by Variant's rules.

Null makes Null; Empty counts as 0 or ""; a Boolean as -1 or 0; a text as Double. What is too large for an Integer becomes a Long, for a Long
a Double.
"""

from collections.abc import Callable
from typing import Any, Final

from postroom.languages.vbscript.conversions import checked_date, plain, to_float, to_int, to_number, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.numbers import CURRENCY_UNIT, rounded, single
from postroom.languages.vbscript.values import EMPTY, NULL, Byte, Currency, Date, Long, Single, Value

LONGEST_TEXT: Final = 1 << 28
"""Characters of a text: `x = x & x` in a loop ends with error 14 before it eats the machine."""
_INFINITY: Final = float("inf")
_WHOLE: Final = frozenset({int, Long})


def add(left: Value, right: Value) -> Value:
    """Compute `left + right`: a sum, or the concatenation of two texts."""
    if type(left) is int and type(right) is int:
        total = left + right
        return total if -0x8000 <= total <= 0x7FFF else Long(total)
    if type(left) in _WHOLE and type(right) in _WHOLE:
        return fitted(left + right, left, right)
    if type(left) is str and type(right) is str:
        return bounded(left, right)
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    if (left is EMPTY) != (right is EMPTY):
        return right if left is EMPTY else left
    if type(left) is str and type(right) is str:
        return bounded(left, right)
    return _sum(left, right, lambda one, other: one + other)


def subtract(left: Value, right: Value) -> Value:
    """Compute `left - right`."""
    if type(left) is int and type(right) is int:
        total = left - right
        return total if -0x8000 <= total <= 0x7FFF else Long(total)
    if type(left) in _WHOLE and type(right) in _WHOLE:
        return fitted(left - right, left, right)
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    return _sum(left, right, lambda one, other: one - other, minus=True)


def _sum(left: Value, right: Value, combine: Callable[[Any, Any], Any], *, minus: bool = False) -> Value:
    """Add or subtract, where a Date wins over a Currency, and a Currency over a Double; the difference of two Dates is a number."""
    one, other = to_number(left), to_number(right)
    kinds = {type(one), type(other)}
    if Date in kinds:
        total = combine(to_float(one), to_float(other))
        return total if minus and type(other) is Date and len(kinds) == 1 else checked_date(total)
    if Currency in kinds:
        return _currency_of(combine(_scaled(one), _scaled(other)))
    return fitted(combine(one, other), one, other)


def multiply(left: Value, right: Value) -> Value:
    """Compute `left * right`, where a Double wins over a Currency."""
    if type(left) is int and type(right) is int:
        product = left * right
        return product if -0x8000 <= product <= 0x7FFF else fitted(product, left, right)
    if type(left) in _WHOLE and type(right) in _WHOLE:
        return fitted(left * right, left, right)
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    one, other = to_number(left), to_number(right)
    kinds = {type(one), type(other)}
    if Currency in kinds and not kinds & {float, Date, Single}:
        return _currency_of(_divided_evenly(_scaled(one) * _scaled(other), CURRENCY_UNIT))
    if Currency in kinds or Date in kinds:
        return fitted(to_float(one) * to_float(other), 0.0, 0.0)
    return fitted(one * other, one, other)


def divide(left: Value, right: Value) -> Value:
    """Compute `left / right`: a Double, of Singles a Single; raises 11, and 6 for 0/0."""
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    one, other = to_number(left), to_number(right)
    above, below = to_float(one), to_float(other)
    if below == 0:
        raise VBScriptError(6 if above == 0 else 11)
    result = above / below
    if Single in {type(one), type(other)} and {type(one), type(other)} <= {Single, int, Byte}:
        return single(result)
    return _finite(result)


def divide_whole(left: Value, right: Value) -> Value:
    """Compute the whole quotient of left and right: both rounded to whole numbers, the quotient cut towards zero; raises 11."""
    return _whole(left, right, lambda one, other: abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1))


def modulo(left: Value, right: Value) -> Value:
    """Compute `left Mod right`: both rounded to whole numbers, the sign is the left one's; raises 11."""
    return _whole(left, right, lambda one, other: abs(one) % abs(other) * (-1 if one < 0 else 1))


def _whole(left: Value, right: Value, combine: Callable[[int, int], int]) -> Value:
    if type(left) is int and type(right) is int and right:
        return combine(left, right) if left != -0x8000 else fitted(combine(left, right), left, right)
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    one, other = to_number(left), to_number(right)
    small = isinstance(one, int) and isinstance(other, int)
    first, second = to_int(one), to_int(other)
    if second == 0:
        raise VBScriptError(11)
    result = combine(first, second)
    return fitted(result, one, other) if small else fitted(result, Long(0), 0)


def power(left: Value, right: Value) -> Value:
    """Compute `left ^ right`: a Double; raises 5 for a root of a negative number or a negative power of 0, 6 for too large a result."""
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return NULL
    one, other = to_float(left), to_float(right)
    try:
        result = one**other
    except ZeroDivisionError:
        raise VBScriptError(5) from None
    except OverflowError:
        raise VBScriptError(6) from None
    if isinstance(result, complex):
        raise VBScriptError(5)
    return _finite(result)


def negative(value: Value) -> Value:
    """Compute `-value`."""
    if type(value) is int and value != -0x8000:
        return -value
    value = plain(value)
    if value is NULL:
        return NULL
    number = to_number(value)
    if type(number) is Currency:
        return Currency(-number.scaled)
    if type(number) is Date or type(number) is Single:
        return type(number)(-number)
    return fitted(-number, number, number)


def positive(value: Value) -> Value:
    """Compute `+value`, which leaves a value as it is."""
    return plain(value)


def concatenate(left: Value, right: Value) -> Value:
    """Compute `left & right`: texts; Null counts as "" beside another value."""
    if type(left) is str and type(right) is str:
        return bounded(left, right)
    left, right = plain(left), plain(right)
    if left is NULL and right is NULL:
        return NULL
    return bounded("" if left is NULL else to_text(left), "" if right is NULL else to_text(right))


def join(*values: Value) -> Value:
    """Compute `a & b & c ...` at one go, so that a long chain neither nests nor copies."""
    parts = [plain(value) for value in values]
    if all(part is NULL for part in parts):
        return NULL
    return bounded(*[part if type(part) is str else "" if part is NULL else to_text(part) for part in parts])


def bounded(*texts: str) -> str:
    """Join texts; raises 14 for a result that is too long."""
    if sum(map(len, texts)) > LONGEST_TEXT:
        raise VBScriptError(14)
    return "".join(texts)


def fitted(result: Any, one: Any, other: Any) -> Value:
    """Give a result the subtype that its operands lead to: the narrowest of theirs that holds it."""
    kinds = (type(one), type(other))
    if isinstance(result, float):
        if Single in kinds and {*kinds} <= {Single, int, Byte, bool} and abs(result) < 3.5e38:
            return single(result)
        return _finite(float(result))
    if kinds == (Byte, Byte) and 0 <= result <= 255:
        return Byte(result)
    if Long not in kinds and -0x8000 <= result <= 0x7FFF:
        return int(result)
    return Long(result) if -0x80000000 <= result <= 0x7FFFFFFF else float(result)


def _finite(value: float) -> float:
    if value in {_INFINITY, -_INFINITY}:
        raise VBScriptError(6)
    return value


def _scaled(number: Any) -> int:
    """Ten-thousandths of a number."""
    if type(number) is Currency:
        return int(number.scaled)
    return rounded(number * CURRENCY_UNIT)


def _currency_of(scaled: int) -> Value:
    """Make a Currency, beyond its range a Double."""
    return Currency(scaled) if -(1 << 63) <= scaled < 1 << 63 else scaled / CURRENCY_UNIT


def _divided_evenly(value: int, by: int) -> int:
    """Divide, halves to the even neighbour."""
    whole, rest = divmod(value, by)
    return whole + int(rest * 2 > by or (rest * 2 == by and whole % 2 == 1))


def fold(functions: tuple[Callable[[Value, Value], Value], ...], first: Value, *rest: Value) -> Value:
    """Compute a long chain of operators from left to right."""
    for function, operand in zip(functions, rest, strict=True):
        first = function(first, operand)
    return first
