"""A mail server that plays its part from a script, one script for each connection it gets.

    S: 220 peer ESMTP                it says a line
    S= b"250 ok\\r\\n250 ok\\r\\n"       it says exact bytes
    C: MAIL FROM:<a@example.test>    the client must say this line; `<...>` is anything
    C. <name>                        the client must send a message up to its lone dot, kept in `messages`
    C# LAST                          the client must send a BDAT chunk, LAST or not (`C#`), kept in `messages` once the last came
    C$                               the client must hang up
    ! tls                            both sides begin TLS
    ! tlsfail                        they begin TLS, and the client breaks it off
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
from typing import Self

PATIENCE = 10.0


class Peer:
    """The server: `async with Peer(script, ...) as peer`; leaving proves that every script was played to its end."""

    def __init__(self, *scripts: str, bytewise: bool = False, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._scripts = [[line.strip() for line in script.splitlines() if line.strip()] for script in scripts]
        self._bytewise = bytewise
        self._context = context
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
        chunks = b""
        try:
            for number, line in enumerate(script):
                mark, _, text = line.partition(" ")
                if mark == "S:":
                    await self._say(writer, text.encode() + b"\r\n")
                elif mark == "S=":
                    await self._say(writer, ast.literal_eval(text))
                elif mark == "C:":
                    said = (await reader.readline()).decode()
                    assert re.fullmatch(re.escape(text).replace("<\\.\\.\\.>", ".*") + "\r\n", said), f"step {number + 1}: {said!r} is not {text!r}"
                elif mark == "C.":
                    self.messages.append(await self._message(reader))
                elif mark == "C#":
                    said = (await reader.readline()).decode()
                    size = re.fullmatch(r"BDAT ([0-9]+)( LAST)?\r\n", said)
                    assert size, f"step {number + 1}: {said!r} is no BDAT"
                    assert (size[2] or "").strip() == text, f"step {number + 1}: {said!r}"
                    chunks += await reader.readexactly(int(size[1]))
                    if text:
                        self.messages.append(chunks)
                        chunks = b""
                elif mark == "C$":
                    assert await reader.read() == b""
                elif text == "tls":
                    await writer.start_tls(self._context)
                elif text == "tlsfail":
                    with contextlib.suppress(ssl.SSLError, ConnectionError):
                        await writer.start_tls(self._context)
                        await reader.read()
                elif text == "drop":
                    writer.transport.abort()
                elif text == "wait":
                    await reader.read()
                else:
                    raise ValueError(line)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise AssertionError(f"the client hung up before step {number + 1}: {line}") from error
        finally:
            writer.transport.abort()

    async def _message(self, reader: asyncio.StreamReader) -> bytes:
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            assert line, "the client hung up in the midst of a message"
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    async def _say(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for start in range(len(data)) if self._bytewise else (0,):
            writer.write(data[start : start + 1] if self._bytewise else data)
            await writer.drain()
            await asyncio.sleep(0)


