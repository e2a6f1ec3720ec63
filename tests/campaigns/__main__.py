"""`python -m campaigns CAMPAIGN`: runs one campaign, tells what it finds while it runs, exits 1 when it found a defect."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import fault, kill, mutants, power, scripts, sending

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from .report import Report


def tell(sentence: str) -> None:
    """Print a line at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaign that the words ask for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m campaigns", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other instants")
    parser.add_argument("--folder", type=Path, help="where to work, kept afterwards; default: a temporary folder, kept when there are defects")
    campaigns = parser.add_subparsers(dest="campaign", required=True)
    killing = campaigns.add_parser("kill")
    killing.add_argument("--runs", type=int, default=200)
    killing.add_argument("--handlers", action="store_true", help="event scripts look at the mail of all servers, not of every second one")
    campaigns.add_parser("send").add_argument("--runs", type=int, default=100)
    campaigns.add_parser("scripts").add_argument("--runs", type=int, default=1000, help="kills, and hangs, of script processes")
    campaigns.add_parser("power").add_argument("--points", type=int, default=500)
    omitting = campaigns.add_parser("mutants")
    omitting.add_argument("--points", type=int, default=40)
    omitting.add_argument("--only", default="", help="the syncs whose names hold this text")
    faults = campaigns.add_parser("fault")
    faults.add_argument("--only", default="", help="the faults whose names hold this text")
    faults.add_argument("--cuts", type=int, default=20, help="power cuts of each server at its end")
    options = parser.parse_args(arguments)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="campaign-"))
    folder.mkdir(parents=True, exist_ok=True)
    work: dict[str, Callable[[], Coroutine[Any, Any, Report]]] = {
        "kill": lambda: kill.run(folder, options.runs, options.seed, tell, handlers=options.handlers),
        "send": lambda: sending.run(folder, options.runs, options.seed, tell),
        "scripts": lambda: scripts.run(folder, options.runs, options.seed, tell),
        "power": lambda: power.run(folder, options.points, options.seed, tell),
        "mutants": lambda: mutants.run(folder, options.points, options.seed, tell, options.only),
        "fault": lambda: fault.run(folder, options.seed, tell, options.only, options.cuts),
    }
    began = time.monotonic()
    report = asyncio.run(work[options.campaign]())
    tell(f"{report} (in {time.monotonic() - began:.0f} s, seed {options.seed}, {folder})")
    return 1 if report.defects else 0


if __name__ == "__main__":
    sys.exit(main())
