"""What every peer of the sending benchmark is: one that takes mail at a door and is done with it when the sinks have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.loads.submission import Door
from benchmarks.peers.peer import Peer

if TYPE_CHECKING:
    from benchmarks.loads.sink import Sinks


class Sender(Peer):
    """A peer that sends to `sinks`."""

    counts_itself = False
    sinks: Sinks

    @property
    def submission(self) -> Door:
        """Where it takes mail that is to leave."""
        return Door(self.smtp_port)

    async def count(self) -> int:
        """How many messages the sinks have, of whatever peer: the others are idle."""
        return self.sinks.count()

    def delivered_at(self, looked: float) -> float:
        return self.sinks.last_arrival()
