"""Address lists of header fields (RFC 5322 section 3.4, the obsolete forms of 4.4 and what else arrives): From, Sender, To and their like.

Values are octets, as IMAP's ENVELOPE wants them (RFC 3501 section 7.4.2): encoded words stay encoded.
"""

import re
from typing import NamedTuple

from postroom.formats.address import Address, quote_local
from postroom.formats.charset import guess

ENTRIES = 2000  # more than any list people read; what follows is left out

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"?|(\()|(\[[^\]]*+\]?)|([<>@,:;])|([^\s"(\[<>@,:;]++)|(\s++)', re.DOTALL)
_COMMENT_TOKEN = re.compile(rb"[()]|\\.|[^()\\]++|\\", re.DOTALL)
_QUOTED_PAIR = re.compile(rb"\\(.)", re.DOTALL)


class Mailbox(NamedTuple):
    """One entry of a list. A group opens with its name as `local` and None as `domain`, and closes with four None."""

    name: bytes | None
    route: bytes | None
    local: bytes | None
    domain: bytes | None


_GROUP_END = Mailbox(None, None, None, None)


def parse_list(value: bytes) -> list[Mailbox]:
    """Read an address list, unfolded or not; never raises, gives at most 2,000 entries."""
    return _Reader(value).read()


def addresses(value: bytes) -> list[Address]:
    """Give the addresses of a list, groups resolved, for checks such as the sender's; raises AddressError when one of them is none."""
    found = [entry for entry in parse_list(value) if entry.domain is not None]
    return [Address.parse(f"{quote_local(guess(entry.local or b''))}@{guess(entry.domain or b'')}") for entry in found]


class _Reader:
    """Reads one list from left to right; the fields hold what is known of the entry in hand."""

    __slots__ = ("angle", "at", "comment", "entries", "in_group", "name", "route", "value", "words")

    def __init__(self, value: bytes) -> None:
        self.value = value
        self.entries: list[Mailbox] = []
        self.in_group = False
        self._next()

    def _next(self) -> None:
        self.words: list[bytes] = []  # of the phrase, or of the address itself
        self.at = -1  # where in words the last @ stands
        self.angle = False
        self.name: bytes | None = None
        self.route: bytes | None = None
        self.comment: bytes | None = None

    def read(self) -> list[Mailbox]:
        value, position = self.value, 0
        while position < len(value) and len(self.entries) < ENTRIES:
            token = _TOKEN.match(value, position)
            if token is None:  # pragma: no cover - every octet begins a token
                break
            position = token.end()
            if token[2]:
                position = self._comment(position)
            elif token[4]:
                self._special(token[4])
            else:
                self._word(token)
        self._flush()
        if self.in_group:
            self.entries.append(_GROUP_END)
        return self.entries

    def _word(self, token: re.Match[bytes]) -> None:
        if token[6]:
            if not self.angle and self.words and self.words[-1] != b" ":
                self.words.append(b" ")
        elif token[1] is not None:
            self.words.append(_QUOTED_PAIR.sub(rb"\1", token[1]))
        else:
            self.words.append(token[0])

    def _special(self, special: bytes) -> None:
        if special == b"@":
            self.at = len(self.words)
            self.words.append(special)
        elif special == b"<":
            self.name, self.words, self.at, self.angle = b"".join(self.words).strip() or None, [], -1, True
        elif special == b":":
            self._colon()
        elif special == b"," and self.angle and self.words[:1] == [b"@"]:
            self.words.append(special)  # between the domains of a route
        elif special != b">":
            self._flush()
            if special == b";" and self.in_group:
                self.entries.append(_GROUP_END)
                self.in_group = False

    def _colon(self) -> None:
        if self.angle:
            self.route, self.words, self.at = b"".join(self.words), [], -1
        elif not self.in_group:
            self.entries.append(Mailbox(None, None, b"".join(self.words).strip(), None))
            self.in_group = True
            self._next()

    def _flush(self) -> None:
        words, at = self.words, self.at
        if any(word != b" " for word in words) or self.angle:
            cut = len(words) if at < 0 else at
            local = b"".join(words[:cut]).strip()
            domain = b"".join([word for word in words[cut + 1 :] if word != b" "])
            self.entries.append(Mailbox(self.name or self.comment, self.route, local, domain))
        self._next()

    def _comment(self, position: int) -> int:
        """Skip a comment, which may hold others; the outermost text names a mailbox that has no phrase (`alice@example.test (Alice)`)."""
        depth, start = 1, position
        for token in _COMMENT_TOKEN.finditer(self.value, position):
            position = token.end()
            depth += (token[0] == b"(") - (token[0] == b")")
            if depth == 0:
                break
        inner = self.value[start : position - 1] if depth == 0 else self.value[start:position]
        self.comment = _QUOTED_PAIR.sub(rb"\1", inner).strip() or self.comment
        return position
