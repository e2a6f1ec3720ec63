"""A backup comes back byte by byte, whatever went on while it was made; and whatever was done to its file is told."""

from __future__ import annotations

import asyncio
import errno
import random
import shutil
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrage.x25519 import Identity

from postroom.delivery.accept import deliver
from postroom.delivery.queue import QueueItem, QueueRecipient
from postroom.formats.uidset import UidSet
from postroom.mailboxes import pauses
from postroom.mailboxes.contents import sweep_contents
from postroom.mailboxes.messages import How
from postroom.mailboxes.placing import Placement
from postroom.operations.backup import archive as format_of_the_file
from postroom.operations.backup.archive import ArchiveReader
from postroom.operations.backup.chain import backups
from postroom.operations.backup.create import Source, create
from postroom.operations.backup.errors import BackupError, BaseMissing, Damaged, NewerBackup, WrongKey
from postroom.operations.backup.keys import Key
from postroom.operations.backup.verify import validate, verify, verify_now
from postroom.operations.check import check
from postroom.operations.restore.directory import MODSEQ_LEAP, UID_LEAP, refuse_occupied, restore_directory
from postroom.storage.database import CONTROL
from postroom.storage.disk import RESTORING
from postroom.storage.files import FileBlobs
from postroom.storage.sqlite.engine import SQLiteDatabase
from postroom.storage.sqlite.engine import create as create_files
from store import House, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from postroom.operations.backup.create import Made
    from postroom.operations.restore.directory import Restored
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database, Transaction

pytestmark = pytest.mark.long

HEAD = b"From: a@remote.test\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\n\r\n"
SIZES = (0, 10, 4_000, 32 * 1024, 40_000, 300_000, 1_200_000)


def new_key() -> Key:
    identity = Identity.generate()
    return Key((identity,), (identity.to_public(),))


KEY = new_key()


def message(size: int, seed: int = 1) -> bytes:
    return HEAD + random.Random(size * 1000 + seed).randbytes(size) + b"\r\n"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    (tmp_path / "data").mkdir()
    async with opened(tmp_path / "data") as made:
        (tmp_path / "data/secret.key").write_bytes(b"k" * 32)
        (tmp_path / "data/tls").mkdir()
        (tmp_path / "data/tls/self-signed.pem").write_text("PEM")
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def source(house: House) -> Source:
    data = house.blobs.folder.parent
    return Source(data, house.database, house.blobs, leave_out=(data / "logs",))


async def furnish(place: Path, shards: int, versions: dict[str, int]) -> tuple[Database, Blobs]:
    create_files(place, shards, versions)
    database = SQLiteDatabase(place)
    await database.open()
    return database, FileBlobs(place)


async def restored_to(data: Path, path: Path, key: Key = KEY) -> Restored:
    await asyncio.to_thread(data.mkdir, exist_ok=True)
    refuse_occupied(data)
    return await restore_directory(data, path, key, furnish)


async def state(house: House) -> dict[str, Any]:
    """Everything that clients see: folders, and messages with their bytes."""
    found: dict[str, Any] = {}
    for shard in range(house.database.shards):
        for number, account, name, validity in await house.database.read(shard, "SELECT id, account_id, name, uidvalidity FROM folder"):
            mail = []
            async for rows in house.mailboxes.fetch(
                number, UidSet.of_ranges([(1, 2**32 - 1)]), ("uid", "flags", "keywords", "internaldate", "size", "prefix", "envelope", "data", "blob")
            ):
                for uid, flags, words, date, size, prefix, envelope, data, blob in rows:
                    mail.append((uid, flags, words, date, envelope, await house.mailboxes.read(prefix, data, blob, 0, size)))
            found[f"{account}/{name}"] = (validity, mail)
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def put(transaction: Transaction, sql: str, *values: Any) -> None:
    transaction.execute(sql, values)


