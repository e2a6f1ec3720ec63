"""APPEND (RFC 3501 section 6.3.11): what stands before the message."""

from postroom.formats.flags import Flags
from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.events import Append


def parse_append(tag: bytes, before: bytes, size: int, *, synchronising: bool) -> Append:
    """Read mailbox, flags and date from the bytes between the name and the message's `{n}`; CommandRefused when they are no such thing."""
    arguments = Arguments(before)
    mailbox = arguments.expect_mailbox()
    arguments.expect_space()
    flags = Flags()
    if arguments.at(b"("):
        flags = arguments.expect_flag_list()
        arguments.expect_space()
    internal_date = None
    if arguments.at(b'"'):
        internal_date = arguments.expect_date_time()
        arguments.expect_space()
    arguments.expect_end()
    return Append(tag, mailbox, flags, internal_date, size, synchronising)
