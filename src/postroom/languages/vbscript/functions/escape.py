"""Escape and Unescape: any text as ASCII, with %XX up to U+00FF and %uXXXX beyond."""

import re
from typing import Final

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.functions.arguments import text_of_length
from postroom.languages.vbscript.functions.strings import text_or_null
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import NULL, Value

_TO_ESCAPE: Final = re.compile(r"[^A-Za-z0-9@*_+\-./]")
_ESCAPED: Final = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))")


@builtin("Escape", 1)
def escape(value: Value) -> Value:
    """Give the text in ASCII."""
    text = text_or_null(value)
    if text is None:
        return NULL
    text_of_length(6 * len(text))
    return _TO_ESCAPE.sub(lambda match: _escaped(ord(match[0])), to_units(text))


def _escaped(code: int) -> str:
    return f"%{code:02X}" if code < 256 else f"%u{code:04X}"


@builtin("Unescape", 1)
def unescape(value: Value) -> Value:
    """Give the text that Escape was given; what is no escape stays."""
    text = text_or_null(value)
    return NULL if text is None else _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