async def fill(house: House) -> None:
    """Mail of all sizes in both shards, flags, folders, copies, messages that are gone, a queue, a handover that waits."""
    for number, size in enumerate(SIZES):
        await house.deliver(message(size), 1, 2, 3 + number % 2)
    inbox = await house.mailboxes.folder(1, "INBOX")
    assert inbox is not None
    await house.mailboxes.store(inbox.id, UidSet([2, 4]), How.ADD, 1 | 4, ("$Work", "caf"))
    archive = await house.mailboxes.create_folder(1, "Own\x1fDeep & <down>")
    await house.mailboxes.copy(inbox.id, UidSet([1, 2, 7]), archive)
    await house.mailboxes.expunge(inbox.id, UidSet([3, 5]), only_deleted=False)
    await house.delivery.close()
    item = QueueItem("a@example.test", 1, {"RET": "FULL"}, (QueueRecipient("b@far.test", "far.test", {}),))
    content = await _content(house, message(50))
    other = {1: (Placement(1, prefix=b"X: waits\r\n"),)}
    await house.database.transact(0, deliver, content, (), other, item, house.mailboxes.now())
    await house.database.transact(CONTROL, put, "INSERT INTO setting (name, value) VALUES ('host_name', 'mail.example.test')")


async def _content(house: House, data: bytes) -> Any:
    from postroom.delivery.spool import Spool

    spool = Spool(house.blobs, 1 << 30)
    spool.write(data)
    return await spool.finish(house.mailboxes.now())


async def test_everything_comes_back_byte_by_byte(house: House, folder: Path, tmp_path: Path) -> None:
    await fill(house)
    made = await create(source(house), folder, KEY)
    assert not made.damaged
    assert not made.base
    before = await state(house)
    restored = await restored_to(tmp_path / "new", made.path)
    assert (restored.held, restored.handovers, restored.files) == (1, 1, 2)
    async with opened(tmp_path / "new") as again:
        after = await state(again)
        waited = after["1/INBOX"][1].pop()
        assert waited[-1] == b"X: waits\r\n" + message(50), "the handover that stood was applied"
        assert after == before
        assert (tmp_path / "new/secret.key").read_bytes() == b"k" * 32
        assert (tmp_path / "new/tls/self-signed.pem").read_text() == "PEM"
        assert await again.database.read(CONTROL, "SELECT * FROM setting") == [("host_name", "mail.example.test")]
        waiting = "SELECT r.state, q.sender FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id"
        assert await again.database.read(0, waiting) == [("held", "a@example.test")]
        assert await again.database.read(0, "SELECT * FROM handover") == []
        assert not (tmp_path / "new" / RESTORING).exists()


async def test_no_uid_modseq_or_id_is_used_again_after_a_restore(house: House, folder: Path, tmp_path: Path) -> None:
    await fill(house)
    before = {row[0]: row for row in await house.database.read(1, "SELECT id, uidnext, modseq, uidvalidity FROM folder")}
    made = await create(source(house), folder, KEY)
    lost = await house.deliver(message(20), 1)
    await restored_to(tmp_path / "new", made.path)
    async with opened(tmp_path / "new") as again:
        handed = 1  # the handover that stood is placed after the leap
        for number, uidnext, modseq, validity in before.values():
            row = (await again.database.read(1, "SELECT uidnext, modseq, uidvalidity, name, account_id FROM folder WHERE id = ?", (number,)))[0]
            more = handed if row[3:] == ("INBOX", 1) else 0
            assert row[0] == uidnext + UID_LEAP + more
            assert row[1] >= modseq + MODSEQ_LEAP
            assert row[2] == validity
        placed = (await again.deliver(message(30), 1)).placed[0]
        assert placed.uid > lost.placed[0].uid
        assert placed.message_id > lost.placed[0].message_id
        view = await again.mailboxes.open(await again.mailboxes.folder(1, "INBOX"))  # type: ignore[arg-type]
        assert placed.uid in view.uids
        assert lost.placed[0].uid not in view.uids
        changed = await again.database.read(1, "SELECT min(modseq) FROM message")
        assert changed[0][0] > MODSEQ_LEAP, "a client that asks for changes since any modseq it knows hears of every message"


