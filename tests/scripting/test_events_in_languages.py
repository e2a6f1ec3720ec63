"""Every event through a real session or delivery, handled by a real script, in each language (events.md section 3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from eventhouse import Kept
from postroom import log
from postroom.directory.fetchaccounts import FetchAccount
from postroom.events import BackupCompleted, BackupFailed, ExternalAccountDownload
from servedscripts import Server, served
from town import refuses

pytestmark = pytest.mark.long

LETTER = "From: alice@example.test\r\nSubject: hello\r\n\r\nbody\r\n"


async def connect(server: Server) -> None:
    client = await server.doors.connect("imap")
    assert await client.line() == ""
    assert await server.written("127.0.0.1 imap [] no")


async def helo(server: Server) -> None:
    client = await server.doors.client("smtp")
    assert await client.say("EHLO bad.test") == '554 Go "away"'
    assert (await client.say("EHLO good.test")).startswith("250")
    assert await server.written("bad.test", "good.test")


async def validate(server: Server) -> None:
    client = await server.doors.client("submission", "EHLO pc.test")
    for password, code in (('pass"word', "235"), ("refused", "535"), ("secret-1", "235")):
        assert (await client.log_in(password=password)).startswith(code), password
        client = await server.doors.client("submission", "EHLO pc.test")
    assert await server.written(*[f"alice@example.test 2 {password}" for password in ('pass"word', "refused", "secret-1")])


async def logon(server: Server) -> None:
    client = await server.doors.client("submission", "EHLO pc.test")
    await client.log_in(password="wrong")
    await client.log_in()
    assert await server.written("alice@example.test no pc.test", "alice@example.test yes pc.test")


async def unknown(server: Server) -> None:
    client = await server.doors.smtp()
    await client.say("MAIL FROM:<a@remote.test>", "RCPT TO:<alice@example.test>", "RCPT TO:<nobody@example.test>")
    assert await server.written("mx.remote.test a@remote.test 1")


async def too_many(server: Server) -> None:
    client = await server.doors.smtp()
    await client.say("MAIL FROM:<a@remote.test>", *["NONSENSE"] * 3)
    assert await client.line() == "421 4.7.0 Too many invalid commands. Bye!"
    assert await server.written("mx.remote.test a@remote.test 0")


async def data(server: Server) -> None:
    client = await server.doors.smtp()
    assert await client.mail("alice@example.test") == "453 Later, a@remote.test: 1"
    assert await client.mail("alice@example.test", sender="b@remote.test") != ""


async def accept(server: Server) -> None:
    client = await server.doors.smtp()
    assert (await client.mail("alice@example.test")).startswith("250")
    for name in ("alice", "bob"):
        [letter] = await server.doors.inbox(name)
        assert b"X-Tag: external\r\n" in letter
        assert b"Subject: [external] hello\r\n" in letter
        assert b"X-Unsaved" not in letter
    assert await client.mail("alice@example.test", content="Subject: spam\r\n\r\nbody\r\n") == "554 No spam"
    assert len(await server.doors.inbox()) == 1


async def start_deletes(server: Server) -> None:
    client = await server.doors.smtp()
    assert (await client.mail("alice@example.test", "bob@example.test")).startswith("250")
    await server.doors.quiet()
    assert await server.doors.inbox() == []
    reason = "Delivery cancelled by OnDeliveryStart-event"
    assert await server.written(f"hello alice@example.test {reason}", f"hello bob@example.test {reason}")


async def deliver(server: Server) -> None:
    client = await server.doors.smtp()
    assert (await client.mail("alice@example.test")).startswith("250")
    await server.doors.quiet()
    [letter] = await server.doors.inbox()
    assert b"X-Seen: yes\r\n" in letter
    assert await server.written("1 1 yes alice@example.test")


async def failed(server: Server) -> None:
    server.doors.town.elsewhere.answers["refusing.test"] = refuses
    await server.doors.town.send("x@refusing.test", sender="alice@example.test")
    await server.doors.quiet()
    assert await server.written("x@refusing.test yes")


async def download(server: Server) -> None:
    result = await server.doors.town.directory.events.fire(ExternalAccountDownload(FetchAccount(), None, 'uid "1"'))
    assert (result.value, result.parameter) == (2, 7)
    assert await server.written('uid "1" nothing')


async def backup(server: Server) -> None:
    fired = server.doors.town.directory.events
    await fired.fire(BackupCompleted())
    await fired.fire(BackupFailed('The folder "C:\\new" is not there'))
    assert await server.written("completed", 'The folder "C:\\new" is not there')


async def error(server: Server) -> None:
    log.get_logger("storage").warning("storage-trouble", reason="the disk is full")
    assert await server.written("1 storage::storage-trouble reason=the disk is full")


async def broken(server: Server) -> None:
    client = await server.doors.smtp()
    assert await client.mail("alice@example.test") == "554 Rejected", "what Result held at that moment"
    assert len(server.events.logged("script-error")) == 1


async def another_message(server: Server) -> None:
    client = await server.doors.smtp()
    assert (await client.mail("alice@example.test")).startswith("250")
    await server.doors.quiet()
    await server.doors.quiet()
    [copy] = await server.doors.inbox("bob")
    assert b"Subject: copy\r\n" in copy
    assert len(await server.doors.inbox("alice")) == 1


class Row(NamedTuple):
    """A numbered line: the handler in each language, and what happens."""

    line: str
    check: Callable[[Server], Awaitable[None]]
    vbscript: str
    python: str
    settings: tuple[tuple[str, int], ...] = ()


YES = """
Function YesNo(b)
  If b Then YesNo = "yes" Else YesNo = "no"
