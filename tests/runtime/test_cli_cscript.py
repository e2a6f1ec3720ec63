"""`postroom cscript`, as people run their administration scripts: transcripts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.commandline import ENVIRONMENT, PATIENCE, Postroom

pytestmark = pytest.mark.long

postroom = Postroom()


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Path]:
    monkeypatch.chdir(tmp_path)
    return Path


def run(name: str, text: str, *arguments: str, given: str = "") -> tuple[int, str, str]:
    Path(name).write_text(text, "utf-8")
    done = postroom.start("cscript", "//nologo", name, *arguments, given=given)
    return done.exit_code, done.stdout, done.stderr


VBSCRIPT = [
    ('WScript.Echo "hello", 1, True, Empty, Null', (), "", "hello 1 -1  null\n"),
    ("WScript.Echo WScript.ScriptName, WScript.Version", (), "", "a.vbs 5.812\n"),
    ("WScript.Echo WScript.Arguments.Count, WScript.Arguments(1), WScript.Arguments.Item(0)", ("x", "y z"), "", "2 y z x\n"),
    ("For Each a In WScript.Arguments.Unnamed : WScript.Echo a : Next", ("x", "/n:1", "y"), "", "x\ny\n"),
    ('Set n = WScript.Arguments.Named : WScript.Echo n.Count, n("N"), n.Exists("m"), n("f"), n("g")', ("/n:1:2", "/f+", "/g-"), "", "3 1:2 0 -1 0\n"),
    ("For Each n In WScript.Arguments.Named : WScript.Echo n : Next", ("/One:1", "/two"), "", "One\ntwo\n"),
    ("With WScript.StdIn : Do Until .AtEndOfStream : WScript.Echo .Line, .ReadLine : Loop : End With", (), "a\nb\n\nc", "1 a\n2 b\n3 \n4 c\n"),
    ('With WScript.StdIn : WScript.Echo .Read(2) & "|" & .AtEndOfLine & "|" & .Column & .ReadAll : End With', (), "abcd\ne", "ab|False|3cd\ne\n"),
    ("With WScript.StdIn : .Skip 1 : .SkipLine : WScript.Echo .ReadLine : End With", (), "ab\ncd\n", "cd\n"),
    ('WScript.StdOut.Write "a" : WScript.StdOut.WriteLine "b" : WScript.StdOut.WriteBlankLines 2 : WScript.StdOut.WriteLine', (), "", "ab\n\n\n\n"),
    ("On Error Resume Next : x = WScript.StdIn.ReadLine : WScript.Echo Err.Number", (), "", "62\n"),
    ("On Error Resume Next : WScript.StdOut.ReadLine : WScript.Echo Err.Number", (), "", "54\n"),
    ('On Error Resume Next : CreateObject "No.Such" : WScript.Echo Err.Number : WScript.Foo : WScript.Echo Err.Number', (), "", "429\n438\n"),
    ("WScript.Sleep 1 : WScript.Echo WScript.Interactive, WScript.Timeout", (), "", "-1 0\n"),
    ('WScript.Interactive = False : WScript.Echo "unseen"', (), "", ""),
    ("WScript.Echo Len(WScript.Arguments(0)), WScript.Arguments(0)", ("\U0001f600",), "", "2 \U0001f600\n"),
    ('ExecuteGlobal "WScript.Echo 1" : WScript.Echo TypeName(WScript), WScript.Application.Name', (), "", "1\nObject Windows Script Host\n"),
]  # fmt: skip

NO_OBJECT = "429 ActiveX component can't create object\n"
JSCRIPT = [
    ('WScript.Echo("hello", 1, true, undefined, null)', (), "", "hello 1 -1  null\n"),
    ("for (var e = new Enumerator(WScript.Arguments); !e.atEnd(); e.moveNext()) WScript.Echo(e.item())", ("x", "y"), "", "x\ny\n"),
    ("WScript.Echo(WScript.Arguments.length, WScript.Arguments(0), WScript.arguments.Named.Item('n'))", ("x", "/n:1"), "", "2 x 1\n"),
    ("while (!WScript.StdIn.AtEndOfStream) WScript.StdOut.WriteLine(WScript.StdIn.ReadLine().toUpperCase())", (), "a\nb", "A\nB\n"),
    (
        "try { new ActiveXObject('No.Such') } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) }",
        (),
        "",
        NO_OBJECT,
    ),
]


@pytest.mark.parametrize(("text", "arguments", "given", "wanted"), VBSCRIPT)
def test_a_vbscript_prints(script: type[Path], text: str, arguments: tuple[str, ...], given: str, wanted: str) -> None:
    assert run("a.vbs", text, *arguments, given=given) == (0, wanted, "")


@pytest.mark.parametrize(("text", "arguments", "given", "wanted"), JSCRIPT)
def test_a_jscript_prints(script: type[Path], text: str, arguments: tuple[str, ...], given: str, wanted: str) -> None:
    assert run("a.js", text, *arguments, given=given) == (0, wanted, "")


@pytest.mark.parametrize(
    ("name", "text", "status"),
    [
        ("a.vbs", "WScript.Echo 1 : WScript.Quit 7 : WScript.Echo 2", 7),
        ("a.vbs", "On Error Resume Next : WScript.Echo 1 : WScript.Quit 7 : WScript.Echo 2", 7),
        ("a.vbs", "Sub S : WScript.Echo 1 : WScript.Quit : End Sub\nS : WScript.Echo 2", 0),
        ("a.js", "WScript.Echo(1); try { WScript.Quit(7) } catch (e) { WScript.Echo(e) } WScript.Echo(2)", 7),
        ("a.js", "WScript.Echo(1); while (true) try { WScript.Quit(7) } catch (e) {}", 7),
    ],
)  # fmt: skip
def test_quit_ends_a_script_with_its_status(script: type[Path], name: str, text: str, status: int) -> None:
    assert run(name, text) == (status, "1\n", "")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.vbs", 'x = 1\n  foo "y"', "a.vbs(2, 3) Microsoft VBScript runtime error: Type mismatch: 'foo'"),
        ("a.vbs", "x = 1 / 0", "a.vbs(1, 1) Microsoft VBScript runtime error: Division by zero"),
        ("a.vbs", "\nx =", "a.vbs(2, 4) Microsoft VBScript compilation error: Expected expression"),
        ("a.js", "\n  undeclared()", "a.js(2, 3) Microsoft JScript runtime error: Object expected"),
        ("a.js", "var x = ;", "a.js(1, 9) Microsoft JScript compilation error: Syntax error"),
        ("a.js", 'throw new Error(5, "my own")', "a.js(1, 11) Microsoft JScript runtime error: my own"),
    ],
)
def test_an_error_is_told_as_cscript_does(script: type[Path], name: str, text: str, told: str) -> None:
    assert run(name, text) == (1, "", told + "\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.vbs"], "No such file"),
        (["a.wsf"], "can't be run"),
        (["a.txt"], "//E:VBScript"),
        (["//Z", "a.vbs"], 'Unknown option "//Z"'),
        (["//E:Perl", "a.vbs"], "script engine"),
        (["//B"], "no script file"),
    ],
)
def test_what_cannot_be_run_is_told(script: type[Path], words: list[str], told: str) -> None:
    for name in ("a.vbs", "a.wsf", "a.txt"):
        Path(name).write_text("")
    assert told in postroom.refused("cscript", *words)


def test_the_options_of_the_host(script: type[Path]) -> None:
    Path("a.txt").write_text("WScript.Echo(typeof 1)")
    assert postroom("cscript", "//E:JScript", "//T:60", "a.txt") == "number\n"
    Path("a.vbs").write_text('WScript.Echo 1 : WScript.StdOut.WriteLine "out" : x = 1 / 0')
    quiet = postroom.start("cscript", "a.vbs", "//B", "x")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (1, "out\n", "")


def test_a_script_may_be_utf_16_or_windows_1252(script: type[Path]) -> None:
    Path("a.vbs").write_bytes('WScript.Echo "\u00e4\u4e2d"'.encode("utf-16"))
    assert postroom("cscript", "a.vbs") == "\u00e4\u4e2d\n"
    Path("b.vbs").write_bytes('WScript.Echo "\u00e4"'.encode("cp1252"))
    assert postroom("cscript", "b.vbs") == "\u00e4\n"


HANGS = {"a.vbs": 'WScript.Echo "on" : Do : Loop', "a.js": 'WScript.Echo("on"); for (;;);'}


@pytest.mark.parametrize("name", HANGS)
@pytest.mark.skipif(sys.platform == "win32", reason="a signal can't be sent to one process there")
def test_ctrl_c_and_a_limit_of_time_end_a_script_that_hangs(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HANGS[name])
    command = [sys.executable, "-m", "postroom", "cscript"]
    with subprocess.Popen([*command, name], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as hanging:
        assert hanging.stdout is not None
        assert hanging.stdout.readline() == "on\n"
        hanging.send_signal(signal.SIGINT)
        assert hanging.wait(PATIENCE) == -signal.SIGINT
    late = subprocess.run([*command, "//T:1", name], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert late.returncode == 1
    assert f'Script execution time was exceeded on script "{name}".' in late.stderr


ADMINISTRATION = {
    "a.vbs": """
