"""POST /com/v1: the object model for programs, on this machine and over the network (remote-object-protocol section 1)."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from postroom.model.caller import Caller, Origin
from postroom.servers.http.application import HEADERS, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.servers.http.application import Receive, Scope, Send

PATH: Final = "/com/v1"
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a request: a message of 50 MB may be written as a Body."""
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
    ) -> None:
        """`allowed_origins` lists web pages that may call; `admits_loopback` takes this machine's programs for local."""
        self._objects = objects
        self._banned = banned
        self._allowed_origins = allowed_origins
        self._admits_loopback = admits_loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        status, detail = self._refusal(scope, headers)
        body = b""
        if not status:
            body = await _body(receive)
            if len(body) > LARGEST:
                status, detail = 413, f"A request has at most {LARGEST:,} octets."
        if status:
            body = refused(status, detail).body
        else:
            status, body = 200, await self._objects.answer(self._caller(scope, headers), body)
        await send({"type": "http.response.start", "status": status, "headers": [JSON, (b"content-length", b"%d" % len(body)), *HEADERS]})
        await send({"type": "http.response.body", "body": body})

    def at_once(self, scope: Scope) -> Callable[[bytes], bytes | None] | None:
        """Judge a head; gives what answers the short bodies of such requests without a wait. None for a head that is refused.

        What it gives, gives None itself for a body that needs a wait, and for all bodies once the head might be judged in another way.
        """
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if self._refusal(scope, headers)[0]:
            return None
        caller, objects, banned, judged = self._caller(scope, headers), self._objects, self._banned, self._judged_by()

        def answer(body: bytes) -> bytes | None:
            return None if self._judged_by() != judged or banned(caller.ip) else objects.at_once(caller, body)

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
            return 413, f"A request has at most {LARGEST:,} octets."
        return 0, ""

    def _caller(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller:
        """Tell who calls: this machine counts as such only when asked to, and never through a proxy or by a name that is not its own."""
        ip = scope["client"][0] if scope["client"] else ""
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
    ip = scope["client"][0] if scope["client"] else ""
    if not _on_this_machine(ip) and scope["scheme"] != "https":
        return "Over the network this is served with TLS only: use the https listener."
    return "This address is banned for a while after failed logins." if ip and banned(ip) else ""


async def _body(receive: Receive) -> bytes:
    """Read the body; what is longer than allowed is not kept."""
    parts: list[bytes] = []
    size, more = 0, True
    while more and size <= LARGEST:
        message = await receive()
        if message["type"] != "http.request":
            break  # the client is gone
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


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
