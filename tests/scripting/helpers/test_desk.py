import dataclasses
from pathlib import Path

import pytest

from postroom.directory import kinds
from postroom.directory.errors import DirectoryError
from postroom.directory.settings import Settings
from postroom.scripting.helpers.desk import Desk, paths_of, web_of
from scripthouse import echoed


def settings(**changes: object) -> Settings:
    """The settings, some of them changed."""
    return dataclasses.replace(Settings(), **changes)  # type: ignore[arg-type] # by name


def test_the_folders_of_the_settings_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.txt").write_text("x")
    added = kinds.Folders().parse(rf"D:\Lists = {tmp_path / 'lists'}; {tmp_path / 'lists'}")
    paths = paths_of(settings(script_root="E:\\Mail\\", script_folders=added), {"Events": tmp_path / "events", "Data": tmp_path})
    own = "C:" + str(tmp_path / "lists").replace("/", "\\")
    program = f'Set f = CreateObject("Scripting.FileSystemObject"): WScript.Echo f.FileExists("D:\\lists\\A.TXT"), f.FileExists("{own}\\a.txt"), f.FolderExists("E:\\mail\\events")'
    assert echoed(program, Desk(paths)) == "True True True"
    assert echoed(r'CreateObject("Scripting.FileSystemObject").CreateTextFile "E:\Mail\Data\x"', Desk(paths)) == "!70"
    assert echoed(r'CreateObject("Scripting.FileSystemObject").CreateTextFile "E:\Mail\Events\x"', Desk(paths)) == ""


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


def test_the_rules_for_requests_come_from_the_settings() -> None:
    web = web_of(settings(script_http_networks=kinds.Networks().parse("10.0.0.0/8"), script_http_max_size=2048, script_http_timeout=7))
    assert (web.max_size, web.time, str(web.networks[0])) == (2048, 7.0, "10.0.0.0/8")
