"""Folders and messages, as IMAP will use them; every test ends with a proof of the whole store."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postroom.formats.flags import DELETED, FLAGGED, SEEN
from postroom.formats.uidset import UidSet
from postroom.mailboxes.changes import Change
from postroom.mailboxes.folders import LEVEL, Folder, FolderError
from postroom.mailboxes.messages import How
from postroom.mailboxes.placing import NoFolder
from postroom.storage.database import DatabaseUnavailable, Interrupted, shard_of_id
from store import House, opened

MESSAGE = b"From: alice@example.test\r\nSubject: hello\r\n\r\nhello\r\n"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as made:
        yield made


async def inbox(house: House, account: int = 1) -> Folder:
    folder = await house.mailboxes.folder(account, "INBOX")
    assert folder is not None
    return folder


def uids(text: str) -> UidSet:
    return UidSet.parse(text.encode())


async def flags(house: House, folder: Folder) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    async for rows in house.mailboxes.fetch(folder.id, uids("1:4000000000"), ("uid", "flags", "keywords")):
        found |= {row[0]: (row[1], row[2]) for row in rows}
    return found


async def test_a_new_account_has_the_standard_folders(house: House) -> None:
    folders = await house.mailboxes.folders(1)
    assert {folder.name: folder.special_use for folder in folders} == {
        "INBOX": "",
        "Drafts": "\\Drafts",
        "Sent": "\\Sent",
        "Junk": "\\Junk",
        "Trash": "\\Trash",
        "Archive": "\\Archive",
    }
    assert len({folder.uidvalidity for folder in folders}) == len(folders)
    assert all(0 < folder.id < 2**31 for folder in folders)


async def test_making_a_folder_makes_its_parents(house: House) -> None:
    await house.mailboxes.create_folder(1, LEVEL.join(("a", "b", "c")))
    names = [folder.name for folder in await house.mailboxes.folders(1)]
    assert {"a", f"a{LEVEL}b", f"a{LEVEL}b{LEVEL}c"} <= set(names)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sent", "ALREADYEXISTS"),
        ("inbox", "CANNOT"),
        (f"a{LEVEL}{LEVEL}b", "CANNOT"),
        ("a\r\nb", "CANNOT"),
        ("x" * 1001, "LIMIT"),
        (LEVEL.join("x" * 51), "LIMIT"),
    ],
)
async def test_a_name_that_can_not_be_is_refused(house: House, name: str, code: str) -> None:
    await house.mailboxes.folders(1)
    with pytest.raises(FolderError) as refused:
        await house.mailboxes.create_folder(1, name)
    assert refused.value.code == code


async def test_a_special_use_belongs_to_one_folder(house: House) -> None:
    with pytest.raises(FolderError, match="used as"):
        await house.mailboxes.create_folder(1, "Other", "\\Sent")


async def test_a_folder_with_folders_below_it_is_not_deleted(house: House) -> None:
    await house.mailboxes.create_folder(1, f"a_{LEVEL}b")
    await house.mailboxes.create_folder(1, "ax")
    with pytest.raises(FolderError) as refused:
        await house.mailboxes.delete_folder(1, "a_")
    assert refused.value.code == "HASCHILDREN"
    await house.mailboxes.delete_folder(1, f"a_{LEVEL}b")
    await house.mailboxes.delete_folder(1, "a_")
    assert await house.mailboxes.folder(1, "ax") is not None
    for missing, code in (("a_", "NONEXISTENT"), ("INBOX", "CANNOT")):
        with pytest.raises(FolderError) as refused:
            await house.mailboxes.delete_folder(1, missing)
        assert refused.value.code == code


async def test_a_folder_made_again_has_a_higher_uidvalidity(house: House) -> None:
    first = await house.mailboxes.create_folder(1, "x")
    await house.mailboxes.delete_folder(1, "x")
    second = await house.mailboxes.create_folder(1, "x")
    assert second.uidvalidity > first.uidvalidity


async def test_renaming_takes_the_tree_along(house: House) -> None:
    await house.mailboxes.create_folder(1, LEVEL.join(("a", "b", "c")))
    await house.mailboxes.rename_folder(1, f"a{LEVEL}b", LEVEL.join(("n", "m")))
    names = {folder.name for folder in await house.mailboxes.folders(1)}
    assert {LEVEL.join(("n", "m", "c")), "n", "a"} <= names
    assert f"a{LEVEL}b" not in names
    for old, new, code in (("a", "n", "ALREADYEXISTS"), ("zzz", "q", "NONEXISTENT"), ("n", f"n{LEVEL}x", "CANNOT")):
        with pytest.raises(FolderError) as refused:
            await house.mailboxes.rename_folder(1, old, new)
        assert refused.value.code == code


async def test_renaming_inbox_moves_its_messages_and_leaves_it_empty(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    view = await house.mailboxes.open(await inbox(house))
    await house.mailboxes.rename_folder(1, "INBOX", "Old")
    assert (await inbox(house)).messages == 0
    assert not view.uids
    old = await house.mailboxes.folder(1, "Old")
    assert old is not None
    assert old.messages == 1


async def test_names_are_subscribed_to_with_and_without_a_folder(house: House) -> None:
    await house.mailboxes.subscribe(1, "Sent", on=False)
    await house.mailboxes.subscribe(1, "Nowhere", on=True)
    assert await house.mailboxes.subscriptions(1) == ["Nowhere"]
    await house.mailboxes.create_folder(1, "Nowhere")
    assert await house.mailboxes.subscriptions(1) == []
    await house.mailboxes.delete_folder(1, "Nowhere")
    assert await house.mailboxes.subscriptions(1) == ["Nowhere"], "deleting a folder keeps the subscription (RFC 3501 6.3.9)"


async def test_a_folder_takes_on_the_subscription_of_the_name_that_it_is_given(house: House) -> None:
    await house.mailboxes.subscribe(1, "Later", on=True)
    await house.mailboxes.create_folder(1, "Now")
    await house.mailboxes.subscribe(1, "Now", on=False)
    await house.mailboxes.rename_folder(1, "Now", "Later")
    renamed = await house.mailboxes.folder(1, "Later")
    assert renamed is not None
    assert renamed.subscribed
    assert await house.mailboxes.subscriptions(1) == []


async def test_flags_are_replaced_added_and_removed(house: House) -> None:
    for _ in range(3):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("1:3"), How.ADD, SEEN, ["$Work", "apple"])
    await house.mailboxes.store(folder.id, uids("2"), How.REMOVE, SEEN, ["APPLE"])
    stored = await house.mailboxes.store(folder.id, uids("3"), How.REPLACE, FLAGGED | DELETED)
    assert stored.changed[0].flags == FLAGGED | DELETED
    assert await flags(house, folder) == {1: (SEEN, "$Work apple"), 2: (0, "$Work"), 3: (FLAGGED | DELETED, "")}
    folder = await inbox(house)
    assert (folder.unseen, folder.deleted) == (2, 1)


async def test_the_flags_of_a_run_are_read_together_unless_one_is_gone_or_has_keywords(house: House) -> None:
    for _ in range(5):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("2"), How.ADD, SEEN)
    await house.mailboxes.store(folder.id, uids("4"), How.ADD, FLAGGED, ["$Work"])
    await house.mailboxes.expunge(folder.id, uids("5"), only_deleted=False)
    assert await house.mailboxes.plain_flags(folder.id, 1, 3) == ["0", "1", "0"]
    assert await house.mailboxes.plain_flags(folder.id, 2, 4) is None
    assert await house.mailboxes.plain_flags(folder.id, 5, 5) is None


async def test_keywords_of_a_message_are_bounded(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    with pytest.raises(FolderError) as refused:
        await house.mailboxes.store(folder.id, uids("1"), How.ADD, 0, [f"word{n}" for n in range(1000)])
    assert refused.value.code == "LIMIT"


async def test_a_store_that_changes_nothing_takes_no_modseq(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    stored = await house.mailboxes.store(folder.id, uids("1:*".replace("*", "9")), How.REMOVE, SEEN)
    assert stored.changed == []
    assert (await inbox(house)).modseq == folder.modseq


async def test_unchangedsince_leaves_newer_messages_alone(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    before = folder.modseq
    await house.mailboxes.store(folder.id, uids("1"), How.ADD, SEEN)
    stored = await house.mailboxes.store(folder.id, uids("1:2"), How.ADD, FLAGGED, (), before)
    assert stored.modified == [1]
    assert [item.uid for item in stored.changed] == [2]


async def test_expunge_takes_only_what_is_deleted_and_uids_are_not_used_again(house: House) -> None:
    for _ in range(4):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("2,4"), How.ADD, DELETED)
    assert await house.mailboxes.expunge(folder.id, uids("1:3")) == uids("2")
    assert await house.mailboxes.expunge(folder.id, uids("1:9")) == uids("4")
    accepted = await house.deliver(MESSAGE, 1)
    assert accepted.placed[0].uid == 5
    assert sorted(await flags(house, folder)) == [1, 3, 5]


async def test_a_copy_keeps_flags_dates_and_order(house: House) -> None:
    for _ in range(4):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("3"), How.ADD, SEEN, ["x"])
    await house.mailboxes.store(folder.id, uids("2"), How.ADD, DELETED)
    await house.mailboxes.expunge(folder.id, uids("2"))
    target = await house.mailboxes.folder(1, "Archive")
    assert target is not None
    copied = await house.mailboxes.copy(folder.id, uids("1:9"), target)
    assert copied.source == ((1, 1), (3, 4))
    assert copied.target == ((1, 3),)
    assert await flags(house, target) == {1: (0, ""), 2: (SEEN, "x"), 3: (0, "")}


async def test_a_folder_may_be_copied_into_itself(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.copy(folder.id, uids("1:9"), folder)
    assert (await inbox(house)).messages == 2


async def test_a_move_takes_messages_away_in_the_same_step(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    target = await house.mailboxes.folder(1, "Trash")
    assert target is not None
    assert (await house.mailboxes.move(folder.id, uids("2"), target)).source == ((2, 2),)
    assert (await inbox(house)).messages == 1
    assert list(await flags(house, target)) == [1]


async def test_what_is_done_to_a_folder_that_is_gone_says_so(house: House) -> None:
    folder = await house.mailboxes.create_folder(1, "x")
    await house.mailboxes.delete_folder(1, "x")
    for attempt in (
        house.mailboxes.store(folder.id, uids("1"), How.ADD, SEEN),
        house.mailboxes.expunge(folder.id, uids("1")),
        house.mailboxes.copy(folder.id, uids("1"), folder),
        house.mailboxes.open(folder),
    ):
        with pytest.raises(NoFolder):
            await attempt


async def test_a_view_follows_what_others_do(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    view = await house.mailboxes.open(folder)
    heard: list[Change] = []
    view.listen(heard.append)
    await house.deliver(MESSAGE, 1, 2)
    await house.mailboxes.store(folder.id, uids("1"), How.ADD, DELETED)
    await house.mailboxes.expunge(folder.id, uids("1"))
    assert [(change.arrived, change.vanished, bool(change.flags)) for change in heard] == [
        ((2, 2), (), False),
        (None, (), True),
        (None, ((1, 1),), False),
    ]
    assert view.uids == uids("2")
    assert view.uidnext == 3
    assert await house.mailboxes.open(folder) is view
    view.leave(heard.append)


async def interrupted(house: House, folder: Folder) -> None:
    """Let the writer of a folder's shard be started again."""
    house.mailboxes._hear(Interrupted(shard_of_id(folder.id)))
    await asyncio.gather(*house.mailboxes._catching_up)


