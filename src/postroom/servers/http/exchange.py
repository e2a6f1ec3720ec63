"""uvicorn's protocol, with two short ways for requests that are answered without a wait.

The first has no task and one write: uvicorn parses the request and keeps its books of it. The second begins with the next request, if its head
is the same but for the length of its body, as clients write them all day: what the parser has made of that head holds again, so nothing is
parsed and nothing is made. What is unusual in any way goes the way it always goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from postroom.servers.http.application import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.servers.http.application import Application, Scope
    from postroom.servers.http.session import Pipe

SHORT: Final = 8192
"""Octets of a body that may be waited for without anybody who reads it: far below the mark at which uvicorn reads no more."""
SHORT_HEAD: Final = 4096
"""Octets of a head that is remembered."""
HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n%bcontent-length: %%d\r\n\r\n" % b"".join(b"%b: %b\r\n" % one for one in HEADERS)
END: Final = b"\r\n\r\n"
LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,5})(?=[ \t]*\r\n)", re.IGNORECASE)


class Known(NamedTuple):
    """The head of the request before: what stands before and behind the number of its body's octets, and who answers such requests at once."""

    before: bytes
    after: bytes
    answer: Callable[[bytes], bytes | None]

    def head_and_length(self, data: bytes) -> tuple[int, int]:
        """Measure the head that `data` begins with and the body that it announces, in octets; (0, 0) unless the head is this one."""
        if not data.startswith(self.before):
            return 0, 0
        start = len(self.before)
        end = data.find(self.after, start, start + 5 + len(self.after))
        digits = data[start:end]
        return (end + len(self.after), int(digits)) if end > 0 and digits.isdigit() else (0, 0)


class Exchange(HttpToolsProtocol):
    """Holds a short request back until its body is there, asks the application for an answer at once, and else starts it as uvicorn does."""

    _held: tuple[RequestResponseCycle, Any] | None = None
    _answerer: Callable[[bytes], bytes | None] | None = None
    _whole: bytes = b""
    """What came of the request that is being read, from its first octet on; empty when that is too much to keep."""
    _between: bool = True
    """Whether the parser stands before a request."""
    _known: Known | None = None
    """There while the parser stands between two requests, of which the first was answered at once."""
    _begun: bytes = b""
    """What came of a repeated request whose body is on its way: the parser has not seen it."""

    def repeat(self, data: bytes) -> bool:
        """Answer a request with the head of the one before, once it is whole. False, with nothing done, for what `data_received` has to take."""
        known = self._known
        if known is None:
            return False
        if self._begun:
            data = self._begun + data
        head, length = known.head_and_length(data)
        whole = head + length
        if not 0 < length <= SHORT or len(data) > whole or self.flow.write_paused or self.transport.is_closing():
            return False
        if len(data) < whole:
            self._begun = data
            return True
        answer = _asked(known.answer, data[head:])
        if answer is None:
            return False
        self._begun = b""
        self._write(answer)
        return True

    def data_received(self, data: bytes) -> None:
        """Parse what came; answer or start what was held back once it is whole."""
        if self._begun:
            data, self._begun = self._begun + data, b""
        if self._between or self._whole:
            self._whole = data if self._between else self._whole + data
            if len(self._whole) > SHORT_HEAD + SHORT:
                self._whole = b""
        super().data_received(data)
        if self._held is None or self._held[0].more_body:
            return
        (cycle, app), self._held = self._held, None
        if not self._answered(cycle):
            super()._start_asgi_task(cycle, app)

    @property
    def awaits_body(self) -> bool:
        """Whether a head has come, and its body not yet."""
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, which uvicorn's types don't say
        return bool(self._begun) or (cycle is not None and cycle.more_body)

    def shutdown(self) -> None:
        """End, once what was begun is answered."""
        if self._begun:
            self.data_received(b"")
        super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Do nothing: our connection watches over silence, and knows of repeated requests."""

    def on_message_begin(self) -> None:
        """Forget the request before."""
        self._known, self._between = None, False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._between = True
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if app is self.app and self._held is None and cycle.more_body and self._is_short(cycle):
            self._held = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def _is_short(self, cycle: RequestResponseCycle) -> bool:
        """Tell whether a request whose head has just come is of the usual kind, and for somebody who may answer it at once."""
        if self.pipeline or cycle.waiting_for_100_continue or not cycle.keep_alive:
            return False
        fields = dict(cycle.scope["headers"])
        length = fields.get(b"content-length", b"")
        if fields.keys() & {b"transfer-encoding", b"upgrade"} or not length.isdigit() or len(length) > 5 or not 0 < int(length) <= SHORT:
            return False
        self._answerer = cast("Application", self.app).at_once(cast("Scope", cycle.scope))
        return self._answerer is not None

    def _answered(self, cycle: RequestResponseCycle) -> bool:
        """Answer at once, if that can be; not while another request waits behind, the server drains or the peer leaves answers unread."""
        answerer, body = self._answerer, bytes(cycle.body)
        if answerer is None or cycle is not self.cycle or not cycle.keep_alive or self.flow.write_paused or self.transport.is_closing():
            return False
        answer = _asked(answerer, body)
        if answer is None:
            return False
        cycle.response_started = cycle.response_complete = True
        self._write(answer)
        self.on_response_complete()
        self._known = _known(self._whole, body, answerer)
        return True

    def _write(self, answer: bytes) -> None:
        cast("Pipe", self.transport).write_at_once(HEAD % len(answer) + answer)


def _asked(answerer: Callable[[bytes], bytes | None], body: bytes) -> bytes | None:
    try:
        return answerer(body)
    except Exception:  # noqa: BLE001 - it fails again, and is logged, on the usual way
        return None


def _known(whole: bytes, body: bytes, answerer: Callable[[bytes], bytes | None]) -> Known | None:
    """Remember the head of a request that was nothing but this head and this body; None for one that can't be told apart with certainty.

    The parser has read it as exactly one request with this length, so it reads another one, with another length in the same place, likewise.
    """
    head, end, rest = whole.partition(END)
    found = LENGTH.search(head + END[:2])
    if rest != body or len(head) > SHORT_HEAD or not head.startswith(b"POST ") or found is None or int(found[1]) != len(body):
        return None
    return Known(head[: found.start(1)], head[found.end(1) :] + end, answerer)
