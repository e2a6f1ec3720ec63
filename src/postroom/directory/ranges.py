"""IP ranges: what the clients of a network may do. The range with the highest priority that holds a client decides."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar, Final

from postroom.directory.records import Record


class Option(enum.IntFlag):
    """What a range allows and asks, in hMailServer's bits."""

    SMTP = 1
    POP3 = 2
    IMAP = 8
    LOCAL_TO_LOCAL = 64
    LOCAL_TO_REMOTE = 128
    REMOTE_TO_LOCAL = 256
    REMOTE_TO_REMOTE = 512
    SPAM_PROTECTION = 1024
    VIRUS_PROTECTION = 4096
    LOGIN_LOCAL_TO_LOCAL = 8192
    LOGIN_LOCAL_TO_REMOTE = 16384
    LOGIN_REMOTE_TO_LOCAL = 32768
    LOGIN_REMOTE_TO_REMOTE = 65536
    TLS_FOR_LOGIN = 131072


@dataclass(frozen=True, slots=True)
class SecurityRange(Record):
    """A range of IP addresses, both ends included and of one version; `options` are bits of Option.

    With `expires` it ends at `expires_at` (UTC microseconds).
    """

    TABLE: ClassVar[str] = "security_range"
    ORDER: ClassVar[str] = "expires, priority DESC, lower(name), id"

    name: str = ""
    lower: str = ""
    upper: str = ""
    priority: int = 0
    options: int = 0
    expires: bool = False
    expires_at: int = 0


USUAL: Final = (
    SecurityRange(0, "Internet", "0.0.0.0", "255.255.255.255", 10, 96203),  # noqa: S104 - a range, not a socket
    SecurityRange(0, "My computer", "127.0.0.1", "127.0.0.1", 30, 71627),
)
"""What a new server has; the first schema of the control database inserts the same."""
