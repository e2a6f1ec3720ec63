"""SMTP, submission and LMTP: the doors by which mail comes in. `Sessions` makes one `Session` a connection; one file a command.

A command's function gets the session and the command, and returns its reply (or a coroutine that gives it) or raises Refused;
`session.py` alone sends, counts, logs and enforces limits. Trusts nothing from the peer; what it must know it asks of `ports`.
"""

from postroom.servers.smtp.house import Door, House, Role
from postroom.servers.smtp.rules import Rules, rules_of
from postroom.servers.smtp.session import Session, Sessions

__all__ = ["Door", "House", "Role", "Rules", "Session", "Sessions", "rules_of"]
