"""The ASGI application: a table from paths to endpoints. An endpoint gets the request's scope and gives an Answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

METHODS: Final = frozenset({"GET", "HEAD"})
HEADERS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers: status, body, and the body's media type."""

    status: int
    body: bytes
    kind: str = "application/json"


def told(status: int, value: Any) -> Answer:
    """Make an answer of a JSON value."""
    return Answer(status, json.dumps(value).encode())


def refused(status: int, detail: str) -> Answer:
    """Make the answer that says no, in the shape of every error of the HTTP API."""
    return told(status, {"detail": detail})


class Application:
    """Answers GET and HEAD by exact path, without a request's body; `mounted` applications have a path each; all others are `rest`'s, or 404."""

    def __init__(
        self, endpoints: Mapping[str, Callable[[Scope], Awaitable[Answer]]], rest: ASGI | None = None, mounted: Mapping[str, ASGI] | None = None
    ) -> None:
        self._endpoints = endpoints
        self._rest = rest
        self._mounted = mounted or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        elsewhere = self._mounted.get(scope["path"], self._rest if scope["path"] not in self._endpoints else None)
        if elsewhere is not None:
            await elsewhere(scope, receive, send)
            return
        answer = await self._answer(scope)
        length = (b"content-length", b"%d" % len(answer.body))
        headers = [(b"content-type", answer.kind.encode()), length, *HEADERS]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    def at_once(self, path: str) -> Callable[[Scope, bytes], bytes | None] | None:
        """Give what answers short requests for a path without a wait, where a mounted application offers that."""
        return getattr(self._mounted.get(path), "at_once", None)

    async def _answer(self, scope: Scope) -> Answer:
        endpoint = self._endpoints.get(scope["path"])
        if endpoint is None:
            return refused(404, "Not Found")
        if scope["method"] not in METHODS:
            return refused(405, "Method Not Allowed")
        return await endpoint(scope)
