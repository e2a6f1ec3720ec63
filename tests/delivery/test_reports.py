"""What senders are told, and that they are told once: failures, delays, successes; by NOTIFY, to mailboxes here and addresses elsewhere."""

import email
import email.policy
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from postroom.delivery import queue
from postroom.delivery.advice import BY_CODE, BY_SUBJECT, UNKNOWN, advice
from postroom.delivery.outcome import Job, Outcome, State
from postroom.delivery.post import Post
from postroom.delivery.spool import Spool
from postroom.directory.accounts import Account
from postroom.directory.resolve import NOT_OURS
from postroom.directory.servermessages import ServerMessage
from postroom.errors import Unavailable
from postroom.formats.address import Address
from postroom.formats.dsn import Action, parse
from postroom.formats.envelope import Envelope, Recipient
from town import MESSAGE, Town, greylists, is_away, refuses, reports_itself, takes, town

HOUR = 3600
DAY = 24 * HOUR

RETURNED = """\
Return-Path: <>
Delivered-To: alice@example.test
Date: Wed, 18 Nov 2026 11:06:40 +0000
From: Mail Delivery System <postmaster@example.test>
To: alice@example.test
Subject: Not delivered: hello
Message-ID: <report...@mail.example.test>
MIME-Version: 1.0
Auto-Submitted: auto-replied
References: <1@example.test>
Content-Type: multipart/report; report-type=delivery-status;
 boundary="..."

--...
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: 7bit

This is the mail server mail.example.test.

Your message could not be delivered to:

  bob@remote.test
    There is no such mailbox.
    In detail: mail.remote.test answered 550 5.1.1 User unknown
    What you can do: Check the spelling of the address and send the message
      again, or ask the recipient for the right one.

The message came here on Wed, 18 Nov 2026 11:06:40 +0000.
Its subject: hello

--...
Content-Type: message/delivery-status
Content-Transfer-Encoding: 7bit

Original-Envelope-Id: e 7
Reporting-MTA: dns; mail.example.test
Arrival-Date: Wed, 18 Nov 2026 11:06:40 +0000

Final-Recipient: rfc822; bob@remote.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.remote.test
Diagnostic-Code: smtp; 550 5.1.1 User unknown
Last-Attempt-Date: Wed, 18 Nov 2026 11:06:40 +0000

--...
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 7bit

Message-ID: <1@example.test>
From: alice@example.test
Subject: hello

--...--
"""


def settled(message: bytes) -> str:
    """A report without what chance made of it."""
    text = message.decode().replace("\r\n", "\n")
    text = re.sub(r"<report\.[0-9a-f]+\.[0-9a-f]+@", "<report...@", text)
    return re.sub(r"=_[0-9a-f]{24}", "...", text)


def parts(message: bytes) -> list[Any]:
    """The parts of a report as Python's own parser reads them."""
    found = email.message_from_bytes(message, policy=email.policy.SMTP)
    assert found.get_content_type() == "multipart/report"
    assert found.get_param("report-type") == "delivery-status"
    return list(found.iter_parts())


def status(message: bytes) -> Any:
    raw = message.partition(b"delivery-status\r\nContent-Transfer-Encoding: ")[2].partition(b"\r\n\r\n")[2]
    return parse(raw[: raw.index(b"\r\n--=_")])


