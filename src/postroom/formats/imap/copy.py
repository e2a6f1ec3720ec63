"""COPY (RFC 3501 section 6.4.7) and MOVE (RFC 6851), which have one grammar."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.sequence import SequenceSet


@dataclass(frozen=True, slots=True)
class Copy:
    """Which messages go to which mailbox."""

    numbers: SequenceSet
    mailbox: str


def parse_copy(arguments: bytes) -> Copy:
    """Read the arguments of COPY, MOVE and their UID forms; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    numbers = reader.expect_sequence_set()
    reader.expect_space()
    mailbox = reader.expect_mailbox()
    reader.expect_end()
    return Copy(numbers, mailbox)
