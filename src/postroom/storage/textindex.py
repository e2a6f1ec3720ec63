"""The text index interface: which entries may hold a piece of text. It only narrows a search; the stored text decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

SHORTEST: Final = 3
"""Characters that a needle must have for an index to know it."""


class Entry(NamedTuple):
    """A text of a group and its number (below 2^32); None is a text that nobody could read: always a candidate."""

    number: int
    text: bytes | None


class Narrowed(NamedTuple):
    """The numbers that may hold the needle among those up to `upto`, ascending; whatever is above was not indexed yet."""

    upto: int
    numbers: array[int]


class TextIndex(Protocol):
    """An index of text for each shard, filled behind the mail and free to lag, to be lost and to be made anew.

    What an engine must do:
    - `narrow` names every entry up to `upto` whose text has the needle as a substring of its characters; it may name others too.
    - A group's search touches no other group's entries.
    - `add` and the mark that it moves are kept together or not at all; adding an entry again changes nothing.
    - Numbers are never used again within a group, so an entry that was removed late harms nothing.
    - An index that is lost begins again without marks. One that was made for other mail (a shard restored from a backup) must be thrown away.
    Texts are folded UTF-8 (formats.text.fold), or octets in lower case; what is no UTF-8 may be read as U+FFFD.
    """

    async def marks(self, shard: int) -> dict[int, int]:
        """Tell for each group up to which number it is indexed; a group without a mark is not. Raises Unavailable."""

    async def add(self, shard: int, group: int, entries: Sequence[Entry], upto: int) -> None:
        """Take entries of a group (below 2^31) in and set its mark; numbers come ascending. Raises Unavailable, then nothing was kept."""

    async def remove(self, shard: int, group: int, low: int, high: int) -> None:
        """Forget the entries of a range of numbers, both ends included; raises Unavailable."""

    async def narrow(self, shard: int, group: int, needle: str) -> Narrowed | None:
        """Find where the needle may be; None when this index can't tell: a needle that is too short, no index yet. Never raises."""

    async def close(self) -> None:
        """Finish what is in hand and let go of every file."""
