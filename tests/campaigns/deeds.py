"""Handlers that do ill when a message asks for it: they hang, eat memory, talk without end, crash; and touch every message live."""

from __future__ import annotations

from typing import Final

MOMENTS: Final = {"accept": "OnAcceptMessage", "start": "OnDeliveryStart", "deliver": "OnDeliverMessage"}
"""When a handler does what a message's X-Deed asks for, in the words of that field: `hang accept`, `eat deliver`."""
DEEDS: Final = ("hang", "linger", "eat", "talk", "crash")
SEEN: Final = b"X-Seen-"
"""Begins the names of the fields that handlers add when they come to their end."""

_VBSCRIPT: Final = """\
Sub Touch(oMessage, sMoment)
  Dim n, text, some(100000)
  If oMessage.DeliveryAttempt <= 1 Then
    Select Case oMessage.HeaderValue("X-Deed")
      Case "hang " & sMoment
        On Error Resume Next
        Do : n = 1 / 0 : Loop
      Case "linger " & sMoment
        For n = 1 To 1000 : text = oMessage.HeaderValue("X-Token") : Next
      Case "eat " & sMoment
        text = String(1000000, "x")
        For n = 0 To 100000 : some(n) = text & n : Next
      Case "talk " & sMoment
        Do : text = oMessage.HeaderValue("X-Token") : Loop
      Case "crash " & sMoment
        Touch oMessage, sMoment
    End Select
  End If
  For n = 1 To 10 : text = oMessage.HeaderValue("X-Token") : Next
  oMessage.HeaderValue("X-Seen-" & sMoment) = text
  oMessage.Save
End Sub
Sub OnAcceptMessage(oClient, oMessage)
  Touch oMessage, "accept"
End Sub
Sub OnDeliveryStart(oMessage)
  Touch oMessage, "start"
End Sub
Sub OnDeliverMessage(oMessage)
  Touch oMessage, "deliver"
End Sub
"""
_JSCRIPT: Final = """\
function Touch(oMessage, sMoment) {
  var n, text, some = [];
  if (oMessage.DeliveryAttempt <= 1) {
    switch (oMessage.HeaderValue("X-Deed")) {
      case "hang " + sMoment:
        for (;;) try { null.x } catch (e) {}
      case "linger " + sMoment:
        for (n = 0; n < 1000; n++) text = oMessage.HeaderValue("X-Token");
        break;
      case "eat " + sMoment:
        for (text = "x"; ; some.push(text)) text += text + text;
      case "talk " + sMoment:
        for (;;) text = oMessage.HeaderValue("X-Token");
      case "crash " + sMoment:
        Touch(oMessage, sMoment);
    }
  }
  for (n = 0; n < 10; n++) text = oMessage.HeaderValue("X-Token");
  oMessage.HeaderValue("X-Seen-" + sMoment) = text;
  oMessage.Save();
}
function OnAcceptMessage(oClient, oMessage) { Touch(oMessage, "accept") }
function OnDeliveryStart(oMessage) { Touch(oMessage, "start") }
function OnDeliverMessage(oMessage) { Touch(oMessage, "deliver") }
"""
_PYTHON: Final = """\
import os, signal

def touch(message, moment):
    deed, _, when = message.HeaderValue["X-Deed"].partition(" ")
    if when == moment and message.DeliveryAttempt <= 1:
        while deed == "hang":
            try:
                1 / 0
            except ZeroDivisionError:
                pass
        for _ in range(1000 if deed == "linger" else 0):
            message.HeaderValue["X-Token"]
        some = ["x"]
        while deed == "eat":
            some.append(some[-1] * 2)
        while deed == "talk":
            message.HeaderValue["X-Token"]
        if deed == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
    for _ in range(10):
        text = message.HeaderValue["X-Token"]
    message.HeaderValue["X-Seen-" + moment] = text
    message.Save()

def OnAcceptMessage(client, message):
    touch(message, "accept")

def OnDeliveryStart(message):
    touch(message, "start")

def OnDeliverMessage(message):
    touch(message, "deliver")
"""
LOOKING: Final = (
    "EventHandlers.vbs",
    """\
Sub OnAcceptMessage(oClient, oMessage)
  oMessage.HeaderValue "X-Token"
End Sub
Sub OnDeliveryStart(oMessage)
  oMessage.HeaderValue "X-Token"
End Sub
Sub OnDeliverMessage(oMessage)
  oMessage.HeaderValue "X-Token"
End Sub
""",
)
"""A handlers file, by its name and text, whose handlers look at each message and change nothing."""
HANDLERS: Final = {"VBScript": ("EventHandlers.vbs", _VBSCRIPT), "JScript": ("EventHandlers.js", _JSCRIPT), "Python": ("EventHandlers.py", _PYTHON)}
"""By language: the name of the handlers file, and its text."""