async def test_a_failure_comes_back_with_words_codes_and_the_header(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", ENVID="e 7")
        await it.quiet()
        (report,) = await it.mail("alice@example.test")
        assert settled(report) == RETURNED
        assert await it.rows("*") == []


async def test_the_whole_message_comes_back_when_asked_for_and_small_enough(tmp_path: Path) -> None:
    async with town(tmp_path, max_returned_size=1000) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", RET="FULL")
        await it.send("bob@remote.test", RET="FULL", message=MESSAGE + b"x" * 70 + b"\r\n" * 900)
        await it.send("bob@remote.test", RET="HDRS")
        await it.send("bob@remote.test", RET="FULL", message=MESSAGE + b"x" * 999)
        await it.quiet()
        kinds = [parts(report)[2].get_content_type() for report in await it.mail("alice@example.test")]
        assert sorted(kinds) == ["message/rfc822", "text/rfc822-headers", "text/rfc822-headers", "text/rfc822-headers"]
        (whole,) = [report for report in await it.mail("alice@example.test") if b"message/rfc822\r\n" in report]
        assert MESSAGE in whole


class Case(NamedTuple):
    """How a message fares, and which report NOTIFY makes of it."""

    fate: str
    notify: str
    action: str


CASES = [
    *[Case("refused", notify, "failed") for notify in ("", "FAILURE", "SUCCESS,FAILURE")],
    *[Case("refused", notify, "") for notify in ("NEVER", "SUCCESS", "DELAY")],
    *[Case("taken", notify, "relayed") for notify in ("SUCCESS", "SUCCESS,DELAY")],
    *[Case("taken", notify, "") for notify in ("", "NEVER", "FAILURE")],
    *[Case("reported elsewhere", notify, "") for notify in ("", "SUCCESS", "NEVER")],
    *[Case("late", notify, "delayed") for notify in ("", "DELAY")],
    *[Case("late", notify, "") for notify in ("NEVER", "FAILURE", "SUCCESS")],
]
FATES = {"refused": refuses, "reported elsewhere": reports_itself, "late": greylists}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fate} {case.notify or 'unsaid'}")
async def test_notify_decides_what_is_reported(tmp_path: Path, case: Case) -> None:
    async with town(tmp_path) as it:
        if case.fate in FATES:
            it.elsewhere.answers["remote.test"] = FATES[case.fate]
        await it.send("bob@remote.test", notify=case.notify)
        await it.quiet()
        if case.fate == "late":
            await it.pass_by(4 * HOUR)
            await it.pass_by(60)  # what is in a try at that moment is looked at a minute later
        assert [status(report).recipients[0].action for report in await it.mail("alice@example.test")] == ([case.action] if case.action else [])
        for _ in range(3):
            await it.pass_by(HOUR)
        assert len(await it.mail("alice@example.test")) == bool(case.action)


