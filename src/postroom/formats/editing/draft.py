"""A draft: what a program does with a message in its hand, each change as small as it can be."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from postroom.formats import headers
from postroom.formats.charset import codec, extends_ascii
from postroom.formats.compose import attachment_header
from postroom.formats.editing.fields import encoded_field
from postroom.formats.editing.tree import CLOSED, Entity, ended, with_version
from postroom.formats.mime import Limits, written_text
from postroom.formats.transfer import decode_transfer

if TYPE_CHECKING:
    from postroom.formats.headers import Field

NEW: Final = b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n'
"""A message that nothing was said about yet."""

LARGEST: Final = 80 * 1024 * 1024
"""Octets of a message that is taken apart; a larger one reads as empty and can't be changed."""

PLAIN: Final = b"plain"
HTML: Final = b"html"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONG_LINE = re.compile(rb"[^\n]{200}")
_DEFAULT = Limits()


class Draft:
    """A message that is read and changed. Header values are octets as they stand, texts are decoded. Never raises on what it reads."""

    __slots__ = ("__weakref__", "_limits", "changed", "root")

    def __init__(self, message: bytes = NEW, limits: Limits = _DEFAULT) -> None:
        self._limits = limits
        self.root = Entity.read(message, limits)
        self.changed = False

    def __bytes__(self) -> bytes:
        return bytes(self.root)

    # Fields

    def fields(self) -> list[Field]:
        """Give the fields of the header in their order, values raw with their folds."""
        return headers.parse(self.root.header)

    def field(self, name: str) -> bytes | None:
        """Give the value of the first field of a name, unfolded."""
        return headers.find(self.root.header, name) if name else None

    def set_field(self, name: str, value: str, *, encode: bool = True) -> None:
        """Write the first field of a name, or a new one at the end; raises HeaderError. Without `encode` the value stands as it is."""
        lowered = name.lower().encode("utf-8", "replace")
        found = next((at for at, field in enumerate(self.fields()) if field.name.lower() == lowered), None)
        if found is not None:
            self.replace_field(found, name, value, encode=encode)
            return
        self._set_header(ended(self.root.header) + encoded_field(name, value, encode=encode), name)

    def replace_field(self, at: int, name: str, value: str, *, encode: bool = True) -> None:
        """Write the field at a place; raises HeaderError, and IndexError when there is none."""
        field = self.fields()[at]
        header = self.root.header
        self._set_header(header[: field.start] + encoded_field(name, value, encode=encode) + header[field.end :], name, field.name.decode("latin-1"))

    def rename_field(self, at: int, name: str) -> None:
        """Give the field at a place another name; its value stays as it stands. Raises HeaderError."""
        field = self.fields()[at]
        line = headers.build(name, "").partition(b":")[0] + b":" + field.value.rstrip(b"\r\n") + b"\r\n"
        header = self.root.header
        self._set_header(header[: field.start] + line + header[field.end :], name, field.name.decode("latin-1"))

    def remove_field(self, at: int) -> None:
        """Take the field at a place away; IndexError when there is none."""
        field = self.fields()[at]
        self._set_header(self.root.header[: field.start] + self.root.header[field.end :], field.name.decode("latin-1"))

    def remove_fields(self, *names: str) -> None:
        """Take all fields of these names away."""
        unwanted = {name.lower().encode() for name in names}
        for at, field in reversed(list(enumerate(self.fields()))):
            if field.name.lower() in unwanted:
                self.remove_field(at)

    def _set_header(self, header: bytes, *names: str) -> None:
        """Take a new header; fields of the content say what the body is, so it is taken apart anew."""
        self.changed = True
        self.root.header = header
        self.root.blank = self.root.blank or b"\r\n"
        if any(name.lower().startswith("content-") for name in names):
            self.root = Entity.read(bytes(self.root), self._limits)

    # Texts

    def text(self, subtype: bytes) -> str:
        """Decode the text/plain or text/html part that is read in place; "" when there is none."""
        found = self._find(subtype)
        return "" if found is None else written_text(found.media, found.body)

    def set_text(self, subtype: bytes, text: str) -> None:
        """Write that part, or put a new one beside the other text (multipart/alternative) or before the attachments (multipart/mixed)."""
        self.changed = True
        found = self._find(subtype)
        if found is None:
            found = self._place(subtype)
        self._fill(found, subtype, text, found.media.charset or self.charset)

    @property
    def charset(self) -> str:
        """The charset of the texts, "" when none is named."""
        found = self._find(PLAIN) or self._find(HTML)
        return (self.root if found is None else found).media.charset

    def set_charset(self, charset: str) -> None:
        """Write the texts in another charset; raises ValueError for one that we don't know."""
        if codec(charset) is None:
            raise ValueError(charset)
        self.changed = True
        texts = {subtype: self.text(subtype) for subtype in (PLAIN, HTML) if self._find(subtype) is not None}
        for subtype, text in texts.items():
            found = self._find(subtype)
            if found is not None:
                self._fill(found, subtype, text, charset)

    def _find(self, subtype: bytes) -> Entity | None:
        return next((entity for entity in self.root.walk() if entity.is_text(subtype)), None)

    def _place(self, subtype: bytes) -> Entity:
        """Make an empty part where the text of a kind belongs."""
        other = self._find(HTML if subtype == PLAIN else PLAIN)
        if other is self.root and not other.body.strip():
            return other
        made = Entity(b"Content-Type: text/%b\r\n" % subtype, b"\r\n", [b""])
        if other is None:
            self._first(made)
        else:
            self._beside(made, other, last=subtype == HTML)
        return made

    def _first(self, made: Entity) -> None:
        """Put a text before everything else; what must stay together stays together."""
        if not self.root.is_multipart or self.root.media.subtype in CLOSED or self.root.media.subtype == b"related":
            self.root.wrap(self.root, b"mixed")
        self.root.insert(made, self.root.parts[0] if self.root.parts else None)

    def _beside(self, made: Entity, other: Entity, *, last: bool) -> None:
        """Put a text beside the other one; HTML with its pictures (multipart/related) counts as one."""
        way = self.root.way_to(other)
        kept, within = way[-1], way[-2] if len(way) > 1 else None
        if within is not None and within.media.subtype in {b"related", *CLOSED} and within.parts[0] is other:
            kept, within = within, way[-3] if len(way) > 2 else None
        if within is None or within.media.subtype != b"alternative":
            within = self.root.wrap(kept, b"alternative")
            kept = within.parts[0]
        following = within.parts[within.parts.index(kept) + 1 :]
        within.insert(made, (following[0] if following else None) if last else kept)

    def _fill(self, entity: Entity, subtype: bytes, text: str, charset: str) -> None:
        """Write a text: ended with CRLF, in the charset if it can be, else in UTF-8, 7-bit."""
        text = _LINE_END.sub("\r\n", text)
        text = text if text.endswith("\r\n") else text + "\r\n"
        charset, octets = _encoded(text, charset)
        encoding = self._encoding(octets)
        header = entity.header
        if entity.media.type != b"text" or entity.media.subtype != subtype or entity.media.charset.lower() != charset.lower():
            header = _with(header, "Content-Type", f'text/{subtype.decode()}; charset="{charset}"')
        if entity.media.encoding != encoding:
            header = _with(header, "Content-Transfer-Encoding", encoding.decode())
        if entity is self.root:
            header = with_version(header)
        entity.fill(header, _transfer(octets, encoding))
        if entity is not self.root:
            self.root.way_to(entity)[-2].separate(entity)

    def _encoding(self, octets: bytes) -> bytes:
        if any(entity.is_multipart and b"--" + entity.boundary in octets for entity in self.root.walk()):
            return b"base64"  # a line of the text would end a part
        plain = octets.isascii() and b"\0" not in octets and not _LONG_LINE.search(octets)
        return b"7bit" if plain else b"quoted-printable"

    # Attachments

    def attachments(self) -> list[Entity]:
        """Give the parts that people would save."""
        return [entity for entity in self.root.walk() if entity.is_attachment]

    def attach(self, name: str, content: bytes, kind: str = "application/octet-stream") -> None:
        """Put a file behind all other parts, in base64."""
        self.changed = True
        header = attachment_header(name, kind)
        made = Entity(header, b"\r\n", [_transfer(content, b"base64")])
        if not self.root.is_multipart or self.root.media.subtype != b"mixed":
            empty = not self.root.is_multipart and not self.root.body and not self.root.is_attachment
            self.root.wrap(self.root, b"mixed")
            self.root.insert(made)
            if empty:
                self.root.remove(self.root.parts[0])
            return
        self.root.insert(made)

    def detach(self, entity: Entity) -> None:
        """Take an attachment away; nothing happens when it is no part of this message."""
        way = self.root.way_to(entity)
        if not way:
            return
        self.changed = True
        if len(way) > 1:
            way[-2].remove(entity)
        else:
            own = b"".join([self.root.header[field.start : field.end] for field in self.fields() if not field.name.lower().startswith(b"content-")])
            self.root.fill(with_version(own) + b"Content-Type: text/plain\r\n", b"")

    def has_type(self, kind: str) -> bool:
        """Say whether the message, or a part down to the second level, has exactly this content type."""
        wanted = kind.strip().lower().encode("utf-8", "replace")
        level = [self.root]
        for _ in range(3):
            if any(entity.media.type + b"/" + entity.media.subtype == wanted for entity in level):
                return True
            level = [part for entity in level for part in entity.parts]
        return False


def content_of(entity: Entity) -> bytes:
    """Give the decoded octets of a part."""
    return decode_transfer(entity.body, entity.media.encoding)


def _encoded(text: str, charset: str) -> tuple[str, bytes]:
    name = codec(charset) if charset and extends_ascii(charset) else None
    if name is not None:
        try:
            return charset, text.encode(name)
        except UnicodeError:
            pass
    return "utf-8", text.encode("utf-8", "replace")


def _with(header: bytes, name: str, value: str) -> bytes:
    """Give a header with a field of this value in the place of the first of its name; further ones go."""
    line = headers.build(name, value, structured=True)
    found = [field for field in headers.parse(header) if field.name.lower() == name.lower().encode()]
    if not found:
        return ended(header) + line
    for field in reversed(found[1:]):
        header = header[: field.start] + header[field.end :]
    return header[: found[0].start] + line + header[found[0].end :]


def _transfer(octets: bytes, encoding: bytes) -> bytes:
    if encoding == b"base64":
        return base64.encodebytes(octets).replace(b"\n", b"\r\n")
    return binascii.b2a_qp(octets, istext=True) if encoding == b"quoted-printable" else octets
