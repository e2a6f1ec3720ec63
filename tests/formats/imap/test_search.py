"""SEARCH's arguments, SORT's and THREAD's."""

from datetime import date

import pytest

from postroom.formats import flags
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.search import (
    MOST_DEPTH,
    MOST_KEYS,
    And,
    Body,
    Dates,
    FlagBits,
    Header,
    Key,
    Keyword,
    ModSeq,
    Not,
    Numbers,
    ObjectId,
    Or,
    Size,
    Text,
    Within,
    parse_search,
)
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.imap.sort import Sort, SortKey, parse_sort
from postroom.formats.imap.thread import Thread, parse_thread

SEEN, UNSEEN = FlagBits(flags.SEEN), FlagBits(absent=flags.SEEN)
DAY, NEXT = date(1994, 2, 1), date(1994, 2, 2)

KEYS: list[tuple[bytes, Key]] = [
    (b"ALL", And(())),
    (b"seen", SEEN),
    (b"NEW", FlagBits(flags.RECENT, flags.SEEN)),
    (b"OLD", FlagBits(absent=flags.RECENT)),
    (b"UNDELETED", FlagBits(absent=flags.DELETED)),
    (b"SEEN UNSEEN", And((SEEN, UNSEEN))),
    (b"(SEEN)", SEEN),
    (b"(SEEN (UNSEEN))", And((SEEN, UNSEEN))),
    (b"NOT NOT SEEN", Not(Not(SEEN))),
    (b"OR SEEN (UNSEEN SEEN)", Or((SEEN, And((UNSEEN, SEEN))))),
    (b"OR OR SEEN SEEN NOT SEEN", Or((Or((SEEN, SEEN)), Not(SEEN)))),
    (b"2:4,*", Numbers(SequenceSet(((2, 4),), (0, 0)), uid=False)),
    (b"UID 2:4", Numbers(SequenceSet(((2, 4),)), uid=True)),
    (b"KEYWORD $forwarded", Keyword("$Forwarded", present=True)),
    (b"UNKEYWORD Work", Keyword("Work", present=False)),
    (b"FROM Smith", Header("From", "Smith")),
    (b'SUBJECT ""', Header("Subject", "")),
    (b"HEADER X-Spam {3}\r\nyes", Header("X-Spam", "yes")),
    (b'HEADER "message-id" ""', Header("message-id", "")),
    (b"BODY x", Body("x")),
    (b'TEXT "\xc3\xa9"', Text("é")),
    (b"SINCE 1-Feb-1994", Dates(DAY, None, sent=False)),
    (b'BEFORE "1-Feb-1994"', Dates(None, DAY, sent=False)),
    (b"ON 1-Feb-1994", Dates(DAY, NEXT, sent=False)),
    (b"SENTON 1-Feb-1994", Dates(DAY, NEXT, sent=True)),
    (b"SENTSINCE 1-Feb-1994", Dates(DAY, None, sent=True)),
    (b"ON 31-Dec-9999", Dates(date.max, None, sent=False)),
    (b"BEFORE 31-Dec-9999", Dates(None, date.max, sent=False)),
    (b"LARGER 5", Size(5, None)),
    (b"SMALLER 0", Size(None, 0)),
    (b"OLDER 60", Within(60, older=True)),
    (b"YOUNGER 60", Within(60, older=False)),
    (b"MODSEQ 620162338", ModSeq(620162338)),
    (b'MODSEQ "/flags/\\\\draft" all 620162338', ModSeq(620162338)),
    (b"EMAILID M6d99ac3275bb4e", ObjectId("M6d99ac3275bb4e", thread=False)),
    (b"THREADID T64b478a75b7ea9", ObjectId("T64b478a75b7ea9", thread=True)),
    (b"CHARSET UTF-8 TEXT {2}\r\n\xc3\xa9", Text("é")),
    (b"charset iso-8859-1 TEXT {1}\r\n\xe9", Text("é")),
    (b"CHARSET US-ASCII SEEN ", SEEN),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_keys_are_understood(text: bytes, key: Key) -> None:
    assert parse_search(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" SEEN",
        b"()",
        b"(SEEN",
        b"SEEN)",
        b"SEEN  SEEN",
        b"NOT",
        b"OR SEEN",
        b"FROM",
        b"FROM (x)",
        b"FOO",
        b"OLDER 0",
        b"LARGER x",
        b"SINCE 30-Feb-2020",
        b"KEYWORD \\Seen",
        b"UID x",
        b"0",
        b"MODSEQ x",
        b'MODSEQ "/flags/x" none 5',
        b"RETURN (FOO) SEEN",
        b"RETURN () ",
        b"CHARSET UTF-8",
    ],
)
def test_what_is_no_search_is_refused(text: bytes) -> None:
    with pytest.raises(CommandRefused) as caught:
        parse_search(text)
    assert caught.value.condition == b"BAD"


