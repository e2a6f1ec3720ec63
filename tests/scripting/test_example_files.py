"""The files of examples/: all listed, all tried, all clean; the Python ones typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house.repository import ROOT
from postroom.scripting.checking.judgement import judged
from postroom.scripting.triggers import PARAMETERS
from scripting.examples import FILES, FOLDER, LANGUAGES

README = (FOLDER / "README.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "guide" / "scripts-python.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \[[^]]+\]\(([^)]+)\) \| (\w+) \| ([^|]+) \|", re.MULTILINE)
ROWS = {link: (language, triggers) for link, language, triggers in ROW.findall(README)}


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_found_in_an_example_and_the_table_has_it(name: str) -> None:
    found = judged(FOLDER / name)
    assert (found.problems, found.notes) == ([], [])
    language, triggers = ROWS[name]
    assert language == LANGUAGES["." + name.rpartition(".")[2]]
    rules = [one.name for one in found.functions if f"{one.name}, a rule's function" == triggers.strip()]
    assert sorted(rules or triggers.strip().split(", "), key=str.lower) == sorted([one.name for one in found.triggers] + rules, key=str.lower)


def test_the_table_has_nothing_else_and_every_example_is_tried() -> None:
    assert sorted(ROWS) == FILES
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_examples_*.py"))
    assert [name for name in FILES if f'"{name}"' not in tests] == []


def test_each_example_begins_with_what_it_does_and_when() -> None:
    for name in FILES:
        top = (FOLDER / name).read_text(encoding="utf-8").partition("\n\nOption Explicit" if name.endswith("vbs") else "\n\n\n")[0]
        assert re.search(r"^(['/ ]*|\"*)Triggers?: ", top, re.MULTILINE), name
        assert re.search(r"^(['/ ]*)Settings: ", top, re.MULTILINE), name


def test_the_tutorial_shows_the_parameters_of_every_trigger() -> None:
    shown = re.findall(r"^def (On\w+)\((.*)\) -> None: \.\.\.$", TUTORIAL, re.MULTILINE)
    assert [name for name, _ in shown] == list(PARAMETERS)
    kinds = {"str": "", "int": "", "Message | None": "Message"}
    for name, parameters in shown:
        types = [kinds.get(one.partition(": ")[2], one.partition(": ")[2]) for one in parameters.split(", ") if one]
        assert tuple(types) == PARAMETERS[name], name


def typed(*arguments: str) -> str:
    """What the type checker says of handlers."""
    from mypy import api

    told, problems, _ = api.run(["--strict", "--config-file=", "--no-error-summary", "--no-incremental", *arguments])
    return told + problems


@pytest.mark.long
def test_the_examples_in_python_and_those_of_the_tutorial_are_strictly_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYPYPATH", str(ROOT / "src"))
    blocks = re.findall(r"^```python\n(from .*?|import .*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
    written = [tmp_path / f"block_{number}.py" for number in range(len(blocks))]
    for file, block in zip(written, blocks, strict=True):
        file.write_text(block, encoding="utf-8")
    assert len(written) > 4
    assert typed(*map(str, written), *[str(FOLDER / name) for name in FILES if name.endswith(".py")]) == ""
    wrong = "from postroom.handlers import *\ndef OnHELO(client: Client) -> None:\n    Result.Value = client.Helo\n    Result.Nothing = 1\n"
    told = typed("-c", wrong)
    assert '"Client" has no attribute "Helo"' in told
    assert '"Result" has no attribute "Nothing"' in told
