"""POST /com/v1 over real connections: who may speak at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from comdoor import ComDoor, comdoor
from postroom.model.caller import Caller, Origin
from postroom.servers.http import com
from postroom.servers.http.limits import Room

OPEN = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "com.open", "params": {}}).encode()


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[ComDoor]:
    async with comdoor(tmp_path) as door:
        yield door


async def post(
    door: ComDoor, *fields: str, method: str = "POST", body: bytes = OPEN, kind: str = "application/json; charset=utf-8"
) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    head = [f"{method} /com/v1 HTTP/1.1", "Host: localhost", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *fields]
    writer.write("\r\n".join([*head, "", ""]).encode() + body)
    answer = await reader.read()
    writer.close()
    head_, _, rest = answer.partition(b"\r\n\r\n")
    return int(head_.split()[1]), rest


async def test_a_json_request_is_answered_with_its_length(door: ComDoor) -> None:
    status, body = await post(door)
    assert (status, json.loads(body)["result"]["v"]) == (200, 1)


async def test_what_a_browser_could_send_is_refused(door: ComDoor) -> None:
    assert (await post(door, "Origin: https://evil.test"))[0] == 403
    assert (await post(door, kind="text/plain"))[0] == 403
    assert (await post(door, kind="application/x-www-form-urlencoded"))[0] == 403
    assert (await post(door, method="GET"))[0] == 405
    assert (await post(door, method="OPTIONS"))[0] == 405


async def test_a_body_beyond_the_limit_is_not_kept(door: ComDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(com, "LARGEST", 1000)
    assert (await post(door, body=b" " * 1001))[0] == 413
    chunks = b"".join(b"64\r\n" + b" " * 100 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(b"POST /com/v1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert (await reader.readline()).split()[1] == b"413"
    writer.close()


@pytest.mark.parametrize(
    ("client", "fields", "local"),
    [
        ("127.0.0.1", {"host": "localhost:8787"}, True),
        ("::1", {"host": "[::1]:8787"}, True),
        ("127.0.0.1", {"host": "mail.example.test"}, False),
        ("127.0.0.1", {"host": "localhost", "forwarded": "for=192.0.2.1"}, False),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "192.0.2.1"}, False),
        ("192.0.2.1", {"host": "localhost"}, False),
    ],
)
def test_only_a_direct_request_of_this_machine_is_local_and_only_when_asked_to(client: str, fields: dict[str, str], local: bool) -> None:
    scope = {"client": (client, 1)}
    headers = {name.encode(): value.encode() for name, value in fields.items()}
    for admits in (True, False):
        door = com.Com(None, None, tuple, lambda admits=admits: admits)  # type: ignore[arg-type, misc]  # only the caller is judged here
        assert (door._caller(scope, headers).origin is Origin.LOCAL) is (local and admits)


async def test_the_network_needs_tls() -> None:
    door = com.Com(None, lambda _: False, tuple, lambda: False)  # type: ignore[arg-type]  # only the refusal is judged here
    headers = {b"content-type": b"application/json"}
    scope = {"method": "POST", "client": ("192.0.2.1", 1), "scheme": "http"}
    assert door._refusal(scope, headers)[0] == 403
    assert door._refusal({**scope, "scheme": "https"}, headers)[0] == 0
    assert com.Com(None, lambda _: True, tuple, lambda: False)._refusal({**scope, "scheme": "https"}, headers)[0] == 403  # type: ignore[arg-type]  # likewise


async def test_a_web_page_that_the_allow_list_names_may_call_and_no_other() -> None:
    door = com.Com(None, lambda _: False, lambda: ("https://admin.test",), lambda: False)  # type: ignore[arg-type]  # only the refusal is judged here
    scope = {"method": "POST", "client": ("127.0.0.1", 1), "scheme": "http"}
    for origin, status in ((b"https://admin.test", 0), (b"https://admin.test.evil.test", 403), (b"null", 403), (b"", 403)):
        assert door._refusal(scope, {b"content-type": b"application/json", b"origin": origin})[0] == status


async def told(door: com.Com, ip: str = "192.0.2.1", scheme: str = "https", body: bytes = OPEN) -> tuple[int, dict[bytes, bytes]]:
    """Ask a door without a socket between; gives status and header fields."""
    scope = {"method": "POST", "client": (ip, 1), "scheme": scheme, "headers": [(b"content-type", b"application/json")]}
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await door(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


class Answering:
    """A model that answers everything, at once."""

    async def answer(self, _caller: Caller, _body: bytes) -> bytes:
        return b"{}"

    def at_once(self, _caller: Caller, _body: bytes) -> bytes | None:
        return b"{}"


async def test_an_address_that_asks_too_often_is_told_when_to_come_back_and_others_are_served() -> None:
    door = com.Com(Answering(), lambda _: False, tuple, lambda: False, lambda here: 0 if here else 3)
    assert [(await told(door))[0] for _ in range(4)] == [200, 200, 200, 429]
    assert (await told(door))[1][b"retry-after"] == b"20"
    assert (await told(door, "192.0.2.2"))[0] == 200
    assert [(await told(door, "127.0.0.1", "http"))[0] for _ in range(5)] == [200] * 5
    assert [(await told(door, f"2001:db8::{number}"))[0] for number in range(1, 5)] == [200, 200, 200, 429]


async def test_what_is_answered_at_once_is_counted_too() -> None:
    door = com.Com(Answering(), lambda _: False, tuple, lambda: False, lambda _: 3)
    answer = door.at_once({"method": "POST", "client": ("192.0.2.1", 1), "scheme": "https", "headers": [(b"content-type", b"application/json")]})
    assert answer is not None
    assert [answer(b"{}") for _ in range(4)] == [b"{}", b"{}", b"{}", None]
    assert (await told(door))[0] == 429


async def test_a_head_that_was_judged_is_judged_anew_after_a_ban_or_another_setting() -> None:
    banned: set[str] = set()
    origins: list[tuple[str, ...]] = [()]
    loopback = [False]
    door = com.Com(Answering(), banned.__contains__, lambda: origins[0], lambda: loopback[0])
    scope = {"method": "POST", "client": ("192.0.2.1", 1), "scheme": "https", "headers": [(b"content-type", b"application/json")]}
    answer = door.at_once(scope)
    assert answer is not None
    assert answer(b"{}") == b"{}"
    banned.add("192.0.2.1")
    assert (answer(b"{}"), door.at_once(scope)) == (None, None)
    banned.clear()
    origins[0] = ("https://admin.test",)
    assert answer(b"{}") is None
    origins[0], loopback[0] = (), True
    assert answer(b"{}") is None
    loopback[0] = False
    assert answer(b"{}") == b"{}"


async def test_large_bodies_have_so_much_room_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(com, "SMALL", 10)
    door = com.Com(Answering(), lambda _: False, tuple, lambda: False)
    door._room = Room(50)
    assert door._room.take(20)
    assert (await told(door, body=b" " * 30))[0] == 200
    status, fields = await told(door, body=b" " * 31)
    assert (status, fields[b"retry-after"]) == (503, b"5")
    door._room.give_back(20)
    assert (await told(door, body=b" " * 50))[0] == 200
