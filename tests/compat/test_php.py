"""The PHP client, run by PHP, against a server's door."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from comdoor import comdoor
from postroom.model.errors import AccessRefused

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "clients" / "php"

pytestmark = [pytest.mark.compat, pytest.mark.skipif(shutil.which("php") is None and "CI" not in os.environ, reason="there is no PHP here")]


async def test_a_web_admin_written_for_windows_runs_unchanged(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        program = await asyncio.create_subprocess_exec(
            "php", HERE / "webadmin.php", CLIENT, stdout=asyncio.subprocess.PIPE, env={**os.environ, "POSTROOM_CLIENT_URL": door.url}
        )
        told, _ = await asyncio.wait_for(program.communicate(), 60)
        assert told.decode().splitlines() == [
            f"Source: hMailServer COM library|Description: {AccessRefused()}|-2147220503",
            "NULL",
            "Administrator",
            "xn--mnchen-3ya.test saved 2",
            "0 example.test true",
            "1 xn--mnchen-3ya.test true",
            "example.test same",
            "Invalid index. 8002000B",
            "<b>Source:</b> hMailServer COM library<br/><b>Description:</b> Invalid class string: hMailServer.Nothing.",
            "has lacks 2",
        ]
        assert len(door.remote.sessions) == 0