End Function
"""
PYTHON_YES = """
def yes_no(b):
    return "yes" if b else "no"
"""

ROWS = [
    Row(
        "3_1",
        connect,
        """
Sub OnClientConnect(oClient)
  EventLog.Write oClient.IPAddress & " imap [" & oClient.HELO & "] " & YesNo(oClient.Authenticated Or oClient.EncryptedConnection)
  If oClient.Port > 0 Then Result.Value = 1
End Sub""",
        """
def OnClientConnect(client):
    EventLog.Write(f"{client.IPAddress} imap [{client.HELO}] {yes_no(client.Authenticated or client.EncryptedConnection)}")
    if client.Port > 0:
        Result.Value = 1
""",
    ),
    Row(
        "3_2",
        helo,
        """
Sub OnHELO(oClient)
  EventLog.Write HMAILSERVER_CLIENT.HELO
  If oClient.HELO = "bad.test" Then
    Result.Value = 2
    Result.Message = "Go " & Chr(34) & "away" & Chr(34)
  End If
End Sub""",
        """
def OnHELO(client):
    EventLog.Write(HMAILSERVER_CLIENT.HELO)
    if client.HELO == "bad.test":
        Result.Value = 2
        Result.Message = 'Go "away"'
""",
    ),
    Row(
        "3_3",
        validate,
        """
Sub OnClientValidatePassword(oAccount, sPassword)
  EventLog.Write oAccount.Address & " " & Result.Value & " " & sPassword
  If sPassword = "pass" & Chr(34) & "word" Then Result.Value = 0
  If sPassword = "refused" Then Result.Value = 1
End Sub""",
        """
def OnClientValidatePassword(account, password):
    EventLog.Write(f"{account.Address} {Result.Value} {password}")
    Result.Value = {'pass"word': 0, "refused": 1}.get(password, 2)
""",
    ),
    Row(
        "3_4",
        logon,
        """
Sub OnClientLogon(oClient)
  EventLog.Write oClient.Username & " " & YesNo(oClient.Authenticated) & " " & oClient.HELO
End Sub""",
        """
def OnClientLogon(client):
    EventLog.Write(f"{client.Username} {yes_no(client.Authenticated)} {client.HELO}")
""",
    ),
    Row(
        "3_5",
        unknown,
        """
Sub OnRecipientUnknown(oClient, oMessage)
  EventLog.Write oClient.HELO & " " & oMessage.FromAddress & " " & oMessage.Recipients.Count
End Sub""",
        """
def OnRecipientUnknown(client, message):
    EventLog.Write(f"{client.HELO} {message.FromAddress} {message.Recipients.Count}")
""",
    ),
    Row(
        "3_6",
        too_many,
        """
Sub OnTooManyInvalidCommands(oClient, oMessage)
  EventLog.Write oClient.HELO & " " & oMessage.FromAddress & " " & oMessage.Recipients.Count
End Sub""",
        """
def OnTooManyInvalidCommands(client, message):
    EventLog.Write(f"{client.HELO} {message.FromAddress} {message.Recipients.Count}")
""",
        (("max_number_of_invalid_commands", 2),),
    ),
    Row(
        "3_7",
        data,
        """
Sub OnSMTPData(oClient, oMessage)
  If oMessage.FromAddress = "a@remote.test" Then
    Result.Value = 3
    Result.Message = "Later, " & oMessage.FromAddress & ": " & oMessage.Recipients.Count
  End If
End Sub""",
        """
def OnSMTPData(client, message):
    if message.FromAddress == "a@remote.test":
        Result.Value = 3
        Result.Message = f"Later, {message.FromAddress}: {message.Recipients.Count}"
""",
    ),
    Row(
        "3_8",
        accept,
        """
Sub OnAcceptMessage(oClient, oMessage)
  If oMessage.Subject = "spam" Then
    Result.Value = 2
    Result.Message = "No spam"
    Exit Sub
  End If
  oMessage.HeaderValue("X-Tag") = "external"
  oMessage.Subject = "[external] " & oMessage.Subject
  oMessage.Save
  oMessage.HeaderValue("X-Unsaved") = "yes"
  oMessage.AddRecipient "Bob", "bob@example.test"
