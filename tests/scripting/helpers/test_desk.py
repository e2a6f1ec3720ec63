import json
from pathlib import Path

import pytest

from modelhouse import modelhouse
from postroom.directory import kinds
from postroom.directory.errors import DirectoryError
from postroom.scripting.helpers.desk import Desk, facts
from postroom.scripting.helpers.paths import ROOT
from scripthouse import echoed

TOLD = {"root": "E:\\Mail\\", "folders": {}, "added": [], "may_run": False, "networks": ["10.0.0.0/8"], "max_size": 2048, "time": 7, "host": "mail"}


def test_the_folders_of_the_server_and_of_the_settings_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.txt").write_text("x")
    added = kinds.Folders().parse(rf"D:\Lists = {tmp_path / 'lists'}; {tmp_path / 'lists'}")
    desk = Desk.of({**TOLD, "folders": {"Events": str(tmp_path / "events"), "Database": str(tmp_path)}, "added": added})
    own = "C:" + str(tmp_path / "lists").replace("/", "\\")
    program = f'Set f = CreateObject("Scripting.FileSystemObject"): WScript.Echo f.FileExists("D:\\lists\\A.TXT"), f.FileExists("{own}\\a.txt"), f.FolderExists("E:\\mail\\events")'
    assert echoed(program, desk) == "True True True"
    assert echoed(r'CreateObject("Scripting.FileSystemObject").CreateTextFile "E:\Mail\Database\x"', desk) == "!70"
    assert echoed(r'CreateObject("Scripting.FileSystemObject").CreateTextFile "E:\Mail\Events\x"', desk) == ""


def test_the_rules_for_requests_and_programs_come_from_the_settings() -> None:
    desk = Desk.of(TOLD)
    assert (desk.web.max_size, desk.web.time, str(desk.web.networks[0]), desk.may_run, desk.host_name) == (2048, 7.0, "10.0.0.0/8", False, "mail")


async def test_what_a_script_process_is_told_comes_from_the_server(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as opened:
        told = facts(opened.house, tmp_path)
        desk = Desk.of(told)
    assert set(told["folders"]) == {"Events", "Logs", "Temp", "Data", "Bin", "Database"}
    assert str(desk.paths.root) == ROOT
    assert json.loads(json.dumps(told)) == told


def test_a_script_that_somebody_runs_sees_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    desk = Desk.standalone()
    program = 'Set f = CreateObject("Scripting.FileSystemObject"): WScript.Echo f.OpenTextFile("A.txt").ReadAll, f.GetAbsolutePathName("a.txt")'
    assert echoed(program, desk) == "x C:" + str(tmp_path / "a.txt").replace("/", "\\")
    assert desk.paths.to_windows(Path("/")) == "C:\\"


@pytest.mark.parametrize(
    ("text", "folders"),
    [
        ("", ()),
        (r"D:\a = /srv/a", (("D:\\a", "/srv/a"),)),
        (r"D:\a=/srv/a ; /srv/b;", (("D:\\a", "/srv/a"), ("C:\\srv\\b", "/srv/b"))),
        (r"D:\a", (("D:\\a", "D:\\a"),)),
        ("D:/a = E:/b", (("D:\\a", "E:/b"),)),
    ],
)
def test_folders_are_read_and_written(text: str, folders: tuple[tuple[str, str], ...]) -> None:
    kind = kinds.Folders()
    assert kind.parse(text) == folders
    assert kind.parse(kind.format(folders)) == folders


@pytest.mark.parametrize("text", ["relative", r"\\server\share = /srv", "D:\\a = relative", r"D:\a:b = /srv", r"D:\..\a = /srv", "= /srv", r"D:\a ="])
def test_what_is_no_folder_is_refused(text: str) -> None:
    with pytest.raises(DirectoryError, match="folders"):
        kinds.Folders().parse(text)
