"""The examples in VBScript: what each does to real mail and sessions, and when it does nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from email import message_from_bytes
from textwrap import dedent
from typing import cast

import pytest
import pytest_asyncio

from handlerhouse import Server
from modelhouse import ADMINISTRATOR_PASSWORD, Hand, added, texts
from postroom.directory.ranges import Option
from postroom.events import BackupCompleted, BackupFailed
from scripting.examples import FOLDER, Literal, changed, folder, from_alice, from_outside, letter, logged, one, text_of, use, with_file

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("no_errors")]


@pytest.mark.parametrize("name", ["virus.exe", "report.pdf.JS", "x.exe. "])
async def test_block_attachments_refuses_programs(server: Server, name: str) -> None:
    await use(server, "block-attachments.vbs")
    assert (await from_outside(server, with_file(name))).startswith("554 5.7.1 This kind of attachment is not taken here: .")
    assert await server.new() == []


async def test_block_attachments_lets_documents_pass(server: Server) -> None:
    await use(server, "block-attachments.vbs")
    for made in (with_file("exe"), with_file("report.exe.pdf"), letter()):
        assert (await from_outside(server, made)).startswith("250")
    assert len(await server.new()) == 3


async def test_two_examples_with_one_trigger_are_put_together(server: Server) -> None:
    parts = {"BlockAttachments": changed("block-attachments.vbs"), "TagExternal": changed("tag-external.vbs")}
    both = re.search(r"^    Sub OnAcceptMessage.*?^    End Sub$", (FOLDER / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    assert both is not None
    text = dedent(both[0]) + "".join(f"\n{part.replace('OnAcceptMessage', name)}" for name, part in parts.items()).replace(
        "\nOption Explicit\n", "\n"
    )
    await server.events.set(language="VBScript")
    await server.events.load("Option Explicit\n" + text)
    assert (await from_outside(server, with_file("x.exe"))).startswith("554 5.7.1 This kind")
    assert (await from_outside(server)).startswith("250")
    assert (await one(server))["Subject"] == "[EXTERNAL] hello"


@pytest.mark.parametrize("name", ["tag-external.vbs", "tag-external.js"])
async def test_tag_external_marks_strangers_only_and_once(server: Server, name: str) -> None:
    await use(server, name)
    await from_outside(server)
    assert (await one(server))["Subject"] == "[EXTERNAL] hello"
    await from_outside(server, letter(subject="Re: [External] hello"))
    assert (await one(server))["Subject"] == "Re: [External] hello"
    await from_alice(server)
    assert (await one(server, "bob"))["Subject"] == "hello"
    await use(server, name, TRUSTED="127.0.0.1" if name.endswith("vbs") else ["127.0.0.1"])
    await from_outside(server)
    assert (await one(server))["Subject"] == "hello"


async def test_spoofed_names_are_caught(server: Server) -> None:
    await use(server, "spoofed-names.vbs")
    for sender in ('"ALICE Miller" <x@elsewhere.example>', '"bob@example.test" <x@elsewhere.example>'):
        await from_outside(server, letter(sender=sender))
        found = await one(server)
        assert (found["Subject"], found["X-Borrowed-Name"]) == ("[Sender not verified] hello", "x@elsewhere.example")
    for sender in ("Carol <x@elsewhere.example>", "Alice Miller <alice@example.com>", "x@elsewhere.example"):
        await from_outside(server, letter(sender=sender))
        assert (await one(server))["Subject"] == "hello"
    await use(server, "spoofed-names.vbs", REFUSE=True)
    assert (await from_outside(server, letter(sender='"Bob Stone" <x@elsewhere.example>'))).startswith("554 5.7.1 The name in From belongs")
    await from_alice(server, letter(sender="Alice Miller <alice@example.test>"))
    assert (await one(server, "bob"))["Subject"] == "hello"


async def test_sending_limit_counts_recipients_of_users(server: Server) -> None:
    await use(server, "sending-limit.vbs", LIMIT=3)
    assert (await from_alice(server, None, "bob@example.test", "x@remote.test")).startswith("250")
    answer = await from_alice(server, None, "bob@example.test", "x@remote.test")
    assert answer == "453 4.7.1 You have sent to 2 recipients within an hour. Please try again later."
    assert (await from_alice(server)).startswith("250"), "one more is within the limit"
    assert (await from_alice(server)).startswith("453")
    assert (await from_outside(server)).startswith("250"), "strangers are not counted"
    with sqlite3.connect(server.events.folder / "Events" / "sending-limit.db") as database:
        database.execute("UPDATE sent SET at = datetime('now', '-61 minutes')")
    assert (await from_alice(server)).startswith("250"), "an hour later"
    assert (len(await server.new("bob")), len(await server.new())) == (3, 1)


async def test_log_to_database_writes_a_row_for_each_recipient(server: Server) -> None:
    await use(server, "log-to-database.vbs")
    await from_outside(server, letter(subject="it's \"here\"'); DROP TABLE messages; --"), "alice@example.test", "bob@example.test")
    assert (len(await server.new()), len(await server.new("bob"))) == (1, 1)
    with sqlite3.connect(server.events.folder / "logs" / "messages.db") as database:
        rows = database.execute("SELECT sender, recipient, subject FROM messages ORDER BY recipient").fetchall()
    subject = "it's \"here\"'); DROP TABLE messages; --"
    assert rows == [("a@remote.test", "alice@example.test", subject), ("a@remote.test", "bob@example.test", subject)]


@pytest_asyncio.fixture(loop_scope="module")
async def with_ranges(server: Server) -> AsyncIterator[Hand]:
    """The IP ranges, in force and as they are at first afterwards."""
    app = await server.doors.model.login()
    ranges = await app("Settings.SecurityRanges")
    await ranges("SetDefault")
    await server.doors.town.directory.table.set("ip_ranges", value=True)
    yield ranges
    await server.doors.town.directory.table.set("ip_ranges", value=False)
    await ranges("SetDefault")


async def test_ban_probers_bans_after_the_last_straw(server: Server, with_ranges: Hand) -> None:
    await use(server, "ban-probers.vbs", PROBES=3, PASSWORD=ADMINISTRATOR_PASSWORD)
    for count in (1, 2, 3):
        await with_ranges("Refresh")
        assert [name for name in await texts(with_ranges, "Name") if name.startswith("Probed")] == []
        client = await server.doors.smtp()
        assert (await client.say("MAIL FROM:<a@remote.test>", f"RCPT TO:<nobody-{count}@example.test>")).startswith("550")
        client.close()
    assert (await logged(server))[-1] == "Banned for 12 hours: 127.0.0.1"
    await with_ranges("Refresh")
    assert [name for name in await texts(with_ranges, "Name") if name.startswith("Probed")] == ["Probed: 127.0.0.1"]
    client = await server.doors.smtp()
    await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<nobody-4@example.test>")
    await with_ranges("Refresh")
    assert await with_ranges("Count") == 3, "a session that was open bans it no second time"
    assert Option.SMTP not in cast("Option", server.doors.town.directory.rights_of("127.0.0.1"))


async def test_ban_probers_spares_its_own(server: Server, with_ranges: Hand) -> None:
    await use(server, "ban-probers.vbs", PROBES=1, PASSWORD=ADMINISTRATOR_PASSWORD, SPARED="127.0.0.1")
    client = await server.doors.smtp()
    await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<nobody@example.test>")
    assert await with_ranges("Count") == 2


async def test_out_of_office_answers_once_a_day_between_the_dates(server: Server) -> None:
    await use(server, "out-of-office.vbs", FIRST_DAY=Literal("#1/1/2020#"), LAST_DAY=Literal("#12/31/2099#"))
    for _ in range(2):
        await from_outside(server, letter(Message_ID="<1@remote.test>"), "alice@example.test", "bob@example.test")
    await server.doors.quiet()
    [job] = server.doors.town.elsewhere.jobs
    assert [(job.sender, [str(one.address) for one in job.recipients])] == [("alice@example.test", ["a@remote.test"])]
    await from_outside(server, letter(Precedence="bulk"), sender="b@remote.test")
    await from_outside(server, letter(Auto_Submitted="auto-replied"), sender="b@remote.test")
    await from_outside(server, letter(), sender="")
    await use(server, "out-of-office.vbs", FIRST_DAY=Literal("#1/1/2020#"), LAST_DAY=Literal("#1/2/2020#"))
    await from_outside(server, letter(), sender="c@remote.test")
    assert (len(await server.new()), len(await server.new("bob"))) == (6, 2)
    assert len(server.doors.town.elsewhere.jobs) == 1


async def test_archive_copy_goes_to_the_archive_and_nobody_sees_it(server: Server) -> None:
    await use(server, "archive-copy.vbs", ARCHIVE="bob@example.test")
    await from_outside(server, letter(To="alice@example.test"))
    for found in (await one(server), await one(server, "bob")):
        assert (found["To"], found["Subject"]) == ("alice@example.test", "hello")
    await use(server, "archive-copy.vbs", ARCHIVE="bob@example.test", DOMAINS="elsewhere.test")
    await from_outside(server)
    assert (len(await server.new()), len(await server.new("bob"))) == (1, 0)


@pytest_asyncio.fixture(loop_scope="module")
async def with_catch_all(server: Server) -> AsyncIterator[None]:
    """The domain's catch-all leads to alice."""
    app = await server.doors.model.login()
    domain = await app("Domains.ItemByName", "example.test")
    await (await domain.set(Postmaster="alice@example.test"))("Save")
    yield
    await (await domain.set(Postmaster=""))("Save")


