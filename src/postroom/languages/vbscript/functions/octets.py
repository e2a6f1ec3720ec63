"""The functions that end in B: a text as the bytes of its UTF-16 units, low byte first.

A text with an odd number of bytes, as ChrB and MidB make it, has single bytes as characters from U+100000 on: no UTF-16 unit is there. An array of
Bytes, as a stream's Read gives it, counts as its bytes.
"""

import re
from typing import Final

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import to_byte, to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import ignores_case
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import MISSING, NULL, Array, Byte, Long, Value

_SINGLE: Final = 0x100000
_SINGLES: Final = re.compile("([\U00100000-\U001000ff])")


def octets(value: Value) -> bytes | None:
    """Give the bytes of a text or of an array of Bytes, None for Null."""
    if value is NULL:
        return None
    if type(value) is Array and len(value.bounds) == 1 and all(type(item) is Byte for item in value.items):
        return bytes(value.items)
    text = to_text(value)
    return b"".join(_octets(part) for part in _SINGLES.split(text))


def _octets(part: str) -> bytes:
    """Give the bytes of a text, or of one of its single bytes."""
    code = ord(part) - _SINGLE if len(part) == 1 else -1
    return bytes((code,)) if 0 <= code < 256 else part.encode("utf-16-le", "surrogatepass")


def text_of(data: bytes) -> str:
    """Give the text of these bytes."""
    whole = to_units(data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass"))
    return whole + chr(_SINGLE + data[-1]) if len(data) % 2 else whole


@builtin("LenB", 1)
def lenb(value: Value) -> Value:
    """How many bytes."""
    data = octets(value)
    return NULL if data is None else Long(len(data))


@builtin("LeftB", 2)
def leftb(value: Value, length: Value) -> Value:
    """Give the first bytes."""
    return _cut(value, 1, to_int(length))


@builtin("RightB", 2)
def rightb(value: Value, length: Value) -> Value:
    """Give the last bytes."""
    count = to_int(length)
    data = octets(value)
    if count < 0:
        raise VBScriptError(5)
    return NULL if data is None else text_of(data[max(0, len(data) - count) :])


@builtin("MidB", 2, 3)
def midb(value: Value, start: Value, length: Value = MISSING) -> Value:
    """Give the bytes from a position on."""
    count = None if length is MISSING else to_int(length)
    return _cut(value, to_int(start), count)


def _cut(value: Value, start: int, count: int | None) -> Value:
    if start < 1 or (count is not None and count < 0):
        raise VBScriptError(5)
    data = octets(value)
    if data is None:
        return NULL
    return text_of(data[start - 1 :] if count is None else data[start - 1 : start - 1 + count])


@builtin("InStrB", 2, 4)
def instrb(first: Value, second: Value, third: Value = MISSING, compare: Value = MISSING) -> Value:
    """At which byte a text stands in another; 0 where it doesn't. Case always counts."""
    if third is MISSING:
        first, second, third = 1, first, second
    start = to_int(first)
    ignores_case(compare)
    if start < 1:
        raise VBScriptError(5)
    data, wanted = octets(second), octets(third)
    if data is None or wanted is None:
        return NULL
    return Long(0 if start > len(data) else data.find(wanted, start - 1) + 1)


@builtin("AscB", 1)
def ascb(value: Value) -> Value:
    """Give the first byte."""
    data = octets(value)
    if data is None:
        raise VBScriptError(94)
    if not data:
        raise VBScriptError(5)
    return Byte(data[0])


@builtin("ChrB", 1)
def chrb(code: Value) -> Value:
    """Give a text of a single byte; error 6 for a number that is none."""
    return text_of(bytes((to_byte(code),)))
