"""A script costs its own event only: a hang, a crash, a memory bomb, endless output, too many calls, a killed process."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from eventhouse import Kept, eventhouse
from postroom.events import HELO, MOST_DEPTH, Client, Events
from postroom.model.invoke import invoke
from postroom.scripting.scripts import Outcome
from postroom.scripting.triggers import Triggers

pytestmark = pytest.mark.long

GOOD = """
Dim count
count = count + 1
Sub OnHELO(oClient)
    count = count + 1
    Result.Value = count
    Result.Message = oClient.HELO
End Sub
"""

BAD = {
    "hang": "Sub OnClientConnect(c)\nResult.Value = 1\nDo : Loop\nEnd Sub",
    "hang that catches errors": "Sub OnClientConnect(c)\nOn Error Resume Next\nDo\nx = 1 / 0\nLoop\nEnd Sub",
    "calls": "Sub OnClientConnect(c)\nDo\nx = c.Username\nx = HMAILSERVER_CLIENT.Get\nLoop\nEnd Sub",
    "output": 'Sub OnClientConnect(c)\nDo\nEventLog.Write String(10000, "x")\nLoop\nEnd Sub',
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_script_that_does_not_end_costs_its_event_only(tmp_path: Path, start: Kept, kind: str) -> None:
    text = GOOD + BAD[kind].replace("HMAILSERVER_CLIENT.Get", 'CreateObject("hMailServer.Utilities").MD5("x")')
    async with eventhouse(tmp_path, text, start=start, time_limit=1, max_calls=1000, max_output=100_000) as house:
        assert await house.fire("OnClientConnect") == Outcome()
        assert await house.fire("OnHELO") == Outcome(2, 0, "mx.example.org")
        (lost,) = house.logged("script-lost")
        assert lost["name"] == "OnClientConnect"
        assert sum(map(len, house.written())) <= 100_000


async def test_what_was_limited_is_told(tmp_path: Path, start: Kept) -> None:
    text = BAD["calls"].replace("HMAILSERVER_CLIENT.Get", 'CreateObject("hMailServer.Utilities").MD5("x")')
    async with eventhouse(tmp_path, text, start=start, max_calls=100) as house:
        await house.fire("OnClientConnect")
        assert house.logged("script-lost")[0]["reason"] == "It made more than 100 calls of the object model."


async def test_a_memory_bomb_is_an_error_of_the_script_or_loses_it(tmp_path: Path, start: Kept) -> None:
    bomb = 'Sub OnClientConnect(c)\ns = String(1000000, "x")\nDim a(100000)\nFor i = 0 To 100000\na(i) = s & i\nNext\nEnd Sub\n'
    async with eventhouse(tmp_path, GOOD + bomb, start=start, memory_limit="64 MB") as house:
        assert (await house.fire("OnClientConnect")).value == 0
        assert await house.fire("OnHELO") == Outcome(2, 0, "mx.example.org")
        assert "Out of memory" in str([*house.logged("script-error"), *house.logged("script-lost")])


async def test_globals_are_fresh_for_each_event(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, GOOD, start=start) as house:
        assert [(await house.fire("OnHELO")).value for _ in range(5)] == [2] * 5


CRASH = """
import os, signal
def OnClientConnect(client):
    os.kill(os.getpid(), signal.SIGSEGV)
def OnHELO(client):
    Result.Value = 1
def OnSMTPData(client):
    os._exit(0)
"""


async def test_a_crash_costs_its_event_only(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, CRASH, "Python", start=start) as house:
        for name in ("OnClientConnect", "OnSMTPData"):
            assert await house.fire(name) == Outcome()
            assert (await house.fire("OnHELO")).value == 1
        assert [line["name"] for line in house.logged("script-lost")] == ["OnClientConnect", "OnSMTPData"]


async def test_mail_waits_after_a_lost_script_where_the_administrator_wants_that(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, CRASH, "Python", start=start, when_lost="defer") as house:
        assert (await house.fire("OnClientConnect")).defer
        assert not (await house.fire("OnHELO")).defer


PID = """
import os
def OnHELO(client):
    EventLog.Write(str(os.getpid()))
    while True:
        client.Username
        CreateObject("hMailServer.Utilities").MD5("x")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are UNIX's")
async def test_a_process_killed_while_it_asks_for_a_property_costs_its_event_only(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, PID, "Python", start=start) as house:
        for _ in range(5):
            before = len(house.written())
            running = asyncio.create_task(house.fire("OnHELO"))
            await house.written_more(before)
            os.kill(int(house.written()[-1]), signal.SIGKILL)
            assert await running == Outcome()


async def test_events_run_at_the_same_time_and_wait_for_a_process_in_turn(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, GOOD, start=start) as house:
        assert await asyncio.gather(*(house.fire("OnHELO") for _ in range(50))) == [Outcome(2, 0, "mx.example.org")] * 50


async def test_a_session_that_goes_away_ends_its_script(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, GOOD + BAD["hang"], start=start) as house:
        running = asyncio.create_task(house.fire("OnClientConnect"))
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert (await house.fire("OnHELO")).value == 2


async def test_events_within_events_never_wait_for_each_other_and_end_at_the_fourth(tmp_path: Path, start: Kept) -> None:
    """A handler that authenticates, saves messages, adds folders makes more events while its own process waits."""
    text = 'Sub OnHELO(oClient)\nEventLog.Write "depth " & oClient.SessionID\nCreateObject("hMailServer.Utilities").MD5 "x"\nEnd Sub'
    async with eventhouse(tmp_path, text, start=start, processes=1) as house:
        depth, events = 0, Events()
        Triggers(house.scripts, events).start()

        async def invoked(*arguments: object, **more: object) -> object:
            nonlocal depth
            if "md5" in arguments:
                depth += 1
                await events.fire(HELO(Client(session=depth)))
            return await invoke(*arguments, **more)  # type: ignore[arg-type]  # what the gate was called with

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("postroom.scripting.conversation.invoke", invoked)
            async with asyncio.timeout(60):
                await asyncio.gather(*(events.fire(HELO(Client())) for _ in range(3)))
        assert len(house.logged("event-skipped")) == 3
        assert len(house.written()) == 3 * MOST_DEPTH
        assert house.logged("script-lost") == []


SEEN = """
import os, socket
def OnHELO(client):
    opened = [os.readlink(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{one}")]
    EventLog.Write(repr([opened, sorted(name for name in os.environ if "POSTROOM" in name), os.sysconf("SC_NPROCESSORS_ONLN") > 0]))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux tells what a process has open")
async def test_a_script_process_has_nothing_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_ADMIN_PASSWORD", "secret-0")
    async with eventhouse(tmp_path, SEEN, "Python") as house:
        await house.fire("OnHELO")
        opened, secrets, _ = eval(house.written()[0])
    assert [one for one in opened if not one.startswith(("/dev/null", "/proc/"))] == [one for one in opened if one.startswith("socket:")]
    assert len([one for one in opened if one.startswith("socket:")]) == 1
    assert secrets == []
