import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.main import get_command

from house.repository import ROOT, texts
from postroom import log, metrics
from postroom.directory.settings import DECLARED
from postroom.runtime.cli.app import app
from postroom.runtime.config import KEYS, OF_OPENMAILSERVER, OTHER_VARIABLES

PAGES = {path: text for path, text in texts().items() if path.suffix == ".md"}
REFERENCE = PAGES[ROOT / "docs" / "reference" / "commands.md"]
GUIDE = "\n".join(text for path, text in PAGES.items() if path.parent == ROOT / "docs" / "guide")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_parts_are_current(generator: ModuleType) -> None:
    assert [str(path.relative_to(ROOT)) for path in generator.outdated()] == [], "run `make docs`"


def test_everything_that_is_generated_stands_in_a_page(generator: ModuleType) -> None:
    assert [name for name in generator.PASSAGES if f"<!-- made: {name} -->" not in "\n".join(PAGES.values())] == []


@pytest.mark.parametrize(
    "names",
    [list(DECLARED), list(KEYS), sorted(log.EVENTS), list(metrics.ALL), [f"OPENMAILSERVER_{name}" for name in OF_OPENMAILSERVER]],
    ids=["settings", "configuration keys", "log events", "metrics", "variables of Open Mailserver"],
)
def test_all_of_them_are_documented(names: list[str]) -> None:
    assert [name for name in names if not re.search(rf"`{re.escape(name)}(?:_total)?`", GUIDE)] == []


def test_every_command_is_documented() -> None:
    def paths(command: Any, path: str) -> Iterator[str]:
        yield path
        for name, verb in getattr(command, "commands", {}).items():
            yield from paths(verb, f"{path} {name}")

    assert [path for path in paths(get_command(app), "postroom") if f"\n## {path}\n" not in REFERENCE] == []


def test_the_variables_of_a_server_are_documented() -> None:
    of_clients = {"POSTROOM_CLIENT_URL", "POSTROOM_CLIENT_KEY", "POSTROOM_COM"}
    assert [name for name in OTHER_VARIABLES - of_clients if name not in GUIDE] == []


def links() -> list[tuple[Path, str]]:
    return [(path, link) for path, text in PAGES.items() for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)]


def test_links_between_pages_lead_somewhere() -> None:
    assert [f"{path.relative_to(ROOT)}: {link}" for path, link in links() if not (path.parent / link).exists()] == []


def test_each_decision_is_numbered_once_and_says_its_state() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if not re.match(r"# \d+\. .+\n\n(Accepted|Replaced by \d+), \d{4}-\d\d-\d\d\.\n", path.read_text())] == []
