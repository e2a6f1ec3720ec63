"""`postroom script check`: what a handlers file uses, and what of it will not work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from runtime.commandline import Postroom

postroom = Postroom()


def checked(folder: Path, name: str, text: str, *, status: int = 1) -> Any:
    """The document of a check."""
    import json

    file = folder / name
    file.write_text(text, "utf-8")
    done = postroom.start("script", "check", str(file), "--json")
    assert done.exit_code == status, done.stdout + done.stderr
    return json.loads(done.stdout)


WHOLE = {
    "a.vbs": """
Option Explicit
Sub OnAcceptMessage(oClient, oMessage)
    Dim oApp, i
    If oClient.Username = "" And oMessage.Size > 10 Then Result.Value = 2 : Result.Message = "no"
    Set oApp = CreateObject("hMailServer.Application")
    Call oApp.Authenticate("Administrator", "x")
    For i = 0 To oMessage.Recipients.Count - 1
        EventLog.Write oMessage.Recipients(i).Address
    Next
    With oMessage
        .Subject = "[x] " & .Subject
        .HeaderValue("X-Seen") = "yes"
        .Save
    End With
End Sub
Function MyRule(m) : End Function
""",
    "a.js": """
function OnAcceptMessage(oClient, oMessage) {
    if (oClient.Username == "" && oMessage.Size > 10) { Result.Value = 2; Result.Message = "no" }
    var oApp = new ActiveXObject("hMailServer.Application");
    oApp.Authenticate("Administrator", "x");
    for (var i = 0; i < oMessage.Recipients.Count; i++) EventLog.Write(oMessage.Recipients(i).Address);
    oMessage.HeaderValue("X-Seen") = "yes";
    oMessage.Save();
}
function MyRule(m) {}
""",
    "a.py": """
async def OnAcceptMessage(client, message):
    if client.Username == "" and message.Size > 10:
        Result.Value = 2
    app = CreateObject("hMailServer.Application")
    await app.Authenticate("Administrator", "x")
    for recipient in message.Recipients:
        EventLog.Write(recipient.Address)
    message.SetHeaderValue("X-Seen", "yes")
    message.Save()

