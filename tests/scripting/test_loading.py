"""Loading: which text runs, which triggers there are, what is logged (events.md section 1)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from eventhouse import Kept, eventhouse
from modelhouse import Hand
from postroom.directory.scripts import forget_script
from postroom.scripting.scripts import Outcome, Scripts, read_text
from postroom.storage.database import CONTROL

pytestmark = pytest.mark.long

ONE = "Sub OnHELO(oClient)\nResult.Value = 1\nEnd Sub\n"
TWO = "Sub OnHELO(oClient)\nResult.Value = 2\nEnd Sub\nSub OnSMTPData(c, m)\nEnd Sub\n"
BROKEN = "Sub OnHELO(oClient)\nResult.Value = = 3\nEnd Sub\n"


async def test_events_1_1_enabled_switches_all_triggers(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        assert house.scripts.active == {"OnHELO"}
        await house.set(enabled=False)
        assert house.scripts.active == frozenset()
        await house.set(enabled=True)
        assert house.scripts.active == {"OnHELO"}


async def test_events_1_1_a_language_that_is_none_has_no_file_and_runs_nothing(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, language="vbscript", start=start) as house:
        await house.load(ONE)
        assert house.scripts.active == frozenset()
        scripting = await (await house.below.login())("Settings.Scripting")
        assert await scripting("CurrentScriptFile") == str(tmp_path / "Events" / "EventHandlers.")
        assert await scripting("CheckSyntax") == ""


@pytest.mark.parametrize(("language", "name"), [("VBScript", "EventHandlers.vbs"), ("JScript", "EventHandlers.js"), ("Python", "EventHandlers.py")])
async def test_events_1_2_the_file_is_that_of_the_language(tmp_path: Path, start: Kept, language: str, name: str) -> None:
    async with eventhouse(tmp_path, language=language, start=start) as house:
        scripting = await (await house.below.login())("Settings.Scripting")
        assert await scripting("Directory") == str(tmp_path / "Events")
        assert await scripting("CurrentScriptFile") == str(tmp_path / "Events" / name)


async def test_events_1_2_the_folder_is_the_one_that_is_set(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, start=start) as house:
        await house.below.house.directory.table.set("directories.event_directory", str(tmp_path / "elsewhere"))
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "EventHandlers.vbs").write_text(TWO)
        await (await house.below.login())("Settings.Scripting.Reload")
        assert (await house.fire("OnHELO")).value == 2


async def test_events_1_3_edits_have_no_effect_until_reload(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        house.file.write_text(TWO)
        assert (await house.fire("OnHELO")).value == 1
        assert house.scripts.active == {"OnHELO"}
        await (await house.below.login())("Settings.Scripting.Reload")
        assert (await house.fire("OnHELO")).value == 2
        assert house.scripts.active == {"OnHELO", "OnSMTPData"}


async def test_events_1_3_a_language_needs_reload_and_enabled_alone_does_not_load(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        await house.set(language="Python")
        assert (await house.fire("OnHELO")).value == 1
        house.file.write_text("def OnHELO(client):\n    Result.Value = 3\n")
        await house.set(enabled=False)
        await house.set(enabled=True)
        assert (await house.fire("OnHELO")).value == 1
        await house.scripts.reload()
        assert (await house.fire("OnHELO")).value == 3


async def test_events_1_3_every_worker_runs_what_was_reloaded(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        other = Scripts(lambda: house.below.house, 2, start)
        seen: list[frozenset[str]] = []
        other.follow(seen.append)
        await other.open()
        await house.load(TWO)
        assert other.active == {"OnHELO", "OnSMTPData"}
        context = other.context()
        assert (await other.run("OnHELO", [house.client(context)], context=context)).value == 2
        assert seen == [frozenset(), frozenset({"OnHELO"}), frozenset({"OnHELO", "OnSMTPData"})]
        await other.close()


@pytest.mark.parametrize("text", [BROKEN, "x = 1 / 0\n" + TWO])
async def test_events_1_4_a_broken_file_changes_nothing(tmp_path: Path, start: Kept, text: str) -> None:
    """Unlike hMailServer, which keeps the new text with the old list of triggers."""
    async with eventhouse(tmp_path, ONE, start=start) as house:
        await house.load(text)
        assert house.scripts.active == {"OnHELO"}
        assert (await house.fire("OnHELO")).value == 1
        (line,) = house.logged("script-unloadable")
        assert (line["severity"], line["code"]) == ("2 (High)", "HM5016")


async def test_events_1_4_a_broken_file_at_the_first_start_has_no_triggers(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, BROKEN, start=start) as house:
        assert house.scripts.active == frozenset()
        assert await house.fire("OnHELO") == Outcome()


async def test_events_1_4_what_was_loaded_last_runs_on_after_a_restart_with_a_broken_file(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        house.file.write_text(BROKEN)
        again = Scripts(lambda: house.below.house, 1, start)
        await again.open()
        await again.reload()
        assert again.active == {"OnHELO"}
        await again.close()


async def test_events_1_4_loading_that_does_not_end_is_error_5017(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start, time_limit=1) as house:
        await house.load("Do : Loop")
        assert [line["code"] for line in house.logged("script-unloadable")] == ["HM5017"]
        assert house.scripts.active == {"OnHELO"}


async def test_what_was_loaded_is_forgotten_by_all_workers(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        await house.below.house.database.transact(CONTROL, forget_script)
        assert house.scripts.active == frozenset()
        assert await house.fire("OnHELO") == Outcome()
        assert house.logged("script-skipped")[0]["reason"] == "No event scripts are loaded."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (ONE, ""),
        ("", ""),
        (
            BROKEN,
            (
                "Script Error: Source: Microsoft VBScript compilation error - Error: 800A03EA - Description: Syntax error - "
                "Line: 2 Column: 16 - Code: Result.Value = = 3"
            ),
        ),
        (
            'Dim x\nx = CDbl("no")',
            (
                "Script Error: Source: Microsoft VBScript runtime error - Error: 800A000D - Description: Type mismatch: 'CDbl' - "
                'Line: 2 Column: 1 - Code: x = CDbl("no")'
            ),
        ),
        ("EventLog.Write 1", "Object required: 'EventLog'"),
    ],
    ids=["good", "empty", "syntax", "run time", "no named objects"],
)
async def test_events_1_5_check_syntax_gives_nothing_or_file_and_error(tmp_path: Path, start: Kept, text: str, wanted: str) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        house.file.write_text(text)
        scripting: Hand = await (await house.below.login())("Settings.Scripting")
        told = await scripting("CheckSyntax")
        assert told == "" if not wanted else told.startswith(f"File: {house.file}\r\nScript Error: ") and wanted in told
        assert (await house.fire("OnHELO")).value == 1


async def test_events_1_5_a_missing_file_is_fine_and_has_no_triggers(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        house.file.unlink()
        scripting = await (await house.below.login())("Settings.Scripting")
        assert await scripting("CheckSyntax") == ""
        await scripting("Reload")
        assert house.scripts.active == frozenset()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("VBScript", "sub ONhelo(c)\nResult.Value = 1\nend sub"),
        ("VBScript", 'ExecuteGlobal "Sub OnHelo(c)" & vbCrLf & "Result.Value = 1" & vbCrLf & "End Sub"'),
        ("Python", "def OnHELO(client):\n    Result.Value = 1\n"),
        ("Python", "async def OnHELO(client):\n    Result.Value = 1\n"),
    ],
)
async def test_events_1_6_a_trigger_is_there_by_its_name(tmp_path: Path, start: Kept, language: str, text: str) -> None:
    async with eventhouse(tmp_path, text, language, start=start) as house:
        assert house.scripts.active == {"OnHELO"}
        assert (await house.fire("OnHELO")).value == 1


async def test_events_1_6_python_tells_names_by_case(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, "def OnHelo(client):\n    pass\n", "Python", start=start) as house:
        assert house.scripts.active == frozenset()


async def test_events_1_7_each_firing_runs_the_whole_file_anew(tmp_path: Path, start: Kept) -> None:
    text = "Dim n\nn = n + 1\nSub OnHELO(c)\nn = n + 1\nResult.Value = n\nEnd Sub\n"
    async with eventhouse(tmp_path, text, start=start) as house:
        assert [(await house.fire("OnHELO")).value for _ in range(3)] == [2, 2, 2]


NAMED = """
Sub OnSMTPData(oClient, oMessage)
    EventLog.Write HMAILSERVER_CLIENT.HELO & " " & oClient.IPAddress & " " & HMAILSERVER_MESSAGE.State & " " & oMessage.State
    Result.Value = 3
    Result.Message = "named"
    Result.Parameter = "7"
