"""Throws random calls at the object model, as administrator, user and nobody: `PYTHONPATH=src:tests python fuzz/model.py --runs 10000 --seed 1`.

Every call of whatever member with whatever arguments ends with a value or a COM error; at the end the server works and its store is consistent.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from fuzzing import asked
from hostile import assault, unharmed
from modelhouse import modelhouse


async def run(calls: int, seed: int) -> list[str]:
    """Call so many times; tells the calls that ended as none may."""
    with tempfile.TemporaryDirectory() as folder:
        async with modelhouse(Path(folder)) as house:
            wrong, _ = await assault(house, calls, seed)
            await unharmed(house)
            return wrong


if __name__ == "__main__":
    runs, seed = asked(10_000)
    started = time.perf_counter()
    wrong = asyncio.run(run(runs, seed))
    assert not wrong, "\n".join(wrong)
    print(f"model: {runs} runs, {time.perf_counter() - started:.1f} s, nothing found")
