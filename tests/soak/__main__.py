"""`python -m soak`: a server of several processes, sessions that do what chance has them do, SIGKILLs in between; exits 1 at a defect."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from soak.campaign import Campaign

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell(sentence: str) -> None:
    """Print a line at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the words ask for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--steps", type=int, default=200_000, help="how many things happen")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other things")
    parser.add_argument("--kills", type=int, default=500, help="steps between two kills, on average; 0 for none")
    parser.add_argument("--minutes", type=float, default=0, help="an end after so much time")
    parser.add_argument("--folder", type=Path, help="where to work, kept afterwards; default: a temporary folder, kept when there are defects")
    options = parser.parse_args(arguments)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    tell(f"seed {options.seed}, {options.steps} steps, in {folder}")
    began = time.monotonic()
    campaign = Campaign(folder, options.seed, options.kills, tell)
    asyncio.run(campaign.run(options.steps, options.minutes * 60 or float("inf")))
    tell(f"{campaign.summary} (in {time.monotonic() - began:.0f} s, seed {options.seed}, {folder})")
    return 1 if campaign.defects else 0


if __name__ == "__main__":
    sys.exit(main())
