"""The short way of HTTP: what is answered without a task, and what must go the usual way."""

import asyncio
import itertools
import random
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from postroom.network.connection import Connection, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.servers.http import Application, Sessions, session
from postroom.servers.http.exchange import SHORT


@dataclass
class Asked:
    """An application that answers `now` at once, fails at once at `fail`, and all else on the usual way; `ways` tells which way each body took."""

    ways: list[tuple[str, bytes]] = field(default_factory=list)
    judged: list[list[tuple[bytes, bytes]]] = field(default_factory=list)
    """The heads that were judged: a repeated one is not judged again."""

    def at_once(self, scope: Any) -> Callable[[bytes], bytes | None]:
        self.judged.append(scope["headers"])
        return self.answer

    def answer(self, body: bytes) -> bytes | None:
        if body == b"fail":
            raise ZeroDivisionError
        if not body.startswith(b"now"):
            return None
        self.ways.append(("short", body))
        return b"<" + body + b">"

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        if body == b"fail":
            raise ZeroDivisionError
        self.ways.append(("usual", body))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % (len(body) + 2))]})
        await send({"type": "http.response.body", "body": b"<" + body + b">"})


@dataclass
class Door:
    asked: Asked
    port: int
    connections: Connections

    async def client(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    asked, connections = Asked(), Connections(period=3600)
    accepting = open_socket(Listener("http", "127.0.0.1", 0))
    server = await serve(accepting, Terms(Sessions(Application({}, mounted={"/asked": asked})), connections))
    yield Door(asked, accepting.getsockname()[1], connections)
    server.close()
    await connections.drain(1)


def post(body: bytes, *fields: str, version: str = "1.1", length: bool = True) -> bytes:
    head = [f"POST /asked HTTP/{version}", "Host: x", *([f"Content-Length: {len(body)}"] if length else []), *fields]
    return "\r\n".join([*head, "", ""]).encode() + body


async def test_a_short_request_is_answered_at_once_and_the_connection_is_kept(door: Door) -> None:
    reader, writer = await door.client()
    for body in (b"now 1", b"later", b"now 2"):
        writer.write(post(body))
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"content-length: %d\r\n" % (len(body) + 2) in head
        assert await reader.readexactly(len(body) + 2) == b"<" + body + b">"
    assert door.asked.ways == [("short", b"now 1"), ("usual", b"later"), ("short", b"now 2")]
    writer.close()


async def test_an_answer_at_once_forbids_keeping_and_guessing_as_every_answer_does(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(post(b"now"))
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"cache-control: no-store\r\n" in head
    assert b"x-content-type-options: nosniff\r\n" in head
    writer.close()


async def test_a_request_byte_by_byte_is_answered_at_once_when_it_is_whole(door: Door) -> None:
    reader, writer = await door.client()
    for byte in post(b"now"):
        writer.write(bytes([byte]))
        await asyncio.sleep(0)
    await reader.readuntil(b"<now>")
    assert door.asked.ways == [("short", b"now")]
    writer.close()


@pytest.mark.parametrize(
    "request_",
    [
        post(b"now", "Connection: close"),
        post(b"now", version="1.0"),
        post(b"now", "Expect: 100-continue"),
        post(b"now", "Connection: Upgrade", "Upgrade: websocket"),
        post(b"3\r\nnow\r\n0\r\n\r\n", "Transfer-Encoding: chunked", length=False),
        post(b"now" + b" " * SHORT),
        post(b"", length=False),
    ],
    ids=["close", "HTTP/1.0", "expect", "upgrade", "chunked", "long", "no body"],
)
async def test_what_is_unusual_goes_the_usual_way(door: Door, request_: bytes) -> None:
    reader, writer = await door.client()
    writer.write(request_)
    await reader.readuntil(b">")
    assert [way for way, _ in door.asked.ways] == ["usual"]
    writer.close()


async def test_requests_in_one_piece_are_answered_in_their_order(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(b"".join(post(body) for body in (b"now 1", b"later 2", b"now 3", b"now 4")))
    for body in (b"now 1", b"later 2", b"now 3", b"now 4"):
        assert (await reader.readuntil(b">")).endswith(b"<" + body + b">")
    writer.write(post(b"later 5") + post(b"now 6")[:-2])
    assert (await reader.readuntil(b">")).endswith(b"<later 5>")
    writer.write(b" 6"[-2:])
    assert (await reader.readuntil(b">")).endswith(b"<now 6>")
    writer.close()


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /asked HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nnow!",
        b"POST /asked HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nnow\r\n0\r\n\r\n",
        b"POST /asked HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nnow",
        b"POST /asked HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nnow",
    ],
    ids=["two lengths", "length and chunks", "signed length", "space before the colon"],
)
async def test_a_request_of_two_readings_is_refused_and_nobody_is_asked(door: Door, request_: bytes) -> None:
    reader, writer = await door.client()
    writer.write(request_)
    assert (await reader.read()).startswith(b"HTTP/1.1 400")
    assert door.asked.ways == []
    writer.close()


async def test_what_fails_at_once_is_answered_and_logged_on_the_usual_way(door: Door, unhandled: list[str]) -> None:
    reader, writer = await door.client()
    writer.write(post(b"fail"))
    assert (await reader.read()).startswith(b"HTTP/1.1 500")
    assert "ZeroDivisionError" in unhandled[0]
    unhandled.clear()
    writer.close()


async def test_a_request_whose_body_is_on_its_way_is_answered_before_the_server_stops(door: Door) -> None:
    reader, writer = await door.client()
    whole = post(b"now")
    writer.write(post(b"now") + whole[:-3])
    await reader.readuntil(b"<now>")
    draining = asyncio.create_task(door.connections.drain(5))
    await asyncio.sleep(0)
    writer.write(whole[-3:])
    assert (await reader.read()).endswith(b"<now>")
    assert [way for way, _ in door.asked.ways][1] == "usual"
    await draining
    writer.close()


async def test_a_head_without_its_body_is_acknowledged_at_once(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    acknowledged = asyncio.Event()
    acknowledge = Connection.acknowledge

    def seen(connection: Connection) -> None:
        acknowledge(connection)
        acknowledged.set()

    monkeypatch.setattr(Connection, "acknowledge", seen)
    reader, writer = await door.client()
    whole = post(b"now")
    writer.write(whole[:-3])
    async with asyncio.timeout(5):
        await acknowledged.wait()
    writer.write(whole[-3:])
    await reader.readuntil(b"<now>")
    assert door.asked.ways == [("short", b"now")]
    writer.close()


async def test_a_head_like_the_one_before_is_not_judged_again_whatever_the_length(door: Door) -> None:
    reader, writer = await door.client()
    for body in (b"now", b"now longer", b"now" + b"x" * 2000, b"now again"):
        writer.write(post(body))
        assert (await reader.readuntil(b">")).endswith(b"<" + body + b">")
    assert [way for way, _ in door.asked.ways] == ["short"] * 4
    assert len(door.asked.judged) == 1
    writer.write(post(b"now", "X-Other: 1"))
    await reader.readuntil(b"<now>")
    assert len(door.asked.judged) == 2
    writer.close()


async def test_a_repeated_head_that_comes_before_its_body_waits_for_it(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(post(b"now"))
    await reader.readuntil(b"<now>")
    head, _, body = post(b"now 2").partition(b"now")
    writer.write(head)
    await asyncio.sleep(0.02)
    writer.write(b"now" + body)
    await reader.readuntil(b"<now 2>")
    assert len(door.asked.judged) == 1
    writer.close()


@pytest.mark.parametrize(
    ("request_", "ends"),
    [
        (post(b"later"), False),
        (post(b"now" + b" " * SHORT), False),
        (post(b"now").replace(b"gth: 3", b"gth: 3, 3"), True),
        (post(b"now").replace(b"gth: 3", b"gth: -3"), True),
        (post(b"now").replace(b"gth: 3", b"gth: 3\r\nContent-Length: 3"), True),
        (post(b"now").replace(b"gth: 3", b"gth: 3\r\nConnection: close"), True),
        (post(b"now").replace(b"gth: 3", b"gth: 0"), True),
    ],
    ids=["later", "long", "list of lengths", "signed", "twice", "close", "none"],
)
async def test_a_head_that_is_nearly_the_one_before_is_read_by_the_parser(door: Door, request_: bytes, ends: bool) -> None:
    told = []
    for before in (b"", post(b"now")):
        reader, writer = await door.client()
        writer.write(before)
        if before:
            await reader.readuntil(b"<now>")
        writer.write(request_)
        async with asyncio.timeout(5):
            told.append(await (reader.read() if ends else reader.readuntil(b">")))
        writer.close()
    assert told[0] == told[1]


def cut(data: bytes, dice: random.Random) -> list[bytes]:
    """Cut bytes into pieces, most of them where requests end."""
    places = sorted({dice.randrange(len(data)) for _ in range(dice.randrange(4))} | {0, len(data)})
    return [data[start:end] for start, end in itertools.pairwise(places)]


async def test_however_requests_are_cut_into_pieces_each_gets_its_own_answer(door: Door) -> None:
    dice = random.Random(7)
    reader, writer = await door.client()
    for _ in range(60):
        bodies = [dice.choice([b"now", b"now more", b"later"]) + b"%d" % dice.randrange(1000) for _ in range(dice.randrange(1, 4))]
        fields = dice.choice([(), (), ("X-Other: 1",)])
        for piece in cut(b"".join(post(body, *fields) for body in bodies), dice):
            writer.write(piece)
            for _ in range(dice.randrange(4)):
                await asyncio.sleep(0)
        for body in bodies:
            assert (await reader.readuntil(b">")).endswith(b"<" + body + b">")
    assert {way for way, _ in door.asked.ways} == {"short", "usual"}
    writer.close()


async def test_what_fails_when_it_is_repeated_is_logged_on_the_usual_way_too(door: Door, unhandled: list[str]) -> None:
    reader, writer = await door.client()
    writer.write(post(b"now!"))
    await reader.readuntil(b"<now!>")
    writer.write(post(b"fail"))
    assert (await reader.read()).startswith(b"HTTP/1.1 500")
    assert "ZeroDivisionError" in unhandled[0]
    unhandled.clear()
    writer.close()


async def test_a_repeated_request_whose_body_is_on_its_way_is_answered_before_the_server_stops(door: Door) -> None:
    reader, writer = await door.client()
    whole = post(b"now")
    writer.write(whole)
    await reader.readuntil(b"<now>")
    writer.write(whole[:-2])
    other, waiting = await door.client()
    waiting.write(post(b"later"))
    await other.readuntil(b"<later>")  # by now the server has seen the head
    draining = asyncio.create_task(door.connections.drain(5))
    await asyncio.sleep(0)
    writer.write(whole[-2:])
    assert (await reader.read()).endswith(b"<now>")
    await draining
    writer.close()
    waiting.close()


async def test_a_connection_of_nothing_but_repeated_requests_is_not_taken_for_silent(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(post(b"now"))
    await reader.readuntil(b"<now>")
    (connection,) = cast("Any", door.connections)._open
    exchange = connection._session._protocol
    exchange.timeout_keep_alive_handler()  # what uvicorn set when the first request was answered, which it takes for the last
    writer.write(post(b"now"))
    await reader.readuntil(b"<now>")
    writer.close()


async def test_answers_are_not_held_back_for_more(door: Door) -> None:
    reader, writer = await door.client()
    writer.write(post(b"now"))
    await reader.readuntil(b"<now>")
    (connection,) = cast("Any", door.connections)._open
    assert connection._transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    writer.close()


@pytest.mark.parametrize(("held", "acknowledged"), [(5.0, [True, False, False]), (-1.0, [True, False, True])], ids=["by itself", "held back"])
async def test_the_second_body_tells_whether_heads_have_to_be_acknowledged(
    door: Door, monkeypatch: pytest.MonkeyPatch, held: float, acknowledged: list[bool]
) -> None:
    monkeypatch.setattr(session, "HELD_SECONDS", held)
    counted: list[Connection] = []
    monkeypatch.setattr(Connection, "acknowledge", lambda connection: counted.append(connection))
    reader, writer = await door.client()
    whole, told = post(b"now"), []
    for _ in range(3):
        before = len(counted)
        writer.write(whole[:-3])
        other, waiting = await door.client()
        for _ in range(2):  # by the second answer the server has seen the head, and more than two turns of its loop
            waiting.write(post(b"later"))
            await other.readuntil(b"<later>")
        told.append(len(counted) > before)
        writer.write(whole[-3:])
        await reader.readuntil(b"<now>")
        waiting.close()
    assert told == acknowledged
    writer.close()
