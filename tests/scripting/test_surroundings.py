"""Scripts see the server's folders as Windows has them, and create helper objects over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventhouse import Kept, eventhouse
from postroom.model.invoke import invoke

ROOT = r"C:\Program Files (x86)\hMailServer"


async def test_paths_are_those_of_windows_and_lead_back(tmp_path: Path, start: Kept) -> None:
    text = f"""
Sub OnSMTPData(oClient, oMessage)
    Set fs = CreateObject("Scripting.FileSystemObject")
    Set file = fs.CreateTextFile("{ROOT}\\Temp\\note.txt", True)
    file.Write "from the script"
    file.Close
    oMessage.Subject = "x"
    oMessage.Attachments.Add "{ROOT}\\Temp\\note.txt"
    EventLog.Write oMessage.Attachments(0).Filename & " " & oMessage.Attachments(0).Size
    EventLog.Write Left(oMessage.Filename, {len(ROOT)}) & " " & fs.FileExists(oMessage.Filename)
    On Error Resume Next
    fs.OpenTextFile "C:\\Windows\\win.ini"
    EventLog.Write Err.Number
End Sub
"""
    async with eventhouse(tmp_path, text, start=start) as house:
        (tmp_path / "Temp").mkdir()
        await house.fire("OnSMTPData", with_message=True)
        assert house.logged("script-error") == []
        assert house.written() == ["note.txt 15", f"{ROOT} True", "76"]


async def test_a_message_is_composed_in_the_server(tmp_path: Path, start: Kept) -> None:
    text = 'Sub OnHELO(c)\nSet m = CreateObject("CDO.Message")\nm.Subject = "hi"\nEventLog.Write m.Subject\nEnd Sub'
    async with eventhouse(tmp_path, text, start=start) as house:
        await house.fire("OnHELO")
        assert house.logged("script-error") == []
        assert house.written() == ["hi"]


async def test_the_file_of_a_message_can_be_rewritten(tmp_path: Path, start: Kept) -> None:
    text = """
Sub OnSMTPData(oClient, oMessage)
    oMessage.Subject = "before"
    Set file = CreateObject("Scripting.FileSystemObject").OpenTextFile(oMessage.Filename, 2)
    file.Write "Subject: from the file" & vbCrLf & vbCrLf & "new text" & vbCrLf
    file.Close
    oMessage.RefreshContent
    EventLog.Write oMessage.Subject & ": " & oMessage.Body
End Sub
"""
    async with eventhouse(tmp_path, text, start=start) as house:
        await house.fire("OnSMTPData", with_message=True)
        assert house.logged("script-error") == []
        assert house.written() == ["from the file: new text[nl]"]


async def test_numbers_and_dates_are_written_by_the_locale_that_is_set(tmp_path: Path, start: Kept) -> None:
    text = """
Sub OnHELO(oClient)
    EventLog.Write GetLocale & " " & FormatNumber(1234.5) & " " & #1/2/2026#
    SetLocale "fr-fr"
    EventLog.Write CDbl("1,5") * 2
    SetLocale 0
    EventLog.Write GetLocale
End Sub
"""
    async with eventhouse(tmp_path, text, start=start) as house:
        await house.fire("OnHELO")
        await house.set(locale="de-DE")
        await house.fire("OnHELO")
        assert house.logged("script-error") == []
        assert house.written() == ["1033 1,234.50 1/2/2026", "3", "1033", "1031 1.234,50 02.01.2026", "3", "1031"]


async def test_a_changed_setting_reaches_a_process_at_work_at_its_next_event(tmp_path: Path, start: Kept) -> None:
    text = r"""
Sub OnHELO(oClient)
    EventLog.Write oClient.HELO & " " & CreateObject("Scripting.FileSystemObject").FolderExists("D:\Lists")
End Sub
"""
    async with eventhouse(tmp_path, text, start=start, processes=1) as house:
        (tmp_path / "lists").mkdir()

        async def change(*arguments: object, **more: object) -> object:
            if "write" in arguments and not house.written():
                await house.below.house.directory.table.set("script_folders", rf"D:\Lists = {tmp_path / 'lists'}")
            return await invoke(*arguments, **more)  # type: ignore[arg-type]  # what the gate was called with

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("postroom.scripting.conversation.invoke", change)
            await house.fire("OnHELO", helo="first")
            for _ in range(4):  # until a process that had one before has another
                await house.fire("OnHELO", helo="second")
                if any(process.uses > 1 for process in house.processes()):
                    break
        first, *others = house.written()
        assert (first, set(others)) == ("first False", {"second True"})
        assert any(process.uses > 1 for process in house.processes())
