"""The .NET client: built by mono's compiler, used by a program that was written for the original's interop assembly."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from comdoor import comdoor
from postroom.model.errors import AccessRefused

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "clients" / "dotnet"

pytestmark = [pytest.mark.compat, pytest.mark.skipif(shutil.which("mcs") is None and "CI" not in os.environ, reason="there is no mono here")]


async def run(*command: str | Path, **env: str) -> str:
    program = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, **env}
    )
    told, _ = await asyncio.wait_for(program.communicate(), 100)
    assert program.returncode == 0, told.decode()
    return told.decode()


async def test_a_program_written_for_the_original_compiles_and_runs_unchanged(tmp_path: Path) -> None:
    library, program = tmp_path / "Interop.hMailServer.dll", tmp_path / "Scenario.exe"
    await run("mcs", "-target:library", f"-out:{library}", CLIENT / "Remote.cs", CLIENT / "Interop.cs")
    await run("mcs", f"-r:{library}", f"-out:{program}", HERE / "Scenario.cs")
    async with comdoor(tmp_path) as door:
        assert (await run("mono", program, POSTROOM_CLIENT_URL=door.url)).splitlines() == [
            f"800403E9 {AccessRefused()}",
            "refused",
            "Administrator",
            "new.test True 2",
            "0 example.test True",
            "1 new.test True",
            "new.test",
            "8002000B Invalid index. hMailServer COM library",
            "2",
        ]
