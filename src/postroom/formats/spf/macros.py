"""Macros in SPF records (RFC 7208 section 7): `%{ir}.%{v}._spf.%{d2}`."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from postroom.formats.spf.record import SPFError

LONGEST_NAME = 253

_TOKEN = re.compile(r"%\{([a-z])([0-9]*)(r?)([-.+,/_=]*)\}|%([%_-])|[^%]+|%", re.IGNORECASE)
_FIXED = {"%": "%", "_": " ", "-": "%20"}
_ONLY_EXPLAINS = frozenset("crt")


def letters(text: str) -> set[str]:
    """Tell which macro letters a text uses, so that the costly one (`p`) is looked up only when asked for."""
    return {match[1].lower() for match in _TOKEN.finditer(text) if match[1]}


def expand(text: str, values: Mapping[str, str], *, explains: bool = False) -> str:
    """Put values in the place of macros; raises SPFError for one that may not stand there (`c`, `r` and `t` stand in explanations only)."""
    return "".join(_expanded(match, values, explains=explains) for match in _TOKEN.finditer(text))


def name(text: str, values: Mapping[str, str]) -> str:
    """Expand a domain-spec to a name; labels go from the left until it is short enough (section 7.3)."""
    expanded = expand(text, values).removesuffix(".")
    while len(expanded) > LONGEST_NAME and "." in expanded:
        expanded = expanded.partition(".")[2]
    return expanded


def _expanded(match: re.Match[str], values: Mapping[str, str], *, explains: bool) -> str:
    letter, digits, reverse, delimiters, fixed = match.groups()
    if fixed:
        return _FIXED[fixed]
    if not letter:
        if match[0] == "%":
            raise SPFError("A % begins no macro.")
        return match[0]
    value = values.get(letter.lower())
    if value is None or (letter.lower() in _ONLY_EXPLAINS and not explains):
        raise SPFError(f"The macro {match[0]} may not stand there.")
    if digits and not int(digits[:9]):
        raise SPFError(f"The macro {match[0]} asks for no part at all.")
    if digits or reverse or delimiters:
        parts = re.split(f"[{re.escape(delimiters or '.')}]", value)
        if reverse:
            parts.reverse()
        value = ".".join(parts[-int(digits[:9]) :] if digits else parts)
    return quote(value, safe="-._~") if letter.isupper() else value