async def test_a_delay_is_told_after_4_hours_once_and_the_message_returned_after_5_days(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test")
        await it.pass_by(4 * HOUR - 1)
        assert await it.mail("alice@example.test") == []
        await it.pass_by(60)
        await it.pass_by(60)
        (warning,) = await it.mail("alice@example.test")
        (told,) = status(warning).recipients
        assert (told.action, told.status, told.diagnostic) == (Action.DELAYED, "4.2.0", "450 4.2.0 greylisted")
        assert told.retry_until == (1_795_000_000 + 5 * DAY) * 1_000_000
        assert b"goes on trying until Mon, 23 Nov 2026" in warning
        await it.pass_by(5 * DAY - 5 * HOUR)
        assert len(await it.mail("alice@example.test")) == 1
        await it.pass_by(2 * HOUR)
        await it.pass_by(60)
        _, returned = await it.mail("alice@example.test")
        (told,) = status(returned).recipients
        assert (told.action, told.status, told.diagnostic) == (Action.FAILED, "4.4.7", "450 4.2.0 greylisted")
        assert b"given up after 5 days; the last try: mail.remote.test" in b" ".join(returned.split())
        assert await it.rows("*") == []


async def test_what_waits_behind_a_dead_destination_is_told_and_returned_though_it_was_never_tried(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["hole.test"] = is_away
        for _ in range(5):
            await it.send("bob@hole.test")
        await it.quiet()
        assert await it.rows("id", "attempts = 0")
        await it.pass_by(4 * HOUR)
        await it.pass_by(60)
        assert len(await it.mail("alice@example.test")) == 5
        await it.pass_by(5 * DAY)
        for _ in range(3):  # who is in a try when its time ends is judged a minute later
            await it.pass_by(60)
        found = [status(report).recipients[0] for report in await it.mail("alice@example.test")]
        assert [told.action for told in found] == [Action.DELAYED] * 5 + [Action.FAILED] * 5
        assert all(b"mail.hole.test does not answer" in b" ".join(report.split()) for report in (await it.mail("alice@example.test"))[5:])
        assert await it.rows("*") == []
        await it.pass_by(2 * HOUR)
        assert [await it.house.database.read(shard, "SELECT * FROM destination") for shard in range(2)] == [[], []]


async def test_nothing_is_reported_to_the_null_sender(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", sender="", notify="SUCCESS,FAILURE,DELAY")
        await it.quiet()
        assert await it.rows("*") == []
        assert it.elsewhere.tries("remote.test") == 1


async def test_a_sender_elsewhere_gets_its_report_by_the_queue_from_the_null_sender(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", sender="carol@else.test")
        await it.quiet()
        _, report = it.elsewhere.jobs
        assert (report.destination, report.sender, report.recipients[0].address) == ("else.test", "", "carol@else.test")
        assert report.recipients[0].options == {"NOTIFY": "NEVER"}
        assert await it.rows("*") == []


async def test_a_report_that_comes_back_ends_there(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers |= {"remote.test": refuses, "else.test": refuses}
        await it.send("bob@remote.test", sender="carol@else.test")
        await it.quiet()
        assert [job.destination for job in it.elsewhere.jobs] == ["remote.test", "else.test"]
        assert await it.rows("*") == []


async def test_a_report_for_nobody_is_dropped(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", sender="nobody@example.test")
        await it.quiet()
        assert await it.rows("*") == []


async def test_a_crash_before_the_report_leaves_it_owed_and_one_after_it_makes_no_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses

        async def crash(*_: Any) -> Any:
            raise Unavailable("crash")

        with monkeypatch.context() as broken:
            broken.setattr(it.reports, "_file", crash)
            await it.send("bob@remote.test")
            while not await it.rows("owed", "owed <> ''"):
                await it.clock.paused.wait()
        assert await it.rows("owed") == [("failed",)]
        await it.restart()
        assert len(await it.mail("alice@example.test")) == 1
        assert await it.rows("*") == []
        await it.restart()
        assert len(await it.mail("alice@example.test")) == 1


async def test_two_that_report_at_once_tell_of_nobody_twice(tmp_path: Path) -> None:
    async with town(tmp_path, start=False) as it:
        await it.send("bob@remote.test", "eve@remote.test")
        (first, queue_id), (second, _) = await it.rows("id, queue_id")
        shard, database = queue_id % 16, it.house.database
        owing = [queue.Result(number, State.FAILED, 0, 1, "5.0.0", "", "", "no", "failed") for number in (first, second)]
        await database.transact(shard, queue.record, queue_id, owing, 0)
        letter, owed = await it.reports._read(shard, queue_id)
        to = Address.parse("alice@example.test")
        assert letter is not None
        content = await it.reports._compose(shard, letter, owed, to)
        assert await it.reports._file(shard, letter, owed[:1], to, content) is not None
        assert await it.reports._file(shard, letter, owed[:1], to, content) is None
        assert await it.reports._file(shard, letter, owed, to, content) is None  # it tells of both, and has to be made anew
        assert await it.rows("id", "owed <> ''") == [(second,)]
        assert len(await it.mail("alice@example.test")) == 1


async def test_a_sender_beyond_ascii_gets_a_report_of_rfc_6533(tmp_path: Path) -> None:
    async with town(tmp_path, accounts=("žofie",)) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send(
            "břetislav@remote.test",
            sender="žofie@example.test",
            message="Subject: žluť\r\nFrom: žofie@example.test\r\n\r\nx\r\n".encode(),
            SMTPUTF8="1",
        )
        await it.quiet()
        (report,) = await it.mail("žofie@example.test")
        assert [part.get_content_type() for part in parts(report)] == ["text/plain", "message/global-delivery-status", "message/global-headers"]
        assert "Final-Recipient: utf-8; břetislav@remote.test".encode() in report


async def test_an_ascii_sender_gets_a_report_of_seven_bits_about_an_address_beyond_ascii(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("břetislav@remote.test", message="Subject: žluť\r\n\r\nx\r\n".encode(), SMTPUTF8="1")
        await it.quiet()
        (report,) = await it.mail("alice@example.test")
        assert report.isascii()
        assert [part.get_content_type() for part in parts(report)] == ["text/plain", "message/delivery-status", "message/global-headers"]
        assert rb"Final-Recipient: utf-8; b\x{159}etislav@remote.test" in report
        assert "žluť" in email.message_from_bytes(report, policy=email.policy.SMTP)["Subject"]


async def test_several_recipients_of_one_fate_are_told_of_in_one_report(tmp_path: Path) -> None:
    def mixed(job: Job) -> list[Outcome]:
        refused, taken = refuses(job), takes(job)
        return [*refused[:2], taken[2]]

    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = mixed
        await it.send("bob@remote.test", "eve@remote.test", "dave@remote.test", notify="SUCCESS,FAILURE")
        await it.quiet()
        failed, relayed = [status(report).recipients for report in await it.mail("alice@example.test")]
        assert [(told.final, told.action) for told in failed] == [("bob@remote.test", "failed"), ("eve@remote.test", "failed")]
        assert [(told.final, told.action, told.status) for told in relayed] == [("dave@remote.test", "relayed", "2.0.0")]


class Arrival(NamedTuple):
    """A message that comes in."""

    id: str
    account: Account | None


async def accept(it: Town, *recipients: Recipient, sender: str = "carol@else.test") -> None:
    """Take a message in by the post office, as the doors do."""
    post: Post = it.post
    spool = Spool(it.house.blobs, 1 << 20)
    spool.write(MESSAGE)
    envelope = Envelope(Address.parse(sender) if sender else None, recipients)
    routes = [await it.directory.resolve(recipient.address) for recipient in recipients]
    await post.accept(envelope, routes, spool, Arrival("s1", None))  # type: ignore[arg-type]  # nobody of these is refused
    await it.quiet()


def asked(address: str, *notify: Any, orcpt: str | None = None) -> Recipient:
    return Recipient(Address.parse(address), notify, orcpt)


async def test_success_in_a_mailbox_here_is_reported_when_asked_for(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        await accept(
            it, asked("alice@example.test", "SUCCESS", orcpt="rfc822;Alice@Example.Test"), asked("bob@example.test"), sender="bob@example.test"
        )
        _, report = sorted(await it.mail("bob@example.test"), key=len)
        (told,) = status(report).recipients
        assert (told.final, told.action, told.status, told.original) == (
            "alice@example.test",
            Action.DELIVERED,
            "2.1.5",
            "rfc822;Alice@Example.Test",
        )
        assert await it.rows("*") == []


ALIASES = [
    # where it leads, NOTIFY, what the sender is told, what goes on to the other server
    (["alice@example.test"], "SUCCESS", ["delivered"], []),
    (["far@remote.test"], "SUCCESS", [], ["SUCCESS"]),
    (["far@remote.test"], "NEVER", [], ["NEVER"]),
    (["far@remote.test", "alice@example.test"], "SUCCESS", ["expanded"], ["NEVER"]),
    (["far@remote.test", "off@remote.test"], "SUCCESS,FAILURE", ["expanded"], ["FAILURE", "FAILURE"]),
    (["far@remote.test", "off@remote.test"], "FAILURE", [], ["FAILURE", "FAILURE"]),
    (["far@remote.test", "alice@example.test"], "", [], [None]),
]


@pytest.mark.parametrize(("leads_to", "notify", "told", "passed_on"), ALIASES)
async def test_an_alias_hands_on_what_its_sender_asked_for(
    tmp_path: Path, leads_to: list[str], notify: str, told: list[str], passed_on: list[str | None]
) -> None:
    async with town(tmp_path) as it:
        await it.directory.aliases.add("team@example.test", leads_to)
        it.elsewhere.answers["remote.test"] = reports_itself
        words: list[Any] = notify.split(",") if notify else []
        await accept(it, asked("team@example.test", *words), sender="bob@example.test")
        assert [status(report).recipients[0].action for report in await it.mail("bob@example.test")] == told
        onward = [recipient.options for job in it.elsewhere.jobs for recipient in job.recipients]
        assert [options.get("NOTIFY") for options in onward] == passed_on
        assert all(options["ALIAS"] == "team@example.test" for options in onward)


@pytest.mark.parametrize("orcpt", ["", "rfc822;Us@Example.Test"])
async def test_a_failure_behind_an_alias_is_told_of_the_address_that_was_accepted(tmp_path: Path, orcpt: str) -> None:
    async with town(tmp_path) as it:
        await it.directory.aliases.add("team@example.test", ["far@remote.test"])
        it.elsewhere.answers["remote.test"] = refuses
        await accept(it, asked("team@example.test", orcpt=orcpt), sender="bob@example.test")
        (report,) = await it.mail("bob@example.test")
        (told,) = status(report).recipients
        assert (told.final, told.action, told.original) == ("team@example.test", Action.FAILED, orcpt)
        assert b"  far@remote.test\r\n    (you wrote to " in report


async def test_a_delay_never_returns_the_whole_message(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        it.elsewhere.answers["remote.test"] = greylists
        await it.send("bob@remote.test", RET="FULL")
        await it.quiet()
        await it.pass_by(4 * HOUR)
        await it.pass_by(60)
        (report,) = await it.mail("alice@example.test")
        assert status(report).recipients[0].action is Action.DELAYED
        assert parts(report)[2].get_content_type() == "text/rfc822-headers"


async def test_a_message_to_another_server_is_signed_for_the_domain_of_its_author(tmp_path: Path) -> None:
    async with town(tmp_path) as it:
        account = await it.directory.accounts.get("alice@example.test")
        spool = Spool(it.house.blobs, 1 << 20)
        spool.write(MESSAGE)
        envelope = Envelope(account.address, (asked("bob@remote.test"),))
        await it.post.accept(envelope, [NOT_OURS], spool, Arrival("s1", account))
        await it.quiet()
        assert [job.sign for job in it.elsewhere.jobs] == ["example.test"]


def test_every_code_has_words_and_a_hint() -> None:
    for known in (*BY_CODE.values(), *BY_SUBJECT.values(), UNKNOWN):
        assert known.happened.endswith(".")
        assert known.help.endswith(".")
    assert advice("5.1.1") is BY_CODE["1.1"]
    assert advice("5.2.99") is BY_SUBJECT["2"]
    assert advice("") is advice("5.9.9") is UNKNOWN


async def test_model_14_8_and_14_9_14_10_a_failure_is_told_in_the_administrator_s_words_in_hmailserver_s_mode(tmp_path: Path) -> None:
    async with town(tmp_path, hmailserver_texts="yes") as it:
        records = it.directory.records
        [known] = [one for one in await records.list(ServerMessage) if one.name == "SEND_FAILED_NOTIFICATION"]
        await records.save(replace(known, text="Sorry. %MACRO_SUBJECT% of %MACRO_SENT%:\r\n%MACRO_RECIPIENTS%\r\n%MACRO_ORIGINAL_HEADER%"))
        it.elsewhere.answers["remote.test"] = refuses
        await it.send("bob@remote.test", message=MESSAGE.replace(b"hello", b"%MACRO_ORIGINAL_HEADER%"))
        await it.quiet()
        [report] = await it.mail("alice@example.test")
        read = email.message_from_bytes(report, policy=email.policy.default)
        assert read["Subject"] == "Message undeliverable: %MACRO_ORIGINAL_HEADER%"
        text = read.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # the policy makes messages that have it
        first, *block = text.splitlines()
        assert first == "Sorry. %MACRO_ORIGINAL_HEADER% of Wed, 18 Nov 2026 11:06:40 +0000:"
        assert block[:4] == [
            "bob@remote.test",
            "   Error Type: SMTP",
            "   Remote server (mail.remote.test) issued an error.",
            "   Remote server replied: 550 5.1.1 User unknown",
        ]
        assert "Message-ID: <1@example.test>" in block
        assert read.get_content_type() == "multipart/report"
