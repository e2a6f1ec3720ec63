"""One mailbox or one folder comes back into a store in use: the very bytes, flags and dates, added once however often it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from operations.test_backup import KEY, fill, folder, house, message, new_key, source, state
from postroom.formats.uidset import UidSet
from postroom.operations.backup.create import create
from postroom.operations.backup.errors import BackupError, WrongKey
from postroom.operations.restore import mailbox
from postroom.operations.restore.mailbox import Wanted, restore_mailbox
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from pathlib import Path

    from postroom.storage.database import Transaction
    from store import House

pytestmark = pytest.mark.long

__all__ = ["folder", "house"]

ACCOUNT = (
    "INSERT INTO account (id, key, local, domain_id, active, admin_level, max_size, password, scram_sha_256, scram_sha_1, first_name, last_name,"
    " created) VALUES (?, ?, 'x', 1, 1, 0, 0, '', '', '', '', '', 1)"
)


def add_account(transaction: Transaction, number: int, key: str) -> None:
    transaction.execute(ACCOUNT, (number, key))


async def saved(house: House, folder: Path) -> Path:
    for number in (1, 2):
        await house.database.transact(CONTROL, add_account, number, f"user{number}@example.test")
    await fill(house)
    await create(source(house), folder, KEY)
    await house.deliver(message(5000, 3), 1)
    await house.delivery.close()
    return (await create(source(house), folder, KEY)).path


def without_uids(found: tuple[int, list[tuple[int, ...]]]) -> list[tuple[int, ...]]:
    return [row[1:] for row in found[1]]


WANTED = Wanted("user1@example.test", "", 1)


async def test_a_mailbox_comes_back_below_a_folder_with_bytes_flags_and_dates(house: House, folder: Path) -> None:
    path = await saved(house, folder)
    before = await state(house)
    returned = await restore_mailbox(path, KEY, WANTED, house.mailboxes)
    after = await state(house)
    assert returned.added == sum(len(mail) for name, (_, mail) in before.items() if name.startswith("1/"))
    for name, mail in before.items():
        assert after[name] == mail, "nothing that was there changed"
        if name.startswith("1/") and mail[1]:
            assert without_uids(after[f"1/Restored\x1f{name[2:]}"]) == without_uids(mail)


async def test_doing_it_again_adds_nothing(house: House, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "RUN", 2)
    path = await saved(house, folder)
    first = await restore_mailbox(path, KEY, WANTED, house.mailboxes)
    before = await state(house)
    again = await restore_mailbox(path, KEY, WANTED, house.mailboxes)
    assert (again.added, again.present) == (0, first.added)
    assert await state(house) == before
    assert not list(house.blobs.spool.iterdir())


async def test_what_was_removed_comes_back_into_its_own_place_when_under_is_empty(house: House, folder: Path) -> None:
    path = await saved(house, folder)
    inbox = await house.mailboxes.folder(1, "INBOX")
    assert inbox is not None
    before = {row[1:] for row in (await state(house))["1/INBOX"][1]}
    await house.mailboxes.expunge(inbox.id, UidSet([4, 6]), only_deleted=False)
    returned = await restore_mailbox(path, KEY, WANTED._replace(folder="INBOX", under=""), house.mailboxes)
    assert returned.added == 2
    assert {row[1:] for row in (await state(house))["1/INBOX"][1]} == before


async def test_two_equal_messages_of_a_folder_are_two_afterwards(house: House, folder: Path) -> None:
    await house.database.transact(CONTROL, add_account, 1, "user1@example.test")
    for _ in range(2):
        await house.deliver(message(10), 1)
    path = (await create(source(house), folder, KEY)).path
    assert (await restore_mailbox(path, KEY, WANTED, house.mailboxes)).added == 2
    assert (await restore_mailbox(path, KEY, WANTED, house.mailboxes)).present == 2


async def test_one_folder_comes_back_alone_into_another_mailbox(house: House, folder: Path) -> None:
    path = await saved(house, folder)
    own = "Own\x1fDeep & <down>"
    returned = await restore_mailbox(path, KEY, Wanted("user1@example.test", own, 2, "Old\x1fmail"), house.mailboxes)
    assert returned == (3, 0, 1)
    after = await state(house)
    assert without_uids(after[f"2/Old\x1fmail\x1f{own}"]) == without_uids(after[f"1/{own}"])


async def test_a_large_body_becomes_a_file_of_its_own_again(house: House, folder: Path) -> None:
    path = await saved(house, folder)
    large = len(list((house.blobs.folder / "large").rglob("*/*")))
    await restore_mailbox(path, KEY, WANTED._replace(folder="INBOX"), house.mailboxes)
    assert len(list((house.blobs.folder / "large").rglob("*/*"))) == large + 1


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (WANTED._replace(address_key="nobody@example.test"), "no mailbox of nobody@example.test"),
        (WANTED._replace(folder="Own\x1fnone"), "no folder 'Own/none'"),
    ],
    ids=["mailbox", "folder"],
)
async def test_what_the_backup_has_not_is_told(house: House, folder: Path, wanted: Wanted, says: str) -> None:
    path = await saved(house, folder)
    before = await state(house)
    with pytest.raises(BackupError, match=says):
        await restore_mailbox(path, KEY, wanted, house.mailboxes)
    with pytest.raises(WrongKey):
        await restore_mailbox(path, new_key(), WANTED, house.mailboxes)
    assert await state(house) == before
