"""Every script of examples/: what it does to real mail and sessions, and when it does nothing."""

from __future__ import annotations

import asyncio
import hashlib
import re
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from ipaddress import ip_network
from textwrap import dedent
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest
import pytest_asyncio

from doorhouse import PATIENCE, Client
from eventhouse import Kept
from handlerhouse import Server, served
from modelhouse import ADMINISTRATOR_PASSWORD, Hand, added, texts
from nameserver import NameServer, name_server
from postroom import log
from postroom.directory.fetchaccounts import FetchAccount
from postroom.directory.ranges import Option
from postroom.events import BackupCompleted, BackupFailed, Envelope, ExternalAccountDownload
from scripting.examples import FOLDER, Literal, changed, use
from town import greylists, refuses

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory, start: Kept) -> AsyncIterator[Server]:
    """One server for all examples."""
    async with served(tmp_path_factory.mktemp("server"), "", "VBScript", start) as opened:
        yield opened
        assert opened.events.logged("script-error") == []


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def no_errors(server: Server) -> AsyncIterator[None]:
    """What came before is read; no example ends with an error."""
    for name in ("alice", "bob"):
        await server.new(name)
    server.doors.town.elsewhere.jobs.clear()
    yield
    assert [line for line in server.events.lines if line["event"] in {"script-error", "script-lost"}] == []


def letter(text: str = "body", *, subject: str = "hello", sender: str = "Carol <a@remote.test>", html: str = "", **fields: str) -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Subject"] = sender, subject
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def with_file(name: str, made: EmailMessage | None = None) -> EmailMessage:
    made = made or letter()
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename=name)
    return made


async def from_outside(server: Server, made: EmailMessage | None = None, *to: str, sender: str = "a@remote.test") -> str:
    client = await server.doors.smtp()
    answer = await client.mail(*(to or ("alice@example.test",)), sender=sender, content=(made or letter()).as_bytes().decode())
    client.close()
    return answer


async def logged_in(server: Server) -> Client:
    client = await server.doors.client("submission", "EHLO pc.test")
    assert (await client.log_in()).startswith("235")
    return client


async def from_alice(server: Server, made: EmailMessage | None = None, *to: str) -> str:
    client = await logged_in(server)
    content = (made or letter(sender="alice@example.test")).as_bytes().decode()
    answer = await client.mail(*(to or ("bob@example.test",)), sender="alice@example.test", content=content)
    client.close()
    return answer


async def one(server: Server, name: str = "alice") -> EmailMessage:
    """The only message that has come since somebody looked."""
    [found] = await server.new(name)
    return message_from_bytes(found, policy=policy.default)


def text_of(made: EmailMessage, kind: str = "plain") -> str:
    part = made.get_body((kind,))
    assert part is not None
    return str(part.get_content())


async def logged(server: Server, than: int = 0) -> list[str]:
    """What the event log has, once it has more lines than so many."""
    async with asyncio.timeout(PATIENCE):
        await server.events.written_more(than)
    return server.events.written()


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
    assert [name[:17] for name in await texts(with_ranges, "Name") if name.startswith("Probed")] == ["Probed: 127.0.0.1"]
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


async def folder(server: Server, name: str, account: str = "alice@example.test") -> list[str]:
    """The subjects of a folder of an account, of the object model."""
    app = await server.doors.model.login()
    domain = await app("Domains.ItemByName", "example.test")
    folders = await (await domain("Accounts.ItemByAddress", account))("IMAPFolders")
    *above, last = name.split(".")
    for level in above:
        folders = await (await folders("ItemByName", level))("SubFolders")
    return [str(subject) for subject in await texts(await (await folders("ItemByName", last))("Messages"), "Subject")]


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


