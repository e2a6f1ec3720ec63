import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.address import Address, AddressError
from postroom.formats.addresslist import addresses, format_mailbox, parse_list
from postroom.formats.headers import HeaderError, build, find, find_all, header_end, insert, parse, remove, split, unfold
from postroom.formats.words import decode_words, encode_words

HEADER = b"From: a@b\r\nSubject: one\r\n  two\r\nTO : c@d\r\nsubject: three\r\n\r\n"

ENDS = {
    b"": 0,
    b"\r\n": 2,
    b"\n": 1,
    b"A: b\r\n\r\nx": 8,
    b"A: b\n\nx": 6,
    b"A: b\r\n\nx": 7,
    b"A: b\r\n c\r\n\r\nx": 12,
    b"A: b": 4,
    b"A: b\r\nx": 6,
    b"A: b\r\nC: d": 10,
    b"hello\r\nA: b\r\n\r\n": 0,
    b" A: b\r\n\r\n": 0,
    b"--b: c\r\n": 0,
    b"From x y\nA: b\n\nx": 15,
    b"A\0: b\r\n\r\nx": 9,
    b"A b: c\r\n\r\n": 0,
}


@pytest.mark.parametrize("message", ENDS)
def test_a_header_ends_with_an_empty_line_or_before_what_is_no_field(message: bytes) -> None:
    assert header_end(message) == ENDS[message]


def test_fields_have_names_values_and_places() -> None:
    fields = parse(HEADER)
    assert [(field.name, field.value) for field in fields] == [
        (b"From", b" a@b\r"),
        (b"Subject", b" one\r\n  two\r"),
        (b"TO", b" c@d\r"),
        (b"subject", b" three\r"),
    ]
    assert b"".join(HEADER[field.start : field.end] for field in fields) == HEADER[:-2]


def test_a_field_is_found_by_name_whatever_its_case() -> None:
    assert find(HEADER, "SUBJECT") == b"one  two"
    assert find_all(HEADER, "Subject") == [b"one  two", b"three"]
    assert find(HEADER, "to") == b"c@d"
    assert find(HEADER, "cc") is None
    assert find(HEADER, "two") is None


def test_fields_are_removed_and_the_rest_keeps_its_octets() -> None:
    message = HEADER + b"Subject: in the body\r\n"
    assert remove(message, "Subject", "Bcc") == b"From: a@b\r\nTO : c@d\r\n\r\nSubject: in the body\r\n"
    assert remove(message, "Bcc") is message
    assert remove(b"Bcc: x", "bcc") == b""


@pytest.mark.parametrize(
    ("message", "whole"),
    [
        (b"A: b\r\n\r\nx", b"N: v\r\nA: b\r\n\r\nx"),
        (b"\r\nx", b"N: v\r\n\r\nx"),
        (b"hello", b"N: v\r\n\r\nhello"),
        (b"", b"N: v\r\n\r\n"),
        (b"From x\nA: b\n\nx", b"N: v\r\nA: b\n\nx"),
    ],
)
def test_fields_are_put_on_top(message: bytes, whole: bytes) -> None:
    assert insert(message, build("N", "v")) == whole


@pytest.mark.parametrize(
    ("name", "value"), [("", "x"), ("A b", "x"), ("A:", "x"), ("Ä", "x"), ("A", "a\r\nB: c"), ("A", "a\nb"), ("A", "a\0"), ("A\r\n", "x")]
)
def test_no_field_is_written_that_injects_another(name: str, value: str) -> None:
    with pytest.raises(HeaderError):
        build(name, value)


def test_a_structured_word_that_fits_no_line_is_refused() -> None:
    with pytest.raises(HeaderError):
        build("A", "x" * 1000, structured=True)


plain = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=200)


