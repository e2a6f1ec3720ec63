"""SELECT and EXAMINE (RFC 3501 sections 6.3.1 and 6.3.2) with the CONDSTORE parameter (RFC 7162 section 3.1.8)."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused


@dataclass(frozen=True, slots=True)
class Select:
    """Which mailbox to open; `condstore` asks for mod-sequences in every FETCH reply from now on."""

    mailbox: str
    condstore: bool = False


def parse_select(arguments: bytes) -> Select:
    """Read the arguments of SELECT or EXAMINE; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    mailbox = reader.expect_mailbox()
    condstore = False
    if reader.try_token(b" "):
        parameters = reader.expect_list(reader.expect_word, 8)
        if set(parameters) - {"CONDSTORE"}:
            raise CommandRefused("Unknown SELECT parameter")
        condstore = True
    reader.expect_end()
    return Select(mailbox, condstore)
