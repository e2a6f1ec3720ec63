"""uvicorn's protocol, with a short way for requests that are answered without a wait: no task, no second parsing, one write.

uvicorn parses all of them, and keeps its books of each. What is unusual in any way goes the way it always goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from postroom.servers.http.application import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.http.application import Application
    from postroom.servers.http.session import Pipe

SHORT: Final = 8192
"""Octets of a body that may be waited for without anybody who reads it: far below the mark at which uvicorn reads no more."""
HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n%bcontent-length: %%d\r\n\r\n" % b"".join(b"%b: %b\r\n" % one for one in HEADERS)


class Exchange(HttpToolsProtocol):
    """Holds a short request back until its body is there, asks the application for an answer at once, and else starts it as uvicorn does."""

    _held: tuple[RequestResponseCycle, Any] | None = None

    def data_received(self, data: bytes) -> None:
        """Parse what came; answer or start what was held back once it is whole."""
        super().data_received(data)
        if self._held is None or self._held[0].more_body:
            return
        (cycle, app), self._held = self._held, None
        if not self._answered(cycle):
            super()._start_asgi_task(cycle, app)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if app is self.app and self._held is None and cycle.more_body and self._is_short(cycle):
            self._held = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def _is_short(self, cycle: RequestResponseCycle) -> bool:
        """Tell whether a request whose head has just come is of the usual kind, and for somebody who may answer it at once."""
        if self._answerer(cycle) is None or self.pipeline or cycle.waiting_for_100_continue or not cycle.keep_alive:
            return False
        fields = dict(cycle.scope["headers"])
        length = fields.get(b"content-length", b"")
        return not fields.keys() & {b"transfer-encoding", b"upgrade"} and length.isdigit() and len(length) < 6 and 0 < int(length) <= SHORT

    def _answerer(self, cycle: RequestResponseCycle) -> Callable[[Any, bytes], bytes | None] | None:
        return cast("Application", self.app).at_once(cycle.scope["path"])

    def _answered(self, cycle: RequestResponseCycle) -> bool:
        """Answer at once, if that can be; not while another request waits behind, the server drains or the peer leaves answers unread."""
        answerer = self._answerer(cycle)
        if answerer is None or cycle is not self.cycle or not cycle.keep_alive or self.flow.write_paused or self.transport.is_closing():
            return False
        try:
            answer = answerer(cycle.scope, bytes(cycle.body))
        except Exception:  # noqa: BLE001 - it fails again, and is logged, on the usual way
            return False
        if answer is None:
            return False
        cycle.response_started = cycle.response_complete = True
        cast("Pipe", self.transport).write_at_once(HEAD % len(answer) + answer)
        self.on_response_complete()
        return True
