"""Every numbered line about sessions (events.md 1, 2, 3.1 to 3.8 and 5): through SMTP, IMAP and POP3, with real scripts in three languages."""

from __future__ import annotations

import asyncio
import base64

import pytest

from doorhouse import Client
from handlerhouse import Serve, Server, handlers
from postroom.scripting.engines import LANGUAGES

pytestmark = pytest.mark.long

ALICE = "alice@example.test"
WINDOWS = r"C:\Program Files (x86)\hMailServer\Events"
LETTER = "From: alice@example.test\r\nSubject: hello\r\n\r\nbody\r\n"


def plain(password: str, name: str = ALICE) -> str:
    return base64.b64encode(f"\0{name}\0{password}".encode()).decode()


async def imap(server: Server, command: str) -> str:
    """Give one command to IMAP; returns its tagged answer."""
    client = await server.doors.connect("imap")
    await client.line()
    return await client.ask(f"a {command}")


async def pop3(server: Server, password: str) -> str:
    """Log in to POP3; returns the answer to PASS."""
    client = await server.doors.client("pop3")
    client.writer.write(f"USER {ALICE}\r\nPASS {password}\r\nQUIT\r\n".encode())
    await client.line()
    answer = await client.line()
    await client.line()
    return answer


async def submission(server: Server, password: str = "secret-1") -> tuple[Client, str]:
    """Log in to SMTP; gives the client and the answer."""
    client = await server.doors.client("submission", "EHLO pc.test")
    return client, await client.log_in(password=password)


# Section 1: the script engine


async def test_events_1_1_enabled_switches_all_triggers(serve: Serve) -> None:
    async with serve("refuse") as server:
        client = await server.doors.client("smtp")
        scripting = await server.scripting()
        for enabled in (True, False, True):
            await scripting.put("Enabled", enabled)
            assert (await client.say("EHLO mx.remote.test")).startswith("554 Rejected" if enabled else "250"), enabled


async def test_events_1_1_a_language_that_is_none_loads_nothing(serve: Serve) -> None:
    async with serve("refuse") as server:
        scripting = await server.scripting()
        for language in (serve.language.lower(), "Perl", ""):
            await scripting.put("Language", language)
            assert (await scripting("CurrentScriptFile")).endswith("EventHandlers.")
            await scripting("Reload")
            assert "There is no language" in server.events.logged("script-unloadable")[-1]["reason"]


async def test_events_1_2_and_5_1_the_one_file_is_that_of_the_language_in_the_events_folder(serve: Serve) -> None:
    async with serve("where") as server:
        (server.events.folder / "Events" / "EventHandlers.txt").write_text("not this one")
        await server.doors.client("smtp", "EHLO mx.remote.test")
        native = str(server.events.folder / "Events")
        folder = WINDOWS if LANGUAGES[serve.language].paths else native
        parted = "\\" if folder == WINDOWS else "/"
        extension = {"VBScript": "vbs", "JScript": "js", "Python": "py"}[serve.language]
        assert await server.written(f"{serve.language} {folder} {folder}{parted}EventHandlers.{extension}")
        assert await (await server.scripting())("CurrentScriptFile") == f"{native}/EventHandlers.{extension}", "clients see native paths"


async def test_events_1_3_edits_have_no_effect_until_reload(serve: Serve) -> None:
    async with serve("globals") as server:
        client = await server.doors.client("smtp")
        server.events.file.write_text(handlers("refuse", serve.language))
        assert await client.say("EHLO mx.remote.test") == "554 2 mx.remote.test"
        await (await server.scripting())("Reload")
        assert await client.say("EHLO mx.remote.test") == "554 Rejected"


@pytest.mark.parametrize("broken", ["syntax", "run time"])
async def test_events_1_4_a_broken_file_changes_nothing_and_is_error_5016(serve: Serve, broken: str) -> None:
    """Unlike hMailServer, which keeps the new text in memory."""
    async with serve("refuse") as server:
        client = await server.doors.client("smtp")
        server.events.file.write_text("= (\n" if broken == "syntax" else "no_such_thing.Do()\n")
        await (await server.scripting())("Reload")
        assert await client.say("EHLO mx.remote.test") == "554 Rejected"
        assert await server.written("2 5016"), "OnError hears of it, with severity 2 (High)"


@pytest.mark.parametrize(("text", "line"), [("", ""), ("= (\n", "Line: 1 "), ("no_such_thing.Do()\n", "Code: no_such_thing.Do()")])
async def test_events_1_5_check_syntax_tells_file_and_error_and_loads_nothing(serve: Serve, text: str, line: str) -> None:
    async with serve("refuse") as server:
        server.events.file.write_text(text)
        told = await (await server.scripting())("CheckSyntax")
        assert told == "" if not text else told.startswith(f"File: {server.events.file}\r\nScript Error: Source: ") and line in told, told
        client = await server.doors.client("smtp")
        assert await client.say("EHLO mx.remote.test") == "554 Rejected"


