"""GET /metrics: what all processes of this server count, for Prometheus. Only for this machine, or with the administrator's key."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from postroom.metrics import exposition
from postroom.servers.http.application import Answer, refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.metrics import Snapshot
    from postroom.servers.http.application import Scope

KIND: Final = "text/plain; version=0.0.4; charset=utf-8"
KEY_HEADER: Final = b"x-openmailserver-key"
FORWARDED: Final = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
LOOPBACK: Final = ("127.", "::1")


class Metrics:
    """Gathers the numbers of all processes and adds them up; `admin_key` '' lets only this machine in."""

    def __init__(self, gather: Callable[[], Awaitable[list[Snapshot]]], admin_key: str) -> None:
        self._gather = gather
        self._admin_key = admin_key.encode()

    async def __call__(self, scope: Scope) -> Answer:
        """Answer a request."""
        headers = dict(scope["headers"])
        key = headers.get(KEY_HEADER) or _bearer(headers.get(b"authorization", b""))
        if key and not (self._admin_key and hmac.compare_digest(key, self._admin_key)):
            return refused(403, "Invalid API key")
        if not key and not from_this_machine(scope):
            return refused(401, "Missing API key")
        return Answer(200, exposition(await self._gather()), KIND)


def _bearer(value: bytes) -> bytes:
    word, _, key = value.partition(b" ")
    return key.strip() if word.lower() == b"bearer" else b""


def from_this_machine(scope: Scope) -> bool:
    """Tell whether a request began on this machine: what a proxy beside us passes on from elsewhere did not."""
    if any(name in FORWARDED for name, _ in scope["headers"]):
        return False
    return scope["client"] is None or scope["client"][0].startswith(LOOPBACK)  # None: a UNIX socket
