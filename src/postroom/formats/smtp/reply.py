"""What an SMTP server answers: RFC 5321 section 4.2, with the enhanced status codes of RFC 2034 and RFC 3463."""

import re
from dataclasses import dataclass, field
from typing import Self

TEXT_OCTETS = 480  # of one line: with code and CRLF it stays under the 512 octets of RFC 5321 section 4.5.3.1.5
_UNPRINTABLE = re.compile(r"[^ -~]")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of one or more lines; `enhanced` is "5.1.1", or "" where RFC 2034 wants none (greeting, EHLO, 3xx).

    Text that came from outside can't forge a second reply: whatever is not printable ASCII becomes `?`, a line is cut at 480 octets; but
    for 334, whose base64 must be whole (RFC 4954 section 4).
    """

    code: int
    enhanced: str
    lines: tuple[str, ...]
    wire: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        mark = f"{self.enhanced} " if self.enhanced else ""
        texts = [line if line.isascii() and line.isprintable() else _UNPRINTABLE.sub("?", line) for line in self.lines] or [""]
        if self.code != 334:
            texts = [text[:TEXT_OCTETS] for text in texts]
        rows = [f"{self.code}-{mark}{text}\r\n" for text in texts[:-1]] + [f"{self.code} {mark}{texts[-1]}\r\n"]
        object.__setattr__(self, "wire", "".join(rows).encode("ascii"))

    @classmethod
    def of(cls, code: int, enhanced: str, *lines: str) -> Self:
        """Make a reply from its code, its enhanced code and its lines."""
        return cls(code, enhanced, lines)

    @property
    def positive(self) -> bool:
        """Whether the command was taken (2xx and 3xx)."""
        return self.code < 400

    def __str__(self) -> str:
        return f"{self.code} {self.enhanced} {self.lines[0] if self.lines else ''}".replace("  ", " ")


class Refused(Exception):
    """A command can't be taken; `reply` is what the peer is told, `cause` (if it says more) what the log should hold."""

    def __init__(self, reply: Reply, cause: str = "") -> None:
        super().__init__(str(reply))
        self.reply = reply
        self.cause = cause


def refused(code: int, enhanced: str, text: str, cause: str = "") -> Refused:
    """Make the exception that refuses with this reply."""
    return Refused(Reply.of(code, enhanced, text), cause)
