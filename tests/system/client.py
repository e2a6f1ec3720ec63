"""The programs that people read and send mail with: found or skipped, run to their end, and what they said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS: Final = 60.0
NODE_PACKAGES: Final = Path(sys.prefix) / "node" / "node_modules"
SBIN: Final = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


@dataclass(frozen=True, slots=True)
class Said:
    """How a program ended: its exit status, and all that it said."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Client:
    """One program, with a home of its own."""

    program: str
    home: Path

    def __call__(self, *words: str, say: str | bytes = b"", code: int = 0, variables: Mapping[str, str] | None = None) -> str:
        """Run it with arguments; returns what it said. `say` goes to its standard input; an exit status other than `code` fails the test."""
        said = self.run(*words, say=say, variables=variables)
        assert said.code == code, f"{Path(self.program).name} ended with {said.code} instead of {code}:\n{said.text}"
        return said.text

    def run(self, *words: str, say: str | bytes = b"", variables: Mapping[str, str] | None = None) -> Said:
        """Run it with arguments, whatever its exit status will be."""
        given = say.encode() if isinstance(say, str) else say
        surroundings = {"HOME": str(self.home), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **(variables or {})}
        command = [self.program, *words]
        done = subprocess.run(
            command, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=SECONDS, cwd=self.home, env=surroundings
        )
        return Said(done.returncode, done.stdout.decode("utf-8", "replace"))

    def file(self, name: str, text: str) -> str:
        """Write a file that only the program's user may read, as configurations with passwords must be; returns its path."""
        place = self.home / name
        place.write_text(text, encoding="utf-8")
        place.chmod(0o600)
        return str(place)


def client(name: str, home: Path) -> Client:
    """Find a program: the test is skipped where it is missing, and fails in CI, which installs them all."""
    program = shutil.which(name, path=SBIN)
    if program is None:
        _missing(f"the program {name} is not installed")
    return Client(program or "", home)


def node_packages(name: str) -> str:
    """Find the folder of node's packages, in which one must be; without it as without a program."""
    if not (NODE_PACKAGES / name).is_dir():
        _missing(f"node's package {name} is not installed in {NODE_PACKAGES}")
    return str(NODE_PACKAGES)


def require(missing: str) -> None:
    """Skip the test when a sentence says that something is missing; in CI, which installs everything, it fails."""
    if missing:
        _missing(missing)


def _missing(sentence: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
