"""Matching mailbox names against LIST's patterns (RFC 3501 section 6.3.8): `*` is anything, `%` anything within one level."""

import re
from collections.abc import Callable

# A run of wildcards says no more than its strongest one.
_runs = re.compile(r"[*%]+").sub


def matcher(pattern: str, separator: str) -> Callable[[str], bool]:
    """Make a test for names from a pattern, reference included; INBOX counts in any case, other names as written.

    Matching costs a step per character of the name, whatever the pattern: all places in the pattern are followed at once as the bits
    of one number, so a pattern such as `*a*a*a*a*b` is no attack.
    """
    pattern = _runs(lambda run: "*" if "*" in run[0] else "%", pattern)
    wild = min((at for at in (pattern.find("*"), pattern.find("%")) if at >= 0), default=len(pattern))
    prefix, rest = pattern[:wild], pattern[wild:]
    if not rest:
        plain: Callable[[str], bool] = pattern.__eq__
    elif rest == "*":
        plain = _begins(prefix)
    elif rest == "%":
        plain = _begins_level(prefix, separator)
    else:
        plain = _states(pattern, separator)
    if not _states(pattern.upper(), separator)("INBOX"):
        return plain
    return lambda name: name == "INBOX" or plain(name)


def _begins(prefix: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(prefix)


def _begins_level(prefix: str, separator: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(prefix) and separator not in name[len(prefix) :]


def _states(pattern: str, separator: str) -> Callable[[str], bool]:
    """Follow the pattern as bits: bit n is set while the first n of its pieces have matched."""
    steps: dict[str, int] = {}
    stars = percents = 0
    for at, character in enumerate(pattern):
        if character == "*":
            stars |= 1 << at
        elif character == "%":
            percents |= 1 << at
        else:
            steps[character] = steps.get(character, 0) | 1 << at
    return lambda name: _follow(name, separator, steps, stars, percents, 1 << len(pattern))


def _follow(name: str, separator: str, steps: dict[str, int], stars: int, percents: int, end: int) -> bool:
    wild = stars | percents
    places = _slide(1, wild)
    for character in name:
        stay = places & (stars if character == separator else wild)
        places = _slide(stay | (places & steps.get(character, 0)) << 1, wild)
        if not places:
            return False
    return bool(places & end)


def _slide(places: int, wild: int) -> int:
    """Let every place before a wildcard stand behind it too: a wildcard may match nothing."""
    return places | (places & wild) << 1
