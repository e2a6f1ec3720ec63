"""POST /com/v1: the object model for programs, on this machine and over the network (remote-object-protocol section 1)."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from postroom.model.caller import Caller, Origin
from postroom.network.endpoint import Endpoint
from postroom.servers.http.application import HEADERS, refused
from postroom.servers.http.limits import SMALL, Pace, Room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.servers.http.application import Receive, Scope, Send

PATH: Final = "/com/v1"
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a request: a message of 50 MB may be written as a Body."""
TOO_LARGE: Final = f"A request has at most {LARGEST:,} octets."
JSON: Final = (b"content-type", b"application/json")


class Objects(Protocol):
    """Who answers: the object model's side of the door."""

    async def answer(self, caller: Caller, body: bytes) -> bytes:
        """Answer a request."""

    def at_once(self, caller: Caller, body: bytes) -> bytes | None:
        """Answer a request that waits for nothing; None for all others, with nothing done."""


class Com:
    """Judges who may speak at all, reads the body, answers it. Who may do what is decided inside, by Application.Authenticate."""

    def __init__(
        self,
        objects: Objects,
        banned: Callable[[str], object],
        allowed_origins: Callable[[], tuple[str, ...]],
        admits_loopback: Callable[[], bool],
        requests: Callable[[bool], int] = lambda _: 0,
    ) -> None:
        """`allowed_origins` lists web pages that may call; `admits_loopback` takes this machine's programs for local.

        `requests` tells how many requests an address may make in a minute, one of this machine or another; 0 is any number.
        """
        self._objects = objects
        self._banned = banned
        self._allowed_origins = allowed_origins
        self._admits_loopback = admits_loopback
        self._requests = requests
        self._pace = Pace()
        self._room = Room()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        status, detail = self._refusal(scope, headers)
        wait = 0 if status else self._wait(_address(scope))
        if wait:
            status, detail = 429, f"This address asks too often: wait {wait} seconds."
        taken = _Taken(self._room)
        try:
            if not status:
                status, detail = await taken.read(receive)
            if status:
                body = refused(status, detail).body
            else:
                status, body = 200, await self._objects.answer(self._caller(scope, headers), taken.body)
        finally:
            taken.give_back()
        again = [(b"retry-after", b"%d" % (wait or 5))] if status in {429, 503} else []
        await send({"type": "http.response.start", "status": status, "headers": [JSON, (b"content-length", b"%d" % len(body)), *HEADERS, *again]})
        await send({"type": "http.response.body", "body": body})

    def _wait(self, ip: str) -> int:
        """Count a request; gives the seconds to wait of an address that makes too many."""
        most = self._requests(_on_this_machine(ip))
        return self._pace.take(Endpoint(ip, 0).neighbourhood, most) if most else 0

    def at_once(self, scope: Scope) -> Callable[[bytes], bytes | None] | None:
        """Judge a head; gives what answers the short bodies of such requests without a wait. None for a head that is refused.

        What it gives, gives None itself for a body that needs a wait, and for all bodies once the head might be judged in another way.
        """
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if self._refusal(scope, headers)[0]:
            return None
        caller, objects, banned, judged = self._caller(scope, headers), self._objects, self._banned, self._judged_by()
        here, counted = _on_this_machine(caller.ip), Endpoint(caller.ip, 0).neighbourhood

        def answer(body: bytes) -> bytes | None:
            most = self._requests(here)
            if self._judged_by() != judged or banned(caller.ip) or (most and self._pace.full(counted, most)):
                return None
            told = objects.at_once(caller, body)
            if told is not None and most:
                self._pace.take(counted, most)
            return told

        return answer

    def _judged_by(self) -> tuple[object, ...]:
        """Give what may change of that which heads are judged by, beside bans."""
        return self._admits_loopback(), self._allowed_origins()

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> tuple[int, str]:
        """Refuse what is no program's request; a browser must not be able to drive this, nor a password travel in clear over the network."""
        if scope["method"] != "POST":
            return 405, "Method Not Allowed"
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind != b"application/json":
            return 403, "The Content-Type is application/json."
        refusal = foreign(scope, headers, self._allowed_origins(), self._banned)
        if refusal:
            return 403, refusal
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 12 or int(length) > LARGEST:
            return 413, TOO_LARGE
        return 0, ""

    def _caller(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller:
        """Tell who calls: this machine counts as such only when asked to, and never through a proxy or by a name that is not its own."""
        ip = _address(scope)
        local = (
            self._admits_loopback()
            and _on_this_machine(ip)
            and b"forwarded" not in headers
            and b"x-forwarded-for" not in headers
            and _on_this_machine(_host(headers.get(b"host", b"").decode("latin-1")))
        )
        return Caller(Origin.LOCAL if local else Origin.NETWORK, ip)


def foreign(scope: Scope, headers: Mapping[bytes, bytes], allowed_origins: Sequence[str], banned: Callable[[str], object]) -> str:
    """Say why nothing of a request is looked at: it comes from a web page, in clear over the network, or from a banned address; "" when it is."""
    origin = headers.get(b"origin")
    if origin is not None and origin.decode("latin-1") not in allowed_origins:
        return "Web pages may not call this, unless com_allowed_origins names them."
    ip = _address(scope)
    if not _on_this_machine(ip) and scope["scheme"] != "https":
        return "Over the network this is served with TLS only: use the https listener."
    return "This address is banned for a while after failed logins." if ip and banned(ip) else ""


class _Taken:
    """A request's body, with the room that it takes."""

    def __init__(self, room: Room) -> None:
        self.body = b""
        self._room = room
        self._taken = 0

    async def read(self, receive: Receive) -> tuple[int, str]:
        """Read the body; gives status and reason where it is too long, or more than there is room for now. Nothing of such a one is kept."""
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break  # the client is gone
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            more = message.get("more_body", False)
            if size > LARGEST:
                return 413, TOO_LARGE
            if size > SMALL:
                if not self._room.take(size - self._taken):
                    return 503, "The server has too many large requests in hand: try again."
                self._taken = size
        self.body = b"".join(parts)
        return 0, ""

    def give_back(self) -> None:
        """Give its room back."""
        self._room.give_back(self._taken)


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope["client"] else ""


def _host(field: str) -> str:
    """Give the name or address of a Host field, without its port."""
    return field[1:].partition("]")[0] if field.startswith("[") else field.partition(":")[0]


@lru_cache(1024)
def _on_this_machine(name: str) -> bool:
    if name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
