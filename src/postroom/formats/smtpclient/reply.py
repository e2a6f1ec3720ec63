"""What an SMTP server answers, read from its bytes: RFC 5321 section 4.2, enhanced codes of RFC 2034 and RFC 3463. The server is not trusted."""

import re
from typing import Final, NamedTuple

LINE_OCTETS: Final = 4096  # RFC 5321 section 4.5.3.1.5 says 512; longer ones do arrive
LINES: Final = 256
OCTETS: Final = 64 * 1024  # of one reply: a server that never comes to its last line ends here
TEXT_CHARACTERS: Final = 1000  # shown to people

_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_ENHANCED = re.compile(rb"\A([245])\.([0-9]{1,3})\.([0-9]{1,3})(?: |\Z)")
_UNPRINTABLE = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")


class Garbled(Exception):
    """What the server sent is no reply, or one that never ends, or came before it was asked; the text stands behind the server's name."""


class Reply(NamedTuple):
    """One reply: its code and the texts of its lines, raw; `text` is fit for logs, reports and terminals."""

    code: int
    lines: tuple[bytes, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the command was carried out (2xx)."""
        return 200 <= self.code < 300

    @property
    def lasting(self) -> bool:
        """Whether trying again is no use (5xx)."""
        return self.code >= 500

    @property
    def enhanced(self) -> str:
        """The enhanced code, "5.0.0" and the like when the server gave none or one of another class (RFC 3463 section 3.1)."""
        match = _ENHANCED.match(self.lines[0]) if self.lines else None
        digit = self.code // 100
        if match is None or int(match[1]) != digit:
            return f"{digit}.0.0" if digit != 3 else ""
        return f"{digit}.{int(match[2])}.{int(match[3])}"

    @property
    def text(self) -> str:
        """The server's words on one line, without enhanced codes; whatever is not printable (a forged line, an escape sequence) is `?`."""
        words = b" ".join([_ENHANCED.sub(b"", line, 1).strip() for line in self.lines])
        return _UNPRINTABLE.sub("?", words[: 4 * TEXT_CHARACTERS].decode(errors="replace"))[:TEXT_CHARACTERS].strip()

    def __str__(self) -> str:
        return f"{self.code} {self.enhanced} {self.text}".replace("  ", " ").strip()


class Replies:
    """Reads replies from bytes as they come. A line may end with LF alone: that can't end one reply and begin another."""

    __slots__ = ("_at", "_buffer", "_code", "_lines", "_octets")

    def __init__(self) -> None:
        self._buffer = b""
        self._at = 0
        self._lines: list[bytes] = []
        self._code = b""
        self._octets = 0

    @property
    def buffered(self) -> int:
        """How many bytes came that no reply has taken, begun replies included."""
        return len(self._buffer) - self._at + self._octets

    def feed(self, data: bytes) -> None:
        """Take bytes of the server's; call `next` until it gives None before the next time."""
        self._buffer = self._buffer[self._at :] + data if self._at < len(self._buffer) else data
        self._at = 0

    def next(self) -> Reply | None:
        """Give the next reply that is whole, or None; raises Garbled."""
        while True:
            end = self._buffer.find(b"\n", self._at)
            if end < 0:
                if len(self._buffer) - self._at > LINE_OCTETS:
                    raise Garbled("sent a line without end")
                return None
            line = self._buffer[self._at : end]
            self._at = end + 1
            reply = self._take(line[:-1] if line.endswith(b"\r") else line)
            if reply is not None:
                return reply

    def _take(self, line: bytes) -> Reply | None:
        match = _LINE.fullmatch(line)
        if len(line) > LINE_OCTETS:
            raise Garbled("sent a line without end")
        if match is None:
            raise Garbled(f"sent what is no SMTP reply: {_shown(line)}")
        code, mark, text = match.groups()
        if self._code and code != self._code:
            raise Garbled("sent a reply with two codes")
        if mark == b"-":
            self._code = code
            self._lines.append(text)
            self._octets += len(line)
            if len(self._lines) >= LINES or self._octets > OCTETS:
                raise Garbled("sent a reply without end")
            return None
        lines = (*self._lines, text or b"")
        self._lines, self._code, self._octets = [], b"", 0
        return Reply(int(code), lines)


def _shown(line: bytes) -> str:
    return ascii(line[:60].decode(errors="replace"))
