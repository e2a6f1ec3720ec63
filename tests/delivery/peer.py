"""A mail server that plays its part from a script, one script for each connection it gets.

    S: 220 peer ESMTP                it says a line
    S= b"250 ok\\r\\n250 ok\\r\\n"       it says exact bytes
    C: MAIL FROM:<a@example.test>    the client must say this line; `<...>` is anything
    C. <name>                        the client must send a message up to its lone dot, kept in `messages`
    C# LAST                          the client must send a BDAT chunk, LAST or not (`C#`), kept in `messages` once the last came
    C$                               the client must hang up
    ! tls                            both sides begin TLS
    ! tls fails                      they begin TLS, and the client breaks it off
    ! drop                           it hangs up at once, without a goodbye
    ! wait                           it says nothing more until the client hangs up

A script that waits for a second command before it answers the first proves that the client sends them together.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import re
import ssl
from collections.abc import Awaitable, Callable
from typing import Self

PATIENCE = 10.0


class Peer:
    """The server: `async with Peer(script, ...) as peer`; leaving proves that every script was played to its end."""

    def __init__(self, *scripts: str, bytewise: bool = False, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._scripts = [[line.strip() for line in script.splitlines() if line.strip()] for script in scripts]
        self.bytewise = bytewise
        self.context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # one without a certificate can't be agreed on
        self._host = host
        self._tasks: list[asyncio.Task[None]] = []
        self.messages: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        self._server.close()
        if kind is None:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*self._tasks)
            assert self.connections == len(self._scripts), f"{self.connections} connections for {len(self._scripts)} scripts"
        for task in self._tasks:
            task.cancel()

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, self.connections = self.connections, self.connections + 1
        if number >= len(self._scripts):
            writer.transport.abort()
            return
        self._tasks.append(asyncio.create_task(self._play(self._scripts[number], reader, writer)))

    async def _play(self, script: list[str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        part = Part(self, reader, writer)
        try:
            for number, line in enumerate(script, 1):
                mark, _, text = line.partition(" ")
                try:
                    await part.steps[mark](text)
                except (ConnectionError, asyncio.IncompleteReadError) as error:
                    raise AssertionError(f"the client hung up before step {number}: {line}") from error
        finally:
            writer.transport.abort()


class Part:
    """The server's part in one connection."""

    def __init__(self, peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._peer = peer
        self._reader = reader
        self._writer = writer
        self._chunks = b""
        self.steps: dict[str, Callable[[str], Awaitable[None]]] = {
            "S:": lambda text: self._say(text.encode() + b"\r\n"),
            "S=": lambda text: self._say(ast.literal_eval(text)),
            "C:": self._hear,
            "C.": self._take,
            "C#": self._take_chunk,
            "C$": self._end,
            "!": self._happen,
        }

    async def _say(self, data: bytes) -> None:
        pieces = [data[at : at + 1] for at in range(len(data))] if self._peer.bytewise else [data]
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()
            await asyncio.sleep(0)

    async def _hear(self, text: str) -> None:
        said = (await self._reader.readline()).decode()
        assert re.fullmatch(re.escape(text).replace("<\\.\\.\\.>", ".*") + "\r\n", said), f"the client said {said!r}, not {text!r}"

    async def _take(self, _: str) -> None:
        lines = []
        while (line := await self._reader.readline()) != b".\r\n":
            assert line, "the client hung up in the midst of a message"
            lines.append(line.removeprefix(b"."))
        self._peer.messages.append(b"".join(lines))

    async def _take_chunk(self, last: str) -> None:
        said = (await self._reader.readline()).decode()
        chunk = re.fullmatch(r"BDAT ([0-9]+)( LAST)?\r\n", said)
        assert chunk, f"the client said {said!r}, not BDAT"
        assert (chunk[2] or "").strip() == last, f"the client said {said!r}"
        self._chunks += await self._reader.readexactly(int(chunk[1]))
        if last:
            self._peer.messages.append(self._chunks)
            self._chunks = b""

    async def _end(self, _: str) -> None:
        assert await self._reader.read() == b"", "the client has more to say"

    async def _happen(self, what: str) -> None:
        if what == "drop":
            self._writer.transport.abort()
        elif what == "wait":
            await self._reader.read()
        elif what == "tls":
            await self._writer.start_tls(self._peer.context)
        else:
            assert what == "tls fails"
            with contextlib.suppress(ssl.SSLError, ConnectionError):
                await self._writer.start_tls(self._peer.context)
                await self._reader.read()
