"""Outbound records follow what the queue makes of a message, in the same commits."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postroom.delivery import outbound, queue
from postroom.delivery.accept import Accepted, LocalRecipient
from postroom.delivery.outbound import Outgoing, Record
from postroom.delivery.queue import QueueRecipient, Result
from postroom.delivery.recall import CANCELLED, recall
from postroom.delivery.spool import Spool
from postroom.formats.address import Address
from postroom.storage.database import shard_of_id
from store import House, opened

MESSAGE = b"Subject: Hello\r\n\r\nHello.\r\n"
ALICE = Address("alice", "example.test")
FAR = ("a@one.test", "b@two.test")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as made:
        yield made


async def send(house: House, *far: str, local: tuple[int, ...] = (), refused: tuple[str, ...] = (), due: int = 0, token: bytes = b"") -> Accepted:
    spool = Spool(house.blobs, 1 << 20)
    spool.write(MESSAGE)
    record = Outgoing(1, token or None, str(ALICE), far, "Hello", "<1@example.test>", refused, due or None)
    recipients = [LocalRecipient(account, ALICE) for account in local]
    remote = [QueueRecipient(address, address.partition("@")[2], {}) for address in far]
    return await house.delivery.accept(spool, ALICE, recipients, remote, record=record, release=due)


async def read(house: House, number: int) -> Record:
    rows = await house.database.read(shard_of_id(number), f"SELECT {outbound.COLUMNS} FROM outbound WHERE id = ?", (number,))
    return outbound.record_of(rows[0])


async def events(house: House, number: int) -> list[str]:
    rows = await house.database.read(shard_of_id(number), "SELECT type FROM outbound_event WHERE outbound_id = ? ORDER BY id", (number,))
    return [row[0] for row in rows]


CASES = [
    ([(0, "sent", ""), (1, "sent", "")], (), ("sent", None)),
    ([(0, "sent", "")], (), ("queued", None)),
    ([(0, "waiting", "busy"), (1, "waiting", "still busy")], (), ("queued", "still busy")),
    ([(0, "waiting", "busy"), (1, "sent", ""), (0, "sent", "")], (), ("sent", None)),
    ([(0, "failed", "550 no"), (1, "sent", "")], (), ("failed", "550 no")),
    ([(0, "sent", ""), (1, "failed", "550 no")], (), ("failed", "550 no")),
    ([(0, "failed", "550 no")], (), ("queued", "550 no")),
    ([(0, "failed", "550 no"), (1, "waiting", "busy")], (), ("queued", "550 no")),
    ([(0, "failed", "550 no"), (1, "failed", "554 never")], (), ("failed", "550 no\n554 never")),
    ([(0, "sent", ""), (1, "sent", "")], ("x: 550 unknown",), ("failed", "x: 550 unknown")),
]


@pytest.mark.parametrize(("tries", "refused", "expected"), CASES)
async def test_the_state_is_what_became_of_all_recipients(
    house: House, tries: list[tuple[int, str, str]], refused: tuple[str, ...], expected: tuple[str, str | None]
) -> None:
    accepted = await send(house, *FAR, refused=refused)
    assert accepted.record is not None
    assert accepted.record.state == "queued"
    number, shard = accepted.record.id, shard_of_id(accepted.record.id)
    rows = await house.database.read(shard, "SELECT id FROM queue_recipient ORDER BY id")
    for recipient, state, reason in tries:
        result = Result(rows[recipient][0], state, 7, 7, "", "", "", reason)
        await house.database.transact(shard, queue.record, accepted.queue_id, (result,), 7)
    found = await read(house, number)
    assert (found.state, found.error) == expected
    assert found.sent == (7 if expected[0] == "sent" else None)
    assert await events(house, number) == [{"waiting": "delayed"}.get(state, state) for _, state, _ in tries]


async def test_a_message_that_no_program_sent_has_no_record(house: House) -> None:
    for shard in range(house.database.shards):
        await house.database.transact(shard, outbound.settle, 12345, [("sent", "")], 7)


async def test_what_is_taken_out_of_the_queue_fails(house: House) -> None:
    accepted = await send(house, *FAR)
    assert accepted.record is not None
    await house.database.transact(shard_of_id(accepted.record.id), queue.remove, [accepted.queue_id], 7)
    found = await read(house, accepted.record.id)
    assert (found.state, found.error) == ("failed", "removed by command\nremoved by command")


async def test_the_same_token_stores_one_message(house: House) -> None:
    first, again = [await send(house, local=(1, 2), token=b"token") for _ in range(2)]
    assert first.record == again.record
    await house.delivery.close()
    assert [(await house.mailboxes.usage(account))[1] for account in (1, 2)] == [1, 1]


async def test_a_message_for_later_is_taken_back_until_then(house: House) -> None:
    due = house.mailboxes.now() + 1000
    first, again = await send(house, *FAR, due=due), await send(house, *FAR, due=due)
    for accepted, now, recalled in ((first, due - 1, True), (first, due - 1, False), (again, due, False)):
        assert accepted.record is not None
        assert accepted.record.due == due
        assert await house.database.transact(shard_of_id(accepted.record.id), recall, accepted.record.id, now) is recalled
    assert first.record is not None
    found = await read(house, first.record.id)
    assert (found.state, found.error) == ("failed", CANCELLED)


async def test_old_records_are_forgotten_but_not_those_that_wait(house: House) -> None:
    done, waiting = await send(house, local=(1,)), await send(house, "a@one.test")
    assert done.record is not None
    assert waiting.record is not None
    after = house.mailboxes.now() + 1
    assert sum([await house.database.transact(shard, outbound.forget, after, 100) for shard in range(house.database.shards)]) == 1
    assert (await read(house, waiting.record.id)).state == "queued"
