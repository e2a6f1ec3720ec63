"""When what is tried, and what comes of it: lanes, retries, rests, results, crashes. The clock and the other servers are the test's."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from postroom.delivery import queue
from postroom.delivery.lane import owner
from postroom.delivery.outcome import Job, Outcome, State
from postroom.delivery.retries import Terms
from postroom.storage.database import DatabaseUnavailable
from town import MESSAGE, greylists, is_away, refuses, takes, town

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR


async def test_a_new_message_leaves_at_once_and_its_rows_go(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        await it.send("bob@remote.test", "eve@remote.test", "carol@else.test")
        await it.quiet()
        assert sorted((job.destination, len(job.recipients)) for job in it.elsewhere.jobs) == [("else.test", 1), ("remote.test", 2)]
        assert await it.rows("*") == []
        assert [await it.house.database.read(shard, "SELECT * FROM queue") for shard in range(2)] == [[], []]


async def test_retries_come_after_1_5_15_and_30_minutes_then_hourly_with_chance(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test")
        await it.quiet()
        for tries, wait in enumerate([60, 300, 900, 1800, 3780, 3780], 1):
            assert await it.rows("attempts, due, reason") == [
                (tries, it.clock.micro + wait * 1_000_000, "mail.remote.test answered 450 4.2.0 greylisted")
            ]
            await it.pass_by(wait - 1)
            assert it.elsewhere.tries("remote.test") == tries
            await it.pass_by(1)
            assert it.elsewhere.tries("remote.test") == tries + 1
        it.elsewhere.answers.clear()
        await it.pass_by(2 * HOUR)
        assert await it.rows("*") == []


async def test_model_14_7_a_message_goes_back_after_as_many_tries_as_the_setting_says(tmp_path: Path) -> None:
    async with town(tmp_path, smtp_no_of_tries=2, retry_times="", smtp_minutes_between_try=60) as it:
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test")
        await it.quiet()
        for tries in (1, 2):
            assert await it.rows("attempts, state") == [(tries, "waiting")]
            await it.pass_by(3780)
        assert it.elsewhere.tries("remote.test") == 3
        assert await it.rows("*") == []
        [report] = await it.mail("alice@example.test")
        assert b"greylisted" in report


async def test_model_14_7_a_route_says_how_often_and_after_how_many_minutes(tmp_path: Path) -> None:
    async with town(tmp_path, smtp_no_of_tries=9) as it:
        it.sending._terms = {"remote.test": Terms(2, 7)}.__getitem__
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test")
        await it.quiet()
        assert await it.rows("attempts, due") == [(1, it.clock.micro + 7 * MINUTE * 1_000_000)]
        await it.pass_by(7 * MINUTE)
        assert (it.elsewhere.tries("remote.test"), await it.rows("*")) == (2, [])


async def test_one_recipient_may_be_taken_another_refused_and_a_third_wait(tmp_path: Path) -> None:
    def partly(job: Job) -> list[Outcome]:
        return [
            {"bob": takes, "eve": refuses, "carol": greylists}[recipient.address[:-12]](job)[place] for place, recipient in enumerate(job.recipients)
        ]

    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = partly
        await it.send("bob@remote.test", "eve@remote.test", "carol@remote.test")
        await it.quiet()
        assert await it.rows("address, state, status, reason") == [
            ("bob@remote.test", "sent", "2.0.0", "mail.remote.test answered 250 2.0.0 Ok: queued as 1"),
            ("eve@remote.test", "failed", "5.1.1", "mail.remote.test answered 550 5.1.1 User unknown"),
            ("carol@remote.test", "waiting", "4.2.0", "mail.remote.test answered 450 4.2.0 greylisted"),
        ]
        await it.pass_by(60)
        assert [[recipient.address for recipient in job.recipients] for job in it.elsewhere.jobs][1:] == [["carol@remote.test"]]


@pytest.mark.long
async def test_a_thousand_messages_to_a_black_hole_do_not_hold_back_one_to_a_living_host(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.held["hole.test"] = asyncio.Event()
        for _ in range(50):
            await asyncio.gather(*(it.send("bob@hole.test") for _ in range(20)))
        await it.quiet()
        assert it.elsewhere.tries("hole.test") == 2  # nothing is known about it, so two at a time
        await it.send("bob@live.test")
        await it.quiet()
        assert it.elsewhere.tries("live.test") == 1
        it.elsewhere.answers["hole.test"] = is_away
        it.elsewhere.held.pop("hole.test").set()
        await it.quiet()
        assert it.elsewhere.tries("hole.test") == 2
        assert len(await it.rows("id", "attempts = 0 AND state = 'waiting'")) == 998
        await it.send("bob@live.test")
        await it.quiet()
        assert it.elsewhere.tries("live.test") == 2


async def test_a_destination_that_is_away_waits_as_a_whole_and_is_asked_by_one_message_at_a_time(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["hole.test"] = is_away
        for _ in range(20):
            await it.send("bob@hole.test")
        await it.quiet()
        tried = it.elsewhere.tries("hole.test")
        for rest in (60, 300, 900, 1800, 3780):
            (row,) = [row for shard in range(2) for row in await it.house.database.read(shard, "SELECT domain, until, reason FROM destination")]
            assert row == ("hole.test", it.clock.micro + rest * 1_000_000, "mail.hole.test does not answer")
            await it.pass_by(rest - 1)
            assert it.elsewhere.tries("hole.test") == tried
            await it.pass_by(1)
            tried += 1
            assert it.elsewhere.tries("hole.test") == tried
        it.elsewhere.answers.clear()
        await it.pass_by(HOUR + 400)
        assert await it.rows("*") == [] or await it.rows("state") == [("waiting",)] * len(await it.rows("id", "attempts > 0"))
        assert [await it.house.database.read(shard, "SELECT * FROM destination") for shard in range(2)] == [[], []]


async def test_what_waits_for_a_destination_that_is_no_more_goes_back_at_once(tmp_path: Path) -> None:
    def is_no_more(job: Job) -> list[Outcome]:
        return [Outcome(it.id, State.FAILED, 0, "5.1.2", "there is no such domain", destination_down=True) for it in job.recipients]

    async with town(tmp_path) as it:
        it.elsewhere.answers["gone.test"] = is_no_more
        for _ in range(10):
            await it.send("bob@gone.test")
        await it.quiet()
        assert it.elsewhere.tries("gone.test") == 10
        assert len(await it.mail("alice@example.test")) == 10
        assert await it.rows("*") == []


@pytest.mark.parametrize("restarted", [True, False])
async def test_the_rest_of_a_destination_outlives_a_restart_and_a_command_ends_it(tmp_path: Path, restarted: bool) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["hole.test"] = is_away
        for _ in range(5):
            await it.send("bob@hole.test")
        await it.quiet()
        tried = it.elsewhere.tries("hole.test")
        if restarted:
            await it.restart()
        assert it.elsewhere.tries("hole.test") == tried
        it.elsewhere.answers.clear()
        numbers = [row[0] for row in await it.rows("queue_id")]
        for shard in range(2):
            await it.house.database.transact(shard, queue.retry, [number for number in numbers if number % 16 == shard], it.clock.micro, "hole.test")
        await it.quiet()
        assert await it.rows("*") == []


async def test_a_destination_that_answers_is_given_more_at_a_time_up_to_its_limit(tmp_path: Path) -> None:
    async with town(tmp_path, max_connections_per_destination=5, start=False) as it:
        for _ in range(20):
            await it.send("bob@remote.test")
        at_once = []
        door = it.elsewhere.held["remote.test"] = asyncio.Event()
        it.sending.start()
        for _ in range(4):
            await it.quiet()
            at_once.append(it.elsewhere.busy["remote.test"])
            opened, door = door, asyncio.Event()
            it.elsewhere.held["remote.test"] = door
            opened.set()
        assert at_once == [2, 4, 5, 5]
        it.elsewhere.held.clear()
        door.set()
        await it.quiet()
        assert len(it.elsewhere.jobs) == 20


async def test_a_rate_lets_so_many_messages_go_in_a_minute(tmp_path: Path) -> None:
    async with town(tmp_path, max_messages_per_minute_out=2) as it:
        for _ in range(4):
            await it.send("bob@remote.test")
        await it.quiet()
        assert it.elsewhere.tries("remote.test") == 1
        for tries in (2, 3, 4):
            await it.pass_by(30)
            assert it.elsewhere.tries("remote.test") == tries


async def test_destinations_that_failed_never_take_all_connections(tmp_path: Path) -> None:
    async with town(tmp_path, max_connections_out=4) as it:
        for number in range(6):
            it.elsewhere.answers[f"hole{number}.test"] = is_away
            await it.send(f"bob@hole{number}.test")
        await it.quiet()
        for number in range(6):
            it.elsewhere.held[f"hole{number}.test"] = asyncio.Event()
        await it.pass_by(60)
        assert sum(it.elsewhere.busy.values()) == 2
        await it.send("bob@live.test")
        await it.quiet()
        assert it.elsewhere.tries("live.test") == 1


async def test_a_message_is_in_one_try_at_a_time_whatever_is_announced_meanwhile(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.held["remote.test"] = asyncio.Event()
        number = await it.send("bob@remote.test")
        await it.quiet()
        for _ in range(3):
            await it.house.database.transact(number % 16, queue.retry, [number], it.clock.micro)
            await it.quiet()
        assert it.elsewhere.tries("remote.test") == 1
        it.elsewhere.held.pop("remote.test").set()
        await it.quiet()
        assert it.elsewhere.tries("remote.test") == 1
        assert await it.rows("*") == []


async def test_a_read_that_shows_a_message_as_it_was_before_its_try_ended_does_not_send_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as it:
        door = it.elsewhere.held["remote.test"] = asyncio.Event()
        await it.send("first@remote.test")
        await it.quiet()
        real = it.house.database.read

        async def late(shard: int, sql: str, parameters: Any = ()) -> Any:
            rows = await real(shard, sql, parameters)
            if "q.receipt" in sql and rows:
                del it.elsewhere.held["remote.test"]
                door.set()
                await asyncio.wait(it.sending._tries)
                monkeypatch.undo()
            return rows

        monkeypatch.setattr(it.house.database, "read", late)
        await it.send("second@remote.test")
        await it.quiet()
        assert [job.recipients[0].address for job in it.elsewhere.jobs] == ["first@remote.test", "second@remote.test"]
        assert await it.rows("*") == []


async def test_what_is_held_is_not_tried_and_goes_when_released(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        number = await it.send("bob@remote.test", "eve@else.test")
        await it.quiet()
        assert await it.house.database.transact(number % 16, queue.hold, [number]) == 1
        assert await it.house.database.transact(number % 16, queue.hold, [number]) == 0
        await it.pass_by(6 * DAY)
        assert await it.rows("state", "domain = 'remote.test'") == [("held",)]
        assert it.elsewhere.tries("remote.test") == 1
        it.elsewhere.answers.clear()
        assert await it.house.database.transact(number % 16, queue.release, [number], it.clock.micro) == 1
        await it.quiet()
        assert it.elsewhere.tries("remote.test") == 2
        assert await it.rows("*") == []


async def test_holding_a_message_that_is_in_a_try_keeps_it_when_it_has_to_wait(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.held["remote.test"] = asyncio.Event()
        it.elsewhere.answers["remote.test"] = greylists
        number = await it.send("bob@remote.test")
        await it.quiet()
        await it.house.database.transact(number % 16, queue.hold, [number])
        it.elsewhere.held.pop("remote.test").set()
        await it.quiet()
        assert await it.rows("state, attempts") == [("held", 1)]


async def test_a_domain_is_held_for_its_recipients_only(tmp_path: Path) -> None:
    async with town(tmp_path, start=False) as it:
        number = await it.send("bob@remote.test", "eve@else.test")
        await it.house.database.transact(number % 16, queue.hold, [number], "else.test")
        assert await it.rows("domain, state") == [("remote.test", "waiting"), ("else.test", "held")]
        assert await it.house.database.transact(number % 16, queue.remove, [number], 0, "else.test") == 1
        assert await it.rows("domain, state") == [("remote.test", "waiting")]


async def test_mail_to_be_sent_later_waits_for_its_time_and_its_days_count_from_then(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test", release=it.clock.micro + 10 * DAY * 1_000_000)
        await it.pass_by(10 * DAY - 1)
        assert it.elsewhere.jobs == []
        await it.pass_by(1)
        assert it.elsewhere.tries("remote.test") == 1
        assert await it.rows("state, warned") == [("waiting", 0)]


async def test_mail_for_ourselves_to_be_sent_later_is_delivered_at_its_time(tmp_path: Path) -> None:
    async with town(tmp_path, accounts=("alice", "bob", "carol")) as it:
        await it.directory.aliases.add("all@example.test", ["alice@example.test", "bob@example.test", "carol@example.test", "eve@remote.test"])
        await it.send("all@example.test", "nobody@example.test", release=it.clock.micro + HOUR * 1_000_000)
        await it.pass_by(HOUR - 1)
        assert await it.mail("alice@example.test") == []
        await it.pass_by(1)
        for name in ("bob", "carol"):
            (message,) = await it.mail(f"{name}@example.test")
            assert message == b"Return-Path: <alice@example.test>\r\nDelivered-To: all@example.test\r\n" + MESSAGE
        (job,) = it.elsewhere.jobs
        assert [(recipient.address, recipient.options) for recipient in job.recipients] == [("eve@remote.test", {"ALIAS": "all@example.test"})]
        mine, report = await it.mail("alice@example.test")
        assert mine.endswith(MESSAGE)
        assert b"nobody@example.test" in report
        assert await it.rows("*") == []


async def test_after_a_crash_what_was_in_a_try_is_tried_again_and_what_was_acknowledged_is_not(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.held["slow.test"] = asyncio.Event()
        await it.send("bob@slow.test")
        await it.send("bob@remote.test")
        await it.quiet()
        await it.restart()
        assert (it.elsewhere.tries("slow.test"), it.elsewhere.tries("remote.test")) == (2, 1)
        it.elsewhere.held.pop("slow.test").set()


async def test_an_acknowledgement_that_can_not_be_written_is_written_later_and_the_message_not_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as it:
        real, failures = it.house.database.transact, [DatabaseUnavailable("disk full")] * 2

        def failing(shard: int, function: Any, *arguments: Any) -> Any:
            if function is queue.record and failures:
                raise failures.pop()
            return real(shard, function, *arguments)

        monkeypatch.setattr(it.house.database, "transact", failing)
        monkeypatch.setattr("postroom.delivery.sending.UNSAVED_SECONDS", (0.0,))
        await it.send("bob@remote.test")
        await it.quiet()
        assert it.elsewhere.tries("remote.test") == 1
        assert await it.rows("*") == []
        assert failures == []


async def test_a_try_that_breaks_in_our_hands_is_made_again(tmp_path: Path, unhandled: list[str]) -> None:
    def breaks(job: Job) -> list[Outcome]:
        raise RuntimeError("broken")

    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = breaks
        await it.send("bob@remote.test")
        await it.quiet()
        assert await it.rows("state, attempts, status") == [("waiting", 1, "4.3.0")]
    assert len(unhandled) == 1
    assert re.search("broken", unhandled.pop())


async def test_each_destination_belongs_to_one_of_the_workers(tmp_path: Path) -> None:
    async with town(tmp_path, start=False) as it:
        names = [f"d{number}.test" for number in range(20)]
        for name in names:
            await it.send(f"bob@{name}")
        for worker in range(2):
            it.elsewhere.jobs.clear()
            it.clock.paused.clear()
            it.sending = it.made(worker, 2)
            it.sending.start()
            await it.quiet()
            assert sorted(job.destination for job in it.elsewhere.jobs) == sorted(name for name in names if owner(name, 2) == worker)
            await it.sending.close()
        assert await it.rows("*") == []


async def test_each_try_is_one_line_of_the_log(tmp_path: Path) -> None:
    from postroom import log

    lines: list[dict[str, Any]] = []
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        with log.watching(lines.append):
            await it.send("bob@remote.test")
            await it.quiet()
    (line,) = [line for line in lines if line["event"] == "mail-tried"]
    assert {name: line[name] for name in ("id", "sender", "recipient", "host", "waiting", "again_in", "reason")} == {
        "id": "r1",
        "sender": "alice@example.test",
        "recipient": "bob@remote.test",
        "host": "mail.remote.test",
        "waiting": 1,
        "again_in": 60,
        "reason": "mail.remote.test answered 450 4.2.0 greylisted",
    }


@pytest.mark.parametrize("state", [State.SENT, State.FAILED])
async def test_what_has_ended_stays_ended(tmp_path: Path, state: State) -> None:
    async with town(tmp_path, start=False) as it:
        await it.send("bob@remote.test", "eve@remote.test")
        ((number, queue_id), _) = await it.rows("id, queue_id")
        result = queue.Result(number, state, 0, 1, "2.0.0", "", "", "done")
        await it.house.database.transact(queue_id % 16, queue.record, queue_id, [result], 0)
        await it.house.database.transact(queue_id % 16, queue.record, queue_id, [result._replace(state="waiting")], 0)
        assert await it.rows("state, attempts", f"id = {number}") == [(state, 1)]
