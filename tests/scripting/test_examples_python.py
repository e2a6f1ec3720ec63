"""The examples in Python: what each does to real mail and sessions, and when it does nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import HTTPServer
from typing import Any, cast

import pytest

from handlerhouse import Server
from modelhouse import ADMINISTRATOR_PASSWORD
from postroom import log
from postroom.directory.fetchaccounts import FetchAccount
from postroom.events import Envelope, ExternalAccountDownload
from scripting.examples import folder, from_alice, from_outside, letter, logged, logged_in, one, text_of, use, with_file
from town import greylists

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("no_errors")]


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
