"""What a session is given: the listener's door, and the house behind it with the rules of the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postroom.directory.sharing import Right
from postroom.events import Events
from postroom.servers.imap.recents import Recents
from postroom.servers.login import Enter, RightsOf, no_ranges, told_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.directory.accesslists import AccessLists
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.servers.imap.ports import Directory, Log
    from postroom.servers.imap.rules import Rules


@dataclass(frozen=True, slots=True)
class Door:
    """One listener. `starttls`: TLS is to be had by STARTTLS."""

    starttls: bool = False


SharedRights = Callable[[int, "Iterable[int]"], Right]


def nothing_shared(_account: int, _folders: Iterable[int]) -> Right:
    """Be the answer where nothing is shared."""
    return Right(0)


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class House:
    """What lies behind the doors: who may log in, their mail, the rules, the time (microseconds since 1970), the log.

    `reserve` tells whether the disk has more than its reserve, so that new mail may be stored; `rights_of` what the IP ranges let a client do.
    `shared_rights` is what an account may do with a public folder, given the ids of it and of those above it, `access` has the lists behind that;
    `enter` takes note of a login.
    """

    directory: Directory
    mailboxes: Mailboxes
    rules: Callable[[], Rules]
    clock: Callable[[], int]
    log: Log
    reserve: Callable[[], bool] = _always
    recents: Recents = field(default_factory=Recents)
    rights_of: RightsOf = no_ranges
    shared_rights: SharedRights = nothing_shared
    access: AccessLists | None = None
    enter: Enter = told_nobody
    events: Events = field(default_factory=Events)
