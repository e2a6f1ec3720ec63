"""Where in the journal a promise was made: finds the record with which a given byte of a connection left the server."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .journal import Kind

if TYPE_CHECKING:
    from .journal import Record
    from .ledger import Stream

NEVER: Final = 1 << 62


@dataclass(slots=True)
class Sent:
    """What left on one connection: after `places[n]`, `totals[n]` bytes altogether."""

    places: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


class Replies:
    """The replies of a journal by connection."""

    def __init__(self) -> None:
        self._sockets: dict[int, Sent] = {}
        self._streams: dict[tuple[int, int], list[Sent]] = defaultdict(list)

    def feed(self, record: Record) -> None:
        """Take the next record of the journal."""
        if record.kind is not Kind.REPLY:
            return
        sent = self._sockets.get(record.inode)
        if sent is None:
            sent = self._sockets[record.inode] = Sent()
            self._streams[record.offset >> 16, record.offset & 0xFFFF].append(sent)
        # A call that never returned may have sent all it had: the journal ends here, the total no longer matters.
        sent.places.append(record.place)
        sent.totals.append((sent.totals[-1] if sent.totals else 0) + (record.result if record.result >= 0 else NEVER))

    def place(self, stream: Stream, offset: int) -> int:
        """Tell when the byte before `offset` left; NEVER when the journal doesn't know."""
        server, client, number = stream
        sents = self._streams.get((server, client), [])
        if not offset or number >= len(sents):
            return NEVER
        found = bisect_left(sents[number].totals, offset)
        return sents[number].places[found] if found < len(sents[number].places) else NEVER
