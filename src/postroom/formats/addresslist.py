"""Address lists of header fields (RFC 5322 section 3.4, the obsolete forms of 4.4 and what else arrives): From, Sender, To and their like.

Values are octets, as IMAP's ENVELOPE wants them (RFC 3501 section 7.4.2): encoded words stay encoded.
"""

import re
from typing import NamedTuple

from postroom.formats.address import Address, AddressError, quote_local
from postroom.formats.charset import guess
from postroom.formats.headers import check_value
from postroom.formats.words import encode_words

ENTRIES = 2000  # more than any list people read; what follows is left out

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"?|(\()|(\[[^\]]*+\]?)|([<>@,:;])|([^\s"(\[<>@,:;]++)|(\s++)', re.DOTALL)
_ATOMS = re.compile(r"(?!.*=\?)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+")
_COMMENT_TOKEN = re.compile(rb"[()]|\\.|[^()\\]++|\\", re.DOTALL)
_QUOTED_PAIR = re.compile(rb"\\(.)", re.DOTALL)


class Mailbox(NamedTuple):
    """One entry of a list. A group opens with its name as `local` and None as `domain`, and closes with four None."""

    name: bytes | None
    route: bytes | None
    local: bytes | None
    domain: bytes | None
    sound: bool = True  # written as RFC 5322 wants it; what is not may mean another address to another reader


_GROUP_END = Mailbox(None, None, None, None)


def parse_list(value: bytes) -> list[Mailbox]:
    """Read an address list, unfolded or not; never raises, gives at most 2,000 entries."""
    return _Reader(value).read()


def addresses(value: bytes) -> list[Address]:
    """Give the addresses of a list, groups resolved, for checks such as the sender's; raises AddressError when one is none or ambiguous."""
    found = [entry for entry in parse_list(value) if entry.domain is not None]
    if not all(entry.sound for entry in found):
        raise AddressError("The address can be read in several ways.")
    return [Address.parse(f"{quote_local(guess(entry.local or b''))}@{guess(entry.domain or b'')}") for entry in found]


def format_mailbox(address: Address, name: str = "") -> str:
    """Write an address with a name for people as a header field takes it; beyond ASCII as encoded words (RFC 2047 5 (3)). Raises HeaderError."""
    if not name:
        return str(address)
    check_value(name)
    if name.isascii():
        phrase = name if _ATOMS.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        phrase = encode_words(name, 40).replace("\r\n ", " ")
    return f"{phrase} <{address}>"


class _Reader:
    """Reads one list from left to right; the fields hold what is known of the entry in hand."""

    __slots__ = ("angle", "at", "closed", "comment", "entries", "in_group", "name", "route", "sound", "value", "words")

    def __init__(self, value: bytes) -> None:
        self.value = value
        self.entries: list[Mailbox] = []
        self.in_group = False
        self._next()

    def _next(self) -> None:
        self.words: list[bytes | None] = []  # of the phrase, or of the address itself; None is white space
        self.at = -1  # where in words the last @ stands
        self.angle = self.closed = False  # behind < and behind >
        self.sound = True
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
        if self.closed:
            self.sound = self.sound and bool(token[6])
        elif token[6]:
            if not self.angle and self.words and self.words[-1] is not None:
                self.words.append(None)
        elif token[1] is not None:
            self.words.append(_QUOTED_PAIR.sub(rb"\1", token[1]))
        else:
            self.words.append(token[0])

    def _special(self, special: bytes) -> None:
        if special == b"@":
            self.sound = self.sound and self.at < 0 and not self.closed
            if not self.closed:
                self.at = len(self.words)
                self.words.append(special)
        elif special == b"<":
            self.sound = not self.angle  # in a phrase an @ does no harm: `a@b <a@b>` is common
            self.name, self.words, self.at, self.angle = _joined(self.words) or None, [], -1, True
        elif special == b":":
            self._colon()
        elif special == b"," and self.angle and self.words[:1] == [b"@"]:
            self.words.append(special)  # between the domains of a route
        elif special == b">":
            self.sound = self.sound and self.angle and not self.closed
            self.closed = True
        else:
            self._flush()
            if special == b";" and self.in_group:
                self.entries.append(_GROUP_END)
                self.in_group = False

    def _colon(self) -> None:
        if self.angle:
            self.route, self.words, self.at = _joined(self.words), [], -1
            self.sound = True  # a route may hold several @
        elif not self.in_group:
            self.entries.append(Mailbox(None, None, _joined(self.words), None))
            self.in_group = True
            self._next()

    def _flush(self) -> None:
        words, at = self.words, self.at
        if words or self.angle:
            cut = len(words) if at < 0 else at
            domains = [word for word in words[cut + 1 :] if word is not None]
            sound = self.sound and len(domains) == 1 and sum(word is not None for word in words[:cut]) == 1 and self.angle == self.closed
            self.entries.append(Mailbox(self.name or self.comment, self.route, _joined(words[:cut]), b"".join(domains), sound))
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


def _joined(words: list[bytes | None]) -> bytes:
    if words and words[-1] is None:
        words = words[:-1]
    return b"".join([b" " if word is None else word for word in words])
