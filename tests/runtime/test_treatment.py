"""What rules, signatures, the mirror, vacation messages and forwarding do with mail that comes in, over real sessions (sections 11 and 14)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, added
from postroom.events import BY_RULE, RuleFunction
from postroom.formats import headers
from wholeserver import PASSWORD, Whole, whole

STRANGER = "stranger@elsewhere.test"
LOGIN = base64.b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(tmp_path, accounts=("alice", "bob", "carol"), imap_hierarchy_delimiter=".") as opened:
        yield opened


@pytest.fixture
async def app(server: Whole) -> Hand:
    return await server.login()


async def account(app: Hand, name: str) -> Hand:
    found: Hand = await app("Domains.Item", 0)
    accounts = await found("Accounts")
    address: Hand = await accounts("ItemByAddress", f"{name}@example.test")
    return address


async def rule(rules: Hand, criteria: dict[str, Any], *actions: dict[str, Any], **values: Any) -> Hand:
    """Make a rule with one criterion and some actions."""
    made = await added(rules, Name="a rule", **values)
    await added(await made("Criterias"), **criteria)
    for action in actions:
        await added(await made("Actions"), **action)
    return made


SUBJECT = {"UsePredefined": True, "PredefinedField": 4, "MatchType": 2, "MatchValue": "hello"}
DELETE, FORWARD, REPLY, MOVE, CALL, STOP, SET, ROUTE, COPY = ({"Type": number} for number in range(1, 10))


async def settled(server: Whole, address: str, count: int, folder: str = "INBOX") -> list[bytes]:
    """Wait until a folder holds so many messages."""
    async with asyncio.timeout(20):
        while len(found := await server.mail(address, folder)) < count:  # noqa: ASYNC110 - the mail may come over another shard
            await asyncio.sleep(0.01)
    return found


def field(message: bytes, name: str) -> str:
    return (headers.find(message[: headers.header_end(message)], name) or b"").decode()


async def test_model_11_5_an_account_s_rule_moves_mail_into_a_folder_that_is_made_for_it(server: Whole, app: Hand) -> None:
    bob = await account(app, "bob")
    await rule(await bob("Rules"), SUBJECT, MOVE | {"IMAPFolder": "Lists.Gr&APw-n"})
    assert (await server.send(STRANGER, "alice@example.test", "bob@example.test"))[-1].startswith("250 ")
    assert len(await server.mail("alice@example.test")) == 1
    assert len(await settled(server, "bob@example.test", 1, "Lists/Grün")) == 1
    assert await server.mail("bob@example.test") == []
    async with server.open("imap") as talk:
        await talk.hear()
        await talk.ask(f"LOGIN bob@example.test {PASSWORD}")
        assert any("Lists" in line for line in await talk.ask('LIST "" *'))
        assert not any("Lists" in line for line in await talk.ask('LSUB "" *')), "nobody subscribed to it"


async def test_model_11_5_mail_is_deleted_for_one_and_kept_for_others(server: Whole, app: Hand) -> None:
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, DELETE)
    await server.send(STRANGER, "alice@example.test", "bob@example.test")
    assert [len(await server.mail(f"{name}@example.test")) for name in ("alice", "bob")] == [1, 0]
    await rule(await app("Rules"), SUBJECT, DELETE)
    assert (await server.send(STRANGER, "alice@example.test"))[-1].startswith("250 ")
    assert [len(await server.mail(f"{name}@example.test")) for name in ("alice", "bob")] == [1, 0]


async def test_model_11_2_criteria_orders_and_stop(server: Whole, app: Hand) -> None:
    rules = await (await account(app, "bob"))("Rules")
    first = await rule(rules, SUBJECT, MOVE | {"IMAPFolder": "first"}, STOP)
    await rule(rules, SUBJECT, MOVE | {"IMAPFolder": "second"})
    await added(await first("Criterias"), UsePredefined=False, HeaderField="X-Kind", MatchType=1, MatchValue="news")
    await server.send(STRANGER, "bob@example.test", message="Subject: hello\r\nX-Kind: NEWS\r\n\r\nx")
    await server.send(STRANGER, "bob@example.test", message="Subject: hello\r\n\r\nx")
    assert [len(await server.mail("bob@example.test", name)) for name in ("first", "second")] == [1, 1]
    await first.set(UseAND=False)
    await first("Save")
    await server.send(STRANGER, "bob@example.test", message="Subject: hello\r\n\r\nx")
    assert [len(await server.mail("bob@example.test", name)) for name in ("first", "second")] == [2, 1]
    await first("MoveDown")
    await server.send(STRANGER, "bob@example.test", message="Subject: hello\r\n\r\nx")
    assert [len(await server.mail("bob@example.test", name)) for name in ("first", "second")] == [3, 1], "the last that moves it decides"
    await first.set(Active=False)
    await first("Save")
    await server.send(STRANGER, "bob@example.test", message="Subject: hello\r\n\r\nx")
    assert [len(await server.mail("bob@example.test", name)) for name in ("first", "second")] == [3, 2]


async def test_model_11_6_a_field_is_set_for_all_or_for_one(server: Whole, app: Hand) -> None:
    await rule(await app("Rules"), SUBJECT, SET | {"HeaderName": "X-All", "Value": "yes"})
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, SET | {"HeaderName": "Subject", "Value": "[bob] %MACRO_ORIGINAL_HEADER%"})
    await server.send(STRANGER, "alice@example.test", "bob@example.test")
    [to_alice], [to_bob] = await server.mail("alice@example.test"), await settled(server, "bob@example.test", 1)
    assert [(field(one, "X-All"), field(one, "Subject")) for one in (to_alice, to_bob)] == [("yes", "hello"), ("yes", "[bob] hello")]
    assert field(to_bob, "Return-Path") == f"<{STRANGER}>"


async def test_model_11_7_and_11_8_mail_is_forwarded_with_its_sender_and_not_for_ever(server: Whole, app: Hand) -> None:
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, FORWARD | {"To": "carol@example.test"})
    await rule(await (await account(app, "carol"))("Rules"), SUBJECT, FORWARD | {"To": "bob@example.test"})
    await server.send(STRANGER, "bob@example.test")
    to_carol = await settled(server, "carol@example.test", 3)
    assert sorted(field(one, "X-hMailServer-LoopCount") for one in to_carol) == ["1", "3", "5"]
    assert {field(one, "Return-Path") for one in to_carol} == {f"<{STRANGER}>"}
    assert sorted(field(one, "X-hMailServer-LoopCount") for one in await settled(server, "bob@example.test", 3)) == ["", "2", "4"]
    assert await server.queued() == []


async def test_model_11_8_a_forward_may_have_the_account_as_sender(server: Whole, app: Hand) -> None:
    await server.house.directory.table.set("rewrite_envelope_from_when_forwarding", value=True)
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, FORWARD | {"To": "x@elsewhere.test"})
    await server.send(STRANGER, "bob@example.test")
    assert await server.queued() == [("bob@example.test", "x@elsewhere.test")]


async def test_model_11_7_a_reply_goes_to_people_only(server: Whole, app: Hand) -> None:
    answer = {"FromName": "Bob", "FromAddress": "bob@example.test", "Subject": "Gone", "Body": "away"}
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, REPLY | answer)
    for sender, more in (
        ("", ""),
        (STRANGER, "Auto-Submitted: auto-replied\r\n"),
        (STRANGER, "Precedence: bulk\r\n"),
        (STRANGER, "List-Id: <x.y>\r\n"),
    ):
        await server.send(sender, "bob@example.test", message=f"Subject: hello\r\n{more}\r\nx")
    assert await server.queued() == []
    await server.send("alice@example.test", "bob@example.test", message="Subject: hello\r\nMessage-ID: <1@x>\r\n\r\nx")
    [reply] = await settled(server, "alice@example.test", 1)
    told = {name: field(reply, name) for name in ("From", "To", "Subject", "Auto-Submitted", "In-Reply-To", "Return-Path")}
    assert told == {
        "From": "Bob <bob@example.test>",
        "To": "alice@example.test",
        "Subject": "Gone",
        "Auto-Submitted": "auto-replied",
        "In-Reply-To": "<1@x>",
        "Return-Path": "<bob@example.test>",
    }


async def test_model_11_5_a_copy_says_which_rule_made_it(server: Whole, app: Hand) -> None:
    criteria = {"UsePredefined": False, "HeaderField": "X-CopyRule", "MatchType": 7, "MatchValue": "a rule"}
    await rule(await app("Rules"), criteria, COPY)
    await server.send(STRANGER, "bob@example.test")
    assert sorted(field(one, "X-CopyRule") for one in await settled(server, "bob@example.test", 2)) == ["", "a rule"]


async def test_model_11_5_a_global_rule_chooses_the_route(server: Whole, app: Hand) -> None:
    route = await added(await app("Settings.Routes"), DomainName="way.test", TargetSMTPHost="127.0.0.1", TargetSMTPPort=9)
    await rule(await app("Rules"), SUBJECT, ROUTE | {"RouteID": await route("ID")})
    await server.talk(
        "submission",
        "EHLO client",
        f"AUTH PLAIN {LOGIN}",
        "MAIL FROM:<alice@example.test>",
        "RCPT TO:<x@elsewhere.test>",
        "DATA",
        "From: alice@example.test\r\nSubject: hello\r\n\r\nx\r\n.",
    )
    database = server.house.database
    found = [row[0] for shard in range(database.shards) for row in await database.read(shard, "SELECT options FROM queue")]
    assert [f'"ROUTE": "{await route("ID")}"' in one for one in found] == [True]


async def test_model_14_4_a_sender_is_answered_once_until_it_is_switched_off(server: Whole, app: Hand) -> None:
    bob = await account(app, "bob")
    await bob.set(VacationMessageIsOn=True, VacationSubject="Away: %SUBJECT%", VacationMessage="I am away.\r\n%SUBJECT% waits.")
    await bob("Save")
    for _ in range(2):
        await server.send("alice@example.test", "bob@example.test", message="Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nx")
    [reply] = await settled(server, "alice@example.test", 1)
    assert (field(reply, "Return-Path"), field(reply, "Auto-Submitted")) == ("<>", "auto-replied")
    assert field(reply, "Subject") == "=?utf-8?q?Away=3A_Gr=C3=BC=C3=9Fe?="
    assert b"I am away." in reply
    assert len(await server.mail("bob@example.test")) == 2
    await server.send("bob@example.test", "bob@example.test")
    await server.send("", "bob@example.test")
    await server.send("carol@example.test", "bob@example.test")
    await settled(server, "carol@example.test", 1)
    for on in (False, True):
        await bob.set(VacationMessageIsOn=on)
        await bob("Save")
    await server.send("alice@example.test", "bob@example.test")
    assert len(await settled(server, "alice@example.test", 2)) == 2
    assert len(await server.mail("bob@example.test")) == 6


async def test_model_14_4_a_sender_is_answered_once_whichever_recipient_stands_first(server: Whole, app: Hand) -> None:
    for name in ("bob", "carol"):
        one = await account(app, name)
        await one.set(VacationMessageIsOn=True, VacationMessage=f"{name} is away.")
        await one("Save")
    shards = {server.house.mailboxes.shard_of((await server.house.directory.accounts.get(f"{name}@example.test")).id) for name in ("bob", "carol")}
    assert len(shards) == 2
    for recipients in (("bob", "carol"), ("carol", "bob"), ("bob",), ("carol",)):
        await server.send("alice@example.test", *(f"{name}@example.test" for name in recipients))
    await settled(server, "alice@example.test", 2)
    assert await server.queued() == []
    replies = await server.mail("alice@example.test")
    assert sorted(reply.partition(b" is away")[0][-5:].strip() for reply in replies) == [b"bob", b"carol"]


async def test_model_14_4_an_empty_subject_answers_to_the_old_one_and_the_reply_may_end(server: Whole, app: Hand) -> None:
    bob = await account(app, "bob")
    await bob.set(VacationMessageIsOn=True, VacationMessage="x", VacationMessageExpires=True, VacationMessageExpiresDate="2020-01-01")
    await bob("Save")
    await server.send("alice@example.test", "bob@example.test")
    await bob.set(VacationMessageIsOn=True, VacationMessageExpires=False)
    await bob("Save")
    await server.send("alice@example.test", "bob@example.test")
    [reply] = await settled(server, "alice@example.test", 1)
    assert field(reply, "Subject") == "Re: hello"


async def test_model_14_5_an_account_forwards_and_keeps_or_not(server: Whole, app: Hand) -> None:
    bob = await account(app, "bob")
    await bob.set(ForwardEnabled=True, ForwardAddress="x@elsewhere.test", ForwardKeepOriginal=True)
    await bob("Save")
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test")) == 1
    await bob.set(ForwardKeepOriginal=False)
    await bob("Save")
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test")) == 1
    assert await server.queued() == [(STRANGER, "x@elsewhere.test")] * 2
    await bob.set(ForwardAddress="bob@example.test")
    await bob("Save")
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test")) == 2, "what would go in a circle is kept"


async def test_model_14_5_two_accounts_that_forward_to_each_other_keep_the_mail_in_the_end(server: Whole, app: Hand) -> None:
    for name, other in (("bob", "carol"), ("carol", "bob")):
        one = await account(app, name)
        await one.set(ForwardEnabled=True, ForwardAddress=f"{other}@example.test")
        await one("Save")
    await server.send(STRANGER, "bob@example.test")
    [kept] = await settled(server, "carol@example.test", 1)
    assert field(kept, "X-hMailServer-LoopCount") == "5"
    assert await server.mail("bob@example.test") == []


async def test_model_14_11_signatures_of_account_and_domain(server: Whole, app: Hand) -> None:
    domain = await app("Domains.Item", 0)
    alice = await account(app, "alice")
    await domain.set(SignatureEnabled=True, SignaturePlainText="example.test %User.Address%", SignatureMethod=1)
    await domain("Save")

    async def written(**more: str) -> bytes:
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
        before = len(await server.mail("bob@example.test"))
        said = await server.talk(
            "submission",
            "EHLO client",
            f"AUTH PLAIN {LOGIN}",
            "MAIL FROM:<alice@example.test>",
            "RCPT TO:<bob@example.test>",
            "DATA",
            f"From: alice@example.test\r\n{head}\r\nbody\r\n.",
        )
        assert said[-1].startswith("250 ")
        return (await server.mail("bob@example.test"))[before]

    assert (await written()).endswith(b"\r\n\r\nbody\r\n\r\nexample.test alice@example.test\r\n")
    await alice.set(SignatureEnabled=True, SignaturePlainText="alice & co")
    await alice("Save")
    assert (await written()).endswith(b"body\r\n\r\nalice & co\r\n")
    for method, expected in ((2, b"\r\nexample.test alice@example.test\r\n"), (3, b"\r\nalice & co\r\nexample.test alice@example.test\r\n")):
        await domain.set(SignatureMethod=method)
        await domain("Save")
        assert (await written()).endswith(expected)
    html = await written(MIME_Version="1.0", Content_Type="text/html")
    assert b"body<br/>alice &amp; co<br/>example.test alice@example.test" in html.replace(b"\r\n", b"")
    assert (await written(In_Reply_To="<1@x>")).endswith(b"\r\n\r\nbody\r\n")
    assert (await written(Content_Type="multipart/signed; boundary=x")).endswith(b"\r\n\r\nbody\r\n")
    await domain.set(AddSignaturesToLocalMail=False)
    await domain("Save")
    assert (await written()).endswith(b"\r\n\r\nbody\r\n")
    await server.send(STRANGER, "carol@example.test")
    assert b"example.test alice" not in (await server.mail("carol@example.test"))[0]


async def test_model_14_12_the_mirror_gets_a_copy_of_everything_but_its_own(server: Whole, app: Hand) -> None:
    settings = await app("Settings")
    await settings.put("MirrorEMailAddress", "carol@example.test")
    await server.send(STRANGER, "bob@example.test")
    await server.send("carol@example.test", "bob@example.test")
    await server.send("mailer-daemon@example.test", "bob@example.test")
    assert [len(await server.mail(f"{name}@example.test")) for name in ("bob", "carol")] == [3, 1]
    await settings.put("MirrorEMailAddress", "mirror@elsewhere.test")
    await server.send(STRANGER, "bob@example.test")
    assert await server.queued() == [(STRANGER, "mirror@elsewhere.test")]


async def test_model_11_9_a_rule_moves_mail_into_a_public_folder_where_it_may(server: Whole, app: Hand) -> None:
    folders = await app("Settings.PublicFolders")
    shared = await folders("Add", "Shared")
    await rule(await (await account(app, "bob"))("Rules"), SUBJECT, MOVE | {"IMAPFolder": "#Public.Shared"})
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test")) == 1, "without the right it stays in INBOX"
    await added(await shared("Permissions"), PermissionType=2, Value=16)
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test")) == 1
    assert await (await (await folders("ItemByName", "Shared"))("Messages"))("Count") == 1


async def test_events_4_2_a_function_that_a_rule_calls_changes_what_later_rules_and_the_recipient_see(server: Whole, app: Hand) -> None:
    called: list[tuple[str, int, list[str]]] = []

    async def mark(event: RuleFunction) -> None:
        called.append((event.function, event.mail.state, event.mail.recipients))
        await event.mail.write((await event.mail.read()).replace(b"Subject: hello", b"Subject: marked"))

    server.house.directory.events.subscribe(mark, [BY_RULE])
    rules = await (await account(app, "bob"))("Rules")
    await rule(rules, SUBJECT, CALL | {"ScriptFunction": "Mark"})
    await rule(rules, SUBJECT | {"MatchValue": "marked"}, MOVE | {"IMAPFolder": "Marked"})
    await server.send(STRANGER, "alice@example.test", "bob@example.test")
    assert called == [("Mark", 1, ["alice@example.test", "bob@example.test"])]
    (message,) = await server.mail("bob@example.test", "Marked")
    assert field(message, "Subject") == "marked"
    (other,) = await server.mail("alice@example.test")
    assert field(other, "Subject") == "hello", "in an account's rules it is that account's copy"


async def test_events_4_1_without_scripts_a_rule_goes_on_behind_its_function(server: Whole, app: Hand) -> None:
    rules = await (await account(app, "bob"))("Rules")
    await rule(rules, SUBJECT, CALL | {"ScriptFunction": "Mark"}, MOVE | {"IMAPFolder": "Seen"})
    await server.send(STRANGER, "bob@example.test")
    assert len(await server.mail("bob@example.test", "Seen")) == 1