async def test_events_1_6_vbscript_ignores_the_case_of_a_trigger_s_name_and_the_others_do_not(serve: Serve) -> None:
    async with serve("other_case") as server:
        assert server.events.scripts.active == ({"OnHELO", "OnSMTPData"} if serve.language == "VBScript" else {"OnHELO"})
        client = await server.doors.client("smtp")
        assert await client.say("EHLO mx.remote.test") == "554 Rejected"


async def test_events_1_7_globals_do_not_survive_and_events_run_at_the_same_time(serve: Serve) -> None:
    async with serve("globals") as server:
        clients = [await server.doors.client("smtp") for _ in range(6)]
        for _ in range(3):
            answers = await asyncio.gather(*(client.say(f"EHLO c{number}.test") for number, client in enumerate(clients)))
            assert answers == [f"554 2 c{number}.test" for number in range(len(clients))]


async def test_events_1_8_named_objects_are_globals_beside_the_parameters(serve: Serve) -> None:
    async with serve("named") as server:
        client, answer = await submission(server)
        assert answer.startswith("235"), "Result is no name where an event has none, and the error of that changes nothing"
        assert await client.mail("bob@example.test", sender=ALICE) == f"554 {ALICE} {ALICE}"
        assert await server.written("hello pc.test 127.0.0.1", ALICE, ALICE, ALICE), "the password is looked at again at MAIL FROM"
        assert len(server.events.logged("script-error")) == 1


async def test_events_1_9_a_handler_sends_another_message_with_an_object_it_creates(serve: Serve) -> None:
    async with serve("another") as server:
        client = await server.doors.smtp()
        assert (await client.mail(ALICE)).startswith("250")
        await server.doors.quiet()
        await server.doors.quiet()
        [copy] = await server.doors.inbox("bob")
        assert b"Subject: copy\r\n" in copy
        assert len(await server.doors.inbox("alice")) == 1
        assert await server.written("saved 1 yes")


async def test_events_1_9_and_5_4_unknown_classes_are_refused_by_name_and_names_have_no_case(serve: Serve) -> None:
    async with serve("create") as server:
        await server.doors.client("smtp", "EHLO mx.remote.test")
        told = {
            "VBScript": ["429", "424", "70"],
            "JScript": ["429", "undefined", "undefined"],
            "Python": ["800401F3", "False", "False"],
        }
        assert await server.written(*told[serve.language], "127.0.0.1 9dd4e461268c8034f5c8564e155c67a6")
        [error] = server.events.logged("script-error")
        assert "Excel.Application" in error["line"], "what nobody catches is logged with the name of the class"


async def test_events_1_10_an_error_of_a_script_is_logged_and_what_result_held_and_was_saved_counts(serve: Serve) -> None:
    async with serve("broken") as server:
        client = await server.doors.smtp()
        assert await client.mail(ALICE, content="Subject: refuse\r\n\r\nbody\r\n") == "554 Rejected", "what Result held at that moment"
        assert (await client.mail(ALICE)).startswith("250"), "nothing is refused because a script failed"
        [letter] = await server.doors.inbox()
        assert b"X-Saved: yes\r\n" in letter
        lines = [line["line"] for line in server.events.logged("script-error")]
        assert len(lines) == 2
        assert all(line.startswith("Script Error: Source: ") and "NoSuchThing" in line and " - Line: " in line for line in lines), lines
        await server.doors.quiet()
        assert server.events.written() == [], "it is no OnError"


async def test_events_1_11_the_debug_log_tells_the_event(serve: Serve) -> None:
    async with serve("helo") as server:
        await server.doors.client("smtp", "EHLO mx.remote.test")
        told = [line["line"] for line in server.events.lines if line["event"] in {"script-began", "script-ended"}]
        assert told == ["Executing event OnHELO", "Event completed"]


async def test_events_1_12_a_function_in_comments_is_none_and_its_trigger_is_not_used(serve: Serve) -> None:
    async with serve("template") as server:
        assert server.events.scripts.active == frozenset()
        client = await server.doors.smtp()
        assert (await client.mail(ALICE)).startswith("250")
        assert len(await server.doors.inbox()) == 1, "the direct path: it is there with the 250"
        assert server.events.logged("script-began") == []


# Section 2: Result


