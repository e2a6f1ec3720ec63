"""HTTP on our own connections: requests are answered, and what a hostile client may send or leave unsent is bounded."""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import pytest

from postroom.network.connection import Bounds, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.servers.http import Application, Sessions, session
from postroom.servers.http.application import Answer

LARGE = 3_000_000
Scope = MutableMapping[str, Any]


@dataclass
class Door:
    """A listener with `/` (who asked), `/large`, `/wait` (until `go` is set)."""

    port: int
    connections: Connections
    seconds: list[float]
    go: asyncio.Event

    async def client(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def say(self, data: bytes) -> bytes:
        reader, writer = await self.client()
        writer.write(data)
        answer = await reader.read()
        writer.close()
        return answer


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    seconds, go = [1000.0], asyncio.Event()

    async def who(scope: Scope) -> Answer:
        return Answer(200, f"{scope['scheme']} {scope['client'][0]}".encode(), "text/plain")

    async def large(_scope: Scope) -> Answer:
        return Answer(200, b"x" * LARGE, "text/plain")

    async def wait(_scope: Scope) -> Answer:
        await go.wait()
        return Answer(200, b"done", "text/plain")

    async def fail(_scope: Scope) -> Answer:
        raise ZeroDivisionError

    connections = Connections(clock=lambda: seconds[0], period=3600)
    sessions = Sessions(Application({"/": who, "/large": large, "/wait": wait, "/fail": fail}))
    accepting = open_socket(Listener("http", "127.0.0.1", 0))
    server = await serve(accepting, Terms(sessions, connections, bounds=Bounds(idle=30, session=600)))
    yield Door(accepting.getsockname()[1], connections, seconds, go)
    server.close()
    go.set()
    await connections.drain(1)


def get(path: str, *headers: str, close: bool = True) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: x", *headers, *(["Connection: close"] if close else []), "", ""]).encode()


async def test_a_request_is_answered_with_who_asked(door: Door) -> None:
    answer = await door.say(get("/"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"cache-control: no-store" in head
    assert body == b"http 127.0.0.1"


async def test_a_request_byte_by_byte_and_two_in_one_piece(door: Door) -> None:
    reader, writer = await door.client()
    for byte in get("/", close=False):
        writer.write(bytes([byte]))
        await asyncio.sleep(0)
    assert (await reader.readuntil(b"127.0.0.1")).startswith(b"HTTP/1.1 200")
    writer.write(get("/", close=False) + get("/large"))
    answer = await reader.read()
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.endswith(b"x" * LARGE)
    writer.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (get("/nowhere"), b"404"),
        (get("/").replace(b"GET", b"DELETE"), b"405"),
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"CONNECT mail.example.test:25 HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /\xff HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 12_000, b"431"),
    ],
)
async def test_what_is_wrong_is_refused(door: Door, request_: bytes, status: bytes) -> None:
    assert (await door.say(request_)).split(b" ", 2)[1] == status


async def test_a_head_that_trickles_in_is_cut_off(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = await door.client()
    writer.write(b"GET / HTTP/1.1\r\n")
    await until(lambda: len(door.connections) == 1)
    await asyncio.sleep(0)
    monkeypatch.setattr(session, "HEAD_SECONDS", -1.0)
    writer.write(b"A: b\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_silent_client_is_sent_away_and_one_who_waits_for_an_answer_is_not(door: Door) -> None:
    silent, waiting = await door.client(), await door.client()
    waiting[1].write(get("/wait"))
    await until(lambda: len(door.connections) == 2)
    await door.say(get("/"))  # by now the server has seen the others
    door.seconds[0] += 60
    door.connections.sweep()
    assert await silent[0].read() == b""
    door.go.set()
    assert (await waiting[0].read()).endswith(b"done")
    for _, writer in (silent, waiting):
        writer.close()


async def test_an_answer_in_hand_is_sent_before_the_server_stops(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(get("/wait", close=False))
    await door.say(get("/"))
    draining = asyncio.create_task(door.connections.drain(5))
    await asyncio.sleep(0)
    door.go.set()
    assert (await reader.read()).endswith(b"done")
    await draining
    writer.close()


async def test_an_endpoint_that_fails_answers_500_and_is_logged(door: Door, unhandled: list[str]) -> None:
    assert (await door.say(get("/fail"))).startswith(b"HTTP/1.1 500")
    assert "ZeroDivisionError" in unhandled[0]
    unhandled.clear()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - the server under test knows no event of this test's
            await asyncio.sleep(0)
