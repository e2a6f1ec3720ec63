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
    """What an endpoint answers: status, body, the body's media type."""

    status: int
    body: bytes
    kind: str = "application/json"
    more: tuple[tuple[bytes, bytes], ...] = ()
    """Header fields beside those that every answer has."""


def told(status: int, value: Any) -> Answer:
    """Make an answer of a JSON value."""
    return Answer(status, json.dumps(value).encode())


def refused(status: int, detail: str) -> Answer:
    """Make the answer that says no, in the shape of every error of the HTTP API."""
    return told(status, {"detail": detail})


class Application:
    """Answers GET and HEAD by exact path, without a request's body; all others are `rest`'s, or 404.

    `mounted` applications have a path each, `trees` one with all that is below it.
    """

    def __init__(
        self,
        endpoints: Mapping[str, Callable[[Scope], Awaitable[Answer]]],
        rest: ASGI | None = None,
        mounted: Mapping[str, ASGI] | None = None,
        trees: Mapping[str, ASGI] | None = None,
    ) -> None:
        self._endpoints = endpoints
        self._rest = rest
        self._mounted = mounted or {}
        self._trees = trees or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        elsewhere = self._elsewhere(scope["path"])
        if elsewhere is not None:
            await elsewhere(scope, receive, send)
            return
        answer = await self._answer(scope)
        length = (b"content-length", b"%d" % len(answer.body))
        headers = [(b"content-type", answer.kind.encode()), length, *HEADERS, *answer.more]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    def at_once(self, scope: Scope) -> Callable[[bytes], bytes | None] | None:
        """Give what answers the bodies of requests with this head without a wait, where a mounted application offers that."""
        offer = getattr(self._mounted.get(scope["path"]), "at_once", None)
        return offer(scope) if offer is not None else None

    def _elsewhere(self, path: str) -> ASGI | None:
        """Give the application that a path belongs to; None when it is an endpoint's, or nobody's."""
        if path in self._mounted:
            return self._mounted[path]
        tree = self._trees.get("/" + path[1:].partition("/")[0])
        return tree or (self._rest if path not in self._endpoints else None)

    async def _answer(self, scope: Scope) -> Answer:
        endpoint = self._endpoints.get(scope["path"])
        if endpoint is None:
            return refused(404, "Not Found")
        if scope["method"] not in METHODS:
            return refused(405, "Method Not Allowed")
        return await endpoint(scope)
