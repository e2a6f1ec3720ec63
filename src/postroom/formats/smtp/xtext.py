"""xtext: how ESMTP parameters carry characters that their grammar has no room for (RFC 3461 section 4)."""

import re

_XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})*+")  # any printable ASCII but "+" and "="
_HEX = re.compile(rb"\+([0-9A-F]{2})")
_MUST_HIDE = re.compile(rb"[^!-*,-<>-~]")


def decode(text: str) -> str:
    """Read xtext; ValueError when it is none, or when what it hides is a control character or no UTF-8 (it would inject lines)."""
    if not _XTEXT.fullmatch(text):
        raise ValueError("not xtext")
    value = _HEX.sub(lambda match: bytes((int(match[1], 16),)), text.encode()).decode()
    if not value.isprintable():
        raise ValueError("a control character in xtext")
    return value


def encode(value: str) -> str:
    """Write any text as xtext."""
    return _MUST_HIDE.sub(lambda match: b"+%02X" % match[0][0], value.encode()).decode("ascii")
