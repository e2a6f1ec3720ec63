"""The events of an SMTP session, over sockets: when they come, what they carry, what their results do on the wire (events.md 2, 3.1 to 3.8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doorhouse import DoorHouse, doorhouse
from postroom.events import (
    ON_ACCEPT_MESSAGE,
    ON_HELO,
    ON_RECIPIENT_UNKNOWN,
    ON_SMTP_DATA,
    ON_TOO_MANY_INVALID_COMMANDS,
    Result,
)
from postroom.network.admission import Seats

REFUSALS = [
    (Result(1, 0, "unused"), "554 Rejected"),
    (Result(2, 0, "Not from there"), "554 Not from there"),
    (Result(3, 0, "Not now"), "453 Not now"),
    (Result(2), "554 "),
    (Result(2, 0, "one\r\n250 two\r\n\tthree"), "554 one??250 two???three"),
    (Result(0, deferred=True), "451 4.3.0 Something is out of order here; try again later"),
]


async def test_events_2_results_refuse_with_these_texts_at_helo_data_and_acceptance(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        client = await house.smtp()
        for result, reply in REFUSALS:
            for trigger in (ON_HELO, ON_SMTP_DATA, ON_ACCEPT_MESSAGE):
                house.handlers.answers = {trigger: result}
                house.handlers.listen()
                assert (await client.say("EHLO again.test") if trigger == ON_HELO else await client.mail("alice@example.test")) == reply
                await client.say("RSET")
        house.handlers.answers = {}
        house.handlers.listen()
        assert await house.inbox() == []
        assert (await client.mail("alice@example.test")).startswith("250 2.0.0 Accepted"), "the session went on through all of it"


@pytest.mark.parametrize("result", [Result(0, 0, "text"), Result(4, 0, "text"), Result(-1), Result(99, 5, "text")])
async def test_events_2_other_values_are_ignored(tmp_path: Path, result: Result) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answers = dict.fromkeys((ON_HELO, ON_SMTP_DATA, ON_ACCEPT_MESSAGE), result)
        house.handlers.listen()
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250 2.0.0 Accepted")
        assert house.handlers.triggers == [ON_HELO, ON_SMTP_DATA, ON_ACCEPT_MESSAGE]
        assert len(await house.inbox()) == 1


async def test_events_2_refusals_are_no_invalid_commands(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, max_number_of_invalid_commands=1) as house:
        house.handlers.answer(ON_HELO, 1)
        client = await house.client("smtp")
        assert [await client.say("EHLO again.test") for _ in range(5)] == ["554 Rejected"] * 5


async def test_a_handler_that_fails_changes_nothing(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answers = dict.fromkeys((ON_HELO, ON_SMTP_DATA, ON_ACCEPT_MESSAGE), RuntimeError("broken"))
        house.handlers.listen()
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250 2.0.0 Accepted")


@pytest.mark.parametrize("protocol", ["smtp", "submission", "smtps", "imap", "pop3"])
async def test_events_3_1_a_connection_is_told_before_tls_and_banner(tmp_path: Path, protocol: str) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer("OnClientConnect", 0)
        client = await house.connect(protocol)
        told = (await house.handlers.hears("OnClientConnect")).client
        assert (told.ip, told.port, told.helo, told.username) == ("127.0.0.1", house.ports[protocol], "", "")
        assert (told.authenticated, told.encrypted, told.cipher_version, told.cipher_name, told.cipher_bits) == (False, False, "", "", 0)
        assert told.session > 0
        if protocol == "smtps":
            await client.encrypt(house.tls)
        assert await client.line(), "the greeting"
        house.handlers.answer("OnClientConnect", 1)
        client = await house.connect(protocol)
        assert await client.line() == "", "closed without any text"


async def test_events_3_1_what_a_client_says_too_early_waits_for_the_handler(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer("OnClientConnect", 0)
        client = await house.connect("pop3")
        client.writer.write(b"CAPA\r\n")
        assert (await client.line()).startswith("+OK mail.example.test")
        assert (await client.line()).startswith("+OK"), "the answer to CAPA"


async def test_events_3_1_refused_connections_are_not_told(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer("OnClientConnect", 0)
        first = await house.client("smtp")
        house.connections.admission = Seats(1, 1)
        assert house.connections.admission.enter("smtp", house.peer(first))
        client = await house.connect("smtp")
        assert (await client.line()).startswith("421 4.7.0 Too many connections")
        assert len(house.handlers.of("OnClientConnect")) == 1


async def test_events_3_2_helo_and_ehlo_are_told_each_time_with_what_is_known(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_HELO, 0)
        client = await house.client("submission", "HELO first.test", "EHLO second.test")
        first, second = house.handlers.of(ON_HELO)
        assert (first.client.helo, second.client.helo) == ("first.test", "second.test")
        assert (second.client.ip, second.client.encrypted, second.client.cipher_bits) == ("127.0.0.1", False, 0)
        assert first.client.session == second.client.session
        await client.say("STARTTLS")
        await client.encrypt(house.tls)
        await client.say("EHLO third.test")
        third = house.handlers.of(ON_HELO)[-1].client
        assert (third.helo, third.encrypted, third.cipher_version) == ("third.test", True, "TLSv1.3")
        assert (third.cipher_name[:4], third.cipher_bits >= 128) == ("TLS_", True)
        assert (await client.log_in()).startswith("235")
        await client.say("EHLO fourth.test")
        fourth = house.handlers.of(ON_HELO)[-1].client
        assert (fourth.username, fourth.authenticated) == ("", False), "even when logged on"


async def test_events_3_2_an_invalid_name_is_refused_before_and_a_refusal_leaves_the_session_as_it_was(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_HELO, 2, "No")
        client = await house.client("smtp")
        assert (await client.say("EHLO")).startswith("501")
        assert house.handlers.heard == []
        assert await client.say("EHLO mx.remote.test") == "554 No"
        assert (await client.say("MAIL FROM:<a@remote.test>")).startswith("503"), "it has not greeted"
        house.handlers.answer(ON_HELO, 0)
        await client.say("EHLO mx.remote.test", "MAIL FROM:<a@remote.test>")
        house.handlers.answer(ON_HELO, 1)
        assert await client.say("EHLO other.test") == "554 Rejected"
        house.handlers.answer(ON_SMTP_DATA, 0)
        await client.say("RCPT TO:<alice@example.test>", "DATA")
        assert house.handlers.one(ON_SMTP_DATA).client.helo == "mx.remote.test", "greeting and transaction are those from before"


async def test_events_3_5_an_unknown_recipient_is_told_with_the_envelope_so_far(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, max_unknown_recipients=2) as house:
        await house.town.directory.accounts.set("bob@example.test", active=False)
        house.handlers.answer(ON_RECIPIENT_UNKNOWN, 1, "ignored")
        client = await house.smtp()
        await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>")
        assert await client.say("RCPT TO:<nobody@example.test>") == "550 5.1.1 Unknown user."
        event = house.handlers.one(ON_RECIPIENT_UNKNOWN)
        assert (event.mail.sender, event.mail.recipients, await event.mail.read()) == ("a@remote.test", ["alice@example.test"], b"")
        assert (event.client.helo, event.client.ip) == ("mx.remote.test", "127.0.0.1")
        for other in ("bob@example.test", "x@elsewhere.test"):  # inactive, relaying
            assert (await client.say(f"RCPT TO:<{other}>"))[0] in "45"
        assert len(house.handlers.heard) == 1
        assert await client.reply() == "421 4.7.0 Too many unknown recipients; closing"


async def test_events_3_5_not_told_when_that_reply_ends_the_session(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, max_unknown_recipients=1) as house:
        house.handlers.answer(ON_RECIPIENT_UNKNOWN, 0)
        client = await house.smtp()
        await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<nobody@example.test>", "RCPT TO:<noone@example.test>")
        assert (await client.reply()).startswith("421")
        assert len(house.handlers.heard) == 1


@pytest.mark.parametrize("mailing", [False, True])
async def test_events_3_6_too_many_invalid_commands_are_told_after_the_end(tmp_path: Path, mailing: bool) -> None:
    async with doorhouse(tmp_path, max_number_of_invalid_commands=2) as house:
        house.handlers.answer(ON_TOO_MANY_INVALID_COMMANDS, 0)
        client = await house.smtp()
        if mailing:
            await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>")
        await client.say("NONSENSE", "NONSENSE", "NONSENSE")
        assert await client.line() == "421 4.7.0 Too many invalid commands. Bye!"
        assert await client.line() == ""
        event = await house.handlers.hears(ON_TOO_MANY_INVALID_COMMANDS)
        assert event.client.helo == "mx.remote.test"
        assert (event.mail and (event.mail.sender, event.mail.recipients)) == (("a@remote.test", ["alice@example.test"]) if mailing else None)


async def test_events_3_6_not_told_where_nobody_is_sent_away(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, max_number_of_invalid_commands=2, disconnect_invalid_clients="no") as house:
        house.handlers.answer(ON_TOO_MANY_INVALID_COMMANDS, 0)
        client = await house.smtp()
        assert (await client.say(*["NONSENSE"] * 6)).startswith("500")
        await house.quiet()
        assert house.handlers.heard == []


async def test_events_3_7_data_is_told_with_the_envelope_and_refused_it_is_kept(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, plain_text_login="always") as house:
        house.handlers.answer(ON_SMTP_DATA, 2, "Not today")
        client = await house.client("submission", "EHLO pc.example.test")
        await client.log_in()
        assert (await client.say("MAIL FROM:<alice@example.test>", "DATA")).startswith("503"), "no recipient yet: not asked"
        assert house.handlers.heard == []
        assert await client.say("RCPT TO:<bob@example.test>", "DATA") == "554 Not today"
        event = house.handlers.one(ON_SMTP_DATA)
        assert (event.client.username, event.client.authenticated, event.client.helo) == ("alice@example.test", True, "pc.example.test")
        assert (event.mail.sender, event.mail.recipients, await event.mail.read()) == ("alice@example.test", ["bob@example.test"], b"")
        await event.mail.write(b"X-Stray: header\r\n\r\n")
        house.handlers.answer(ON_SMTP_DATA, 0)
        assert await client.say("DATA") == "354 End the message with <CRLF>.<CRLF>", "the envelope is kept"
        assert (await client.say("From: alice@example.test\r\n\r\nbody\r\n.")).startswith("250")
        assert b"X-Stray" not in (await house.inbox("bob"))[0], "a Save at this moment is ignored"


@pytest.mark.parametrize("chunks", [["BDAT 4 LAST\r\na\r\nb"], ["BDAT 3\r\na\r\n", "BDAT 3 LAST\r\nb\r\n"]])
async def test_events_3_7_bdat_is_asked_once_and_refused_at_each_chunk(tmp_path: Path, chunks: list[str]) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_SMTP_DATA, 3, "Later")
        client = await house.smtp()
        await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>")
        for chunk in chunks:
            client.writer.write(chunk.encode())
            assert await client.reply() == "453 Later"
        assert len(house.handlers.heard) == 1
        house.handlers.answer(ON_SMTP_DATA, 0)
        await client.say("RSET", "MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>")
        for chunk in chunks:
            client.writer.write(chunk.encode())
            assert (await client.reply()).startswith("250")
        assert len(house.handlers.heard) == 2


async def test_events_3_8_a_message_is_told_whole_and_may_be_changed(tmp_path: Path) -> None:
    seen: list[bytes] = []

    async def change(event: Any) -> None:
        seen.append(await event.mail.read())
        await event.mail.write(b"X-Seen: yes\r\n" + seen[-1])

    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_ACCEPT_MESSAGE, change)
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        event = house.handlers.one(ON_ACCEPT_MESSAGE)
        assert (event.client.username, event.client.authenticated, event.mail.state, event.mail.id) == ("", False, 0, 0)
        assert seen[0].startswith(b"Received: from mx.remote.test"), "as it is to be stored, with our trace"
        assert seen[0].endswith(b"Subject: hello\r\n\r\nbody\r\n")
        assert b"\r\nX-Seen: yes\r\nReceived:" in (await house.inbox())[0]
        large = "Subject: large\r\n\r\n" + "0123456789abcdef\r\n" * 30_000  # beyond what stays in memory
        assert (await client.mail("alice@example.test", content=large)).startswith("250")
        assert (await house.inbox())[1].endswith(large.encode())
        assert b"\r\nX-Seen: yes\r\n" in (await house.inbox())[1]


async def test_events_3_8_recipients_may_be_changed(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        wanted: list[str] = []

        def readdress(event: Any) -> None:
            assert event.mail.recipients == ["alice@example.test"]
            event.mail.recipients[:] = wanted

        house.handlers.answer(ON_ACCEPT_MESSAGE, readdress)
        client = await house.smtp()
        wanted[:] = ["bob@example.test", "bob@example.test", "nobody@example.test", "no address", "x@elsewhere.test"]
        assert (await client.mail("alice@example.test")).startswith("250")
        assert (len(await house.inbox("alice")), len(await house.inbox("bob"))) == (0, 1)
        await house.quiet()
        assert [job.destination for job in house.town.elsewhere.jobs] == ["elsewhere.test"], "a handler may relay: it is the administrator's"
        wanted[:] = []
        assert (await client.mail("alice@example.test")).startswith("250"), "nobody gets it, and nobody is told"
        assert (len(await house.inbox("alice")), len(await house.inbox("bob"))) == (0, 1)


async def test_events_3_8_not_for_mail_of_other_ways_in_and_not_for_refused_mail(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, max_received_fields=5) as house:
        house.handlers.answer(ON_ACCEPT_MESSAGE, 0)
        client = await house.smtp()
        loop = "Received: a\r\n" * 9 + "\r\nbody\r\n"
        assert (await client.mail("alice@example.test", content=loop)).startswith("554")
        app = await house.model.login()
        message = house.model.create("hMailServer.Message", app.caller)
        await message("AddRecipient", "Alice", "alice@example.test")
        await message.set(FromAddress="bob@example.test", Body="x")
        await message("Save")
        assert len(await house.inbox()) == 1
        assert house.handlers.heard == []


async def test_events_3_8_a_refused_message_is_gone_and_the_session_goes_on(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, plain_text_login="always") as house:
        house.handlers.answer(ON_ACCEPT_MESSAGE, 2, "Spam")
        client = await house.client("submission", "EHLO pc.example.test")
        await client.log_in()
        letter = "From: alice@example.test\r\n\r\nbody\r\n"
        assert await client.mail("bob@example.test", sender="alice@example.test", content=letter) == "554 Spam"
        assert house.handlers.one(ON_ACCEPT_MESSAGE).client.username == "alice@example.test"
        house.handlers.answer(ON_ACCEPT_MESSAGE, 0)
        assert (await client.mail("bob@example.test", sender="alice@example.test", content=letter)).startswith("250")
        assert len(await house.inbox("bob")) == 1


async def test_lmtp_answers_for_each_recipient_that_was_named(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_ACCEPT_MESSAGE, lambda event: event.mail.recipients.pop())
        client = await house.client("lmtp", "LHLO mx.remote.test")
        assert (await client.mail("alice@example.test", "bob@example.test")).startswith("250")
        assert (await client.reply()).startswith("250")
        assert (len(await house.inbox("alice")), len(await house.inbox("bob"))) == (1, 0)


async def unsubscribed(house: DoorHouse) -> None:
    """Nobody listens any more."""
    house.town.directory.events.subscribe(house.handlers, ())
    assert house.town.directory.events.active == frozenset()


async def test_nobody_is_asked_who_does_not_subscribe(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_SMTP_DATA, 1)
        await unsubscribed(house)
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        assert house.handlers.heard == []
