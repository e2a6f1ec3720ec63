"""Selected header fields, and base subjects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.fields import header_fields, header_of, many_header_fields
from postroom.formats.imap.strings import clean
from postroom.formats.imap.subject import base_subject

HEADER = b"From: a\r\nTO : b,\r\n\tc\r\nX-From: d\r\nsubject: e\r\n f\r\nFrom: g\r\nno field\r\n\r\n"


@pytest.mark.parametrize(
    ("names", "others", "cut"),
    [
        ((b"FROM",), False, b"From: a\r\nFrom: g\r\n\r\n"),
        ((b"to", b"Subject"), False, b"TO : b,\r\n\tc\r\nsubject: e\r\n f\r\n\r\n"),
        ((b"Date",), False, b"\r\n"),
        ((b"f.om", b"(", b"["), False, b"\r\n"),
        ((b"from", b"to"), True, b"X-From: d\r\nsubject: e\r\n f\r\n\r\n"),
        ((b"X-From", b"From", b"To", b"Subject"), True, b"\r\n"),
    ],
)
def test_fields_are_cut_out_folded_lines_and_all(names: tuple[bytes, ...], others: bool, cut: bytes) -> None:
    assert header_fields(HEADER, names, others=others) == cut


def test_broken_headers_are_cut_without_harm() -> None:
    assert header_fields(b"", (b"a",)) == b"\r\n"
    assert header_fields(b"a: b", (b"a",)) == b"a: b\n\r\n"
    assert header_fields(b"a: b\nc: d\n\n", (b"a",)) == b"a: b\n\r\n"
    assert header_fields(b" a: b\r\n\r\n", (b"a",)) == b"\r\n"
    assert header_fields(b"a:\r\n \r\n\t\r\nb: c\r\n\r\n", (b"a",)) == b"a:\r\n \r\n\t\r\n\r\n"


@given(st.lists(st.tuples(st.sampled_from(["From", "to", "X-A"]), st.text("ab :", max_size=5), st.booleans()), max_size=8))
def test_the_chosen_and_the_others_make_the_whole(fields: list[tuple[str, str, bool]]) -> None:
    lines = [f"{name}: {value}\r\n{' more' * folded}".encode() + b"\r\n" * folded for name, value, folded in fields]
    header = b"".join(lines) + b"\r\n"
    chosen = [line for line, field in zip(lines, fields, strict=True) if field[0] != "X-A"]
    others = [line for line, field in zip(lines, fields, strict=True) if field[0] == "X-A"]
    assert header_fields(header, (b"from", b"TO")) == b"".join(chosen) + b"\r\n"
    assert header_fields(header, (b"from", b"TO"), others=True) == b"".join(others) + b"\r\n"


PIECES = [
    b"From: a",
    b"from : b",
    b"To:",
    b"X-From: c",
    b"Subject",
    b" folded",
    b"\t",
    b":",
    b"\0",
    b"",
    b"\r",
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"\xff: x",
]


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=10).map(b"".join), min_size=1, max_size=6),
    st.lists(st.sampled_from([b"From", b"TO", b"x-from", b"Subject", b"\xff", b"(", b"."]), min_size=1, max_size=3).map(tuple),
)
def test_fields_of_many_headers_are_those_of_each(headers: list[bytes], names: tuple[bytes, ...]) -> None:
    assert many_header_fields(headers, names) == [header_fields(clean(header), names) for header in headers]


def test_a_header_ends_with_its_blank_line() -> None:
    assert header_of(b"a: b\r\n\r\nbody\r\n\r\n") == b"a: b\r\n\r\n"
    assert header_of(b"a: b\n\nbody") == b"a: b\n\n"
    assert header_of(b"\r\nbody\r\n\r\n") == b"\r\n"
    assert header_of(b"a: b") == b"a: b"


@pytest.mark.parametrize(
    ("subject", "base", "replied"),
    [
        ("hello", "hello", False),
        ("  Re: hello ", "hello", True),
        ("RE : Fw: fwd:\thello   (fwd) (FWD)", "hello", True),
        ("[list] Re: [list] hello", "hello", True),
        ("Re[2]: hello", "hello", True),
        ("re [x] : hello", "hello", True),
        ("[list] hello", "hello", False),
        ("[list]", "[list]", False),
        ("[fwd: Re: hello]", "hello", True),
        ("[fwd: hello] x", "x", False),
        ("Rex: hello", "Rex: hello", False),
        ("Re:", "", True),
        ("", "", False),
        ("a\r\n b", "a b", False),
        ("[a][b] re: [c] d", "d", True),
    ],
)
def test_base_subjects_of_rfc_5256(subject: str, base: str, *, replied: bool) -> None:
    assert base_subject(subject) == (base, replied)


@pytest.mark.parametrize("flood", ["[" * 50_000, "[]" * 50_000, "re:" * 50_000, "[fwd:" * 20_000 + "]" * 20_000, "(fwd)" * 50_000, "re[" * 50_000])
def test_a_subject_of_nothing_but_prefixes_costs_its_length(flood: str) -> None:
    base_subject(flood)
