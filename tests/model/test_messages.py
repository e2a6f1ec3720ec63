"""Messages of the object model, by the numbered lines of section 7."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from modelhouse import ADMINISTRATOR_PASSWORD, Hand, modelhouse
from modelmail import LETTER, account, delivered, folders, inbox, reached, stored
from postroom.delivery import queue
from postroom.directory.lists import DistributionList, ListRecipient, Mode
from postroom.formats.imap import search as keys
from postroom.formats.uidset import UidSet
from postroom.mailboxes.changes import Change
from postroom.mailboxes.messages import How
from postroom.mailboxes.search import Scope, search
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.errors import AccessRefused, BadIndex, ComError, Failed, TypeMismatch
from postroom.model.message import Message
from postroom.model.messages import RECENT, Messages
from postroom.operations.check import check


async def test_model_7_1_a_message_is_created_then_delivering_and_delivered_in_a_mailbox(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        assert [await message(name) for name in ("State", "ID", "UID", "Size", "DeliveryAttempt")] == [0, 0, 0, 0, 1]
        assert await message("InternalDate") is None
        await message.set(FromAddress="alice@example.test", Subject="x", Body="y")
        await message("AddRecipient", "Bob", "bob@example.test")
        await message("Save")
        assert (await message("State"), await message("ID") > 0) == (1, True)
        found = await (await inbox(house, "bob"))("Messages.Item", 0)
        assert await found("State") == 2


async def test_model_7_2_a_new_message_is_queued_for_others_and_delivered_here(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        await message.set(FromAddress="noreply@example.test", From="N <noreply@example.test>", Subject="Gr\u00fc\u00dfe", Body="x")
        await message.put("HeaderValue", "Bcc", "hidden@remote.test")
        await message("AddRecipient", "Bob", "bob@example.test")
        await message("AddRecipient", "", "carol@remote.test")
        await message("Save")
        (found,) = await house.town.mail("bob@example.test")
        assert b'To: "Bob" <bob@example.test>, <carol@remote.test>\r\n' in found
        assert b"Return-Path: <noreply@example.test>" in found
        assert b"\r\nDate: " in found
        assert b"Message-ID: <" in found
        assert b"Bcc" not in found
        assert await house.town.rows("address, state") == [("carol@remote.test", "waiting")]
        assert (await house.town.rows("queue_id"))[0][0] == await message("ID")
        await message.put("Subject", "changed")
        await message("Save")  # being delivered: the content is rewritten
        assert await house.town.rows("address, state") == [("carol@remote.test", "waiting")]
        assert await message("State") == 1
        await house.house.database.transact((await message("ID")) % 16, _emptied, await message("ID"))
        await message.put("Subject", "too late")
        with pytest.raises(Failed, match=r"^Message could not be saved in database\.$"):
            await message("Save")


def _emptied(transaction: object, number: int) -> None:
    queue.remove(transaction, [number], 0)  # type: ignore[arg-type]


async def test_model_7_2_a_message_without_recipients_is_refused(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        with pytest.raises(Failed, match=r"Message could not be saved in database\. It has no recipients"):
            await message("Save")
        await message("AddRecipient", "Nobody", "nobody@example.test")  # left out, as hMailServer does
        assert await message("Recipients.Count") == 0
        assert await message("To") == '"Nobody" <nobody@example.test>'
        with pytest.raises(Failed, match="no recipients"):
            await message("Save")
        await message.put("FromAddress", "no address")
        await message("AddRecipient", "", "bob@example.test")
        with pytest.raises(Failed, match="is no address"):
            await message("Save")


async def test_model_7_2_a_message_added_to_a_folder_lies_there_and_imap_hears_of_it(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        folder = await (await folders(house))("Add", "Notes")
        messages = await folder("Messages")
        heard: list[Change] = []
        known = await house.house.mailboxes.folder_by_id(await folder("ID"))
        assert known is not None
        (await house.house.mailboxes.open(known)).listen(heard.append)
        message = await messages("Add")
        await message.set(Subject="note", Body="text")
        await message.put("Flag", 1, True)
        assert await messages("Count") == 0
        await message("Save")
        assert await messages("Count") == 1
        assert (await message("State"), await message("UID"), await message("ID") > 0) == (2, 1, True)
        assert heard[-1].arrived == (1, 1)
        (content,) = await stored(house, folder)
        assert content.startswith(b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\nSubject: note\r\n')
        again = await folder("Messages.Item", 0)
        assert (await again("Subject"), await again("Body"), await again("Flag", 1)) == ("note", "text\r\n", True)


async def test_model_7_2_a_delivered_message_keeps_id_and_uid_when_it_is_replaced(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, LETTER, LETTER.replace(b"hello", b"x" * 100_000))
        box = await inbox(house)
        messages = await box("Messages")
        heard: list[Change] = []
        known = await house.house.mailboxes.folder_by_id(await box("ID"))
        assert known is not None
        (await house.house.mailboxes.open(known)).listen(heard.append)
        for at in (0, 1):
            message = await messages("Item", at)
            facts = (await message("ID"), await message("UID"))
            await message.put("HeaderValue", "X-Seen", "by script")
            await message("Save")
            assert facts == (await message("ID"), await message("UID"))
            assert heard[-1].flags is not None
            assert heard[-1].flags[0].uid == facts[1]
            content = (await stored(house, box))[at]
            assert content.replace(b"X-Seen: by script\r\n", b"").endswith(LETTER[-20:] if at == 0 else b"x\r\n")
            assert content.startswith(b"Return-Path: <sender@remote.test>\r\nDelivered-To: ")
            assert b"\r\nX-Seen: by script\r\n\r\n" in content
        assert await (await inbox(house))("Messages.Item", 0)
        assert await check(house.town.house.database, house.town.house.blobs) == []


async def test_model_7_2_a_replaced_message_is_found_by_what_it_says_now(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        box, mailboxes = await inbox(house), house.house.mailboxes
        uids = UidSet.of_ranges([(1, 1)])

        async def said(field: str, wanted: str) -> bool:
            scope = Scope(uids, UidSet(), lambda _: uids, 0)
            return await search(mailboxes, await box("ID"), keys.Header(field, wanted), scope) == [1]

        assert await said("subject", "gr\u00fc\u00dfe")
        message = await box("Messages.Item", 0)
        await message.put("Subject", "replaced")
        await message("Save")
        assert await said("subject", "replaced")
        assert not await said("subject", "gr\u00fc\u00dfe")


async def test_model_7_2_a_message_that_is_gone_is_not_saved(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        box = await inbox(house)
        message = await box("Messages.Item", 0)
        await message.put("Subject", "x")
        await house.house.mailboxes.expunge(await box("ID"), UidSet.of_ranges([(1, 1)]), only_deleted=False)
        with pytest.raises(Failed, match=r"^Message could not be saved in database\.$"):
            await message("Save")


async def test_model_4_12_a_message_in_no_known_state_is_not_saved(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        assert isinstance(message.object, Message)
        message.object.state = 9
        with pytest.raises(Failed, match=r"^The message could not be saevd\. It is in an unknown state\.$"):
            await message("Save")


async def test_model_7_3_fields_are_decoded_and_encoded_unless_encode_fields_is_off(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        message = await (await inbox(house))("Messages.Item", 0)
        assert await message("EncodeFields") is True
        assert await message("Subject") == "Gr\u00fc\u00dfe"
        assert await message("From") == "J\u00fcrgen <j@remote.test>"
        assert await message("To") == "alice@example.test"
        assert await message("CC") == ""
        assert await message("Date") == "Fri, 20 Nov 2026 09:00:00 +0000"
        assert await message("FromAddress") == "sender@remote.test"
        await message.put("EncodeFields", False)
        assert await message("Subject") == "=?utf-8?q?Gr=C3=BC=C3=9Fe?="
        await message.put("Subject", "=?utf-8?q?=E2=82=AC?=\r\n\tfolded")
        await message.put("EncodeFields", True)
        assert await message("Subject") == "\u20ac\tfolded"
        for name in ("To", "CC"):
            with pytest.raises(ComError, match="Unknown name"):
                await message.put(name, "x")
        for value in ("a\r\nBcc: x@y.example", "a\0b"):
            with pytest.raises(Failed, match="line end or NUL"):
                await message.put("Subject", value)
        await message.put("FromAddress", "other@remote.test")
        await message("Save")
        assert await (await inbox(house))("Messages.Item", 0)
        assert await message("FromAddress") == "other@remote.test"
        await message("RefreshContent")
        assert await message("FromAddress") == "other@remote.test"


async def test_model_7_4_a_recipient_is_resolved_as_by_rcpt_and_stands_in_to(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await house.house.directory.aliases.add("team@example.test", ["alice@example.test", "bob@example.test", "carol@remote.test"])
        message = house.create("hMailServer.Message")
        await message("AddRecipient", 'The "Team"', "team@example.test")
        await message("AddRecipient", "J\u00fcrgen", "alice@example.test")
        await message("AddRecipient", "", "not an address")
        assert await message("To") == '"The \\"Team\\"" <team@example.test>, J\u00fcrgen <alice@example.test>, <not an address>'
        assert await message("Recipients.Count") == 3
        await message.put("HeaderValue", "Cc", "x@remote.test")
        await message.put("HeaderValue", "BCC", "y@remote.test")
        await message("ClearRecipients")
        assert [await message(name) for name in ("To", "CC", "Recipients.Count")] == ["", "", 0]
        assert await message("HeaderValue", "bcc") == ""
        with pytest.raises(Failed, match="line end"):
            await message("AddRecipient", "a\r\nBcc: z@remote.test", "alice@example.test")


async def test_model_13_1_a_recipient_without_a_domain_is_of_the_default_domain(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        await message("AddRecipient", "", "alice")
        assert await message("Recipients.Count") == 0
        await house.house.directory.table.set("default_domain", "example.test")
        await message("AddRecipient", "", "alice")
        assert await (await message("Recipients.Item", 0))("Address") == "alice@example.test"


async def test_model_13_12_a_list_takes_mail_of_whom_it_names_also_when_the_sender_is_written_last(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        directory = house.house.directory
        kept = await directory.lists.save(DistributionList(address="all@example.test", mode=Mode.MEMBERS, active=True))
        for member in ("alice@example.test", "bob@example.test"):
            await directory.records.save(ListRecipient(0, kept.id, member))
        for sender, allowed in (("alice@example.test", True), ("stranger@remote.test", False), ("alice@example.test", True)):
            message = house.create("hMailServer.Message")
            await message("AddRecipient", "", "all@example.test")
            assert await (await message("Recipients.Item", 0))("Address") == "all@example.test"
            await message.put("FromAddress", sender)
            if allowed:
                await message("Save")
            else:
                with pytest.raises(Failed, match=r"all@example\.test: Not authorized"):
                    await message("Save")
        await house.town.house.delivery.close()  # bob's mail lies in another shard
        assert len(await house.town.mail("bob@example.test")) == 2
        message = house.create("hMailServer.Message")
        await message.put("FromAddress", "bob@example.test")
        await message("AddRecipient", "", "all@example.test")
        assert await message("Recipients.Count") == 2


async def test_over_the_network_a_user_keeps_to_the_quota_and_makes_no_files(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await house.house.directory.accounts.set("alice@example.test", max_size=1000)
        caller = Caller(Origin.NETWORK, "192.0.2.9")
        app = await house.login("alice@example.test", caller=caller)
        account_hand = await app("Domains.Item", 0)
        alice = await (await account_hand("Accounts"))("Item", 0)
        box = await (await reached(alice, "IMAPFolders"))("ItemByName", "INBOX")
        message = await (await box("Messages"))("Add")
        path = Path(await message("Filename"))
        assert not path.exists()
        await message.put("Body", "x" * 2000)
        with pytest.raises(Failed, match="quota"):
            await message("Save")
        await message.put("Body", "x")
        await message("Save")
        assert not Path(await message("Filename")).exists()
        other = await (await reached(alice, "IMAPFolders"))("ItemByName", "Sent")
        for _ in range(3):
            await message("Copy", await other("ID"))
        with pytest.raises(Failed, match="quota"):
            await copied_often(message, await other("ID"))


async def copied_often(message: Hand, folder_id: int) -> None:
    for _ in range(20):
        await message("Copy", folder_id)


async def test_model_7_13_a_recipient_tells_where_the_mail_goes_and_what_was_given(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await house.house.directory.aliases.add("team@example.test", ["alice@example.test", "carol@remote.test"])
        message = house.create("hMailServer.Message")
        for address in ("team@example.test", "dave@remote.test"):
            await message("AddRecipient", "", address)
        told = []
        for index in range(await message("Recipients.Count")):
            one = await message("Recipients.Item", index)
            told.append((await one("Address"), await one("OriginalAddress"), await one("IsLocalUser")))
        assert told == [
            ("alice@example.test", "team@example.test", True),
            ("carol@remote.test", "team@example.test", False),
            ("dave@remote.test", "dave@remote.test", False),
        ]
        for index in (-1, 3):
            with pytest.raises(BadIndex):
                await message("Recipients.Item", index)


async def test_model_7_5_a_header_value_is_the_first_of_its_name_and_headers_are_live(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        letter = LETTER.replace(b"Subject:", b"X-One: 1\r\nx-one: 2\r\nSubject:")
        await delivered(house, letter)
        box = await inbox(house)
        message = await box("Messages.Item", 0)
        assert await message("HeaderValue", "X-ONE") == "1"
        assert await message("HeaderValue", "X-None") == await message("HeaderValue", "") == ""
        headers = await message("Headers")
        assert await headers("Count") == 10
        first = await headers("ItemByName", "x-one")
        second = await headers("Item", 6)
        assert [await first("Name"), await first("Value"), await second("Name"), await second("Value")] == ["X-One", "1", "x-one", "2"]
        await first("Delete")
        assert (await headers("Count"), await message("HeaderValue", "x-one")) == (9, "2")
        await second.put("Value", "\u20ac")  # still the same field, though it moved up
        await second.put("Name", "X-Two")
        assert await message("HeaderValue", "X-Two") == "\u20ac"
        assert (await headers("ItemByName", "subject")).object is not None
        for wrong in ("X-One", ""):
            with pytest.raises(BadIndex):
                await headers("ItemByName", wrong)
        with pytest.raises(BadIndex):
            await first("Delete")
        with pytest.raises(Failed, match="name of the field"):
            await second.put("Name", "X Two:")
        with pytest.raises(BadIndex):
            await headers("Item", 9)
        await message("Save")
        expected = letter.replace(b"X-One: 1\r\nx-one: 2\r\n", b"X-Two: =?utf-8?q?=E2=82=AC?=\r\n")
        assert (await stored(house, box))[0].endswith(expected)


async def test_model_7_6_bodies_are_those_that_people_read(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        (tmp_path / "note.txt").write_bytes(b"attached text")
        message = house.create("hMailServer.Message")
        assert (await message("Body"), await message("HTMLBody"), await message("Attachments.Count")) == ("", "", 0)
        await message.put("Body", "plain \u20ac")
        await message.put("HTMLBody", "<p>html</p>\r\n")
        await message("Attachments.Add", str(tmp_path / "note.txt"))
        assert (await message("Body"), await message("HTMLBody"), await message("Attachments.Count")) == ("plain \u20ac\r\n", "<p>html</p>\r\n", 1)
        await message.put("Body", "again")
        assert (await message("Body"), await message("HTMLBody")) == ("again\r\n", "<p>html</p>\r\n")


async def test_model_7_7_a_body_type_is_looked_for_two_levels_down(tmp_path: Path) -> None:
    letter = (
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\nx\r\n--c--\r\n--b--\r\n--a--\r\n"
    )
    async with modelhouse(tmp_path) as house:
        await delivered(house, letter)
        message = await (await inbox(house))("Messages.Item", 0)
        for kind, there in (
            ("multipart/MIXED", True), ("multipart/related", True), ("multipart/alternative", True), ("text/html", False),
            ("multipart", False), ("", False),
        ):  # fmt: skip
            assert await message("HasBodyType", kind) is there


async def test_model_7_8_a_new_message_is_utf8_and_a_giant_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        assert (await message("Charset"), await message("HeaderValue", "MIME-Version")) == ("utf-8", "1.0")
        await message.put("Body", "\u00e4")
        await message.put("Charset", "iso-8859-1")
        assert (await message("Charset"), await message("Body")) == ("iso-8859-1", "\u00e4\r\n")
        with pytest.raises(Failed, match="use utf-8"):
            await message.put("Charset", "nowhere")
        await delivered(house)
        monkeypatch.setattr("postroom.model.message.LARGEST", 100)
        giant = await (await inbox(house))("Messages.Item", 0)
        assert [await giant(name) for name in ("Subject", "Body", "Attachments.Count", "Headers.Count")] == ["", "", 0, 0]
        with pytest.raises(Failed, match="larger than 80 MB"):
            await giant.put("Subject", "x")
        await giant.put("Flag", 4, True)
        await giant("Save")
        assert (await stored(house, await inbox(house)))[0].endswith(LETTER)


async def test_model_7_9_files_are_attached_saved_and_taken_out(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        source = tmp_path / "caf\u00e9.bin"
        source.write_bytes(bytes(range(256)))
        message = await (await inbox(house))("Messages.Add")
        await message.put("Body", "see")
        attachments = await message("Attachments")
        await attachments("Add", str(source))
        await attachments("Add", str(source))
        assert await attachments("Count") == 2
        one = await attachments("Item", 0)
        assert (await one("Filename"), await one("Size")) == ("caf\u00e9.bin", 256)
        target = tmp_path / "out" / "saved.bin"
        await one("SaveAs", str(target))
        assert target.read_bytes() == bytes(range(256))
        await one("Delete")
        assert await attachments("Count") == 1
        await message("Save")
        kept = await (await inbox(house))("Messages.Item", 0)
        assert (await kept("Attachments.Count"), await kept("HasBodyType", "application/octet-stream")) == (1, True)
        await kept("Attachments.Clear")
        await kept("Save")
        assert await (await (await inbox(house))("Messages.Item", 0))("Attachments.Count") == 0
        for wrong in (str(tmp_path / "none"), str(tmp_path), "/dev/zero"):
            with pytest.raises(Failed, match=r"^Failed to attach file\.$"):
                await attachments("Add", wrong)
        for index in (-1, 5):
            with pytest.raises(BadIndex):
                await attachments("Item", index)


async def test_model_7_10_sizes_dates_and_tries(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, LETTER, LETTER + b"x" * 3000)
        messages = await (await inbox(house))("Messages")
        assert [await (await messages("Item", at))("Size") for at in (0, 1)] == [0, 3]
        first = await messages("Item", 0)
        assert (await first("UID"), await first("DeliveryAttempt")) == (1, 1)
        assert await first("InternalDate") == dt.datetime.fromtimestamp(1_795_000_000)  # noqa: DTZ006 - local time


async def test_model_7_11_a_program_edits_the_file_of_a_message(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        box = await inbox(house)
        message = await box("Messages.Item", 0)
        path = Path(await message("FileName"))  # 1.8: scripts write it so
        assert path.parent.parent == tmp_path / "Data" / "example.test" / "alice"
        assert path.parent.name == path.name[1:3]
        content = path.read_bytes()
        assert content.endswith(LETTER)
        path.write_bytes(content.replace(b"hello", b"edited"))
        assert await message("Body") == "hello\r\n"
        await message("RefreshContent")
        assert await message("Body") == "edited\r\n"
        await message("Save")
        assert (await stored(house, box))[0].endswith(b"edited\r\n")
        await message.put("Subject", "both")
        await message("Save")
        assert b"Subject: both" in path.read_bytes()
        assert await (await (await inbox(house))("Messages.Item", 0))("Filename") == str(path)
        path.unlink()  # 7.15: nothing is lost with the file
        assert Path(await message("Filename")).read_bytes() == (await stored(house, box))[0]


async def test_model_7_11_the_file_of_a_new_message_is_taken_in(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        path = Path(await message("Filename"))
        assert path.parent == tmp_path / "Data"  # 10.1: the queue's place
        path.write_bytes(b"Subject: from a program\r\n\r\ntext\r\n")
        await message("RefreshContent")
        assert await message("Subject") == "from a program"
        await message("AddRecipient", "", "bob@example.test")
        await message("Save")
        assert b"Subject: from a program" in (await house.town.mail("bob@example.test"))[0]


async def test_model_10_1_the_file_of_queued_mail_lies_in_the_root(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        await message("AddRecipient", "", "carol@remote.test")
        await message("Save")
        path = Path(await message("Filename"))
        assert path.parent == tmp_path / "Data"
        assert b"carol@remote.test" in path.read_bytes()
        app = await house.login()
        status = await reached(app, "Status")
        assert f"\t{path}\t0\t0\r\n" in await status("UndeliveredMessages")


async def test_model_7_12_a_message_is_copied_and_flags_are_stored_by_save(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        await delivered(house, name="bob")
        box = await inbox(house)
        message = await box("Messages.Item", 0)
        target = await (await folders(house))("Add", "Kept")
        await message("Copy", await target("ID"))
        assert await target("Messages.Count") == 1
        for wrong in (0, 999_999, await (await inbox(house, "bob"))("ID")):
            with pytest.raises(Failed, match=r"^Unable to copy message\.$"):
                await message("Copy", wrong)
        await house.create("hMailServer.Message")("Copy", await target("ID"))  # 1.5: nothing happens
        for bit in (1, 2, 4, 8, 16, 32, 64):
            await message.put("Flag", bit, True)
            assert await message("Flag", bit) is True
        assert await (await box("Messages.Item", 0))("Flag", 1) is False
        await message("Save")
        again = await box("Messages.Item", 0)
        assert [await again("Flag", bit) for bit in (1, 2, 4, 8, 16, 32, 64)] == [True] * 5 + [False] * 2
        await again.put("Flag", 2, 0)
        await house.house.mailboxes.store(await box("ID"), UidSet.of_ranges([(1, 1)]), How.ADD, 0, ["$Kept"])
        await again("Save")
        third, box_id = await box("Messages.Item", 0), await box("ID")
        assert (await third("Flag", 2), await third("Flag", 1)) == (False, True)
        assert [row async for rows in house.house.mailboxes.fetch(box_id, UidSet.of_ranges([(1, 1)]), ("keywords",)) for row in rows] == [("$Kept",)]


async def test_model_7_14_messages_of_a_folder_and_of_an_account(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, *[LETTER] * 3)
        folder = await (await folders(house))("Add", "Other")
        await (await (await inbox(house))("Messages.Item", 0))("Copy", await folder("ID"))
        every = await reached(await account(house), "Messages")
        assert await every("Count") == 4
        ids = [await (await every("Item", at))("ID") for at in range(4)]
        assert ids == sorted(ids)
        with pytest.raises(BadIndex):
            await every("Add")
        messages = await (await inbox(house))("Messages")
        assert [await (await messages("Item", at))("UID") for at in range(3)] == [1, 2, 3]
        second = await messages("Item", 1)
        assert await (await messages("ItemByDBID", await second("ID")))("UID") == 2
        path = Path(await second("Filename"))
        await messages("DeleteByDBID", await second("ID"))
        assert not path.exists()
        assert await messages("Count") == 2
        assert await (await inbox(house))("Messages.Count") == 2
        for wrong in (0, 999_999, str(await second("ID"))):
            with pytest.raises(BadIndex):  # 2.6: here an unknown id is none
                await messages("DeleteByDBID", wrong)
        for wrong in (-1, 2):
            with pytest.raises(BadIndex):
                await messages("Item", wrong)
        with pytest.raises(TypeMismatch):
            await messages("Item", "first")
        await messages("Clear")
        assert (await messages("Count"), await (await inbox(house))("Messages.Count"), await folder("Messages.Count")) == (0, 0, 1)
        await (await reached(await account(house), "Messages"))("Clear")
        assert await folder("Messages.Count") == 0


async def test_a_walk_over_many_messages_keeps_few_contents(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, *[LETTER] * 20)
        messages = await (await inbox(house))("Messages")
        for index in range(20):
            message = await messages("Item", index)
            assert await message("Subject") == "Gr\u00fc\u00dfe"
            if index % 5 == 0:
                await message.put("Subject", f"changed {index}")
        collection = messages.object
        assert isinstance(collection, Messages)
        assert len(collection.recent) == RECENT
        held = [one for one in collection.items if isinstance(one, Message) and one._draft is not None]
        assert len(held) == 4
        assert await (await messages("Item", 5))("Subject") == "changed 5"


async def test_model_3_15_a_message_made_alone_needs_no_login_here_and_one_over_the_network(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        stranger = Caller(Origin.NETWORK, "192.0.2.9")
        message = house.create("hMailServer.Message", stranger)
        for member in ("Subject", "Filename", "Attachments", "Headers", "Recipients", "Save"):
            with pytest.raises(AccessRefused):
                await message(member)
        for inert in ("Messages", "Attachments", "MessageHeader", "IMAPFolder", "Recipient", "Status"):
            alone = house.create(f"hMailServer.{inert}")
            for name in alone.object.description.members.values():
                if not name.parameters:
                    with pytest.raises(AccessRefused):
                        await alone(name.name)
        here = house.create("hMailServer.Message")
        await here.put("Subject", "x")
        assert await here("Subject") == "x"


async def test_over_the_network_a_user_sends_with_the_own_addresses_only(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        caller = Caller(Origin.NETWORK, "192.0.2.9")
        await house.login("alice@example.test", caller=caller)

        async def send(envelope: str, author: str) -> None:
            message = house.create("hMailServer.Message", caller)
            await message.set(FromAddress=envelope, From=author)
            await message("AddRecipient", "", "bob@example.test")
            await message("Save")

        await send("alice@example.test", "Alice <alice@example.test>")
        for envelope, author in (("bob@example.test", "alice@example.test"), ("alice@example.test", "bob@example.test"), ("", "boss@remote.test")):
            with pytest.raises(Failed, match="is not an address of yours"):
                await send(envelope, author)
        with pytest.raises(Failed, match="holds no address"):
            await send("", "a@b@c")
        await house.login("Administrator", ADMINISTRATOR_PASSWORD, caller=caller)
        await send("anybody@remote.test", "anybody@remote.test")
        assert len(await house.town.mail("bob@example.test")) == 2


@pytest.mark.parametrize("administrator", [False, True])
async def test_over_the_network_no_path_leads_out_of_the_servers_folders(tmp_path: Path, administrator: bool) -> None:
    async with modelhouse(tmp_path) as house:
        for folder in ("Data/example.test", "Events", "Temp", "logs"):
            (tmp_path / folder).mkdir(parents=True)
        secret = tmp_path / "secret.txt"
        for file in (secret, tmp_path / "Temp" / "a.txt", tmp_path / "Data" / "a.txt", tmp_path / "Events" / "a.txt", tmp_path / "logs" / "a.txt"):
            file.write_text("x")
        (tmp_path / "Temp" / "link").symlink_to(secret)
        caller = Caller(Origin.NETWORK, "192.0.2.9")
        await house.login("Administrator" if administrator else "alice@example.test", caller=caller)
        message = house.create("hMailServer.Message", caller)
        attachments = await message("Attachments")
        for wrong in (
            secret,
            "../secret.txt",
            tmp_path / "Temp" / "link",
            tmp_path / "Temp" / ".." / "secret.txt",
            "/etc/passwd",
            "",
            "a\0b",
            "x" * 5000,
        ):
            with pytest.raises(AccessRefused):
                await attachments("Add", str(wrong))
        await attachments("Add", str(tmp_path / "Temp" / "a.txt"))
        for inner in ("Data", "Events", "logs"):
            if administrator:
                await attachments("Add", str(tmp_path / inner / "a.txt"))
            else:
                with pytest.raises(AccessRefused):
                    await attachments("Add", str(tmp_path / inner / "a.txt"))
        one = await attachments("Item", 0)
        await one("SaveAs", str(tmp_path / "Temp" / "b.txt"))
        for wrong in (secret, tmp_path / "Temp" / "link", tmp_path / "Events" / "EventHandlers.vbs", tmp_path / "logs" / "x.log", "/etc/cron.d/x"):
            with pytest.raises(AccessRefused):
                await one("SaveAs", str(wrong))
        assert secret.read_text() == "x"


async def test_what_a_message_save_waits_for_is_bounded_by_quota(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await house.house.directory.accounts.set("bob@example.test", max_size=1000)
        message = house.create("hMailServer.Message")
        await message.put("Body", "x" * 2000)
        await message("AddRecipient", "", "bob@example.test")
        with pytest.raises(Failed, match="does not fit into a recipient's mailbox"):
            await message("Save")
        assert await message("State") == 0


async def test_two_saves_at_once_lose_nothing(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        one, two = [await (await inbox(house))("Messages.Item", 0) for _ in range(2)]
        await one.put("Subject", "one")
        await two.put("Subject", "two")
        await asyncio.gather(one("Save"), two("Save"))
        (content,) = await stored(house, await inbox(house))
        assert b"Subject: one" in content or b"Subject: two" in content


async def test_model_1_12_indexed_properties_are_read_and_written_with_their_index(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        message = house.create("hMailServer.Message")
        await message.put("HeaderValue", "X-Index", "one")
        await message.put("Flag", 4, -1)
        assert (await message("HeaderValue", "x-index"), await message("Flag", "4"), await message("Flag", 1)) == ("one", True, False)
        for wrong in ((), ("X-Index", "a", "b")):
            with pytest.raises(ComError, match="Invalid number of parameters"):
                await message("HeaderValue", *wrong)


async def test_model_3_16_a_message_without_any_identity_is_read_and_changed(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        known = await (await inbox(house))("Messages.Item", 0)
        assert isinstance(known.object, Message)
        caller = house.caller()
        handed = Hand(caller, Message(Context(house.house, caller, Login()), known.object.record))
        await handed.put("HeaderValue", "X-Script", "1")
        await handed("Save")
        assert b"X-Script: 1" in (await stored(house, await inbox(house)))[0]


async def test_model_4_12_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        (tmp_path / "Data").write_text("in the way")
        message = house.create("hMailServer.Message")
        with pytest.raises(Failed, match=r"^Unable to write to message file\.$"):
            await message("Filename")


async def test_model_7_15_a_file_that_is_gone_costs_nothing(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house)
        message = await (await inbox(house))("Messages.Item", 0)
        path = Path(await message("Filename"))
        path.unlink()
        await message("RefreshContent")
        assert await message("Body") == "hello\r\n"
        await message.put("Flag", 1, True)
        await message("Save")
        assert (await stored(house, await inbox(house)))[0].endswith(LETTER)