End Sub
Sub OnHELO(oClient)
    EventLog.Write IPAddress & " " & Port
    Value = 2
End Sub
"""


async def test_events_1_8_named_objects_are_globals_beside_the_parameters(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, NAMED, start=start) as house:
        assert await house.fire("OnSMTPData", with_message=True) == Outcome(3, 7, "named")
        assert house.written() == ["mx.example.org 192.0.2.1 0 0"]


async def test_events_1_8_their_members_are_global_names_too(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, NAMED, start=start) as house:
        assert await house.fire("OnHELO") == Outcome(2)
        assert house.written() == ["192.0.2.1 25"]


async def test_events_1_8_an_event_without_result_has_no_such_name(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, "Sub OnClientLogon(c)\nResult.Value = 1\nEnd Sub", start=start) as house:
        assert await house.fire("OnClientLogon", result=None) == Outcome()
        assert "Object required: 'Result'" in house.logged("script-error")[0]["line"]


async def test_events_1_9_scripts_create_the_objects_of_the_server(tmp_path: Path, start: Kept) -> None:
    text = """
Sub OnHELO(oClient)
    Dim app
    Set app = CreateObject("hMailServer.Application")
    If app.Authenticate("Administrator", "wrong") Is Nothing Then EventLog.Write "refused"
    On Error Resume Next
    x = app.Domains.Count
    EventLog.Write Err.Number & " " & Left(Err.Description, 48)
    Err.Clear
    app.Authenticate "Administrator", "secret-0"
    EventLog.Write app.Domains.Count & " " & app.Domains(0).Name & " " & TypeName(app)
    x = app.Domains(5).Name
    EventLog.Write Err.Number & " " & Err.Description
    Err.Clear
    x = app.NoSuchThing
    EventLog.Write Err.Number
    Err.Clear
    x = CreateObject("Nobody.Knows")
    EventLog.Write Err.Number
    For Each domain In app.Domains
        EventLog.Write domain.Name
    Next