async def test_alias_folders_files_made_up_addresses(server: Server, with_catch_all: None) -> None:
    await use(server, "alias-folders.vbs", PASSWORD=ADMINISTRATOR_PASSWORD, MOST=2)
    both = letter(subject="both", To="shop-a@example.test, bob@example.test")
    assert (await from_outside(server, both, "shop-a@example.test", "bob@example.test")).startswith("250")
    assert (await from_outside(server, letter(subject="b"), "Shop-B@example.test")).startswith("250")
    assert await folder(server, "Aliases.shop-a") == ["both"]
    assert await folder(server, "Aliases.shop-b") == ["b"]
    assert (await one(server, "bob"))["To"] == "shop-a@example.test, bob@example.test"
    assert await server.new() == []
    await from_outside(server, letter(subject="c"), "shop-c@example.test")
    await from_outside(server, letter(subject="a again"), "shop-a@example.test")
    await from_outside(server, letter(subject="own"), "alice@example.test")
    assert [message_from_bytes(found)["Subject"] for found in await server.new()] == ["c", "own"]
    assert await folder(server, "Aliases.shop-a") == ["both", "a again"]


async def test_backup_report_tells_how_it_went(server: Server) -> None:
    await use(server, "backup-report.vbs")
    fire = server.doors.town.directory.events.fire
    await fire(BackupCompleted())
    assert (await one(server))["Subject"] == "Backup completed"
    await use(server, "backup-report.vbs", ONLY_FAILURES=True)
    await fire(BackupCompleted())
    await fire(BackupFailed('The folder "D:\\backup" is full'))
    found = await one(server)
    assert (found["Subject"], text_of(found).strip().endswith('The folder "D:\\backup" is full')) == ("BACKUP FAILED", True)


