"""CREATE (RFC 3501 section 6.3.3) with the USE parameter (RFC 6154 section 3)."""

from dataclasses import dataclass

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.list import SPECIAL_USES


@dataclass(frozen=True, slots=True)
class Create:
    r"""A mailbox to make, and its special uses in the RFC's spelling, such as `\Sent`."""

    mailbox: str
    uses: tuple[str, ...] = ()


_USES = {use.lower(): use for use in SPECIAL_USES}


def parse_create(arguments: bytes) -> Create:
    """Read the arguments of CREATE; CommandRefused when they are wrong, NO [USEATTR] for a use that isn't known."""
    reader = Arguments(arguments)
    mailbox = reader.expect_mailbox()
    uses: tuple[str, ...] = ()
    if reader.try_token(b" ("):
        if reader.expect_word() != "USE":
            raise CommandRefused("Unknown CREATE parameter")
        reader.expect_token(b" (")
        if not reader.at(b")"):
            reader.position -= 1
            uses = reader.expect_list(lambda: _expect_use(reader), len(SPECIAL_USES))
        else:
            reader.expect_token(b")")
        reader.expect_token(b")")
    reader.expect_end()
    return Create(mailbox, tuple(dict.fromkeys(uses)))


def _expect_use(reader: Arguments) -> str:
    reader.expect_token(b"\\")
    use = _USES.get("\\" + reader.expect_word().lower())
    if not use:
        raise CommandRefused("There is no such special use", b"NO", b"USEATTR")
    return use