@given(plain)
def test_any_text_survives_a_field(text: str) -> None:
    field = build("Subject", text)
    assert field.isascii()
    assert field.endswith(b"\r\n")
    assert all(len(line) <= 998 for line in field.split(b"\r\n"))
    assert not re.search(rb"\r\n(?![ \t]|\Z)", field)
    assert decode_words(find(field, "subject") or b"") == text.strip(" \t") or decode_words(find(field, "subject") or b"") == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(0, 75))
def test_encoded_words_give_the_text_back(text: str, room: int) -> None:
    """RFC 2047 section 2: at most 75 octets a word."""
    encoded = encode_words(text, room, always=True)
    assert all(len(word) <= 75 for word in encoded.split("\r\n "))
    assert decode_words(encoded.encode()) == text
    assert decode_words(encode_words(text).encode()) == text


WORDS = {
    b"plain": "plain",
    b"=?utf-8?q?a_b=C3=A4?=": "a bä",
    b"=?ISO-8859-1?Q?a?= b": "a b",
    b"=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=": "ab",
    b"=?ISO-8859-1?Q?a?=\r\n =?utf-8?B?Yg==?= c": "ab c",
    b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=": "é",
    b"=?iso-8859-1*de?q?=FC?=": "ü",
    b"a=?utf-8?q?b?=c": "abc",
    b"=?utf-8?q?no end": "=?utf-8?q?no end",
    b"=?utf-8?x?no?=": "=?utf-8?x?no?=",
    b"=?nonsense?q?=E4?=": "ä",
    b"=?utf-8?q??=": "",
    b"raw \xe4": "raw ä",
    "raw ä".encode(): "raw ä",
    b"=?gb2312?B?xOO6ww==?=": "你好",
}


@pytest.mark.parametrize("raw", WORDS)
def test_encoded_words_are_read_as_they_really_arrive(raw: bytes) -> None:
    assert decode_words(raw) == WORDS[raw]


@given(st.binary(max_size=100))
def test_any_octets_decode_to_text(raw: bytes) -> None:
    decode_words(raw)
    decode_words(b"=?utf-8?b?" + raw + b"?= =?gb2312?q?" + raw + b"?=")
    unfold(raw)
    assert len(split(raw)) <= raw.count(b"\n") + 1


@pytest.mark.parametrize(
    "bomb", [b"=?" * 100_000, b"=?utf-8?q?" * 30_000, b"=?a?b?c?= " * 30_000, b"(" * 100_000, b'"' * 99_999, b"<" * 100_000, b"a@b," * 30_000]
)
def test_bombs_in_fields_are_read_in_linear_time(bomb: bytes) -> None:
    decode_words(bomb)
    assert len(parse_list(bomb)) <= 2001


def test_the_addresses_of_a_list_are_given_for_checks() -> None:
    found = addresses(b'"A, B" <Alice@Example.test>, G: "b b"@x;, =?utf-8?q?c?= <c@b\xc3\xbccher.test>')
    assert found == [Address("Alice", "example.test"), Address("b b", "x"), Address("c", "xn--bcher-kva.test")]
    assert addresses(b"undisclosed-recipients:;") == []
    assert addresses(b"a@b <c@d>, <@r1,@r2:e@f>") == [Address("c", "d"), Address("e", "f")]


@pytest.mark.parametrize(
    "value", [b"alice", b"a@b@c", b"a@b c@d", b"<>", b"a b@c", b"\xff\xfe@", b"<a@b> c@d", b"A <a@b> x", b'"a"b@c', b"a@b, <c@d", b"a<b@c"]
)
def test_a_list_with_what_is_no_address_is_refused(value: bytes) -> None:
    with pytest.raises(AddressError):
        addresses(value)


@given(plain, st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=10))
def test_any_mailbox_survives_a_field(name: str, local: str) -> None:
    address = Address(local, "example.test")
    field = build("From", format_mailbox(address, name), structured=True)
    value = find(field, "from") or b""
    assert addresses(value) == [address]
    (entry,) = parse_list(value)
    if name.strip() and name.isprintable():
        assert " ".join(decode_words(entry.name or b"").split()) == " ".join(name.split())
