"""One throw-away server for the commands of a module, and one data directory at rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ports import free_base
from runtime.commandline import ENVIRONMENT, PATIENCE, Postroom

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postroom]:
    """`postroom dev`, running."""
    data = tmp_path_factory.mktemp("dev")
    file = tmp_path_factory.mktemp("dns") / "postroom.toml"
    file.write_text('[dns]\nservers = ["127.0.0.1:1"]\n')  # nobody answers there: no test asks the world
    command = [sys.executable, "-m", "postroom", "dev", "--json", "--data", str(data), "--config", str(file), "--port-base", str(free_base())]
    with (data / "stderr").open("w+") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=ENVIRONMENT) as run:
        assert run.stdout is not None
        line = run.stdout.readline()
        errors.seek(0)
        assert line, errors.read()
        told = json.loads(line)
        yield Postroom(Path(told["config"]), told["ports"])
        run.terminate()
        assert run.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def at_rest(tmp_path_factory: pytest.TempPathFactory) -> Postroom:
    """A data directory that no server has, made by `postroom init`."""
    folder = tmp_path_factory.mktemp("at-rest")
    Postroom()("init", str(folder / "home"), "--hostname", "mail.corp.test", "--domain", "corp.test")
    return Postroom(folder / "home/postroom.toml")
