"""FETCH (RFC 3501 section 6.4.5) with MODSEQ and CHANGEDSINCE (RFC 7162), EMAILID and THREADID (RFC 8474)."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.imap.strings import astring

MOST_ITEMS = 100
"""How many items one FETCH may ask for."""
MOST_FIELDS = 200
"""How many header fields one item may name."""
MOST_LEVELS = 200
"""How deep a part number may go: deeper than any message that we take apart."""

_match_name = re.compile(rb"[A-Za-z0-9.]+").match
_match_part = re.compile(rb"[1-9][0-9]{0,9}(?:\.[1-9][0-9]{0,9})*+").match
_match_partial = re.compile(rb"<([0-9]{1,20})\.([0-9]{1,20})>").match
# Clients repeat a few item lists for ever; those are parsed once for all connections. What is longer than this is not remembered.
_REMEMBERED = 512


class Attribute(Enum):
    """A data item that is not a piece of the message; the value is its name on the wire."""

    ENVELOPE = b"ENVELOPE"
    FLAGS = b"FLAGS"
    INTERNALDATE = b"INTERNALDATE"
    SIZE = b"RFC822.SIZE"
    BODY = b"BODY"
    BODYSTRUCTURE = b"BODYSTRUCTURE"
    UID = b"UID"
    MODSEQ = b"MODSEQ"
    EMAILID = b"EMAILID"
    THREADID = b"THREADID"


class Portion(Enum):
    """Which portion of a part a section names."""

    ALL = b""
    HEADER = b"HEADER"
    FIELDS = b"HEADER.FIELDS"
    FIELDS_NOT = b"HEADER.FIELDS.NOT"
    TEXT = b"TEXT"
    MIME = b"MIME"


@dataclass(frozen=True, slots=True)
class Section:
    r"""A piece of the message: `BODY[1.2.HEADER.FIELDS (From)]<0.100>`, RFC822 and their like.

    `part` is () for the whole message; `fields` are as the client wrote them; `offset` and `length` are None without `<...>`.
    `label` is what stands before the data in the reply, with `<offset>`. Unless `peek`, reading sets \Seen.
    """

    label: bytes
    part: tuple[int, ...] = ()
    portion: Portion = Portion.ALL
    fields: tuple[bytes, ...] = ()
    offset: int | None = None
    length: int | None = None
    peek: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """What is asked of each message, in the client's order, each once; `changed_since` is a mod-sequence or None."""

    attributes: tuple[Attribute, ...]
    sections: tuple[Section, ...]
    changed_since: int | None = None

    @property
    def sets_seen(self) -> bool:
        r"""Whether reading these sets \Seen."""
        return any(not section.peek for section in self.sections)


@dataclass(frozen=True, slots=True)
class Fetch:
    """A FETCH or UID FETCH; the reply to UID FETCH has the UID whether or not it was asked for."""

    numbers: SequenceSet
    items: Items


_FAST = (Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.SIZE)
_MACROS = {
    "FAST": _FAST,
    "ALL": (*_FAST, Attribute.ENVELOPE),
    "FULL": (*_FAST, Attribute.ENVELOPE, Attribute.BODY),
}
_ATTRIBUTES = {attribute.value.decode(): attribute for attribute in Attribute}
_RFC822 = {
    "RFC822": Section(b"RFC822"),
    "RFC822.HEADER": Section(b"RFC822.HEADER", portion=Portion.HEADER, peek=True),
    "RFC822.TEXT": Section(b"RFC822.TEXT", portion=Portion.TEXT),
}
_PORTIONS = {portion.value.decode(): portion for portion in Portion if portion is not Portion.ALL}


def parse_fetch(arguments: bytes) -> Fetch:
    """Read the arguments of FETCH or UID FETCH; CommandRefused when they are wrong."""
    reader = Arguments(arguments)
    numbers = reader.expect_sequence_set()
    reader.expect_space()
    rest = reader.rest()
    return Fetch(numbers, _items(rest) if len(rest) <= _REMEMBERED else _parse_items(rest))


