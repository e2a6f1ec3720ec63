"""Criteria: how a rule compares a value of a message with what it looks for (hMailServer's eight ways)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import regex

EQUALS: Final = 1
CONTAINS: Final = 2
LESS_THAN: Final = 3
GREATER_THAN: Final = 4
REGEX: Final = 5
NOT_CONTAINS: Final = 6
NOT_EQUALS: Final = 7
WILDCARD: Final = 8

PATIENCE: Final = 0.25
"""Seconds for which a regular expression may search (catastrophic backtracking); then it does not match."""

LONGEST_PATTERN: Final = 2000
DEEPEST: Final = 50
"""Open groups of an expression: what makes it grows with them."""

LARGEST_COUNT: Final = 10_000
"""What an expression's counts multiply to: `((a{999}){999}){999}` would be written out before any time-out."""

_COUNTED = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_NUMBER = re.compile(r"[ \t]*([+-]?[0-9]{1,400}(?:[.,][0-9]{1,400})?|[+-]?[.,][0-9]{1,400})")


def matches(value: str, kind: int, wanted: str) -> bool:
    """Tell whether `value` fits: 1 to 8 as hMailServer numbers its match types; another kind never does. Up to 0.25 s for an expression."""
    compare = _WAYS.get(kind)
    return compare is not None and compare(value, wanted)


def number_of(text: str) -> Decimal:
    """Read the decimal number that a text begins with, comma or point; 0 without one."""
    found = _NUMBER.match(text)
    return Decimal(found[1].replace(",", ".")) if found else Decimal(0)


def matches_expression(value: str, pattern: str) -> bool:
    """Tell whether a Perl-style expression matches the whole value, case-sensitive, `.` also a line end; too complex or invalid: no."""
    if len(pattern) > LONGEST_PATTERN or pattern.count("(") > DEEPEST or _counted(pattern) > LARGEST_COUNT:
        return False
    try:
        return (
            regex.compile(pattern, regex.DOTALL | regex.VERSION0, cache_pattern=False).fullmatch(value, timeout=PATIENCE, concurrent=True) is not None
        )
    except (regex.error, TimeoutError, RecursionError, OverflowError, MemoryError, ValueError):
        return False


def _counted(pattern: str) -> int:
    """Multiply the counts of an expression, as if all were nested."""
    product = 1
    for low, high in _COUNTED.findall(pattern):
        largest = max(low.lstrip("0"), high.lstrip("0"), key=lambda count: (len(count), count))
        product *= int(largest or 1) if len(largest) < 6 else LARGEST_COUNT + 1
        if product > LARGEST_COUNT:
            break
    return product


def matches_wildcard(value: str, pattern: str) -> bool:
    """Tell whether `*` (anything) and `?` (one character) fit the whole value, whatever its case.

    Costs a step for each character of the value: all places in the pattern are followed at once as the bits of one number.
    """
    places, pattern = 1, pattern.lower()
    single: dict[str, int] = {}
    anything = any_run = 0
    at = 0
    for character in pattern:
        if character == "*":
            any_run |= 1 << at
            continue
        if character == "?":
            anything |= 1 << at
        else:
            single[character] = single.get(character, 0) | 1 << at
        at += 1
    for character in value.lower():
        places = (places & (single.get(character, 0) | anything)) << 1 | places & any_run
        if not places:
            return False
    return bool(places >> at & 1)


_WAYS: Final = {
    EQUALS: lambda value, wanted: value.lower() == wanted.lower(),
    CONTAINS: lambda value, wanted: wanted.lower() in value.lower(),
    LESS_THAN: lambda value, wanted: number_of(value) < number_of(wanted),
    GREATER_THAN: lambda value, wanted: number_of(value) > number_of(wanted),
    REGEX: matches_expression,
    NOT_CONTAINS: lambda value, wanted: wanted.lower() not in value.lower(),
    NOT_EQUALS: lambda value, wanted: value.lower() != wanted.lower(),
    WILDCARD: matches_wildcard,
}
