"""Remote objects over several workers: a session lives in one, the others pass its requests on."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from modelhouse import ADMINISTRATOR_PASSWORD, modelhouse
from postroom.model.caller import Caller, Origin
from postroom.runtime.com import RemoteObjects, socket_path

pytestmark = pytest.mark.skipif(os.environ.get("POSTROOM_PORTABLE") == "1", reason="one process has no neighbours")


@asynccontextmanager
async def workers(folder: Path) -> AsyncIterator[list[RemoteObjects]]:
    async with modelhouse(folder) as house:
        made = [RemoteObjects(house.house, folder, number, 2) for number in range(2)]
        for one in made:
            await one.open()
        yield made
        for one in made:
            await one.close()


async def call(worker: RemoteObjects, method: str, **params: Any) -> Any:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    answer = json.loads(await worker.answer(Caller(Origin.NETWORK, "192.0.2.1"), body))
    return answer.get("result", answer.get("error"))


async def test_a_request_reaches_its_session_through_any_worker(tmp_path: Path) -> None:
    async with workers(tmp_path) as (first, second):
        token = (await call(second, "com.open"))["s"]
        assert token.startswith("01")
        for worker in (first, second, first):
            app = (await call(worker, "com.create", s=token, progid="Application"))["v"]["h"]
            account = await call(worker, "com.call", s=token, o=app, m="Authenticate", a=["Administrator", ADMINISTRATOR_PASSWORD])
            assert account["v"]["c"] == "Account"
        assert app == 5


async def test_a_session_whose_worker_is_gone_is_disconnected(tmp_path: Path) -> None:
    async with workers(tmp_path) as (first, second):
        token = (await call(second, "com.open"))["s"]
        assert "v" in await call(first, "com.create", s=token, progid="Application")
        await second.close()
        assert (await call(first, "com.create", s=token, progid="Application"))["data"]["hresult"] == "0x80010108"


async def test_the_way_between_workers_is_for_the_server_s_own_user_only(tmp_path: Path) -> None:
    async with workers(tmp_path):
        assert socket_path(tmp_path, 0).stat().st_mode & 0o077 == 0
