"""What a transcript can't say: SCRAM, waiting, backpressure, peers that vanish."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from typing import cast

import pytest

from postroom.directory.settings import Settings
from postroom.formats.address import Address
from postroom.formats.scram import Client
from postroom.network.encryption import TLS, ClientCertificate
from postroom.servers.smtp import Role, Sessions, rules_of
from postroom.servers.smtp.ports import Arrival
from postroom.servers.smtp.received import protocol_word, received
from smtphouse import NOON, PASSWORD, MemoryConnection, MemoryWire, Place

HELLO = b"EHLO client.example\r\n"
START = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n"


class Talk:
    """A client in a few words."""

    def __init__(self, **facts: str) -> None:
        self.place = Place.of({name.replace("_", ".", 1): value for name, value in facts.items()})
        self.wire = MemoryWire(self.place)
        self.connection: MemoryConnection = self.wire.connection
        self.session = self.wire.session

    async def say(self, data: bytes) -> bytes:
        """Say it, and hear what comes of it."""
        await self.wire.send(data)
        return await self.hear()

    async def hear(self) -> bytes:
        for _ in range(10):
            await asyncio.sleep(0)
        heard = b""
        while not self.connection.output.empty():
            heard += self.connection.output.get_nowait()
        return heard


async def scram(talk: Talk, client: Client, mechanism: str) -> bytes:
    """Log in by SCRAM, the client's first message as initial response; the server's last word."""
    reply = await talk.say(f"AUTH {mechanism} {base64.b64encode(client.first()).decode()}\r\n".encode())
    if not reply.startswith(b"334 "):
        return reply
    reply = await talk.say(base64.b64encode(client.final(base64.b64decode(reply[4:]))) + b"\r\n")
    if not reply.startswith(b"334 "):
        return reply
    client.finish(base64.b64decode(reply[4:]))
    return await talk.say(b"\r\n")


async def test_a_client_logs_in_by_scram_without_tls() -> None:
    talk = Talk(role="submission")
    await talk.say(HELLO)
    assert await scram(talk, Client("SCRAM-SHA-256", "alice@example.test", PASSWORD), "SCRAM-SHA-256") == b"235 2.7.0 Authentication succeeded\r\n"
    assert talk.session.account is not None


async def test_scram_with_a_wrong_password_or_an_unknown_name_gets_the_same_answer() -> None:
    for name, password in (("alice@example.test", "wrong"), ("nobody@example.test", PASSWORD)):
        talk = Talk(role="submission")
        await talk.say(HELLO)
        assert await scram(talk, Client("SCRAM-SHA-256", name, password), "SCRAM-SHA-256") == b"535 5.7.8 Authentication failed\r\n"
        assert talk.place.directory.failures == [name]


async def test_scram_plus_is_offered_where_the_channel_binding_is_known_and_binds_to_it() -> None:
    for data, code in ((b"bound", b"235"), (b"somebody in the middle", b"535")):
        talk = Talk(role="submission", tls="starttls")
        assert b"-PLUS" not in await talk.say(HELLO)
        await talk.say(b"STARTTLS\r\n")
        assert b"AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN" in await talk.say(HELLO)
        client = Client("SCRAM-SHA-256", "alice@example.test", PASSWORD, binding="tls-exporter", data=data)
        assert (await scram(talk, client, "SCRAM-SHA-256-PLUS")).startswith(code)


async def test_a_client_from_whose_list_plus_was_taken_is_refused() -> None:
    talk = Talk(role="submission", tls="starttls")
    await talk.say(HELLO)
    await talk.say(b"STARTTLS\r\n")
    await talk.say(HELLO)
    first = base64.b64encode(b"y,,n=alice@example.test,r=abc")
    assert (await talk.say(b"AUTH SCRAM-SHA-256 " + first + b"\r\n")).startswith(b"535 ")


async def test_a_client_certificate_logs_in_by_external() -> None:
    talk = Talk(role="submission", tls="implicit")
    talk.connection.tls = TLS("TLSv1.3", "X", "", ClientCertificate("CN=Alice", ("alice.example.test", "alice@example.test"), "f"), {})
    assert b" EXTERNAL PLAIN LOGIN\r\n" in await talk.say(HELLO)
    assert (await talk.say(b"AUTH EXTERNAL =\r\n")).startswith(b"235 ")


async def test_passwords_are_never_logged() -> None:
    talk = Talk(role="submission", tls="implicit")
    await talk.say(HELLO)
    for word in (b"secret-1", b"wrong-secret"):
        await talk.say(b"AUTH PLAIN " + base64.b64encode(b"\0alice@example.test\0" + word) + b"\r\n")
    assert "secret" not in repr(talk.place.log.lines)


async def test_plain_text_that_slips_in_before_the_handshake_ends_the_connection() -> None:
    talk = Talk(tls="starttls")
    talk.connection.slips = b"MAIL FROM:<evil@example.test>\r\n"
    await talk.say(HELLO)
    assert await talk.say(b"STARTTLS\r\n") == b"220 2.0.0 Ready for TLS\r\n"
    assert talk.connection.closed
    assert "starttls-injection" in talk.place.log.events()


@pytest.mark.parametrize(("lines", "gathers"), [(10, False), (60, True)])
async def test_what_follows_the_beginning_of_a_large_message_gathers(lines: int, gathers: bool) -> None:
    talk = Talk()
    await talk.say(HELLO)
    await talk.say(START)
    content = b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * lines
    for start in range(0, len(content), 4096):
        talk.session.received(content[start : start + 4096])
    assert (talk.connection.gathered > 0) is gathers
    assert (await talk.say(b".\r\n")).startswith(b"250 ")


async def test_a_message_of_many_pieces_waits_for_the_spool_and_holds_the_client_back() -> None:
    """The fake spool fails when more than 100,000 octets are written before it has settled."""
    talk = Talk()
    await talk.say(HELLO)
    await talk.say(START)
    content = b"Subject: large\r\n\r\n" + (b"x" * 998 + b"\r\n") * 600
    for start in range(0, len(content), 60_000):
        talk.session.received(content[start : start + 60_000])
    assert talk.connection.paused
    assert (await talk.say(b".\r\n")) == b"250 2.0.0 Accepted as m1\r\n"
    assert not talk.connection.paused
    assert talk.place.post.kept[0].content.endswith(content)
    talk.place.leaves_nothing()


async def test_a_disk_that_fills_while_the_message_comes_is_told_at_its_end() -> None:
    talk = Talk()
    await talk.say(HELLO)
    await talk.say(START)
    assert await talk.say(b"X-Full-Disk: yes\r\n\r\n" + (b"x" * 98 + b"\r\n") * 900) == b""
    assert (await talk.say(b"more\r\n.\r\n")).startswith(b"451 4.3.0 ")
    assert not talk.place.post.kept
    talk.place.leaves_nothing()


async def test_a_peer_that_vanishes_in_data_leaves_nothing() -> None:
    talk = Talk()
    await talk.say(HELLO)
    await talk.say(START + b"")
    await talk.say(b"Subject: half\r\n\r\nbody\r\n")
    talk.session.lost()
    assert not talk.place.post.kept
    talk.place.leaves_nothing()


async def test_a_message_that_is_being_made_durable_outlives_its_peer() -> None:
    talk = Talk()
    talk.place.post.held = asyncio.Event()
    await talk.say(HELLO)
    await talk.say(START)
    assert await talk.say(b"Subject: hello\r\n.\r\n") == b""
    talk.session.lost()
    talk.place.post.held.set()
    assert await talk.hear() == b""
    assert len(talk.place.post.kept) == 1
    talk.place.leaves_nothing()


async def test_while_we_keep_the_client_waiting_no_time_runs_out() -> None:
    talk = Talk()
    talk.place.post.held = asyncio.Event()
    await talk.say(HELLO)
    await talk.say(START)
    await talk.say(b".\r\nQUIT\r\n")
    talk.connection.patience = 0
    talk.session.timed_out()
    assert talk.connection.patience > 0
    assert not talk.connection.closed
    talk.place.post.held.set()
    assert await talk.hear() == b"250 2.0.0 Accepted as m1\r\n221 2.0.0 Goodbye\r\n"


async def test_a_stop_while_a_message_is_being_made_durable_waits_for_its_250() -> None:
    talk = Talk()
    talk.place.post.held = asyncio.Event()
    await talk.say(HELLO)
    await talk.say(START)
    await talk.say(b".\r\nMAIL FROM:<>\r\n")
    talk.session.stopping()
    assert await talk.hear() == b""
    talk.place.post.held.set()
    assert await talk.hear() == b"250 2.0.0 Accepted as m1\r\n421 4.3.2 The server is stopping; come back later\r\n"
    assert talk.connection.closed


async def test_a_flood_of_pipelined_commands_is_held_back_while_one_waits() -> None:
    talk = Talk(rule_commands_a_minute="0")
    talk.place.post.held = asyncio.Event()
    await talk.say(HELLO)
    await talk.say(START)
    await talk.say(b".\r\n")
    for _ in range(30):
        talk.session.received(b"NOOP\r\n" * 1000)
    assert talk.connection.paused
    talk.place.post.held.set()
    heard = await talk.hear()
    assert heard.count(b"250 2.0.0 OK\r\n") == 30_000
    assert not talk.connection.paused


async def test_content_has_its_own_patience() -> None:
    talk = Talk(rule_content_time="7")
    await talk.say(HELLO)
    assert talk.connection.patience == 300
    await talk.say(START)
    assert talk.connection.patience == 7
    await talk.say(b".\r\n")
    assert talk.connection.patience == 300


async def test_a_message_for_a_thousand_costs_each_recipient_the_same() -> None:
    talk = Talk()
    await talk.say(HELLO)
    sent = b"MAIL FROM:<a@b.example>\r\n" + b"".join(b"RCPT TO:<user%d@example.test>\r\n" % number for number in range(1001)) + b"DATA\r\n"
    heard = await talk.say(sent)
    assert heard.count(b"250 2.1.5 ") == 1000
    assert heard.count(b"452 4.5.3 ") == 1
    await talk.say(b".\r\n")
    assert [str(recipient.address) for recipient in talk.place.post.kept[0].envelope.recipients[:2]] == ["user0@example.test", "user1@example.test"]


async def test_the_directory_is_asked_only_for_what_it_does_not_know_by_heart() -> None:
    talk = Talk()
    await talk.say(HELLO)
    await talk.say(b"MAIL FROM:<>\r\nRCPT TO:<alice@example.test>\r\nRCPT TO:<bob@example.test>\r\nRCPT TO:<dora@example.test>\r\n")
    assert talk.place.directory.asked == ["bob@example.test"]
    assert talk.place.post.measured == {3}


async def test_nothing_is_said_or_heard_after_the_end() -> None:
    talk = Talk()
    await talk.say(b"QUIT\r\n")
    assert await talk.say(HELLO) == b""
    talk.session.timed_out()
    talk.session.stopping()
    assert await talk.hear() == b""


@pytest.mark.parametrize(
    ("how", "word"),
    [
        ({}, "SMTP"),
        ({"esmtp": True}, "ESMTP"),
        ({"esmtp": True, "tls": True}, "ESMTPS"),
        ({"esmtp": True, "login": True}, "ESMTPA"),
        ({"esmtp": True, "tls": True, "login": True}, "ESMTPSA"),
        ({"lmtp": True, "esmtp": True}, "LMTP"),
        ({"lmtp": True, "esmtp": True, "tls": True}, "LMTPS"),
        ({"esmtp": True, "utf8": True, "tls": True, "login": True}, "UTF8SMTPSA"),
        ({"lmtp": True, "esmtp": True, "utf8": True}, "UTF8LMTP"),
    ],
)
def test_the_trace_uses_the_words_of_rfc_3848_and_6531(how: dict[str, bool], word: str) -> None:
    assert protocol_word(**({"esmtp": False, "lmtp": False, "utf8": False, "tls": False, "login": False} | how)) == word


def test_nothing_that_a_client_says_breaks_the_trace() -> None:
    arrival = Arrival("i1", "s1", "ESMTP", "", 0, "evil) (name", "b\u00fccher\u2028.example", "", None, NOON)
    trace = received(arrival, "mail.example.test", Address("ä", "example.test"))
    assert trace == (
        b"Received: from b?cher?.example (evil?_(name local)\r\n\tby mail.example.test with ESMTP\r\n\tid i1;\r\n\t".replace(b"_(", b"??")
        + b"Tue, 14 Nov 2023 22:13:20 +0000\r\n"
    )


def test_the_rules_follow_the_settings() -> None:
    settings = Settings()
    rules = rules_of(settings, "machine.example.test")
    assert rules is rules_of(settings, "machine.example.test")
    assert rules.hostname == "machine.example.test"
    assert rules.limits.size == settings.max_message_size
    assert rules.recipients == settings.max_recipients
    assert not rules.limit_loopback
    assert rules_of(replace(settings, limit_loopback=True), "machine.example.test").limit_loopback


def test_a_door_that_is_full_says_421() -> None:
    place = Place.of({})
    assert Sessions(place.house, place.door).refusal.startswith(b"421 4.7.0 ")
    assert place.door.role is Role.MX
    assert cast("str", Role.LMTP) == "lmtp"
