"""What every fuzz target does: so many runs from a seed, each with dice of its own; the first that breaks a rule is named."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def asked(runs: int = 20_000) -> tuple[int, int]:
    """Read `--runs` and `--seed` of the command line."""
    parser = argparse.ArgumentParser(description="Feeds a parser with broken input.")
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    return chosen.runs, chosen.seed


def fuzz(check: Callable[[random.Random], object], runs: int = 20_000, seconds: float = 5.0) -> None:
    """Run a check as often as told. A run that raises is named and ends it, as does one of more than `seconds` of processor time."""
    target = Path(sys.argv[0]).stem
    runs, seed = asked(runs)
    begun = time.perf_counter()
    for run in range(runs):
        before = time.process_time()
        try:
            check(random.Random(seed * 1_000_003 + run))
        except BaseException as error:
            error.add_note(f"{target}: run {run} of seed {seed} breaks a rule")
            raise
        assert time.process_time() - before < seconds, f"{target}: run {run} of seed {seed} takes too long"
    sys.stdout.write(f"{target}: {runs} runs, {time.perf_counter() - begun:.1f} s, nothing found\n")
