"""Rule functions, backups and downloads (events.md 3.12, 3.13 and 4): a whole server whose handlers are scripts, in three languages."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from eventhouse import EXTENSIONS, sources
from handlerhouse import LANGUAGES, handlers
from modelhouse import Hand, added
from postroom import log
from postroom.errors import PostroomError
from postroom.runtime.orders import backup
from postroom.runtime.orders.script import run_event
from wholeserver import Whole, whole

pytestmark = pytest.mark.long

STRANGER, ALICE, BOB = "stranger@elsewhere.test", "alice@example.test", "bob@example.test"
SUBJECT = {"UsePredefined": True, "PredefinedField": 4, "MatchType": 2, "MatchValue": "hello"}
FORWARD, MOVE, CALL = {"Type": 2}, {"Type": 4}, {"Type": 5}


class Scripted:
    """A whole server with handlers of one language."""

    def __init__(self, server: Whole, app: Hand, language: str, lines: list[dict[str, Any]]) -> None:
        self.server, self.app, self.language, self.lines = server, app, language, lines

    async def load(self, name: str) -> None:
        """Put a handlers file of the tests in place, and have it loaded."""
        scripting = await self.app("Settings.Scripting")
        file = Path(await scripting("Directory")) / f"EventHandlers.{EXTENSIONS[self.language]}"
        file.parent.mkdir(exist_ok=True)
        file.write_text(handlers(name, self.language))
        await scripting.set(Language=self.language, Enabled=True)
        await scripting("Reload")

    def written(self) -> list[str]:
        """Give what was written to the event log."""
        file = self.server.worker.model.places.logs / "hmailserver_events.log"
        return [line.rsplit("\t", 1)[1].strip('"') for line in file.read_text().splitlines()] if file.exists() else []

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Give the lines of the log about something."""
        return [line for line in self.lines if line["event"] == event]

    async def quiet(self) -> None:
        """Wait until nothing is new, and everything was told."""
        outbox = self.server.worker._outbox
        assert outbox is not None
        await outbox._beginnings.settled()
        await self.server.house.directory.events.settled()

    async def settled(self, address: str, count: int, folder: str = "INBOX") -> list[bytes]:
        """Wait until a folder holds so many messages."""
        async with asyncio.timeout(20):
            while len(found := await self.server.mail(address, folder)) < count:  # noqa: ASYNC110 - the mail may come over another shard
                await asyncio.sleep(0.01)
        return found

    async def rules(self, account: str) -> Hand:
        """Give the rules of an account, or the server's for ""."""
        if not account:
            server: Hand = await self.app("Rules")
            return server
        domain = await self.app("Domains.Item", 0)
        accounts = await domain("Accounts")
        found = await accounts("ItemByAddress", account)
        rules: Hand = await found("Rules")
        return rules


@pytest.fixture(params=LANGUAGES)
async def scripted(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scripted]:
    lines: list[dict[str, Any]] = []
    with sources(), log.watching(lines.append):
        async with whole(tmp_path, accounts=("alice", "bob", "carol")) as server:
            yield Scripted(server, await server.login(), request.param, lines)


async def rule(rules: Hand, criteria: dict[str, Any], *actions: dict[str, Any]) -> None:
    made = await added(rules, Name="a rule")
    await added(await made("Criterias"), **criteria)
    for action in actions:
        await added(await made("Actions"), **action)


@pytest.mark.parametrize("account", ["", BOB])
async def test_events_4_1_and_4_2_what_a_rule_s_function_saves_is_seen_by_later_criteria_and_the_recipient(scripted: Scripted, account: str) -> None:
    await scripted.load("rule")
    rules = await scripted.rules(account)
    await rule(rules, SUBJECT, CALL | {"ScriptFunction": "Mark"})
    await rule(rules, SUBJECT | {"MatchValue": "marked"}, MOVE | {"IMAPFolder": "Marked"})
    assert (await scripted.server.send(STRANGER, BOB))[-1].startswith("250")
    [letter] = await scripted.server.mail(BOB, "Marked")
    assert b"Subject: marked\r\n" in letter
    assert scripted.written() == ["1 1 hello"], "State is 1; and what Result holds is ignored: the message was not deleted"
    assert scripted.logged("script-error") == []


async def test_events_4_1_a_function_that_is_not_there_is_a_script_error_and_the_rule_goes_on(scripted: Scripted) -> None:
    await scripted.load("rule")
    await rule(await scripted.rules(BOB), SUBJECT, CALL | {"ScriptFunction": "Missing"}, MOVE | {"IMAPFolder": "Seen"})
    assert (await scripted.server.send(STRANGER, BOB))[-1].startswith("250")
    assert len(await scripted.server.mail(BOB, "Seen")) == 1
    [error] = scripted.logged("script-error")
    assert "Missing" in error["line"]


