"""One HTTP connection: uvicorn's protocol between our connection, which owns the socket, TLS and all limits, and the ASGI application.

So HTTP is admitted, encrypted, timed out and drained like every other protocol here. uvicorn bounds neither the size of a request's head nor
the time that a client may take to send it (slowloris): this does. There is no access log.
"""

from __future__ import annotations

import asyncio
import logging
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from postroom import metrics

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
    from uvicorn.server import ServerState

    from postroom.network.connection import Connection
    from postroom.servers.http.application import Application
    from postroom.servers.http.exchange import Exchange

HEAD_BYTES: Final = 64 * 1024
HEAD_SECONDS: Final = 15.0
IDLE_SECONDS: Final = 30.0
HELD_SECONDS: Final = 0.02
"""How long after its head a body comes that was held back: systems acknowledge by themselves after 40 ms."""
UNFLUSHED: Final = 64 * 1024
"""Bytes written after which it is asked whether the peer reads."""


def _refusal(status: str) -> bytes:
    return b"HTTP/1.1 %b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % status.encode()


TOO_LARGE: Final = _refusal("431 Request Header Fields Too Large")
TOO_SLOW: Final = _refusal("408 Request Timeout")


class Sessions:
    """Makes the sessions of one listener; uvicorn is loaded with the first one, so that start-up does not pay for it."""

    refusal = _refusal("503 Service Unavailable")

    def __init__(self, application: Application) -> None:
        self._application = application

    @cached_property
    def _served(self) -> tuple[Config, ServerState]:
        from uvicorn.config import Config  # noqa: PLC0415 - 50 ms that only the first request should pay
        from uvicorn.server import ServerState  # noqa: PLC0415 - likewise

        from postroom.servers.http.exchange import Exchange  # noqa: PLC0415 - likewise

        # What clients do wrong is theirs to know: the library's log is for errors of ours.
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        config = Config(
            self._application,
            http=Exchange,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=int(IDLE_SECONDS),
        )
        config.load()
        return config, ServerState()

    def __call__(self) -> Session:
        """Make the session of a new connection."""
        config, state = self._served
        protocol: Exchange = config.http_protocol_class(config=config, server_state=state, app_state={})  # type: ignore[assignment, call-arg]
        return Session(protocol)


