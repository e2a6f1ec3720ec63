"""What a session is given: the listener's door, and the house behind it with the rules of the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postroom.events import Events
from postroom.servers.imap.recents import Recents

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.servers.imap.ports import Directory, Log
    from postroom.servers.imap.rules import Rules


@dataclass(frozen=True, slots=True)
class Door:
    """One listener. `starttls`: TLS is to be had by STARTTLS."""

    starttls: bool = False


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class House:
    """What lies behind the doors: who may log in, their mail, the rules, the time (microseconds since 1970), the log.

    `reserve` tells whether the disk has more than its reserve, so that new mail may be stored.
    """

    directory: Directory
    mailboxes: Mailboxes
    rules: Callable[[], Rules]
    clock: Callable[[], int]
    log: Log
    reserve: Callable[[], bool] = _always
    recents: Recents = field(default_factory=Recents)
    events: Events = field(default_factory=Events)