async def test_a_view_whose_writer_was_started_again_learns_all_that_it_missed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    view = await house.mailboxes.open(folder)
    heard: list[Change] = []
    view.listen(heard.append)
    monkeypatch.setattr(view, "apply", lambda _: None)  # what the old writer announced last is lost
    await house.mailboxes.store(folder.id, uids("1"), How.ADD, SEEN)
    await house.mailboxes.store(folder.id, uids("2"), How.ADD, FLAGGED)
    await house.mailboxes.expunge(folder.id, uids("3"), only_deleted=False)
    await house.deliver(MESSAGE, 1)
    monkeypatch.undo()
    await interrupted(house, folder)
    (change,) = heard
    assert (change.arrived, change.vanished) == ((4, 4), ((3, 3),))
    assert change.flags is not None
    assert [(item.uid, item.flags) for item in change.flags] == [(1, SEEN), (2, FLAGGED)]
    assert (view.uids, view.uidnext) == (uids("1:2,4"), 5)


async def test_what_is_announced_while_a_view_catches_up_is_not_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    view = await house.mailboxes.open(folder)
    monkeypatch.setattr(view, "apply", lambda _: None)
    await house.mailboxes.store(folder.id, uids("1"), How.ADD, SEEN)
    monkeypatch.undo()
    read = house.mailboxes._read_folder

    async def read_and_then_one_arrives(folder_id: int) -> tuple[Folder, UidSet]:
        found = await read(folder_id)
        await house.deliver(MESSAGE, 1)
        return found

    monkeypatch.setattr(house.mailboxes, "_read_folder", read_and_then_one_arrives)
    heard: list[Change] = []
    view.listen(heard.append)
    await interrupted(house, folder)
    assert [(change.arrived, bool(change.flags)) for change in heard] == [(None, True), ((2, 2), False)]
    assert view.uids == uids("1:2")


