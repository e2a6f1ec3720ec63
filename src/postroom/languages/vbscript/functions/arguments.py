"""What the built-in functions have in common: arguments left out, ways to compare, texts that must not grow without end."""

import re
from collections.abc import Callable
from typing import Final
from unicodedata import normalize

from postroom.languages.vbscript.conversions import to_int
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import MISSING, Value

LONGEST_TEXT: Final = 64 * 1024 * 1024
"""Characters of a text: `Replace` and `Join` of two harmless texts could else fill the machine."""


def count_or(value: Value, default: int) -> int:
    """Give a whole number, the default for an argument left out."""
    return default if value is MISSING else to_int(value)


def text_of_length(length: int) -> int:
    """Give the length, where a text may be that long; raises 14."""
    if length > LONGEST_TEXT:
        raise VBScriptError(14)
    return length


def ignores_case(compare: Value) -> bool:
    """Whether a compare argument says vbTextCompare; raises 5 for what is neither that nor vbBinaryCompare."""
    way = count_or(compare, 0)
    if way not in {0, 1}:
        raise VBScriptError(5)
    return way == 1


def cased(text: str, change: Callable[[str], str]) -> str:
    """Give the text in upper or lower case, position for position: a letter that would become two stays."""
    changed = change(text)
    if len(changed) == len(text):
        return changed
    return "".join(other if len(other := change(char)) == 1 else char for char in text)


def folded(text: str) -> str:
    """Give the text as vbTextCompare looks at it: case does not count."""
    return cased(text, str.lower)


class _Weights(dict[int, int]):
    """What vbTextCompare sorts a character by: punctuation before figures before letters, each by its number."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        kind = 2 if char.isalpha() else 1 if char.isdigit() else 0
        self[code] = weight = min(code, 0xFFFF) + kind * 0x10000
        return weight


_WEIGHTS: Final = _Weights()
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


def collation(text: str) -> tuple[str, str]:
    """Give what vbTextCompare sorts by: the letters without their accents, then with them; case never counts."""
    lower = folded(text)
    return _ACCENTS.sub("", normalize("NFD", lower)).translate(_WEIGHTS), lower
