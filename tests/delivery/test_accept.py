"""The one door: what was accepted is everywhere it should be, once; what was not leaves nothing."""

from pathlib import Path

import pytest

from postroom.delivery import handover
from postroom.delivery.accept import LocalRecipient, deliver
from postroom.delivery.queue import QueueRecipient, hold, remove
from postroom.delivery.spool import MessageTooLarge, Spool
from postroom.formats.address import Address
from postroom.formats.uidset import UidSet
from postroom.mailboxes.contents import sweep_contents
from postroom.storage.database import DatabaseUnavailable
from store import House, opened

HEAD = b"From: a@remote.test\r\nSubject: x\r\n\r\n"
SIZES = (10, 4_000, 32 * 1024, 40_000, 300_000, 1_200_000)


async def bodies(house: House, account: int) -> list[bytes]:
    folder = await house.mailboxes.folder(account, "INBOX")
    assert folder is not None
    found = []
    everything = UidSet.of_ranges([(1, 4_000_000_000)])
    async for rows in house.mailboxes.fetch(folder.id, everything, ("size", "prefix", "data", "blob")):
        found += [await house.mailboxes.read(prefix, data, blob, 0, size) for size, prefix, data, blob in rows]
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_a_message_of_any_size_reaches_every_recipient_once_in_both_shards(tmp_path: Path, size: int) -> None:
    message = HEAD + b"x" * size + b"\r\n"
    async with opened(tmp_path) as house:
        accepted = await house.deliver(message, 1, 2, 3, 4, 1)
        assert len(accepted.placed) == 2
        assert len(accepted.handovers) == 1
        await house.delivery.close()
        for account in (1, 2, 3, 4):
            prefix = b"Return-Path: <sender@remote.test>\r\nDelivered-To: user%d@example.test\r\n" % account
            assert await bodies(house, account) == [prefix + message]
        assert await house.database.read(1, "SELECT * FROM handover") == []
        await house.delivery.forget(house.mailboxes.now() + 1)
        assert await house.database.read(0, "SELECT * FROM applied") == []


async def test_a_message_over_its_limit_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        spool = Spool(house.blobs, 500_000)
        for _ in range(10):
            if spool.write(b"x" * 50_000):
                await spool.settle()
        with pytest.raises(MessageTooLarge):
            spool.write(b"x")
        spool.discard()
        assert list((tmp_path / "spool").iterdir()) == []


async def test_a_null_sender_has_an_empty_return_path(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        spool = Spool(house.blobs, 500_000)
        spool.write(HEAD)
        await house.delivery.accept(spool, None, [LocalRecipient(1, Address("user1", "example.test"))])
        assert (await bodies(house, 1))[0].startswith(b"Return-Path: <>\r\n")


async def test_remote_recipients_wait_in_the_queue_and_local_ones_have_their_mail(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        spool = Spool(house.blobs, 500_000)
        spool.write(HEAD)
        remote = QueueRecipient("bob@remote.test", "remote.test", {"NOTIFY": "NEVER"})
        local = LocalRecipient(2, Address("user2", "example.test"))
        accepted = await house.delivery.accept(spool, Address("a", "example.test"), [local], [remote], account_id=2)
        assert len(await bodies(house, 2)) == 1
        rows = await house.database.read(0, "SELECT address, domain, state FROM queue_recipient")
        assert rows == [("bob@remote.test", "remote.test", "waiting")]
        assert accepted.queue_id is not None
        assert await house.database.transact(0, hold, [accepted.queue_id]) == 1
        assert await house.database.transact(0, remove, [accepted.queue_id], 0) == 1
        assert await house.database.read(0, "SELECT * FROM queue_recipient") == []


async def test_a_message_only_for_other_servers_needs_no_mailbox(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        spool = Spool(house.blobs, 500_000)
        spool.write(HEAD)
        accepted = await house.delivery.accept(spool, None, [], [QueueRecipient("b@remote.test", "remote.test", {})])
        assert accepted.queue_id is not None
        assert accepted.placed == []


@pytest.mark.parametrize("done", ["nothing", "applied", "finished"])
async def test_a_handover_cut_by_a_crash_is_applied_exactly_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: str) -> None:
    """Whatever of apply, finish and forget was committed when the crash came, the second account has one copy after the start."""
    async with opened(tmp_path) as house:
        real = house.database.transact
        steps: list[object] = [deliver, handover.apply, handover.finish]
        allowed = steps[: ["nothing", "applied", "finished"].index(done) + 1]

        def cut(shard: int, function: object, *arguments: object) -> object:
            if function in allowed:
                return real(shard, function, *arguments)  # type: ignore[arg-type]  # as given
            raise DatabaseUnavailable("crashed here")

        with monkeypatch.context() as patched:
            patched.setattr(house.database, "transact", cut)
            await house.deliver(HEAD + b"y" * 40_000, 1, 2)
            await house.delivery.close()
        assert await house.delivery.recover() == (0 if done == "finished" else 1)
        assert len(await bodies(house, 2)) == 1
        assert len(await bodies(house, 1)) == 1


async def test_contents_that_nobody_refers_to_are_swept_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        await house.deliver(HEAD + b"z" * 2_000_000, 1)
        await house.deliver(HEAD, 1)
        folder = await house.mailboxes.folder(1, "INBOX")
        assert folder is not None
        await house.mailboxes.expunge(folder.id, UidSet.of_ranges([(1, 1)]), only_deleted=False)
        assert await house.database.transact(1, sweep_contents, 100) == (0, []), "a reader may still be sending it"
        count, keys = await house.database.transact(1, sweep_contents, 100)
        assert (count, len(keys)) == (1, 1)
        await house.blobs.free(keys)
        assert await house.database.read(1, "SELECT count(*) FROM content") == [(1,)]
        assert [path for path in (tmp_path / "blobs" / "large").rglob("*") if path.is_file()] == []
