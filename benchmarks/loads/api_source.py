"""A program at the HTTP API: requests over keep-alive connections, each with its latency; as cheap as such a client can be."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from typing import Any


class ApiFailed(Exception):
    """The server answered something else than 200, or hung up."""


class Connection:
    """One keep-alive connection with a key."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
        self._reader, self._writer = reader, writer
        self._head = f" HTTP/1.1\r\nHost: bench.test\r\nX-OpenMailserver-Key: {key}\r\n".encode()

    @classmethod
    async def opened(cls, port: int, key: str) -> Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 22), key)

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """One request; status and body of the answer."""
        octets = b"" if body is None else json.dumps(body).encode()
        kind = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(octets) if body is not None else b""
        self._writer.write(f"{method} {path}".encode() + self._head + kind + b"\r\n" + octets)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return int(head[9:12]), await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()


Ask = tuple[str, str, Any]


async def run(
    port: int, key: str, connections: int, requests: Iterator[Ask], good: Callable[[int], bool] = lambda status: status == 200
) -> list[float]:
    """Asks everything over so many connections at one time; gives each request's seconds. Raises ApiFailed."""
    opened = [await Connection.opened(port, key) for _ in range(connections)]
    try:
        return [seconds for part in await asyncio.gather(*(_one(each, requests, good) for each in opened)) for seconds in part]
    finally:
        for each in opened:
            each.close()


async def _one(connection: Connection, requests: Iterator[Ask], good: Callable[[int], bool]) -> list[float]:
    latencies: list[float] = []
    for method, path, body in requests:
        began = time.perf_counter()
        status, answer = await connection.ask(method, path, body)
        latencies.append(time.perf_counter() - began)
        if not good(status):
            raise ApiFailed(f"{method} {path} was answered {status}: {answer[:300]!r}")
    return latencies
