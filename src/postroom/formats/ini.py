"""INI files as Windows programs read them: sections, keys and values without regard to case; comments and order stay when a value is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION: Final = re.compile(r"[ \t]*\[([^\]\r\n]*)\]")
_PAIR: Final = re.compile(r"[ \t]*([^;=\s][^=\r\n]*?)[ \t]*=[ \t]*([^\r\n]*?)[ \t]*$")
_BROKEN: Final = re.compile(r"[\r\n\x00]")


def value_of(text: str, section: str, key: str) -> str | None:
    """Give the first value of a key in a section, without the quotes around it; None where there is none."""
    for _, found in _places(text.splitlines(), section, key):
        return found[1:-1] if len(found) > 1 and found[0] == found[-1] and found[0] in "\"'" else found
    return None


def with_value(text: str, section: str, key: str, value: str) -> str:
    """Give the text with a key set: in its place, else at the end of its section, else in a new one. Raises ValueError for what is no one line."""
    if _BROKEN.search(value) or value != value.strip():
        raise ValueError("A value of an ini file is one line, without blanks around it.")
    value = f'"{value}"' if value[:1] in {'"', "'"} and value[0] == value[-1] else value
    lines, line = text.splitlines(), f"{key}={value}"
    for at, _ in _places(lines, section, key):
        return _joined([*lines[:at], line, *lines[at + 1 :]])
    end = _end_of(lines, section)
    return _joined([*lines, f"[{section}]", line] if end is None else [*lines[:end], line, *lines[end:]])


def _places(lines: list[str], section: str, key: str) -> Iterator[tuple[int, str]]:
    """Give where a key stands in its section, with what stands there."""
    here = False
    for at, line in enumerate(lines):
        if head := _SECTION.match(line):
            here = head[1].strip().lower() == section.lower()
        elif here and (pair := _PAIR.match(line)) and pair[1].lower() == key.lower():
            yield at, pair[2]


def _end_of(lines: list[str], section: str) -> int | None:
    """Tell behind which line a section's last key stands; None when it is not there."""
    end: int | None = None
    here = False
    for at, line in enumerate(lines):
        if head := _SECTION.match(line):
            if here:
                break
            here = head[1].strip().lower() == section.lower()
        if here and line.strip():
            end = at + 1
    return end


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
