"""ENABLE (RFC 5161)."""

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused


def parse_enable(arguments: bytes) -> tuple[str, ...]:
    """Read the capabilities to enable, in upper case; what isn't known is for the session to leave out."""
    reader = Arguments(arguments)
    names = [reader.expect_word()]
    while reader.try_token(b" ") and not reader.done():
        names.append(reader.expect_word())
        if len(names) > 100:
            raise CommandRefused("At most 100 capabilities at a time")
    reader.expect_end()
    return tuple(dict.fromkeys(names))
