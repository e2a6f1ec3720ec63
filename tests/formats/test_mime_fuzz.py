import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_bounded_run_of_the_fuzz_program_holds() -> None:
    run = subprocess.run(
        [sys.executable, "fuzz/mime.py", "--runs", "200", "--seed", "7"],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.endswith("200 messages held\n"), run.stdout + run.stderr
