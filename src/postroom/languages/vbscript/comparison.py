"""Comparison by Variant's rules.

Numbers compare as numbers, texts as texts, by code unit. Between a number and a text it matters whether one is written out in the program ("hard"):
the other follows its type; of two variables the number is always less than the text. Null makes Null; Empty is 0 or "".
"""

from collections.abc import Callable
from typing import Any, Final

from postroom.languages.vbscript.conversions import plain, text_number, to_float, to_number, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Currency, Long, Object, Value

LEFT_HARD: Final = 1
RIGHT_HARD: Final = 2
_WHOLE: Final = frozenset({int, Long})


def order(left: Value, right: Value, hard: int) -> int | None:
    """Compare two values: below, at or above 0; None where one is Null. `hard` says which of them the program writes out; raises 13."""
    left, right = plain(left), plain(right)
    if left is NULL or right is NULL:
        return None
    for value in (left, right):
        if type(value) is Array or value is MISSING:
            raise VBScriptError(13)
    one, other = _as_one_type(left, right, hard)
    return int(one > other) - int(one < other)


def _as_one_type(left: Value, right: Value, hard: int) -> tuple[Any, Any]:
    """Both values as texts or both as numbers; of a text and a number that nothing ties, 1 and 0."""
    texts = (type(left) is str, type(right) is str)
    if texts == (True, True):
        return left.encode("utf-16-be", "surrogatepass"), right.encode("utf-16-be", "surrogatepass")
    if left is EMPTY or right is EMPTY:
        return _with_empty(left, right)
    if True not in texts:
        return _numbers(left, right)
    hard_text = bool(hard & (LEFT_HARD if texts[0] else RIGHT_HARD))
    hard_number = bool(hard & (RIGHT_HARD if texts[0] else LEFT_HARD))
    if hard_number:
        return (text_number(left), to_float(right)) if texts[0] else (to_float(left), text_number(right))
    if hard_text:
        return to_text(left), to_text(right)
    return int(texts[0]), int(texts[1])


def _with_empty(left: Value, right: Value) -> tuple[Any, Any]:
    if type(left) is str or type(right) is str:
        return to_text(left), to_text(right)
    return _numbers(left, right)


def _numbers(left: Value, right: Value) -> tuple[Any, Any]:
    one, other = to_number(left), to_number(right)
    if type(one) is Currency or type(other) is Currency:
        return _scaled(one), _scaled(other)
    return one, other


def _scaled(number: Any) -> Any:
    return number.scaled if type(number) is Currency else number * CURRENCY_UNIT


def _comparison(judge: Callable[[int], bool], quick: Callable[[Any, Any], bool], sense: str) -> Callable[..., Value]:
    def compare(left: Value, right: Value, hard: int = 0) -> Value:
        kind, other = type(left), type(right)
        if (kind in _WHOLE and other in _WHOLE) or (kind is other and kind is float):
            return quick(left, right)
        found = order(left, right, hard)
        return NULL if found is None else judge(found)

    compare.__doc__ = f"Compute `left {sense} right`: a Boolean or Null."
    return compare


def equal(left: Value, right: Value, hard: int = 0) -> Value:
    """Compute `left = right`: a Boolean or Null."""
    kind, other = type(left), type(right)
    if (kind is other and (kind is str or kind is float)) or (kind in _WHOLE and other in _WHOLE):
        return left == right
    found = order(left, right, hard)
    return NULL if found is None else found == 0


def unequal(left: Value, right: Value, hard: int = 0) -> Value:
    """Compute `left <> right`: a Boolean or Null."""
    found = equal(left, right, hard)
    return NULL if found is NULL else not found


less = _comparison(lambda found: found < 0, lambda one, other: one < other, "<")
greater = _comparison(lambda found: found > 0, lambda one, other: one > other, ">")
at_most = _comparison(lambda found: found <= 0, lambda one, other: one <= other, "<=")
at_least = _comparison(lambda found: found >= 0, lambda one, other: one >= other, ">=")


def same(left: Value, right: Value) -> bool:
    """Compute `left Is right`; raises 424 for what is no object."""
    for value in (left, right):
        if value is not NOTHING and not isinstance(value, Object):
            raise VBScriptError(424)
    return left is right or (left is not NOTHING and right is not NOTHING and left == right)
