"""POP3: the door by which programs fetch and remove the mail of an INBOX. `Sessions` makes one `Session` a connection; one file a command.

A command's function gets the session and the event, and returns its reply (or a coroutine that gives it) or raises Refused;
`session.py` alone sends, counts, logs and enforces limits. Trusts nothing from the client; what it must know it asks of `ports`.
"""

from postroom.servers.pop3.house import Door, House, Rules
from postroom.servers.pop3.session import Session, Sessions

__all__ = ["Door", "House", "Rules", "Session", "Sessions"]
