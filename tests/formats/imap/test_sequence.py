"""Sequence sets: normal form, stars, and the messages of a folder that they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.uidset import MAX_UID, UidSet

ends = st.one_of(st.just(b"*"), st.integers(1, 30).map(lambda number: b"%d" % number))
pieces = st.one_of(ends, st.tuples(ends, ends).map(b":".join))
sets = st.lists(pieces, min_size=1, max_size=8).map(b",".join)


def model(text: bytes, largest: int) -> set[int]:
    """What RFC 3501 says a set means, number by number."""
    named = set[int]()
    for piece in text.split(b","):
        lo, *rest = [largest if end == b"*" else int(end) for end in piece.split(b":")]
        hi = rest[0] if rest else lo
        named |= set(range(min(lo, hi), max(lo, hi) + 1))
    return named


@given(sets, st.integers(1, 40))
def test_a_set_names_what_the_rfc_says(text: bytes, largest: int) -> None:
    assert set(SequenceSet.parse(text).resolve(largest)) == model(text, largest)


@given(sets, st.integers(1, 40))
def test_serialise_and_parse_are_a_pair(text: bytes, largest: int) -> None:
    numbers = SequenceSet.parse(text)
    again = SequenceSet.parse(numbers.serialise())
    assert again == numbers
    assert again.serialise() == numbers.serialise()
    assert set(again.resolve(largest)) == model(text, largest)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        (b"1", b"1"),
        (b"5:1", b"1:5"),
        (b"1,2,3", b"1:3"),
        (b"1:5,3:9,20", b"1:9,20"),
        (b"*:4", b"4:*"),
        (b"1:*", b"1:*"),
        (b"*", b"*"),
        (b"*:*", b"*"),
        (b"*,3", b"3,*"),
        (b"3:*,9:*,5:*", b"3:*,9:*"),
        (b"*,3:*", b"3:*"),
        (b"1:4294967295", b"1:4294967295"),
    ],
)
def test_a_set_has_one_shortest_form(text: bytes, shortest: bytes) -> None:
    assert SequenceSet.parse(text).serialise() == shortest


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"0",
        b"0:5",
        b"1:",
        b":1",
        b"1,,2",
        b"1,",
        b",",
        b"a",
        b"1:2:3",
        b"4294967296",
        b"1:99999999999",
        b"01",
        b"-1",
        b"1 ",
        b"**",
        b"$",
    ],
)
def test_what_is_no_set_is_refused(text: bytes) -> None:
    with pytest.raises(CommandRefused):
        SequenceSet.parse(text)


def test_uids_that_are_not_there_are_left_out_and_a_star_is_the_last() -> None:
    folder = UidSet([3, 5, 6, 90])
    assert list(SequenceSet.parse(b"1:5,7").uids(folder)) == [3, 5]
    assert list(SequenceSet.parse(b"*").uids(folder)) == [90]
    assert list(SequenceSet.parse(b"100:*").uids(folder)) == [90]
    assert list(SequenceSet.parse(b"1:*").uids(UidSet())) == []


def test_message_numbers_become_uids_and_one_beyond_the_end_is_refused() -> None:
    folder = UidSet([3, 5, 6, 90])
    assert list(SequenceSet.parse(b"2:*").numbered(folder)) == [5, 6, 90]
    for text, where in ((b"5", folder), (b"1:5", folder), (b"*", UidSet()), (b"1", UidSet())):
        with pytest.raises(CommandRefused):
            SequenceSet.parse(text).numbered(where)


def test_a_set_of_four_billion_costs_nothing() -> None:
    numbers = SequenceSet.parse(b",".join([b"1:4294967295"] * 1000))
    assert numbers.ranges == ((1, MAX_UID),)
    assert list(numbers.uids(UidSet([7, 9]))) == [7, 9]


def test_thousands_of_ranges_are_read_in_one_pass() -> None:
    text = b",".join(b"%d" % number for number in range(1, 20001, 2))
    assert len(SequenceSet.parse(text).ranges) == 10_000
    with pytest.raises(CommandRefused):
        SequenceSet.parse(text + b":")
