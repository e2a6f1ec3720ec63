"""The tree of a draft: entities with their header and, between the parts of a multipart, the octets as they stood."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats import headers
from postroom.formats.mime import Limits, Scanner
from postroom.formats.mime.content import media, read_content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.formats.mime.structure import Media, Part

PREAMBLE: Final = b"This is a multi-part message.\r\n\r\n"
CLOSED: Final = (b"signed", b"encrypted", b"report")
"""Multiparts whose parts belong together: nothing is put beside them inside (RFC 1847, RFC 6522)."""

_DEFAULT = Limits()


class Entity:
    """A message or a part: its fields, the line that ends them, and its body. Each is held as it was written.

    `pieces` is the body: one run of octets, or for a multipart octets and parts in turns, beginning and ending with octets. A message
    within (message/rfc822) is octets.
    """

    __slots__ = ("blank", "header", "media", "pieces")

    def __init__(self, header: bytes, blank: bytes, pieces: list[bytes | Entity], of: Media | None = None) -> None:
        self.header = header
        self.blank = blank
        self.pieces = pieces
        self.media = media(read_content(header)) if of is None else of

    @classmethod
    def read(cls, message: bytes, limits: Limits = _DEFAULT) -> Entity:
        """Take a message apart; never raises, whatever it is."""
        scanner = Scanner(limits)
        scanner.feed(message)
        return cls._of(message, scanner.finish())

    @classmethod
    def _of(cls, message: bytes, part: Part) -> Entity:
        block = message[part.header : part.body]
        end = len(block)
        if block in (b"\r\n", b"\n") or block.endswith((b"\n\r\n", b"\n\n")):
            end -= 2 if block.endswith(b"\r\n") else 1
        return cls(block[:end], block[end:], cls._pieces(message, part), part.media)

    @classmethod
    def _pieces(cls, message: bytes, part: Part) -> list[bytes | Entity]:
        if part.media.type != b"multipart":
            return [message[part.body : part.end]]
        pieces: list[bytes | Entity] = []
        at = part.body
        for inner in part.parts:
            pieces += [message[at : inner.header], cls._of(message, inner)]
            at = inner.end
        return [*pieces, message[at : part.end]]

    def __bytes__(self) -> bytes:
        return b"".join([self.header, self.blank, *map(bytes, self.pieces)])

    @property
    def parts(self) -> list[Entity]:
        """The parts of a multipart."""
        return [piece for piece in self.pieces if isinstance(piece, Entity)]

    @property
    def body(self) -> bytes:
        """The octets of the body, as they are encoded."""
        return b"".join([bytes(piece) for piece in self.pieces])

    @property
    def is_multipart(self) -> bool:
        """Whether it holds parts."""
        return self.media.type == b"multipart"

    @property
    def is_attachment(self) -> bool:
        """Whether people would save it: it says so, has a file's name, or is no text."""
        return not self.is_multipart and (self.media.attached or self.media.filename is not None or self.media.type != b"text")

    def is_text(self, subtype: bytes) -> bool:
        """Whether it is text of a kind, to be read in place."""
        return self.media.type == b"text" and self.media.subtype == subtype and not self.is_attachment

    @property
    def boundary(self) -> bytes:
        """The boundary of a multipart."""
        return dict(self.media.parameters).get(b"boundary", b"").rstrip()

    def fill(self, header: bytes, body: bytes) -> None:
        """Become a part with this header and body; the line between them is there."""
        self.header, self.pieces, self.media = header, [body], media(read_content(header))
        self.blank = self.blank or b"\r\n"

    # Places

    def walk(self) -> Iterator[Entity]:
        """Give this and all within, in the order of the message."""
        waiting = [self]
        while waiting:
            entity = waiting.pop()
            yield entity
            waiting.extend(reversed(entity.parts))

    def way_to(self, wanted: Entity) -> list[Entity]:
        """Give the entities from this one down to one within, both included; empty when it is not here."""
        waiting: list[tuple[Entity, list[Entity]]] = [(self, [self])]
        while waiting:
            entity, way = waiting.pop()
            if entity is wanted:
                return way
            waiting += [(part, [*way, part]) for part in entity.parts]
        return []

    def insert(self, entity: Entity, before: Entity | None = None) -> None:
        """Put a part into a multipart, before another or as the last one."""
        if before is not None:
            at = self.pieces.index(before)
            self.pieces[at:at] = [entity, b"\r\n--%b\r\n" % self.boundary]
            return
        closing = self.pieces[-1]
        assert isinstance(closing, bytes)
        if not self.parts:
            self.pieces = [PREAMBLE + b"--%b\r\n" % self.boundary, entity, b"\r\n--%b--\r\n" % self.boundary]
            return
        if not closing.startswith((b"\r\n", b"\n")):  # a truncated multipart, or an empty part before
            closing = b"\r\n" + (closing or b"--%b--\r\n" % self.boundary)
        self.pieces[-1:] = [b"\r\n--%b\r\n" % self.boundary, entity, closing]

    def separate(self, entity: Entity) -> None:
        """Have a line end behind a part that got a body: that before the delimiter may have ended the part's header."""
        at = self.pieces.index(entity) + 1
        following = self.pieces[at]
        assert isinstance(following, bytes)
        if following and not following.startswith((b"\r\n", b"\n")):
            self.pieces[at] = b"\r\n" + following

    def remove(self, entity: Entity) -> None:
        """Take a part out of a multipart, and the delimiter that goes with it; the last one leaves an empty text behind (RFC 2046: one at least)."""
        if len(self.parts) == 1:
            entity.fill(b"Content-Type: text/plain\r\n", b"")
            return
        at = self.pieces.index(entity)
        if entity is self.parts[-1]:
            del self.pieces[at - 1 : at + 1]
        else:
            del self.pieces[at : at + 2]

    def wrap(self, inner: Entity, subtype: bytes) -> Entity:
        """Put a part of this tree into a new multipart in its place; gives the multipart. The tree's root hands its Content fields down."""
        way = self.way_to(inner)
        if inner is self:
            return self._wrap_root(subtype)
        made = multipart(subtype, inner, bytes(self))
        above = way[-2]
        above.pieces[above.pieces.index(inner)] = made
        return made

    def _wrap_root(self, subtype: bytes) -> Entity:
        own, content = split_content(self.header)
        blank = self.blank or b"\r\n"
        inner = Entity(content, blank, self.pieces, self.media)
        made = multipart(subtype, inner, bytes(self))
        self.header = with_version(own) + made.header
        self.blank, self.pieces, self.media = blank, made.pieces, made.media
        return self