End Sub""",
        """
def OnAcceptMessage(client, message):
    if message.Subject == "spam":
        Result.Value, Result.Message = 2, "No spam"
        return
    message.HeaderValue["X-Tag"] = "external"
    message.Subject = "[external] " + message.Subject
    message.Save()
    message.HeaderValue["X-Unsaved"] = "yes"
    message.AddRecipient("Bob", "bob@example.test")
""",
    ),
    Row(
        "3_9",
        start_deletes,
        """
Sub OnDeliveryStart(oMessage)
  Result.Value = 1
End Sub
Sub OnDeliveryFailed(oMessage, sRecipient, sErrorMessage)
  EventLog.Write oMessage.Subject & " " & sRecipient & " " & sErrorMessage
End Sub""",
        """
def OnDeliveryStart(message):
    Result.Value = 1

def OnDeliveryFailed(message, recipient, reason):
    EventLog.Write(f"{message.Subject} {recipient} {reason}")
""",
    ),
    Row(
        "3_10",
        deliver,
        """
Sub OnDeliverMessage(oMessage)
  EventLog.Write oMessage.State & " " & oMessage.DeliveryAttempt & " " & YesNo(oMessage.ID > 0) & " " & oMessage.Recipients(0).Address
  oMessage.HeaderValue("X-Seen") = "yes"
  oMessage.Save
End Sub""",
        """
def OnDeliverMessage(message):
    EventLog.Write(f"{message.State} {message.DeliveryAttempt} {yes_no(message.ID > 0)} {message.Recipients[0].Address}")
    message.HeaderValue["X-Seen"] = "yes"
    message.Save()
""",
    ),
    Row(
        "3_11",
        failed,
        """
Sub OnDeliveryFailed(oMessage, sRecipient, sErrorMessage)
  EventLog.Write sRecipient & " " & YesNo(InStr(sErrorMessage, "550 5.1.1 User unknown" & vbCrLf) > 0)
End Sub""",
        """
def OnDeliveryFailed(message, recipient, reason):
    EventLog.Write(recipient + " " + yes_no("550 5.1.1 User unknown\\r\\n" in reason))
""",
    ),
    Row(
        "3_12",
        download,
        """
Sub OnExternalAccountDownload(oFetchAccount, oMessage, sRemoteUID)
  If oMessage Is Nothing Then EventLog.Write sRemoteUID & " nothing"
  Result.Value = 2
  Result.Parameter = 7
End Sub""",
        """
def OnExternalAccountDownload(account, message, uid):
    if message is None:
        EventLog.Write(uid + " nothing")
    Result.Value, Result.Parameter = 2, 7
""",
    ),
    Row(
        "3_13",
        backup,
        """
Sub OnBackupCompleted()
  EventLog.Write "completed"
End Sub
Sub OnBackupFailed(sReason)
  EventLog.Write sReason
End Sub""",
        """
def OnBackupCompleted():
    EventLog.Write("completed")

def OnBackupFailed(reason):
    EventLog.Write(reason)
""",
    ),
    Row(
        "3_14",
        error,
        """
Sub OnError(iSeverity, iCode, sSource, sDescription)
  EventLog.Write iSeverity & " " & sSource & " " & sDescription
  x = 1 / 0
End Sub""",
        """
def OnError(severity, code, source, description):
    EventLog.Write(f"{severity} {source} {description}")
    1 / 0
""",
    ),
    Row(
        "1_10",
        broken,
        """
Sub OnSMTPData(oClient, oMessage)
  Result.Value = 1
  NoSuchThing.Do
  Result.Value = 0
End Sub""",
        """
def OnSMTPData(client, message):
    Result.Value = 1
    no_such_thing()
    Result.Value = 0
""",
    ),
    Row(
        "1_9",
        another_message,
        """
Sub OnDeliveryStart(oMessage)
  If oMessage.Subject = "copy" Then Exit Sub
  Dim oCopy
  Set oCopy = CreateObject("hMailServer.Message")
  oCopy.FromAddress = "alice@example.test"
  oCopy.Subject = "copy"
  oCopy.AddRecipient "Bob", "bob@example.test"
  oCopy.Save
End Sub""",
        """
def OnDeliveryStart(message):
    if message.Subject == "copy":
        return
    copy = CreateObject("hMailServer.Message")
    copy.FromAddress = "alice@example.test"
    copy.Subject = "copy"
    copy.AddRecipient("Bob", "bob@example.test")
    copy.Save()
""",
    ),
]


@pytest.mark.parametrize("language", ["VBScript", "Python"])
@pytest.mark.parametrize("row", ROWS, ids=[f"test_events_{row.line}" for row in ROWS])
async def test_events_in(tmp_path: Path, start: Kept, row: Row, language: str) -> None:
    text = row.vbscript + YES if language == "VBScript" else PYTHON_YES + row.python
    async with served(tmp_path, text, language, start, **dict(row.settings)) as server:
        await row.check(server)
