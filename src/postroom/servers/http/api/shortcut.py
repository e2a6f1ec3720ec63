"""The way of the operation that programs ask for most: straight from the path to its door. FastAPI's own way there costs as much as a send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from postroom.servers.http.api.problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import FastAPI

    from postroom.servers.http.api.operation import Operation
    from postroom.servers.http.application import Receive, Scope, Send


class Shortcut:
    """An ASGI application in front of another, for operations whose paths have no parameters; errors are told in the same words."""

    def __init__(self, application: FastAPI, operations: Iterable[Operation]) -> None:
        self._application = application
        self._handlers = {(method, route.path): route.get_route_handler() for route in operations for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        handle = self._handlers.get((scope.get("method", ""), scope.get("path", "")))
        if handle is None:
            await self._application(scope, receive, send)
            return
        scope["app"] = self._application
        request = Request(scope, receive)
        try:
            response = await handle(request)
        except Exception as error:
            response = problem_of(error)
            await response(scope, receive, send)
            if response.status_code == 500:
                raise  # the server logs it
            return
        await response(scope, receive, send)
