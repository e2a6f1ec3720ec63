"""POST /com/v1 against those who mean harm: whatever they send is answered in JSON, and the server goes on as before."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from comdoor import ComDoor, comdoor
from hostile import UNEXPECTED, furnished, unharmed
from model.test_network import OPEN
from modelhouse import ADMINISTRATOR_PASSWORD, PASSWORD
from postroom.model.description import CLASSES

REQUESTS = 500
CODES = {-32000, -32600, -32601, -32602, -32700}
METHODS = ["open", "close", "create", "get", "put", "call", "invoke", "items", "describe", "release", "nothing", "", "\ud800"]
MEMBERS = [
    "Domains",
    "Item",
    "Count",
    "Name",
    "Authenticate",
    "Settings",
    "",
    "[default]",
    "__class__",
    "put",
    "\ud800",
    "x" * 5000,
    "Version",
    "Add",
]
HUGE = int("9" * 400)


def nested(depth: int) -> Any:
    made: Any = "x"
    for number in range(depth):
        made = [made] if number % 2 else {"v": made, "$t": "date", "h": 1}
    return made


def tagged(dice: random.Random) -> Any:
    """Make a tagged value, most of them no good."""
    tag = dice.choice(["obj", "i8", "date", "bin", "empty", "strange", "", 7, None, {}, [[]], "\udfff", nested(150)])
    inner = dice.choice(["", "9223372036854775807", "9" * 30, "2026-13-45", "AAAA", "%%%", 5, None, nested(150), "\ud800", HUGE, "-", "\uff11"])
    return {"$t": tag, "v": inner, "h": dice.choice([0, 1, 2, "1", None, [], HUGE]), "unknown": 1}


def value(dice: random.Random) -> Any:
    """Make any value that JSON has."""
    plain = [
        "",
        "x",
        "\ud800a",
        "example.test",
        0,
        -1,
        1,
        2.5,
        1e308,
        HUGE,
        True,
        None,
        [],
        {},
        {"$r": "nothing"},
        {"$r": None},
        {"$r": []},
        nested(150),
    ]
    return tagged(dice) if dice.random() < 0.4 else dice.choice(plain)


def request(dice: random.Random, tokens: list[str]) -> dict[str, Any]:
    """Make a request: of a session or of none, with a handle or with anything else."""
    wanted = {
        "s": dice.choice([*tokens, *tokens, *tokens, "", "guessed", None, 7, {}, "\ud800"]),
        "o": dice.randrange(1, 9) if dice.random() < 0.7 else value(dice),
        "m": dice.choice(MEMBERS) if dice.random() < 0.9 else value(dice),
        "a": [value(dice) for _ in range(dice.randrange(3))] if dice.random() < 0.9 else value(dice),
        "progid": dice.choice(["Application", "hMailServer.Message.1", "hMailServer.", "Object", "\ud800", 3]),
        "release": [value(dice)] if dice.random() < 0.1 else [],
        "props": dice.choice([[], ["Name"], ["Nothing"], [1], 7, ["Name"] * 300]),
        "start": dice.choice([0, 0, -1, HUGE, "0", 1.5]),
    }
    params = {name: one for name, one in wanted.items() if dice.random() < 0.9}
    made: dict[str, Any] = {
        "jsonrpc": "2.0",
        "id": dice.choice([1, "x", None, HUGE, 1.5, [], {}]),
        "method": f"com.{dice.choice(METHODS)}",
        "params": params,
    }
    if dice.random() < 0.1:
        made[dice.choice(["id", "method", "params"])] = value(dice)
    if dice.random() < 0.05:
        del made["id"]
    return made


def body(dice: random.Random, tokens: list[str]) -> bytes:
    """Make the body of a request, now and then a batch, now and then no JSON at all."""
    made = json.dumps([request(dice, tokens) for _ in range(5)] if dice.random() < 0.1 else request(dice, tokens)).encode()
    kind = dice.random()
    if kind < 0.1:
        return made[: dice.randrange(len(made))]
    if kind < 0.2:
        spoiled = bytearray(made)
        for _ in range(3):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        return bytes(spoiled)
    return made


def worst(token: str) -> list[bytes]:
    """Give the requests that are named one by one where attacks are."""
    version = {"jsonrpc": "2.0", "id": 1, "method": "com.get", "params": {"s": token, "o": 1, "m": "Version"}}
    return [
        b"",
        b"\0",
        b"\xef\xbb\xbf{}",
        b'{"id":NaN}',
        b'{"id":1e999,"method":"x"}',
        b'{"id":' + b"9" * 5000 + b"}",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"id":1,"id":2,"method":"com.get","params":null}',
        b'{"id":1,"method":"\\ud800","params":{"progid":"\\udfff"}}',
        json.dumps([version] * 10_000).encode(),
        json.dumps([version] * 10_001).encode(),
        json.dumps([[version]]).encode(),
    ]


class Wire:
    """One connection that is kept, as long as the server keeps it."""

    def __init__(self, door: ComDoor) -> None:
        self.door = door
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, body: bytes) -> Any:
        """Send a request; gives what is answered, which must be JSON, and None for nothing."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.door.port)
        head = f"POST /com/v1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)
        fields = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert fields.startswith("http/1.1 200 "), fields
        length = int(fields.partition("content-length: ")[2].partition("\r\n")[0])
        answer = await self.reader.readexactly(length)
        return json.loads(answer.decode(), parse_constant=refused) if answer else None

    async def call(self, method: str, **params: Any) -> Any:
        return (await self.post(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()))["result"]

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