async def test_events_2_what_result_holds_is_what_the_client_reads(serve: Serve) -> None:
    async with serve("results", max_number_of_invalid_commands=1) as server:
        client = await server.doors.client("smtp")
        for word, reply in (("1x", "554 Rejected"), ("2x", "554 Not 2x"), ("3x", "453 Not 3x")):
            assert await client.say(f"EHLO {word}") == reply
            await client.say("EHLO 0x")
            assert await client.mail(ALICE, sender=f"{word}@remote.test") == f"{reply}@remote.test" if word != "1x" else reply
            await client.say("RSET")
            assert await client.mail(ALICE, sender="0x@remote.test", content=f"Subject: {word}\r\n\r\nbody\r\n") == reply
        for word in ("0x", "4x", "99x"):
            assert (await client.say(f"EHLO {word}")).startswith("250")
            answer = await client.mail(ALICE, sender=f"{word}@remote.test", content=f"Subject: {word}\r\n\r\nbody\r\n")
            assert answer.startswith("250"), "another value is ignored, and none of all this was an invalid command"
        assert len(await server.doors.inbox()) == 3


# Section 3: the triggers of a session


async def test_events_3_1_a_connection_of_each_protocol_is_told_and_closed_without_any_text(serve: Serve) -> None:
    async with serve("connect") as server:
        protocols = ("smtp", "imap", "pop3", "smtps")
        for protocol in protocols:
            client = await server.doors.connect(protocol)
            assert await client.line() == ""
        assert await server.written(*[f"127.0.0.1 {server.doors.ports[protocol]} [] 0 yes no" for protocol in protocols])


async def test_events_3_2_each_hello_is_told_and_a_refusal_leaves_the_session_as_it_was(serve: Serve) -> None:
    async with serve("helo") as server:
        client = await server.doors.client("submission")
        assert (await client.say("EHLO")).startswith("501")
        assert await client.all("EHLO bad.test") == '554 Go "away"'
        assert (await client.say(f"MAIL FROM:<{ALICE}>")).startswith("503"), "it has not greeted"
        assert (await client.say("HELO good.test")).startswith("250")
        await client.say("EHLO good.test", "STARTTLS")
        await client.encrypt(server.doors.tls)
        await client.say("EHLO safe.test")
        assert (await client.log_in()).startswith("235")
        await client.say("EHLO again.test")
        safe = [f"{name}.test [] no TLSv1.3" for name in ("safe", "again")]
        assert await server.written("bad.test [] no ", "good.test [] no ", "good.test [] no ", *safe), "Username is empty even when logged on"


async def test_events_3_3_a_password_is_judged_wherever_it_is_checked(serve: Serve) -> None:
    async with serve("validate") as server:
        wrong = []
        for password, right in (('pass"word', True), ("refused", False), ("secret-1", True), ("wrong", False)):
            quoted = password.replace('"', '\\"')
            answers = [
                (await submission(server, password))[1].startswith("235"),
                (await pop3(server, password)).startswith("+OK"),
                (await imap(server, f'LOGIN {ALICE} "{quoted}"')).startswith("OK"),
                (await imap(server, f"AUTHENTICATE PLAIN {plain(password)}")).startswith("OK"),
            ]
            wrong += [password for answer in answers if answer is not right]
        assert wrong == []
        assert await server.written(*[f"{ALICE} 2 {password}" for password in ('pass"word', "refused", "secret-1", "wrong") for _ in range(4)])
        assert (await imap(server, "LOGIN nobody@example.test secret-1")).startswith("NO")
        await server.scripting()
        assert len(server.events.written()) == 16, "neither for an unknown account nor for the administrator"


async def test_events_3_3_a_password_is_judged_again_at_mail_from_and_scram_is_not_offered(serve: Serve) -> None:
    async with serve("validate") as server:
        client, answer = await submission(server)
        assert answer.startswith("235")
        assert (await client.say(f"MAIL FROM:<{ALICE}>")).startswith("250")
        assert await server.written(*[f"{ALICE} 2 secret-1"] * 2)
        assert "SCRAM" not in await client.all("EHLO pc.test")
        await server.load("helo")
        other = await server.doors.client("submission")
        assert "SCRAM" in await other.all("EHLO pc.test")


async def test_events_3_4_every_password_that_was_tried_is_told(serve: Serve) -> None:
    async with serve("logon") as server:
        ports = server.doors.ports
        for password in ("wrong", "secret-1"):
            await submission(server, password)
            await pop3(server, password)
            await imap(server, f"LOGIN Alice@example.test {password}")
            await imap(server, f"AUTHENTICATE PLAIN {plain(password)}")
        told = [
            line
            for known in ("no", "yes")
            for line in (
                f"{ALICE} {known} {ports['submission']} [pc.test]",
                f"{ALICE} {known} {ports['pop3']} []",
                f"Alice@example.test {known} {ports['imap']} []",
            )
        ]
        assert await server.written(*told), "as typed, and not for AUTHENTICATE of IMAP"


