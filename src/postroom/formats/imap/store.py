"""STORE (RFC 3501 section 6.4.6) with UNCHANGEDSINCE (RFC 7162 section 3.1.3)."""

from dataclasses import dataclass
from enum import Enum

from postroom.formats.flags import Flags
from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.sequence import SequenceSet


class Mode(Enum):
    """What happens to the flags named."""

    REPLACE = "FLAGS"
    ADD = "+FLAGS"
    REMOVE = "-FLAGS"


@dataclass(frozen=True, slots=True)
class Store:
    """A STORE or UID STORE; `silent` asks for no FETCH replies; `unchanged_since` is a mod-sequence or None."""

    numbers: SequenceSet
    mode: Mode
    flags: Flags
    silent: bool
    unchanged_since: int | None = None


def parse_store(arguments: bytes) -> Store:
    """Read the arguments of STORE or UID STORE; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    numbers = reader.expect_sequence_set()
    reader.expect_space()
    unchanged_since = _try_modifier(reader)
    name, _, suffix = reader.expect_word().partition(".")
    if name not in {"FLAGS", "+FLAGS", "-FLAGS"} or suffix not in {"", "SILENT"}:
        raise CommandRefused("STORE changes FLAGS, +FLAGS or -FLAGS")
    reader.expect_space()
    flags = reader.expect_flag_list() if reader.at(b"(") else reader.expect_flags()
    reader.expect_end()
    return Store(numbers, Mode(name), flags, bool(suffix), unchanged_since)


def _try_modifier(reader: Arguments) -> int | None:
    if not reader.try_token(b"("):
        return None
    if reader.expect_word() != "UNCHANGEDSINCE":
        raise CommandRefused("Unknown STORE modifier")
    reader.expect_space()
    unchanged_since = reader.expect_modseq()
    reader.expect_token(b")")
    reader.expect_space()
    return unchanged_since
