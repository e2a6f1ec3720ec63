"""Messages as POP3 sends them (RFC 1939 section 3): lines that begin with a dot get a second one, the end is a dot alone.

Both work on pieces as they are read, in C, whatever a message holds. A line begins behind CRLF, and behind a bare LF too: clients
that read by LF would otherwise take a dot in the middle of a broken message for its end, and the rest for our replies.
"""

import re

_HEADER_END = re.compile(rb"\n\r?\n")
_DOT = re.compile(rb"\n\.")  # finds that there is none in two thirds of the time that `in` takes


class Stuffing:
    """The dots of one message."""

    __slots__ = ("_end",)

    def __init__(self) -> None:
        self._end = b"\r\n"  # the last two bytes sent; a message begins at the beginning of a line

    def stuff(self, piece: bytes) -> bytes:
        """Return the next piece with its dots doubled."""
        if not piece:
            return piece
        doubled = piece.replace(b"\n.", b"\n..") if _DOT.search(piece) else piece
        if piece[0] == 0x2E and self._end[-1] == 0x0A:
            doubled = b"." + doubled
        self._end = (self._end + piece[-2:])[-2:]
        return doubled

    def finish(self) -> bytes:
        """Return what ends the message: the CRLF it may lack, and the dot."""
        return b".\r\n" if self._end == b"\r\n" else b"\r\n.\r\n"


class Top:
    """The header, the blank line and the first `lines` lines of the body, of a message that comes in pieces (RFC 1939 section 7)."""

    __slots__ = ("_remaining", "_tail", "done")

    def __init__(self, lines: int) -> None:
        self._remaining = lines
        self._tail: bytes | None = b"\n"  # the end of what was read of the header; None in the body
        self.done = False

    def take(self, piece: bytes) -> bytes:
        """Return so much of the next piece as belongs to the answer; `done` is set once there is no more."""
        if self._tail is None:
            return self._lines(piece)
        window = self._tail + piece
        blank = _HEADER_END.search(window)
        if blank is None:
            self._tail = window[-2:]
            return piece
        end = blank.end() - len(self._tail)
        self._tail = None
        return piece[:end] + self._lines(piece[end:])

    def _lines(self, piece: bytes) -> bytes:
        count = piece.count(b"\n")
        if count < self._remaining:
            self._remaining -= count
            return piece
        self.done = True
        end = 0
        for _ in range(self._remaining):  # as many as the piece has at most
            end = piece.find(b"\n", end) + 1
        return piece[:end]