def MyRule(m): pass
""",
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_works_is_told_what_it_uses(tmp_path: Path, name: str) -> None:
    found = checked(tmp_path, name, WHOLE[name], status=0)
    assert found["works"]
    assert not found["problems"]
    assert [one["name"] for one in found["triggers"]] == ["OnAcceptMessage"]
    assert [one["name"] for one in found["functions"]] == ["MyRule"]
    assert [(one["progid"], one["supported"]) for one in found["objects"]] == [("hMailServer.Application", True)]
    said = postroom("script", "check", str(tmp_path / name))
    assert "Triggers: OnAcceptMessage (line" in said
    assert "All of it works here" in said


PROBLEMS = [
    ("a.vbs", "Sub OnHELO(c)\nc.IPAdress = 1\nEnd Sub", 2, "member", "Client has no member IPAdress"),
    ("a.js", "function OnHELO(c) {\n c.IPAdress = 1 }", 2, "member", "Client has no member IPAdress"),
    ("a.py", "def OnHELO(c):\n    c.IPAdress", 2, "member", "Client has no member IPAdress"),
    ("a.vbs", "Sub F(m)\nHMAILSERVER_MESSAGE.Nope\nEnd Sub", 2, "member", "Message has no member Nope"),
    ("a.vbs", 'Set a = CreateObject("hMailServer.Application").Domains\na(0).Nope = 1', 2, "member", "Domain has no member Nope"),
    ("a.js", 'var a = new ActiveXObject("hMailServer.Application"), b = a.Domains.Item(0);\nb.Nope = 1', 2, "member", "Domain has no member Nope"),
    ("a.py", "app = CreateObject('hMailServer.Application')\nx = [d.Nope for d in app.Domains]", 2, "member", "Domain has no member Nope"),
    ("a.vbs", "With Result\n.Valu = 1\nEnd With", 2, "member", "Result has no member Valu"),
    ("a.vbs", 'Set a = CreateObject("hMailServer.Application")\na.Domains(0).Accounts(0).SynchronizeDirectory', 2, "member", "SynchronizeDirectory"),
    ("a.vbs", 'Set a = CreateObject("Shell.Application")', 1, "object", "Shell.Application is error 429"),
    ("a.js", 'var a = new ActiveXObject("Shell.Application.1")', 1, "object", "Shell.Application.1 is error 429"),
    ("a.vbs", "Sub OnHELO()\nEnd Sub", 1, "trigger", "is called with 1 argument; this one takes 0"),
    ("a.py", "def OnError(a):\n    pass", 1, "trigger", "is called with 4 arguments; this one takes 1"),
    ("a.js", "function OnHelo(c) {}", 1, "trigger", "the trigger is OnHELO"),
    ("a.py", "def onhelo(c): pass", 1, "trigger", "the trigger is OnHELO"),
    ("a.vbs", 'x = 1\nMsgBox "x"', 2, "script", "error 70"),
    ("a.vbs", 'x = InputBox("x")', 1, "script", "error 70"),
    ("a.vbs", 'Set x = GetObject("winmgmts:")', 1, "script", "error 432"),
    ("a.js", "alert('x')", 1, "script", "browser"),
    ("a.vbs", "WScript.Echo 1", 1, "script", "WScript"),
    ("a.js", "WScript.Echo(1)", 1, "script", "WScript"),
    ("a.vbs", "x = 1\nIf x", 2, "script", "Expected 'Then'"),
    ("a.js", "x = 1;\nif x", 2, "script", "compilation error"),
    ("a.py", "x = 1\nif x", 2, "script", "expected ':'"),
]


@pytest.mark.parametrize(("name", "text", "line", "kind", "told"), PROBLEMS)
def test_what_will_not_work_is_told_with_its_line(tmp_path: Path, name: str, text: str, line: int, kind: str, told: str) -> None:
    problems = checked(tmp_path, name, text)["problems"]
    assert [(one["line"], one["kind"]) for one in problems if told in one["text"]] == [(line, kind)], problems


SILENT = [
    ("a.vbs", "Sub F(x)\nx.Whatever\nEnd Sub"),
    ("a.vbs", "sub onhelo(c)\nc.helo = 1\nend sub"),
    ("a.vbs", 'Set a = CreateObject("hMailServer.Application")\nSet a = CreateObject("hMailServer.Message")\na.Nope'),
    ("a.js", "function OnHELO() {}"),
    ("a.js", "var s = 'oMessage.Nope()'; // Result.Nope\n/* Result.Nope */ var o = {alert: 1}; o.alert()"),
    ("a.py", "def OnHELO(*args): pass\ndef OnError(a, b=1): pass"),
    ("a.vbs", "Set a = CreateObject(name)\na.Nope"),
]


@pytest.mark.parametrize(("name", "text"), SILENT)
def test_what_only_the_run_can_know_is_no_problem(tmp_path: Path, name: str, text: str) -> None:
    assert checked(tmp_path, name, text, status=0)["problems"] == []


def test_a_member_whose_machinery_waits_is_told_as_in_the_manual(tmp_path: Path) -> None:
    from postroom.model.tree import CLASSES

    waiting = [(kind, member) for kind in ("Account", "Domain") for member in CLASSES[kind].members.values() if member.pending]
    for kind, member in waiting[:3]:
        chain = "d.Accounts(0)" if kind == "Account" else "d"
        text = f'Set d = CreateObject("hMailServer.Application").Domains(0)\nx = {chain}.{member.name}'
        (problem,) = checked(tmp_path, "a.vbs", text)["problems"]
        assert problem == {"line": 2, "kind": "pending", "text": f"hMailServer.{kind}.{member.name}: {member.pending}."}


def test_text_made_at_run_time_is_noted(tmp_path: Path) -> None:
    assert checked(tmp_path, "a.vbs", 'x = 1\nExecuteGlobal "y = 1"', status=0)["notes"][0]["line"] == 2
    assert checked(tmp_path, "a.js", 'eval("1")', status=0)["notes"][0]["line"] == 1
    assert checked(tmp_path, "a.py", 'exec("1")', status=0)["notes"][0]["line"] == 1


def test_a_file_that_cannot_be_checked_is_told(tmp_path: Path) -> None:
    assert "No such file" in postroom.refused("script", "check", str(tmp_path / "none.vbs"))
    (tmp_path / "a.txt").write_text("")
    assert "handlers are" in postroom.refused("script", "check", str(tmp_path / "a.txt"))
