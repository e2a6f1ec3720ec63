"""What waits costs nothing until its time comes: every read goes by an index and is bounded, however long the queue is."""

import asyncio
from pathlib import Path

import pytest

from postroom.delivery import overdue, plan
from postroom.delivery.plan import SMALL, WINDOW, read_due, waiting_domains
from postroom.delivery.queue import QueueItem, QueueRecipient, enqueue
from postroom.delivery.spool import Spool
from postroom.mailboxes import contents
from postroom.mailboxes.contents import NewContent
from postroom.mailboxes.placing import place
from postroom.storage.database import Transaction, shard_of_id
from store import House, opened
from town import MESSAGE, town

HOUR = 3600 * 1_000_000
NOW = 1_795_000_000_000_000


async def waits(house: House, message: bytes, domains: int, messages: int, due: int, shard: int = 0) -> None:
    """Let many messages wait in a shard, by turns for so many destinations."""
    spool = Spool(house.blobs, 1 << 20)
    spool.write(message)
    await house.database.transact(shard, queue_many, await spool.finish(NOW), domains, messages, due)


def queue_many(transaction: Transaction, content: NewContent, domains: int, messages: int, due: int) -> None:
    for number in range(messages):
        domain = f"d{number % domains}.test"
        content_id, _ = place(transaction, content, (), 1)
        recipient = QueueRecipient(f"bob{number}@{domain}", domain, {})
        enqueue(transaction, content_id, content.size, QueueItem("alice@example.test", 1, {}, (recipient,), release=due), NOW)


@pytest.mark.parametrize(
    ("sql", "parameters", "index"),
    [
        (plan._DUE, ("d1.test", WINDOW), "queue_recipient_due"),
        (plan._DOMAINS, ("", 1000), "queue_recipient_due"),
        (overdue._ROWS, (0, NOW, -1, -1, -1, 200), "queue_recipient_since"),
    ],
)
async def test_what_is_due_is_found_by_index_without_a_scan_or_a_sort(tmp_path: Path, sql: str, parameters: tuple[object, ...], index: str) -> None:
    async with opened(tmp_path) as house:
        steps = [row[3] for row in await house.database.read(0, f"EXPLAIN QUERY PLAN {sql}", parameters)]
        assert any(index in step for step in steps)
        assert not [step for step in steps if step.startswith(("SCAN r", "SCAN q", "SCAN c", "SCAN queue", "USE TEMP B-TREE FOR ORDER BY"))], steps


@pytest.mark.parametrize(("sql", "parameters"), [(contents._MARKED, (200,)), (contents._MARK, ())])
async def test_a_sweep_finds_what_nobody_refers_to_by_index_however_much_mail_there_is(tmp_path: Path, sql: str, parameters: tuple[int, ...]) -> None:
    async with opened(tmp_path) as house:
        (step,) = [row[3] for row in await house.database.read(0, f"EXPLAIN QUERY PLAN {sql}", parameters)]
        assert step.startswith("SEARCH content USING INDEX content_unused"), step


async def test_a_destination_with_a_long_queue_is_read_in_bounded_runs_with_small_messages_only(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await waits(house, MESSAGE, 1, 3 * WINDOW, NOW)
        await waits(house, MESSAGE + b"x\r\n" * (SMALL // 3), 2, 2, NOW)
        due = await read_due(house.database, 0, "d0.test", NOW, (), WINDOW)
        assert (len(due.plans), due.again) == (WINDOW, NOW)
        assert {one.job.message for one in due.plans} == {(MESSAGE.index(b"body"), MESSAGE)}
        (large,) = (await read_due(house.database, 0, "d1.test", NOW, (), WINDOW)).plans
        assert large.job.message is None


async def test_a_try_takes_as_many_recipients_as_the_setting_says(tmp_path: Path) -> None:
    async with town(tmp_path, start=False) as place:
        number = await place.send(*(f"r{number}@d.test" for number in range(7)))
        shard = shard_of_id(number)
        due = await read_due(place.house.database, shard, "d.test", place.clock.micro, (), WINDOW, 3)
        assert [len(plan.job.recipients) for plan in due.plans] == [3, 3, 1]


async def test_destinations_are_named_by_skipping_from_one_to_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await waits(house, MESSAGE, 5, 500, NOW)
        assert await waiting_domains(house.database, 0, "d1.test", 2) == [("d2.test", NOW), ("d3.test", NOW)]


async def test_mail_that_is_due_later_takes_no_memory_until_its_time_comes_near(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        due = it.clock.micro + 2 * HOUR
        for shard in range(it.house.database.shards):
            await waits(it.house, MESSAGE, 300, 600, due, shard)
        await it.sending.close()
        it.sending = it.made()
        it.sending.start()
        await it.quiet()
        assert (it.sending._lanes, it.sending._agenda, it.elsewhere.jobs) == ({}, [], [])
        for _ in range(14):
            await it.pass_by(600)
        async with asyncio.timeout(30):
            while len(it.elsewhere.jobs) < 1200:
                await it.pass_by(60)
        assert it.sending._lanes == {}
