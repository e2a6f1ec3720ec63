"""What a transcript can't say: SCRAM, waiting, backpressure, peers that vanish, storage out of order, 10,000 changes at once."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from imaphouse import LETTERS, MemoryWire, Place, placed
from postroom.directory.settings import Settings
from postroom.errors import Unavailable
from postroom.formats.scram import Client
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.network.encryption import TLS, ClientCertificate
from postroom.servers.imap import Sessions, rules_of
from postroom.storage.files import FileBlobs

LOGIN = b"a LOGIN alice secret-1\r\n"
SELECT = b"b SELECT INBOX\r\n"


class Talk:
    """A client in a few words."""

    def __init__(self, place: Place) -> None:
        self.wire = MemoryWire(place)
        self.connection = self.wire.connection
        self.session = self.wire.session

    async def say(self, line: bytes) -> bytes:
        """Say a command, and hear all until its tagged reply, or until a `+`."""
        await self.wire.send(line)
        return await self.hear(line.split(b" ")[0])

    async def hear(self, tag: bytes) -> bytes:
        heard = b""
        while True:
            data = await asyncio.wait_for(self.wire.receive(), 10)
            heard += data
            last = heard[heard.rfind(b"\r\n", 0, -2) + 2 if b"\r\n" in heard[:-2] else 0 :]
            if not data or (heard.endswith(b"\r\n") and last.startswith((tag + b" ", b"+ "))):
                return heard

    async def silent(self) -> bool:
        for _ in range(20):
            await asyncio.sleep(0)
        return self.connection.output.empty()

    async def over(self) -> None:
        """Vanish."""
        self.connection.close()
        await self.silent()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with placed(tmp_path, {"mail": "apple reply parts large"}) as made:
        yield made
        made.ends_well()


@pytest.fixture
async def talk(place: Place) -> AsyncIterator[Talk]:
    made = Talk(place)
    await made.hear(b"* OK")
    yield made
    await made.over()


async def scram(talk: Talk, client: Client, mechanism: str, *, initial: bool) -> bytes:
    first = base64.b64encode(client.first())
    if initial:
        reply = await talk.say(b"a AUTHENTICATE " + mechanism.encode() + b" " + first + b"\r\n")
    else:
        assert await talk.say(b"a AUTHENTICATE " + mechanism.encode() + b"\r\n") == b"+ \r\n"
        await talk.wire.send(first + b"\r\n")
        reply = await talk.hear(b"a")
    await talk.wire.send(base64.b64encode(client.final(base64.b64decode(reply[2:]))) + b"\r\n")
    reply = await talk.hear(b"a")
    if not reply.startswith(b"+ "):
        return reply
    client.finish(base64.b64decode(reply[2:]))
    await talk.wire.send(b"\r\n")
    return await talk.hear(b"a")


@pytest.mark.parametrize("initial", [False, True])
async def test_a_client_logs_in_by_scram(talk: Talk, initial: bool) -> None:
    reply = await scram(talk, Client("SCRAM-SHA-256", "alice@example.test", "secret-1"), "SCRAM-SHA-256", initial=initial)
    assert reply.startswith(b"a OK [CAPABILITY IMAP4rev1 LITERAL+ ")


async def test_scram_with_a_wrong_password_or_an_unknown_name_gets_the_same_answer(talk: Talk, place: Place) -> None:
    for name, password in (("alice@example.test", "wrong"), ("nobody@example.test", "secret-1")):
        reply = await scram(talk, Client("SCRAM-SHA-256", name, password), "SCRAM-SHA-256", initial=True)
        assert reply == b"a NO [AUTHENTICATIONFAILED] Authentication failed\r\n"


async def test_scram_plus_is_offered_where_the_channel_binding_is_known_and_binds_to_it(tmp_path: Path) -> None:
    async with placed(tmp_path, {"tls": "starttls"}) as place:
        for data, answer in ((b"bound", b"a OK"), (b"somebody in the middle", b"a NO")):
            talk = Talk(place)
            assert b"-PLUS" not in await talk.hear(b"* OK")
            await talk.say(b"s STARTTLS\r\n")
            assert b"AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256" in await talk.say(b"c CAPABILITY\r\n")
            client = Client("SCRAM-SHA-256", "alice@example.test", "secret-1", binding="tls-exporter", data=data)
            assert (await scram(talk, client, "SCRAM-SHA-256-PLUS", initial=True)).startswith(answer)
            await talk.over()


async def test_a_client_certificate_logs_in_by_external(tmp_path: Path) -> None:
    async with placed(tmp_path, {"tls": "implicit"}) as place:
        talk = Talk(place)
        await talk.hear(b"* OK")
        talk.connection.tls = TLS("TLSv1.3", "X", "", ClientCertificate("CN=Alice", ("alice.example.test", "alice@example.test"), "f"), {})
        assert (await talk.say(b"a AUTHENTICATE EXTERNAL =\r\n")).startswith(b"a OK")
        await talk.over()


async def test_passwords_are_never_logged(talk: Talk, place: Place) -> None:
    await talk.say(b"x LOGIN alice other-secret\r\n")
    await talk.say(LOGIN)
    await talk.say(b"y BAD-secret-command\r\n")
    assert "secret" not in repr(place.log.lines)


async def test_plain_text_that_slips_in_before_the_handshake_ends_the_connection(tmp_path: Path) -> None:
    async with placed(tmp_path, {"tls": "starttls"}) as place:
        talk = Talk(place)
        await talk.hear(b"* OK")
        talk.connection.slips = b"x LOGIN mallory secret\r\n"
        await talk.say(b"s STARTTLS\r\n")
        assert (await talk.hear(b"none")).startswith(b"* BYE Plain text behind STARTTLS")
        assert "starttls-injection" in place.log.events()


async def test_after_the_handshake_fails_the_session_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with placed(tmp_path, {"tls": "starttls"}) as place:
        talk = Talk(place)
        await talk.hear(b"* OK")

        async def fails() -> None:
            raise ConnectionAbortedError

        monkeypatch.setattr(talk.connection, "start_tls", fails)
        assert await talk.say(b"s STARTTLS\r\n") == b"s OK Begin TLS now\r\n"
        assert await talk.hear(b"none") == b""
        assert "tls-failed" in place.log.events()


async def test_a_slow_reader_is_waited_for_and_then_cut_off(talk: Talk) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)
    talk.connection.slow = asyncio.Event()
    await talk.wire.send(b"c FETCH 4 BODY.PEEK[]\r\n")
    heard = await talk.wire.receive()
    assert await talk.silent()
    assert 0 < len(heard) < 200_000
    talk.session.timed_out()
    assert talk.connection.closed


async def test_replies_of_many_small_commands_wait_for_the_reader_too(talk: Talk) -> None:
    await talk.say(LOGIN)
    talk.connection.slow = asyncio.Event()
    await talk.wire.send(b"c CAPABILITY\r\n" * 10_000)
    await talk.silent()
    written = b"".join(talk.connection.output.get_nowait() for _ in range(talk.connection.output.qsize()))
    assert len(written) < 200_000
    talk.connection.slow.set()
    count = written.count(b"c OK Done")
    while count < 10_000:
        count += (await talk.hear(b"c")).count(b"c OK Done")
    assert not talk.connection.closed


async def test_a_flood_of_commands_is_held_back_while_one_waits(talk: Talk) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)
    talk.connection.slow = asyncio.Event()
    await talk.wire.send(b"c FETCH 4 BODY.PEEK[]\r\n")
    await talk.silent()
    for _ in range(30):
        talk.session.received(b"n NOOP\r\n" * 1000)
    assert talk.connection.paused
    talk.connection.slow.set()
    count = 0
    while count < 30_000:
        count += (await talk.hear(b"n")).count(b"n OK Done\r\n")
    await talk.silent()
    assert not talk.connection.paused


async def test_while_we_keep_the_client_waiting_no_time_runs_out(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.say(LOGIN)
    held = asyncio.Event()
    usage = Mailboxes.usage

    async def waits(self: Mailboxes, account: int) -> tuple[int, int]:
        await held.wait()
        return await usage(self, account)

    monkeypatch.setattr(Mailboxes, "usage", waits)
    await talk.wire.send(b'q GETQUOTA ""\r\n')
    await talk.silent()
    talk.session.timed_out()
    talk.session.stopping()
    assert not talk.connection.closed
    held.set()
    heard = await talk.hear(b"none")
    assert heard == b'* QUOTA "" ()\r\nq OK Done\r\n* BYE [UNAVAILABLE] The server is stopping; come back later\r\n'


async def test_a_stop_while_a_message_arrives_waits_for_its_end(talk: Talk) -> None:
    await talk.say(LOGIN)
    await talk.say(b"p APPEND INBOX {10}\r\n")
    talk.session.stopping()
    assert await talk.silent()
    await talk.wire.send(b"Subject: x\r\n")
    heard = await talk.hear(b"none")
    assert heard.startswith(b"p OK [APPENDUID")
    assert b"* BYE [UNAVAILABLE]" in heard


async def test_a_peer_that_vanishes_in_append_leaves_nothing(talk: Talk, place: Place) -> None:
    await talk.say(LOGIN)
    await talk.say(b"p APPEND INBOX {1000000}\r\n")
    for _ in range(12):
        await talk.wire.send(b"x" * 64_000)
    await asyncio.sleep(0.05)
    talk.connection.close()
    await asyncio.sleep(0.05)
    assert not any(place.store.blobs.spool.iterdir())


async def test_a_peer_that_vanishes_in_the_middle_of_a_reply_is_nobodys_fault(talk: Talk, place: Place) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)
    talk.connection.slow = asyncio.Event()
    await talk.wire.send(b"c FETCH 1:* BODY[]\r\n")
    await talk.silent()
    talk.connection.close()
    await talk.silent()
    await asyncio.sleep(0.05)
    assert {"command-deferred", "unhandled-exception"}.isdisjoint(place.log.events())


async def test_when_storage_is_out_of_order_the_session_goes_on(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)

    def fails(*_: Any) -> Any:
        raise Unavailable("the disk is full")

    with monkeypatch.context() as broken:
        for name in ("folder", "folders", "store", "copy", "move", "expunge", "append", "usage"):
            broken.setattr(Mailboxes, name, fails)
        for command in (b'LIST "" *', b"STATUS INBOX (MESSAGES)", b"STORE 1 +FLAGS (\\Seen)", b"COPY 1 Archive", b"UID EXPUNGE 1:*", b'GETQUOTA ""'):
            assert (await talk.say(b"c " + command + b"\r\n")).startswith(b"c NO [UNAVAILABLE] ")
        assert (await talk.say(b"c APPEND INBOX {5}\r\n")).startswith(b"c NO [UNAVAILABLE] ")
        # Reading goes on, though \Seen can't be set.
        assert (await talk.say(b"c FETCH 1 BODY[TEXT]\r\n")).endswith(b"Apples are red.\r\n)\r\nc OK Done\r\n")
    assert (await talk.say(b"c STORE 1 +FLAGS (\\Seen)\r\n")).endswith(b"c OK Done\r\n")


async def test_a_body_that_can_not_be_read_is_refused_without_half_a_line(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)

    async def fails(*_: Any) -> bytes:
        raise Unavailable("read error")

    monkeypatch.setattr(FileBlobs, "read", fails)
    heard = await talk.say(b"c FETCH 3:4 BODY.PEEK[TEXT]<0.5>\r\n")
    assert heard.startswith(b"* 3 FETCH (BODY[TEXT]<0> {5}\r\nprea")
    assert heard.endswith(b")\r\nc NO [UNAVAILABLE] Something is out of order here; try again later\r\n")
    assert (await talk.say(b"d FETCH 4 BODY.PEEK[]\r\n")).startswith(b"d NO [UNAVAILABLE]")


async def test_a_body_that_breaks_off_ends_the_connection(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)
    read = FileBlobs.read

    async def fails_later(self: FileBlobs, key: str, offset: int, length: int) -> bytes:
        if offset > 200_000:
            raise Unavailable("read error")
        return await read(self, key, offset, length)

    monkeypatch.setattr(FileBlobs, "read", fails_later)
    heard = await talk.say(b"c FETCH 4 BODY.PEEK[]\r\n")
    assert b"c NO" not in heard
    assert talk.connection.closed


async def test_a_fault_of_ours_is_logged_and_told(talk: Talk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.say(LOGIN)

    def fails(*_: Any) -> Any:
        raise RuntimeError("a fault")

    monkeypatch.setattr(Mailboxes, "usage", fails)
    assert (await talk.say(b'c GETQUOTA ""\r\n')).startswith(b"c NO [SERVERBUG] ")
    assert "unhandled-exception" in place.log.events()
    place.log.lines.clear()


async def test_flags_of_very_many_messages_are_told_to_others_and_not_to_oneself(tmp_path: Path) -> None:
    """More than changes.MOST_DETAILS at once: the change itself doesn't tell the flags, the other session reads them."""
    async with placed(tmp_path) as place:
        for start in range(0, 1100, 110):
            await asyncio.gather(*(place.store.deliver(LETTERS["apple"], 16) for _ in range(start, start + 110)))
        mine, other, idle = Talk(place), Talk(place), Talk(place)
        for talk in (mine, other, idle):
            await talk.hear(b"* OK")
            await talk.say(LOGIN)
            await talk.say(SELECT)
        await idle.say(b"i IDLE\r\n")
        heard = await mine.say(b"c STORE 1:* +FLAGS (\\Flagged)\r\n")
        assert heard.count(b"\r\n") == 1101
        assert heard.count(b"\\Flagged") == 1100
        heard = await other.say(b"c STORE 5 +FLAGS.SILENT (\\Seen)\r\n")
        assert heard.count(b"\\Flagged") == 1100
        assert b"* 5 FETCH (UID 5 FLAGS (\\Seen \\Flagged" in heard
        told = b""
        while told.count(b"\\Flagged") < 1100 or b"\\Seen" not in told:
            told += await asyncio.wait_for(idle.wire.receive(), 10)
        assert (await mine.say(b"d NOOP\r\n")) == b"* 5 FETCH (UID 5 FLAGS (\\Seen \\Flagged \\Recent))\r\nd OK Done\r\n"
        assert (await mine.say(b"e STORE 1:* -FLAGS.SILENT (\\Flagged)\r\n")) == b"e OK Done\r\n"
        for talk in (mine, other, idle):
            await talk.over()
        place.ends_well()


