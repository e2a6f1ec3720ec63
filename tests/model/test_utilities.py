"""Utilities, by the numbered lines."""

from __future__ import annotations

import asyncio
import os
import re
import time
from pathlib import Path

import pytest

from delivery.outgoing import Names
from modelhouse import Hand, ModelHouse, modelhouse
from modelmail import LETTER, account, delivered, folders, inbox, reached, stored
from postroom.model import files
from postroom.model.caller import Caller, Origin
from postroom.model.errors import AccessRefused, Failed

PURE: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("GetMailServer", ("a@remote.test",)), ("IsValidEmailAddress", ("a@b.example",)), ("IsValidDomainName", ("b.example",)), ("MD5", ("x",)),
    ("BlowfishEncrypt", ("x",)), ("BlowfishDecrypt", ("08d04d2ef52d64ce",)), ("GenerateGUID", ()), ("IsLocalHost", ("localhost",)),
    ("IsStrongPassword", ("a", "b")), ("SHA256", ("x",)), ("CriteriaMatch", ("a", 1, "a")), ("IsValidIPAddress", ("::1",)),
)  # fmt: skip
ADMINISTRATORS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("MakeDependent", ("x",)), ("ImportMessageFromFile", ("x", 0)), ("EmailAllAccounts", ("*", "a@b.example", "", "", "")), ("RunTestSuite", ("x",)),
    ("ImportMessageFromFileToIMAPFolder", ("x", 1, "y")), ("RetrieveMessageID", ("x",)), ("PerformMaintenance", (1,)),
)  # fmt: skip


async def utilities(house: ModelHouse) -> Hand:
    return await reached(await house.login(), "Utilities")


