"""The events of deliveries: mail comes in over SMTP, goes to mailboxes here and to servers elsewhere (events.md 3.9 to 3.11)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from doorhouse import PATIENCE, DoorHouse, doorhouse
from modelhouse import added
from postroom import events
from postroom.events import ON_DELIVER_MESSAGE, ON_DELIVERY_FAILED, ON_DELIVERY_START, Result
from town import greylists, is_away, refuses, reports_itself

START_REASON = "Delivery cancelled by OnDeliveryStart-event"
DELIVER_REASON = "Message delivery cancelled during OnDeliverMessage-event"
ASKED = [(ON_DELIVERY_START, START_REASON), (ON_DELIVER_MESSAGE, DELIVER_REASON)]
HOUR = 3600.0


async def queued(house: DoorHouse) -> int:
    """Count the messages in the queue."""
    database = house.town.house.database
    return sum([(await database.read(shard, "SELECT count(*) FROM queue"))[0][0] for shard in range(database.shards)])


async def sent(house: DoorHouse, *recipients: str, sender: str = "a@remote.test") -> str:
    """Send a message that may go anywhere, by a program of this server; returns its last reply."""
    await house.town.send(*recipients, sender=sender)
    await house.quiet()
    return ""


@pytest.mark.parametrize("trigger", [ON_DELIVERY_START, ON_DELIVER_MESSAGE])
async def test_events_3_9_and_3_10_mail_for_a_mailbox_is_asked_about_once_and_arrives(tmp_path: Path, trigger: str) -> None:
    seen: list[Any] = []

    async def look(event: Any) -> None:
        mail = event.mail
        seen.append((mail.id > 0, mail.state, mail.attempt, mail.sender, mail.recipients, await mail.read(), len(await house.inbox()), mail.size))

    async with doorhouse(tmp_path) as house:
        house.handlers.answer(trigger, look)
        client = await house.smtp()
        assert (await client.mail("alice@example.test", "bob@example.test", sender="a@remote.test")).startswith("250")
        await house.quiet()
        [(number, state, attempt, sender, recipients, content, placed, size)] = seen
        assert (number, state, attempt, sender, recipients) == (True, 1, 1, "a@remote.test", ["alice@example.test", "bob@example.test"])
        assert content.endswith(b"Subject: hello\r\n\r\nbody\r\n")
        assert size == len(content)
        assert placed == 0, "nobody has it before the handler has seen it"
        [alices], [bobs] = await house.inbox("alice"), await house.inbox("bob")
        assert alices.startswith(b"Return-Path: <a@remote.test>\r\nDelivered-To: alice@example.test\r\n")
        assert (alices.endswith(content), bobs.endswith(content)) == (True, True)
        assert await queued(house) == 0


async def test_events_order_of_delivery_the_250_does_not_wait_for_handlers(tmp_path: Path) -> None:
    going = asyncio.Event()

    async def wait(_: Any) -> None:
        await going.wait()

    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVER_MESSAGE, wait)
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250"), "durable, and not delivered"
        await house.handlers.hears(ON_DELIVER_MESSAGE)
        assert await house.town.rows("address, state, attempts") == [("alice@example.test", "new", 0)]
        assert (await house.inbox(), await queued(house)) == ([], 1)
        going.set()
        await house.quiet()
        assert (len(await house.inbox()), await queued(house)) == (1, 0)


async def test_events_order_of_delivery_without_handlers_the_direct_path_stays(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(events.ON_ACCEPT_MESSAGE, 0)
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        assert (len(await house.inbox()), await queued(house)) == (1, 0), "at the 250 it is there"


@pytest.mark.parametrize("when", ["before", "after"])
async def test_events_after_a_crash_what_was_new_is_delivered_once(tmp_path: Path, when: str) -> None:
    """The process ends while a handler runs, or right after its commit."""

    async def never(_: Any) -> None:
        await asyncio.Event().wait()

    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, never if when == "before" else 0)
        client = await house.smtp()
        assert (await client.mail("alice@example.test", "bob@example.test")).startswith("250")
        await house.handlers.hears(ON_DELIVERY_START)
        if when == "after":
            await house.town.beginnings.settled()
        house.handlers.answer(ON_DELIVERY_START, 0)
        await house.town.restart()
        await house.quiet()
        assert len(house.handlers.of(ON_DELIVERY_START)) == (2 if when == "before" else 1)
        assert (len(await house.inbox("alice")), len(await house.inbox("bob")), await queued(house)) == (1, 1, 0)


async def test_events_a_message_that_two_beginnings_have_in_hand_arrives_once(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        going = asyncio.Event()

        async def wait(_: Any) -> None:
            await going.wait()

        house.handlers.answer(ON_DELIVERY_START, wait)
        client = await house.smtp()
        await client.mail("alice@example.test")
        event = await house.handlers.hears(ON_DELIVERY_START)
        again = asyncio.create_task(house.town.beginnings._begin(event.mail))
        going.set()
        await again
        await house.quiet()
        assert (len(await house.inbox()), await queued(house)) == (1, 0)


@pytest.mark.parametrize(("trigger", "reason"), ASKED)
async def test_events_3_9_and_3_10_result_1_deletes_and_each_recipient_has_failed(tmp_path: Path, trigger: str, reason: str) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(trigger, 1)
        house.handlers.answer(ON_DELIVERY_FAILED, 0)
        client = await house.smtp()
        assert (await client.mail("alice@example.test", "bob@example.test", sender="bob@example.test")).startswith("250")
        await house.quiet()
        assert house.handlers.triggers == [trigger, ON_DELIVERY_FAILED, ON_DELIVERY_FAILED]
        failed = house.handlers.of(ON_DELIVERY_FAILED)
        assert [(event.recipient, event.reason) for event in failed] == [("alice@example.test", reason), ("bob@example.test", reason)]
        assert failed[0].mail.sender == "bob@example.test"
        assert (await failed[0].mail.read()).endswith(b"body\r\n"), "what was deleted can still be read here"
        assert ([await house.inbox("alice"), await house.inbox("bob")], await queued(house)) == ([[], []], 0), "and no report is made"


@pytest.mark.parametrize("value", [0, 2, 3, 99])
async def test_events_3_9_other_results_are_ignored(tmp_path: Path, value: int) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, value, "text")
        house.handlers.answer(ON_DELIVER_MESSAGE, value, "text")
        client = await house.smtp()
        await client.mail("alice@example.test")
        await house.quiet()
        assert house.handlers.triggers == [ON_DELIVERY_START, ON_DELIVER_MESSAGE]
        assert len(await house.inbox()) == 1


async def test_a_handler_that_fails_or_is_lost_deletes_nothing(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, RuntimeError("broken"))
        client = await house.smtp()
        await client.mail("alice@example.test")
        await house.quiet()
        assert len(await house.inbox()) == 1
        house.handlers.answer(ON_DELIVERY_START, lambda _: Result(deferred=True))
        await client.mail("alice@example.test")
        await house.quiet()
        assert (len(await house.inbox()), len(house.handlers.heard)) == (1, 2), "deferred, where that is wanted"
        house.handlers.answer(ON_DELIVERY_START, 0)
        await house.town.pass_by(HOUR)
        await house.quiet()
        assert (len(await house.inbox()), len(house.handlers.heard)) == (2, 3)


async def test_events_3_10_what_a_handler_saves_is_what_everybody_gets(tmp_path: Path) -> None:
    async def change(event: Any) -> None:
        await event.mail.write(b"X-Changed: " + event.trigger.encode() + b"\r\n" + await event.mail.read())

    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, change)
        house.handlers.answer(ON_DELIVER_MESSAGE, change)
        client = await house.smtp()
        await client.mail("alice@example.test", "bob@example.test")
        await house.quiet()
        changed = b"X-Changed: OnDeliverMessage\r\nX-Changed: OnDeliveryStart\r\nReceived: "
        for name in ("alice", "bob"):
            [letter] = await house.inbox(name)
            assert changed in letter
        house.town.elsewhere.answers["away.test"] = is_away
        await sent(house, "x@away.test")
        await house.town.pass_by(HOUR)
        assert len(house.town.elsewhere.jobs) == 2
        contents = [await content(house, job.content_id) for job in house.town.elsewhere.jobs]
        assert contents[0].startswith(b"X-Changed: OnDeliverMessage\r\nX-Changed: OnDeliveryStart\r\nMessage-ID")
        assert contents[1].count(b"X-Changed") == 4, "each try goes out with what its handlers saved"


async def content(house: DoorHouse, content_id: int) -> bytes:
    """Read a stored message."""
    database = house.town.house.database
    for shard in range(database.shards):
        for (data,) in await database.read(shard, "SELECT data FROM body WHERE content_id = ?", (content_id,)):
            return bytes(data)
    raise AssertionError("no such content")


async def test_events_3_9_each_retry_is_asked_about_with_its_number(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, 0)
        house.handlers.answer(ON_DELIVER_MESSAGE, 0)
        house.town.elsewhere.answers["away.test"] = greylists
        await sent(house, "x@away.test")
        await house.town.pass_by(HOUR)
        await house.town.pass_by(HOUR)
        assert house.handlers.triggers == [ON_DELIVERY_START, ON_DELIVER_MESSAGE] * 3
        assert [event.mail.attempt for event in house.handlers.of(ON_DELIVERY_START)] == [1, 2, 3]
        house.handlers.answer(ON_DELIVERY_START, 1)
        house.handlers.answer(ON_DELIVERY_FAILED, 0)
        await house.town.pass_by(HOUR)
        await house.quiet()
        assert house.town.elsewhere.tries("away.test") == 3
        failed = house.handlers.one(ON_DELIVERY_FAILED)
        assert (failed.recipient, failed.reason, await queued(house)) == ("x@away.test", START_REASON, 0)


async def test_events_3_9_mail_that_was_new_is_asked_about_once_for_all_its_destinations(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, plain_text_login="always") as house:
        house.handlers.answer(ON_DELIVERY_START, 0)
        client = await house.client("submission", "EHLO pc.test")
        await client.log_in()
        letter = "From: alice@example.test\r\n\r\nbody\r\n"
        assert (await client.mail("x@one.test", "y@two.test", "bob@example.test", sender="alice@example.test", content=letter)).startswith("250")
        await house.quiet()
        assert house.handlers.one(ON_DELIVERY_START).mail.recipients == ["x@one.test", "y@two.test", "bob@example.test"]
        assert sorted(job.destination for job in house.town.elsewhere.jobs) == ["one.test", "two.test"]
        assert (len(await house.inbox("bob")), await queued(house)) == (1, 0)


async def test_events_3_10_generated_mail_is_asked_about_too(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVER_MESSAGE, 0)
        house.town.elsewhere.answers["refusing.test"] = refuses
        await sent(house, "x@refusing.test", sender="alice@example.test")
        senders = [event.mail.sender for event in house.handlers.of(ON_DELIVER_MESSAGE)]
        assert senders == ["alice@example.test", ""], "the message, and the report of its failure"
        [report] = await house.inbox("alice")
        assert b"x@refusing.test" in report


async def test_events_3_11_a_refusal_for_good_is_told_with_what_the_report_says(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_FAILED, 1)
        house.town.elsewhere.answers |= {"refusing.test": refuses, "slow.test": greylists, "reporting.test": reports_itself}
        await sent(house, "x@refusing.test", "y@slow.test", "z@reporting.test", sender="alice@example.test")
        event = house.handlers.one(ON_DELIVERY_FAILED)
        assert (event.recipient, event.mail.sender) == ("x@refusing.test", "alice@example.test")
        assert "x@refusing.test\r\n" in event.reason
        assert "550 5.1.1 User unknown" in event.reason
        await house.town.pass_by(HOUR)
        assert len(house.handlers.heard) == 1, "what will be tried again has not failed"
        for _ in range(60):
            await house.town.pass_by(6 * HOUR)
            await house.quiet()  # what is just tried is given up at a later look
            if len(house.handlers.heard) > 1:
                break
        assert [event.recipient for event in house.handlers.of(ON_DELIVERY_FAILED)] == ["x@refusing.test", "y@slow.test"]
        assert "given up after" in house.handlers.heard[-1].reason  # type: ignore[attr-defined]


async def test_events_3_11_a_full_mailbox_is_no_failure(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        for trigger in (ON_DELIVERY_START, ON_DELIVERY_FAILED):
            house.handlers.answer(trigger, 0)
        client = await house.smtp()
        await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>")
        await house.town.directory.accounts.set("alice@example.test", max_size=10)
        await client.say("DATA", "Subject: large\r\n\r\nbody\r\n.")
        await house.quiet()
        assert (await house.inbox(), house.handlers.of(ON_DELIVERY_FAILED)) == ([], [])


async def forwarding_rule(house: DoorHouse) -> None:
    """Have the server pass on to bob whatever is for anybody, and file it in a folder."""
    app = await house.model.login()
    rule = await added(await app("Rules"), Name="copies")
    await added(await rule("Criterias"), UsePredefined=True, PredefinedField=4, MatchType=2, MatchValue="hello")
    await added(await rule("Actions"), Type=2, To="bob@example.test")
    await added(await rule("Actions"), Type=4, IMAPFolder="Filed")


async def filed(house: DoorHouse) -> int:
    """Count what alice's folder Filed has."""
    account = await house.town.directory.accounts.get("alice@example.test")
    folder = await house.town.house.mailboxes.folder(account.id, "Filed")
    return folder.messages if folder is not None else 0


