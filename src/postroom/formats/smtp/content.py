"""The octets of a message on their way in: where they end, and whether they can be taken (RFC 5321 sections 2.3.8, 4.5.2; RFC 3030).

SMTP smuggling (CVE-2023-51764 and its kin) lives on servers that disagree about where a message ends. Here only CRLF . CRLF ends DATA, and
a message with a CR or LF outside a pair is refused whole, once its real end was read; so it is never passed on to a server that is laxer.
"""

from io import IncrementalNewlineDecoder

from postroom.formats.smtp.limits import Limits
from postroom.formats.smtp.reply import Reply

TERMINATOR = b"\r\n.\r\n"
_DOT = TERMINATOR[:3]
_ABRUPT = tuple((TERMINATOR[:length], length) for length in (4, 3, 2, 1))

BARE = Reply.of(550, "5.6.0", "The message holds a CR or LF outside a CRLF pair; it is refused (RFC 5321 section 2.3.8)")
TOO_BIG = Reply.of(552, "5.3.4", "The message is larger than this server takes")
LONG_LINE = Reply.of(554, "5.6.0", "The message holds a line longer than this server takes")


class Content:
    """What is known of one message while it arrives; `fault` once it can't be taken. Each octet is looked at a fixed number of times."""

    __slots__ = ("_limits", "_line", "_severed", "fault", "size")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._line = 0  # octets of the line that is not yet ended
        self._severed = b""  # a CR at the end of a BDAT chunk, whose LF may open the next
        self.size = 0
        self.fault: Reply | None = None

    @property
    def endless(self) -> bool:
        """Whether more came than is read even of a message that is refused."""
        limits = self._limits
        return limits.size > 0 and self.size > limits.size + limits.overrun

    def inspect(self, piece: bytes) -> bytes:
        """Look at a piece that cuts no CRLF pair; give it back, or b"" once the message is at fault."""
        self.size += len(piece)
        if not paired(piece):
            self.fault = BARE
        elif 0 < self._limits.size < self.size:
            self.fault = self.fault or TOO_BIG
        if self._line + len(piece) > self._limits.content_line:
            self._measure_lines(piece)
        else:
            last = piece.rfind(b"\r\n")
            self._line = len(piece) - last - 2 if last >= 0 else self._line + len(piece)
        return b"" if self.fault else piece

    def inspect_chunk(self, piece: bytes, *, last: bool) -> bytes:
        """Look at a piece of BDAT, which may cut a pair; the last piece is given a line end if it has none."""
        piece = self._severed + piece
        self._severed = b""
        if not last and piece.endswith(b"\r"):
            self._severed, piece = b"\r", piece[:-1]
        if last and piece[-2:] != b"\r\n" and (self._line or piece):
            piece += b"\r\n"  # a message is lines (RFC 5321 section 2.3.8); DKIM's "simple" body ends with CRLF either way
        return self.inspect(piece)

    def _measure_lines(self, piece: bytes) -> None:
        """Find a line over the limit by leaping: the last line end within a limit's reach is where the next leap begins."""
        reach, position = self._limits.content_line + 2 - self._line, 0
        while position + reach < len(piece) + 2:
            end = piece.rfind(b"\r\n", position, position + reach)
            if end < 0:
                self.fault = self.fault or LONG_LINE
                break
            position, reach = end + 2, self._limits.content_line + 2
        last = piece.rfind(b"\r\n")
        self._line = len(piece) - last - 2 if last >= 0 else self._line + len(piece)


def paired(piece: bytes) -> bool:
    """Say whether every CR and every LF is one of a pair; the decoder of universal newlines tells in one pass, in C, which kinds it saw."""
    seen = IncrementalNewlineDecoder(None, translate=False)
    seen.decode(piece.decode("latin-1"), final=True)
    return seen.newlines in {None, "\r\n"}


def find_end(data: bytes, start: int) -> tuple[int, bool]:
    """Find CRLF . CRLF from `start` on, -1 when it is not there yet, and tell whether a line before it may begin with a dot.

    The usual piece is searched once and backwards, which takes `bytes` half as long as forwards.
    """
    dot = data.rfind(_DOT, start)
    if dot < 0 or (data.startswith(TERMINATOR, dot) and data.rfind(_DOT, start, dot + 2) < 0):
        return dot, False
    return data.find(TERMINATOR, start), True


def held_back(data: bytes, start: int) -> int:
    """How many octets at the end of data (from `start` on) may be the beginning of CRLF . CRLF and so have to wait for what follows."""
    for opening, length in _ABRUPT:
        if data.endswith(opening, start):
            return length
    return 0


def unstuff(piece: bytes) -> bytes:
    """Take away the dot that the client put before each line that begins with one (RFC 5321 section 4.5.2)."""
    return piece.replace(_DOT, b"\r\n")
