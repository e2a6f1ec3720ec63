"""Commands whose arguments are mailbox names or a message set and nothing else."""

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.sequence import SequenceSet


def parse_mailbox(arguments: bytes) -> str:
    """Read the one name of DELETE, SUBSCRIBE, UNSUBSCRIBE and GETQUOTAROOT; CommandRefused when there is something else."""
    reader = Arguments(arguments)
    mailbox = reader.expect_mailbox()
    reader.expect_end()
    return mailbox


def parse_rename(arguments: bytes) -> tuple[str, str]:
    """Read the old and the new name of RENAME (RFC 3501 section 6.3.5)."""
    reader = Arguments(arguments)
    old = reader.expect_mailbox()
    reader.expect_space()
    new = reader.expect_mailbox()
    reader.expect_end()
    return old, new


def parse_uid_expunge(arguments: bytes) -> SequenceSet:
    """Read the UIDs of UID EXPUNGE (RFC 4315 section 2.1)."""
    reader = Arguments(arguments)
    numbers = reader.expect_sequence_set()
    reader.expect_end()
    return numbers


def parse_nothing(arguments: bytes) -> None:
    """Make sure that a command without arguments (NOOP, CHECK, CLOSE, IDLE ...) has none."""
    if arguments:
        Arguments(arguments).expect_end()