async def test_helo_lies_are_refused(server: Server) -> None:
    port = server.doors.ports["smtp"]
    await use(server, "refuse-helo-lies.js", PORTS=[port], TRUSTED=[])
    client = await server.doors.client("smtp")
    assert await client.say("EHLO MAIL.example.test") == "554 5.7.1 HELO refused: that is this server's own name"
    assert await client.say("HELO nobody") == "554 5.7.1 HELO refused: a full host name is needed"
    for name in ("mx.remote.test", "[192.0.2.1]"):
        assert (await client.say(f"EHLO {name}")).startswith("250")
    assert (await server.doors.client("submission", "EHLO localhost")) is not None
    await logged_in(server)
    await use(server, "refuse-helo-lies.js", PORTS=[port])
    assert (await client.say("EHLO localhost")).startswith("250"), "127.0.0.1 is trusted"


@pytest_asyncio.fixture(loop_scope="module")
async def zone(server: Server) -> AsyncIterator[NameServer]:
    """The name server that scripts ask."""
    async with name_server() as opened:
        object.__setattr__(server.doors.model.house, "name_servers", (("127.0.0.1", opened.port),))
        yield opened


async def test_dns_blocklist_hangs_up_on_those_that_are_listed(server: Server, zone: NameServer) -> None:
    settings = {"LISTS": ["one.example", "two.example"], "PORTS": [server.doors.ports["smtp"]], "SPARED": Literal("/^10\\./")}
    await use(server, "dns-blocklist.js", **settings)
    zone.zone[("1.0.0.127.one.example", "A")] = ["127.255.255.254"]
    client = await server.doors.connect("smtp")
    assert (await client.line()).startswith("220")
    zone.zone[("1.0.0.127.two.example", "A")] = ["127.0.0.4"]
    client = await server.doors.connect("smtp")
    assert await client.line() == ""
    assert (await logged(server))[-1] == "127.0.0.1 is listed by two.example (127.0.0.4)"
    assert (await (await server.doors.connect("imap")).line()).startswith("* OK")
    asked = len(zone.questions)
    await use(server, "dns-blocklist.js", **settings | {"SPARED": Literal("/^127\\./")})
    assert (await (await server.doors.connect("smtp")).line()).startswith("220")
    assert len(zone.questions) == asked


PIXELS = (
    '<img src="https://a.example/1" width="1" height="1">',
    "<IMG HEIGHT='0' src=x WIDTH='0'/>",
    '<img src=x style="width:1px; height:1px;">',
    '<img src=x style="display: none">',
    '<img src="https://a.example/track/open/77" width="100">',
)
PICTURES = ('<img src="photo.jpg" width="100" height="1">', '<img src="cid:logo" style="width:11px; height:12px;">', "<p>width=1 height=1 &gt;</p>")


async def test_tracking_pixels_are_stripped_from_strangers_mail(server: Server) -> None:
    await use(server, "strip-tracking-pixels.js")
    await from_outside(server, letter("see", html="<p>Hello" + "".join(PIXELS) + "".join(PICTURES) + "</p>"))
    found = await one(server)
    assert (text_of(found, "html").strip(), found["X-Tracking-Pixels-Removed"]) == ("<p>Hello" + "".join(PICTURES) + "</p>", "5")
    assert text_of(found).strip() == "see"
    await from_outside(server, letter("see", html="<p>" + "".join(PICTURES) + "</p>"))
    await from_outside(server, letter("no html: <img width=1 height=1>"))
    assert [message_from_bytes(found)["X-Tracking-Pixels-Removed"] for found in await server.new()] == [None, None]
    await from_alice(server, letter("see", html=PIXELS[0], sender="alice@example.test"))
    assert PIXELS[0] in text_of(await one(server, "bob"), "html")


async def test_login_alert_tells_of_a_new_network(server: Server) -> None:
    await use(server, "login-alert.js")
    await logged_in(server)
    assert await server.new() == [], "the first one is noted"
    [note] = (server.events.folder / "Events" / "logins").iterdir()
    assert (note.name, note.read_text()) == ("alice@example.test.txt", "127.0.0\n")
    await logged_in(server)
    assert await server.new() == []
    note.write_text("192.0.2\r\n")
    client = await server.doors.client("submission", "EHLO pc.test")
    assert (await client.log_in(password="wrong")).startswith("535")
    assert await server.new() == [], "who has not logged in is nobody's alert"
    await logged_in(server)
    found = await one(server)
    assert (found["To"], "alice@example.test from 127.0.0.1" in text_of(found)) == ("alice@example.test", True)
    await logged_in(server)
    assert await server.new() == []


