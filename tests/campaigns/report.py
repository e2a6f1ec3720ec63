"""What a campaign found: its defects, and the figures that say how hard it tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_OF_ONE: int = 12


def silent(_sentence: str) -> None:
    """Say nothing while a campaign runs."""


@dataclass(slots=True)
class Report:
    """Defects with the place where they were found, and counts."""

    campaign: str
    tell: Callable[[str], None] = silent
    figures: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)

    def found(self, where: str, defects: Iterable[str]) -> None:
        """Take defects down and tell them at once, the first dozen of a place in words."""
        sentences = [f"{where}: {defect}" for defect in defects]
        if len(sentences) > MOST_OF_ONE:
            sentences = [*sentences[:MOST_OF_ONE], f"{where}: ... and {len(sentences) - MOST_OF_ONE} more"]
        for sentence in sentences:
            self.tell(f"DEFECT {sentence}")
        self.defects += sentences

    def __str__(self) -> str:
        figures = ", ".join(f"{count} {name}" for name, count in self.figures.items())
        return f"{self.campaign}: {figures}; {len(self.defects) or 'no'} defects"