Set app = CreateObject("hMailServer.Application")
WScript.Echo TypeName(app), TypeName(app.Authenticate("Administrator", WScript.Arguments(0)))
Set domain = app.Domains.ItemByName("example.test")
Set account = domain.Accounts.Add
account.Address = "made-by-vbs@example.test"
account.Password = "a long secret 1"
account.Active = True
account.MaxSize = 10
account.Save
For i = 0 To domain.Accounts.Count - 1
    If domain.Accounts(i).Address = account.Address Then WScript.Echo domain.Accounts.Item(i).Address, domain.Accounts(i).MaxSize
Next
For Each a In domain.Accounts
    If a.ID = account.ID Then WScript.Echo "each", a.Address
Next
domain.Accounts.ItemByAddress(account.Address).Delete
On Error Resume Next
domain.Accounts.ItemByAddress "made-by-vbs@example.test"
WScript.Echo Err.Number, Err.Source
Err.Clear
domain.NoSuch
WScript.Echo Err.Number
""",
    "a.js": """
var app = new ActiveXObject("hMailServer.Application");
WScript.Echo(typeof app, typeof app.Authenticate("Administrator", WScript.Arguments(0)));
var domain = app.Domains.ItemByName("example.test"), account = domain.Accounts.Add();
account.Address = "made-by-js@example.test";
account.Password = "a long secret 1";
account.Active = true;
account.MaxSize = 10;
account.Save();
for (var i = 0; i < domain.accounts.count; i++)
    if (domain.Accounts(i).Address == account.Address) WScript.Echo(domain.Accounts.Item(i).Address, domain.Accounts(i).maxsize);
