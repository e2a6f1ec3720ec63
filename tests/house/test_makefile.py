import re
import subprocess

from house.repository import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_make_alone_prints_each_target_with_its_comment() -> None:
    printed = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split()
    assert [line.split()[1] for line in printed.splitlines()] == targets
    assert all(len(line.split()) > 3 for line in printed.splitlines())