async def test_notify_failure_tells_the_administrator(server: Server) -> None:
    await use(server, "notify-failure.js")
    server.doors.town.elsewhere.answers["refusing.test"] = refuses
    await server.doors.town.send("x@refusing.test", sender="alice@example.test")
    found = await one(server, "bob")
    assert found["Subject"] == "Not delivered: alice@example.test to x@refusing.test"
    assert "550 5.1.1 User unknown" in text_of(found)
    assert "Subject: hello" in text_of(found)
    await server.doors.town.send("x@refusing.test", sender="postmaster@example.test")
    await server.doors.town.send("x@refusing.test", sender="")
    assert await server.new("bob") == []


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    """A web server that notes what it was told; it answers 500 to what ends with /broken."""

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            cast("Any", self.server).heard.append((self.path, self.headers.get("Authorization"), body))
            self.send_response(500 if self.path.endswith("/broken") else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    opened = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    cast("Any", opened).heard = []
    thread = threading.Thread(target=opened.serve_forever)
    thread.start()
    yield opened
    opened.shutdown()
    thread.join()
    opened.server_close()


async def test_web_hook_is_called_where_the_address_rules_let_it(server: Server, listener: HTTPServer) -> None:
    url = f"http://127.0.0.1:{listener.server_port}/mail"
    table = server.doors.town.directory.table
    await use(server, "web-hook.js", URL=url, RECIPIENTS=["alice@example.test"], TOKEN="s3cret")
    made = letter("50 % off & more", subject="Grüße")
    assert (await from_outside(server, made, "alice@example.test", "bob@example.test")).startswith("250")
    await server.doors.quiet()
    assert "script_http_networks" in (await logged(server))[-1]
    await table.set("script_http_networks", (ip_network("127.0.0.0/8"),))
    try:
        await from_outside(server, made, "alice@example.test", "bob@example.test")
        await from_outside(server, made, "bob@example.test")
        assert (len(await server.new()), len(await server.new("bob"))) == (2, 3)
        [(path, authorization, body)] = cast("Any", listener).heard
        assert (path, authorization) == ("/mail", "Bearer s3cret")
        fields = {"from": "a@remote.test", "to": "alice@example.test", "subject": "Grüße", "text": "50 % off & more\r\n"}
        assert dict(parse_qsl(body)) == fields
        await use(server, "web-hook.js", URL=url + "/broken", RECIPIENTS=["alice@example.test"])
        await from_outside(server)
        assert len(await server.new()) == 1
        assert (await logged(server))[-1] == f"web-hook: {url}/broken answered 500"
    finally:
        await table.set("script_http_networks", ())


async def test_list_rate_limit_counts_each_sender(server: Server) -> None:
    app = await server.doors.model.login()
    lists = await (await app("Domains.ItemByName", "example.test"))("DistributionLists")
    made = await added(lists, Address="all@example.test", Active=True)
    for name in ("alice", "bob"):
        await added(await made("Recipients"), RecipientAddress=f"{name}@example.test")
    await use(server, "list-rate-limit.js", LIMIT=2)
    answers = [await from_outside(server, None, "all@example.test") for _ in range(3)]
    assert [answer[:3] for answer in answers] == ["250", "250", "453"]
    assert answers[2] == "453 4.7.1 You have written to all@example.test 2 times within an hour. Please try again later."
    assert (await from_outside(server, None, "all@example.test", sender="b@remote.test")).startswith("250")
    assert (await from_outside(server)).startswith("250"), "mail to others is not counted"
    assert (len(await server.new()), len(await server.new("bob"))) == (4, 3)


async def test_greylist_puts_strangers_off_once(server: Server) -> None:
    await use(server, "greylist.py", SPARED=[], DELAY=300)
    assert await from_outside(server) == "453 4.7.1 We do not know you yet: please try again in 5 minutes."
    assert (await from_outside(server)).startswith("453"), "too early"
    with sqlite3.connect(server.events.folder / "Events" / "greylist.db") as database:
        assert database.execute("SELECT triple FROM seen").fetchall() == [("127.0.0.0/24 a@remote.test alice@example.test",)]
        database.execute("UPDATE seen SET first = first - 301")
    assert (await from_outside(server)).startswith("250")
    assert (await from_outside(server)).startswith("250"), "known from now on"
    assert (await from_outside(server, None, "bob@example.test")).startswith("453")
    assert (await from_alice(server)).startswith("250"), "users wait for nothing"
    await use(server, "greylist.py")
    assert (await from_outside(server, None, "bob@example.test")).startswith("250"), "127.0.0.1 is spared"


async def test_plus_folders_files_into_folders_that_are_there(server: Server) -> None:
    await use(server, "plus-folders.py", PASSWORD=ADMINISTRATOR_PASSWORD)
    account = await server.doors.town.directory.accounts.get("alice@example.test")
    await server.doors.town.house.mailboxes.create_folder(account.id, "Lists")
    await from_outside(server, letter(subject="one", To="alice+lists@example.test"), "alice+lists@example.test", "bob@example.test")
    assert await folder(server, "Lists") == ["one"]
    assert (await server.new(), (await one(server, "bob"))["To"]) == ([], "alice+lists@example.test")
    await from_outside(server, letter(subject="no folder"), "alice+shops@example.test")
    await from_outside(server, letter(subject="plain"), "alice@example.test")
    assert [message_from_bytes(found)["Subject"] for found in await server.new()] == ["no folder", "plain"]
    assert await folder(server, "Lists") == ["one"]


DISCLAIMER = "Example Ltd, registered in Testville. This message is meant for its recipient only."


async def test_disclaimer_stands_under_mail_to_the_outside_once(server: Server) -> None:
    await use(server, "disclaimer.py")

    async def left(made: EmailMessage) -> EmailMessage:
        server.doors.town.elsewhere.jobs.clear()
        await from_alice(server, made, "x@remote.test", "bob@example.test")
        return await one(server, "bob")

    found = await left(letter("hello", html="<html><body>hello</body></html>", sender="alice@example.test"))
    assert text_of(found).replace("\r\n", "\n") == f"hello\n\n-- \n{DISCLAIMER}\n"
    assert text_of(found, "html").strip() == f"<html><body>hello<hr><p>{DISCLAIMER}</p></body></html>"
    again = await left(letter(f"> hello\r\n> {DISCLAIMER}", sender="alice@example.test"))
    assert text_of(again).count(DISCLAIMER) == 1
    await from_alice(server, letter("inside", sender="alice@example.test"))
    assert DISCLAIMER not in text_of(await one(server, "bob"))
    await from_outside(server)
    assert DISCLAIMER not in text_of(await one(server))


async def test_error_report_is_sent_once_a_day(server: Server) -> None:
    await use(server, "error-report.py")
    trouble = log.get_logger("storage")

    async def report(reason: str) -> list[bytes]:
        trouble.error("storage-trouble", reason=reason)
        return await server.new()

    [first] = await report("the disk is full")
    body = text_of(message_from_bytes(first, policy=policy.default))
    assert "1 times: reason=the disk is full" in body
    assert await report("still") == []
    with sqlite3.connect(server.events.folder / "Events" / "error-report.db") as database:
        database.execute("UPDATE report SET day = '2020-01-01'")
    assert await report("the same error") == [], "nothing new since the last report"
    with sqlite3.connect(server.events.folder / "Events" / "error-report.db") as database:
        assert database.execute("SELECT times, reported FROM error").fetchall() == [(3, 1)]
    server.events.lines.clear()


async def test_external_passwords_come_from_the_file(server: Server) -> None:
    await use(server, "external-passwords.py")
    file = server.events.folder / "Events" / "passwords.txt"
    salt = "5a17"
    file.write_text(f"Alice@example.test:{salt}:{hashlib.scrypt(b'from-the-file', salt=salt.encode(), n=1 << 13, r=8, p=1).hex()}\nbroken line\n")
    for name, password, code in (("alice", "from-the-file", "235"), ("alice", "secret-1", "535"), ("bob", "secret-1", "235"), ("bob", "x", "535")):
        client = await server.doors.client("submission", "EHLO pc.test")
        assert (await client.log_in(f"{name}@example.test", password)).startswith(code), (name, password)
    file.unlink()
    await logged_in(server)


async def test_archive_files_keeps_every_message(server: Server) -> None:
    await use(server, "archive-files.py")
    await from_outside(server, letter("kept"), "alice@example.test", "bob@example.test")
    await server.doors.quiet()
    [kept] = [path for path in (server.events.folder / "Events" / "archive").rglob("*") if path.is_file()]
    assert kept.suffix == ".eml"
    assert (message_from_bytes(kept.read_bytes())["Subject"], b"\r\nkept\r\n" in kept.read_bytes()) == ("hello", True)


async def test_forgotten_attachment_is_asked_for_once(server: Server) -> None:
    await use(server, "forgotten-attachment.py")
    forgotten = letter("The file is attached.\r\n", sender="alice@example.test")
    answer = await from_alice(server, forgotten)
    assert answer == '554 5.6.0 You write "attached", but nothing is attached. If that is right, send it once more.'
    assert (await from_alice(server, forgotten)).startswith("250")
    assert (await from_alice(server, forgotten)).startswith("554"), "the next one is asked about anew"
    assert (await from_alice(server, with_file("a.pdf", letter("It is attached.", sender="alice@example.test")))).startswith("250")
    assert (await from_alice(server, letter("Thanks!\r\n> It is attached.", sender="alice@example.test"))).startswith("250")
    assert (await from_outside(server, letter("The file is attached."))).startswith("250")
    assert (len(await server.new("bob")), len(await server.new())) == (3, 1)


async def test_chat_notices_are_posted_to_all_rooms(server: Server, listener: HTTPServer) -> None:
    base = f"http://127.0.0.1:{listener.server_port}"
    await use(server, "chat-notices.py", ROOMS=[f"{base}/one", f"{base}/broken", f"{base}/two"])
    await from_outside(server, letter(sender="Boss <boss@example.com>"), sender="boss@example.com")
    assert len(await server.new()) == 1
    heard = cast("Any", listener).heard
    assert sorted(path for path, _, _ in heard) == ["/broken", "/one", "/two"]
    assert {body for _, _, body in heard} == {'{"text": "Boss <boss@example.com>: hello"}'}
    assert (await logged(server))[-1] == f"chat-notices: {base}/broken: HTTP Error 500: Internal Server Error"
    await from_outside(server)
    assert (len(await server.new()), len(heard)) == (1, 3)


async def test_delay_notice_comes_with_the_try_of_choice(server: Server) -> None:
    await use(server, "delay-notice.py", TRY=2)
    server.doors.town.elsewhere.answers["slow.test"] = greylists
    await server.doors.town.send("x@slow.test", sender="alice@example.test")
    assert await server.new() == []
    await server.doors.town.pass_by(3600)
    found = await one(server)
    assert (found["Subject"], "x@slow.test has not been delivered in 1 tries" in text_of(found)) == ("Not delivered yet: hello", True)
    del server.doors.town.elsewhere.answers["slow.test"]
    await server.doors.town.pass_by(7200)
    assert await server.new() == []


@dataclass
class Fetched(Envelope):
    """A message that was fetched."""

    content: bytes = b""

    async def read(self) -> bytes:
        return self.content


async def test_keep_fetched_decides_by_the_message(server: Server) -> None:
    await use(server, "keep-fetched.py", LARGE=1)

    async def decided(made: EmailMessage | None) -> tuple[int, int]:
        mail = None if made is None else Fetched("a@remote.test", content=made.as_bytes(), size=len(made.as_bytes()))
        result = await server.doors.town.directory.events.fire(ExternalAccountDownload(FetchAccount(), mail, "uid-1"))
        return result.value, result.parameter

    assert await decided(letter(List_Unsubscribe="<https://a.example>")) == (1, 0)
    assert await decided(letter("x\r\n" * 1000)) == (2, 7)
    assert await decided(letter()) == (3, 0)
    assert await decided(None) == (0, 0)
