"""Who calls: from where, and with which logins. As in COM the login belongs to an Application object and to all that is reached from it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postroom.directory.accounts import Account
    from postroom.model.house import House


class Origin(enum.Enum):
    """From where calls come: what a machine's own programs may do, the network may not (remote-object-protocol section 6)."""

    LOCAL = enum.auto()
    """This process, or a program of the server's own user on the control socket."""
    SCRIPT = enum.auto()
    """An event script or a script started by the administrator."""
    NETWORK = enum.auto()


class Level(enum.IntEnum):
    """How far a login reaches (3.6)."""

    NOBODY = -1
    USER = 0
    DOMAIN = 1
    SERVER = 2


@dataclass(slots=True)
class Login:
    """The login of one Application object; another Authenticate replaces what it says, a failed one empties it (3.2)."""

    level: Level = Level.NOBODY
    account: Account | None = None

    @property
    def name(self) -> str:
        """Who it is, for the log: an address, `Administrator` or "" for nobody."""
        if self.account is not None:
            return str(self.account.address)
        return "Administrator" if self.level is Level.SERVER else ""


@dataclass(slots=True)
class Caller:
    """One session's caller: its origin, the peer's IP address ("" inside the machine) and the logins made in the session."""

    origin: Origin
    ip: str = ""
    logins: list[Login] = field(default_factory=list)

    @property
    def trusted(self) -> bool:
        """Whether members made for callers on the same machine are open without a login."""
        return self.origin is not Origin.NETWORK

    @property
    def logged_in(self) -> bool:
        """Whether any Application of the session has a login."""
        return any(login.level > Level.NOBODY for login in self.logins)


@dataclass(frozen=True, slots=True)
class Context:
    """What all objects reached from one Application share: the house they work on, who calls, and the login."""

    house: House
    caller: Caller
    login: Login
