"""Status and the delivery queue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, modelhouse
from modelmail import reached
from postroom.delivery import queue
from postroom.model.errors import Failed


async def status(house: ModelHouse) -> Hand:
    return await reached(await house.login(), "Status")


async def test_model_8_1_undelivered_messages_are_lines_parted_by_tabs(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        assert await (await status(house))("UndeliveredMessages") == ""
        first = await house.town.send("x@remote.test", "y@other.test")
        second = await house.town.send("z@remote.test", sender="")
        await house.house.database.transact(second % 16, queue.hold, [second])
        lines = (await (await status(house))("UndeliveredMessages")).split("\r\n")
        assert lines.pop() == ""
        when = dt.datetime.fromtimestamp(1_795_000_000).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006 - local time
        told = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
        created, sender, recipients, due, path, locked, tries = told[str(first)]
        assert (created, sender, sorted(recipients.split(",")), due) == (when, "alice@example.test", ["x@remote.test", "y@other.test"], when)
        assert (Path(path).parent, locked, tries) == (tmp_path / "Data", "0", "0")
        assert told[str(second)][1:3] == ["", "z@remote.test"]


async def test_the_queue_is_listed_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with modelhouse(tmp_path) as house:
        sent = [await house.town.send(f"x{number}@remote.test") for number in range(7)]
        monkeypatch.setattr("postroom.delivery.waiting.LISTED", 2)
        assert (await (await status(house))("UndeliveredMessages")).count("\r\n") == len(sent)


async def test_model_8_1_counters_are_those_of_all_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with modelhouse(tmp_path) as house:
        counted: dict[str, float] = {
            'postroom_messages_accepted_total{protocol="smtp"}': 5.0,
            'postroom_messages_accepted_total{protocol="submission"}': 2.0,
            'postroom_messages_refused_total{protocol="smtp"}': 9.0,
            'postroom_connections_open{protocol="smtp"}': 1.0,
            'postroom_connections_open{protocol="submission"}': 2.0,
            'postroom_connections_open{protocol="pop3s"}': 3.0,
            'postroom_connections_open{protocol="imap"}': 4.0,
            'postroom_connections_open{protocol="http"}': 8.0,
        }

        async def counters() -> dict[str, float]:
            return counted

        monkeypatch.setattr(house.server, "counters", counters)
        told = await status(house)
        assert await told("ProcessedMessages") == 7
        assert [await told("SessionCount", kind) for kind in range(7)] == [0, 3, 0, 3, 0, 4, 0]
        assert (await told("RemovedViruses"), await told("RemovedSpamMessages")) == (0, 0)
        assert await told("ThreadID") > 0
        assert await told("StartTime") == dt.datetime.fromtimestamp(1_795_000_000).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006 - local time


async def test_model_8_10_the_queue_is_emptied_and_tried_anew(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        delivery = await reached(await house.login(), "DeliveryQueue")
        late = (house.town.clock.micro + 3_600_000_000) // 1
        one, two, three = [await house.town.send(f"x{number}@remote.test", release=late) for number in range(3)]
        await delivery("ResetDeliveryTime", one)
        now = house.town.clock.micro
        assert dict(await house.town.rows("queue_id, due")) == {one: now, two: late, three: late}
        await delivery("Remove", str(one))
        assert {row[0] for row in await house.town.rows("queue_id")} == {two, three}
        for unknown in (0, -5, 1, 999_999, (1 << 62) + 15):
            await delivery("Remove", unknown)
            await delivery("ResetDeliveryTime", unknown)
        await delivery("StartDelivery")
        assert {row[0] for row in await house.town.rows("due")} == {now}
        await delivery("Clear")
        assert await house.town.rows("id") == []


async def test_model_1_5_without_an_administrator_the_queue_is_left_alone_in_silence(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        waits = await house.town.send("x@remote.test", release=house.town.clock.micro + 1_000_000)
        before = await house.town.rows("*")
        for login in ("alice@example.test", ""):
            app: Any = await house.login(login) if login else house.create("hMailServer.Application")
            delivery = await reached(app, "DeliveryQueue")
            assert await delivery("ResetDeliveryTime", waits) is None
            assert await delivery("Remove", waits) is None
            assert await delivery("StartDelivery") is None
            with pytest.raises(Failed, match=r"^Server admin privileges are required to clear queue\.$"):
                await delivery("Clear")
        assert await house.town.rows("*") == before
