"""Postfix's sink: many messages at one time, over few connections."""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from delivery.outgoing import MESSAGE, queued, remote
from ports import free_ports
from postroom.delivery.outcome import Outcome, State
from store import opened

pytestmark = pytest.mark.system

MESSAGES = 200
SINK = shutil.which("smtp-sink", path="/usr/sbin:/usr/bin")


@pytest.mark.skipif(SINK is None, reason="smtp-sink is not installed")
@pytest.mark.parametrize("words", [(), ("-p",), ("-e",), ("-a",)], ids=["pipelining", "line by line", "without ESMTP", "without 8BITMIME"])
async def test_postfixs_sink_takes_all(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert SINK is not None
    [port] = free_ports(1)
    kept = tmp_path / "kept"
    kept.mkdir()
    user = ("-u", getpass.getuser()) if os.name == "posix" else ()
    sink = subprocess.Popen([SINK, *words, *user, "-c", "-D", str(kept / "%M."), f"127.0.0.1:{port}", "100"], stdout=subprocess.DEVNULL)  # noqa: ASYNC220 - nothing else runs yet
    try:
        await listening(port)
        async with opened(tmp_path) as house:
            sending = remote(house, port=port)
            jobs = [await queued(house, message=MESSAGE.replace(b"hello", b"%d" % number)) for number in range(MESSAGES)]
            outcomes: list[list[Outcome]] = []
            waiting = iter(jobs)

            async def send() -> None:
                outcomes.extend([await sending.send(job) for job in waiting])

            await asyncio.gather(*[send() for _ in range(10)])
            await sending.close()
        assert [outcome.state for [outcome] in outcomes] == [State.SENT] * MESSAGES
    finally:
        sink.terminate()
        sink.wait()
    arrived = b"".join([path.read_bytes().replace(b"\r\n", b"\n") for path in kept.iterdir()])
    assert arrived.count(MESSAGE.partition(b"\r\n\r\n")[2].replace(b"\r\n", b"\n")) == MESSAGES


async def listening(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)
            else:
                writer.transport.abort()
                return
