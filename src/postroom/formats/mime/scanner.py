"""Takes a message apart while it arrives: fed in pieces of any size it gives the same Structure, and keeps no body.

The scanner is always in one of four states:

    HEADER  gathers lines until the header of the part in hand ends
    BODY    looks for the next line that begins with the boundary of an open multipart
    LINE    skips what is left of a boundary line
    REST    only counts: no multipart is open, or a limit is reached

Every octet is looked at once per open multipart, by `bytes.find`; no line is an object. Boundaries are compared as RFC 2046 section 5.1.1
says, by the beginning of the line, so each hit makes a part and the limit of parts bounds the work (MIME bombs). Where several match the
longest counts, then the outermost.
"""

from typing import Final

from postroom.formats.headers import LAST_LINE, LINES, MBOX_LINE
from postroom.formats.mime.content import media, opaque, plain, read_content
from postroom.formats.mime.structure import IDENTITY, OPAQUE, Limits, Part, Structure

BOUNDARY_OCTETS = 250  # RFC 2046 allows 70; longer ones than this are no boundaries

HEADER: Final = 0
BODY: Final = 1
LINE: Final = 2
REST: Final = 3
_DEFAULT = Limits()


class _Open:
    """A part that has not ended; `boundary` begins its delimiter lines, LF before them included, and is empty when none is expected."""

    __slots__ = ("body", "boundary", "header", "lines", "media", "next", "parts", "searched")

    def __init__(self, header: int) -> None:
        self.header = self.body = header
        self.media = OPAQUE
        self.lines = 0  # LF before the body
        self.parts: list[Part] = []
        self.boundary = b""
        self.next = -1  # where the boundary was found last
        self.searched = 0  # where to search on