@pytest.mark.parametrize("text", [b"CHARSET X-UNKNOWN SEEN", b"CHARSET zlib SEEN", b"CHARSET US-ASCII FROM {1}\r\n\xe9", b'FROM "\xff"'])
def test_an_unknown_charset_is_no_with_badcharset(text: bytes) -> None:
    with pytest.raises(CommandRefused) as caught:
        parse_search(text)
    assert (caught.value.condition, caught.value.code) == (b"NO", b"BADCHARSET (US-ASCII UTF-8)")


@pytest.mark.parametrize(
    ("text", "returns"),
    [
        (b"SEEN", None),
        (b"RETURN () SEEN", {"ALL"}),
        (b"RETURN (min COUNT) CHARSET UTF-8 SEEN", {"MIN", "COUNT"}),
    ],
)
def test_return_options_are_understood(text: bytes, returns: set[str] | None) -> None:
    search = parse_search(text)
    assert search.key == SEEN
    assert search.returns == returns


def test_a_search_by_modseq_says_so() -> None:
    assert parse_search(b"OR SEEN (NOT MODSEQ 5)").has_modseq
    assert not parse_search(b"SEEN").has_modseq


@pytest.mark.parametrize(
    "text",
    [b"(" * 10_000, b"NOT " * 10_000 + b"SEEN", b"OR " * 10_000, b"OR SEEN " * 10_000 + b"SEEN", b" ".join([b"SEEN"] * (MOST_KEYS + 1))],
)
def test_nesting_and_number_of_keys_are_bounded(text: bytes) -> None:
    with pytest.raises(CommandRefused) as caught:
        parse_search(text)
    assert caught.value.code == b"LIMIT"


def test_searches_up_to_the_bounds_are_read() -> None:
    assert parse_search(b"(" * MOST_DEPTH + b"SEEN" + b")" * MOST_DEPTH).key == SEEN
    key = parse_search(b" ".join([b"SEEN"] * MOST_KEYS)).key
    assert isinstance(key, And)
    assert len(key.keys) == MOST_KEYS


def test_sort_has_keys_charset_and_criteria() -> None:
    sort = parse_sort(b"(reverse DATE SUBJECT REVERSE DATE) UTF-8 SEEN UNSEEN")
    assert sort == Sort((SortKey("DATE", reverse=True), SortKey("SUBJECT")), parse_search(b"SEEN UNSEEN"))


def test_thread_has_algorithm_charset_and_criteria() -> None:
    assert parse_thread(b"references us-ascii SEEN") == Thread("REFERENCES", parse_search(b"SEEN"))


@pytest.mark.parametrize("text", [b"() UTF-8 ALL", b"(FOO) UTF-8 ALL", b"(REVERSE) UTF-8 ALL", b"(DATE) ALL", b"DATE UTF-8 ALL"])
def test_what_is_no_sort_is_refused(text: bytes) -> None:
    with pytest.raises(CommandRefused):
        parse_sort(text)


@pytest.mark.parametrize("text", [b"FOO UTF-8 ALL", b"REFERENCES ALL", b"REFERENCES X-FOO ALL", b"REFERENCES UTF-8"])
def test_what_is_no_thread_is_refused(text: bytes) -> None:
    with pytest.raises(CommandRefused):
        parse_thread(text)