async def test_events_4_2_without_scripts_no_function_is_called(scripted: Scripted) -> None:
    await scripted.load("rule")
    await (await scripted.app("Settings.Scripting")).put("Enabled", False)
    await rule(await scripted.rules(BOB), SUBJECT, CALL | {"ScriptFunction": "Mark"}, MOVE | {"IMAPFolder": "Seen"})
    await scripted.server.send(STRANGER, BOB)
    [letter] = await scripted.server.mail(BOB, "Seen")
    assert b"Subject: hello" in letter
    assert scripted.written() == []


async def test_events_3_9_and_3_10_the_server_s_rules_judge_between_the_two_and_see_what_the_first_has_saved(scripted: Scripted) -> None:
    await scripted.load("order")
    started = SUBJECT | {"MatchValue": "started"}
    await rule(await scripted.rules(""), started, CALL | {"ScriptFunction": "Mark"}, MOVE | {"IMAPFolder": "Seen"}, FORWARD | {"To": ALICE})
    await (await scripted.app("Settings")).put("MirrorEMailAddress", "mirror@elsewhere.test")
    assert (await scripted.server.send(STRANGER, BOB, "carol@example.test"))[-1].startswith("250")
    for name in (BOB, "carol@example.test"):
        [letter] = await scripted.settled(name, 1, "Seen")
        assert b"Subject: marked\r\n" in letter
    assert len(await scripted.settled(ALICE, 1)) == 1, "the rule's copy went on, once"
    of_copies = {"start marked", "deliver marked 1"}
    assert [line for line in scripted.written() if line not in of_copies] == ["start hello", "rule started 1", "deliver marked 2"]
    assert await scripted.server.queued() == [(STRANGER, "mirror@elsewhere.test")]
    assert (await scripted.server.send(STRANGER, BOB, message="Subject: cancel\r\n\r\nx"))[-1].startswith("250")
    await scripted.quiet()
    assert scripted.written()[-1] == f"{BOB} Delivery cancelled by OnDeliveryStart-event"
    assert len(await scripted.server.queued()) == 1, "and what is cancelled no mirror gets"


@pytest.mark.parametrize("asked", [True, False])
async def test_events_3_11_what_the_server_s_rules_delete_has_failed_for_each_recipient(scripted: Scripted, asked: bool) -> None:
    """With handlers of deliveries the rules judge in the queue, without them before the 250."""
    await scripted.load("order" if asked else "failed_only")
    await rule(await scripted.rules(""), SUBJECT | {"MatchValue": "started" if asked else "hello"}, {"Type": 1})
    assert (await scripted.server.send(STRANGER, BOB, "carol@example.test"))[-1].startswith("250")
    await scripted.quiet()
    reason = "Message delivery cancelled during global rules"
    assert sorted(scripted.written()) == [f"{BOB} {reason}", f"carol@example.test {reason}", *(["start hello"] if asked else [])]
    assert await scripted.server.mail(BOB) == []


async def test_events_3_13_backups_that_were_made_and_those_that_failed_are_told(scripted: Scripted, tmp_path: Path) -> None:
    await scripted.load("backup")
    house = scripted.server.house
    await backup.create(house, lambda *_: None)
    await house.directory.events.settled()
    (tmp_path / "a file").write_text("no folder")
    with pytest.raises((PostroomError, OSError)) as refused:
        await backup.create(house, lambda *_: None, folder=str(tmp_path / "a file"))
    await house.directory.events.settled()
    assert scripted.written() == ["completed", str(refused.value)], "the real string, whatever stands in it"


async def test_events_3_12_a_download_is_judged_by_run_event_since_mail_is_not_fetched_yet(scripted: Scripted) -> None:
    """The machinery comes later: the trigger is proven by the command that tries handlers."""
    await scripted.load("download")
    content = base64.b64encode(b"Subject: fetched\r\n\r\nbody\r\n").decode()
    told = await run_event(scripted.server.house, None, "OnExternalAccountDownload", content, arguments=['uid "1"'])
    assert (told["value"], told["parameter"], told["error"]) == (2, 7, "")
    assert told["log"] == ['uid "1" rehearsal fetched']
    assert base64.b64decode(told["saved"]).startswith(b"Subject: fetched\r\nX-Fetched: yes\r\n")
    told = await run_event(scripted.server.house, None, "OnExternalAccountDownload", None, arguments=["uid 2"])
    assert told["error"] == ""
    assert (told["value"], told["log"], told["saved"]) == (2, ["uid 2 rehearsal nothing"], None), "a message that was fetched before is Nothing"
    await asyncio.sleep(0)
