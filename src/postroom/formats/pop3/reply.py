"""What a POP3 server answers: RFC 1939 section 3, with the response codes of RFC 2449 section 8 and RFC 3206."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

TEXT_OCTETS = 480  # with "-ERR [SYS/TEMP] " and CRLF a line stays under the 512 octets of RFC 1939 section 3
_UNPRINTABLE = re.compile(r"[^ -~]")


@dataclass(frozen=True, slots=True)
class Reply:
    """A status line, and further lines for a multi-line response; `code` is "AUTH", "IN-USE", "SYS/TEMP" or their like, or "".

    Text that came from outside can't forge a second line: whatever is not printable ASCII becomes `?`, a line is cut at 480 octets.
    """

    positive: bool
    text: str
    code: str = ""
    lines: tuple[str, ...] | None = None
    wire: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        code = f" [{self.code}]" if self.code else ""
        first = f"{'+OK' if self.positive else '-ERR'}{code} {_UNPRINTABLE.sub('?', self.text[:TEXT_OCTETS])}"
        rows = [first] if self.lines is None else [first, *map(_line, self.lines), "."]
        object.__setattr__(self, "wire", ("\r\n".join(rows) + "\r\n").encode("ascii"))

    @classmethod
    def ok(cls, text: str, lines: Iterable[str] | None = None) -> Self:
        """Make a positive reply, a multi-line one if lines are given."""
        return cls(True, text, "", None if lines is None else tuple(lines))

    @classmethod
    def err(cls, text: str, code: str = "") -> Self:
        """Make a negative reply."""
        return cls(False, text, code)

    def __str__(self) -> str:
        return self.wire.partition(b"\r\n")[0].decode("ascii")


class Refused(Exception):
    """A command can't be obeyed; `reply` is what the client is told, `cause` (if it says more) what the log should hold."""

    def __init__(self, reply: Reply, cause: str = "") -> None:
        super().__init__(str(reply))
        self.reply = reply
        self.cause = cause


def _line(text: str) -> str:
    clean = _UNPRINTABLE.sub("?", text[:TEXT_OCTETS])
    return f".{clean}" if clean.startswith(".") else clean
