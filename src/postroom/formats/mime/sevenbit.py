"""A message made fit for 7-bit transport before it is signed (RFC 6376 section 5.3, RFC 6152 section 3): leaves are encoded, their octets stay.

`find_parts` is told the structure and which octets are not fit, and gives a plan: spans to copy, spans to encode, and literal octets between.
`Encoder` then writes a span piece by piece. What others may have signed (multipart/signed, RFC 1847 section 2.1) or nobody may encode
(multipart and message types, RFC 2045 section 6.4) is copied as it is; so are headers.
"""

import binascii
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from postroom.formats import headers
from postroom.formats.mime.content import media, read_content
from postroom.formats.mime.structure import IDENTITY, Part

LINE_OCTETS: Final = 998  # RFC 5321 section 4.5.3.1.6, without CRLF
BASE64_LINE: Final = 57  # octets that make a line of 76 characters
DENSE: Final = 6  # one octet of so many beyond ASCII, and base64 is shorter than quoted-printable
SAMPLE: Final = 64 * 1024
LONG_LINE: Final = 64 * 1024

_LINE_END = re.compile(rb"\r\n|\r|\n")
_CONTAINERS = (b"multipart", b"message")
_UNTOUCHED = (b"signed", b"encrypted")

Read = Callable[[int, int], bytes]


class Span(NamedTuple):
    """Octets of the stored message from `start` to `end`, written with an encoding: "" (as they are), "quoted-printable" or "base64".

    Line ends become CRLF, but for `raw` octets, which are no text.
    """

    start: int
    end: int
    encoding: str = ""
    raw: bool = False


Piece = Span | bytes
Plan = tuple[Piece, ...]


def fit(data: bytes) -> bool:
    """Say whether octets may travel by 7-bit transport: ASCII without NUL, whole CRLF pairs, no line over 998 octets."""
    pairs = data.count(b"\r\n")
    if not data.isascii() or b"\0" in data or data.count(b"\n") != pairs or data.count(b"\r") != pairs:
        return False
    start = 0
    while len(data) - start > LINE_OCTETS:
        end = data.rfind(b"\r\n", start, start + LINE_OCTETS + 2)
        if end < 0:
            return False
        start = end + 2
    return True


class Fitness:
    """Tells which stretches of a message that is read piece by piece are not `fit`; a line or pair that pieces cut is seen whole."""

    __slots__ = ("_at", "_line", "stretches")

    def __init__(self) -> None:
        self._line = b""  # the line in hand, or as much of it as tells that it is too long
        self._at = 0
        self.stretches: list[tuple[int, int]] = []

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        data = self._line + piece
        start = self._at - len(self._line)
        self._at += len(piece)
        last = data.rfind(b"\n") + 1
        self._line = data[last:][-LINE_OCTETS - 2 :]
        if not fit(data.removesuffix(b"\r")):
            self.stretches.append((start, self._at))

    def unfit(self, part: Part) -> bool:
        """Say whether the body of a part may hold what is not fit."""
        return any(start < part.end and end > part.body for start, end in self.stretches)


def make_plan(structure: Part, read: Read, unfit: Callable[[Part], bool]) -> Plan:
    """Plan the conversion; `read(start, length)` gives octets of the message, `unfit` says whether a leaf's body needs it. Empty: nothing does."""
    edits = list(_edits(structure, read, unfit))
    if not edits:
        return ()
    plan: list[Piece] = []
    at = 0
    for start, end, pieces in edits:
        if start > at:
            plan.append(Span(at, start))
        plan += pieces
        at = end
    if at < structure.end:
        plan.append(Span(at, structure.end))
    return tuple(plan)


def _edits(structure: Part, read: Read, unfit: Callable[[Part], bool]) -> Iterator[tuple[int, int, tuple[Piece, ...]]]:
    """Give what changes, in the order of the message: a span, and what comes in its place."""
    waiting = [structure]
    while waiting:
        part = waiting.pop()
        if part.media.type == b"multipart" and part.media.subtype in _UNTOUCHED:
            continue
        if part.parts:
            waiting.extend(reversed(part.parts))
        elif part.size and part.media.encoding in IDENTITY and unfit(part):
            header = read(part.header, part.body - part.header)
            fields = read_content(header)
            if (part.body > part.header or part is structure) and media(fields).type not in _CONTAINERS:
                encoding = choose(part, read)
                new = _relabelled(header, fields, encoding, whole=part is structure, sample=read(part.body, min(part.size, SAMPLE)))
                yield part.header, part.end, (new, Span(part.body, part.end, encoding, part.media.type != b"text"))


