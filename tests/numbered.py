"""Numbered lines of a reference, and the tests that prove them: a test names its lines, as in `test_events_3_9_and_3_10_...`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
Test = ast.FunctionDef | ast.AsyncFunctionDef


def lines(reference: str) -> frozenset[str]:
    """Read the numbers of a reference's lines: tests/reference/REFERENCE-lines.txt."""
    return frozenset((TESTS / "reference" / f"{reference}-lines.txt").read_text().split())


def lines_of(name: str, kind: str) -> set[str]:
    """Read the lines that a test's name says it proves; those of `kind` model begin with test_model_."""
    named = re.findall(rf"(?:^test_{kind}|_and)((?:_\d+_\d+)+)(?=_|$)", name)
    return {f"{section}.{line}" for found in named for section, line in re.findall(r"_(\d+)_(\d+)", found)}


@cache
def tests_of(kind: str) -> tuple[Test, ...]:
    """Gather the tests whose names begin with test_KIND_."""
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    trees = [ast.parse(text) for text in texts if f"def test_{kind}_" in text]
    functions = [one for tree in trees for one in ast.walk(tree) if isinstance(one, Test)]
    return tuple(one for one in functions if one.name.startswith(f"test_{kind}_"))


def proven(kind: str, which: Callable[[Test], bool] = lambda _: True) -> frozenset[str]:
    """Gather the lines that the names of tests say."""
    return frozenset[str]().union(*[lines_of(one.name, kind) for one in tests_of(kind) if which(one)])