async def test_no_session_keeps_a_task_when_it_idles(talk: Talk) -> None:
    tasks = len(asyncio.all_tasks())
    await talk.say(LOGIN)
    await talk.say(SELECT)
    await talk.say(b"i IDLE\r\n")
    await talk.silent()
    assert len(asyncio.all_tasks()) == tasks


async def test_a_session_that_ends_is_forgotten_by_the_folder(talk: Talk, place: Place) -> None:
    await talk.say(LOGIN)
    await talk.say(SELECT)
    view = talk.session.folder.view
    assert not view.idle
    talk.connection.close()
    await talk.silent()
    assert view.idle


async def test_nothing_is_said_or_heard_after_the_end(talk: Talk) -> None:
    await talk.say(b"z LOGOUT\r\n")
    talk.session.received(LOGIN)
    talk.session.timed_out()
    talk.session.stopping()
    while not talk.connection.output.empty():
        assert talk.connection.output.get_nowait() == b""


def test_the_rules_follow_the_settings() -> None:
    settings = Settings()
    rules = rules_of(settings, "machine.example.test")
    assert rules is rules_of(settings, "machine.example.test")
    assert rules.hostname == "machine.example.test"
    assert rules.separator == settings.imap_hierarchy_delimiter
    assert rules.idle_time == settings.imap_idle_timeout


async def test_a_door_that_is_full_says_bye(place: Place) -> None:
    assert Sessions(place.house, place.door).refusal.startswith(b"* BYE ")
