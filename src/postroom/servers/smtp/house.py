"""What a session is given: the listener's door, the rules of the moment, and the house behind it."""

from __future__ import annotations

import enum
import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postroom.events import Events

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.smtp.ports import Directory, Log, Post
    from postroom.servers.smtp.rules import Rules


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
class House:
    """What lies behind the doors: who lives here, where mail goes, the rules, the time (microseconds since 1970), the log, who hears of events."""

    directory: Directory
    post: Post
    rules: Callable[[], Rules]
    clock: Callable[[], int]
    log: Log
    events: Events = field(default_factory=Events)
