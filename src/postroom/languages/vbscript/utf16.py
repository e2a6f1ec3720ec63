"""Texts as VBScript counts them: one character for each unit of UTF-16, so that Len of an emoji is 2 as on Windows."""

import re
from typing import Final

_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def to_units(text: str) -> str:
    """Split each character beyond U+FFFF into its two surrogates: what a script gets from its host."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return _BEYOND.sub(lambda match: high_surrogate(match[0]) + chr(0xDC00 + (ord(match[0]) & 0x3FF)), text)


def from_units(text: str) -> str:
    """Join pairs of surrogates: what the host gets from a script. A surrogate without its other half becomes U+FFFD, for no encoding has it."""
    if text.isascii():
        return text
    joined = _PAIR.sub(lambda match: chr(0x10000 + ((ord(match[0][0]) - 0xD800) << 10) + (ord(match[0][1]) - 0xDC00)), text)
    return re.sub("[\ud800-\udfff]", "\ufffd", joined)


def high_surrogate(char: str) -> str:
    """Give the first of the two units of a character beyond U+FFFF."""
    return chr(0xD800 + ((ord(char) - 0x10000) >> 10))
