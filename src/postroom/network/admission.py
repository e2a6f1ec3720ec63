"""Who may come in: the count of open connections, in total and of one peer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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
