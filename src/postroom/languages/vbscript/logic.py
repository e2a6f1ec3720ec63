"""And, Or, Xor, Eqv, Imp, Not: on Booleans by truth, on numbers bit by bit, with Null for what is not known."""

from collections.abc import Callable

from postroom.languages.vbscript.conversions import plain, to_int
from postroom.languages.vbscript.operators import fitted
from postroom.languages.vbscript.values import EMPTY, NULL, Byte, Long, Value


def _bits(value: Value) -> Value:
    """Make a value as the operators take it: Boolean, Byte, Integer, Long or Null; raises 13 and 6."""
    value = plain(value)
    kind = type(value)
    if kind is bool or value is NULL or kind in {int, Byte, Long}:
        return value
    if value is EMPTY:
        return 0
    if kind is str and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return Long(to_int(value))


def _number(value: Value) -> int:
    return -int(value) if type(value) is bool else int(value)


def _combined(left: Value, right: Value, combine: Callable[[int, int], int]) -> Value:
    result = combine(_number(left), _number(right))
    if type(left) is bool and type(right) is bool:
        return result != 0
    return fitted(result, left, right)


def both(left: Value, right: Value) -> Value:
    """Compute `left And right`: false or 0 wins over Null."""
    if type(left) is bool and type(right) is bool:
        return left and right
    left, right = _bits(left), _bits(right)
    if left is NULL or right is NULL:
        other = right if left is NULL else left
        return other if other is not NULL and other == 0 else NULL
    return _combined(left, right, lambda one, other: one & other)


def either(left: Value, right: Value) -> Value:
    """Compute `left Or right`: true or another number than 0 wins over Null."""
    if type(left) is bool and type(right) is bool:
        return left or right
    left, right = _bits(left), _bits(right)
    if left is NULL or right is NULL:
        other = right if left is NULL else left
        return other if other is not NULL and other != 0 else NULL
    return _combined(left, right, lambda one, other: one | other)


def exclusive(left: Value, right: Value) -> Value:
    """Compute `left Xor right`."""
    left, right = _bits(left), _bits(right)
    if left is NULL or right is NULL:
        return NULL
    return _combined(left, right, lambda one, other: one ^ other)


def equivalent(left: Value, right: Value) -> Value:
    """Compute `left Eqv right`."""
    left, right = _bits(left), _bits(right)
    if left is NULL or right is NULL:
        return NULL
    return _combined(left, right, lambda one, other: ~(one ^ other))


def implies(left: Value, right: Value) -> Value:
    """Compute `left Imp right`: known where the left side is false or the right one true."""
    left, right = _bits(left), _bits(right)
    if left is NULL:
        return right if right is not NULL and right != 0 else NULL
    if right is NULL:
        return _combined(left, False, lambda one, _: ~one) if type(left) is bool and not left else _unknown(left)
    return _combined(left, right, lambda one, other: ~one | other)


def _unknown(left: Value) -> Value:
    """`left Imp Null` for a left side that is not false: all bits known only where the left one is 0."""
    return -1 if type(left) is not bool and left == 0 else NULL


def inverse(value: Value) -> Value:
    """Compute `Not value`."""
    if type(value) is bool:
        return not value
    value = _bits(value)
    if value is NULL:
        return NULL
    if type(value) is bool:
        return not value
    if type(value) is Byte:
        return Byte(255 - value)
    return fitted(~value, value, value)
