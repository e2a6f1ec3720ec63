"""FETCH's answers out of stored columns: many messages at a time, a few C-level operations each, no message opened (RFC 3501 section 7.4.2).

Rows as storage gives them are turned into columns; each item makes one column of bytes or numbers, and one `%` a message joins them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from postroom.formats.flags import TABLE
from postroom.formats.imap.fetch import Attribute, Items, Portion, Section
from postroom.formats.imap.fetched import internal_date
from postroom.formats.imap.fields import many_header_fields
from postroom.formats.mime import FIELDS, body
from postroom.mailboxes.search import email_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from postroom.servers.imap.selected import Selected
    from postroom.storage.database import Row

    Column = Sequence[Any]

REMEMBERED: Final = 1024
"""Octets of section names up to which a layout is kept for the next FETCH: longer ones, each its own, would fill the memory."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: how it is written, the fields it takes of storage, and what makes of them its columns, as many as `form` has places."""

    form: bytes
    fields: tuple[str, ...] = ()
    columns: Callable[..., Iterable[Iterable[Any]]] = lambda *_: ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How one FETCH writes a message: `fields` are read, `items` make columns, `form` joins them behind the sequence number.

    `sections` are the pieces that need the message itself; with any, `form` ends where they begin. `whole` is the label of the whole
    message, when that is the one piece asked for.
    """

    fields: tuple[str, ...]
    items: tuple[Item, ...]
    form: bytes
    sections: tuple[Section, ...]
    whole: bytes | None

    @property
    def only_flags(self) -> bool:
        """Whether nothing but FLAGS is told, with or without UID: what a client asks of a whole folder each time it opens it."""
        return self.items in _ONLY_FLAGS and not self.sections

    def flag_lines(self, selected: Selected, low: int, flags: Sequence[str]) -> bytes:
        """Write the messages from a uid on, all of which the client knows without gaps, by their flags as decimal numbers."""
        first = selected.uids.rank(low)
        numbers, told = range(first, first + len(flags)), map(_WRITTEN.__getitem__, flags)
        if len(self.items) == 1:
            return b"".join(map(self.form.__mod__, zip(numbers, told, strict=True)))
        uids = range(low, low + len(flags))
        columns = (uids, told) if self.items[0].fields == ("uid",) else (told, uids)
        return b"".join(map(self.form.__mod__, zip(numbers, *columns, strict=True)))

    def lines(self, selected: Selected, rows: Sequence[Row]) -> list[bytes]:
        """Write the messages of some rows, one element each."""
        table = dict(zip(self.fields, zip(*rows, strict=True), strict=True))
        numbers = selected.uids.ranks(table["uid"])
        columns = [column for item in self.items for column in item.columns(selected, *[table[name] for name in item.fields])]
        return list(map(self.form.__mod__, zip(numbers, *columns, strict=True)))


def layout(items: Items, *, uid: bool, modseq: bool) -> Layout:
    """Make ready for a FETCH; the reply to UID FETCH has the UID (RFC 3501 section 6.4.8), `modseq` adds the mod-sequence."""
    long = sum(len(section.label) for section in items.sections) > REMEMBERED
    return (_made if long else _remembered)(items, uid, modseq)


def _made(items: Items, uid: bool, modseq: bool) -> Layout:
    attributes = list(items.attributes)
    if uid and Attribute.UID not in attributes:
        attributes.insert(0, Attribute.UID)
    if modseq and Attribute.MODSEQ not in attributes:
        attributes.append(Attribute.MODSEQ)
    made = [_ATTRIBUTES[attribute] for attribute in attributes]
    made += [_usual_fields(section) for section in items.sections if _is_usual(section)]
    sections = tuple(section for section in items.sections if not _is_usual(section))
    fields = dict.fromkeys(["uid", *(name for item in made for name in item.fields)])
    if items.sets_seen:
        fields["flags"] = None
    whole = _whole(sections)
    if sections:
        fields.update(dict.fromkeys(["prefix", "offsets", "data", "blob", *(["content_size"] if whole else [])]))
    form = b"* %d FETCH (" + b" ".join(item.form for item in made)
    form += (b" " if made else b"") if sections else b")\r\n"
    return Layout(tuple(fields), tuple(made), form, sections, whole)


def _whole(sections: tuple[Section, ...]) -> bytes | None:
    section = sections[0] if len(sections) == 1 else None
    return section.label if section and section.portion is Portion.ALL and not section.part and section.offset is None else None


_remembered: Final = lru_cache(256)(_made)


def _is_usual(section: Section) -> bool:
    """Tell whether these header fields are among those that storage keeps apart."""
    return section.portion is Portion.FIELDS and not section.part and all(name.lower() in FIELDS for name in section.fields)


def _usual_fields(section: Section) -> Item:
    return Item(section.label.replace(b"%", b"%%") + b" {%d}\r\n%b", ("fields",), partial(_cut_fields, section))


def _cut_fields(section: Section, _selected: Selected, blocks: Column) -> tuple[Iterable[int], list[bytes]]:
    """Cut header fields out of the blocks that storage keeps: lengths and pieces."""
    pieces = many_header_fields(blocks, section.fields)
    if section.offset is not None:
        pieces = [partial_of(section, piece) for piece in pieces]
    return map(len, pieces), pieces


def partial_of(section: Section, data: bytes) -> bytes:
    """Cut a piece to the partial asked for, which may lie beyond its end."""
    if section.offset is None or section.length is None:
        return data
    return data[section.offset : section.offset + section.length]


def _plain(_selected: Selected, column: Column) -> Iterable[Column]:
    return (column,)


def _each(write: Callable[[Any], bytes]) -> Callable[[Selected, Column], Iterable[Iterable[bytes]]]:
    return lambda _selected, column: (map(write, column),)


def _flags(selected: Selected, uids: Column, flags: Column, keywords: Column) -> Iterable[Iterable[bytes]]:
    return (selected.rendered(uids, flags, keywords),)


_ATTRIBUTES: Mapping[Attribute, Item] = {
    Attribute.UID: Item(b"UID %d", ("uid",), _plain),
    Attribute.FLAGS: Item(b"FLAGS (%b)", ("uid", "flags", "keywords"), _flags),
    Attribute.INTERNALDATE: Item(b"INTERNALDATE %b", ("internaldate",), _each(internal_date)),
    Attribute.SIZE: Item(b"RFC822.SIZE %d", ("size",), _plain),
    Attribute.ENVELOPE: Item(b"ENVELOPE %b", ("envelope",), _plain),
    Attribute.BODYSTRUCTURE: Item(b"BODYSTRUCTURE %b", ("structure",), _plain),
    Attribute.BODY: Item(b"BODY %b", ("structure",), _each(body)),
    Attribute.MODSEQ: Item(b"MODSEQ (%d)", ("modseq",), _plain),
    Attribute.EMAILID: Item(b"EMAILID (%b)", ("content_id",), _each(lambda number: email_id(number).encode())),
    Attribute.THREADID: Item(b"THREADID NIL"),  # RFC 8474 section 5.2: threads are not kept
}

_ONLY_FLAGS = frozenset(
    tuple(_ATTRIBUTES[one] for one in items) for items in ((Attribute.FLAGS,), (Attribute.UID, Attribute.FLAGS), (Attribute.FLAGS, Attribute.UID))
)
_WRITTEN = {str(bits): words for bits, words in enumerate(TABLE)}