async def test_a_folder_that_was_deleted_is_empty_to_those_who_have_it_open(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.deliver(MESSAGE, 1)
    for number, lost in enumerate((False, True)):
        folder = await house.mailboxes.create_folder(1, f"Work {number}")
        await house.mailboxes.copy((await inbox(house)).id, uids("1"), folder)
        view = await house.mailboxes.open(folder)
        if lost:
            monkeypatch.setattr(view, "apply", lambda _: None)
        await house.mailboxes.delete_folder(1, folder.name)
        monkeypatch.undo()
        await interrupted(house, folder)
        assert not view.uids


async def test_the_first_unseen_message_is_found_again_after_changes(house: House) -> None:
    for _ in range(5):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("1:3"), How.ADD, SEEN)
    assert await house.mailboxes.first_unseen(await inbox(house)) == 4
    assert (await inbox(house)).seen_below == 4
    await house.mailboxes.store(folder.id, uids("2"), How.REMOVE, SEEN)
    assert await house.mailboxes.first_unseen(await inbox(house)) == 2
    await house.mailboxes.store(folder.id, uids("1:5"), How.ADD, SEEN)
    assert await house.mailboxes.first_unseen(await inbox(house)) == 0


async def test_the_first_unseen_message_is_found_while_nothing_can_be_written(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("1:2"), How.ADD, SEEN)
    folder = await inbox(house)

    async def fail(*_: object) -> None:
        raise DatabaseUnavailable("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(house.database, "transact", fail)
        assert await house.mailboxes.first_unseen(folder) == 3


async def test_changes_since_a_modseq_are_those_whose_flags_changed(house: House) -> None:
    for _ in range(3):
        await house.deliver(MESSAGE, 1)
    folder = await inbox(house)
    await house.mailboxes.store(folder.id, uids("2"), How.ADD, SEEN)
    assert [change.uid for change in await house.mailboxes.changes_since(folder.id, folder.modseq)] == [2]


async def test_removing_a_mailbox_removes_all_its_mail(house: House) -> None:
    await house.deliver(MESSAGE, 1)
    await house.deliver(MESSAGE, 1, 3)
    await house.mailboxes.remove_mailbox(1)
    assert await house.mailboxes.usage(1) == (0, 0)
    assert (await inbox(house)).messages == 0
