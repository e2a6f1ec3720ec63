"""`postroom script run-event`: a handler tried with a message, for every trigger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventhouse import sources
from postroom.events import TRIGGERS
from runtime.commandline import Postroom

pytestmark = pytest.mark.long

HANDLERS = """
Sub OnClientConnect(oClient)
    EventLog.Write "connect " & oClient.IPAddress & " " & oClient.Port
End Sub
Sub OnHELO(oClient)
    EventLog.Write "helo " & oClient.HELO
End Sub
Sub OnClientValidatePassword(oAccount, sPassword)
    EventLog.Write oAccount.Address & " " & sPassword & " " & Result.Value
    Result.Value = 1
End Sub
Sub OnClientLogon(oClient)
    EventLog.Write oClient.Username & " " & oClient.Authenticated
End Sub
Sub OnRecipientUnknown(oClient, oMessage)
    EventLog.Write oMessage.FromAddress
End Sub
Sub OnTooManyInvalidCommands(oClient, oMessage)
    EventLog.Write oMessage.FromAddress
End Sub
Sub OnSMTPData(oClient, oMessage)
    EventLog.Write oMessage.FromAddress & " " & oMessage.Recipients.Count
End Sub
Sub OnAcceptMessage(oClient, oMessage)
    EventLog.Write oMessage.Subject
    oMessage.Subject = "[EXT] " & oMessage.Subject
    oMessage.Save
    Result.Value = 2
    Result.Message = "Not today"
End Sub
Sub OnDeliveryStart(oMessage)
    EventLog.Write "start " & oMessage.State
End Sub
Sub OnDeliverMessage(oMessage)
    EventLog.Write "deliver " & oMessage.Subject
End Sub
Sub OnDeliveryFailed(oMessage, sRecipient, sErrorMessage)
    EventLog.Write sRecipient & ": " & sErrorMessage
End Sub
Sub OnExternalAccountDownload(oFetchAccount, oMessage, sRemoteUID)
    EventLog.Write (oMessage Is Nothing) & " " & sRemoteUID
    Result.Value = 2
    Result.Parameter = 7
End Sub
Sub OnBackupCompleted()
    EventLog.Write "done"
End Sub
Sub OnBackupFailed(sReason)
    EventLog.Write sReason
End Sub
Sub OnError(iSeverity, iCode, sSource, sDescription)
    EventLog.Write iSeverity & " " & iCode & " " & sSource & " " & sDescription
End Sub
Sub MyRule(oMessage)
    EventLog.Write "rule " & oMessage.Subject
    x = 1 / 0
