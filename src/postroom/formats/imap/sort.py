"""SORT (RFC 5256 section 3)."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.search import Search, expect_criteria

_KEYS = frozenset({"ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO"})


@dataclass(frozen=True, slots=True)
class SortKey:
    """One of ARRIVAL, CC, DATE, FROM, SIZE, SUBJECT and TO, ascending unless `reverse`."""

    name: str
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """What to sort by, first key first, and which messages."""

    keys: tuple[SortKey, ...]
    search: Search


def parse_sort(arguments: bytes) -> Sort:
    """Read the arguments of SORT or UID SORT; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    keys = reader.expect_list(lambda: _expect_key(reader), 2 * len(_KEYS))
    reader.expect_space()
    charset = reader.expect_astring()
    reader.expect_space()
    return Sort(tuple(dict.fromkeys(keys)), expect_criteria(reader, charset))


def _expect_key(reader: Arguments) -> SortKey:
    word = reader.expect_word()
    reverse = word == "REVERSE"
    if reverse:
        reader.expect_space()
        word = reader.expect_word()
    if word not in _KEYS:
        raise CommandRefused("Unknown sort key")
    return SortKey(word, reverse)
