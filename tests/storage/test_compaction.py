"""Segments that are mostly waste come back as free space, and nothing that a row names or may soon name is touched."""

import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from postroom.errors import Unavailable
from postroom.formats.uidset import UidSet
from postroom.mailboxes.bodies import Bodies
from postroom.mailboxes.contents import sweep_contents
from postroom.storage import files
from postroom.storage.blobs import Names, Tidied
from postroom.storage.files import FileBlobs
from store import House, opened

BODY = 40_000


def message(number: int, size: int = BODY) -> bytes:
    return b"Subject: %d\r\n\r\n" % number + bytes([65 + number % 26]) * size + b"\r\n"


@pytest.fixture(autouse=True)
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SEGMENT_BYTES", 4 * BODY)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Twenty messages of 40 KB in five segments, an hour ago; all but every fifth are gone."""
    async with opened(tmp_path) as made:
        for number in range(20):
            await made.deliver(message(number), 1)
        await expunge(made, [number for number in range(1, 21) if number % 5])
        yield made


async def expunge(house: House, uids: list[int]) -> None:
    folder = await house.mailboxes.folder(1, "INBOX")
    assert folder is not None
    await house.mailboxes.expunge(folder.id, UidSet(uids), only_deleted=False)
    for _ in range(2):
        for shard in range(house.database.shards):
            await house.database.transact(shard, sweep_contents, 100)


def age(house: House) -> None:
    for path in house.blobs.folder.rglob("*"):
        os.utime(path, (1_000_000, 1_000_000))


def segments(house: House) -> set[str]:
    return {path.name for path in house.blobs.folder.glob("*.seg")}


async def tidy(house: House, names: Names | None = None) -> Tidied:
    return await house.blobs.tidy(names or Bodies(house.database))


async def bodies(house: House) -> list[bytes]:
    rows = await house.database.read(house.mailboxes.shard_of(1), "SELECT blob, size FROM content ORDER BY id")
    return [await house.blobs.read(blob, 0, size) for blob, size in rows]


async def test_living_bodies_are_moved_and_the_file_goes_one_round_later(house: House) -> None:
    whole, before = await bodies(house), segments(house)
    age(house)
    assert await tidy(house) == Tidied(0, 3)  # the fourth lies in the segment in hand
    assert await bodies(house) == whole
    assert before <= segments(house)
    freed = 0
    for _ in range(3):
        age(house)
        freed += (await tidy(house)).freed
    assert freed > 15 * BODY
    assert await bodies(house) == whole
    assert not segments(house) & before


async def test_what_was_written_in_the_last_hour_is_left_alone(house: House) -> None:
    before = segments(house)
    for _ in range(3):
        assert await tidy(house) == Tidied(0, 0)
    assert segments(house) == before


async def test_the_segment_that_any_process_writes_is_left_alone(house: House) -> None:
    other = FileBlobs(house.blobs.folder.parent)
    key = await other.append(b"not named yet")
    for _ in range(4):
        age(house)
        await tidy(house)
    assert await other.read(key, 0, 100) == b"not named yet"
    await other.close()
    for _ in range(2):
        age(house)
        await tidy(house)
    with pytest.raises(Unavailable):
        await house.blobs.read(key, 0, 100)


class Crashing(Bodies):
    """The database of a process that dies before or after it changed the rows."""

    def __init__(self, house: House, *, before: bool) -> None:
        super().__init__(house.database)
        self._before = before

    async def change(self, keys: Mapping[str, str]) -> None:
        if not self._before:
            await super().change(keys)
        raise Unavailable("the process ended")


@pytest.mark.parametrize("before", [True, False])
async def test_a_crash_between_the_steps_leaves_waste_only(house: House, before: bool) -> None:
    whole = await bodies(house)
    age(house)
    with pytest.raises(Unavailable):
        await tidy(house, Crashing(house, before=before))
    assert await bodies(house) == whole
    for _ in range(8):
        age(house)
        await tidy(house)
    assert await bodies(house) == whole
    assert sum(path.stat().st_size for path in house.blobs.folder.glob("*.seg")) < 16 * BODY


async def test_a_body_deleted_while_it_was_moved_stays_deleted(house: House) -> None:
    class Late(Bodies):
        async def change(self, keys: Mapping[str, str]) -> None:
            await expunge(house, [5, 10, 15])
            await super().change(keys)

    age(house)
    await tidy(house, Late(house.database))
    rows = await house.database.read(house.mailboxes.shard_of(1), "SELECT count(*) FROM content")
    assert rows == [(1,)]


async def test_a_damaged_body_is_not_moved(house: House) -> None:
    rows = await house.database.read(house.mailboxes.shard_of(1), "SELECT blob FROM content ORDER BY id LIMIT 1")
    name = rows[0][0].split(":")[1]
    path = house.blobs.folder / name
    content = path.read_bytes()
    path.write_bytes(content[: int(rows[0][0].split(":")[2]) + 10])
    for _ in range(3):
        age(house)
        await tidy(house)
    assert path.exists()
    path.write_bytes(content)


async def test_large_files_without_a_row_are_removed_and_others_stay(house: House) -> None:
    await house.deliver(message(1, 1_200_000), 1)
    path = house.blobs.spool_path()
    path.write_bytes(b"lost by a crash")
    lost = await house.blobs.adopt(path)
    assert await tidy(house) == await tidy(house) == Tidied(0, 0)
    age(house)
    await tidy(house)
    assert await house.blobs.read(lost, 0, 4) == b"lost"
    age(house)
    await tidy(house)
    with pytest.raises(Unavailable):
        await house.blobs.read(lost, 0, 4)
    assert len(await bodies(house)) == 5