End Sub
"""
MESSAGE = b"From: alice@example.test\r\nTo: bob@example.test\r\nSubject: hello\r\n\r\nbody\r\n"

TOLD: dict[str, tuple[list[str], list[str]]] = {
    "OnClientConnect": ([], ["connect 192.0.2.1 25"]),
    "OnHELO": (["--helo", "mx.example.org"], ["helo mx.example.org"]),
    "OnClientValidatePassword": (["--username", "alice@example.test", "secret-2"], ["alice@example.test secret-2 2"]),
    "OnClientLogon": (["--username", "alice@example.test"], ["alice@example.test True"]),
    "OnRecipientUnknown": (["--from", "a@example.org"], ["a@example.org"]),
    "OnTooManyInvalidCommands": ([], ["sender@example.com"]),
    "OnSMTPData": (["--to", "alice@example.test"], ["sender@example.com 1"]),
    "OnAcceptMessage": ([], ["hello"]),
    "OnDeliveryStart": ([], ["start 1"]),
    "OnDeliverMessage": ([], ["deliver hello"]),
    "OnDeliveryFailed": (["x@example.org", "gone"], ["x@example.org: gone"]),
    "OnExternalAccountDownload": (["uid-7"], ["False uid-7"]),
    "OnBackupCompleted": ([], ["done"]),
    "OnBackupFailed": ([r"C:\backup"], [r"C:\backup"]),
    "OnError": (["2", "5016", "A::B", "no"], ["2 5016 A::B no"]),
}


@pytest.fixture(scope="module")
def scripted(server: Postroom, tmp_path_factory: pytest.TempPathFactory) -> Postroom:
    """The server, with a handlers file that nobody has loaded."""
    assert server.config is not None
    data = Path(json.loads(server.start("status", "--json").stdout)["data"])
    (data / "Events").mkdir(exist_ok=True)
    (data / "Events" / "EventHandlers.vbs").write_text(HANDLERS)
    return server


def fired(postroom: Postroom, folder: Path, name: str, *more: str) -> Any:
    """Fire an event with a message, and read what is told."""
    eml = folder / "message.eml"
    eml.write_bytes(MESSAGE)
    done = postroom.start("script", "run-event", name, *more, "--eml", str(eml), "--json")
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", TRIGGERS)
def test_every_trigger_can_be_fired(scripted: Postroom, tmp_path: Path, name: str) -> None:
    given, wanted = TOLD[name]
    told = fired(scripted, tmp_path, name, *given)
    assert (told["error"], told["log"]) == ("", wanted)


def test_result_and_what_was_saved_are_shown(scripted: Postroom, tmp_path: Path) -> None:
    eml = tmp_path / "message.eml"
    eml.write_bytes(MESSAGE)
    done = scripted.start("script", "run-event", "OnAcceptMessage", "--eml", str(eml), "--to", "bob@example.test")
    assert done.exit_code == 0
    assert "Result.Value      2" in done.stdout
    assert "Not today" in done.stdout
    assert "-Subject: hello\n+Subject: [EXT] hello\n" in done.stdout


def test_a_parameter_of_result_is_told(scripted: Postroom, tmp_path: Path) -> None:
    assert fired(scripted, tmp_path, "OnExternalAccountDownload")["parameter"] == 7


def test_events_3_12_a_message_that_was_fetched_before_is_nothing(scripted: Postroom) -> None:
    done = scripted.start("script", "run-event", "OnExternalAccountDownload", "uid-8", "--json")
    assert json.loads(done.stdout)["log"] == ["True uid-8"]


def test_a_rule_function_is_called_and_its_error_told(scripted: Postroom, tmp_path: Path) -> None:
    told = fired(scripted, tmp_path, "MyRule")
    assert told["log"] == ["rule hello"]
    assert "Division by zero" in told["error"]
    assert scripted.start("script", "run-event", "MyRule").exit_code == 1


def test_the_handlers_file_is_reloaded_and_a_broken_one_refused(scripted: Postroom) -> None:
    data = Path(json.loads(scripted.start("status", "--json").stdout)["data"])
    file = data / "Events" / "EventHandlers.vbs"
    told = scripted("script", "reload")
    assert f"{file}: VBScript\nTriggers: OnClientConnect, OnHELO" in told
    assert told.endswith("Other functions: MyRule\nEvent scripts are off: `postroom settings set scripting.enabled yes` switches them on.\n")
    file.write_text("Sub OnHELO(oClient\n")
    wrong = scripted.refused("script", "reload")
    assert "Script Error: Source: Microsoft VBScript compilation error" in wrong
    assert wrong.endswith(" What was loaded before goes on.")
    file.unlink()
    assert scripted.json("script", "reload")["triggers"] == []
    file.write_text(HANDLERS)


def test_nothing_is_reloaded_where_no_server_runs(at_rest: Postroom) -> None:
    assert at_rest.refused("script", "reload") == "No server runs here: it reads the handlers file when it starts."


def test_without_a_server_the_command_runs_it_itself_and_a_broken_file_is_told(at_rest: Postroom, tmp_path: Path) -> None:
    assert at_rest.config is not None
    folder = at_rest.config.parent / "data" / "Events"
    folder.mkdir(parents=True)
    (folder / "EventHandlers.vbs").write_text(HANDLERS)
    with sources():
        assert fired(at_rest, tmp_path, "OnBackupFailed", "full")["log"] == ["full"]
        (folder / "EventHandlers.vbs").write_text("Sub x(\n")
        done = at_rest.start("script", "run-event", "OnHELO")
    assert done.exit_code == 1
    assert "Script Error: " in done.stderr
