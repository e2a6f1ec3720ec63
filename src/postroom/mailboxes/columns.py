"""What is read of messages, and how: row by row, or many messages joined into one row.

A SELECT of many rows takes the interpreter's lock anew for each, and waits for it whenever the loop is busy; one of a single row works beside
the loop until it is done. So each column of a run comes as one value, and is taken apart here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from postroom.storage.database import Row


class Key(str):
    """The type of a text that may be missing: the key of a blob, never empty."""

    __slots__ = ()


class Field(NamedTuple):
    """A field of a message: its SQL (`m` the placement, `c` the content, `b` an inline body), about how many bytes it is, and its type."""

    column: str
    weight: int
    type: type = int


FIELDS: Final = {
    "uid": Field("m.uid", 8),
    "id": Field("m.id", 8),
    "flags": Field("m.flags", 8),
    "keywords": Field("m.keywords", 16, str),
    "modseq": Field("m.modseq", 8),
    "internaldate": Field("m.internaldate", 8),
    "saved": Field("m.saved", 8),
    "size": Field("m.size", 8),
    "prefix": Field("m.prefix", 80, bytes),
    "content_id": Field("m.content_id", 8),
    "content_size": Field("c.size", 8),
    "header_size": Field("c.header_size", 8),
    "created": Field("c.created", 8),
    "envelope": Field("c.envelope", 500, bytes),
    "structure": Field("c.structure", 300, bytes),
    "fields": Field("c.fields", 600, bytes),
    "offsets": Field("c.offsets", 60, bytes),
    "preview": Field("c.preview", 200, str),
    "text": Field("c.text", 4000, bytes),
    "blob": Field("c.blob", 40, Key),
    "data": Field("b.data", 8000, bytes),
    "own_fields": Field("CASE WHEN c.fields IS NULL THEN b.data END", 100, bytes),
    "own_text": Field("CASE WHEN c.text IS NULL THEN b.data END", 1000, bytes),
}
"""What `Mailboxes.fetch` can read of a message (`own_...`: only where it stands for that field)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The SELECT of a run of messages, as rows (`sql`) and as one row (`joined`), from which `rows` makes them.

    Its parameters are the folder, the first and the last uid, and those of the condition. Each row ends with the uid if it has none.
    """

    sql: str
    joined: str
    types: tuple[type, ...]

    @classmethod
    def of(cls, fields: Sequence[str], changed_since: int, where: str, most: int) -> Selection:
        """Select fields of at most so many messages that changed after a modseq and fulfil an SQL condition ("": none)."""
        return _selection(tuple(fields), changed_since, where, most)

    def rows(self, joined: Row) -> list[Row]:
        """Take the one row apart."""
        if joined[0] is None:
            return []
        values = iter(joined)
        return list(zip(*(_APART[kind](values) for kind in self.types), strict=True))


@lru_cache(256)
def _selection(fields: tuple[str, ...], changed_since: int, where: str, most: int) -> Selection:
    chosen = [FIELDS[name] for name in (fields if "uid" in fields else (*fields, "uid"))]
    names = [field.column for field in chosen]
    joins = " JOIN content AS c ON c.id = m.content_id" if any(name[0] in "cbC" for name in names) else ""
    joins += " LEFT JOIN body AS b ON b.content_id = c.id" if any("b.data" in name for name in names) else ""
    condition = f" AND m.modseq > {int(changed_since)}" if changed_since else ""
    condition += f" AND {where}" if where else ""
    source = f"FROM message AS m{joins} WHERE m.folder_id = ? AND m.uid BETWEEN ? AND ?{condition} ORDER BY m.uid LIMIT {most}"
    columns = ", ".join(f"{name} AS f{number}" for number, name in enumerate(names))
    joined = ", ".join(_TOGETHER[field.type].format(f"f{number}") for number, field in enumerate(chosen))
    return Selection(f"SELECT {', '.join(names)} {source}", f"SELECT {joined} FROM (SELECT {columns} {source})", tuple(f.type for f in chosen))


# How many values become one, and many again: numbers and texts with a mark between them, octets by their lengths.
_TOGETHER: Final = {
    int: "group_concat({0}, ' ')",
    str: "group_concat({0}, char(0))",
    Key: "group_concat(coalesce({0}, ''), char(0))",
    bytes: "group_concat(coalesce(length({0}), -1), ' '), CAST(group_concat(CAST({0} AS TEXT), '') AS BLOB)",
}


def _numbers(values: Iterator[Any]) -> Iterable[int]:
    return map(int, next(values).split(" "))


def _texts(values: Iterator[Any]) -> Iterable[str]:
    texts: list[str] = next(values).split("\0")
    return texts


def _keys(values: Iterator[Any]) -> Iterable[str | None]:
    return [key or None for key in _texts(values)]


def _octets(values: Iterator[Any]) -> Iterable[bytes | None]:
    lengths = list(_numbers(values))
    octets = next(values) or b""
    if min(lengths) < 0:
        ends = list(accumulate(max(length, 0) for length in lengths))
        return [octets[end - length : end] if length >= 0 else None for end, length in zip(ends, lengths, strict=True)]
    return [octets[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True)]


_APART: Final[dict[type, Callable[[Iterator[Any]], Iterable[Any]]]] = {int: _numbers, str: _texts, Key: _keys, bytes: _octets}
