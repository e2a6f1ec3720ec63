"""What Python handlers import from `postroom.handlers`: the objects of their event at run time, their classes for editors and type checkers."""

from __future__ import annotations

from pathlib import Path

from eventhouse import Kept, eventhouse
from postroom.scripting.scripts import Outcome

TYPED = """
from postroom.handlers import Client, EventLog, HMAILSERVER_CLIENT, Message, Result, com_error

def OnHELO(client: Client) -> None:
    Result.Value, Result.Message = 2, f"{client.HELO} {HMAILSERVER_CLIENT.Port}"

async def OnSMTPData(client: Client, message: Message) -> None:
    message.Subject = "hi"
    EventLog.Write(message.Subject)

def OnClientLogon(client: Client) -> None:
    EventLog.Write(f"no result: {not Result}")
    Result.Value = 1
"""


async def test_what_is_imported_is_that_of_the_event(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, TYPED, "Python", start=start) as house:
        assert house.scripts.active == {"OnHELO", "OnSMTPData", "OnClientLogon"}
        for helo in ("one.test", "two.test"):
            assert await house.fire("OnHELO", helo=helo) == Outcome(2, 0, f"{helo} 25")
        await house.fire("OnSMTPData", with_message=True)
        assert house.written() == ["hi"]
        assert house.logged("script-error") == []


async def test_an_object_that_the_event_does_not_have_is_an_error_when_it_is_used(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, TYPED, "Python", start=start) as house:
        await house.fire("OnClientLogon", result=None)
        assert house.written() == ["no result: True"]
        [line] = house.logged("script-error")
        assert "AttributeError: There is no Result in this event." in line["line"]