for (var e = new Enumerator(domain.Accounts); !e.atEnd(); e.moveNext())
    if (e.item().ID == account.ID) WScript.Echo("each", e.item().Address);
domain.Accounts.ItemByAddress(account.Address).Delete();
try { domain.Accounts.ItemByAddress("made-by-js@example.test") } catch (e) { WScript.Echo(e.number, e.source) }
try { domain.NoSuch } catch (e) { WScript.Echo(e.number & 0xFFFF) }
""",
}


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_a_script_administers_the_running_server(server: Postroom, script: type[Path], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("POSTROOM_PORTABLE"):  # without UNIX sockets nothing but its usual port leads to a server by itself
        url = f"http://127.0.0.1:{server.ports['http']}"
        monkeypatch.setitem(ENVIRONMENT, "POSTROOM_CLIENT_URL", url)
        monkeypatch.setenv("POSTROOM_CLIENT_URL", url)
    Path(name).write_text(ADMINISTRATION[name])
    said = server("cscript", name, "secret-1").splitlines()
    made = f"made-by-{name[2:]}@example.test"
    assert said[1:] == [f"{made} 10", f"each {made}", said[3], "438"]
    assert said[3] == ("9" if name == "a.vbs" else "-2146828279") + " hMailServer COM library"


def test_a_server_that_is_not_there_is_told(script: type[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.vbs").write_text('CreateObject "hMailServer.Application"')
    done = subprocess.run(
        [sys.executable, "-m", "postroom", "cscript", "a.vbs"],
        env=ENVIRONMENT | {"POSTROOM_CLIENT_URL": "http://127.0.0.1:1"}, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("a.vbs(1, 1) hMailServer COM library: The RPC server is unavailable")
