from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.shell import arguments
from scripthouse import attempt, echoed, folders

MAKE = 'Set s = CreateObject("WScript.Shell")\n'

PROGRAMS = {
    "variables are expanded, others stay": (
        'WScript.Echo s.ExpandEnvironmentStrings("%temp%|%NONE%|100%|%SystemRoot%")',
        r"C:\Program Files (x86)\hMailServer\Temp|%NONE%|100%|C:\Windows",
    ),
    "variables are read in any case": ('WScript.Echo s.Environment("PROCESS")("ComputerName"), s.Environment("Process").Item("NONE")', "MAIL "),
    "a variable is set for this script": (
        'Set e = s.Environment("PROCESS"): e("X") = "1": e.Item("x") = "2": WScript.Echo e("X"), s.ExpandEnvironmentStrings("%x%"): e.Remove "X": WScript.Echo "[" & e("X") & "]"',
        "2 2|[]",
    ),
    "variables are walked": (
        'n = 0: For Each v In s.Environment("PROCESS"): If Left(v, 3) = "OS=" Then n = n + 1\nNext: WScript.Echo n, s.Environment("PROCESS").Count = s.Environment("USER").Length',
        "1 True",
    ),
    "the current folder": (
        r'WScript.Echo s.CurrentDirectory: s.CurrentDirectory = "Logs": WScript.Echo s.CurrentDirectory, CreateObject("Scripting.FileSystemObject").GetAbsolutePathName("a")',
        r"C:\Program Files (x86)\hMailServer|C:\Program Files (x86)\hMailServer\Logs C:\Program Files (x86)\hMailServer\Logs\a",
    ),
    "a current folder that isn't": (r's.CurrentDirectory = "C:\none"', "!76"),
    "programs are not started": ('s.Run "cmd /c del *.*", 0, True', "!70"),
    "programs are not executed": ('s.Exec "cmd"', "!70"),
    "there is no registry": (
        r'On Error Resume Next: x = s.RegRead("HKLM\Software\X"): WScript.Echo Err.Number, Err.Description',
        r'-2147024894 Unable to open registry key "HKLM\Software\X" for reading.',
    ),
    "nobody answers a pop-up": ('s.Popup "x"', "!70"),
    "there are no special folders": ('WScript.Echo "[" & s.SpecialFolders("Desktop") & "]"', "[]"),
    "the network's names": ('Set n = CreateObject("WScript.Network"): WScript.Echo n.ComputerName, n.UserName, n.UserDomain', "MAIL SYSTEM MAIL"),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_shell(sentence: str, tmp_path: Path) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program, Desk(folders(tmp_path), host_name="mail")) == result


def test_the_refusal_says_which_setting_allows_it() -> None:
    assert "script_run_programs" in echoed(MAKE + 'On Error Resume Next: s.Run "x": WScript.Echo Err.Description')


def test_the_servers_own_environment_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_SECRET", "geheim")
    desk = Desk(folders(tmp_path), may_run=True)
    assert (
        echoed(MAKE + 'WScript.Echo s.ExpandEnvironmentStrings("%POSTROOM_SECRET%"), s.Environment("PROCESS")("POSTROOM_SECRET")', desk)
        == "%POSTROOM_SECRET% "
    )
    assert "geheim" not in echoed(MAKE + 'WScript.Echo s.Exec("/usr/bin/env").StdOut.ReadAll', desk)


def test_allowed_programs_run_without_a_shell(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path), may_run=True)
    program = tmp_path / "events" / "tell.sh"
    program.write_text('#!/bin/sh\nprintf "%s;" "$@" > "$(dirname "$0")/out"\nexit 7\n')
    program.chmod(0o755)
    call = r'WScript.Echo s.Run("""C:\Program Files (x86)\hMailServer\Events\Tell.SH"" ""a b"" $(id) ;x *", 0, True)'
    assert echoed(MAKE + call, desk) == "7"
    assert (tmp_path / "events" / "out").read_text() == "a b;$(id);;x;*;"


def test_a_program_that_is_executed_has_its_streams(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path), may_run=True)
    program = 'Set e = s.Exec("/bin/cat"): e.StdIn.WriteLine "hello": e.StdIn.Close: WScript.Echo e.StdOut.ReadLine: WScript.Echo e.StdOut.AtEndOfStream, TypeName(e.ProcessID)'
    assert echoed(MAKE + program, desk) == "hello|True Long"


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert echoed(MAKE + 's.Run "no-such-program-anywhere"', Desk(folders(tmp_path), may_run=True)) == "!-2147024894"


@given(st.lists(st.text(alphabet="abc $;&|*\\-%", min_size=1, max_size=10)))
def test_quoted_words_come_apart_as_they_were_put_together(words: list[str]) -> None:
    assert arguments(" ".join(f'"{word}"' for word in words)) == [word.strip() for word in words] or any(word != word.strip() for word in words)


def test_a_command_line_without_end_is_refused() -> None:
    assert attempt(arguments, '"' * 40_000)[1] == 5
    assert len(arguments('"' + "a " * 16_000)) > 1
