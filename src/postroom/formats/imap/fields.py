"""Cutting `BODY[HEADER.FIELDS (...)]` and `.NOT` out of a header block (RFC 3501 section 6.4.5): bytes in, bytes out."""

import re
from collections.abc import Sequence
from functools import lru_cache

from postroom.formats.imap.strings import clean

_END = re.compile(rb"\r?\n\r?\n|\A\r?\n")


def header_fields(header: bytes, names: tuple[bytes, ...], *, others: bool = False) -> bytes:
    """Give the fields with these names (or the `others`), folded lines and order kept, and the blank line that ends a header.

    Names are compared without case; the header may have CRLF or bare LF; what is no field is in none, and in no `others` either.
    """
    found = b"".join(_compiled(names, others).findall(b"\n" + header))
    return found[1:] + b"\n\r\n" if found else b"\r\n"


def many_header_fields(headers: Sequence[bytes], names: tuple[bytes, ...]) -> list[bytes]:
    """Give what `header_fields` gives for many headers, in one pass over all of them; NUL is replaced as IMAP wants it."""
    text = b"\n" + _BETWEEN.join([header if header[-1:] == b"\n" else header + b"\n" for header in headers]) + _BETWEEN
    if text.count(b"\0") != len(headers):
        return many_header_fields(list(map(clean, headers)), names)
    return b"".join(_compiled_many(names).findall(text))[1:-1].split(b"\0\n")


# Behind each header stands the blank line that ends it, and what no header has: with the line end before it that is found as if it was a field.
_BETWEEN = b"\r\n\0\n"


@lru_cache(maxsize=512)
def _compiled_many(names: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile(_compiled(names, False).pattern + rb"|\n\r\n\x00", re.IGNORECASE)


@lru_cache(maxsize=512)
def _compiled(names: tuple[bytes, ...], others: bool) -> re.Pattern[bytes]:
    # A field is a line that begins with name, optional blanks and a colon, and all lines after it that begin with a blank. Each line
    # is taken with the line end before it: a search for a byte is several times faster than one for a line's start.
    alternatives = b"|".join(re.escape(name) for name in names)
    name = rb"(?!(?:%b)[ \t]*+:)[!-9;-~]++" % alternatives if others else rb"(?:%b)" % alternatives
    return re.compile(rb"\n%b[ \t]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+" % name, re.IGNORECASE)


def header_of(message: bytes) -> bytes:
    """Give a message's header with the blank line that ends it; the whole when there is no blank line."""
    found = _END.search(message)
    return message[: found.end()] if found else message
