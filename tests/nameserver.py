"""A name server for tests, on loopback, UDP and TCP: it answers from a table that tests change while it runs."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

Zone = dict[tuple[str, str], list[str]]
"""(name without the last dot, kind) -> records as a zone file has them, names in them with their last dot."""


class NameServer(asyncio.DatagramProtocol):
    """Answers from `zone`; names in `broken` get SERVFAIL. A CNAME is followed as name servers do. `questions` notes what was asked."""

    def __init__(self, zone: Zone | None = None) -> None:
        self.zone: Zone = dict(zone or {})
        self.broken: set[str] = set()
        self.questions: list[str] = []
        self.port = 0
        self._talks: list[asyncio.Task[None]] = []

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        query = dns.message.from_wire(data)
        self.transport.sendto(self.answered(query).to_wire(max_size=query.payload or 512), addr)

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.append(asyncio.create_task(self._talk(reader, writer)))  # why not a coroutine: see serving

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                query = dns.message.from_wire(await reader.readexactly(int.from_bytes(await reader.readexactly(2))))
                answer = self.answered(query).to_wire()
                writer.write(len(answer).to_bytes(2) + answer)
        except asyncio.IncompleteReadError:
            writer.close()

    def answered(self, query: Any) -> Any:
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), question.rdtype.name
        self.questions.append(f"{name} {kind}")
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        while kind != "CNAME" and (target := self.zone.get((name, "CNAME"))):
            response.answer.append(dns.rrset.from_text(dns.name.from_text(name), 300, "IN", "CNAME", *target))
            name = target[0].lower().removesuffix(".")
        if name in self.broken:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif (name, kind) in self.zone:
            response.answer.append(dns.rrset.from_text(dns.name.from_text(name), 300, "IN", kind, *self.zone[name, kind]))
        elif not any(known == name or known.endswith("." + name) for known, _ in self.zone):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response


@asynccontextmanager
async def name_server(zone: Zone | None = None) -> AsyncIterator[NameServer]:
    """Run one."""
    server = NameServer(zone)
    stream, datagram = same_port()
    over_tcp = await asyncio.start_server(server.connected, sock=stream)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: server, sock=datagram)
    server.port = stream.getsockname()[1]
    try:
        yield server
    finally:
        over_tcp.close()
        transport.close()


def same_port() -> tuple[socket.socket, socket.socket]:
    """Bind one port for TCP and UDP; another program may have the other half of the one that is tried."""
    while True:
        stream, datagram = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        stream.bind(("127.0.0.1", 0))
        try:
            datagram.bind(stream.getsockname())
        except OSError:
            stream.close()
            datagram.close()
            continue
        return stream, datagram


@contextmanager
def name_server_in_thread(zone: Zone | None = None) -> Iterator[NameServer]:
    """Run one beside a test that runs loops of its own, such as of commands."""
    started: queue.Queue[tuple[NameServer, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def run() -> None:
        async with name_server(zone) as server:
            over = asyncio.Event()
            started.put((server, asyncio.get_running_loop(), over))
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    server, loop, over = started.get(timeout=30)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
