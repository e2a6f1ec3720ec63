"""What /health and /metrics say, and to whom."""

import asyncio
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from postroom import metrics
from postroom.errors import Unavailable
from postroom.metrics import Snapshot
from postroom.network.certificates import keep_self_signed
from postroom.servers.http import Health, Metrics, health
from postroom.storage.sqlite.engine import SQLiteDatabase
from store import opened


def scope(client: str | None = "127.0.0.1", **headers: str) -> dict[str, Any]:
    fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"client": None if client is None else (client, 40000), "headers": fields}


async def said(text: str) -> str:
    return text


async def test_health_has_the_shape_that_clients_know_and_the_worst_word() -> None:
    for texts, status, code in [
        (["ok", "ok"], "ok", 200),
        (["ok", "warning: soon"], "warning", 200),
        (["warning: soon", "error: gone"], "error", 503),
    ]:
        checks = {str(number): (lambda text=text: said(text)) for number, text in enumerate(texts)}
        answer = await Health(checks)(scope())
        assert answer.status == code
        assert json.loads(answer.body) == {"status": status, "platform": sys.platform, "checks": {str(n): text for n, text in enumerate(texts)}}


async def test_many_who_ask_share_one_look() -> None:
    looks, seconds = [], [0.0]

    async def look() -> str:
        looks.append(1)
        await asyncio.sleep(0)
        return "ok"

    asked = Health({"one": look}, lambda: seconds[0])
    await asyncio.gather(*(asked(scope()) for _ in range(10)))
    await asked(scope())
    assert len(looks) == 1
    seconds[0] += 10
    await asked(scope())
    assert len(looks) == 2


async def test_a_check_that_fails_or_hangs_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECK_SECONDS", 0.0)

    async def fails() -> str:
        raise Unavailable("secret path")

    async def hangs() -> str:
        await asyncio.Event().wait()
        return "ok"

    answer = await Health({"fails": fails, "hangs": hangs})(scope())
    assert json.loads(answer.body)["checks"] == {"fails": "error: failed", "hangs": "error: no answer in time"}


async def test_the_database_is_healthy_while_it_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as house:
        assert await health.database(house.database) == "ok"
        assert await health.database(house.database) == "ok"

        async def broken(*_arguments: object) -> None:
            raise Unavailable("disk full")

        with monkeypatch.context() as patched:
            patched.setattr(SQLiteDatabase, "transact", broken)
            assert await health.database(house.database) == "error: can't be written"


async def test_the_disk_is_held_against_the_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "free_bytes", lambda _path: 100)
    assert await health.disk(tmp_path, 10) == "ok"
    assert (await health.disk(tmp_path, 60)).startswith("warning: ")
    assert (await health.disk(tmp_path, 100)).startswith("error: ")


async def test_the_certificate_is_watched(tmp_path: Path) -> None:
    for days, word in [(0, "ok"), (390, "warning"), (400, "error")]:
        path = tmp_path / f"{days}.pem"
        keep_self_signed(path, ["mail.example.test"], dt.datetime.now(dt.UTC) - dt.timedelta(days=days))
        assert (await health.certificate(path)).partition(":")[0] == word


async def gathered() -> list[Snapshot]:
    return [metrics.snapshot()]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (scope("127.0.0.1"), 200),
        (scope("::1"), 200),
        (scope(None), 200),
        (scope("192.0.2.1"), 401),
        (scope("127.0.0.1", x_forwarded_for="192.0.2.1"), 401),
        (scope("192.0.2.1", x_openmailserver_key="sesame"), 200),
        (scope("192.0.2.1", authorization="Bearer sesame"), 200),
        (scope("192.0.2.1", authorization="Basic sesame"), 401),
        (scope("127.0.0.1", x_openmailserver_key="guess"), 403),
    ],
)
async def test_numbers_are_for_this_machine_or_for_the_administrator(asked: dict[str, Any], status: int) -> None:
    answer = await Metrics(gathered, "sesame")(asked)
    assert answer.status == status
    if status == 200:
        assert b"postroom_messages_accepted_total" in answer.body or b"postroom_deliveries_total" in answer.body


async def test_without_an_administrators_key_no_key_opens() -> None:
    assert (await Metrics(gathered, "")(scope("192.0.2.1", x_openmailserver_key=""))).status == 401
    assert (await Metrics(gathered, "")(scope("192.0.2.1", x_openmailserver_key="x"))).status == 403
