"""The guide's page of commands knows every command and every option, and no other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from postroom.runtime.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[2] / "docs/guide/commands.md").read_text(encoding="utf-8")
COMMON = {"--config", "--json", "--help", "--version"}


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if path:
        yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))


COMMANDS = list(_commands(get_command(app)))


def _section(noun: str) -> str:
    found = re.search(rf"^### `postroom {noun}`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"the guide has no section on {noun}"
    return found[0]


def _options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


@cache
def _help(path: tuple[str, ...]) -> str:
    done = CliRunner().invoke(app, [*path, "--help"])
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_guide_tells_each_command_with_each_option(path: tuple[str, ...]) -> None:
    section = _section(path[0])
    assert f"postroom {' '.join(path)}" in section
    listed = _help(path).partition("Options:")[2]
    assert _options(listed) - COMMON <= _options(section), f"options of {path} that the guide does not tell"


@pytest.mark.parametrize("noun", sorted({path[0] for path in COMMANDS}))
def test_the_guide_tells_no_option_that_a_command_has_not(noun: str) -> None:
    helps = "".join(_help(path) for path in COMMANDS if path[0] == noun)
    assert _options(_section(noun)) - COMMON <= _options(helps)


def test_the_guide_tells_no_command_that_there_is_not() -> None:
    told = set(re.findall(r"^### `postroom ([a-z-]+)`", PAGE, re.MULTILINE))
    assert told == {path[0] for path in COMMANDS}


def test_the_options_of_all_commands_are_told_once_above() -> None:
    shared = PAGE.partition("## The server")[0]
    assert _options(shared) >= COMMON


FEWER = {("cscript",): {"--config"}, ("script",): set(), ("script", "check"): {"--json"}}
"""Commands that take fewer of the options: a script prints what it wants, checking needs no server, and `script` has verbs only."""


def test_each_command_takes_config_and_json() -> None:
    for path in COMMANDS:
        assert FEWER.get(path, {"--config", "--json"}) <= _options(_help(path)), path


def test_help_lists_the_commands_under_their_headings_in_order() -> None:
    text = _help(())
    places = [text.index(heading) for heading in ("The server:", "Who and where:", "Mail:", "The store:")]
    assert places == sorted(places)
    for path in COMMANDS:
        if len(path) == 1:
            assert re.search(rf"^  {path[0]} ", text, re.MULTILINE), path