async def test_mark_invoices_is_called_by_a_rule(server: Server) -> None:
    await use(server, "mark-invoices.vbs")
    app = await server.doors.model.login()
    rules = await app("Rules")
    rule = await added(rules, Name="invoices", Active=True)
    action = await added(await rule("Actions"), Type=5, ScriptFunction="MarkInvoice")
    assert await action("ID") > 0
    criteria = await added(await rule("Criterias"), UsePredefined=True, PredefinedField=6, MatchType=4, MatchValue="0")
    assert await criteria("ID") > 0
    try:
        await from_outside(server, letter(subject="Your invoice no. RE-20261 is here"))
        await from_outside(server, letter("see invoice #4711 please"))
        await from_outside(server, letter(subject="Invoices are nice"))
        assert [message_from_bytes(found)["X-Invoice"] for found in await server.new()] == ["RE-20261", "4711", None]
    finally:
        await rule("Delete")


async def test_invalid_commands_are_noted_with_the_address(server: Server) -> None:
    await use(server, "invalid-commands.vbs")
    await server.doors.town.directory.table.set("max_number_of_invalid_commands", 2)
    client = await server.doors.smtp()
    await client.say(*["NONSENSE"] * 3)
    await server.doors.quiet()
    [line] = (server.events.folder / "logs" / "invalid-commands.log").read_text().splitlines()
    port = server.doors.ports["smtp"]
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d too many invalid commands from 127\.0\.0\.1 port {port}", line)
