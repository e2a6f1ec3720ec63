"""Sequence sets (RFC 3501 section 9, `sequence-set`): the messages that a command names, by number or by UID.

A set stays ranges, however wide: `1:4294967295` is two numbers. `*` has a meaning only beside a folder, so it is kept apart until
`resolve` is told the folder's largest number.
"""

import re
from dataclasses import dataclass

from postroom.formats.imap.errors import CommandRefused
from postroom.formats.uidset import MAX_UID, UidSet

_SET = re.compile(rb"(?:[1-9][0-9]{0,9}|\*)(?::(?:[1-9][0-9]{0,9}|\*))?(?:,(?:[1-9][0-9]{0,9}|\*)(?::(?:[1-9][0-9]{0,9}|\*))?)*+")
_WRONG = "A message set is made of numbers, colons, commas and stars"


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """Numbers as ranges, ascending and apart; and for those with a star the lowest and highest partner.

    `star` is None without a star; `(3, 9)` for `3:*,9:*`, whose union is the same; 0 as highest partner for a star alone.
    """

    ranges: tuple[tuple[int, int], ...]
    star: tuple[int, int] | None = None

    @classmethod
    def parse(cls, text: bytes) -> "SequenceSet":
        """Read a set; CommandRefused when it isn't one."""
        if len(text) < 10 and text.isdigit() and text[0] != 48:
            return cls(((int(text), int(text)),))
        return _COMMON.get(text) or cls._parse(text)

    @classmethod
    def _parse(cls, text: bytes) -> "SequenceSet":
        if not _SET.fullmatch(text):
            raise CommandRefused(_WRONG)
        pairs: list[tuple[int, int]] = []
        partners: list[int] = []
        for piece in text.split(b","):
            lo, _, hi = piece.partition(b":")
            if lo == b"*" or hi == b"*":
                partners.append(int(next((end for end in (lo, hi) if end not in {b"*", b""}), 0)))
            else:
                low, high = int(lo), int(hi or lo)
                pairs.append((low, high) if low <= high else (high, low))
        named = [partner for partner in partners if partner]
        star = (min(named, default=0), max(named, default=0)) if partners else None
        if max((high for _, high in pairs), default=0) > MAX_UID or max(named, default=0) > MAX_UID:
            raise CommandRefused(_WRONG)
        return cls(tuple(UidSet.of_ranges(pairs).ranges()) if len(pairs) > 1 else tuple(pairs), star)

    def serialise(self) -> bytes:
        """Write the set in its shortest form: ranges, then the ones with a star."""
        pieces = [b"%d" % lo if lo == hi else b"%d:%d" % (lo, hi) for lo, hi in self.ranges]
        if self.star == (0, 0):
            pieces.append(b"*")
        elif self.star:
            pieces.extend(b"%d:*" % partner for partner in dict.fromkeys(self.star))
        return b",".join(pieces)

    def resolve(self, largest: int) -> UidSet:
        """Give the numbers as a set, with `*` for the largest number in use; in an empty folder (0) a star names nothing."""
        if not self.star or not largest:
            return UidSet.of_ranges(self.ranges)
        low, high = self.star
        return UidSet.of_ranges([*self.ranges, (min(low or largest, largest), max(high, largest))])

    def uids(self, folder: UidSet) -> UidSet:
        """Give those UIDs of a folder that the set names; others are silently left out (RFC 3501 section 6.4.8)."""
        return folder & self.resolve(folder.last)

    def numbered(self, folder: UidSet) -> UidSet:
        """Give the UIDs of the messages that the set names by number; CommandRefused for a number beyond the last message."""
        total = len(folder)
        numbers = self.resolve(total)
        if numbers.last > total or (self.star and not total):
            raise CommandRefused("There is no message with that number")
        return folder.at_positions(numbers)


_COMMON = {b"1:*": SequenceSet((), (1, 1)), b"*": SequenceSet((), (0, 0))}
