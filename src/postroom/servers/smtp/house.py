"""What a session is given: the listener's door, the rules of the moment, and the house behind it."""

from __future__ import annotations

import enum
import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postroom.formats.smtp import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.smtp.ports import Directory, Log, Post


class Role(enum.StrEnum):
    """What a listener is for."""

    MX = "smtp"  # mail from anywhere for recipients here; no relaying, ever, but for who has logged in
    SUBMISSION = "submission"  # our users' programs; login required
    LMTP = "lmtp"  # another mail server in the house; a reply per recipient (RFC 2033)


@dataclass(frozen=True, slots=True)
class Door:
    """One listener. `starttls`: TLS is to be had; `logins`: AUTH is offered; `xclient`: networks that may say who the client really is."""

    role: Role
    starttls: bool = False
    logins: bool = False
    xclient: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()

    def trusts(self, ip: str) -> bool:
        """Tell whether this peer may use XCLIENT."""
        if not self.xclient or not ip:
            return False
        address = ipaddress.ip_address(ip.partition("%")[0])
        return any(address in network for network in self.xclient)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that SMTP obeys, as they are at present; times in seconds, 0 for no limit."""

    hostname: str
    limits: Limits = field(default_factory=Limits)
    recipients: int = 1000  # of one message (RFC 9422 RCPTMAX; RFC 5321 wants 100 at least)
    messages: int = 1000  # of one session (RFC 9422 MAILMAX); does not apply to loopback
    commands_a_minute: int = 6000  # does not apply to loopback
    bad_commands: int = 10  # of one session, then 421
    unknown_recipients: int = 20  # of one session, then 421: directory harvest
    failed_logins: int = 3  # of one session, then 421
    command_time: float = 300  # RFC 5321 section 4.5.3.2.7
    content_time: float = 180  # RFC 5321 section 4.5.3.2.5
    greeting_delay: float = 0  # whoever speaks before the greeting is no mail server; does not apply to loopback
    early_talkers: bool = False  # let commands pass that come before the answer which allows PIPELINING; always so on loopback
    mechanisms: tuple[str, ...] = ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN")  # in the order they are offered
    plain_text_logins: bool = False  # without TLS, from other than loopback
    own_addresses_only: bool = True  # envelope sender and From of who logged in must be theirs
    smtputf8: bool = True


@dataclass(frozen=True, slots=True)
class House:
    """What lies behind the doors: who lives here, where mail goes, the rules, the time (microseconds since 1970), the log."""

    directory: Directory
    post: Post
    rules: Callable[[], Rules]
    clock: Callable[[], int]
    log: Log
