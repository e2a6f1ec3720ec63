"""Header blocks (RFC 5322 section 2.2): found, taken apart, asked and changed, on bytes and tolerant of what really arrives.

A field is one line and the folded lines after it. A header ends with an empty line or before the first line that can be no field, as
Postfix and Sendmail see it. Lines end with LF, with or without CR before it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from postroom.errors import PostroomError
from postroom.formats.words import encode_words

LINE_OCTETS = 998  # RFC 5322 section 2.1.1, without CRLF
FOLD_OCTETS = 78

# One line of a header. Names may hold 8-bit (they do arrive), blanks only before the colon; a boundary line is never a field.
_LINE = rb"(?!--)(?:[ \t]|[^ \t\r\n:]*+[ \t]*+:)[^\n]*+"
LINES = re.compile(rb"(?:" + _LINE + rb"\n)*+")
LAST_LINE = re.compile(_LINE)
MBOX_LINE = re.compile(rb">?From [^\n]*+\n")  # of a mailbox file, slipped into the message
_BETWEEN = re.compile(rb"\n(?![ \t])")
_FOLD = re.compile(rb"\r?\n(?=[ \t])|[\r\n]+\Z")
_WORD = re.compile(r" *[^ ]+| +")
_NAME = re.compile(r"[!-9;-~]+")
_FORBIDDEN = re.compile(r"[\r\n\0]")


class HeaderError(PostroomError):
    """The field can't be written: a name that is none, or a value with a line end or NUL (header injection)."""


class Field(NamedTuple):
    """One field of a header: `name` as written, `value` raw with its folds, and where its octets lie, line end included."""

    name: bytes
    value: bytes
    start: int
    end: int


def header_end(message: bytes) -> int:
    """Give the offset of the body: behind the empty line, or at the first line that is no field."""
    if message.startswith((b" ", b"\t")):  # nothing to fold yet
        return 0
    end = LINES.match(message, _begin(message)).end()  # type: ignore[union-attr] # it matches the empty string at least
    if message.startswith(b"\r\n", end):
        return end + 2
    if message.startswith(b"\n", end):
        return end + 1
    last = LAST_LINE.match(message, end) if message.find(b"\n", end) < 0 else None
    return last.end() if last else end


def split(header: bytes) -> list[bytes]:
    """Give the raw fields of a header, folds and CR kept, without their last LF; the empty line that ends the header is left out."""
    fields = _BETWEEN.split(header[_begin(header) :])
    while fields and fields[-1] in (b"", b"\r"):
        fields.pop()
    return fields


def parse(header: bytes) -> list[Field]:
    """Give every field of a header with its place."""
    fields: list[Field] = []
    start = _begin(header)
    for raw in split(header):
        name, _, value = raw.partition(b":")
        end = min(start + len(raw) + 1, len(header))
        fields.append(Field(name.rstrip(b" \t"), value, start, end))
        start = end
    return fields


def find(header: bytes, name: str) -> bytes | None:
    """Give the value of the first field of this name, unfolded, or None."""
    found = _finder(name.lower()).search(header)
    return unfold(found[1]) if found else None


def find_all(header: bytes, name: str) -> list[bytes]:
    """Give the values of all fields of this name, unfolded, in their order."""
    return [unfold(raw) for raw in _finder(name.lower()).findall(header)]


def unfold(raw: bytes) -> bytes:
    """Take the line ends out of a raw value, and the white space around it (RFC 5322 section 2.2.3)."""
    return (_FOLD.sub(b"", raw) if b"\n" in raw else raw).strip()


def build(name: str, value: str, *, structured: bool = False) -> bytes:
    """Write one field, folded, CRLF included. Text beyond ASCII becomes encoded words, in `structured` values UTF-8 (RFC 6532) as it is.

    Raises HeaderError for a bad name, for CR, LF or NUL in the value (header injection) and for a structured word that fits no line.
    """
    if not _NAME.fullmatch(name):
        raise HeaderError("The name of the field is not valid.")
    check_value(value)
    if not structured:
        value = encode_words(value, FOLD_OCTETS - len(name) - 2)
    field = _folded(f"{name}: {value}")
    if max(map(len, field.split(b"\n"))) > LINE_OCTETS + 1:
        if structured:
            raise HeaderError(f"The value of {name} does not fit into a line.")
        field = _folded(f"{name}: {encode_words(value, FOLD_OCTETS - len(name) - 2, always=True)}")
    return field


def check_value(value: str) -> None:
    """Refuse a value that would break out of its field; raises HeaderError."""
    if _FORBIDDEN.search(value):
        raise HeaderError("The value of a field contains a line end or NUL.")


def insert(message: bytes, fields: bytes) -> bytes:
    """Put fields (whole lines, as `build` makes them) on top of a message or header; one without a header gets the empty line it lacks."""
    rest = message[_begin(message) :]
    headless = header_end(rest) == 0
    return fields + (b"\r\n" if headless else b"") + rest


def remove(message: bytes, *names: str) -> bytes:
    """Take all fields of these names out of the header; everything else keeps its octets."""
    unwanted = {name.lower().encode() for name in names}
    end = header_end(message)
    fields = [field for field in parse(message[:end]) if field.name.lower() in unwanted]
    if not fields:
        return message
    kept: list[bytes] = []
    start = 0
    for field in fields:
        kept.append(message[start : field.start])
        start = field.end
    return b"".join([*kept, message[start:]])


@lru_cache(128)
def _finder(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?mi)^" + re.escape(name.encode()) + rb"[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)")


def _folded(line: str) -> bytes:
    """Fold at spaces so that lines keep to 78 octets where they can; folds that are there stay."""
    pieces: list[str] = []
    for piece in line.split("\r\n"):
        width = 0
        for word in _WORD.findall(piece):
            octets = len(word.encode())
            if width and width + octets > FOLD_OCTETS and not word.isspace():
                pieces.append("\r\n")
                width = 0
            pieces.append(word)
            width += octets
        pieces.append("\r\n")
    return "".join(pieces).encode()


def _begin(message: bytes) -> int:
    """Give where fields begin: behind the line that a mailbox file left."""
    mbox = MBOX_LINE.match(message)
    return mbox.end() if mbox else 0
