"""AUTHENTICATE (RFC 3501 section 6.2.2) with SASL-IR (RFC 4959), and LOGIN (section 6.2.3)."""

from binascii import Error as Base64Error
from binascii import a2b_base64
from dataclasses import dataclass, field

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused


@dataclass(frozen=True, slots=True)
class Login:
    """Name and password as bytes; UTF-8 is usual. The password stays out of every repr."""

    name: bytes
    password: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Authenticate:
    """The SASL mechanism in upper case and its decoded initial response, None when the client waits for a `+`."""

    mechanism: str
    initial: bytes | None = field(default=None, repr=False)


def parse_login(arguments: bytes) -> Login:
    """Read the arguments of LOGIN; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    name = reader.expect_astring()
    reader.expect_space()
    password = reader.expect_astring()
    reader.expect_end()
    return Login(name, password)


def parse_authenticate(arguments: bytes) -> Authenticate:
    """Read the arguments of AUTHENTICATE; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    mechanism = reader.expect_word()
    initial = None
    if reader.try_token(b" "):
        # RFC 4959 section 3: "=" is an empty response, which is not the same as none.
        initial = b"" if reader.try_token(b"=") else _decode(reader.rest())
    reader.expect_end()
    return Authenticate(mechanism, initial)


def decode_response(line: bytes) -> bytes | None:
    """Decode a line of an AUTHENTICATE exchange; None for `*`, by which the client gives up; CommandRefused for broken base64."""
    return None if line == b"*" else _decode(line)


def _decode(text: bytes) -> bytes:
    try:
        return a2b_base64(text, strict_mode=True)
    except Base64Error as error:
        raise CommandRefused("Broken base64") from error
