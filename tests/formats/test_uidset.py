"""UidSet against a plain set of numbers, and its pages against sets of many thousand ranges."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postroom.formats import uidset
from postroom.formats.uidset import MAX_UID, UidSet

uids = st.integers(1, 60)
spans = st.tuples(uids, uids).map(lambda pair: (min(pair), max(pair)))


def model_of(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {uid for lo, hi in ranges for uid in range(lo, hi + 1)}


def assert_same(made: UidSet, model: set[int]) -> None:
    ordered = sorted(model)
    assert list(made) == ordered
    assert len(made) == len(model)
    assert bool(made) == bool(model)
    assert (made.first, made.last) == ((ordered[0], ordered[-1]) if ordered else (0, 0))
    assert [made.rank(uid) for uid in ordered] == list(range(1, len(ordered) + 1))
    assert [made.select(n) for n in range(1, len(ordered) + 1)] == ordered
    assert list(made.ranks(ordered)) == list(range(1, len(ordered) + 1))
    assert [made.count_to(uid) for uid in range(62)] == [sum(1 for known in ordered if known <= uid) for uid in range(62)]
    assert all(made.rank(uid) == 0 and uid not in made for uid in range(62) if uid not in model)
    ranges = list(made.ranges())
    assert all(before[1] + 1 < after[0] for before, after in pairwise(ranges))
    assert made == UidSet(model)


@pytest.fixture(autouse=True)
def small_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of 3 ranges, so that small sets have many of them; tests of size keep the real ones."""
    if "real_pages" not in request.fixturenames:
        monkeypatch.setattr(uidset, "_PAGE", 3)


@pytest.fixture
def real_pages() -> int:
    return uidset._PAGE


@given(st.lists(st.tuples(st.sampled_from(["add", "remove"]), spans), max_size=40))
@settings(deadline=None)
def test_any_changes_leave_what_they_leave_in_a_plain_set(changes: list[tuple[str, tuple[int, int]]]) -> None:
    uidset._PAGE = 3
    made = UidSet()
    model: set[int] = set()
    for what, (lo, hi) in changes:
        if what == "add":
            made.add_range(lo, hi)
            model |= set(range(lo, hi + 1))
        else:
            made.remove_range(lo, hi)
            model -= set(range(lo, hi + 1))
        assert all(page.los for page in made._pages) or not model
        assert all(len(page.los) <= 3 for page in made._pages)
    assert_same(made, model)


@given(st.lists(st.tuples(st.booleans(), uids), max_size=60))
@settings(deadline=None)
def test_single_uids_come_and_go_like_in_a_plain_set(changes: list[tuple[bool, int]]) -> None:
    uidset._PAGE = 3
    made, model = UidSet(range(1, 60, 2)), set(range(1, 60, 2))
    for add, uid in changes:
        if add:
            made.add(uid)
            model.add(uid)
        else:
            assert made.remove(uid) == (uid in model)
            model.discard(uid)
    assert_same(made, model)


@pytest.mark.long
@given(st.lists(uids), st.lists(spans, max_size=20))
@settings(deadline=None)
def test_whole_sets_meet_like_plain_sets(some: list[int], ranges: list[tuple[int, int]]) -> None:
    a, b = UidSet(some), UidSet.of_ranges(ranges)
    left, right = set(some), model_of(ranges)
    assert_same(a, left)
    assert_same(b, right)
    assert_same(a & b, left & right)
    assert_same(a | b, left | right)
    assert_same(a - b, left - right)
    made = a.copy()
    made.update(b)
    assert_same(made, left | right)
    made.difference_update(b)
    assert_same(made, left - right)
    assert_same(a, left)


@given(st.lists(uids), st.lists(spans, max_size=20))
@settings(deadline=None)
def test_sequence_numbers_and_uids_are_translated_both_ways(some: list[int], ranges: list[tuple[int, int]]) -> None:
    made, chosen = UidSet(some), UidSet.of_ranges(ranges)
    ordered = sorted(set(some))
    assert list(made.positions(chosen)) == [ordered.index(uid) + 1 for uid in ordered if uid in chosen]
    assert list(made.at_positions(chosen)) == [uid for number, uid in enumerate(ordered, 1) if number in chosen]


@given(st.lists(st.integers(1, MAX_UID), max_size=30), spans)
def test_serialise_and_parse_are_a_pair(some: list[int], cut: tuple[int, int]) -> None:
    made = UidSet(some)
    assert UidSet.parse(made.serialise()) == made
    assert list(made.between(*cut)) == list((made & UidSet.of_ranges([cut])).ranges())


@pytest.mark.parametrize("text", [b"1:", b"a", b"0", b"5:3", b"4294967296", b"1,,2", b"-1", b" 1", b"1:2:3", b"\xb2", b"99999999999999"])
def test_what_is_no_set_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="uid"):
        UidSet.parse(text)


def test_numbers_outside_32_bits_are_refused() -> None:
    made = UidSet()
    attempts: list[Callable[[], object]] = [
        lambda: UidSet([0]),
        lambda: UidSet([MAX_UID + 1]),
        lambda: made.add_range(0, 1),
        lambda: made.add_range(5, 4),
    ]
    for wrong in attempts:
        with pytest.raises(ValueError, match="uid"):
            wrong()


def test_a_position_beyond_the_end_is_an_index_error() -> None:
    for position in (0, -1, 3):
        with pytest.raises(IndexError):
            UidSet([5, 9]).select(position)


def test_a_dense_million_is_one_range(real_pages: int) -> None:
    made = UidSet.of_ranges([(1, 1_000_000)])
    made.add(1_000_001)
    assert made.range_count == 1
    assert (made.rank(777_777), made.select(777_777), len(made)) == (777_777, 777_777, 1_000_001)


def test_a_set_of_four_billion_costs_nothing(real_pages: int) -> None:
    made = UidSet.parse(b"1:4294967295")
    assert len(made) == MAX_UID
    assert (made & UidSet([7, 9])).serialise() == b"7,9"
    assert made.complement() == UidSet()


@pytest.mark.long
def test_half_a_million_separate_uids_keep_their_numbers_through_changes(real_pages: int) -> None:
    made = UidSet(range(1, 1_000_001, 2))
    assert made.range_count == 500_000
    assert (made.rank(500_001), made.select(250_001)) == (250_001, 500_001)
    for uid in range(1, 2001, 2):
        made.remove(uid)
    made.add(500_002)
    assert (made.rank(500_001), made.rank(500_002), made.rank(500_003)) == (249_001, 249_002, 249_003)
    assert len(made) == 499_001


def test_a_set_shows_itself_briefly() -> None:
    assert repr(UidSet([1, 2, 3, 7])) == "UidSet(1:3,7)"
    assert repr(UidSet(range(1, 100, 2))) == "UidSet(50 ranges)"


def test_a_set_of_ascending_ranges_is_the_same_as_of_any() -> None:
    ranges = [(number * 3 + 1, number * 3 + 2) for number in range(2000)]
    assert UidSet.of_ascending((low for low, _ in ranges), (high for _, high in ranges)) == UidSet.of_ranges(ranges)
    assert UidSet.of_ascending([], []) == UidSet()


def test_numbers_of_uids_without_gaps_are_a_range_unless_the_set_has_gaps_there() -> None:
    made = UidSet.of_ranges([(5, 9), (20, 30)])
    assert list(made.ranks([6, 7, 8])) == [2, 3, 4]
    assert list(made.ranks([8, 9, 10, 11])) == [4, 5, 0, 0]
    assert list(made.ranks([9, 20])) == [5, 6]
