"""How tests give commands: in this process, as a person would type them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from postroom.runtime.cli.app import app

if TYPE_CHECKING:
    from typer.testing import Result

SOURCE = Path(__file__).parents[2] / "src"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
ENVIRONMENT |= {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"} | ({"POSTROOM_PORTABLE": "1"} if os.environ.get("POSTROOM_PORTABLE") else {})
PATIENCE = 60


@dataclass
class Postroom:
    """The command line of one configuration, run in this process."""

    config: Path | None = None
    ports: dict[str, int] = field(default_factory=dict)

    def start(self, *arguments: str, given: str = "") -> Result:
        """Run a command and give what it said; an exception that no user should see is raised here."""
        foreign: dict[str, str | None] = dict.fromkeys(name for name in os.environ if name not in ENVIRONMENT)
        done = CliRunner().invoke(app, arguments, input=given, env=foreign | {"POSTROOM_CONFIG": str(self.config) if self.config else None})
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def __call__(self, *arguments: str, given: str = "") -> str:
        """Run a command that must be done; gives what it printed."""
        done = self.start(*arguments, given=given)
        assert done.exit_code == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def json(self, *arguments: str, given: str = "") -> Any:
        """Run a command that must be done, and read the one document it printed."""
        return json.loads(self(*arguments, "--json", given=given))

    def refused(self, *arguments: str, status: int = 1, given: str = "") -> str:
        """Run a command that must be refused; gives the one sentence it said."""
        done = self.start(*arguments, given=given)
        assert done.exit_code == status, f"{arguments}: {done.exit_code} {done.stdout} {done.stderr}"
        if status == 1:
            assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.strip()
