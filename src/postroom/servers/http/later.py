"""An ASGI application that is loaded when somebody needs it, or a while after the start: in a thread, so that neither start-up nor the loop waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.http.application import ASGI, Receive, Scope, Send

WARM_SECONDS: Final = 2.0
"""After how long it is loaded unasked, so that not even the first request waits for it."""


class Later:
    """Stands for the application that `load` makes; `load` runs once, in a thread."""

    def __init__(self, load: Callable[[], ASGI]) -> None:
        self._load = load
        self._loaded: ASGI | None = None
        self._loading: asyncio.Task[ASGI] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        loaded = self._loaded
        if loaded is None:
            loaded = await asyncio.shield(self.begin())
        await loaded(scope, receive, send)

    def begin(self) -> asyncio.Task[ASGI]:
        """Load it unless that has begun; one that failed is tried again."""
        if self._loading is None or (self._loading.done() and self._loading.exception() is not None):
            self._loading = asyncio.create_task(self._run())
        return self._loading

    async def _run(self) -> ASGI:
        self._loaded = await asyncio.to_thread(self._load)
        return self._loaded

    def warm(self) -> None:
        """Load it soon, on the running loop."""
        asyncio.get_running_loop().call_later(WARM_SECONDS, self.begin)
