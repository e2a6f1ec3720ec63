"""Programs as administrators write them, over a server's folders; `E` is the Events folder's path."""

import fcntl
import os
from pathlib import Path

import pytest

from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed, folders

MAKE = r"""Dim f, E: Set f = CreateObject("Scripting.FileSystemObject"): E = "C:\Program Files (x86)\hMailServer\Events\"
Sub Put(name, text): Dim s: Set s = f.CreateTextFile(E & name): s.Write text: s.Close: End Sub
Function Got(name): Dim s: Set s = f.OpenTextFile(E & name): Got = s.ReadAll: s.Close: End Function
Function Names(c): Names = "": For Each x In c: Names = Names & x.Name & ";": Next: End Function
"""

PROGRAMS = {
    # text files
    "a text that is written is read": ('Put "a.txt", "x" & vbCrLf & "y": WScript.Echo Replace(Got("a.txt"), vbCrLf, "/")', "x/y"),
    "lines are read one by one": (
        'Put "a.txt", "1" & vbCrLf & "2" & vbLf & vbCrLf & "4": Set s = f.OpenTextFile(E & "a.txt"): Do Until s.AtEndOfStream: WScript.Echo s.Line & s.ReadLine: Loop',
        "11|22|3|44",
    ),
    "appending adds": ('Put "a.txt", "x": Set s = f.OpenTextFile(E & "a.txt", 8): s.Write "y": s.Close: WScript.Echo Got("a.txt")', "xy"),
    "appending makes the file only if asked": (
        'On Error Resume Next: f.OpenTextFile E & "n.txt", 8: WScript.Echo Err.Number: Err.Clear: f.OpenTextFile E & "n.txt", 8, True: WScript.Echo Err.Number, f.FileExists(E & "n.txt")',
        "53|0 True",
    ),
    "writing begins anew": ('Put "a.txt", "long": Set s = f.OpenTextFile(E & "a.txt", 2): s.Write "y": s.Close: WScript.Echo Got("a.txt")', "y"),
    "a file that is not there is error 53": ('f.OpenTextFile E & "none.txt"', "!53"),
    "reading with Create makes an empty file": ('f.OpenTextFile(E & "n.txt", 1, True).Close: WScript.Echo f.GetFile(E & "n.txt").Size', "0"),
    "a folder that is not there is error 76": ('f.OpenTextFile E & "none\\a.txt", 8, True', "!76"),
    "a folder is no file": ("f.OpenTextFile E", "!70"),
    "a mode that there isn't is error 5": ('f.OpenTextFile E & "a.txt", 3', "!5"),
    "the end is error 62": ('Put "a.txt", "x": Set s = f.OpenTextFile(E & "a.txt"): s.ReadAll: s.ReadLine', "!62"),
    "an empty file has nothing to read": ('Put "a.txt", "": x = Got("a.txt")', "!62"),
    "reading what is written is error 54": ('Set s = f.CreateTextFile(E & "a.txt"): s.ReadLine', "!54"),
    "writing what is read is error 54": ('Put "a.txt", "x": f.OpenTextFile(E & "a.txt").Write "y"', "!54"),
    "a closed file is error 52": ('Set s = f.CreateTextFile(E & "a.txt"): s.Close: s.Close: s.Write "x"', "!52"),
    "Read and Skip count characters": (
        'Put "a.txt", "abcdef" & vbCrLf & "g": Set s = f.OpenTextFile(E & "a.txt"): s.Skip 1: WScript.Echo s.Read(2), s.Column, s.AtEndOfLine: s.SkipLine: WScript.Echo s.Read(99), s.AtEndOfStream',
        "bc 4 False|g True",
    ),
    "CreateTextFile overwrites unless told otherwise": (
        'Put "a.txt", "x": Put "a.txt", "y": WScript.Echo Got("a.txt"): f.CreateTextFile E & "a.txt", False',
        "y|!58",
    ),
    "WriteLine and blank lines end in CR LF": (
        'Set s = f.CreateTextFile(E & "a.txt"): s.WriteLine "a": s.WriteLine: s.WriteBlankLines 2: s.WriteLine 5: s.Close: WScript.Echo Replace(Got("a.txt"), vbCrLf, "/")',
        "a////5/",
    ),
    "ANSI files hold code page 1252": (
        'Put "a.txt", "\u00e4\u20ac": WScript.Echo f.GetFile(E & "a.txt").Size, Got("a.txt") = "\u00e4\u20ac"',
        "2 True",
    ),
    "letters that the code page has not are error 5": ('Put "a.txt", ChrW(&h3a9)', "!5"),
    "Unicode files have a mark and two bytes a letter": (
        'Set s = f.CreateTextFile(E & "u.txt", True, True): s.Write ChrW(&h3a9) & "x": s.Close: WScript.Echo f.GetFile(E & "u.txt").Size, f.OpenTextFile(E & "u.txt", 1, False, -1).ReadAll = ChrW(&h3a9) & "x"',
        "6 True",
    ),
    "appending to a Unicode file adds no second mark": (
        'For i = 1 To 2: Set s = f.OpenTextFile(E & "u.txt", 8, True, -1): s.Write "x": s.Close: Next: WScript.Echo f.OpenTextFile(E & "u.txt", 1, False, -1).ReadAll',
        "xx",
    ),
    "surrogates survive in Unicode files": (
        'Set s = f.CreateTextFile(E & "u.txt", True, True): s.Write ChrW(&hD83D) & ChrW(&hDE00) & ChrW(&hD800): s.Close: WScript.Echo Len(f.OpenTextFile(E & "u.txt", 1, False, -1).ReadAll)',
        "3",
    ),
    "a file that another script writes is locked": (
        'Set s = f.OpenTextFile(E & "a.log", 8, True): On Error Resume Next: f.OpenTextFile E & "a.log", 8, True: WScript.Echo Err.Number, Err.Description: Err.Clear: f.OpenTextFile E & "a.log": WScript.Echo Err.Number: Err.Clear: f.DeleteFile E & "a.log": WScript.Echo Err.Number',
        "70 Permission denied|70|70",
    ),
    "the lock ends with the last reference": (
        'Set s = f.OpenTextFile(E & "a.log", 8, True): Set s = Nothing: f.OpenTextFile(E & "a.log", 8, True).Write "x": WScript.Echo Got("a.log")',
        "x",
    ),
    "a reader keeps nobody from writing": ('Put "a.txt", "x": Set s = f.OpenTextFile(E & "a.txt"): Put "a.txt", "y": WScript.Echo "fine"', "fine"),
    # files
    "a file tells what it is": (
        'Put "Ab.txt", "xyz": Set a = f.GetFile(E & "ab.TXT"): WScript.Echo a.Size, a.Name, a.Type, a.Attributes, a.ParentFolder.Name, a.Drive, TypeName(a.DateLastModified), TypeName(a), Year(a.DateCreated) > 2020',
        "3 ab.TXT Text Document 32 Events C: Date File True",
    ),
    "a path is the default member": ('Put "a.txt", "": WScript.Echo f.GetFile(E & "a.txt")', r"C:\Program Files (x86)\hMailServer\Events\a.txt"),
    "GetFile of nothing is error 53": ('f.GetFile E & "none"', "!53"),
    "a file is found in any case": ('Put "MiXed.TXT", "x": WScript.Echo Got("mixed.txt"), f.FileExists(UCase(E) & "MIXED.txt")', "x True"),
    "an existing spelling is kept": (
        'Put "MiXed.TXT", "x": Put "mixed.txt", "y": WScript.Echo f.GetFolder(E).Files.Count, Names(f.GetFolder(E).Files)',
        "1 MiXed.TXT;",
    ),
    "a file is renamed": ('Put "a.txt", "x": f.GetFile(E & "a.txt").Name = "b.txt": WScript.Echo Names(f.GetFolder(E).Files)', "b.txt;"),
    "the spelling of a name can be changed": (
        'Put "a.txt", "x": f.MoveFile E & "a.txt", E & "A.txt": WScript.Echo Names(f.GetFolder(E).Files)',
        "A.txt;",
    ),
    "copying and moving": (
        'Put "a.txt", "x": f.CopyFile E & "a.txt", E & "b.txt": f.MoveFile E & "a.txt", E & "c.txt": WScript.Echo Names(f.GetFolder(E).Files)',
        "b.txt;c.txt;",
    ),
    "copying into a folder": (
        'f.CreateFolder E & "d": Put "a.txt", "x": f.CopyFile E & "a.txt", E & "d\\": f.GetFile(E & "a.txt").Copy E & "d\\b.txt": WScript.Echo Names(f.GetFolder(E & "d").Files)',
        "a.txt;b.txt;",
    ),
    "copying over a file needs leave": ('Put "a.txt", "x": Put "b.txt", "y": f.CopyFile E & "a.txt", E & "b.txt", False', "!58"),
    "moving onto a file is error 58": ('Put "a.txt", "x": Put "b.txt", "y": f.MoveFile E & "a.txt", E & "b.txt"', "!58"),
    "copying onto itself is error 70": ('Put "a.txt", "x": f.CopyFile E & "a.txt", E & "a.txt"', "!70"),
    "patterns copy, move and delete many": (
        'Put "a.txt", "x": Put "b.TXT", "y": Put "c.log", "z": f.CreateFolder E & "d": f.CopyFile E & "*.txt", E & "d": f.DeleteFile E & "?.txt": f.MoveFile E & "*.*", E & "d\\": WScript.Echo f.GetFolder(E).Files.Count, Names(f.GetFolder(E & "d").Files)',
        "0 a.txt;b.TXT;c.log;",
    ),
    "a pattern that fits nothing is error 53": ('f.DeleteFile E & "*.none"', "!53"),
    "brackets in a pattern are letters": (
        'Put "[a].txt", "x": Put "a.txt", "y": f.DeleteFile E & "[a]*": WScript.Echo Names(f.GetFolder(E).Files)',
        "a.txt;",
    ),
    "a read-only file is deleted by force only": (
        'Put "a.txt", "x": f.GetFile(E & "a.txt").Attributes = 1: WScript.Echo f.GetFile(E & "a.txt").Attributes: On Error Resume Next: f.DeleteFile E & "a.txt": WScript.Echo Err.Number: f.DeleteFile E & "a.txt", True: WScript.Echo f.FileExists(E & "a.txt")',
        "33|70|False",
    ),
    "OpenAsTextStream": (
        'Put "a.txt", "x": f.GetFile(E & "a.txt").OpenAsTextStream(8).Write "y": WScript.Echo f.GetFile(E & "a.txt").OpenAsTextStream.ReadAll',
        "xy",
    ),
    "deleting a file object": ('Put "a.txt", "x": f.GetFile(E & "a.txt").Delete: WScript.Echo f.FileExists(E & "a.txt")', "False"),
    # folders
    "folders are made, listed and deleted": (
        'f.CreateFolder E & "one": f.GetFolder(E).SubFolders.Add "two": WScript.Echo Names(f.GetFolder(E).SubFolders): f.DeleteFolder E & "one": WScript.Echo Names(f.GetFolder(E).SubFolders)',
        "one;two;|two;",
    ),
    "a folder that is there is error 58": ('f.CreateFolder E & "one": f.CreateFolder E & "ONE"', "!58"),
    "a folder in nowhere is error 76": ('f.CreateFolder E & "x\\y"', "!76"),
    "GetFolder of nothing is error 76": ('f.GetFolder E & "none"', "!76"),
    "a folder adds up its files": (
        'f.CreateFolder E & "d": Put "d\\a", "123": Put "b", "4": WScript.Echo f.GetFolder(E).Size, f.GetFolder(E).Attributes, f.GetFolder(E).Type',
        "4 16 File folder",
    ),
    "folders are copied and moved whole": (
        'f.CreateFolder E & "a": f.CreateFolder E & "a\\b": Put "a\\b\\c", "x": f.CopyFolder E & "a", E & "n": f.MoveFolder E & "a", E & "m": WScript.Echo Names(f.GetFolder(E).SubFolders), Got("n\\b\\c"), Got("m\\b\\c")',
        "m;n; x x",
    ),
    "a folder is not copied into itself": ('f.CreateFolder E & "a": f.CopyFolder E & "a", E & "a\\b"', "!70"),
    "a folder is not moved into itself": ('f.CreateFolder E & "a": f.MoveFolder E & "a", E & "a\\b"', "!70"),
    "a folder makes text files": ('f.GetFolder(E).CreateTextFile("a.txt").Write "x": WScript.Echo Got("a.txt")', "x"),
    "collections are read by name": (
        'Put "a.txt", "xy": WScript.Echo f.GetFolder(E).Files("A.txt").Size, f.GetFolder(E).Files.Item("a.txt").Name',
        "2 a.txt",
    ),
    "the server's folders are listed": (
        r'WScript.Echo Names(f.GetFolder("C:\Program Files (x86)\hMailServer").SubFolders)',
        "Events;Logs;Temp;Data;Bin;Database;Addons;",
    ),
    "above them are names only": (
        r'WScript.Echo Names(f.GetFolder("C:\").SubFolders), f.GetFolder("C:\").IsRootFolder, f.GetFolder("C:\").ParentFolder Is Nothing',
        "Program Files (x86);Windows; True True",
    ),
    "nothing is made in a folder that is only a name": (r'f.CreateTextFile "C:\a.txt"', "!76"),
    "special folders": (
        "WScript.Echo f.GetSpecialFolder(0), f.GetSpecialFolder(1), f.GetSpecialFolder(2): f.GetSpecialFolder 3",
        r"C:\Windows C:\Windows\System32 C:\Program Files (x86)\hMailServer\Temp|!5",
    ),
    # drives
    "there is drive C": (
        'WScript.Echo f.Drives.Count, f.DriveExists("c:"), f.DriveExists("Q"), f.GetDrive("C:").DriveType, f.Drives("C").RootFolder, f.GetDrive("c").FreeSpace > 0',
        r"1 True False 2 C:\ True",
    ),
    "another drive is error 68": ('f.GetDrive "Q:"', "!68"),
    "drives are walked": ("For Each d In f.Drives: WScript.Echo d.DriveLetter, d.IsReady, d.TotalSize >= d.AvailableSpace: Next", "C True True"),
    # names
    "paths are put together": (
        r'WScript.Echo f.BuildPath("C:\a", "b"), f.BuildPath("C:\a\", "b"), f.BuildPath("", "b"), f.BuildPath("C:", "b")',
        r"C:\a\b C:\a\b b C:b",
    ),
    "paths are taken apart": (
        r'WScript.Echo f.GetFileName("C:\a\b.c.txt"), f.GetBaseName("C:\a\b.c.txt"), f.GetExtensionName("C:\a\b.c.txt"), f.GetParentFolderName("C:\a\b.txt"), f.GetDriveName("C:\a")',
        r"b.c.txt b.c txt C:\a C:",
    ),
    "names without parts": (
        r'WScript.Echo "[" & f.GetFileName("C:\") & f.GetExtensionName("a") & f.GetParentFolderName("a") & f.GetParentFolderName("C:\") & "]", f.GetBaseName("a"), f.GetParentFolderName("C:\a")',
        r"[] a C:\ "[:-1],
    ),
    "relative paths begin at the program's folder": (
        r'WScript.Echo f.GetAbsolutePathName("Events\..\Logs"), f.GetAbsolutePathName("\x\.\y")',
        r"C:\Program Files (x86)\hMailServer\Logs C:\x\y",
    ),
    "temporary names": ("WScript.Echo Left(f.GetTempName, 3), Right(f.GetTempName, 4), Len(f.GetTempName)", "rad .tmp 12"),
    "event scripts have no standard streams": ("f.GetStandardStream 1", "!52"),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_filesystemobject(sentence: str, tmp_path: Path) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program, Desk(folders(tmp_path))) == result


