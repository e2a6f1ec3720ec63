"""IMAP folders and their permissions, by the numbered lines."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, modelhouse
from modelmail import account, delivered, folders, inbox, reached, stored
from postroom.directory.permissions import FolderPermission
from postroom.mailboxes.folders import LEVEL, PUBLIC
from postroom.model.caller import Context, Level, Login
from postroom.model.description import CLASSES
from postroom.model.errors import AccessRefused, BadIndex, Failed
from postroom.model.folders import IMAPFolders
from postroom.model.object import Object


async def public(house: ModelHouse, level: Level = Level.SERVER) -> Hand:
    """Give the public top folders, as Settings does."""
    caller = house.caller()
    context = Context(house.house, caller, Login(level))
    return Hand(caller, await IMAPFolders.reach(context, Object(context)))


async def names(house: ModelHouse, name: str = "alice") -> list[str]:
    """List the stored names of an account's folders without the standard ones."""
    number = (await house.house.directory.accounts.get(f"{name}@example.test")).id
    return [one.name for one in await house.house.mailboxes.folders(number) if one.name not in STANDARD]


STANDARD = ("INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive")


async def test_model_8_15_folders_are_one_level_each_in_unicode(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        told: list[str] = []
        alice = await account(house)
        house.house.mailboxes.watch_folders(await alice("ID"), lambda: told.append("changed"))
        top = await reached(alice, "IMAPFolders")
        assert await top("Count") == len(STANDARD)
        notes = await top("Add", "Notiz \u00e4\u4e2d")  # 2.2: at once
        assert told
        assert await top("Count") == len(STANDARD) + 1
        below = await (await notes("SubFolders"))("Add", "Inner")
        assert await names(house) == ["Notiz \u00e4\u4e2d", f"Notiz \u00e4\u4e2d{LEVEL}Inner"]
        assert (await notes("ParentID"), await below("ParentID"), await below("Name")) == (-1, await notes("ID"), "Inner")
        assert (await notes("Subscribed"), await notes("CurrentUID")) == (False, 0)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", await notes("CreationTime"))
        assert await (await reached(alice, "IMAPFolders"))("Count") == len(STANDARD) + 1
        assert await notes("SubFolders.Count") == 1
        again = await top("ItemByName", "nOTIZ \u00e4\u4e2d")
        assert await again("ID") == await notes("") == await (await top("ItemByDBID", await notes("ID")))("ID")
        with pytest.raises(BadIndex):
            await top("ItemByDBID", await below("ID"))
        await delivered(house)
        assert await (await inbox(house))("CurrentUID") == 1


async def test_model_2_4_folders_stand_by_id(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        top = await folders(house)
        for name in ("b", "a"):
            await top("Add", name)
        top = await folders(house)
        ids = [await (await top("Item", at))("ID") for at in range(await top("Count"))]
        assert ids == sorted(ids)
        assert await (await top("Item", len(ids) - 1))("Name") == "a"


@pytest.mark.parametrize("wrong", ["", "a/b", "a.b", f"a{LEVEL}b", "a\tb", "x" * 2000])
async def test_model_4_10_a_name_that_is_no_level_is_refused(tmp_path: Path, wrong: str) -> None:
    async with modelhouse(tmp_path) as house:
        if house.house.settings.imap_hierarchy_delimiter not in wrong and wrong in {"a/b", "a.b"}:
            return
        top = await folders(house)
        with pytest.raises(Failed, match=r"^Folder could not be saved\.$"):
            await top("Add", wrong)
        folder = await top("Add", "good")
        await folder.put("Name", wrong)
        with pytest.raises(Failed, match=r"^Folder could not be saved\.$"):
            await folder("Save")


async def test_model_4_10_a_folder_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        top = await folders(house)
        for name in ("INBOX", "inbox", "dRAFTS"):
            with pytest.raises(Failed, match=r"^Folder with specified name already exists$"):
                await top("Add", name)
        one = await top("Add", "one")
        await one.put("Name", "Drafts")
        with pytest.raises(Failed, match=r"^Folder with specified name already exists$"):
            await one("Save")
        with pytest.raises(Failed, match=r"^It is only possible to modify permissions for public folders\.$"):
            await one("Permissions")


async def test_a_folder_is_renamed_with_all_below_it_and_subscribed(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        one = await (await folders(house))("Add", "one")
        inner = await (await one("SubFolders"))("Add", "inner")
        await one.set(Name="\u00fcber", Subscribed=True)
        await one("Save")
        assert await names(house) == ["\u00fcber", f"\u00fcber{LEVEL}inner"]
        again = await (await folders(house))("ItemByName", "\u00fcber")
        assert (await again("ID"), await again("Subscribed")) == (await one("ID"), True)
        assert await (await again("SubFolders.Item", 0))("ID") == await inner("ID")
        await one.put("Subscribed", False)
        await one("Save")
        assert await (await (await folders(house))("ItemByName", "\u00fcber"))("Subscribed") is False
        box = await inbox(house)
        await box.put("Name", "other")
        with pytest.raises(Failed, match=r"^Folder could not be saved\.$"):
            await box("Save")


async def test_model_2_7_a_folder_is_deleted_with_all_in_it(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        top = await folders(house)
        for name in ("one", "two"):
            folder = await top("Add", name)
            below = await (await folder("SubFolders"))("Add", "below")
            message = await below("Messages.Add")
            await message("Save")
        await folder("Delete")
        assert await names(house) == ["one", f"one{LEVEL}below"]
        await top("DeleteByDBID", await (await top("ItemByName", "one"))("ID"))
        assert await names(house) == []
        assert await top("Count") == len(STANDARD)
        with pytest.raises(BadIndex):  # 2.6
            await top("DeleteByDBID", 999_999)
        with pytest.raises(Failed, match="INBOX can't be deleted"):
            await (await inbox(house))("Delete")


async def test_model_8_14_an_account_that_is_not_saved_has_no_folders(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        alice = await account(house)
        unsaved: Any = CLASSES["Account"].made
        record = alice.object.record  # type: ignore[attr-defined]
        new = Hand(alice.caller, unsaved(alice.object.context, dataclasses.replace(record, id=0)))
        with pytest.raises(BadIndex):
            await reached(new, "IMAPFolders")


async def test_model_8_15_public_folders_are_nobodys_and_subscribed(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        top = await public(house)
        assert await top("Count") == 0
        shared = await top("Add", "Shared")
        inner = await (await shared("SubFolders"))("Add", "Inner")
        assert (await shared("Subscribed"), await shared("ParentID"), await inner("ParentID")) == (True, -1, await shared("ID"))
        message = await inner("Messages.Add")
        await message.put("Subject", "for all")
        await message("Save")
        (content,) = await stored(house, inner)
        assert b"Subject: for all" in content
        path = Path(await message("Filename"))
        assert path == tmp_path / "Data" / "#Public" / path.name[1:3] / path.name  # 10.1, 10.2
        assert await (await public(house))("Count") == 1
        assert [one.name for one in await house.house.mailboxes.folders(PUBLIC)] == ["Shared", f"Shared{LEVEL}Inner"]
        await shared("Delete")
        assert await house.house.mailboxes.folders(PUBLIC) == []


async def test_model_16_1_permissions_are_bits(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        shared = await (await public(house))("Add", "Shared")
        permissions = await shared("Permissions")
        one = await permissions("Add")
        assert [await one(name) for name in ("ID", "PermissionType", "Value", "ShareFolderID")] == [0, 0, 0, await shared("ID")]  # 5.8
        number = await (await account(house))("ID")
        await one.set(PermissionAccountID=number)
        for bit in (1, 2, 1024):
            await one.put("Permission", bit, True)
        await one.put("Permission", 2, False)
        assert await one("Value") == 1025
        assert [await one("Permission", 1 << bit) for bit in range(11)] == [True, *[False] * 9, True]
        assert await permissions("Count") == 0
        await one("Save")
        assert (await permissions("Count"), await one("ID") > 0) == (1, True)
        again = await shared("Permissions")
        found = await again("ItemByName", "ALICE@example.test")
        assert (await found("Value"), await (await found("Account"))("Address")) == (1025, "alice@example.test")
        with pytest.raises(BadIndex):
            await again("ItemByName", "bob@example.test")
        found = await again("Add")
        await found.set(PermissionType=2, Value=3)
        await found("Save")
        with pytest.raises(BadIndex):
            await found("Account")
        with pytest.raises(BadIndex):
            await found("Group")
        assert await (await again("ItemByName", "anyone"))("PermissionType") == 2
        await again("Refresh")
        assert await again("Count") == 2
        await again("Delete", 7)
        await again("DeleteByDBID", 999)
        await again("Delete", 1)
        await (await again("ItemByDBID", await one("ID")))("Delete")
        assert await (await shared("Permissions"))("Count") == 0


async def test_model_16_2_permissions_go_with_their_account_and_their_folder(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        records = house.house.directory.records
        shared = await (await public(house))("Add", "Shared")
        alice = (await house.house.directory.accounts.get("alice@example.test")).id
        for kind, number in ((0, alice), (0, 999), (2, alice)):
            await records.save(FolderPermission(0, await shared("ID"), kind, 0, number, 1))
        await house.house.directory.accounts.remove("alice@example.test")
        assert [(one.kind, one.account_id) for one in await records.list(FolderPermission)] == [(0, 999), (2, alice)]
        await shared("Delete")
        assert await records.list(FolderPermission) == []


async def test_model_3_13_a_permission_is_added_by_a_domain_administrator_at_least(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        shared = await (await public(house))("Add", "Shared")
        for level, allowed in ((Level.USER, False), (Level.DOMAIN, True), (Level.SERVER, True)):
            permissions = Hand(shared.caller, CLASSES["IMAPFolderPermissions"].made(Context(house.house, shared.caller, Login(level)), shared.object))  # type: ignore[call-arg]
            if allowed:
                assert await permissions("Add") is not None
            else:
                with pytest.raises(AccessRefused):
                    await permissions("Add")
