"""A cursor over a command's arguments, with methods named after the grammar of RFC 3501 section 9.

Two families: `try_...` reads the element and returns it, or reads nothing and returns None; `expect_...` reads it or raises
CommandRefused (a tagged BAD). Each element is one match of a compiled expression that never looks twice at a byte, so a command
costs what it is long; lists have a greatest length.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from postroom.formats.flags import FlagError, Flags, parse_flags
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.imap.utf7 import decode_mailbox

T = TypeVar("T")

MAX_MODSEQ = (1 << 63) - 1
"""The largest mod-sequence (RFC 7162 section 7)."""
MOST_FLAGS = 128
"""How many flags and keywords one command may name: thousands of keywords are an attack on the folder's table of them."""

_match_atom = re.compile(rb'[^\x00-\x20(){%*"\\\]\x7f-\xff]+').match
_match_astring_atom = re.compile(rb'[^\x00-\x20(){%*"\\\x7f-\xff]+').match
_match_list_atom = re.compile(rb'[^\x00-\x20(){"\\\x7f-\xff]+').match
_match_quoted = re.compile(rb'"((?:[^"\\\r\n\x00]++|\\["\\])*+)"').match
_match_literal = re.compile(rb"\{([0-9]{1,20})[+-]?\}\r?\n").match
_match_number = re.compile(rb"[0-9]{1,20}").match
_match_set = re.compile(rb"[0-9*:,]+").match
_match_flags = re.compile(rb"\\?+[^\x00-\x20(){%*\"\\\]\x7f-\xff]++(?: \\?+[^\x00-\x20(){%*\"\\\]\x7f-\xff]++)*+").match
_match_date = re.compile(rb'("?)([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})\1').match
_match_date_time = re.compile(
    rb'"( [0-9]|[0-9]{2})-([A-Za-z]{3})-([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-5][0-9]|60) ([+-])([0-9]{2})([0-5][0-9])"'
).match
_unescape = re.compile(rb"\\(.)").sub

