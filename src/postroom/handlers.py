"""What handlers in Python import, so that editors complete their objects' members and type checkers know them; handlers.pyi has the types.

    from postroom.handlers import Client, Message, Result

    def OnAcceptMessage(client: Client, message: Message) -> None:
        if "lottery" in message.Subject.lower():
            Result.Value = 1

`Result`, `EventLog`, `CreateObject`, `com_error` and the HMAILSERVER objects are globals of handlers with or without it. Classes are for annotations.
"""

from __future__ import annotations

from typing import Any

from postroom.client import event, objects
from postroom.client.errors import com_error

__all__ = ["com_error"]


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return event.meaning(name, objects.CreateObject if name == "CreateObject" else objects.Object)
