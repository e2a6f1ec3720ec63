"""What Windows paths lead to, and all the ways out of the mapped folders that don't."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.paths import Mount, Paths, parse
from scripthouse import attempt, echoed, folders

ROOT = r"C:\Program Files (x86)\hMailServer"


def number(paths: Paths, path: str) -> int:
    """The error that finding a path ends in, 0 for none."""
    return attempt(paths.find, path)[1]


@pytest.mark.parametrize(
    ("path", "absolute"),
    [
        (r"C:\a\b", r"C:\a\b"),
        (r"c:/a/./b/", r"C:\a\b"),
        (r"C:\a\..\..\..\b", r"C:\b"),
        (r"a\b", ROOT + r"\a\b"),
        (r"..\a", r"C:\Program Files (x86)\a"),
        (r"\a", r"C:\a"),
        (r"C:a", ROOT + r"\a"),
        (r"D:a", r"D:\a"),
        (r"C:\a. . \b...", r"C:\a\b"),
        (r"C:\\a\\\b", r"C:\a\b"),
        ("", ROOT),
    ],
)
def test_a_path_is_read_as_windows_reads_it(path: str, absolute: str) -> None:
    assert str(Paths(()).absolute(path)) == absolute


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (r"C:\etc\passwd", 76),
        ("/etc/passwd", 76),
        (r"D:\x", 76),
        (ROOT + r"\..\..\etc\passwd", 76),
        (ROOT + r"\Events\..\..\..\..\..\etc\passwd", 76),
        (ROOT + r"\Secrets\x", 76),
        (ROOT + r"\EventsX\x", 76),
        (r"\\server\share\x", 76),
        ("//server/share/x", 76),
        (r"\\?\C:\etc\passwd", 76),
        (r"\\.\C:\x", 76),
        (r"\\.\pipe\x", 76),
        (ROOT + r"\Events\a.txt:stream", 52),
        (ROOT + r"\Events\a.txt::$DATA", 52),
        (ROOT + r"\Events:x\a.txt", 52),
        (ROOT + "\\Events\\a\0.txt", 52),
        (ROOT + r"\Events\a?.txt", 52),
        (ROOT + r"\Events\a|b", 52),
        (ROOT + "\\Events\\" + "n" * 300, 52),
        (ROOT + "\\Events\\" + "n\\" * 5000, 52),
        *((rf"{ROOT}\Events\{device}", 70) for device in ("CON", "nul", "NUL.txt", "com1", "LPT9.log", "aux .x", "CONIN$", "COM\u00b9", "prn")),
        (r"CON", 70),
        (r"C:\NUL", 70),
    ],
)
def test_a_path_out_of_the_mapped_folders_is_refused(path: str, error: int, tmp_path: Path) -> None:
    assert number(folders(tmp_path), path) == error


def test_names_that_only_look_like_devices_are_names(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    assert [number(paths, rf"{ROOT}\Events\{name}") for name in ("console.txt", "com10", "nulls", "a.con", "com")] == [0] * 5


def test_a_link_out_of_its_folder_is_error_70_and_is_not_shown(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("key")
    (tmp_path / "events" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "events" / "file").symlink_to(tmp_path / "secret" / "key")
    (tmp_path / "events" / "up").symlink_to("..")
    for path in (r"link\key", "link", "file", r"up\secret\key", r"link\new.txt", "FILE"):
        assert number(paths, rf"{ROOT}\Events\{path}") == 70
    program = (
        f'Set d = CreateObject("Scripting.FileSystemObject").GetFolder("{ROOT}\\Events"): WScript.Echo d.Files.Count, d.SubFolders.Count, d.Size'
    )
    assert echoed(program, Desk(paths)).startswith("0 0 ")


def test_a_link_within_its_folder_is_followed(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    (tmp_path / "events" / "real.txt").write_text("x")
    (tmp_path / "events" / "link.txt").symlink_to("real.txt")
    assert paths.find(rf"{ROOT}\Events\link.txt").is_file


def test_copying_a_folder_copies_no_links(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    (tmp_path / "secret").write_text("key")
    (tmp_path / "events" / "d").mkdir()
    (tmp_path / "events" / "d" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "events" / "d" / "etc").symlink_to(tmp_path)
    echoed(rf'CreateObject("Scripting.FileSystemObject").CopyFolder "{ROOT}\Events\d", "{ROOT}\Events\n"', Desk(paths))
    assert list((tmp_path / "events" / "n").iterdir()) == []


def test_a_mapped_folder_itself_stays(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    lines = (
        'DeleteFolder R & "\\Data"',
        "DeleteFolder R",
        'MoveFolder R & "\\Data", R & "\\Logs\\x"',
        'GetFolder(R & "\\Logs").Delete True',
        'MoveFile R & "\\Logs", R & "\\Data\\x"',
    )
    answers = [echoed(f'R = "{ROOT}": CreateObject("Scripting.FileSystemObject").{line}', desk) for line in lines]
    assert answers == ["!70", "!70", "!70", "!70", "!53"]
    assert (tmp_path / "data").is_dir()
    assert (tmp_path / "logs").is_dir()


def test_names_are_found_in_any_case_and_the_exact_one_first(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    (tmp_path / "events" / "Sub").mkdir()
    (tmp_path / "events" / "Sub" / "File.TXT").write_text("x")
    (tmp_path / "events" / "Sub" / "file.txt").write_text("exact")
    assert paths.find(ROOT.upper() + r"\EVENTS\sub\file.txt").native == tmp_path.resolve() / "events" / "Sub" / "file.txt"
    assert paths.find(ROOT + r"\events\SUB\FILE.TXT").is_file


def test_other_folders_are_mapped_by_their_own_paths(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    paths = folders(tmp_path, D=tmp_path / "archive")
    assert paths.find(r"d:\x.txt").native == tmp_path.resolve() / "archive" / "x.txt"
    assert paths.drives == ["C", "D"]
    assert number(paths, r"D:\..\..\x") == 0  # above a drive's root is the root


def test_files_of_this_machine_have_windows_paths(tmp_path: Path) -> None:
    paths = folders(tmp_path)
    top = tmp_path.resolve()
    assert paths.to_windows(top / "data" / "a" / "b.eml") == ROOT + r"\Data\a\b.eml"
    assert paths.to_windows(top / "events") == ROOT + r"\Events"
    assert paths.to_windows(Path("/etc/passwd")) == "/etc/passwd"


@given(st.text(alphabet="ab.\\/: C", max_size=60))
def test_no_path_leads_out_of_the_folders(path: str) -> None:
    top = Path("/nowhere/top")
    place, error = attempt(Paths([Mount(ROOT + r"\Events", top)]).find, ROOT + "\\Events\\" + path)
    assert error in {0, 52, 70, 76}
    assert error or place.native is None or place.native.is_relative_to(top)


@given(st.text(max_size=60))
def test_reading_a_path_again_changes_nothing(path: str) -> None:
    found, error = attempt(parse, path)
    assert error in {0, 52, 70, 76}
    assert error or parse(str(found)) == found
