"""The PHP client, run by PHP, against a server's door."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from urllib.request import urlopen

import pytest

from certificates import made as certificate
from comdoor import comdoor, served
from compat.php import INSTALLED, PHPS, run_php
from modelhouse import ADMINISTRATOR_PASSWORD
from ports import free_ports
from postroom.model.errors import AccessRefused
from postroom.network.tls import ServerTLS
from postroom.servers.http.com import Com

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "clients" / "php"

pytestmark = pytest.mark.compat


@pytest.mark.parametrize("version", PHPS)
async def test_a_web_admin_written_for_windows_runs_unchanged(version: str, tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        told = await run_php(version, HERE / "webadmin.php", CLIENT, POSTROOM_CLIENT_URL=door.url)
        assert told.splitlines() == [
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


@pytest.mark.skipif(shutil.which("php") is None and "CI" not in os.environ, reason="there is no PHP here")
async def test_each_page_of_a_web_server_has_a_session_of_its_own_and_leaves_none(tmp_path: Path) -> None:
    def page(password: str) -> str:
        with urlopen(f"http://127.0.0.1:{port}/page.php?name=Administrator&password={password}", timeout=60) as answer:
            told: str = answer.read().decode()
            return told

    async with comdoor(tmp_path) as door:
        (port,) = free_ports(1)
        server = await asyncio.create_subprocess_exec(
            *("php", "-S", f"127.0.0.1:{port}", "-t", HERE, "-d", "html_errors=1", "-d", f"auto_prepend_file={CLIENT / 'com.php'}"),
            env={**os.environ, "POSTROOM_CLIENT_URL": door.url},
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            assert server.stderr is not None
            assert b"started" in await asyncio.wait_for(server.stderr.readline(), 60)
            for _ in range(2):
                told = await asyncio.to_thread(page, ADMINISTRATOR_PASSWORD)
                assert told == "example.test\n<b>Source:</b> hMailServer COM library<br/><b>Description:</b> Invalid index.\n"
            assert await asyncio.to_thread(page, "wrong") == "refused\n"
            assert len(door.remote.sessions) == 0
        finally:
            server.terminate()
            await server.wait()


@pytest.mark.skipif(shutil.which("php") is None and "CI" not in os.environ, reason="there is no PHP here")
async def test_a_certificate_is_taken_that_php_s_own_setting_trusts_and_no_other(tmp_path: Path) -> None:
    files = certificate(tmp_path / "own.pem", "localhost")
    program = tmp_path / "program.php"
    program.write_text(
        f"<?php require '{CLIENT}/com.php';\n"
        "try { echo strlen((new COM('hMailServer.Application'))->Version) > 0, PHP_EOL; }\n"
        "catch (com_exception $error) { echo dechex($error->getCode() & 0xFFFFFFFF), PHP_EOL; }"
    )
    async with comdoor(tmp_path) as door, served(Com(door.remote, lambda _: False, tuple, lambda: False), ServerTLS(files)) as port:
        url = f"https://localhost:{port}"
        assert await run_php(INSTALLED, program, POSTROOM_CLIENT_URL=url) == "800706ba\n"
        assert await run_php(INSTALLED, "-d", f"openssl.cafile={files.certificate}", program, POSTROOM_CLIENT_URL=url) == "1\n"
