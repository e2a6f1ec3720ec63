"""The scale benchmark's data directory is one that a server would have made."""

from pathlib import Path

from benchmarks.filling import MESSAGE_BYTES, fill_house, message
from benchmarks.scale import sizes

from postroom.operations.check import check
from postroom.runtime.config import Configuration
from postroom.runtime.house import House


def test_each_message_is_another_one_of_its_size() -> None:
    made = {message(number) for number in range(100)}
    assert len(made) == 100
    assert all(MESSAGE_BYTES - 8 < len(one) <= MESSAGE_BYTES for one in made)


def test_the_curve_ends_at_the_largest_folder() -> None:
    assert sizes(1_000_000) == [0, 10_000, 100_000, 1_000_000]
    assert sizes(5) == [0, 5]


async def test_a_filled_directory_is_proven_and_its_accounts_can_log_in(tmp_path: Path) -> None:
    config = Configuration(data=tmp_path / "data", logs=tmp_path / "logs", workers=1)
    await fill_house(config, "example.test", {"full": 20, "empty": 0}, 5, "secret-1")
    house = await House.enter(config)
    try:
        assert await check(house.database, house.blobs) == []
        account = await house.directory.authenticate("127.0.0.1", "full@example.test", "secret-1")
        assert (await house.mailboxes.usage(account.id))[1] == 20
        assert await house.directory.accounts.count() == 5
    finally:
        await house.close()
