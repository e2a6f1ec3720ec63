"""Coercion of arguments as VariantChangeType does it: numeric strings are numbers, 0, 1 and -1 are booleans, texts are dates."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any, Final

from postroom.model.errors import Overflowed, TypeMismatch

_NUMBER: Final = re.compile(r"[ \t]*[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?[ \t]*")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?)?")
_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a VARIANT date has no zone
_LARGEST_DATE: Final = 2958466  # the day after 9999-12-31


def coerce(value: Any, kind: str) -> Any:
    """Take a value for the type wanted, as in object-model.json; raises TypeMismatch or Overflowed.

    None (Empty, Null) is 0, False or "". Objects and plain variants pass as they are.
    """
    if kind in _TAKES:
        return _TAKES[kind](value)
    if kind.startswith("enum:"):
        return _whole(value, 32, kind)
    if kind.startswith("object:") and value is not None and type(value).__name__ != kind.removeprefix("object:"):
        raise TypeMismatch(kind.removeprefix("object:"))
    return value


def as_date(value: Any) -> dt.datetime | None:
    """Take a value for a DATE: a date, a text such as `2026-11-21 01:42:03`, a number of days since 1899-12-30; "" and None are Empty."""
    if value is None or value == "" or isinstance(value, dt.datetime):
        return None if value == "" else value
    if isinstance(value, str) and (found := _DATE.fullmatch(value.strip())):
        try:
            return dt.datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - as above
        except ValueError:
            raise TypeMismatch("date") from None
    days = _real(value, "date")
    if not -657435 < days < _LARGEST_DATE:
        raise TypeMismatch("date")
    whole = math.trunc(days)
    return _EPOCH + dt.timedelta(days=whole) + dt.timedelta(days=abs(days - whole))


def clean(text: str) -> str:
    """Give a text that UTF-8, and so the store, can carry: an unpaired surrogate becomes U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        if abs(value) >> 4096:
            raise Overflowed("string")  # Python writes out no more digits than 4,300, since that takes quadratic time
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    raise TypeMismatch("string")


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in {"true", "false"}:
        return value.strip().lower() == "true"
    return bool(_real(value, "boolean"))


def _whole(value: Any, bits: int, kind: str) -> int:
    if isinstance(value, bool):
        return -1 if value else 0
    number = int(value) if isinstance(value, int) else _rounded(value, kind)
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise Overflowed(kind)
    return number


def _rounded(value: Any, kind: str) -> int:
    """Read a whole number of a text or a real one; a half goes to the even neighbour."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise TypeMismatch(kind)
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            raise TypeMismatch(kind) from None
    else:
        number = Decimal(_real(value, kind))
    if not abs(number) < 1 << 64:  # before a power of ten with thousands of digits is written out
        raise Overflowed(kind)
    return int(number.to_integral_value(ROUND_HALF_EVEN))


def _real(value: Any, kind: str) -> float:
    if value is None:
        return 0.0
    if isinstance(value, bool):
        return -1.0 if value else 0.0
    if isinstance(value, (int, float)):
        try:
            number = float(value)
        except OverflowError:
            raise Overflowed(kind) from None
        if not math.isfinite(number):
            raise Overflowed(kind)
        return number
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return _real(float(value), kind)
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)
    raise TypeMismatch(kind)


_TAKES: Final = {
    "string": _text,
    "integer": lambda value: _whole(value, 32, "integer"),
    "int64": lambda value: _whole(value, 64, "int64"),
    "boolean": _truth,
    "float": lambda value: _real(value, "float"),
    "variant": as_date,
}
