"""Throws random calls at the object model, as administrator, user and nobody: `PYTHONPATH=src:tests python fuzz/model.py --runs 10000 --seed 1`.

Every call of whatever member with whatever arguments ends with a value or a COM error; at the end the server works and its store is consistent.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from hostile import assault, unharmed
from modelhouse import modelhouse


async def run(calls: int, seed: int) -> list[str]:
    """Call so many times; tells the calls that ended as none may."""
    with tempfile.TemporaryDirectory() as folder:
        async with modelhouse(Path(folder)) as house:
            wrong, _ = await assault(house, calls, seed)
            await unharmed(house)
            return wrong


def main() -> None:
    """Run as often as told; the calls that break the rule are printed."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--runs", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    started = time.perf_counter()
    wrong = asyncio.run(run(chosen.runs, chosen.seed))
    assert not wrong, "\n".join(wrong)
    print(f"model: {chosen.runs} runs, {time.perf_counter() - started:.1f} s, nothing found")


if __name__ == "__main__":
    main()
