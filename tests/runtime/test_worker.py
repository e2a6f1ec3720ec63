"""A worker under its supervisor: the lines to the writers."""

import asyncio
import socket
import sys
from pathlib import Path

import pytest

from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.line import pair
from postroom.runtime.worker import WorkerProcess


@pytest.mark.skipif(sys.platform == "win32", reason="one worker, which has its writers itself")
async def test_a_writer_that_ends_while_a_worker_turns_to_it_is_no_fault(tmp_path: Path) -> None:
    config = Configuration(data=tmp_path, logs=tmp_path)
    house = await House.enter(config)
    supervisor, end = pair()
    worker = WorkerProcess(config, end)
    worker._house = house
    await house.database.follow(0, 1)
    line, writer = socket.socketpair()
    writer.close()
    worker._connect(0, line)
    await asyncio.gather(*worker._background)
    await house.close()
    supervisor.close()
    await worker._over.wait()
