"""How a setting is declared: as a field of a frozen dataclass, with its kind, its sentence and its hMailServer row beside it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.directory.kinds import Kind

_KIND, _TEXT, _ROW, _PART = "kind", "text", "row", "part"


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known about a setting besides its value; `row` is its name in hMailServer's settings table, "" where it has none."""

    name: str
    kind: Kind
    default: Any
    text: str
    row: str


def setting(kind: Kind, default: str, text: str, row: str = "") -> Any:
    """Declare a setting as a dataclass field: the default is written as people write it."""
    return dataclasses.field(default=kind.parse(default), metadata={_KIND: kind, _TEXT: text, _ROW: row})


def part(of: type[Any]) -> Any:
    """Declare a part: settings whose names begin with the part's and a dot (`antispam.use_spf`)."""
    return dataclasses.field(default=of(), metadata={_PART: of})


def declarations(of: type[Any], prefix: str = "") -> Iterator[Setting]:
    """List the settings that a dataclass declares, those of its parts in their places."""
    for one in dataclasses.fields(of):
        if _PART in one.metadata:
            yield from declarations(one.metadata[_PART], f"{prefix}{one.name}.")
        else:
            yield Setting(prefix + one.name, one.metadata[_KIND], one.default, one.metadata[_TEXT], one.metadata[_ROW])


def snapshot(of: type[Any], values: dict[str, Any], prefix: str = "") -> Any:
    """Make a snapshot of values by their dotted names; what is missing has its default."""
    given: dict[str, Any] = {}
    for one in dataclasses.fields(of):
        name = prefix + one.name
        if _PART in one.metadata:
            given[one.name] = snapshot(one.metadata[_PART], values, name + ".")
        elif name in values:
            given[one.name] = values[name]
    return of(**given)


HIGHEST: Final = (1 << 31) - 1
"""The largest number that hMailServer's members hold."""
