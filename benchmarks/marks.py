"""The marks that Postroom sets itself, and how a figure stands against them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """In `load`, Postroom must be `must` times (and aims at `aim` times) better than `peer`.

    Better means more messages a second or, with `cpu`, less CPU a message.
    """

    load: str
    peer: str
    must: float
    aim: float | None
    cpu: bool = False

    @property
    def name(self) -> str:
        """As it stands in the table."""
        return f"{self.load}: {'CPU a message' if self.cpu else 'delivered a second'} against {self.peer}"

    def judge(self, times: float) -> str:
        """`✓ aim`, `✓ must` or `✗`, for the times better that were measured."""
        if self.aim is not None and times >= self.aim:
            return "✓ aim"
        return "✓ must" if times >= self.must else "✗"
