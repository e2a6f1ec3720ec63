"""Strings as a server writes them (RFC 3501 section 4.3): the shortest form that every client reads."""

import re

from postroom.formats.imap.utf7 import encode_mailbox

_is_atom = re.compile(rb'[^\x00-\x20(){%*"\\\]\x7f-\xff]+').fullmatch
# A quoted string is kept to what RFC 3501's TEXT-CHAR allows; CR, LF, NUL and 8-bit text go as a literal.
_is_quotable = re.compile(rb"[\x01-\x09\x0b\x0c\x0e-\x7f]{0,1000}").fullmatch


def clean(data: bytes) -> bytes:
    """Replace NUL, which IMAP can't carry (CHAR8), by 0x80; stored bytes stay as they are, and so does the length."""
    return data.replace(b"\0", b"\x80") if b"\0" in data else data


def literal(data: bytes) -> bytes:
    """Write a literal; the caller has cleaned it."""
    return b"{%d}\r\n%b" % (len(data), data)


def string(text: bytes) -> bytes:
    """Write a quoted string when that can be, otherwise a literal."""
    if not _is_quotable(text):
        return literal(clean(text))
    if b"\\" in text or b'"' in text:
        text = text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"%b"' % text


def nstring(text: bytes | None) -> bytes:
    """Write NIL for None, otherwise a string."""
    return b"NIL" if text is None else string(text)


def astring(text: bytes) -> bytes:
    """Write an atom when that can be (NIL would be misread), otherwise a string."""
    return text if _is_atom(text) and text.upper() != b"NIL" else string(text)


def mailbox(name: str) -> bytes:
    """Write a mailbox name in modified UTF-7."""
    return astring(encode_mailbox(name))
