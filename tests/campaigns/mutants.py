"""The proof that the power-loss campaign would see a missing sync: one after another is left out by the recorder, and must be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .faults import Act, Fault, FaultTable, On
from .power import run_over
from .report import Report, silent
from .server import Postroom

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POINTS_AT_ONCE: Final = 10
MUTANTS: Final = {
    "the write-ahead log": "*.db-wal",
    "the database at a checkpoint": "*.db",
    "a segment": "blobs/*.seg",
    "a large body before its rename": "spool/*",
    "the folder of a new segment": "blobs",
    "the folder of a large body": "blobs/large*",
    "the data directory": ".",
}
"""Which syncs are left out: what for, and the files (or folders) below the data directory."""


async def run(folder: Path, points: int, seed: int = 1, tell: Callable[[str], None] = silent, only: str = "") -> Report:
    """Run the power-loss campaign without one sync after another, each until it is found out; a defect is a sync that is not missed."""
    report = Report("mutants", tell)
    template = Postroom(folder / "template")
    template.make_accounts()
    for what, pattern in MUTANTS.items():
        if only not in what:
            continue
        place = folder / what.replace(" ", "-")
        place.mkdir()
        table = FaultTable(place / "faults")
        cuts = tried = 0
        with table.struck(Fault(On.SYNC, pattern, Act.DROP)):
            while tried < points and not cuts:
                seed += 1
                power = await run_over(template, place, POINTS_AT_ONCE, seed, added={"RECORDER_FAULTS": str(table.path)})
                cuts, tried = power.figures["cuts with defects"], tried + power.figures["cuts"]
        tell(f"without a sync of {what} ({table.hits()} left out): {cuts} of {tried} cuts with defects")
        tell("".join(f"  such as: {defect}\n" for defect in power.defects[:2]))
        report.figures["syncs left out"] += 1
        report.figures["found out"] += bool(cuts)
        if not cuts:
            report.found(what, [f"its sync was left out {table.hits()} times and nothing was missed"])
    return report
