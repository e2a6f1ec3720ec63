"""Who may come in: the count of open connections, in total and of one peer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import mmap

    from postroom.network.endpoint import Endpoint


class Admission(Protocol):
    """Counts connections and says no above a limit. One worker counts for itself (`Seats`); several may share the counts behind this."""

    def enter(self, protocol: str, peer: Endpoint) -> bool:
        """Take a seat for this peer; False, and no seat taken, when a limit is reached."""

    def leave(self, protocol: str, peer: Endpoint) -> None:
        """Give back a seat that `enter` granted."""


class Seats:
    """Admission within one process: at most `total` connections and `each` of one peer; 0 means no limit.

    Peers on this machine have no limit of their own (tests, web mail and proxies share one address); the total counts them.
    """

    def __init__(self, total: int = 0, each: int = 0) -> None:
        self.total = total
        self.each = each
        self.taken = 0
        self._peers: dict[str, int] = {}

    def enter(self, protocol: str, peer: Endpoint) -> bool:
        """Take a seat; False when the house is full, or full of this peer."""
        if self.total and self.taken >= self.total:
            return False
        if not peer.loopback:
            key = peer.neighbourhood
            here = self._peers.get(key, 0)
            if self.each and here >= self.each:
                return False
            self._peers[key] = here + 1
        self.taken += 1
        return True

    def leave(self, protocol: str, peer: Endpoint) -> None:
        """Give the seat back; a peer without a seat is forgotten, so that scans over many addresses don't fill memory."""
        self.taken -= 1
        if not peer.loopback:
            key = peer.neighbourhood
            here = self._peers[key] - 1
            if here:
                self._peers[key] = here
            else:
                del self._peers[key]


class Hall:
    """The counts of all workers' connections in memory that they share: each worker writes its own rows and reads all, so no lock is needed.

    A row holds the total of one kind of connection and a table of counts by a keyed hash of the peer (so that nobody can choose a neighbour in
    it); two peers may share a place there, which with 65,536 places and some thousand peers happens to few, and costs them half their limit.
    """

    PLACES = 1 << 16
    KEY = 16
    KINDS = ("smtp", "imap", "pop3", "http")

    def __init__(self, memory: mmap.mmap, workers: int, worker: int) -> None:
        """Take over this worker's rows, which a predecessor may have left full. `memory` has `size(workers)` bytes, the key first."""
        self._key = memory[: self.KEY]
        self._counts = memoryview(memory)[self.KEY :].cast("I")
        self._workers = workers
        self._worker = worker
        row = self._row(self.KINDS[0], worker)
        width = len(self.KINDS) * (self.PLACES + 1)
        self._counts[row : row + width] = memoryview(bytes(4 * width)).cast("I")

    @classmethod
    def size(cls, workers: int) -> int:
        """Tell how many bytes the counts of so many workers take."""
        return cls.KEY + 4 * workers * len(cls.KINDS) * (cls.PLACES + 1)

    def _row(self, kind: str, worker: int) -> int:
        return (worker * len(self.KINDS) + self.KINDS.index(kind)) * (self.PLACES + 1)

    def place(self, peer: Endpoint) -> int:
        """Give a peer's place in a table; 0 is the total's."""
        digest = hashlib.blake2b(peer.neighbourhood.encode(), key=self._key, digest_size=4).digest()
        return 1 + int.from_bytes(digest) % self.PLACES

    def sum(self, kind: str, place: int) -> int:
        """Add up one place over all workers."""
        return sum(self._counts[self._row(kind, worker) + place] for worker in range(self._workers))

    def change(self, kind: str, place: int, more: int) -> None:
        """Change this worker's count at one place."""
        self._counts[self._row(kind, self._worker) + place] += more


class SharedSeats:
    """Admission over all workers of a server, for one kind of connection; otherwise as Seats."""

    def __init__(self, hall: Hall, kind: str, total: int, each: int) -> None:
        self._hall = hall
        self._kind = kind
        self.total = total
        self.each = each

    def enter(self, protocol: str, peer: Endpoint) -> bool:
        """Take a seat; False when the house is full, or full of this peer."""
        hall, kind = self._hall, self._kind
        if self.total and hall.sum(kind, 0) >= self.total:
            return False
        if not peer.loopback:
            place = hall.place(peer)
            if self.each and hall.sum(kind, place) >= self.each:
                return False
            hall.change(kind, place, 1)
        hall.change(kind, 0, 1)
        return True

    def leave(self, protocol: str, peer: Endpoint) -> None:
        """Give the seat back."""
        self._hall.change(self._kind, 0, -1)
        if not peer.loopback:
            self._hall.change(self._kind, self._hall.place(peer), -1)
