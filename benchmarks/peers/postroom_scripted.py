"""Postroom with event scripts: each message meets a handler when it is accepted, and one when it is delivered."""

from __future__ import annotations

import subprocess
import sys
from typing import ClassVar

from benchmarks.peers.peer import PeerFailed
from benchmarks.peers.postroom import Postroom, environment

HANDLERS = """
Sub OnAcceptMessage(oClient, oMessage)
    If oClient.IPAddress = "192.0.2.66" And oMessage.FromAddress <> "" Then
        Result.Value = 2
        Result.Message = "Not from there."
    End If
End Sub
Sub OnDeliverMessage(oMessage)
    If oMessage.FromAddress = "nobody@example.com" Or oMessage.Size > 20000 Then Result.Value = 1
End Sub
"""


class PostroomScripted(Postroom):
    """The same server with handlers of OnAcceptMessage and OnDeliverMessage."""

    name = "Postroom with handlers"
    choices: ClassVar[str] = (
        "As Postroom, with VBScript handlers of OnAcceptMessage and OnDeliverMessage that look at the client, the sender and the size. A message "
        "is a durable row of the queue before its 250 then, and is delivered from memory when its handler has been asked."
    )

    def configure(self) -> None:
        super().configure()
        handlers = self.home / "handlers.vbs"
        handlers.write_text(HANDLERS)
        command = (sys.executable, "-m", "benchmarks.peers.postroom_handlers", str(self.file), str(handlers))
        made = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
        if made.returncode:
            raise PeerFailed(f"Postroom's handlers could not be loaded: {made.stderr}")
