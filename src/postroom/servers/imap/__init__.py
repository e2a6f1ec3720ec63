"""IMAP4rev1 (RFC 3501 and its extensions): the door by which people read. `Sessions` makes one `Session` a connection; one file a command.

A command's function gets the session and the arguments, and returns its reply (or a coroutine that gives it) or raises CommandRefused;
`session.py` alone sends tagged replies, counts, logs and enforces limits. What a session knows of its folder is a `Selected`.
"""

from postroom.servers.imap.house import Door, House
from postroom.servers.imap.rules import Rules, rules_of
from postroom.servers.imap.session import Session, Sessions

__all__ = ["Door", "House", "Rules", "Session", "Sessions", "rules_of"]
