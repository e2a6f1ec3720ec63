"""Every numbered line about deliveries and errors (events.md 3.9 to 3.11, 3.14): mail over SMTP, with real scripts in three languages."""

from __future__ import annotations

import asyncio

import pytest

from doorhouse import PATIENCE
from handlerhouse import Serve, Server
from postroom import log
from town import greylists, is_away, refuses

pytestmark = pytest.mark.long

ALICE, BOB = "alice@example.test", "bob@example.test"
HOUR, MINUTE = 3600.0, 60.0


async def content_of(server: Server, content_id: int) -> bytes:
    """Read what went out."""
    database = server.doors.town.house.database
    for shard in range(database.shards):
        for (data,) in await database.read(shard, "SELECT data FROM body WHERE content_id = ?", (content_id,)):
            return bytes(data)
    raise AssertionError("no such content")


async def test_events_3_9_a_message_that_is_deleted_at_the_start_fails_for_each_recipient(serve: Serve) -> None:
    async with serve("start_deletes") as server:
        client = await server.doors.smtp()
        assert (await client.mail(ALICE, BOB)).startswith("250")
        await server.doors.quiet()
        assert await server.doors.inbox() == []
        reason = "Delivery cancelled by OnDeliveryStart-event"
        assert await server.written(f"hello {ALICE} {reason}", f"hello {BOB} {reason}"), "and OnDeliverMessage is not asked"
        [cancelled] = server.events.logged("mail-cancelled")
        assert cancelled["reason"] == "Message will be deleted. Action triggered by script subscribing to OnDeliveryStart."


async def test_events_3_9_each_try_begins_with_it(serve: Serve) -> None:
    async with serve("start") as server:
        server.doors.town.elsewhere.answers["away.test"] = is_away
        await server.doors.town.send("x@away.test", sender=ALICE)
        await server.doors.quiet()
        await server.doors.town.pass_by(HOUR)
        await server.doors.town.pass_by(HOUR)
        assert await server.written(*[f"start {attempt} x@away.test" for attempt in (1, 2, 3)])
        sent = [await content_of(server, job.content_id) for job in server.doors.town.elsewhere.jobs]
        assert [b"X-Try: %d\r\n" % attempt in content for attempt, content in enumerate(sent, 1)] == [True] * 3


async def test_events_3_10_what_is_saved_is_what_everybody_gets_and_result_1_deletes(serve: Serve) -> None:
    async with serve("deliver") as server:
        client = await server.doors.smtp()
        assert (await client.mail(ALICE, BOB)).startswith("250")
        await server.doors.quiet()
        for name in ("alice", "bob"):
            [letter] = await server.doors.inbox(name)
            assert b"X-Seen: yes\r\n" in letter
        assert await server.written("1 1 yes 2 [a@remote.test]"), "once for a message and a try, not for each recipient"
        assert (await client.mail(ALICE, content="Subject: delete\r\n\r\nbody\r\n")).startswith("250")
        await server.doors.quiet()
        assert len(await server.doors.inbox()) == 1
        assert server.events.written()[-1] == f"{ALICE} Message delivery cancelled during OnDeliverMessage-event"


async def test_events_3_10_mail_to_other_servers_and_generated_mail_is_told_too(serve: Serve) -> None:
    async with serve("deliver") as server:
        server.doors.town.elsewhere.answers["refusing.test"] = refuses
        await server.doors.town.send("x@refusing.test", sender=ALICE)
        await server.doors.quiet()
        await server.doors.quiet()
        lines = server.events.written()
        assert [line for line in lines if line.startswith("1 ")] == [f"1 1 yes 1 [{ALICE}]", "1 1 yes 1 []"], "the message, and the report"
        [report] = await server.doors.inbox()
        assert b"X-Seen: yes\r\n" in report


async def test_events_3_11_a_refusal_for_good_is_told_and_a_temporary_one_is_not(serve: Serve) -> None:
    async with serve("failed") as server:
        server.doors.town.elsewhere.answers |= {"refusing.test": refuses, "slow.test": greylists}
        await server.doors.town.send("x@refusing.test", "y@slow.test", sender=ALICE)
        await server.doors.quiet()
        assert await server.written("hello x@refusing.test yes")
        for _ in range(21):
            await server.doors.town.pass_by(6 * HOUR)
        await server.doors.town.pass_by(2 * MINUTE)  # no try is due now, which would keep it from being given up at this moment
        await server.doors.quiet()
        assert await server.written("hello x@refusing.test yes", "hello y@slow.test no"), "retries used up"


async def test_events_3_14_an_error_is_told_once_and_what_goes_wrong_in_its_handler_is_not(serve: Serve) -> None:
    async with serve("error") as server:
        server.events.file.write_text("= (\n")  # the handler reloads it: that is an error of the server too
        log.get_logger("storage").warning("storage-trouble", reason='the "disk"\r\nis full')
        await server.doors.quiet()
        [line] = server.events.written()
        assert line.startswith('1 yes storage::storage-trouble reason=the "disk"')
        assert len(server.events.logged("script-unloadable")) == 1
        assert len(server.events.logged("script-error")) == 2, "the broken file's, and the handler's own"


async def test_handlers_that_authenticate_save_messages_and_add_folders_need_a_pool_of_one_only(serve: Serve) -> None:
    """Each makes events while its own process waits: a nested event that waited for that process would wait for ever."""
    async with serve("busy", scripting_processes=1) as server:
        clients = [await server.doors.smtp() for _ in range(5)]
        async with asyncio.timeout(PATIENCE):
            answers = await asyncio.gather(
                *(client.mail(ALICE, content=f"Subject: m{number}\r\n\r\nbody\r\n") for number, client in enumerate(clients))
            )
        assert [answer[:3] for answer in answers] == ["250"] * 5
        for _ in range(3):
            await server.doors.quiet()
        assert (server.events.logged("script-lost"), server.events.logged("script-error")) == ([], [])
        assert await server.written(*["judged"] * 5)
        account = await server.doors.town.directory.accounts.get(BOB)
        names = {folder.name for folder in await server.doors.town.house.mailboxes.folders(account.id)}
        assert names >= {f"{when} m{number}" for when in ("accept", "start") for number in range(5)}
        subjects = sorted(letter.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode() for letter in await server.doors.inbox("bob"))
        assert subjects == [*(f"of accept m{number}" for number in range(5)), *["of password"] * 5]
        assert len(await server.doors.inbox("alice")) == 5