End Sub
"""
    async with eventhouse(tmp_path, text, start=start) as house:
        await house.fire("OnHELO")
        assert house.written() == [
            "refused",
            "-2147220503 You do not have access to this property / method",
            "1 example.test IInterfaceApplication",
            "9 Invalid index.",
            "438",
            "429",
            "example.test",
        ]


async def test_events_1_10_an_error_is_logged_and_what_result_held_counts(tmp_path: Path, start: Kept) -> None:
    text = 'Sub OnHELO(oClient)\n    Result.Value = 2\n    Result.Message = "held"\n    x = oClient.Nothing1\nEnd Sub\n'
    async with eventhouse(tmp_path, text, start=start) as house:
        assert await house.fire("OnHELO") == Outcome(2, 0, "held")
        (line,) = house.logged("script-error")
        told = "Error: 800A01B6 - Description: Object doesn't support this property or method: 'Nothing1' - Line: 4 Column: 5"
        assert line["line"] == f"Script Error: Source: Microsoft VBScript runtime error - {told} - Code:     x = oClient.Nothing1"


async def test_events_1_10_changes_that_were_saved_stay(tmp_path: Path, start: Kept) -> None:
    text = """
Sub OnHELO(oClient)
    Set app = CreateObject("hMailServer.Application")
    app.Authenticate "Administrator", "secret-0"
    app.Settings.WelcomeSMTP = "changed"
    x = 1 / 0
End Sub
"""
    async with eventhouse(tmp_path, text, start=start) as house:
        await house.fire("OnHELO")
        assert house.below.house.settings.welcome_smtp == "changed"


async def test_events_1_11_the_debug_log_tells_the_event(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE + "Sub MyRule(m)\nEnd Sub", start=start) as house:
        await house.fire("OnHELO")
        context = house.context()
        message = house.message(context)
        await house.scripts.run("MyRule", [message], {"HMAILSERVER_MESSAGE": message}, context=context)
        told = [line["line"] for line in house.lines if line["event"] in {"script-began", "script-ended"}]
        assert told == ["Executing event OnHELO", "Event completed", "Executing event Unknown", "Event completed"]


async def test_events_4_1_a_rule_function_that_is_not_there_is_a_script_error(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start) as house:
        context = house.context()
        assert (await house.scripts.run("Missing", [house.message(context)], context=context)).value == 0
        assert "800A000D - Description: Type mismatch: 'Missing'" in house.logged("script-error")[0]["line"]


@pytest.mark.parametrize(
    "data",
    [
        ONE.encode(),
        b"\xef\xbb\xbf" + ONE.encode(),
        b"\xff\xfe" + ONE.encode("utf-16-le"),
        b"\xfe\xff" + ONE.encode("utf-16-be"),
        b"' M\xfcller \x80\n" + ONE.encode(),
    ],
)
async def test_a_file_is_read_in_the_charsets_that_windows_editors_write(tmp_path: Path, start: Kept, data: bytes) -> None:
    async with eventhouse(tmp_path, data, start=start) as house:
        assert (await house.fire("OnHELO")).value == 1


def test_windows_western_characters_are_read_and_a_huge_file_is_not(tmp_path: Path) -> None:
    file = tmp_path / "EventHandlers.vbs"
    file.write_bytes(b'x = "\x80 \xfc"')
    assert read_text(file) == 'x = "€ ü"'
    file.write_bytes(b"'" * ((4 << 20) + 1))
    with pytest.raises(ValueError, match="longer than 4 MB"):
        read_text(file)


async def test_texts_are_counted_in_units_of_utf_16_and_come_back_whole(tmp_path: Path, start: Kept) -> None:
    text = "Sub OnHELO(c)\nEventLog.Write Len(c.HELO)\nResult.Message = c.HELO & Left(c.HELO, 1)\nEnd Sub"
    async with eventhouse(tmp_path, text, start=start) as house:
        assert (await house.fire("OnHELO", helo="\U0001f4ea")).message == "\U0001f4ea\ufffd"
        assert house.written() == ["2"]


async def test_events_1_3_an_event_that_waits_for_its_turn_runs_what_was_reloaded_meanwhile(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ONE, start=start, processes=1) as house:
        pool = house.scripts._processes()
        for text, value in ((TWO, 2), ("Sub OnSMTPData(oClient, oMessage)\nEnd Sub\n", 0)):
            process = await pool.take(0)
            waiting = asyncio.create_task(house.fire("OnHELO"))
            await asyncio.sleep(0)
            house.file.write_text(text)
            await house.scripts.reload()
            pool.give_back(process, 0, at_peace=True)
            assert (await waiting).value == value
        assert house.logged("script-lost") == []
