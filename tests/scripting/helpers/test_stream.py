from pathlib import Path

import pytest

from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed, folders

MAKE = r"""Set s = CreateObject("ADODB.Stream"): E = "C:\Program Files (x86)\hMailServer\Events\"
"""

PROGRAMS = {
    "text is written and read": ('s.Open: s.WriteText "aä": s.Position = 0: WScript.Echo s.ReadText, s.Size, s.Type, s.Charset', "aä 6 2 Unicode"),
    "UTF-8 begins with its mark": (
        's.Charset = "utf-8": s.Open: s.WriteText "ä": WScript.Echo s.Size: s.Position = 0: WScript.Echo s.ReadText',
        "5|ä",
    ),
    "lines": (
        's.Charset = "utf-8": s.Open: s.WriteText "a", 1: s.WriteText "b", 1: s.WriteText "c": s.Position = 0: Do Until s.EOS: WScript.Echo s.ReadText(-2): Loop',
        "a|b|c",
    ),
    "lines in UTF-16 end between letters only": (
        's.LineSeparator = 10: s.Open: s.WriteText ChrW(&h0A00) & "x" & vbLf & "y": s.Position = 0: WScript.Echo Len(s.ReadText(-2)), s.ReadText(-2)',
        "2 y",
    ),
    "some characters": ('s.Charset = "utf-8": s.Open: s.WriteText "äöü": s.Position = 0: WScript.Echo s.ReadText(2), s.ReadText(5)', "äö ü"),
    "text to a file and back": (
        's.Charset = "utf-8": s.Open: s.WriteText "ä": s.SaveToFile E & "a.txt", 2: s.Close: s.Open: s.LoadFromFile E & "A.TXT": WScript.Echo s.ReadText, s.Size',
        "ä 5",
    ),
    "bytes from a file": (
        's.Charset = "iso-8859-1": s.Open: s.WriteText "ab": s.SaveToFile E & "a": s.Position = 0: s.Type = 1: b = s.Read: WScript.Echo IsArray(b), LenB(b), AscB(MidB(b, 2, 1)), s.EOS',
        "True 2 98 True",
    ),
    "nothing left to read is Null": ("s.Type = 1: s.Open: WScript.Echo IsNull(s.Read)", "True"),
    "bytes are written and read as text": (
        's.Type = 1: s.Open: s.Write ChrB(104) & ChrB(105): s.Position = 0: s.Type = 2: s.Charset = "us-ascii": WScript.Echo s.ReadText',
        "hi",
    ),
    "streams are copied": (
        's.Charset = "utf-8": s.Open: s.WriteText "abc": s.Position = 3: Set t = CreateObject("ADODB.Stream"): t.Charset = "utf-8": t.Open: s.CopyTo t: t.Position = 0: WScript.Echo t.ReadText',
        "abc",
    ),
    "the rest is cut off": ('s.Charset = "us-ascii": s.Open: s.WriteText "abc": s.Position = 1: s.SetEOS: WScript.Echo s.Size', "1"),
    "a file that is there stays without leave": ('s.Open: s.SaveToFile E & "a": s.SaveToFile E & "a"', "!3004"),
    "a file that isn't there": ('s.Open: s.LoadFromFile E & "none"', "!3002"),
    "a file out of bounds": (r's.Open: s.LoadFromFile "C:\etc\passwd"', "!3002"),
    "writing out of bounds": (r's.Open: s.SaveToFile "C:\etc\passwd", 2', "!3004"),
    "a closed stream": ("s.Size", "!3704"),
    "the wrong type": ("s.Open: s.Read", "!3219"),
    "a charset that there isn't": ('s.Charset = "none-such"', "!3001"),
    "what makes no text is no charset": ('s.Charset = "hex"', "!3001"),
    "a place beyond measure": ("s.Open: s.Position = 2000000000", "!3001"),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_stream(sentence: str, tmp_path: Path) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program, Desk(folders(tmp_path))) == result


@pytest.mark.long
def test_many_lines_are_read_in_linear_time(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    (tmp_path / "events" / "big").write_bytes(b"some line\r\n" * 100_000)
    program = 's.Charset = "utf-8": s.Open: s.LoadFromFile E & "big": n = 0: Do Until s.EOS: s.SkipLine: n = n + 1: Loop: WScript.Echo n'
    assert echoed(MAKE + program, desk) == "100000"