_MONTHS = {
    name: number for number, name in enumerate((b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"), 1)
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Arguments:
    """The arguments of one command and how far they are read."""

    __slots__ = ("position", "text")

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.position = 0

    # --- punctuation

    def at(self, token: bytes) -> bool:
        """Tell whether these bytes come next."""
        return self.text.startswith(token, self.position)

    def try_token(self, token: bytes) -> bool:
        """Read exactly these bytes if they come next."""
        if not self.text.startswith(token, self.position):
            return False
        self.position += len(token)
        return True

    def expect_token(self, token: bytes) -> None:
        """Read exactly these bytes, such as b"(" or b"]"."""
        if not self.try_token(token):
            raise CommandRefused(f"Expected {token.decode()!r} at byte {self.position} of the arguments")

    def expect_space(self) -> None:
        """Read the space between two arguments."""
        if not self.try_token(b" "):
            raise CommandRefused(f"Expected a space at byte {self.position} of the arguments")

    def expect_end(self) -> None:
        """Make sure that nothing is left but blanks, which some clients leave at a line's end."""
        if self.position < len(self.text) and self.text[self.position :].strip(b" "):
            raise CommandRefused(f"Unexpected text at byte {self.position} of the arguments")

    def done(self) -> bool:
        """Tell whether everything has been read."""
        return self.position >= len(self.text)

    def rest(self) -> bytes:
        """Read all that is left."""
        rest = self.text[self.position :]
        self.position = len(self.text)
        return rest

    def try_match(self, match: Callable[[bytes, int], re.Match[bytes] | None]) -> re.Match[bytes] | None:
        """Read what a compiled expression's `match` finds here."""
        found = match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def expect_list(self, element: Callable[[], T], most: int) -> tuple[T, ...]:
        """Read `(` elements with single spaces between `)`, at least one and at most so many."""
        self.expect_token(b"(")
        elements = [element()]
        while self.try_token(b" "):
            if len(elements) >= most:
                raise CommandRefused(f"A list here has at most {most} elements")
            elements.append(element())
        self.expect_token(b")")
        return tuple(elements)

    # --- strings

    def expect_word(self) -> str:
        """Read an atom that is a word of the protocol; given in upper case."""
        return self.expect_word_as_written().upper()

    def expect_word_as_written(self) -> str:
        """Read an atom and keep its case."""
        found = self.try_match(_match_atom)
        if not found:
            raise CommandRefused(f"Expected a word at byte {self.position} of the arguments")
        return found[0].decode("ascii")

    def try_string(self) -> bytes | None:
        """Read a quoted string or a literal; CommandRefused for a NUL in it (RFC 3501: CHAR8 is 1 to 255)."""
        first = self.text[self.position : self.position + 1]
        if first == b'"':
            found = self.try_match(_match_quoted)
            if not found:
                raise CommandRefused("A quoted string has no end")
            return _unescape(rb"\1", found[1]) if b"\\" in found[1] else found[1]
        return self._literal() if first == b"{" else None

    def _literal(self) -> bytes:
        found = _match_literal(self.text, self.position)
        end = found.end() + int(found[1]) if found else 0
        if not found or end > len(self.text):
            raise CommandRefused("A literal is announced by {size} at the end of a line")
        value = self.text[found.end() : end]
        if b"\0" in value:
            raise CommandRefused("A literal has no NUL")
        self.position = end
        return value

    def expect_string(self) -> bytes:
        """Read a quoted string or a literal."""
        value = self.try_string()
        if value is None:
            raise CommandRefused(f"Expected a string at byte {self.position} of the arguments")
        return value

    def try_nil(self) -> bool:
        """Read NIL."""
        if self.text[self.position : self.position + 3].upper() != b"NIL":
            return False
        self.position += 3
        return True

    def expect_nstring(self) -> bytes | None:
        """Read NIL (given as None) or a string."""
        return None if self.try_nil() else self.expect_string()

    def expect_astring(self) -> bytes:
        """Read an atom (in which `]` may stand) or a string."""
        found = self.try_match(_match_astring_atom)
        return found[0] if found else self.expect_string()

    def expect_mailbox(self) -> str:
        """Read a mailbox name, decoded from modified UTF-7; INBOX in any case is "INBOX" (RFC 3501 section 5.1)."""
        return _decoded(self.expect_astring())

    def expect_list_mailbox(self) -> str:
        """Read a name in which `%` and `*` may stand."""
        found = self.try_match(_match_list_atom)
        return _decoded(found[0] if found else self.expect_string())

    # --- numbers

    def try_number(self, most: int = 0xFFFFFFFF) -> int | None:
        """Read a decimal number; CommandRefused when it is larger than `most`."""
        found = self.try_match(_match_number)
        if not found:
            return None
        number = int(found[0])
        if number > most:
            raise CommandRefused(f"A number here is at most {most}")
        return number

    def expect_number(self, most: int = 0xFFFFFFFF) -> int:
        """Read a decimal number, 32 bits unless told otherwise."""
        number = self.try_number(most)
        if number is None:
            raise CommandRefused(f"Expected a number at byte {self.position} of the arguments")
        return number

    def expect_nz_number(self, most: int = 0xFFFFFFFF) -> int:
        """Read a decimal number that isn't 0."""
        number = self.expect_number(most)
        if not number:
            raise CommandRefused("A number here is not zero")
        return number

    def expect_modseq(self) -> int:
        """Read a mod-sequence, from 0 to 2^63 - 1 (RFC 7162 section 7)."""
        return self.expect_number(MAX_MODSEQ)

    def try_sequence_set(self) -> SequenceSet | None:
        """Read a set of message numbers or UIDs if a digit or a star comes next."""
        found = self.try_match(_match_set)
        return SequenceSet.parse(found[0]) if found else None

    def expect_sequence_set(self) -> SequenceSet:
        """Read a set of message numbers or UIDs."""
        numbers = self.try_sequence_set()
        if numbers is None:
            raise CommandRefused("Expected a message set")
        return numbers

    # --- flags and dates

    def expect_flags(self) -> Flags:
        """Read flags with single spaces between, without parentheses (STORE allows them so)."""
        found = self.try_match(_match_flags)
        if not found:
            raise CommandRefused("Expected flags")
        return _flags(found[0].split(b" "))

    def expect_flag_list(self) -> Flags:
        """Read a parenthesised list of flags, which may be empty."""
        self.expect_token(b"(")
        flags = Flags() if self.at(b")") else self.expect_flags()
        self.expect_token(b")")
        return flags

    def expect_date(self) -> date:
        """Read a date such as `1-Feb-1994`, quoted or not."""
        found = self.try_match(_match_date)
        if not found:
            raise CommandRefused("Expected a date such as 1-Feb-1994")
        try:
            return date(int(found[4]), _month(found[3]), int(found[2]))
        except ValueError as error:
            raise CommandRefused("There is no such date") from error

    def expect_date_time(self) -> int:
        """Read a quoted date and time such as `"17-Jul-1996 02:44:25 -0700"`; given in UTC microseconds since 1970."""
        found = self.try_match(_match_date_time)
        if not found:
            raise CommandRefused('Expected a date such as "17-Jul-1996 02:44:25 -0700"')
        day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
        try:
            # A leap second is told as the second before it.
            local = datetime(int(year), _month(month), int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
        except ValueError as error:
            raise CommandRefused("There is no such date") from error
        zone = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
        return (local - _EPOCH + (zone if sign == b"-" else -zone)) // timedelta(microseconds=1)


def _month(name: bytes) -> int:
    return _MONTHS.get(name.lower(), 0)


def _decoded(name: bytes) -> str:
    if name[:5].upper() == b"INBOX" and len(name) == 5:
        return "INBOX"
    try:
        return decode_mailbox(name)
    except ValueError as error:
        raise CommandRefused("A mailbox name is modified UTF-7 without control characters") from error


def _flags(names: list[bytes]) -> Flags:
    if len(names) > MOST_FLAGS:
        raise CommandRefused(f"At most {MOST_FLAGS} flags at a time", b"NO", b"LIMIT")
    try:
        return parse_flags(names)
    except FlagError as error:
        raise CommandRefused(str(error)) from error
