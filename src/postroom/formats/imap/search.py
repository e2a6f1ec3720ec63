"""SEARCH (RFC 3501 section 6.4.4) with ESEARCH (RFC 4731), WITHIN (RFC 5032), MODSEQ (RFC 7162), EMAILID and THREADID (RFC 8474).

A search becomes a tree of small frozen values, whose leaves are what storage can answer. Depth and number of keys are bounded, so
that neither our recursion nor a database's expression tree can be driven to its end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from postroom.formats import flags
from postroom.formats.flags import FlagError, canonical_keyword
from postroom.formats.imap.arguments import Arguments
from postroom.formats.imap.charsets import codec_of, decode_text
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.sequence import SequenceSet

MOST_KEYS = 500
"""How many search keys one SEARCH may have: as SQL conditions they stay well below the 1,000 levels that SQLite takes."""
MOST_TEXTS = 100
"""How many of them may look for text: each is a pass over every message."""
LONGEST_FIELD = 998
"""Octets of a header field's name: a line of a message is no longer (RFC 5322 section 2.1.1)."""
MOST_DEPTH = 50
"""How deep NOT, OR and parentheses may be nested."""


@dataclass(frozen=True, slots=True)
class And:
    """All of the keys match; with no key at all every message does."""

    keys: tuple["Key", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the keys matches."""

    keys: tuple["Key", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The key doesn't match."""

    key: "Key"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Messages by number, or by UID."""

    numbers: SequenceSet
    uid: bool


@dataclass(frozen=True, slots=True)
class FlagBits:
    r"""All bits of `present` are set and none of `absent`; `RECENT` among them is for the session to answer."""

    present: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Keyword:
    """The message has the keyword, or hasn't."""

    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The field (as the client wrote its name, compared without case) has the text as a substring; "" asks for the field alone."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """The decoded body has the text as a substring, without case."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Header or body has the text as a substring, without case."""

    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The date is on or after `since` and before `before`, None for an open end; time and zone are disregarded (RFC 3501).

    `sent` asks for the Date field, otherwise for the internal date.
    """

    since: date | None
    before: date | None
    sent: bool


@dataclass(frozen=True, slots=True)
class Size:
    """The size in bytes is above `larger` and below `smaller`, None for an open end."""

    larger: int | None
    smaller: int | None


@dataclass(frozen=True, slots=True)
class Within:
    """The internal date is at most `seconds` ago, or (`older`) longer ago."""

    seconds: int
    older: bool


@dataclass(frozen=True, slots=True)
class ModSeq:
    """The mod-sequence is at least this; it makes the reply carry the highest one found (RFC 7162 section 3.1.5)."""

    least: int


@dataclass(frozen=True, slots=True)
class ObjectId:
    """The EMAILID or, when `thread`, the THREADID is this (RFC 8474 section 6)."""

    id: str
    thread: bool


Key = And | Or | Not | Numbers | FlagBits | Keyword | Header | Body | Text | Dates | Size | Within | ModSeq | ObjectId


@dataclass(frozen=True, slots=True)
class Search:
    """A SEARCH or UID SEARCH. `returns` are ESEARCH's MIN, MAX, ALL and COUNT, or None for a plain untagged SEARCH."""

    key: Key
    returns: frozenset[str] | None = None
    has_modseq: bool = False


_RETURNS = frozenset({"MIN", "MAX", "ALL", "COUNT"})
_DAY = date.resolution


def parse_search(arguments: bytes) -> Search:
    """Read the arguments of SEARCH or UID SEARCH; CommandRefused when they are wrong, NO [BADCHARSET] for an unknown charset."""
    reader = Arguments(arguments)
    returns = _try_returns(reader)
    charset = b""
    if reader.text[reader.position : reader.position + 8].upper() == b"CHARSET ":
        reader.position += 8
        charset = reader.expect_astring()
        reader.expect_space()
    return expect_criteria(reader, charset, returns)


def expect_criteria(reader: Arguments, charset: bytes, returns: frozenset[str] | None = None) -> Search:
    """Read search keys up to the end; SORT and THREAD have them too."""
    keys = _Keys(reader, codec_of(charset))
    found = [keys.expect_key(0)]
    while reader.try_token(b" "):
        if reader.done():
            break
        found.append(keys.expect_key(0))
    reader.expect_end()
    return Search(found[0] if len(found) == 1 else And(tuple(found)), returns, keys.has_modseq)


def _try_returns(reader: Arguments) -> frozenset[str] | None:
    if reader.text[:8].upper() != b"RETURN (":
        return None
    reader.position = 7
    # RFC 4731 section 3.1: RETURN () means ALL.
    options = frozenset({"ALL"}) if reader.try_token(b"()") else frozenset(reader.expect_list(reader.expect_word, 8))
    if options - _RETURNS:
        raise CommandRefused("Unknown RETURN option")
    reader.expect_space()
    return options


class _Keys:
    """The grammar `search-key`, counting what it reads."""

    def __init__(self, reader: Arguments, codec: str) -> None:
        self.reader = reader
        self.codec = codec
        self.count = self.texts = 0
        self.has_modseq = False

    def expect_key(self, depth: int) -> Key:
        self.count += 1
        if self.count > MOST_KEYS:
            raise CommandRefused(f"A search has at most {MOST_KEYS} keys", b"NO", b"LIMIT")
        if depth > MOST_DEPTH:
            raise CommandRefused(f"A search is nested at most {MOST_DEPTH} deep", b"NO", b"LIMIT")
        if self.reader.try_token(b"("):
            return self._all_of(depth)
        numbers = self.reader.try_sequence_set()
        if numbers:
            return Numbers(numbers, uid=False)
        word = self.reader.expect_word()
        fixed = _FIXED.get(word)
        if fixed:
            return fixed
        if word in _NESTED:
            return _NESTED[word](self, depth)
        read = _LEAVES.get(word)
        if not read:
            raise CommandRefused("Unknown search key")
        self.reader.expect_space()
        return read(self)

    def _all_of(self, depth: int) -> Key:
        keys = [self.expect_key(depth + 1)]
        while self.reader.try_token(b" "):
            keys.append(self.expect_key(depth + 1))
        self.reader.expect_token(b")")
        return keys[0] if len(keys) == 1 else And(tuple(keys))

    def not_(self, depth: int) -> Key:
        self.reader.expect_space()
        return Not(self.expect_key(depth + 1))

    def or_(self, depth: int) -> Key:
        self.reader.expect_space()
        left = self.expect_key(depth + 1)
        self.reader.expect_space()
        return Or((left, self.expect_key(depth + 1)))

    def text(self) -> str:
        self.texts += 1
        if self.texts > MOST_TEXTS:
            raise CommandRefused(f"A search looks for at most {MOST_TEXTS} texts", b"NO", b"LIMIT")
        return decode_text(self.reader.expect_astring(), self.codec)

    def header(self) -> Key:
        field = self.reader.expect_astring().decode("ascii", "replace")
        if len(field) > LONGEST_FIELD:
            raise CommandRefused(f"The name of a field has at most {LONGEST_FIELD} octets", b"NO", b"LIMIT")
        self.reader.expect_space()
        return Header(field, self.text())

    def keyword(self, *, present: bool) -> Key:
        name = self.reader.expect_word_as_written()
        try:
            return Keyword(canonical_keyword(name), present)
        except FlagError as error:
            raise CommandRefused(str(error)) from error

    def day(self, *, sent: bool, since: bool, before: bool) -> Key:
        """Read the date of ON (since and before), SINCE or BEFORE."""
        day = self.reader.expect_date()
        last = day if not since else day + _DAY if day < date.max else None
        return Dates(day if since else None, last if before else None, sent)

    def modseq(self) -> Key:
        """Read `["/flags/..." all|priv|shared] modseq`: we keep one mod-sequence a message, so the entry makes no difference."""
        if self.reader.at(b'"'):
            self.reader.expect_string()
            self.reader.expect_space()
            if self.reader.expect_word() not in {"ALL", "PRIV", "SHARED"}:
                raise CommandRefused("Expected all, priv or shared")
            self.reader.expect_space()
        self.has_modseq = True
        return ModSeq(self.reader.expect_modseq())

    def object_id(self, *, thread: bool) -> Key:
        return ObjectId(self.reader.expect_astring().decode("ascii", "replace"), thread)


_FIXED: dict[str, Key] = {
    "ALL": And(()),
    "NEW": FlagBits(flags.RECENT, flags.SEEN),
    "OLD": FlagBits(absent=flags.RECENT),
    **{
        name: FlagBits(bit)
        for name, bit in (
            ("ANSWERED", flags.ANSWERED),
            ("DELETED", flags.DELETED),
            ("DRAFT", flags.DRAFT),
            ("FLAGGED", flags.FLAGGED),
            ("RECENT", flags.RECENT),
            ("SEEN", flags.SEEN),
        )
    },
    **{
        name: FlagBits(absent=bit)
        for name, bit in (
            ("UNANSWERED", flags.ANSWERED),
            ("UNDELETED", flags.DELETED),
            ("UNDRAFT", flags.DRAFT),
            ("UNFLAGGED", flags.FLAGGED),
            ("UNSEEN", flags.SEEN),
        )
    },
}
_NESTED: dict[str, Callable[[_Keys, int], Key]] = {"NOT": _Keys.not_, "OR": _Keys.or_}
_LEAVES: dict[str, Callable[[_Keys], Key]] = {
    "BCC": lambda keys: Header("Bcc", keys.text()),
    "BEFORE": lambda keys: keys.day(sent=False, since=False, before=True),
    "BODY": lambda keys: Body(keys.text()),
    "CC": lambda keys: Header("Cc", keys.text()),
    "EMAILID": lambda keys: keys.object_id(thread=False),
    "FROM": lambda keys: Header("From", keys.text()),
    "HEADER": _Keys.header,
    "KEYWORD": lambda keys: keys.keyword(present=True),
    "LARGER": lambda keys: Size(keys.reader.expect_number(), None),
    "MODSEQ": _Keys.modseq,
    "OLDER": lambda keys: Within(keys.reader.expect_nz_number(), older=True),
    "ON": lambda keys: keys.day(sent=False, since=True, before=True),
    "SENTBEFORE": lambda keys: keys.day(sent=True, since=False, before=True),
    "SENTON": lambda keys: keys.day(sent=True, since=True, before=True),
    "SENTSINCE": lambda keys: keys.day(sent=True, since=True, before=False),
    "SINCE": lambda keys: keys.day(sent=False, since=True, before=False),
    "SMALLER": lambda keys: Size(None, keys.reader.expect_number()),
    "SUBJECT": lambda keys: Header("Subject", keys.text()),
    "TEXT": lambda keys: Text(keys.text()),
    "THREADID": lambda keys: keys.object_id(thread=True),
    "TO": lambda keys: Header("To", keys.text()),
    "UID": lambda keys: Numbers(keys.reader.expect_sequence_set(), uid=True),
    "UNKEYWORD": lambda keys: keys.keyword(present=False),
    "YOUNGER": lambda keys: Within(keys.reader.expect_nz_number(), older=False),
}