class Session:
    """Feeds one connection's bytes to uvicorn and watches over heads and silence."""

    def __init__(self, protocol: Exchange) -> None:
        self._protocol = protocol
        self._head = 0
        self._since = 0.0
        self._heads = 0
        """Heads that came without their bodies."""
        self._holds_back: bool | None = None
        """Whether the client sends a body only once its head is acknowledged; None while that is not known."""
        self._asked = 0.0
        """When a head came whose body tells that."""

    def opened(self, connection: Connection) -> None:
        """Begin; the client speaks first."""
        metrics.connections.add("http")
        self._connection = connection
        self._protocol.connection_made(Pipe(connection, self._protocol))
        connection.expect(IDLE_SECONDS)

    def received(self, data: bytes) -> None:
        """Take bytes; a head that is too long or takes too long ends the connection."""
        if self._asked:
            self._learn()
        if not self._protocol.repeat(data):
            if self._awaits_head:
                self._head_received(data)
            else:
                self._protocol.data_received(data)
        elif self._protocol.awaits_body:
            self._acknowledge_soon()
        else:
            metrics.commands.add("http")

    def _head_received(self, data: bytes) -> None:
        before, now = self._protocol.cycle, asyncio.get_running_loop().time()
        if not self._head:
            self._since = now
        self._head += len(data)
        self._protocol.data_received(data)
        if self._protocol.cycle is not before:
            metrics.commands.add("http")
            self._head = 0
            if self._protocol.awaits_body:
                self._acknowledge_soon()
        elif self._head > HEAD_BYTES:
            self._end(TOO_LARGE)
        elif now - self._since > HEAD_SECONDS:
            self._end(TOO_SLOW)

    def _acknowledge_soon(self) -> None:
        """Let a body come that the client holds back until its head is acknowledged (remote-object-protocol section 1)."""
        self._heads += 1
        if self._holds_back is None and self._heads > 1:
            self._asked = time.perf_counter()  # this once the body is waited for as it comes
        elif self._holds_back is not False:
            loop = asyncio.get_running_loop()
            loop.call_soon(loop.call_soon, self._acknowledge)  # once the loop has read again: the body may well be there

    def _learn(self) -> None:
        """Learn from a body that was not asked for whether it was held back: most clients don't, and an acknowledgement slows them down."""
        self._holds_back = time.perf_counter() - self._asked > HELD_SECONDS
        self._asked = 0.0

    def _acknowledge(self) -> None:
        if self._protocol.awaits_body:
            self._connection.acknowledge()

    @property
    def _awaits_head(self) -> bool:
        """Whether what comes next belongs to a request's head, and not to a body that somebody reads."""
        cycle = self._cycle
        return cycle is None or cycle.response_complete or not cycle.more_body

    @property
    def _cycle(self) -> RequestResponseCycle | None:
        """The request in hand or done last; None before the first (which uvicorn's types don't say)."""
        return self._protocol.cycle

    def _end(self, words: bytes) -> None:
        self._connection.write(words)
        self._connection.close()

    def lost(self) -> None:
        """End."""
        self._protocol.connection_lost(None)

    def timed_out(self) -> None:
        """Close a silent connection; one whose answer is being made is given more time, within its whole stay."""
        cycle = self._cycle
        if cycle is not None and not cycle.response_complete:
            self._connection.expect(IDLE_SECONDS)
        elif self._head:
            self._end(TOO_SLOW)
        else:
            self._connection.close()

    def stopping(self) -> None:
        """Close now, or once the answer in hand is sent."""
        self._protocol.shutdown()


class Pipe(asyncio.Transport):
    """Our connection as the transport that uvicorn expects."""

    def __init__(self, connection: Connection, protocol: Exchange) -> None:
        super().__init__()
        self._connection = connection
        self._protocol = protocol
        self._closing = False
        self._unflushed = 0
        self._flushing: asyncio.Task[None] | None = None
        self._held: list[bytes] = []

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Tell the ends as pairs (None for a UNIX socket), and whether the connection is encrypted."""
        match name:
            case "peername" | "sockname":
                end = self._connection.peer if name == "peername" else self._connection.local
                return (end.ip, end.port) if end.ip else None
            case "sslcontext":
                return self._connection.tls
            case _:
                return default

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        """Send bytes, at the end of the loop's turn: an answer's head and body are one segment. Who does not read holds the application back."""
        if not self._held:
            asyncio.get_running_loop().call_soon(self._send)
        self._held.append(bytes(data))
        self._count(len(data))

    def write_at_once(self, data: bytes) -> None:
        """Send a whole answer now, where nothing waits before it."""
        if self._held:
            self.write(data)
            return
        self._connection.write(data)
        self._count(len(data))

    def _count(self, size: int) -> None:
        self._unflushed += size
        if self._unflushed > UNFLUSHED and self._flushing is None:
            self._unflushed = 0
            self._protocol.pause_writing()
            self._flushing = asyncio.create_task(self._flush())

    def _send(self) -> None:
        if self._held:
            held, self._held = b"".join(self._held), []
            self._connection.write(held)

    async def _flush(self) -> None:
        try:
            self._send()
            await self._connection.drained()
        except ConnectionError:
            pass  # `lost` tells the protocol
        finally:
            self._flushing = None
            self._protocol.resume_writing()

    def pause_reading(self) -> None:
        """Take no more from the peer."""
        self._connection.pause_reading()

    def resume_reading(self) -> None:
        """Take more."""
        self._connection.resume_reading()

    def is_closing(self) -> bool:
        """Tell whether the connection's end was asked for."""
        return self._closing

    def close(self) -> None:
        """End the connection once everything is sent."""
        self._closing = True
        self._send()
        self._connection.close()