def test_a_file_that_another_program_locks_is_error_70(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    with (tmp_path / "events" / "a.log").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert echoed(MAKE + 'f.OpenTextFile E & "a.log", 8, True', desk) == "!70"
        assert echoed(MAKE + 'f.OpenTextFile E & "a.log"', desk) == "!70"


def test_a_fifo_is_error_70_and_does_not_block(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    os.mkfifo(tmp_path / "events" / "pipe")
    assert echoed(MAKE + 'WScript.Echo f.FileExists(E & "pipe"): f.OpenTextFile E & "pipe"', desk) == "False|!70"
    assert echoed(MAKE + 'f.OpenTextFile E & "pipe", 8, True', desk) == "!70"


def test_all_bytes_survive_reading_and_writing_as_ansi(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    (tmp_path / "events" / "a.bin").write_bytes(bytes(range(256)))
    echoed(MAKE + 'Put "b.bin", Got("a.bin")', desk)
    assert (tmp_path / "events" / "b.bin").read_bytes() == bytes(range(256))


@pytest.mark.long
def test_a_large_file_is_read_by_lines_in_linear_time(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    (tmp_path / "events" / "big.txt").write_bytes(b"x" * 99 + b"\n" + b"y" * 3_000_000 + b"\r\n" + b"line\r\n" * 50_000)
    program = 'Set s = f.OpenTextFile(E & "big.txt"): n = 0: Do Until s.AtEndOfStream: m = Len(s.ReadLine): n = n + 1: If n = 2 Then WScript.Echo m\nLoop: WScript.Echo n'
    assert echoed(MAKE + program, desk) == "3000000|50002"


def test_a_folder_that_is_not_writable_is_error_70(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    assert echoed(MAKE + r'f.CreateTextFile E & "..\Bin\a.exe"', desk) == "!70"
    assert echoed(MAKE + r'f.CreateFolder E & "..\Bin\a"', desk) == "!70"