def _parse_items(text: bytes) -> Items:
    reader = Arguments(text)
    asked = _macro_or_items(reader)
    changed_since = None
    if reader.try_token(b" "):
        changed_since = _expect_modifiers(reader)
    reader.expect_end()
    attributes = tuple(dict.fromkeys(item for item in asked if isinstance(item, Attribute)))
    if changed_since is not None and Attribute.MODSEQ not in attributes:
        attributes = (*attributes, Attribute.MODSEQ)  # RFC 7162 section 3.1.4.1: MODSEQ comes with CHANGEDSINCE
    sections = tuple(dict.fromkeys(item for item in asked if isinstance(item, Section)))
    return Items(attributes, sections, changed_since)


_items = lru_cache(maxsize=512)(_parse_items)


def _macro_or_items(reader: Arguments) -> tuple[Attribute | Section, ...]:
    if reader.at(b"("):
        return reader.expect_list(lambda: _expect_item(reader), MOST_ITEMS)
    start = reader.position
    name = reader.try_match(_match_name)
    macro = _MACROS.get(name[0].decode().upper()) if name else None
    if macro:
        return macro
    reader.position = start
    return (_expect_item(reader),)


def _expect_item(reader: Arguments) -> Attribute | Section:
    found = reader.try_match(_match_name)
    name = found[0].decode().upper() if found else ""
    if name in {"BODY", "BODY.PEEK"} and reader.try_token(b"["):
        return _expect_section(reader, peek=name == "BODY.PEEK")
    item = _ATTRIBUTES.get(name) or _RFC822.get(name)
    if not item:
        raise CommandRefused("Unknown FETCH item")
    return item


def _expect_section(reader: Arguments, *, peek: bool) -> Section:
    part = _try_part(reader)
    portion = Portion.ALL
    if not part or reader.try_token(b"."):
        portion = _expect_portion(reader, within=bool(part))
    fields: tuple[bytes, ...] = ()
    if portion in {Portion.FIELDS, Portion.FIELDS_NOT}:
        reader.expect_space()
        fields = reader.expect_list(lambda: _expect_field(reader), MOST_FIELDS)
    reader.expect_token(b"]")
    offset, length = _try_partial(reader)
    return Section(_label(part, portion, fields, offset), part, portion, fields, offset, length, peek)


def _try_part(reader: Arguments) -> tuple[int, ...]:
    found = reader.try_match(_match_part)
    if not found:
        return ()
    part = tuple(map(int, found[0].split(b".", MOST_LEVELS + 1)[: MOST_LEVELS + 1]))
    if len(part) > MOST_LEVELS:
        raise CommandRefused(f"A part number has at most {MOST_LEVELS} levels")
    return part


def _expect_portion(reader: Arguments, *, within: bool) -> Portion:
    """Read what follows a part number's dot, or stands in its place; MIME needs a part (RFC 3501 section 6.4.5)."""
    found = reader.try_match(_match_name)
    if not found and not within:
        return Portion.ALL
    portion = _PORTIONS.get(found[0].decode().upper()) if found else None
    if not portion or (portion is Portion.MIME and not within):
        raise CommandRefused("Unknown section")
    return portion


def _expect_field(reader: Arguments) -> bytes:
    field = reader.expect_astring()
    if not field or any(byte <= 32 or byte >= 127 or byte == 58 for byte in field):
        raise CommandRefused("A header field's name is printable ASCII without a colon")
    return field


def _try_partial(reader: Arguments) -> tuple[int | None, int | None]:
    found = reader.try_match(_match_partial)
    if not found:
        return None, None
    offset, length = int(found[1]), int(found[2])
    if not length or offset > 0xFFFFFFFF or length > 0xFFFFFFFF:
        raise CommandRefused("A partial is <offset.length> with a length above zero")
    return offset, length


def _label(part: tuple[int, ...], portion: Portion, fields: tuple[bytes, ...], offset: int | None) -> bytes:
    names = [b".".join(b"%d" % number for number in part)] if part else []
    if portion is not Portion.ALL:
        names.append(portion.value)
    spec = b".".join(names)
    if fields:
        spec += b" (" + b" ".join(map(astring, fields)) + b")"
    return b"BODY[" + spec + b"]" + (b"" if offset is None else b"<%d>" % offset)


def _expect_modifiers(reader: Arguments) -> int:
    """Read `(CHANGEDSINCE modseq)` (RFC 7162 section 3.1.4.1)."""
    reader.expect_token(b"(")
    if reader.expect_word() != "CHANGEDSINCE":
        raise CommandRefused("Unknown FETCH modifier")
    reader.expect_space()
    changed_since = reader.expect_modseq()
    reader.expect_token(b")")
    return changed_since
