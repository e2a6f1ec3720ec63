"""What a session is given: the listener's door, the rules of the moment, and the house behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postroom.events import Events

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.pop3.ports import Directory, Log, Mailboxes


@dataclass(frozen=True, slots=True)
class Door:
    """One listener. `starttls`: STLS is to be had."""

    starttls: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that POP3 obeys, as they are at present; times in seconds, 0 for no limit."""

    hostname: str
    login_time: float = 180  # idle before login; RFC 1939 section 3 asks for 600, but there strangers hold connections
    command_time: float = 600  # idle after login (RFC 1939 section 3: at least 10 minutes)
    bad_commands: int = 10  # of one session, then the end
    failed_logins: int = 3  # of one session, then the end
    plain_text_login: str = "loopback"  # from where passwords may come without TLS: "never", "loopback", "always"
    welcome: str = ""  # what is greeted with instead of the name


@dataclass(frozen=True, slots=True)
class House:
    """What lies behind the doors: who lives here, where the mail is, the rules, the log, who hears of events."""

    directory: Directory
    mailboxes: Mailboxes
    rules: Callable[[], Rules]
    log: Log
    events: Events = field(default_factory=Events)