async def test_model_8_4_pure_functions_need_no_login_and_the_others_an_administrator(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        stranger = house.create("hMailServer.Utilities", Caller(Origin.NETWORK, "192.0.2.9"))
        here = house.create("hMailServer.Utilities")
        for name, arguments in PURE:
            await here(name, *arguments)
            if name == "GetMailServer":  # nobody on the network makes us ask the DNS
                with pytest.raises(AccessRefused):
                    await stranger(name, *arguments)
            else:
                await stranger(name, *arguments)
        user = await reached(await house.login("alice@example.test"), "Utilities")
        for name, arguments in ADMINISTRATORS:
            for hand in (here, stranger, user):
                with pytest.raises(AccessRefused):
                    await hand(name, *arguments)


async def test_model_8_4_small_functions_give_what_scripts_know(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand = house.create("hMailServer.Utilities")
        assert await hand("MD5", "Test") == "0cbc6611f5540bd0809a388dc95a615b"
        assert await hand("BlowfishEncrypt", "Test") == "08d04d2ef52d64ce"
        assert await hand("BlowfishDecrypt", " 08d04d2ef52d64ce ") == "Test"
        with pytest.raises(Failed, match="not one that BlowfishEncrypt gave"):
            await hand("BlowfishDecrypt", "x")
        with pytest.raises(Failed, match="too long"):
            await hand("BlowfishEncrypt", "x" * 100_000)
        one, two = await hand("SHA256", "x"), await hand("SHA256", "x")
        assert len(one) == 70
        assert one != two
        assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", await hand("GenerateGUID"))
        assert (await hand("IsValidEmailAddress", "a@b.example"), await hand("IsValidEmailAddress", "a b")) == (True, False)
        assert (await hand("IsValidDomainName", "b.example"), await hand("IsValidDomainName", "-b")) == (True, False)
        assert (await hand("IsValidIPAddress", "192.0.2.1"), await hand("IsValidIPAddress", "300.0.0.1")) == (True, False)
        assert (await hand("IsStrongPassword", "alice", "alice"), await hand("IsStrongPassword", "alice", "k3#Lq9")) == (False, True)


async def test_model_8_4_a_criterion_is_looked_for_in_a_value_and_never_hangs(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand = house.create("hMailServer.Utilities")
        for wanted, kind, value, expected in (
            ("ell", 2, "HELLO", True), ("5", 4, "6,5", True), ("a.c", 5, "abc", True), ("a.c", 5, "xabc", False),
            ("*.pdf", 8, "a.PDF", True), ("x", 0, "x", False),
        ):  # fmt: skip
            assert await hand("CriteriaMatch", wanted, kind, value) is expected
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0)
                ticks += 1

        task = asyncio.create_task(tick())
        assert await hand("CriteriaMatch", "(a+)+$", 5, "a" * 5000 + "b") is False
        task.cancel()
        assert ticks > 10  # others went on meanwhile


async def test_model_8_4_a_mail_server_is_found_by_its_mx_records(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        zone = Names(
            mail={"remote.test": [(10, "a.remote.test"), (20, "b.remote.test")], "null.test": [(0, "")], "bare.test": []},
            four={"a.remote.test": ["192.0.2.1"], "b.remote.test": ["192.0.2.2", "192.0.2.1"], "bare.test": ["192.0.2.3"]},
            six={"a.remote.test": ["2001:db8::1"]},
        )
        object.__setattr__(house.house, "resolver", zone)
        hand = house.create("hMailServer.Utilities")
        assert await hand("GetMailServer", "x@Remote.test") == "192.0.2.1,2001:db8::1,192.0.2.2"
        assert await hand("GetMailServer", "bare.test") == "192.0.2.3"
        for nowhere in ("x@null.test", "x@none.test", "x@", "", "x@a b"):
            assert await hand("GetMailServer", nowhere) == ""
        zone.failing = frozenset({"remote.test"})
        with pytest.raises(Failed, match="no answer"):
            await hand("GetMailServer", "x@remote.test")


async def test_model_8_4_a_local_host_is_this_machine(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        object.__setattr__(house.house, "resolver", Names(four={"here.test": ["127.0.0.1"], "there.test": ["192.0.2.1"]}))
        hand = house.create("hMailServer.Utilities")
        for name, local in (
            ("localhost", True), ("127.0.0.1", True), ("::1", True), ("MX.example.test", True), ("here.test", True), ("there.test", False),
            ("192.0.2.1", False), ("224.0.0.1", False), ("0.0.0.0", False), ("none.test", False), ("", False), ("a b", False),
        ):  # fmt: skip
            assert await hand("IsLocalHost", name) is local, name


async def test_model_8_7_a_file_of_the_data_directory_is_imported(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand, number = await utilities(house), await (await account(house))("ID")
        data, delimiter = tmp_path / "Data", house.house.settings.imap_hierarchy_delimiter
        data.mkdir()
        (data / "one.eml").write_bytes(LETTER)
        (data / "two.eml").write_bytes(LETTER.replace(b"Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0000\r\n", b""))
        assert await hand("ImportMessageFromFile", str(data / "one.eml"), number) is True
        assert not (data / "one.eml").exists()
        assert await hand("ImportMessageFromFileToIMAPFolder", "two.eml", number, f"Old{delimiter}2026") is True
        box = await inbox(house)
        assert await stored(house, box) == [LETTER]
        old = await (await folders(house))("ItemByName", "Old")
        new = await old("SubFolders.Item", 0)
        assert (await new("Name"), await new("Subscribed"), await new("Messages.Count")) == ("2026", True, 1)
        received = (await (await box("Messages.Item", 0))("InternalDate")).timestamp()
        dated = (await (await new("Messages.Item", 0))("InternalDate")).timestamp()
        assert received - dated == 3600  # the first Received, else Date
        (data / "three.eml").write_bytes(LETTER)
        with pytest.raises(Failed, match="can't be made"):
            await hand("ImportMessageFromFileToIMAPFolder", "three.eml", number, "a\tb")


async def test_model_8_7_what_is_no_file_of_ours_is_not_imported(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand, number = await utilities(house), await (await account(house))("ID")
        (tmp_path / "Data").mkdir()
        (tmp_path / "out.eml").write_bytes(LETTER)
        (tmp_path / "Data" / "link.eml").symlink_to(tmp_path / "out.eml")
        (tmp_path / "Data" / "in.eml").write_bytes(LETTER)
        for wrong in (str(tmp_path / "out.eml"), "../out.eml", "link.eml", "none.eml", "", ".", "a\0b"):
            assert await hand("ImportMessageFromFile", wrong, number) is False
        assert await hand("ImportMessageFromFile", "in.eml", 999) is False
        assert await hand("ImportMessageFromFileToIMAPFolder", "in.eml", 0, "INBOX") is False
        assert (tmp_path / "Data" / "in.eml").exists()


async def test_model_8_7_account_0_queues_for_the_local_accounts_of_to_and_cc(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand = await utilities(house)
        (tmp_path / "Data").mkdir()
        path = tmp_path / "Data" / "a.eml"
        path.write_bytes(LETTER.replace(b"To: alice@example.test", b"To: Bob <bob@example.test>, x@remote.test\r\nCc: nobody@example.test, broken@"))
        assert await hand("ImportMessageFromFile", str(path), 0) is True
        assert b"Return-Path: <j@remote.test>" in (await house.town.mail("bob@example.test"))[0]
        assert await house.town.rows("address") == []
        path.write_bytes(b"To: x@remote.test\r\n\r\nx")
        assert await hand("ImportMessageFromFile", str(path), 0) is False
        assert path.exists()


async def test_model_8_7_a_file_that_is_a_messages_own_is_known(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand, number = await utilities(house), await (await account(house))("ID")
        await delivered(house)
        message = await (await inbox(house))("Messages.Item", 0)
        path = await message("Filename")
        assert await hand("RetrieveMessageID", path) == await message("ID")
        assert await hand("RetrieveMessageID", "C:\\Data\\" + Path(path).name) == await message("ID")
        assert await hand("ImportMessageFromFile", path, number) is True
        assert await (await inbox(house))("Messages.Count") == 1
        queued = await house.town.send("x@remote.test")
        assert await hand("RetrieveMessageID", files.file_name(files.QUEUED, queued)) == queued
        for unknown in ("x.eml", "", files.file_name(files.MESSAGE, 999_999), files.file_name(files.QUEUED, 999_999), files.file_name(files.NEW, 5)):
            assert await hand("RetrieveMessageID", unknown) == 0
        forged = Path(path).name.replace("-8", "-4", 1)
        assert await hand("RetrieveMessageID", forged) == 0


async def test_model_8_8_one_message_goes_to_all_active_accounts_that_match(tmp_path: Path) -> None:
    async with modelhouse(tmp_path, ("alice", "bob", "carol", "dave")) as house:
        directory = house.house.directory
        await directory.accounts.set("carol@example.test", active=False)
        await directory.domains.add("sleeping.test")
        await directory.accounts.add("alice@sleeping.test", "secret-1")
        await directory.domains.set("sleeping.test", active=False)
        hand = await utilities(house)
        assert await hand("EmailAllAccounts", "*a*@*", "boss@remote.test", "The B\u00f6ss", "Hello \u20ac", "text\nmore") is True
        await house.town.house.delivery.close()  # accounts lie in several shards
        (found,) = await house.town.mail("alice@example.test")
        assert b"Subject: =?utf-8?q?Hello_=E2=82=AC?=" in found
        assert b"<boss@remote.test>" in found
        assert await house.town.mail("dave@example.test")
        for name in ("bob@example.test", "carol@example.test"):
            assert await house.town.mail(name) == []
        assert await hand("EmailAllAccounts", "nobody@*", "boss@remote.test", "", "", "") is False
        for sender, subject in (("no address", "x"), ("boss@remote.test", "a\r\nBcc: x@remote.test")):
            with pytest.raises(Failed):
                await hand("EmailAllAccounts", "*", sender, "", subject, "")


async def test_model_8_4_maintenance_puts_uids_in_order(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, LETTER, LETTER)
        box, database = await inbox(house), house.house.database
        await database.transact(await box("ID") % 16, _spoil, await box("ID"))
        await (await utilities(house))("PerformMaintenance", 1)
        assert await (await inbox(house))("CurrentUID") == 2
        for wrong in (0, 2):
            with pytest.raises(Failed, match=r"^Unknown maintenance operation\.$"):
                await (await utilities(house))("PerformMaintenance", wrong)


def _spoil(transaction: object, folder_id: int) -> None:
    transaction.execute("UPDATE folder SET uidnext = 1 WHERE id = ?", (folder_id,))  # type: ignore[attr-defined]


async def test_model_1_5_the_test_suite_is_silent_without_its_phrase(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        hand = await utilities(house)
        assert await hand("RunTestSuite", "wrong") is None
        with pytest.raises(Failed, match="smoke-test"):
            await hand("RunTestSuite", "I know what I am doing.")
        with pytest.raises(Failed, match="no Windows service"):
            await hand("MakeDependent", "MySQL")


async def test_files_made_for_programs_go_after_a_day_and_no_others(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, LETTER, LETTER)
        messages = await (await inbox(house))("Messages")
        old, young = [Path(await (await messages("Item", at))("Filename")) for at in (0, 1)]
        theirs = tmp_path / "Data" / "{0F8FAD5B-D9CB-469F-A165-70867728950E}.eml"
        theirs.write_bytes(b"x")
        for path in (old, theirs):
            os.utime(path, (0, 0))
        assert files.clear(tmp_path / "Data", time.time()) == 1
        assert (old.exists(), young.exists(), theirs.exists()) == (False, True, True)
        assert not old.parent.exists() or old.parent == young.parent
        assert files.clear(tmp_path / "nowhere") == 0