async def test_events_3_5_an_unknown_recipient_is_told_with_the_envelope_so_far(serve: Serve) -> None:
    async with serve("unknown") as server:
        await server.doors.town.directory.accounts.set("bob@example.test", active=False)
        client = await server.doors.smtp()
        await client.say("MAIL FROM:<a@remote.test>", f"RCPT TO:<{ALICE}>")
        assert await client.say("RCPT TO:<nobody@example.test>") == "550 5.1.1 Unknown user."
        assert (await client.say("RCPT TO:<bob@example.test>"))[0] in "45"
        assert await server.written("mx.remote.test a@remote.test 1 []")


@pytest.mark.parametrize("mailing", [True, False])
async def test_events_3_6_a_client_that_is_sent_away_is_told_with_its_message_or_an_empty_one(serve: Serve, mailing: bool) -> None:
    async with serve("too_many", max_number_of_invalid_commands=2) as server:
        client = await server.doors.smtp()
        if mailing:
            await client.say("MAIL FROM:<a@remote.test>", f"RCPT TO:<{ALICE}>")
        await client.say(*["NONSENSE"] * 3)
        assert await client.line() == "421 4.7.0 Too many invalid commands. Bye!"
        assert await server.written("mx.remote.test [a@remote.test] 1" if mailing else "mx.remote.test [] 0")


async def test_events_3_7_data_is_refused_with_the_envelope_kept_and_save_is_ignored(serve: Serve) -> None:
    async with serve("data") as server:
        client, _ = await submission(server)
        assert await client.mail("bob@example.test", sender=ALICE) == f"453 Later, {ALICE}: {ALICE} yes pc.test"
        assert (await client.say(f"RCPT TO:<{ALICE}>")).startswith("250"), "the envelope is kept"
        assert (await client.say("DATA")).startswith("354")
        assert (await client.say(LETTER + ".")).startswith("250")
        for name in ("alice", "bob"):
            [letter] = await server.doors.inbox(name)
            assert b"X-Stray" not in letter


async def test_events_3_8_a_message_is_changed_or_refused_before_its_250(serve: Serve) -> None:
    async with serve("accept") as server:
        client = await server.doors.smtp()
        assert (await client.mail(ALICE)).startswith("250")
        for name in ("alice", "bob"):
            [letter] = await server.doors.inbox(name)
            assert b"X-Tag: external\r\n" in letter
            assert b"Subject: [external] hello\r\n" in letter
            assert b"X-Unsaved" not in letter
        assert await client.mail(ALICE, content="Subject: spam\r\n\r\nbody\r\n") == "554 No spam"
        assert (await client.mail(ALICE, content="Subject: for bob\r\n\r\nbody\r\n")).startswith("250")
        assert (len(await server.doors.inbox("alice")), len(await server.doors.inbox("bob"))) == (1, 2), "recipients need no Save"


async def test_events_3_8_the_signature_of_a_user_is_there_and_goes_out_once(serve: Serve) -> None:
    async with serve("signed") as server:
        app = await server.events.below.login()
        domain = await app("Domains.Item", 0)
        await domain.set(SignatureEnabled=True, SignaturePlainText="the signature", SignatureMethod=1, AddSignaturesToLocalMail=True)
        await domain("Save")
        client, _ = await submission(server)
        assert (await client.mail("bob@example.test", sender=ALICE, content=LETTER)).startswith("250")
        [letter] = await server.doors.inbox("bob")
        assert (letter.count(b"the signature"), letter.count(b"X-Seen: yes")) == (1, 1)
        assert await server.written("yes")


# Section 5: ours


async def test_events_5_2_arguments_are_values_whatever_stands_in_them(serve: Serve) -> None:
    password = '"); Result.Value = 0 \' " & Chr(34) & """ + \\ {0}'
    async with serve("values") as server:
        _, answer = await submission(server, password)
        assert answer.startswith("235")
        assert await server.written(str(len(password)))
        assert server.events.logged("script-error") == []


async def test_events_5_3_a_script_that_hangs_costs_its_own_event_only(serve: Serve) -> None:
    async with serve("hang", scripting_time_limit=1) as server:
        hanging, other = await server.doors.client("smtp"), await server.doors.client("smtp")
        waiting = asyncio.create_task(hanging.say("EHLO hang.test"))
        for _ in range(3):
            assert await other.say("EHLO mx.remote.test") == "554 Rejected"
        assert (await waiting).startswith("250"), "as if the handler had done nothing"
        assert [line["name"] for line in server.events.logged("script-lost")] == ["OnHELO"]
        assert await hanging.say("EHLO mx.remote.test") == "554 Rejected"
