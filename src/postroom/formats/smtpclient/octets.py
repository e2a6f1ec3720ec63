"""The octets of a message on their way out: dots stuffed for DATA (RFC 5321 section 4.5.2), counted for BDAT (RFC 3030).

SMTP smuggling (CVE-2023-51764 and its kin) needs a sender that lets a CR or LF through outside a CRLF pair. None leaves here: RFC 5321
section 2.3.8 forbids it, so the message is not sent, and a connection in the midst of it is cut before the message could end.
"""

from typing import Final

from postroom.formats.smtp.content import paired

TERMINATOR: Final = b".\r\n"


class BareLineEnd(Exception):
    """The message holds a CR or LF outside a CRLF pair."""


class Octets:
    """Lets pieces of a message through as whole CRLF pairs; raises BareLineEnd."""

    __slots__ = ("_ended", "_severed")

    def __init__(self) -> None:
        self._severed = False  # a CR at the end of a piece, whose LF must open the next
        self._ended = True  # at the beginning of a line

    def pass_on(self, piece: bytes) -> bytes:
        """Check a piece, which may cut a pair; give what may go out of it."""
        if self._severed:
            piece = b"\r" + piece
        self._severed = piece.endswith(b"\r")
        if self._severed:
            piece = piece[:-1]
        if not paired(piece):
            raise BareLineEnd
        return piece

    def last(self) -> bytes:
        """End the message; gives the line end that it may lack."""
        if self._severed:
            raise BareLineEnd
        return b"" if self._ended else b"\r\n"


class Chunks(Octets):
    """BDAT chunks: `feed` gives each piece with its command, `finish` the last chunk."""

    __slots__ = ()

    def feed(self, piece: bytes) -> bytes:
        """Write a piece as a chunk; b"" when nothing of it can go yet."""
        piece = self.pass_on(piece)
        if not piece:
            return b""
        self._ended = piece.endswith(b"\n")
        return b"BDAT %d\r\n%b" % (len(piece), piece)

    def finish(self, piece: bytes = b"") -> bytes:
        """Write the last chunk with what is left."""
        piece = self.pass_on(piece)
        if piece:
            self._ended = piece.endswith(b"\n")
        piece += self.last()
        return b"BDAT %d LAST\r\n%b" % (len(piece), piece)


class Stuffing(Octets):
    """DATA: `feed` stuffs the dots of a piece, `finish` ends the message with its lone dot."""

    __slots__ = ()

    def feed(self, piece: bytes) -> bytes:
        """Write a piece."""
        piece = self.pass_on(piece)
        if not piece:
            return b""
        dotted = self._ended and piece.startswith(b".")
        self._ended = piece.endswith(b"\n")
        if b"\n." in piece:
            piece = piece.replace(b"\r\n.", b"\r\n..")
        return b"." + piece if dotted else piece

    def finish(self, piece: bytes = b"") -> bytes:
        """Write what is left and the end."""
        return self.feed(piece) + self.last() + TERMINATOR
