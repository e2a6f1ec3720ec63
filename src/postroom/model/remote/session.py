"""Sessions of the remote object protocol: each is one COM apartment, with a table of handles and the logins made in it (section 2)."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from postroom.model.caller import Context, Login, Origin
from postroom.model.errors import DISCONNECTED, OUT_OF_MEMORY, ComError
from postroom.network.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.model.caller import Caller
    from postroom.model.house import House
    from postroom.model.object import Object

SWEEP_SECONDS: Final = 10.0


class Disconnected(ComError):
    """The session is not known (any more), or the handle was released."""

    hresult = DISCONNECTED

    def __init__(self, what: str = "session") -> None:
        super().__init__(f"The object invoked has disconnected from its clients: the {what} is not known.")


class TooMany(ComError):
    """A limit on sessions or handles is reached: a client that leaks is stopped before the server is."""

    hresult = OUT_OF_MEMORY

    def __init__(self, what: str) -> None:
        super().__init__(f"Not enough storage is available to complete this operation: too many {what}.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits: `ttl` in seconds that a session may be unused, sessions in this process, handles in a session, sessions of one address.

    `address` is 0 for any number; this machine's programs are counted too with `loopback`.
    """

    ttl: float = 1800
    sessions: int = 10_000
    handles: int = 200_000
    address: int = 0
    loopback: bool = False


class Session:
    """One client's apartment: its caller, its handles. Requests take its turn one at a time, in the order of their coming."""

    __slots__ = ("_counts", "_handles", "_last", "_objects", "bounds", "busy", "caller", "context", "opener", "token", "turn", "used")

    def __init__(self, token: str, house: House, caller: Caller, bounds: Bounds) -> None:
        self.token = token
        self.caller = caller
        self.opener = ""
        """What it is counted under: the address that opened it, or its network."""
        self.context = Context(house, caller, Login())
        self.bounds = bounds
        self.turn = asyncio.Lock()
        self.busy = 0
        """Requests that have the turn or wait for it."""
        self.used = 0.0
        self._objects: dict[int, Object] = {}
        self._handles: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._last = 0

    def __len__(self) -> int:
        """Count the handles."""
        return len(self._objects)

    def handle(self, target: Object) -> int:
        """Give an object that is returned to the client its handle, with one reference more; raises TooMany."""
        number = self._handles.get(id(target))
        if number is not None:
            self._counts[number] = self._counts.get(number, 1) + 1
            return number
        if len(self._objects) >= self.bounds.handles:
            raise TooMany("objects")
        self._last += 1
        self._objects[self._last] = target
        self._handles[id(target)] = self._last
        return self._last

    def find(self, number: Any) -> Object:
        """Find the object of a handle; raises Disconnected."""
        found = self._objects.get(number) if isinstance(number, int) and not isinstance(number, bool) else None
        if found is None:
            raise Disconnected("object")
        return found

    def release(self, numbers: Iterable[Any]) -> None:
        """Drop a reference for each entry; unknown handles are ignored."""
        for number in numbers:
            if not isinstance(number, int) or number not in self._objects:
                continue
            left = self._counts.pop(number, 1) - 1
            if left > 1:
                self._counts[number] = left
            elif not left:
                del self._handles[id(self._objects.pop(number))]


class Sessions:
    """The sessions of this process, by their tokens."""

    def __init__(self, house: House, bounds: Callable[[], Bounds], mark: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`mark` begins every token, so that another process can tell whose session it is."""
        self._house = house
        self._bounds = bounds
        self._mark = mark
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._openers: Counter[str] = Counter()
        self._swept = clock()

    def __len__(self) -> int:
        """Count the sessions."""
        return len(self._sessions)

    def open(self, caller: Caller) -> Session:
        """Make one; raises TooMany."""
        self.sweep()
        bounds = self._bounds()
        if len(self._sessions) >= bounds.sessions:
            raise TooMany("sessions")
        session = Session(self._mark + secrets.token_urlsafe(24), self._house, caller, bounds)
        opener = Endpoint(caller.ip, 0)
        if bounds.address and (bounds.loopback or not opener.loopback):
            session.opener = opener.neighbourhood
            if self._openers[session.opener] >= bounds.address:
                raise TooMany("sessions of one address")
            self._openers[session.opener] += 1
        session.used = self._clock()
        self._sessions[session.token] = session
        return session

    def get(self, token: Any, origin: Origin) -> Session:
        """Find a session; raises Disconnected, also for a request from the network in a session that is not of the network."""
        now = self.sweep()
        session = self._sessions.get(token) if isinstance(token, str) else None
        if session is None or (origin is Origin.NETWORK and session.caller.origin is not origin):
            raise Disconnected
        if now - session.used >= session.bounds.ttl and not session.turn.locked():
            self.close(session)
            raise Disconnected
        session.used = now
        return session

    def is_logged_in(self, token: str) -> bool:
        """Tell whether a token is of a session in which somebody has logged in."""
        session = self._sessions.get(token)
        return session is not None and session.caller.logged_in

    def close(self, session: Session) -> None:
        """End one, with its handles and logins."""
        if self._sessions.pop(session.token, None) is None or not session.opener:
            return
        self._openers[session.opener] -= 1
        if not self._openers[session.opener]:
            del self._openers[session.opener]

    def sweep(self) -> float:
        """Drop the sessions that were not used for their ttl: looked for every few seconds, when somebody calls. Gives the time."""
        now = self._clock()
        if now - self._swept < SWEEP_SECONDS:
            return now
        self._swept = now
        for session in list(self._sessions.values()):
            if now - session.used >= session.bounds.ttl and not session.turn.locked():
                self.close(session)
        return now
