"""The maildrop as one session sees it: message numbers, and the marks of DELE that only QUIT carries out (RFC 1939 section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Refused
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postroom.servers.pop3.ports import Lock, Maildrop

RUN = 2000  # messages a piece of a listing: about 30 KB, a millisecond


class Opened:
    """A maildrop, locked for this session. `octets` is what the messages weigh that are not deleted."""

    __slots__ = ("_lock", "deleted", "drop", "octets")

    def __init__(self, drop: Maildrop, lock: Lock) -> None:
        self.drop = drop
        self.deleted: set[int] = set()
        self._lock = lock
        self.octets = sum(drop.sizes)  # kept up: to add it up at each STAT of a flood would take the server's time

    @property
    def count(self) -> int:
        """How many messages there are that are not deleted."""
        return len(self.drop.uids) - len(self.deleted)

    def delete(self, number: int) -> None:
        """Mark a message; raises Refused when there is none, or it is marked already."""
        self.octets -= self.drop.sizes[self.place(number)]
        self.deleted.add(number)

    def restore(self) -> None:
        """Take all marks away."""
        self.octets += sum(self.drop.sizes[number - 1] for number in self.deleted)
        self.deleted.clear()

    def place(self, number: int) -> int:
        """Return where a message stands in `uids` and `sizes`; raises Refused when there is none, or it is deleted."""
        if not 1 <= number <= len(self.drop.uids):
            raise Refused(replies.NO_MESSAGE)
        if number in self.deleted:
            raise Refused(replies.DELETED)
        return number - 1

    def listing(self, line: Callable[[int], str]) -> Iterator[bytes]:
        """Write a line for each message that is not deleted, by its place, many to a piece; the dot that ends them is in the last."""
        deleted, places = self.deleted, range(len(self.drop.uids))
        for start in range(0, len(places), RUN):
            rows = [line(place) for place in places[start : start + RUN] if place + 1 not in deleted]
            yield "".join(rows).encode("ascii")
        yield b".\r\n"

    async def remove_deleted(self) -> None:
        """Carry out the deletions; raises Unavailable."""
        if self.deleted:
            await self.drop.delete([self.drop.uids[number - 1] for number in sorted(self.deleted)])

    def release(self) -> None:
        """Let other sessions have the maildrop."""
        self._lock.release()

    async def released(self) -> None:
        """Let other sessions have the maildrop, wherever they are."""
        await self._lock.released()
