"""STATUS (RFC 3501 section 6.3.10) with SIZE (RFC 8438), HIGHESTMODSEQ (RFC 7162), MAILBOXID (RFC 8474), APPENDLIMIT (RFC 7889)."""

from dataclasses import dataclass
from enum import Enum

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused


class StatusItem(Enum):
    """What STATUS can be asked for; the value is its name on the wire. DELETED and DELETED_STORAGE are RFC 9208 section 4.1.4."""

    MESSAGES = b"MESSAGES"
    RECENT = b"RECENT"
    UIDNEXT = b"UIDNEXT"
    UIDVALIDITY = b"UIDVALIDITY"
    UNSEEN = b"UNSEEN"
    SIZE = b"SIZE"
    HIGHESTMODSEQ = b"HIGHESTMODSEQ"
    MAILBOXID = b"MAILBOXID"
    APPENDLIMIT = b"APPENDLIMIT"
    DELETED = b"DELETED"
    DELETED_STORAGE = b"DELETED-STORAGE"


@dataclass(frozen=True, slots=True)
class Status:
    """Which mailbox is asked about, and what for, each item once."""

    mailbox: str
    items: tuple[StatusItem, ...]


_ITEMS = {item.value.decode(): item for item in StatusItem}


def parse_status(arguments: bytes) -> Status:
    """Read the arguments of STATUS; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    mailbox = reader.expect_mailbox()
    reader.expect_space()
    items = expect_status_items(reader)
    reader.expect_end()
    return Status(mailbox, items)


def expect_status_items(reader: Arguments) -> tuple[StatusItem, ...]:
    """Read a parenthesised list of status items."""
    return tuple(dict.fromkeys(reader.expect_list(lambda: _expect_item(reader), 2 * len(_ITEMS))))


def _expect_item(reader: Arguments) -> StatusItem:
    item = _ITEMS.get(reader.expect_word())
    if not item:
        raise CommandRefused("Unknown STATUS item")
    return item
