"""Both ends of a connection for transcripts: a pair in memory, and a real socket. `! tls`, `! timeout`, `! stop`, `! lost` happen to it."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, Self

from postroom.network.connection import Connection, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve


class MemoryTransport(asyncio.Transport):
    """The server's end of a socket that is none."""

    def __init__(self, peer: str) -> None:
        super().__init__({"peername": (peer, 4711), "sockname": ("192.0.2.254", 110)})
        self.sent = asyncio.Queue[bytes]()
        self.protocol: Connection
        self.ended = False
        self.reading = True

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if data and not self.ended:
            self.sent.put_nowait(bytes(data))

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing is ever buffered."""

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def close(self) -> None:
        if not self.ended:
            self.ended = True
            self.sent.put_nowait(b"")
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    abort = close


class Wire:
    """What both wires do: TLS on the client's side, and what happens to the server."""

    def __init__(self, connections: Connections, clock: Any, context: ssl.SSLContext | None) -> None:
        self.connections = connections
        self.clock = clock
        self._context = context
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._engine: ssl.SSLObject | None = None

    def put(self, data: bytes) -> None:
        raise NotImplementedError

    async def get(self) -> bytes:
        raise NotImplementedError

    def gone(self) -> None:
        raise NotImplementedError

    async def send(self, data: bytes) -> None:
        if self._engine is not None:
            self._engine.write(data)
            data = self._outgoing.read()
        self.put(data)

    async def receive(self) -> bytes:
        while True:
            data = await self.get()
            if self._engine is None or not data:
                return data
            self._incoming.write(data)
            if plain := self._plain(self._engine):
                return plain

    def _plain(self, engine: ssl.SSLObject) -> bytes:
        parts = b""
        try:
            while part := engine.read(65536):
                parts += part
        except (ssl.SSLWantReadError, ssl.SSLZeroReturnError):
            pass
        return parts

    async def happen(self, what: str) -> None:
        await {"tls": self._encrypt, "timeout": self._time_out, "stop": self._stop, "lost": self._lose}[what]()

    async def _encrypt(self) -> None:
        assert self._context is not None, "the fixture gave no certificate"
        engine = self._context.wrap_bio(self._incoming, self._outgoing, server_hostname="mail.example.test")
        while True:
            try:
                engine.do_handshake()
                break
            except ssl.SSLWantReadError:
                self.put(self._outgoing.read())
                self._incoming.write(await self.get())
        self.put(self._outgoing.read())
        self._engine = engine

    async def _time_out(self) -> None:
        self.clock.now += 601
        self.connections.sweep()

    async def _stop(self) -> None:
        for connection in list(self.connections._open):
            connection.stopping()

    async def _lose(self) -> None:
        self.gone()
        while len(self.connections):  # noqa: ASYNC110 - the server knows no event for it
            await asyncio.sleep(0)


class MemoryWire(Wire):
    """A client that hands its bytes to a Connection itself, each `send` as one piece."""

    def __init__(self, terms: Terms, clock: Any, context: ssl.SSLContext | None = None, peer: str = "127.0.0.1") -> None:
        super().__init__(terms.connections, clock, context)
        self.transport = MemoryTransport(peer)
        self.connection = self.transport.protocol = Connection(terms)
        self.connection.connection_made(self.transport)

    def put(self, data: bytes) -> None:
        if data and not self.transport.ended:
            self.connection.data_received(data)

    async def get(self) -> bytes:
        return await self.transport.sent.get()

    def gone(self) -> None:
        self.transport.close()


class SocketWire(Wire):
    """A client on loopback."""

    def __init__(self, terms: Terms, clock: Any, context: ssl.SSLContext | None = None) -> None:
        super().__init__(terms.connections, clock, context)
        self._terms = terms
        self._server: asyncio.Server
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        accepting = open_socket(Listener("test", "127.0.0.1", 0))
        self._server = await serve(accepting, self._terms)
        self._reader, self._writer = await asyncio.open_connection(*accepting.getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self._writer.transport.abort()
        await self.connections.drain(1)

    def put(self, data: bytes) -> None:
        self._writer.write(data)

    async def get(self) -> bytes:
        return await self._reader.read(65536)

    def gone(self) -> None:
        self._writer.transport.abort()
