"""What is made of a message once, at delivery, so that reading never opens it: everything that FETCH and SEARCH answer from (see Rendered).

`scan` serves a message held in memory, as most are; `render` one that was fed to a Scanner and is read back in pieces.
"""

from typing import NamedTuple

from postroom.formats.mime.bodystructure import Read, bodystructure
from postroom.formats.mime.content import media
from postroom.formats.mime.envelope import envelope
from postroom.formats.mime.head import Head, fields_block, find_head, head_of
from postroom.formats.mime.offsets import encode_offsets
from postroom.formats.mime.readable import TEXT_OCTETS, preview_of, search_text
from postroom.formats.mime.scanner import Scanner
from postroom.formats.mime.structure import Limits, Part, Structure

_CONTAINERS = (b"multipart", b"message")
_DEFAULT = Limits()


class Rendered(NamedTuple):
    """A message's stored answers. Sizes in octets; a named tuple because one is made for every message.

    `envelope` and `bodystructure` are IMAP's bytes, `fields` the raw fields of FIELDS (None: too long, read the header), `offsets` for
    `locate`, `preview` up to 200 characters, `text` for `readable.split_text` (None: the message's octets in lower case are its text).
    """

    size: int
    header_size: int
    envelope: bytes
    bodystructure: bytes
    fields: bytes | None
    offsets: bytes
    preview: str
    text: bytes | None
    structure: Structure


def scan(message: bytes, limits: Limits = _DEFAULT) -> Rendered:
    """Take a message apart and render it, in one call; never raises."""

    def read(start: int, length: int) -> bytes:
        return message[start : start + length]

    found = find_head(message, limits.header)
    if found is not None:
        body, head = found
        of = media(head[0])
        if of.type not in _CONTAINERS:  # no need to look for boundaries
            return _rendered(Part(of, 0, body, len(message), message.count(b"\n", body)), head, read)
    scanner = Scanner(limits)
    scanner.feed(message)
    return render(scanner.finish(), read)


def render(structure: Structure, read: Read) -> Rendered:
    """Render a message that was scanned; `read(start, length)` gives octets of it: headers, and text parts up to 1 MiB. Never raises."""
    return _rendered(structure, head_of(read(0, structure.body)), read)


def _rendered(structure: Structure, head: Head, read: Read) -> Rendered:
    values, kept = head
    return Rendered(
        structure.end,
        structure.body,
        envelope(values),
        bodystructure(structure, read),
        fields_block(kept),
        encode_offsets(structure),
        preview_of(structure, read),
        None if _is_own_text(structure, read) else search_text(structure, read),
        structure,
    )


def _is_own_text(structure: Structure, read: Read) -> bool:
    """Say whether the text of a message is its octets: one readable part, all ASCII, no encoded words."""
    if structure.parts or structure.size > TEXT_OCTETS or not structure.media.readable:
        return False
    return read(0, structure.end).isascii() and b"=?" not in read(0, structure.body)
