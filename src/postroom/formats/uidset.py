"""A set of message UIDs kept as ranges: what a folder's view holds for a million messages, and what sequence sets are cut against.

The ranges stand in pages of at most 512, three 32-bit words each (12 bytes a range): a folder without gaps costs some hundred bytes
however large it is, 500,000 separate uids cost 6 MB. `rank`, `select`, `add` and `remove` are O(log n) plus work inside one page
(one to two microseconds as a rule, some tens after a change in a scattered set); the operations on whole sets are linear in ranges,
never in messages.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, count, islice
from operator import add, sub
from typing import Self

MAX_UID = 0xFFFFFFFF
"""The largest UID, and the largest message sequence number (RFC 3501 section 2.3.1.1: 32 bits, not zero)."""

_PAGE = 512
_more_than_one = (1).__lt__


class _Page:
    """Up to 512 ranges, ascending, never touching each other."""

    __slots__ = ("_starts", "count", "his", "los")

    def __init__(self, los: "array[int]", his: "array[int]") -> None:
        self.los = los
        self.his = his
        self.count = sum(his) - sum(los) + len(los)
        self._starts: array[int] | None = None

    def starts(self) -> "array[int]":
        """Count the uids of this page before each range: made when asked for, dropped by a change."""
        if self._starts is None:
            lengths = map(sub, self.his, self.los)
            self._starts = array("I", map(add, accumulate(lengths, initial=0), count()))
        return self._starts

    def splice(self, start: int, end: int, los: list[int], his: list[int]) -> None:
        """Replace the ranges from start to end (exclusive)."""
        replaced = sum(self.his[start:end]) - sum(self.los[start:end]) + (end - start)
        self.los[start:end] = array("I", los)
        self.his[start:end] = array("I", his)
        self.count += sum(his) - sum(los) + len(los) - replaced
        self._starts = None


class UidSet:
    """A mutable set of UIDs (or of sequence numbers) from 1 to 4,294,967,295, iterated in ascending order.

    Positions are message sequence numbers: they begin at 1.
    """

    __slots__ = ("_before", "_firsts", "_pages")

    def __init__(self, uids: Iterable[int] = ()) -> None:
        ordered = sorted(uids)
        if not ordered:
            self._fill(array("I"), array("I"))
            return
        if not 1 <= ordered[0] <= ordered[-1] <= MAX_UID:
            raise ValueError("a uid is a number from 1 to 4294967295")
        # Where the step to the next uid is larger than one, a range ends and the next begins (a step of 0 is a double).
        gaps = list(map(_more_than_one, map(sub, islice(ordered, 1, None), ordered)))
        los = array("I", chain(ordered[:1], compress(islice(ordered, 1, None), gaps)))
        his = array("I", chain(compress(ordered, gaps), ordered[-1:]))
        self._fill(los, his)

    @classmethod
    def of_ranges(cls, ranges: Iterable[tuple[int, int]]) -> Self:
        """Make the set of all uids from lo to hi of each pair, in any order, overlapping or not; ValueError outside 1..4294967295."""
        los: array[int] = array("I")
        his: array[int] = array("I")
        last = 0
        for lo, hi in sorted(ranges):
            _check(lo, hi)
            if los and lo <= last + 1:
                his[-1] = last = max(last, hi)
            else:
                los.append(lo)
                his.append(hi)
                last = hi
        made = cls()
        made._fill(los, his)
        return made

    @classmethod
    def of_ascending(cls, los: Iterable[int], his: Iterable[int]) -> Self:
        """Make the set of ranges that ascend and neither overlap nor touch, all of them between 1 and 4294967295: nothing is checked."""
        made = cls()
        made._fill(array("I", los), array("I", his))
        return made

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read what `serialise` wrote, such as `1:5,7`; empty is the empty set; ValueError for anything else."""
        pairs = (piece.partition(b":") for piece in text.split(b",")) if text else ()
        return cls.of_ranges((_number(lo), _number(hi) if colon else _number(lo)) for lo, colon, hi in pairs)

    def _fill(self, los: "array[int]", his: "array[int]") -> None:
        if len(los) <= _PAGE:
            self._pages = [_Page(los, his)]
            self._firsts: list[int] = [0]
            self._before: list[int] | None = None
            return
        self._pages = [_Page(los[at : at + _PAGE], his[at : at + _PAGE]) for at in range(0, len(los), _PAGE)]
        self._index()

    def _index(self) -> None:
        # The first page answers for everything below it as well: a search never falls off the left edge.
        self._firsts = [0, *(page.los[0] for page in self._pages[1:])]
        self._before = None

    def serialise(self) -> bytes:
        """Write the set as a compact IMAP sequence set, such as `1:5,7`; empty for the empty set."""
        return b",".join([b"%d" % lo if lo == hi else b"%d:%d" % (lo, hi) for lo, hi in self.ranges()])

    def copy(self) -> "UidSet":
        """Copy the uids into a set of their own."""
        made = UidSet()
        made._pages = [_Page(page.los[:], page.his[:]) for page in self._pages]
        made._index()
        return made

    def __len__(self) -> int:
        return self._counts()[-1] + self._pages[-1].count

    def __bool__(self) -> bool:
        return bool(self._pages[0].los)

    def __contains__(self, uid: object) -> bool:
        return isinstance(uid, int) and self.rank(uid) > 0

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(range(lo, hi + 1) for lo, hi in self.ranges())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UidSet):
            return NotImplemented
        mine, theirs = self.ranges(), other.ranges()
        return all(a == b for a, b in zip(mine, theirs, strict=False)) and self.range_count == other.range_count

    __hash__ = None  # type: ignore[assignment]  # it changes, so it is no key

    def __repr__(self) -> str:
        text = self.serialise() if self.range_count <= 8 else b"%d ranges" % self.range_count
        return f"UidSet({text.decode()})"

    @property
    def range_count(self) -> int:
        """How many separate ranges the set has: what it costs, at 12 bytes each."""
        return sum(len(page.los) for page in self._pages)

    @property
    def first(self) -> int:
        """The lowest uid, 0 when the set is empty."""
        return self._pages[0].los[0] if self else 0

    @property
    def last(self) -> int:
        """The highest uid, 0 when the set is empty."""
        return self._pages[-1].his[-1] if self else 0

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Iterate over the ranges as (lo, hi), ascending, both ends included. The set must not change meanwhile."""
        return chain.from_iterable(zip(page.los, page.his, strict=True) for page in self._pages)

    def between(self, lo: int, hi: int) -> Iterator[tuple[int, int]]:
        """Iterate over the ranges inside lo..hi, cut at both ends: only pages in question are read."""
        for number in range(self._page_of(lo), len(self._pages)):
            page = self._pages[number]
            start, end = bisect_left(page.his, lo), bisect_right(page.los, hi)
            for low, high in zip(page.los[start:end], page.his[start:end], strict=True):
                yield max(low, lo), min(high, hi)
            if end < len(page.los):
                return

    # --- sequence numbers

    def rank(self, uid: int) -> int:
        """Give the message sequence number of a uid; 0 when the set hasn't got it."""
        number = self._page_of(uid)
        page = self._pages[number]
        at = bisect_right(page.los, uid) - 1
        if at < 0 or uid > page.his[at]:
            return 0
        return self._counts()[number] + page.starts()[at] + uid - page.los[at] + 1

    def count_to(self, uid: int) -> int:
        """Count the uids of the set that are at most this one."""
        number = self._page_of(uid)
        page = self._pages[number]
        at = bisect_right(page.los, uid) - 1
        if at < 0:
            return self._counts()[number]
        return self._counts()[number] + page.starts()[at] + min(uid, page.his[at]) - page.los[at] + 1

    def select(self, position: int) -> int:
        """Give the uid of a message sequence number; IndexError when there is no such message."""
        if not 1 <= position <= len(self):
            raise IndexError(position)
        number = bisect_left(self._counts(), position) - 1
        page = self._pages[number]
        within = position - 1 - self._counts()[number]
        at = bisect_right(page.starts(), within, 0, len(page.los)) - 1
        return page.los[at] + within - page.starts()[at]

    def ranks(self, uids: Sequence[int]) -> Sequence[int]:
        """Give the sequence numbers of ascending uids, 0 for one that the set hasn't got: the fast way for the rows of a FETCH."""
        if uids and uids[-1] - uids[0] == len(uids) - 1:  # without gaps, as nearly all are
            first, last = self.rank(uids[0]), self.rank(uids[-1])
            if first and last - first == len(uids) - 1:
                return range(first, last + 1)
        numbers: list[int] = []
        low, high, offset = 1, 0, 0
        for uid in uids:
            if not low <= uid <= high:
                rank = self.rank(uid)
                if not rank:
                    numbers.append(0)
                    continue
                low, high = next(self.between(uid, MAX_UID))
                offset = uid - rank
            numbers.append(uid - offset)
        return numbers

    def positions(self, uids: "UidSet") -> "UidSet":
        """Give the sequence numbers of those uids that this set has, as ranges."""
        common = self.intersection(uids)
        return UidSet.of_ranges((self.rank(lo), self.rank(hi)) for lo, hi in common.ranges())

    def at_positions(self, positions: "UidSet") -> "UidSet":
        """Give the uids at these sequence numbers; numbers beyond the last message are left out."""
        total = len(self)
        spans = [(self.select(lo), self.select(hi)) for lo, hi in positions.between(1, total)] if total else []
        return UidSet.of_ranges(chain.from_iterable(self.between(lo, hi) for lo, hi in spans))

    # --- changes

    def add(self, uid: int) -> None:
        """Add one uid; nothing happens when it is there."""
        self.add_range(uid, uid)

    def add_range(self, lo: int, hi: int) -> None:
        """Add all uids from lo to hi; ValueError outside 1..4294967295 or when hi is below lo."""
        _check(lo, hi)
        first, start = self._from(lo - 1)
        last, end = self._until(hi + 1)
        if (first, start) < (last, end):
            if start < len(self._pages[first].los):
                lo = min(lo, self._pages[first].los[start])
            if end > 0:
                hi = max(hi, self._pages[last].his[end - 1])
        self._splice(first, start, last, end, [lo], [hi])

    def remove(self, uid: int) -> bool:
        """Take one uid out; False when it wasn't there."""
        if not self.rank(uid):
            return False
        self.remove_range(uid, uid)
        return True

    def remove_range(self, lo: int, hi: int) -> None:
        """Take out all uids from lo to hi, those that are there."""
        _check(lo, hi)
        first, start = self._from(lo)
        last, end = self._until(hi)
        if (first, start) >= (last, end):
            return
        los, his = [], []
        for low, high in self._edges(first, start, last, end):
            if low < lo <= high:
                los.append(low)
                his.append(lo - 1)
            if low <= hi < high:
                los.append(hi + 1)
                his.append(high)
        self._splice(first, start, last, end, los, his)

    def update(self, other: "UidSet") -> None:
        """Add all uids of the other set."""
        for lo, hi in other.ranges():
            self.add_range(lo, hi)

    def difference_update(self, other: "UidSet") -> None:
        """Take out all uids of the other set."""
        for lo, hi in other.ranges():
            self.remove_range(lo, hi)

    # --- whole sets

    def intersection(self, other: "UidSet") -> "UidSet":
        """Give the uids that both have: linear in the ranges of the set with fewer, and of the result."""
        few, many = (self, other) if self.range_count <= other.range_count else (other, self)
        return UidSet.of_ranges(chain.from_iterable(many.between(lo, hi) for lo, hi in few.ranges()))

    def union(self, other: "UidSet") -> "UidSet":
        """Give the uids that either has."""
        return UidSet.of_ranges(chain(self.ranges(), other.ranges()))

    def difference(self, other: "UidSet") -> "UidSet":
        """Give the uids of this set that the other hasn't."""
        if not self or not other:
            return self.copy()
        return self.intersection(other.complement())

    def complement(self) -> "UidSet":
        """Give all uids from 1 to 4294967295 that this set hasn't."""
        los = chain([1], (hi + 1 for _, hi in self.ranges()))
        his = chain((lo - 1 for lo, _ in self.ranges()), [MAX_UID])
        return UidSet.of_ranges((lo, hi) for lo, hi in zip(los, his, strict=True) if lo <= hi)

    __and__ = intersection
    __or__ = union
    __sub__ = difference

    # --- pages

    def _counts(self) -> list[int]:
        """Count the uids that stand before each page."""
        if self._before is None:
            self._before = list(accumulate((page.count for page in self._pages[:-1]), initial=0))
        return self._before

    def _page_of(self, uid: int) -> int:
        return max(bisect_right(self._firsts, uid) - 1, 0)

    def _from(self, uid: int) -> tuple[int, int]:
        """Page and index of the first range that ends at uid or later (the page's end when it has none)."""
        number = self._page_of(uid)
        return number, bisect_left(self._pages[number].his, uid)

    def _until(self, uid: int) -> tuple[int, int]:
        """Page and index after the last range that begins at uid or earlier."""
        number = self._page_of(uid)
        return number, bisect_right(self._pages[number].los, uid)

    def _edges(self, first: int, start: int, last: int, end: int) -> list[tuple[int, int]]:
        """Find the outermost ranges of a stretch that is not empty: one, or two."""
        page = self._pages[first]
        if start == len(page.los):
            first, start = first + 1, 0
            page = self._pages[first]
        edges = [(page.los[start], page.his[start])]
        if (first, start + 1) < (last, end):
            edges.append((self._pages[last].los[end - 1], self._pages[last].his[end - 1]))
        return edges

    def _splice(self, first: int, start: int, last: int, end: int, los: list[int], his: list[int]) -> None:
        """Replace a stretch of ranges; afterwards no page is empty (but the only one) or over its size."""
        pages = self._pages
        head = pages[first]
        if first == last and 0 < len(head.los) - (end - start) + len(los) <= _PAGE:
            self._splice_page(first, start, end, los, his)
            return
        if first < last:
            pages[last].splice(0, end, [], [])
            del pages[first + 1 : last]
            end = len(head.los)
        head.splice(start, end, los, his)
        pages[first : first + 1] = _halves(head)
        self._pages = [page for page in pages if page.los] or [_Page(array("I"), array("I"))]
        self._index()

    def _splice_page(self, number: int, start: int, end: int, los: list[int], his: list[int]) -> None:
        """Change inside one page that has room, the common case: the index of pages is mended, not made again."""
        page = self._pages[number]
        page.splice(start, end, los, his)
        if number:
            self._firsts[number] = page.los[0]
        if number < len(self._pages) - 1:
            self._before = None


def _halves(page: _Page) -> list[_Page]:
    half = len(page.los) // 2
    if len(page.los) <= _PAGE:
        return [page]
    return [_Page(page.los[:half], page.his[:half]), _Page(page.los[half:], page.his[half:])]


def _check(lo: int, hi: int) -> None:
    if not 1 <= lo <= hi <= MAX_UID:
        raise ValueError("a uid is a number from 1 to 4294967295")


def _number(text: bytes) -> int:
    if not (text.isdigit() and len(text) <= 10):
        raise ValueError("a uid set is made of numbers, colons and commas")
    return int(text)
