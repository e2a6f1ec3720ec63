"""The manual's examples run, and print the same in every language."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client.examples import CLASS_EXAMPLES, ORDER, TASKS, in_python, in_vbscript, steps
from comdoor import comdoor
from postroom.model.derive.examples import NotInNotation, rendered
from postroom.model.derive.manual import HANDED
from postroom.model.description import CLASSES

WAITS = {"Backup", "BackupManager"}
"""Examples of what is not available yet."""


async def told(folder: Path, run: Callable[[str, list[tuple[str, str]]], Iterator[str]], language: str) -> list[str]:
    async with comdoor(folder) as door:
        lines = await asyncio.to_thread(lambda: list(run(door.url, steps(language))))
    return [line.replace(str(folder), "FOLDER") for line in lines]


def test_every_class_has_an_example() -> None:
    assert set(ORDER) | set(HANDED) == set(CLASSES)
    assert set(CLASS_EXAMPLES) <= set(CLASSES)


@pytest.mark.long
async def test_the_manual_s_examples_run_and_python_and_vbscript_print_the_same(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "vbscript").mkdir()
    of_python = await told(tmp_path / "python", in_python, "python")
    titles = [of_python[index - 1].removeprefix("# ") for index, line in enumerate(of_python) if line.startswith("! ")]
    assert set(titles) <= WAITS, [line for line in of_python if line.startswith("!")]
    assert await told(tmp_path / "vbscript", in_vbscript, "vbscript") == of_python
    tasks = of_python[of_python.index(f"# {next(iter(TASKS))}") :]
    assert tasks == [
        "# Create a domain and an account",
        "Made zoe@example.org",
        "# List the accounts of all domains",
        "example.org zoe@example.org 500",
        "example.test alice@example.test 0",
        "example.test bob@example.test 0",
        "example.test carol@example.test 500",
        "# Change a password",
        "# Send a message",
        "State 1",
        "# Look into a folder",
        "Hello zoe@example.org",
        "# Purge a folder",
        "Left 0",
        "# Make a rule",
        "# Walk through rules",
        "Bills",
        "if 4 2 bill",
        "then 4 Bills",
        "# Remove a domain",
        "Left 2",
    ]


@pytest.mark.parametrize(
    "program",
    [
        "app.Nothing()",
        "app.version",
        "print(app.Domains)",
        "print(app.Domains.ItemByName('x').Active)",
        "app.Domains.ItemByName()",
        "app.Domains.Count = app.Nothing",
        "import os",
        "found = other.Name",
        "for one in app.Domains:\n    print(one.Name)",
        "name = app.Version\nfor one in name:\n    print(one.Name)",
        "while True: pass",
        "found = 1.5",
        "app.Domains[0].Name = 'x'",
    ],
)
def test_what_the_notation_or_the_model_does_not_know_is_refused(program: str) -> None:
    with pytest.raises((NotInNotation, KeyError)):
        rendered(program)