async def test_a_folder_without_uids_for_a_leap_gets_a_new_uidvalidity(house: House, folder: Path, tmp_path: Path) -> None:
    await house.deliver(message(20), 1)
    inbox = await house.mailboxes.folder(1, "INBOX")
    assert inbox is not None
    await house.database.transact(1, put, "UPDATE folder SET uidnext = ? WHERE id = ?", 2**32 - 5, inbox.id)
    await house.database.transact(1, put, "INSERT INTO vanished (folder_id, low, high, modseq) VALUES (?, 2, ?, 5)", inbox.id, 2**32 - 6)
    made = await create(source(house), folder, KEY)
    await restored_to(tmp_path / "new", made.path)
    async with opened(tmp_path / "new") as again:
        restored = await again.mailboxes.folder(1, "INBOX")
        assert restored is not None
        assert restored.uidnext == 2**32 - 5
        assert restored.uidvalidity > inbox.uidvalidity


async def test_a_second_restore_refuses_and_changes_nothing(house: House, folder: Path, tmp_path: Path) -> None:
    await fill(house)
    made = await create(source(house), folder, KEY)
    await restored_to(tmp_path / "new", made.path)
    (tmp_path / "new/secret.key").write_bytes(b"mine")
    with pytest.raises(BackupError, match="empty directory"):
        await restored_to(tmp_path / "new", made.path)
    assert (tmp_path / "new/secret.key").read_bytes() == b"mine"


async def test_each_backup_holds_only_what_is_new_and_a_chain_of_three_comes_back(house: House, folder: Path, tmp_path: Path) -> None:
    await fill(house)
    made = [await create(source(house), folder, KEY)]
    for number in (1, 2):
        await house.deliver(message(100_000, 10 + number), 1, 2)
        inbox = await house.mailboxes.folder(1, "INBOX")
        assert inbox is not None
        await house.mailboxes.expunge(inbox.id, UidSet([number]), only_deleted=False)
        await house.delivery.close()
        made.append(await create(source(house), folder, KEY))
    assert [it.base for it in made] == ["", *[_id(it.path) for it in made[:2]]]
    assert [it.contents for it in made[1:]] == [2, 2]
    assert made[2].size < made[0].size / 4
    found = await verify(made[2].path, KEY)
    assert found.files == tuple(it.path.name for it in reversed(made))
    before = await state(house)
    await restored_to(tmp_path / "new", made[2].path)
    async with opened(tmp_path / "new") as again:
        after = await state(again)
        after["1/INBOX"][1].pop()
        assert after == before


def _id(path: Path) -> str:
    with ArchiveReader(path) as reader:
        return reader.header.id


