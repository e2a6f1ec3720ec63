"""A maildrop gives each message as it is stored, whatever is asked for next."""

from pathlib import Path

import pytest

from postroom.formats.uidset import UidSet
from postroom.mailboxes import maildrop
from postroom.mailboxes.maildrop import Gone, Maildrop
from store import House, opened

SIZES = (100, 40_000, 200, 300, 20_000, 30_000, 20_000, 400, 100_000, 500)


def message(number: int, size: int) -> bytes:
    return b"Subject: %d\r\n\r\n" % number + b"x" * size + b"\r\n"


async def whole(drop: Maildrop, uid: int) -> bytes:
    return b"".join([piece async for piece in drop.read(uid)])


@pytest.mark.parametrize("order", [range(1, 11), range(10, 0, -1), (3, 3, 9, 1, 2, 4, 3)])
async def test_messages_are_read_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    async with opened(tmp_path) as house:
        for number, size in enumerate(SIZES, 1):
            await house.deliver(message(number, size), 1)
        drop = await house.mailboxes.maildrop(1)
        for uid in order:
            octets = await whole(drop, uid)
            assert octets.endswith(message(uid, SIZES[uid - 1]))
            assert len(octets) == drop.sizes[uid - 1]


async def test_small_messages_are_read_ahead_of_their_turn_and_large_ones_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maildrop, "MOST_AHEAD", 3)
    async with opened(tmp_path) as house:
        for number in range(5):
            await house.deliver(message(number, 10), 1)
        drop, reads = await house.mailboxes.maildrop(1), counted(house, monkeypatch)
        for uid in (1, 2, 3, 4):
            await whole(drop, uid)
        assert len(reads) == 2


def counted(house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    reads: list[str] = []
    read = house.database.glance

    async def noted(shard: int, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        reads.append(sql)
        return await read(shard, sql, parameters)

    monkeypatch.setattr(house.database, "glance", noted)
    return reads


async def test_a_message_that_went_before_it_was_read_is_gone(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        for number in range(3):
            await house.deliver(message(number, 10), 1)
        drop = await house.mailboxes.maildrop(1)
        folder = await house.mailboxes.folder(1, "INBOX")
        assert folder is not None
        await house.mailboxes.expunge(folder.id, UidSet([2]), only_deleted=False)
        with pytest.raises(Gone):
            await whole(drop, 2)
        assert await whole(drop, 1)
