"""Where the parts of a stored message lie, in a few octets, so that BODY[2.1] is one positioned read (RFC 3501 section 6.4.5).

Sixteen octets a part, in the order of the message:

    kind and encoding   1   low half: 0 a leaf, 1 a multipart, 2 a message/rfc822 (what is within comes next); high half: of ENCODINGS
    unused              1
    parts               2   how many entries this one and all within take: the next sibling is so many further
    header body end    12   places in the message, 4 octets each
"""

import re
import struct
from typing import NamedTuple

from postroom.formats.mime.structure import Part

ENCODINGS = (b"7bit", b"8bit", b"binary", b"quoted-printable", b"base64")

_SECTION = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,5}){0,199})?(?:(?:(?<=[0-9])\.|^)(HEADER|TEXT|MIME))?", re.IGNORECASE)
_ENTRY = struct.Struct("<BxHIII")
_LEAF, _MULTIPART, _MESSAGE = 0, 1, 2


class _Entry(NamedTuple):
    kind: int
    entries: int
    header: int
    body: int
    end: int


def encode_offsets(part: Part) -> bytes:
    """Write the places of a part and all within."""
    if not part.parts:
        return _ENTRY.pack(_encoding(part) << 4, 1, part.header, part.body, part.end)
    inner = b"".join(map(encode_offsets, part.parts))
    kind = _MULTIPART if part.media.type == b"multipart" else _MESSAGE
    return _ENTRY.pack(kind, 1 + len(inner) // _ENTRY.size, part.header, part.body, part.end) + inner


def locate(offsets: bytes, section: str) -> tuple[int, int] | None:
    """Give (start, length) of a section such as `TEXT`, `2.1`, `2.MIME` or the empty one; None when the message has no such section.

    HEADER.FIELDS is the caller's: it locates the HEADER and selects.
    """
    numbers, word = _section(section)
    if not numbers:
        root = _entry(offsets, 0)
        return {"": (0, root.end), "HEADER": (0, root.body), "TEXT": (root.body, root.end - root.body)}.get(word)
    at = _find(offsets, numbers)
    if at is None:
        return None
    entry = _entry(offsets, at)
    if word in ("HEADER", "TEXT"):
        if entry.kind & 15 != _MESSAGE:
            return None
        message = _entry(offsets, at + 1)
        return (message.header, message.body - message.header) if word == "HEADER" else (message.body, message.end - message.body)
    return {"": (entry.body, entry.end - entry.body), "MIME": (entry.header, entry.body - entry.header)}.get(word)


def encoding_of(offsets: bytes, section: str) -> bytes | None:
    """Give the transfer encoding of a numbered section, `binary` for one that is known to none; None when there is no such section."""
    numbers, word = _section(section)
    at = _find(offsets, numbers) if numbers and not word else None
    return None if at is None else ENCODINGS[_entry(offsets, at).kind >> 4]


def _section(section: str) -> tuple[list[int], str]:
    """Split `2.1.MIME` into its numbers and its word; a section that is none gives a word that nobody knows."""
    found = _SECTION.fullmatch(section)
    if found is None:
        return [], "?"
    return [int(number) for number in found[1].split(".")] if found[1] else [], (found[2] or "").upper()


def _find(offsets: bytes, numbers: list[int]) -> int | None:
    """Walk down to the entry that a section's numbers name."""
    part: int | None = None
    within: int | None = 0  # the message or multipart that the next number counts in
    for number in numbers:
        if within is None:
            return None
        part = _child(offsets, within, number)
        if part is None:
            return None
        kind = _entry(offsets, part).kind & 15
        within = None if kind == _LEAF else part if kind == _MULTIPART else part + 1
    return part


def _child(offsets: bytes, within: int, number: int) -> int | None:
    entry = _entry(offsets, within)
    if entry.kind & 15 != _MULTIPART:
        return within if number == 1 else None  # the body of a message without parts is its part 1
    at, end = within + 1, within + entry.entries
    for _ in range(number - 1):
        if at >= end:
            return None
        at += _entry(offsets, at).entries
    return at if number and at < end else None


def _encoding(part: Part) -> int:
    encoding = part.media.encoding
    return ENCODINGS.index(encoding) if encoding in ENCODINGS else ENCODINGS.index(b"binary")


def _entry(offsets: bytes, at: int) -> _Entry:
    return _Entry._make(_ENTRY.unpack_from(offsets, at * _ENTRY.size))
