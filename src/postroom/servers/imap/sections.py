"""Pieces of a message: BODY[...] and RFC822 (RFC 3501 section 6.4.5), found by stored offsets, large ones sent as they are read.

A message is the placement's prefix followed by the content: the prefix belongs to the header, and shifts all that comes after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.errors import Unavailable
from postroom.formats.imap.fetch import Portion
from postroom.formats.imap.fetched import section_item, section_start
from postroom.formats.imap.fields import header_fields
from postroom.formats.imap.strings import clean
from postroom.formats.mime import locate
from postroom.mailboxes.mailboxes import LARGE
from postroom.servers.imap.items import partial_of

if TYPE_CHECKING:
    from postroom.formats.imap.fetch import Section
    from postroom.servers.imap.session import Session

_IN_HEADER: Final = frozenset({Portion.HEADER, Portion.FIELDS, Portion.FIELDS_NOT})


class Source(NamedTuple):
    """Where the octets of a message are: storage's fields of that name."""

    prefix: bytes
    offsets: bytes
    data: bytes | None
    blob: str | None


async def say_section(session: Session, section: Section, source: Source) -> None:
    """Send a piece with its label; NIL for a part that the message hasn't got. Raises Unavailable before anything of it was sent."""
    found = span(section, source)
    if found is None:
        session.say(section.label + b" NIL")
    elif section.portion in {Portion.FIELDS, Portion.FIELDS_NOT}:
        header = await _read(session, source, *found)
        cut = header_fields(header, section.fields, others=section.portion is Portion.FIELDS_NOT)
        session.say(section_item(section.label, clean(partial_of(section, cut))))
    else:
        start, length = _partial(section, *found)
        if source.data is not None or length <= LARGE:
            session.say(section_item(section.label, clean(await _read(session, source, start, length))))
        else:
            await _say_large(session, section, source, start, length)


def span(section: Section, source: Source) -> tuple[int, int] | None:
    """Give (start, length) of what a section names, or of the header that its fields are in; None when the message has no such part."""
    word = "HEADER" if section.portion in _IN_HEADER else section.portion.value.decode()
    words = [*map(str, section.part), word] if word else map(str, section.part)
    found = locate(source.offsets, ".".join(words))
    if found is None:
        return None
    start, length = found
    ahead = len(source.prefix)
    return (start, length + ahead) if not section.part and word in {"", "HEADER"} else (start + ahead, length)


def _partial(section: Section, start: int, length: int) -> tuple[int, int]:
    if section.offset is None or section.length is None:
        return start, length
    skipped = min(section.offset, length)
    return start + skipped, min(section.length, length - skipped)


async def _read(session: Session, source: Source, start: int, length: int) -> bytes:
    if source.data is not None:
        ahead = len(source.prefix)
        if start >= ahead:
            return source.data[start - ahead : start - ahead + length]
        return (source.prefix + source.data)[start : start + length]
    octets = await session.house.mailboxes.read(source.prefix, None, source.blob, start, length)
    if len(octets) != length:
        raise Unavailable(f"blob {source.blob}: {len(octets)} octets at {start}, not {length}")
    return octets


async def _say_large(session: Session, section: Section, source: Source, start: int, length: int) -> None:
    """Send a large piece as it is read; a failure after its length was told ends the connection, see `fetch`."""
    piece = await _read(session, source, start, LARGE)
    session.say(section_start(section.label, length))
    end = start + length
    while True:
        session.say(clean(piece))
        await session.drained()
        start += len(piece)
        if start >= end:
            return
        piece = await _read(session, source, start, min(LARGE, end - start))
