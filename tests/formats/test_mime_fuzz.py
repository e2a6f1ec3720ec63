import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_a_bounded_run_of_the_fuzz_program_holds() -> None:
    run = subprocess.run(
        [sys.executable, "fuzz/mime.py", "--runs", "200", "--seed", "7"],
        cwd=ROOT,
        env={"PYTHONPATH": "src:tests"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert re.fullmatch(r"mime: 200 runs, [0-9.]+ s, nothing found\n", run.stdout), run.stdout + run.stderr
