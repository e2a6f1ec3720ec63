"""The repository as the tests of the house read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "postroom"
CITED = re.compile(r"RFCs? (\d{3,5}(?:(?:,? and |,? or |, |/)\d{4,5}\b(?!\.\d))*)")


@cache
def sources() -> dict[Path, str]:
    """Every module of the package with its text."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def texts() -> dict[Path, str]:
    """Every text that is ours: code, tests, programs, documentation."""
    folders = ("src", "tests", "fuzz", "benchmarks", "docs", ".ci", "packaging", "examples")
    names = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    names += [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"} or path.name == "Makefile"]
    found = {}
    for path in names:
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(sources()[path])


def cited(text: str) -> Iterator[int]:
    """The numbers of the RFCs that a text cites, lists of them included."""
    for match in CITED.finditer(text):
        yield from map(int, re.findall(r"\d+", match[1]))


def where(path: Path, node: ast.stmt | ast.expr) -> str:
    """A place as editors take it."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"
