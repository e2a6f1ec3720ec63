"""One throw-away server for the commands of a module, and how tests give commands."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
ENVIRONMENT |= {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"} | ({"POSTROOM_PORTABLE": "1"} if os.environ.get("POSTROOM_PORTABLE") else {})
PATIENCE = 60


@dataclass
class Postroom:
    """The command line of one configuration."""

    config: Path | None = None
    ports: dict[str, int] = field(default_factory=dict)
    folder: Path | None = None

    def start(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command and give what it said."""
        environment = ENVIRONMENT | ({"POSTROOM_CONFIG": str(self.config)} if self.config else {})
        command = [sys.executable, "-m", "postroom", *arguments]
        return subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=PATIENCE, env=environment, cwd=self.folder, check=False
        )

    def __call__(self, *arguments: str, given: str = "") -> str:
        """Run a command that must be done; gives what it printed."""
        done = self.start(*arguments, given=given)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def json(self, *arguments: str, given: str = "") -> Any:
        """Run a command that must be done, and read the one document it printed."""
        return json.loads(self(*arguments, "--json", given=given))

    def refused(self, *arguments: str, status: int = 1, given: str = "") -> str:
        """Run a command that must be refused; gives the one sentence it said."""
        done = self.start(*arguments, given=given)
        assert done.returncode == status, f"{arguments}: {done.returncode} {done.stdout} {done.stderr}"
        assert "Traceback" not in done.stderr
        if status == 1:
            assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.strip()


def free_base() -> int:
    """Find a --port-base whose ports are free now."""
    for base in range(20000 + os.getpid() % 1000 * 10, 55000, 1010):
        try:
            for port in (2525, 2587, 2465, 2424, 2143, 2993, 2110, 2995, 2190, 8787):
                with socket.socket() as tried:
                    tried.bind(("127.0.0.1", port - 2000 + base))
        except OSError:
            continue
        return base
    pytest.skip("no free ports")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postroom]:
    """`postroom dev`, running."""
    data = tmp_path_factory.mktemp("dev")
    command = [sys.executable, "-m", "postroom", "dev", "--json", "--data", str(data), "--port-base", str(free_base())]
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
    Postroom(folder=folder)("init", "home", "--hostname", "mail.corp.test", "--domain", "corp.test")
    return Postroom(folder / "home/postroom.toml")
