"""THREAD (RFC 5256 section 3): what its arguments say."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.search import Search, expect_criteria

ALGORITHMS = frozenset({"ORDEREDSUBJECT", "REFERENCES"})
"""The algorithms that THREAD may be asked for."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Which algorithm threads which messages."""

    algorithm: str
    search: Search


def parse_thread(arguments: bytes) -> Thread:
    """Read the arguments of THREAD or UID THREAD; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    algorithm = reader.expect_word()
    if algorithm not in ALGORITHMS:
        raise CommandRefused("Unknown threading algorithm")
    reader.expect_space()
    charset = reader.expect_astring()
    reader.expect_space()
    return Thread(algorithm, expect_criteria(reader, charset))