def choose(part: Part, read: Read) -> str:
    """Choose the encoding of a leaf: quoted-printable for text that is mostly ASCII, base64 for all else."""
    sample = read(part.body, min(part.size, SAMPLE))
    foreign = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    textual = part.media.type == b"text" and b"\0" not in sample
    return "quoted-printable" if textual and foreign * DENSE <= len(sample) else "base64"


def _relabelled(header: bytes, fields: dict[bytes, bytes], encoding: str, *, whole: bool, sample: bytes) -> bytes:
    """Give a part's header with its new encoding, ended by its empty line; a message without MIME fields gets those it needs."""
    block = headers.remove(header, "Content-Transfer-Encoding")
    block = block[:-2] if block == b"\r\n" or block.endswith(b"\n\r\n") else block[:-1] if block.endswith(b"\n\n") else block
    if block and not block.endswith(b"\n"):
        block += b"\r\n"
    added = b""
    if whole and headers.find(header, "MIME-Version") is None:
        added += b"MIME-Version: 1.0\r\n"
    if whole and b"content-type" not in fields:
        added += b"Content-Type: text/plain; charset=%b\r\n" % _charset(sample)
    return lines(block) + added + b"Content-Transfer-Encoding: %b\r\n\r\n" % encoding.encode()


def _charset(sample: bytes) -> bytes:
    """Guess what undeclared text is (RFC 1428 section 3: unknown-8bit when nobody can tell)."""
    if sample.isascii():
        return b"us-ascii"
    try:
        sample[:-4].decode()  # the sample's end may cut a character
    except UnicodeDecodeError:
        return b"unknown-8bit"
    return b"utf-8"


def lines(data: bytes) -> bytes:
    """Give octets with every line end, of whatever kind, as CRLF."""
    pairs = data.count(b"\r\n")
    if data.count(b"\n") == pairs and data.count(b"\r") == pairs:
        return data
    return _LINE_END.sub(b"\r\n", data)


class LineEnds:
    """Makes every line end CRLF in pieces that may cut one."""

    __slots__ = ("_severed",)

    def __init__(self) -> None:
        self._severed = False

    def feed(self, piece: bytes, *, final: bool = False) -> bytes:
        """Take a piece, give what is certain of it."""
        if self._severed:
            piece = b"\r" + piece
        self._severed = not final and piece.endswith(b"\r")
        return lines(piece[:-1] if self._severed else piece)


class Encoder:
    """Writes one span, fed in pieces of any size; the same pieces give the same octets."""

    __slots__ = ("_encoding", "_held", "_line_ends")

    def __init__(self, span: Span) -> None:
        self._encoding = span.encoding
        self._line_ends = None if span.raw else LineEnds()
        self._held = b""

    def feed(self, piece: bytes, *, final: bool = False) -> bytes:
        """Take a piece; give what can be written of it."""
        if self._line_ends is not None:
            piece = self._line_ends.feed(piece, final=final)
        if not self._encoding:
            return piece
        data = self._held + piece if self._held else piece
        if self._encoding == "base64":
            cut = len(data) if final else len(data) - len(data) % BASE64_LINE
            self._held = data[cut:]
            return _base64(data[:cut])
        cut = len(data) if final else data.rfind(b"\r\n") + 2 if b"\r\n" in data else 0
        self._held = data[cut:]
        written = _quoted_printable(data[:cut]) if cut else b""
        if len(self._held) > LONG_LINE:  # a line without end is not gathered for ever
            written += _quoted_printable(self._held) + b"=\r\n"
            self._held = b""
        return written


def _quoted_printable(data: bytes) -> bytes:
    """Write whole lines, or a piece of one (RFC 2045 section 6.7); binascii takes LF for the line end where it sees no CRLF."""
    written = binascii.b2a_qp(data, istext=True)
    return written if b"\r\n" in data else written.replace(b"=\n", b"=\r\n")


def _base64(data: bytes) -> bytes:
    written = binascii.b2a_base64(data, newline=False)
    return b"".join([written[start : start + 76] + b"\r\n" for start in range(0, len(written), 76)])