class Scanner:
    """Scans one message: `feed` its octets, then `finish`. Holds a header and the piece in hand at most; all places are in the message."""

    def __init__(self, limits: Limits = _DEFAULT) -> None:
        self._limits = limits
        self._buffer: bytes | bytearray = b""
        self._base = 0  # place of the first octet in the buffer
        self._at = 0  # what lies before is dealt with
        self._line = 0  # the first line of a header that is not looked at
        self._no_line_end = 0  # between there and here stands no LF
        self._counted = 0  # up to where LF are counted
        self._lines = 0
        self._open = [_Open(0)]
        self._multiparts: list[_Open] = []  # those whose boundary may come, outermost first
        self._longest = 0  # of these boundaries
        self._parts = 1
        self._closing = False  # the boundary line in hand ends its multipart
        self._state: int = HEADER
        self._steps = (self._header, self._body, self._boundary_line, self._rest)

    def feed(self, chunk: bytes) -> None:
        """Take the next octets of the message, best 64 KB at a time."""
        if not self._buffer:
            self._buffer = chunk
        else:
            if isinstance(self._buffer, bytes):
                self._buffer = bytearray(self._buffer)
            self._buffer += chunk
        self._advance(final=False)
        self._drop()

    def finish(self) -> Structure:
        """Say that the message has ended; gives its structure. Never raises: whatever was fed has one."""
        self._advance(final=True)
        return self._close_down_to(0, self._base + len(self._buffer))

    def _advance(self, *, final: bool) -> None:
        while self._steps[self._state](final):
            pass

    def _drop(self) -> None:
        """Forget what is dealt with, except the two octets before: a line end that may belong to a boundary."""
        keep = max(self._at - 2, self._base)
        self._count(keep)
        if isinstance(self._buffer, bytearray):
            del self._buffer[: keep - self._base]
        else:
            self._buffer = self._buffer[keep - self._base :]
        self._base = keep

    def _count(self, place: int) -> int:
        """Count the LF before a place, which may only grow."""
        if place > self._counted:
            self._lines += self._buffer.count(b"\n", self._counted - self._base, place - self._base)
            self._counted = place
        return self._lines

    def _header(self, final: bool) -> bool:
        part = self._open[-1]
        end = self._header_end(part.header, final=final)
        if end < 0:
            return False
        header = bytes(self._buffer[part.header - self._base : end - self._base])
        part.body = self._at = end
        part.lines = self._count(end)
        part.media = media(read_content(header), digest=self._parent().media[:2] == (b"multipart", b"digest"))
        self._enter(part)
        return True

    def _header_end(self, header: int, *, final: bool) -> int:
        """Give the place where a header's body begins, or -1 when the octets at hand don't tell."""
        base, buffer = self._base, self._buffer
        line, stop = self._line - base, header - base + self._limits.header
        overlong = len(buffer) >= stop + 2
        if not (final or overlong) and buffer.find(b"\n", max(line, self._no_line_end - base)) < 0:
            self._no_line_end = base + len(buffer)
            return -1
        if self._line == header:
            if buffer[line : line + 1] in b" \t":  # nothing to fold yet
                return header
            mbox = MBOX_LINE.match(buffer, line, stop) if self._is_message() else None
            line = mbox.end() if mbox else line
        line = LINES.match(buffer, line, stop).end()  # type: ignore[union-attr] # it matches the empty string at least
        self._line = base + line
        if buffer[line : line + 1] == b"\n":
            return self._line + 1
        if buffer[line : line + 2] == b"\r\n":
            return self._line + 2
        if overlong or buffer.find(b"\n", line, stop) >= 0:
            return self._line
        last = LAST_LINE.match(buffer, line, stop) if final else None
        if last and last.end() == len(buffer):
            return base + len(buffer)
        return self._line if final else -1

    def _parent(self) -> _Open:
        return self._open[-2] if len(self._open) > 1 else self._open[-1]

    def _is_message(self) -> bool:
        return len(self._open) == 1 or self._open[-2].media.type == b"message"

    def _enter(self, part: _Open) -> None:
        """Choose the state in which the body of a part is read."""
        of = part.media
        self._state = BODY if self._multiparts else REST
        if of.type == b"multipart":
            boundary = dict(of.parameters).get(b"boundary", b"").rstrip()
            if not 0 < len(boundary) <= BOUNDARY_OCTETS:
                part.media = plain(of)
            elif len(self._open) > self._limits.depth:
                part.media = opaque(of)
            else:
                part.boundary, self._state = b"\n--" + boundary, BODY
                self._multiparts.append(part)
                self._longest = max(self._longest, len(part.boundary))
        elif of.type == b"message" and of.subtype == b"rfc822":
            if of.encoding not in IDENTITY or len(self._open) > self._limits.depth:
                part.media = opaque(of)
            else:
                self._begin()

    def _begin(self) -> None:
        """Open the part that starts here; the last one that the limits allow is the rest of the message."""
        self._open.append(_Open(self._at))
        self._line = self._at
        self._parts += 1
        self._state = HEADER
        if self._parts >= self._limits.parts:
            self._open[-1].lines = self._count(self._at)
            self._state = REST

    def _body(self, final: bool) -> bool:
        found = self._next_boundary()
        end = self._base + len(self._buffer)
        if found is None:
            self._at = max(self._at, end - self._longest + 1)
            return False
        at = found.next
        if end - at < self._longest + 2 and not final and self._buffer.find(b"\n", at + 1 - self._base) < 0:
            self._at = at + 1  # a longer boundary may match, or `--` follow
            return False
        after = at + len(found.boundary)
        self._closing = self._buffer[after - self._base : after - self._base + 2] == b"--"
        body_end = at - 1 if self._buffer[at - 1 - self._base] == 0x0D else at
        self._close_down_to(self._open.index(found) + 1, body_end)
        self._at, self._state = after, LINE
        return True

    def _next_boundary(self) -> _Open | None:
        """Find the first boundary that a line from here on begins with."""
        best: _Open | None = None
        start, base = self._at - 1, self._base
        for multipart in self._multiparts:
            if multipart.next < start:
                begin = max(multipart.searched, start)
                found = self._buffer.find(multipart.boundary, begin - base)
                if found < 0:
                    multipart.searched = max(begin, base + len(self._buffer) - len(multipart.boundary) + 1)
                    continue
                multipart.next = found + base
            if best is None or (multipart.next, -len(multipart.boundary)) < (best.next, -len(best.boundary)):
                best = multipart
        return best

    def _boundary_line(self, final: bool) -> bool:
        line_end = self._buffer.find(b"\n", self._at - self._base)
        if line_end < 0:
            self._at = self._base + len(self._buffer)
            return False
        self._at = self._base + line_end + 1
        if self._closing:
            self._multiparts.pop().boundary = b""
            self._state = BODY if self._multiparts else REST
        else:
            self._begin()
        return True

    def _rest(self, final: bool) -> bool:
        self._at = self._base + len(self._buffer)
        return False

    def _close_down_to(self, count: int, end: int) -> Part:
        """End the innermost parts until `count` are open; gives the last one ended."""
        ended = _NOTHING
        while len(self._open) > count:
            part = self._open.pop()
            end = max(end, part.body)  # the line end before the boundary may be the one that ends the header
            lines = self._count(end) - part.lines
            if part.boundary:
                self._multiparts.pop()
            if part.media.type == b"multipart" and not part.parts:
                part.media = plain(part.media)
            ended = Part(part.media, part.header, part.body, end, lines, tuple(part.parts))
            if self._open:
                self._open[-1].parts.append(ended)
        return ended


_NOTHING = Part(OPAQUE, 0, 0, 0, 0)