@pytest.mark.long
async def test_events_3_10_rules_that_have_judged_do_not_judge_again_after_a_crash(tmp_path: Path) -> None:
    async def never(_: Any) -> None:
        await asyncio.Event().wait()

    async with doorhouse(tmp_path) as house:
        await forwarding_rule(house)
        house.handlers.answer(ON_DELIVER_MESSAGE, never)
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        await house.handlers.hears(ON_DELIVER_MESSAGE)
        assert await filed(house) == 0
        house.handlers.answer(ON_DELIVER_MESSAGE, 0)
        await house.town.restart()
        async with asyncio.timeout(PATIENCE):
            while await queued(house) or not await house.inbox("bob"):
                await house.quiet()  # the beginning, the tries that follow from it, their ends
                await house.town.house.delivery.recover()  # the chores' work: what was committed as the end came is not handed on yet
        assert (await filed(house), len(await house.inbox()), len(await house.inbox("bob"))) == (1, 0, 1)


@pytest.mark.long
@pytest.mark.parametrize("trigger", [ON_DELIVERY_START, ON_DELIVER_MESSAGE])
async def test_events_3_9_and_3_10_rules_judge_once_whichever_handler_is_lost(tmp_path: Path, trigger: str) -> None:
    async with doorhouse(tmp_path) as house:
        await forwarding_rule(house)
        house.handlers.answer(trigger, lambda _: Result(deferred=True))
        client = await house.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        await house.quiet()
        assert await filed(house) == 0
        house.handlers.answer(trigger, 0)
        for _ in range(2):
            await house.town.pass_by(HOUR)
            await house.quiet()
        assert (await filed(house), len(await house.inbox("bob")), await queued(house)) == (1, 1, 0)