def refused(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def judge(answer: Any, sent: bytes) -> None:
    """Hold an answer to what each must be."""
    for one in answer if isinstance(answer, list) else [answer]:
        assert one["jsonrpc"] == "2.0"
        assert ("result" in one) is not ("error" in one), sent[:500]
        if "error" in one:
            assert one["error"]["code"] in CODES, sent[:500]
            assert one["error"]["message"] != UNEXPECTED, sent[:500]


async def begun(wire: Wire, name: str = "", password: str = "") -> str:
    """Open a session with an Application, logged in with a name; gives its token."""
    token: str = (await wire.call("com.open", v=1))["s"]
    app = (await wire.call("com.create", s=token, progid="Application"))["v"]["h"]
    if name:
        assert (await wire.call("com.call", s=token, o=app, m="Authenticate", a=[name, password]))["v"]
    return token


@pytest.mark.long
async def test_five_hundred_hostile_requests_get_clean_errors_and_leave_the_server_unharmed(tmp_path: Path) -> None:
    dice = random.Random(1)
    async with comdoor(tmp_path) as door:
        await furnished(door.house)
        wire = Wire(door)
        tokens = [
            await begun(wire),
            await begun(wire, "alice@example.test", PASSWORD),
            await begun(wire, "Administrator", ADMINISTRATOR_PASSWORD),
        ]
        for sent in [*worst(tokens[0]), *(body(dice, tokens) for _ in range(REQUESTS))]:
            answer = await wire.post(sent)
            if answer is not None:
                judge(answer, sent)
            if len(door.remote.sessions) < len(tokens):  # one was closed
                tokens = [await begun(wire), await begun(wire, "Administrator", ADMINISTRATOR_PASSWORD)]
        assert await wire.call("com.get", s=await begun(wire), o=1, m="Version")
        wire.close()
        await unharmed(door.house)


async def test_a_session_goes_on_over_another_connection_and_a_stranger_has_no_use_for_its_handles(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        first, second = Wire(door), Wire(door)
        token = await begun(first, "Administrator", ADMINISTRATOR_PASSWORD)
        domains = (await first.call("com.get", s=token, o=1, m="Domains"))["v"]["h"]
        first.close()
        assert (await second.call("com.get", s=token, o=domains, m="Count"))["v"] == 1
        stranger = await begun(second)
        sent = json.dumps({"id": 1, "method": "com.get", "params": {"s": stranger, "o": domains, "m": "Count"}}).encode()
        assert (await second.post(sent))["error"]["data"]["hresult"] == "0x80010108"
        second.close()


def attempts(token: str, handle: int, name: str) -> dict[str, dict[str, Any]]:
    """Give a request for each member of a class, by the member's name: those that can be called or read, with arguments that fit."""
    made = {}
    for member in CLASSES[name].members.values():
        kinds = [one.type for one in member.parameters if not one.out]
        given = ["English" if kind == "string" else None if kind.startswith("object:") else 0 for kind in kinds]
        params = {"s": token, "o": handle, "m": member.name, "a": given}
        made[member.name] = {"jsonrpc": "2.0", "id": member.name, "method": "com.invoke", "params": params}
    return made


async def test_nobody_who_has_not_logged_in_runs_composes_reads_or_writes_anything_over_http(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        wire = Wire(door)
        token: str = (await wire.call("com.open", v=1))["s"]
        waiting = [(await wire.call("com.create", s=token, progid=name))["v"] for name in CLASSES]
        let_through: set[str] = set()
        known: set[str] = set()
        while waiting:
            here = waiting.pop()
            for answer in await wire.post(json.dumps(list(attempts(token, here["h"], here["c"]).values())).encode()):
                if "error" in answer and answer["error"]["message"].startswith("You do not have access"):
                    continue
                let_through.add(f"{here['c']}.{answer['id']}")
                given = answer.get("result", {}).get("v")
                if isinstance(given, dict) and given.get("$t") == "obj" and given["c"] not in known:
                    known.add(given["c"])
                    waiting.append(given)
        assert let_through == OPEN
        assert known == {"Database", "GlobalObjects", "Language", "Languages", "Utilities"}
        assert door.house.server.told == []
        wire.close()
