"""What a header field says in all messages of a folder, kept in memory once somebody searched it: the next search is one look at some hundred KB.

Messages never change, so a text once read stays right; those that came since are read and added at the next search. What is kept is bounded;
the folders searched longest ago go first.
"""

from __future__ import annotations

import asyncio
import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from postroom.formats.text import fold
from postroom.formats.uidset import UidSet
from postroom.formats.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    Read = Callable[[UidSet], Awaitable[list[tuple[int, bytes]]]]

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of texts that a process keeps."""

_UNFOLD: Final = re.compile(rb"\r?\n(?=[ \t])")


def sayings(values: Iterable[bytes]) -> list[bytes]:
    """Give what is searched of a field's raw values: each in lower case as it stands, and decoded and folded where that is something else."""
    found = []
    for raw in values:
        value = _UNFOLD.sub(b"", raw)
        found.append(value.lower())
        if b"=?" in value or not value.isascii():
            found.append(fold(decode_words(value)).encode("utf-8", "replace"))
    return found


class FieldText:
    """One field of one folder: the texts of all messages up to a uid, a line each, and where each message's begin."""

    def __init__(self) -> None:
        self.upto = 0
        self.reading = asyncio.Lock()
        self._text = bytearray()
        self._starts = array("Q")
        self._uids = array("I")

    def __len__(self) -> int:
        return len(self._text) + 12 * len(self._uids)

    def add(self, messages: Iterable[tuple[int, bytes]], upto: int) -> None:
        """Take in (uid, lines) of messages, ascending, and note that all up to a uid are in."""
        for uid, lines in messages:
            self._starts.append(len(self._text))
            self._uids.append(uid)
            self._text += lines + b"\n"
        self.upto = upto

    def find(self, wanted: bytes) -> UidSet:
        """Find the uids of the messages that say this; `wanted` is a part of one line and not empty."""
        found, at, text, starts = [], 0, self._text, self._starts
        while (hit := text.find(wanted, at)) >= 0:
            number = bisect_right(starts, hit)
            found.append(self._uids[number - 1])
            at = starts[number] if number < len(starts) else len(text)
        return UidSet(found)


class FieldTexts:
    """The fields that were searched of late, by folder and field name."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], FieldText] = {}

    async def find(self, folder_id: int, field: str, wanted: str, uids: UidSet, read: Read) -> UidSet:
        """Find the messages with a text in a field; `uids` are all of the folder, of which `read` gives (uid, lines) where they are not kept yet.

        Messages that are gone may be among those found. Raises Unavailable.
        """
        kept = self._kept.pop((folder_id, field), None) or FieldText()
        self._kept[folder_id, field] = kept  # as the last one: the first goes first
        async with kept.reading:
            if uids.last > kept.upto:
                kept.add(await read(UidSet.of_ranges(uids.between(kept.upto + 1, uids.last))), uids.last)
        self._make_room()
        return kept.find(fold(wanted).encode("utf-8", "replace"))

    def forget(self, folder_id: int) -> None:
        """Forget what was kept of a folder: one of its messages says something else now."""
        for key in [key for key in self._kept if key[0] == folder_id]:
            del self._kept[key]

    def _make_room(self) -> None:
        total = sum(map(len, self._kept.values()))
        for key, text in list(self._kept.items()):
            if total <= MOST_BYTES:
                return
            del self._kept[key]
            total -= len(text)
