"""Asks users who write of an attachment and have none whether they forgot it: the mail is refused once, a second try goes through.

Trigger:  OnAcceptMessage.
Settings: WORDS, what tells of an attachment; FOLDER, where it is noted who was asked.
"""

import hashlib
import re
from pathlib import Path

from postroom.handlers import Client, Message, Result

WORDS = r"\b(attached|attachment|enclosed|im Anhang|anbei|ci-joint)\b"
FOLDER = Path(__file__).parent / "asked"


def OnAcceptMessage(client: Client, message: Message) -> None:
    if not client.Username or len(message.Attachments):
        return
    own = "\n".join(line for line in message.Body.splitlines() if not line.startswith(">"))  # what is quoted is somebody else's
    found = re.search(WORDS, f"{message.Subject}\n{own}", re.IGNORECASE)
    if found is None or was_asked(client.Username, message.Subject, own):
        return
    Result.Value = 2
    Result.Message = f'5.6.0 You write "{found[1]}", but nothing is attached. If that is right, send it once more.'


def was_asked(user: str, subject: str, text: str) -> bool:
    """Tell whether this user was asked about this text before, and note it."""
    FOLDER.mkdir(exist_ok=True)
    note = FOLDER / hashlib.sha256(f"{user}\n{subject}\n{text}".encode()).hexdigest()
    before = note.exists()
    note.unlink() if before else note.touch()
    return before
