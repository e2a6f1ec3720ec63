"""ID (RFC 2971)."""

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused

MOST_PAIRS = 30
"""RFC 2971 section 3.3: no more than 30 field-value pairs."""


def parse_id(arguments: bytes) -> dict[str, str]:
    """Read what a client says about itself, empty for NIL; undecodable and control characters become "?". Fit for the log."""
    reader = Arguments(arguments)
    pairs: tuple[tuple[str, str], ...] = ()
    if not reader.try_nil() and not reader.try_token(b"()"):
        pairs = reader.expect_list(lambda: _expect_pair(reader), MOST_PAIRS)
    reader.expect_end()
    return dict(pairs)


def _expect_pair(reader: Arguments) -> tuple[str, str]:
    name = reader.expect_string()
    reader.expect_space()
    value = reader.expect_nstring() or b""
    # RFC 2971 section 3.3: names of at most 30 octets, values of at most 1024.
    if len(name) > 30 or len(value) > 1024:
        raise CommandRefused("An ID field is too long")
    return _printable(name).lower(), _printable(value)


def _printable(text: bytes) -> str:
    return "".join(character if character.isprintable() else "?" for character in text.decode("utf-8", "replace"))
