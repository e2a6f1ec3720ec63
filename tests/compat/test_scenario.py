"""One program in each client's language: they all print the same."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from comdoor import comdoor
from compat.php import PHPS, run_php
from compat.wine import Wine, compiled, path, runs_32_bit

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOLD = """\
800403E9 hMailServer COM library: You do not have access to this property / method. Ensure that hMailServer.Application.Authenticate() is \
called with proper login credentials.
True
Administrator
0 1
True 2 new.test
10 True False 005A 006F 00EB 0020 732B 0020 1F600
800403E9 hMailServer COM library: Failed to save object. Another object with the same name already exists in this domain.
8002000B hMailServer COM library: Invalid index.
zoe@new.test 1
1 bill Bills
0047 0072 00FC 00DF 0065 0020 1F600 one 2 1 True
00C4 0072 0067 0065 0072 0020 732B True Ein Text.\\r\\n
800403E9 hMailServer COM library: Not available yet
1
"""


def needs(program: str) -> pytest.MarkDecorator:
    """Leave a client out where its language is not there; in CI it has to be."""
    return pytest.mark.skipif(shutil.which(program) is None and "CI" not in os.environ, reason=f"there is no {program} here")


async def run(*command: str | Path, **env: str) -> str:
    """Run a program to its end; gives what it printed."""
    program = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, **env}
    )
    told, _ = await asyncio.wait_for(program.communicate(), 100)
    assert program.returncode == 0, told.decode()
    return told.decode()


async def python(_: Path, url: str) -> str:
    return await run(sys.executable, HERE / "scenario.py", url, PYTHONPATH=str(ROOT / "src"), PYTHONIOENCODING="utf-8")


async def dotnet(folder: Path, url: str) -> str:
    library, program = folder / "Interop.hMailServer.dll", folder / "Scenario.exe"
    sources = [ROOT / "clients" / "dotnet" / name for name in ("Remote.cs", "Interop.cs")]
    await run("mcs", "-target:library", f"-out:{library}", *sources)
    await run("mcs", f"-r:{library}", f"-out:{program}", HERE / "Scenario.cs")
    return await run("mono", program, POSTROOM_CLIENT_URL=url)


@pytest.mark.compat
@pytest.mark.parametrize("client", [python, pytest.param(dotnet, marks=needs("mcs"))])
async def test_every_client_s_program_prints_the_same(client: object, tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        told = await client(tmp_path, door.url)  # type: ignore[operator]  # one of the functions above
    assert told.splitlines() == TOLD.splitlines()


@pytest.mark.compat
@pytest.mark.parametrize("version", PHPS)
async def test_every_php_s_program_prints_it(version: str, tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        told = await run_php(version, HERE / "scenario.php", ROOT / "clients" / "php", POSTROOM_CLIENT_URL=door.url)
    assert told.splitlines() == TOLD.splitlines()


@pytest.mark.compat
@pytest.mark.timeout(600)  # the first one builds the DLLs and makes Wine's disk
@pytest.mark.parametrize("name", ["scenario.vbs", "scenario.js", "scenario.cpp"])
async def test_windows_programs_print_it_by_idispatch_and_by_vtable(name: str, wine: Wine, tmp_path: Path) -> None:
    source = HERE / name
    command = [compiled(source, tmp_path)] if source.suffix == ".cpp" else ["cscript", "//nologo", path(source)]
    async with comdoor(tmp_path) as door:
        told = await wine.run(*command, POSTROOM_CLIENT_URL=door.url)
        left = len(door.remote.sessions)
    assert told.splitlines() == TOLD.splitlines()
    assert left <= (source.suffix == ".js")  # JScript lets go of nothing at its end; the server forgets its session after a time


@pytest.mark.compat
@pytest.mark.timeout(600)
async def test_programs_of_32_bits_print_it_with_the_dll_of_their_width(wine: Wine, tmp_path: Path) -> None:
    program = compiled(HERE / "scenario.cpp", tmp_path, "i686-w64-mingw32")
    if not runs_32_bit():
        pytest.skip("this Wine runs programs of 64 bits only")
    async with comdoor(tmp_path) as door:
        told = await wine.run(program, POSTROOM_CLIENT_URL=door.url)
    assert told.splitlines() == TOLD.splitlines()