async def test_contents_that_a_backup_has_are_not_read_again(house: House, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.deliver(message(100_000), 1)
    await create(source(house), folder, KEY)
    await house.deliver(message(40_000), 1)
    read: list[int] = []
    reading = house.blobs.read

    async def counting(key: str, offset: int, length: int) -> bytes:
        read.append(length)
        return await reading(key, offset, length)

    monkeypatch.setattr(house.blobs, "read", counting)
    await create(source(house), folder, KEY)
    assert sum(read) == len(message(40_000))


async def test_a_backup_builds_only_on_one_that_this_very_store_made(house: House, folder: Path, tmp_path: Path) -> None:
    first = await create(source(house), folder, KEY)
    (tmp_path / "other").mkdir()
    async with opened(tmp_path / "other") as other:
        assert not (await create(source(other), folder, KEY)).base
    assert (await create(source(house), folder, KEY)).base == _id(first.path)
    assert not (await create(source(house), folder, KEY, full=True)).base
    assert not (await create(source(house), folder, new_key())).base, "another key can't open what lies below"
    assert not (await create(source(house), tmp_path / "elsewhere", KEY)).base


async def test_a_restored_store_goes_on_with_the_chain(house: House, folder: Path, tmp_path: Path) -> None:
    await fill(house)
    await create(source(house), folder, KEY)
    second = await create(source(house), folder, KEY)
    await restored_to(tmp_path / "new", second.path)
    async with opened(tmp_path / "new") as again:
        await again.deliver(message(77), 1)
        third = await create(source(again), folder, KEY)
        assert third.base
        before = await state(again)
    await restored_to(tmp_path / "third", third.path)
    async with opened(tmp_path / "third") as last:
        assert await state(last) == before


async def test_a_chain_that_is_long_begins_anew(house: House, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postroom.operations.backup.create.LONGEST_CHAIN", 3)
    assert [bool((await create(source(house), folder, KEY)).base) for _ in range(4)] == [False, True, True, False]


async def test_a_backup_is_whole_while_mail_comes_moves_goes_and_is_tidied(house: House, folder: Path, tmp_path: Path) -> None:
    """Each message went to both shards: what the backup has of one it has in both, once, and no byte of it is wrong."""
    await fill(house)
    over = asyncio.Event()

    async def deliver_on() -> None:
        number = 0
        while not over.is_set():
            number += 1
            await house.deliver(b"Subject: n%d\r\n\r\n" % number + random.Random(number).randbytes((number % 7) * 9000) + b"\r\n", 1, 2)

    async def expunge_and_sweep() -> None:
        while not over.is_set():
            for account in (1, 2):
                inbox = await house.mailboxes.folder(account, "INBOX")
                assert inbox is not None
                await house.mailboxes.expunge(inbox.id, UidSet([max(inbox.uidnext - 40, 1)]), only_deleted=False)
            for shard in range(2):
                _, keys = await house.database.transact(shard, sweep_contents, 100, 1)
                await house.blobs.free(keys)
            await house.delivery.recover()

    tasks = [asyncio.create_task(deliver_on()), asyncio.create_task(expunge_and_sweep())]
    try:
        for _ in range(2):
            made = await create(source(house), folder, KEY)
    finally:
        over.set()
        await asyncio.gather(*tasks)
    await verify(made.path, KEY)
    await restored_to(tmp_path / "new", made.path)
    async with opened(tmp_path / "new") as again:
        mail = await state(again)
        seen = {
            account: Counter(line for *_, data in mail[f"{account}/INBOX"][1] for line in data.split(b"\r\n") if line.startswith(b"Subject: n"))
            for account in (1, 2)
        }
        assert set((seen[1] | seen[2]).values()) == {1}
        gone = {account: {int(line[10:]) for line in seen[3 - account]} - {int(line[10:]) for line in seen[account]} for account in (1, 2)}
        highest = max(int(line[10:]) for line in seen[1] | seen[2])
        assert all(number < highest - 20 for numbers in gone.values() for number in numbers), f"lost between shards: {gone} of {highest}"
    assert not await house.database.read(0, "SELECT * FROM pause")


async def test_a_message_that_passes_between_the_snapshots_of_two_shards_is_not_lost(
    house: House, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shard 0 is read, then a message is accepted in shard 1, placed in shard 0 and done with, then shard 1 is read."""
    really = house.database.snapshot

    @asynccontextmanager
    async def passing(shard: int) -> AsyncIterator[Any]:
        if shard == 1:
            await house.deliver(message(100_000), 1, 2)
            await house.delivery.close()
            assert len((await state(house))["2/INBOX"][1]) == 1
        async with really(shard) as taken:
            yield taken

    await house.deliver(b"first", 1)
    with monkeypatch.context() as patched:
        patched.setattr(house.database, "snapshot", passing)
        made = await create(source(house), folder, KEY)
    assert (await restored_to(tmp_path / "new", made.path)).handovers == 1
    async with opened(tmp_path / "new") as again:
        after = await state(again)
        assert [it[-1].endswith(message(100_000)) for it in after["2/INBOX"][1]] == [True]
    assert await house.delivery.recover() == 1
    assert len((await state(house))["2/INBOX"][1]) == 1


async def test_handovers_stay_while_snapshots_are_taken_and_sweeping_waits(house: House) -> None:
    await house.deliver(message(10), 1)
    for shard in range(2):
        await house.database.transact(shard, pauses.pause, pauses.HANDOVER, 2_000_000_000_000_000)
        await house.database.transact(shard, pauses.pause, pauses.SWEEP, 2_000_000_000_000_000)
    await house.deliver(message(20), 1, 2)
    await house.delivery.close()
    assert await house.database.read(1, "SELECT count(*) FROM handover") == [(1,)]
    inbox = await house.mailboxes.folder(1, "INBOX")
    assert inbox is not None
    await house.mailboxes.expunge(inbox.id, UidSet([1, 2]), only_deleted=False)
    now = house.mailboxes.now()
    assert await house.database.transact(1, sweep_contents, 10, now) == (0, [])
    assert await house.database.transact(1, sweep_contents, 10, now) == (0, [])
    later = 2_000_000_000_000_001
    await house.database.transact(1, sweep_contents, 10, later)
    assert (await house.database.transact(1, sweep_contents, 10, later))[0] == 1, "a pause ends by itself"
    for shard in range(2):
        await house.database.transact(shard, pauses.resume, pauses.HANDOVER)
    assert await house.delivery.recover() == 1
    assert await house.database.read(1, "SELECT count(*) FROM handover") == [(0,)]
    assert len((await state(house))["2/INBOX"][1]) == 1, "it is finished, not applied again"


async def test_a_body_that_was_moved_while_it_was_read_is_found_again(house: House, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.deliver(message(700_000), 1)
    (key,) = (await house.database.read(1, "SELECT blob FROM content"))[0]
    reading = house.blobs.read

    async def moving(wanted: str, offset: int, length: int) -> bytes:
        found = await reading(wanted, offset, length)
        if wanted == key:
            moved = await house.blobs.copy(key, len(message(700_000)))
            await house.database.transact(1, put, "UPDATE content SET blob = ?", moved)
            next(house.blobs.folder.glob("*.seg")).unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(house.blobs, "read", moving)
        made = await create(source(house), folder, KEY)
    assert not made.damaged
    await verify(made.path, KEY)


async def test_a_damaged_body_does_not_keep_the_rest_from_being_saved(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "data").mkdir()
    create_files(tmp_path / "data", 2)
    house = House(tmp_path / "data", lambda: 1_795_000_000.0)
    await house.database.open()
    await house.deliver(message(100_000), 1)
    await house.deliver(message(50_000), 1)
    segment = next(house.blobs.folder.glob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:90_000])
    made = await create(source(house), folder, KEY)
    assert made.damaged == 2
    assert (await verify(made.path, KEY)).damaged == 2
    await restored_to(tmp_path / "new", made.path)
    again = House(tmp_path / "new", lambda: 1_795_000_000.0)
    await again.database.open()
    assert len(await check(again.database, again.blobs)) == 2, "what was damaged is still known to be"
    for it in (house, again):
        await it.database.close()
        await it.blobs.close()


# The file


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A backup and one on top of it."""
    home = tmp_path_factory.mktemp("saved")

    async def make() -> list[Made]:
        async with opened(home / "data") as house:
            await fill(house)
            made = [await create(source(house), home / "backups", KEY)]
            await house.deliver(message(3000), 1)
            return [*made, await create(source(house), home / "backups", KEY)]

    (home / "data").mkdir()
    return [it.path for it in asyncio.run(make())]


@pytest.fixture(scope="module")
def harmed(saved: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a harmed copy of the second is put, beside a whole first."""
    place = tmp_path_factory.mktemp("harmed")
    shutil.copy(saved[0], place)
    return place / saved[1].name


def regions(path: Path) -> list[int]:
    """An octet of each region: magic, length, header, every part, index, trailer."""
    with ArchiveReader(path) as reader:
        reader.open(KEY)
        starts = [0, 8, 16, 18, 25, 300, reader._index_at, reader.size - 1, reader.size - 40, reader.size - 60, reader.size - 100]
        return sorted({*starts, *(part.offset + at for part in reader.index.parts for at in (0, 25, 120, 230))})


def refused(path: Path, key: Key = KEY) -> str:
    with pytest.raises(BackupError) as error:
        verify_now(path, key)
    assert not isinstance(error.value, WrongKey)
    return str(error.value)


def test_a_flipped_bit_in_any_region_is_told_as_damage(saved: list[Path], harmed: Path) -> None:
    whole = saved[1].read_bytes()
    for offset in regions(saved[1]):
        harmed.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        assert "damaged" in refused(harmed) or "newer" in refused(harmed), offset


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_told(saved: list[Path], harmed: Path, data: st.DataObject) -> None:
    whole = bytearray(saved[1].read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    harmed.write_bytes(whole)
    refused(harmed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_told(saved: list[Path], harmed: Path, data: st.DataObject) -> None:
    whole = saved[1].read_bytes()
    harmed.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    refused(harmed)


def test_a_file_with_more_behind_it_is_told(saved: list[Path], harmed: Path) -> None:
    harmed.write_bytes(saved[1].read_bytes() + b"x")
    assert "cut off or damaged" in refused(harmed)


def test_pieces_that_changed_places_are_told(saved: list[Path], harmed: Path) -> None:
    whole = saved[1].read_bytes()
    with ArchiveReader(saved[1]) as reader:
        reader.open(KEY)
        one, other = reader.index.parts[2:4]
    first, second = (whole[it.offset : it.offset + it.pieces[0].length] for it in (one, other))
    harmed.write_bytes(whole[: one.offset] + second + first + whole[other.offset + len(second) :])
    assert "damaged" in refused(harmed)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "x.backup"
    for content in (b"", b"PK\x03\x04" + bytes(500), b"POSTROOM BACKUP", b"POSTROOM BACKUP x\n" + bytes(300)):
        path.write_bytes(content)
        assert "no backup" in refused(path)
    assert "can't be read" in refused(tmp_path / "none.backup")


def test_a_backup_of_a_newer_format_is_told(saved: list[Path], harmed: Path) -> None:
    harmed.write_bytes(saved[1].read_bytes().replace(b"BACKUP 1\n", b"BACKUP 2\n", 1))
    with pytest.raises(NewerBackup, match="upgrade"):
        verify_now(harmed, KEY)


def test_a_backup_with_a_newer_schema_is_told(saved: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postroom.operations.backup.verify.newest", lambda _kind: 0)
    assert "newer Postroom" in refused(saved[1])


@pytest.mark.parametrize(
    "key", [new_key(), Key(passphrase="wrong"), Key(recipients=KEY.recipients)], ids=["other-key", "passphrase", "recipients-only"]
)
async def test_a_wrong_key_is_told_and_changes_nothing(saved: list[Path], tmp_path: Path, key: Key) -> None:
    with pytest.raises(WrongKey):
        await restored_to(tmp_path / "new", saved[0], key)
    assert list((tmp_path / "new").iterdir()) == []


async def test_a_missing_base_is_told_by_its_name_and_changes_nothing(saved: list[Path], tmp_path: Path) -> None:
    lone = tmp_path / "lone.backup"
    shutil.copy(saved[1], lone)
    with pytest.raises(BaseMissing, match=_id(saved[0])):
        await restored_to(tmp_path / "new", lone)
    assert list((tmp_path / "new").iterdir()) == []


async def test_damage_in_the_middle_leaves_the_directory_as_it_was(saved: list[Path], tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.backup"
    whole = bytearray(saved[0].read_bytes())
    with ArchiveReader(saved[0]) as reader:
        reader.open(KEY)
        whole[reader.index.parts[-1].offset + 300] ^= 1
    harmed.write_bytes(whole)
    with pytest.raises(Damaged):
        await restored_to(tmp_path / "new", harmed)
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 5, 20])
async def test_a_disk_that_is_full_leaves_no_file_and_the_next_backup_is_good(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    await fill(house)
    written = 0
    really = format_of_the_file.ArchiveWriter._write

    def full(self: Any, data: bytes) -> None:
        nonlocal written
        written += 1
        if written > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        really(self, data)

    with monkeypatch.context() as patched:
        patched.setattr(format_of_the_file.ArchiveWriter, "_write", full)
        with pytest.raises(BackupError, match="No space left"):
            await create(source(house), folder, KEY)
    assert names(folder) == []
    await verify((await create(source(house), folder, KEY)).path, KEY)


async def test_a_backup_leaves_the_disk_its_reserve(house: House, folder: Path) -> None:
    with pytest.raises(BackupError, match="nearly full"):
        await create(source(house)._replace(reserve=1 << 62), folder, KEY)
    assert names(folder) == []


async def test_a_disk_that_is_full_while_restoring_changes_nothing(saved: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_self: FileBlobs, _data: bytes) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileBlobs, "append", full)
    with pytest.raises(BackupError, match=r"No space left.*Nothing was changed"):
        await restored_to(tmp_path / "new", saved[0])
    assert list((tmp_path / "new").iterdir()) == []


async def test_what_a_killed_backup_left_is_removed_by_the_next(house: House, folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir)
    (folder / ".postroom-x.backup.partial").write_bytes(b"half")
    made = await create(source(house), folder, KEY)
    assert names(folder) == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0


async def test_two_backups_at_once_are_refused(house: House, folder: Path) -> None:
    await house.database.lock(CONTROL, "backup")
    with pytest.raises(BackupError, match="Another backup"):
        await create(source(house), folder, KEY)
    await house.database.unlock(CONTROL, "backup")


async def test_a_passphrase_opens_what_it_made_and_another_does_not(house: House, folder: Path) -> None:
    made = await create(source(house), folder, Key(passphrase="correct horse"))
    await verify(made.path, Key(passphrase="correct horse"))
    with pytest.raises(WrongKey, match="passphrase"):
        await verify(made.path, Key(passphrase="battery staple"))


async def test_recipients_alone_make_backups_that_build_on_each_other(house: House, folder: Path) -> None:
    public = Key(recipients=KEY.recipients)
    await house.deliver(message(10), 1)
    await create(source(house), folder, public)
    second = await create(source(house), folder, public)
    assert second.base
    assert (await verify(second.path, KEY)).messages == 1


async def test_the_key_that_opens_backups_and_the_logs_are_not_in_them(house: House, folder: Path) -> None:
    data = house.blobs.folder.parent
    (data / "logs").mkdir()
    (data / "logs/server.log").write_text("line")
    (data / "backup.key").write_text("AGE")
    made = await create(source(house)._replace(leave_out=(data / "logs", data / "backup.key")), folder, KEY)
    files = [name for name in (await verify(made.path, KEY)).entries if "/" not in name or name.startswith(("tls", "logs"))]
    assert files == ["secret.key", "tls/self-signed.pem"]


async def test_files_that_lie_elsewhere_come_back_under_names_of_their_own(house: House, folder: Path, tmp_path: Path) -> None:
    for number in "12":
        (tmp_path / number).mkdir()
        (tmp_path / number / "cert.pem").write_text(number)
    first, second = (tmp_path / number / "cert.pem" for number in "12")
    made = await create(source(house)._replace(elsewhere=(first, first, second, tmp_path / "none")), folder, KEY)
    await restored_to(tmp_path / "new", made.path)
    assert {path.name: path.read_text() for path in (tmp_path / "new/elsewhere").iterdir()} == {"cert.pem": "1", "1-cert.pem": "2"}


async def test_validate_looks_at_nothing_outside_the_folder(saved: list[Path], tmp_path: Path) -> None:
    place = saved[0].parent
    found = await validate(saved[0], place, KEY)
    assert found["status"] == "ok"
    assert "control/setting" in found["entries"]
    assert (await validate(saved[0].relative_to(place), place, KEY))["status"] == "ok"
    (tmp_path / "x").write_text("secret")
    for outside in (tmp_path / "x", place / "../data/secret.key", place, place / "none", tmp_path / "\0"):
        answer = await validate(outside, place, KEY)
        assert answer == {"status": "invalid", "reason": f"Only files of the backup folder are looked at: {place}."}
    assert (await validate(saved[0], place, new_key()))["status"] == "invalid"


def test_the_backups_of_a_folder_are_listed_with_what_is_wrong_with_them(saved: list[Path], tmp_path: Path) -> None:
    for path in saved:
        shutil.copy(path, tmp_path)
    (tmp_path / "broken.backup").write_bytes(b"half")
    (tmp_path / "other.txt").write_bytes(b"x")
    wrong, *good = backups(tmp_path)
    assert [it.path.name for it in good] == [path.name for path in saved]
    assert wrong.header is None
    assert "no backup" in wrong.wrong