@pytest.mark.long
async def test_events_3_9_rules_judge_though_the_handlers_are_gone_by_then(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        await forwarding_rule(house)
        house.handlers.answer(ON_DELIVERY_START, lambda _: Result(deferred=True))
        client = await house.smtp()
        await client.mail("alice@example.test")
        await house.quiet()
        house.town.directory.events.subscribe(house.handlers, ())
        for _ in range(2):
            await house.town.pass_by(HOUR)
            await house.quiet()
        assert (await filed(house), len(await house.inbox("bob")), await queued(house)) == (1, 1, 0)


@pytest.mark.long
async def test_events_3_10_the_mirror_gets_what_handlers_have_saved_and_nothing_of_what_they_delete(tmp_path: Path) -> None:
    async def change(event: Any) -> Result:
        await event.mail.write(b"X-Changed: yes\r\n" + await event.mail.read())
        return Result(int(b"Subject: delete" in await event.mail.read()))

    async with doorhouse(tmp_path, mirror_email_address="bob@example.test") as house:
        house.handlers.answer(ON_DELIVER_MESSAGE, change)
        client = await house.smtp()
        for subject in ("hello", "delete"):
            assert (await client.mail("alice@example.test", content=f"Subject: {subject}\r\n\r\nbody\r\n")).startswith("250")
            for _ in range(3):
                await house.quiet()
        [mirrored] = await house.inbox("bob")
        assert mirrored.count(b"X-Changed: yes\r\n") == 2, "by the message's own handler, and by that of the copy"
        assert (len(await house.inbox()), await queued(house)) == (1, 0)


async def test_a_mailbox_that_is_reached_twice_gets_one_copy_as_without_handlers(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, 0)
        await house.town.directory.aliases.add("info@example.test", ["alice@example.test"])
        client = await house.smtp()
        await client.mail("alice@example.test", "info@example.test", "postmaster")
        await house.quiet()
        assert (len(await house.inbox()), await queued(house)) == (1, 0)


async def test_mail_to_be_sent_later_is_asked_about_then(tmp_path: Path) -> None:
    async with doorhouse(tmp_path) as house:
        house.handlers.answer(ON_DELIVERY_START, 0)
        await house.town.send("x@one.test", release=house.town.clock.micro + 7200 * 1_000_000)
        await house.quiet()
        assert house.handlers.heard == []
        await house.town.pass_by(2 * HOUR + 1)
        assert house.town.elsewhere.tries("one.test") == 1
        assert len(house.handlers.heard) == 1


async def test_events_within_events_end_at_the_fourth(tmp_path: Path) -> None:
    """A handler that sends a message for each message."""
    async with doorhouse(tmp_path) as house:

        async def send_another(_: Any) -> None:
            message = house.model.create("hMailServer.Message")
            await message("AddRecipient", "Alice", "alice@example.test")
            await message.set(FromAddress="bob@example.test", Body="x")
            await message("Save")

        house.handlers.answer(ON_DELIVERY_START, send_another)
        client = await house.smtp()
        await client.mail("alice@example.test")
        for _ in range(10):
            await house.quiet()
        assert len(house.handlers.heard) == events.MOST_DEPTH
        assert len(await house.inbox()) == events.MOST_DEPTH + 1


async def test_no_handler_runs_while_a_writer_works(tmp_path: Path) -> None:
    """Each handler writes to every shard and to the control database: one that ran within a transaction would wait for itself."""

    async def write(_: Any) -> None:
        await house.town.directory.aliases.add(f"a{len(house.handlers.heard)}@example.test", ["alice@example.test"])
        for account in ("alice", "bob"):
            found = await house.town.directory.accounts.get(f"{account}@example.test")
            await house.town.house.deliver(b"Subject: x\r\n\r\nx\r\n", found.id)
        written.append(found.id)

    written: list[int] = []
    async with doorhouse(tmp_path, plain_text_login="always") as house:
        for trigger in events.TRIGGERS:
            house.handlers.answer(trigger, write)
        client = await house.client("submission", "EHLO pc.test")
        await client.log_in()
        assert (await client.mail("bob@example.test", sender="alice@example.test", content="From: alice@example.test\r\n\r\nx\r\n")).startswith("250")
        await house.quiet()
        assert len(written) == len(house.handlers.heard)
        assert set(house.handlers.triggers) >= {
            "OnClientConnect", "OnHELO", "OnClientValidatePassword", "OnClientLogon", "OnSMTPData", "OnAcceptMessage", "OnDeliveryStart",
            "OnDeliverMessage",
        }  # fmt: skip
