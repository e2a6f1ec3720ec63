"""The cursor's elements: what each reads, and what each refuses."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.flags import SEEN, Flags
from postroom.formats.imap.arguments import MAX_MODSEQ, Arguments
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.fetched import internal_date
from postroom.formats.imap.strings import astring, mailbox, nstring, string

Read = Callable[[Arguments], object]

READS: list[tuple[Read, bytes, object, bytes]] = [
    (Arguments.expect_astring, b"abc def", b"abc", b" def"),
    (Arguments.expect_astring, b"a]b", b"a]b", b""),
    (Arguments.expect_astring, b'"a \\"b\\\\"x', b'a "b\\', b"x"),
    (Arguments.expect_astring, b'""', b"", b""),
    (Arguments.expect_astring, b'"\xc3\xa9"', b"\xc3\xa9", b""),
    (Arguments.expect_astring, b"{3}\r\na\r\n", b"a\r\n", b""),
    (Arguments.expect_astring, b"{1+}\nab", b"a", b"b"),
    (Arguments.expect_nstring, b"nil)", None, b")"),
    (Arguments.expect_nstring, b'"nil")', b"nil", b")"),
    (Arguments.expect_mailbox, b"inBox", "INBOX", b""),
    (Arguments.expect_mailbox, b'"inbox/x"', "inbox/x", b""),
    (Arguments.expect_mailbox, b"Entw&APw-rfe", "Entwürfe", b""),
    (Arguments.expect_list_mailbox, b"a%/*", "a%/*", b""),
    (Arguments.expect_word, b"flags.silent (", "FLAGS.SILENT", b" ("),
    (Arguments.expect_number, b"0", 0, b""),
    (Arguments.expect_number, b"4294967295x", 4294967295, b"x"),
    (Arguments.expect_modseq, b"9223372036854775807", MAX_MODSEQ, b""),
    (Arguments.expect_flag_list, b"(\\Seen Work)", Flags(SEEN, frozenset({"Work"})), b""),
    (Arguments.expect_flag_list, b"()", Flags(), b""),
    (Arguments.expect_date, b'"1-feb-1994"', date(1994, 2, 1), b""),
    (Arguments.expect_date, b"01-Feb-1994", date(1994, 2, 1), b""),
    (Arguments.expect_date_time, b'" 1-Jan-1970 01:00:00 +0100"', 0, b""),
    (Arguments.expect_date_time, b'"31-Dec-2016 23:59:60 +0000"', 1483228799000000, b""),
]

REFUSED: list[tuple[Read, bytes]] = [
    (Arguments.expect_astring, b""),
    (Arguments.expect_astring, b'"abc'),
    (Arguments.expect_astring, b'"a\\b"'),
    (Arguments.expect_astring, b'"a\x00"'),
    (Arguments.expect_astring, b'"a\rb"'),
    (Arguments.expect_astring, b"{2}\r\na"),
    (Arguments.expect_astring, b"{2}a"),
    (Arguments.expect_astring, b"{2}\r\na\x00"),
    (Arguments.expect_astring, b"{99999999999999999999}\r\na"),
    (Arguments.expect_astring, b"(a)"),
    (Arguments.expect_astring, b"\xff"),
    (Arguments.expect_nstring, b"abc"),
    (Arguments.expect_mailbox, b"a&b"),
    (Arguments.expect_mailbox, b"{2}\r\n\r\n"),
    (Arguments.expect_list_mailbox, b"(x)"),
    (Arguments.expect_number, b"4294967296"),
    (Arguments.expect_number, b"x"),
    (Arguments.expect_nz_number, b"0"),
    (Arguments.expect_modseq, b"9223372036854775808"),
    (Arguments.expect_sequence_set, b"x"),
    (Arguments.expect_flag_list, b"(\\Recent)"),
    (Arguments.expect_flag_list, b"(a  b)"),
    (Arguments.expect_flag_list, b"(a"),
    (Arguments.expect_flags, b"\\"),
    (Arguments.expect_date, b"31-Feb-1994"),
    (Arguments.expect_date, b"1-Foo-1994"),
    (Arguments.expect_date, b"1-Jan-0000"),
    (Arguments.expect_date, b'"1-Jan-1994'),
    (Arguments.expect_date_time, b'"17-Jul-1996 25:44:25 -0700"'),
    (Arguments.expect_date_time, b'"17-Jul-1996 02:44:99 -0700"'),
    (Arguments.expect_date_time, b"17-Jul-1996 02:44:25 -0700"),
    (Arguments.expect_space, b"x"),
    (Arguments.expect_end, b" x"),
]


@pytest.mark.parametrize(("read", "text", "value", "left"), READS)
def test_an_element_is_read_and_no_more(read: Read, text: bytes, value: object, left: bytes) -> None:
    reader = Arguments(text)
    assert read(reader) == value
    assert reader.rest() == left


@pytest.mark.parametrize(("read", "text"), REFUSED)
def test_what_breaks_the_grammar_is_refused_with_bad(read: Read, text: bytes) -> None:
    with pytest.raises(CommandRefused) as caught:
        read(Arguments(text))
    assert caught.value.condition == b"BAD"


@given(st.binary(max_size=40).map(lambda data: data.replace(b"\0", b"")))
def test_strings_are_written_as_they_are_read(data: bytes) -> None:
    assert Arguments(string(data)).expect_string() == data
    assert Arguments(astring(data)).expect_astring() == data
    assert Arguments(nstring(data)).expect_nstring() == data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_mailbox_names_are_written_as_they_are_read(name: str) -> None:
    assert Arguments(mailbox(name)).expect_mailbox() == ("INBOX" if name.upper() == "INBOX" and name.isascii() else name)


@given(st.integers(0, 253402300799))
def test_internal_dates_are_written_as_they_are_read(seconds: int) -> None:
    assert Arguments(internal_date(seconds * 1_000_000)).expect_date_time() == seconds * 1_000_000


def test_an_atom_that_would_be_misread_is_quoted() -> None:
    assert astring(b"nil") == b'"nil"'
    assert astring(b"a b") == b'"a b"'
    assert astring(b"") == b'""'
    assert nstring(None) == b"NIL"
    assert string(b"a\r\nb") == b"{4}\r\na\r\nb"
    assert string(b"a\x00") == b"{2}\r\na\x80"


def test_thousands_of_keywords_are_refused() -> None:
    with pytest.raises(CommandRefused) as caught:
        Arguments(b"(" + b" ".join(b"k%d" % n for n in range(5000)) + b")").expect_flag_list()
    assert (caught.value.condition, caught.value.code) == (b"NO", b"LIMIT")


@pytest.mark.parametrize("flood", [b'"' + b"a" * 200_000, b'"' + b"\\a" * 100_000, b'"' + b'\\"' * 100_000, b"(" * 200_000, b"\\" * 200_000])
def test_a_long_string_without_an_end_is_refused_in_one_pass(flood: bytes) -> None:
    for read in (Arguments.expect_astring, Arguments.expect_flags, Arguments.expect_mailbox):
        with pytest.raises(CommandRefused):
            read(Arguments(flood))