def multipart(subtype: bytes, inner: Entity, whole: bytes) -> Entity:
    """Make a multipart around a part; its boundary stands nowhere in the whole message. The same message gives the same octets."""
    boundary = b"--"
    for number in count():
        boundary = b"=_" + hashlib.sha256(b"%d %b" % (number, whole)).hexdigest()[:24].encode()
        if boundary not in whole:
            break
    header = b'Content-Type: multipart/%b;\r\n boundary="%b"\r\n' % (subtype, boundary)
    made = Entity(header, b"\r\n", [b""])
    made.insert(inner)
    return made


class _Split(NamedTuple):
    own: bytes
    content: bytes


def split_content(header: bytes) -> _Split:
    """Part a header into the fields of the message and those of its content (Content-Type and its like), each as it stands."""
    own: list[bytes] = []
    content: list[bytes] = []
    at = 0
    for field in headers.parse(header):
        kept = content if field.name.lower().startswith(b"content-") else own
        kept.append(ended(header[max(at, 0) : field.end] if kept is own else header[field.start : field.end]))
        at = field.end
    return _Split(b"".join(own), b"".join(content))


def with_version(header: bytes) -> bytes:
    """Give a message's header with MIME-Version."""
    return header if headers.find(header, "MIME-Version") is not None else ended(header) + b"MIME-Version: 1.0\r\n"


def ended(lines: bytes) -> bytes:
    """Give lines with the end of the last one."""
    return lines if not lines or lines.endswith(b"\n") else lines + b"\r\n"
