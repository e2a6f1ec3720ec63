"""The remote object protocol, as JSON in and JSON out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelhouse import ADMINISTRATOR_PASSWORD, modelhouse
from postroom.model.caller import Caller, Origin
from postroom.model.remote import Bounds, Remote

REFUSED = "You do not have access to this property / method."


@dataclass
class Line:
    """A client: it numbers its requests and sends its session."""

    remote: Remote
    caller: Caller
    session: str = ""
    number: int = 0

    async def raw(self, request: Any) -> Any:
        body = request if isinstance(request, bytes) else json.dumps(request).encode()
        answer = await self.remote.answer(self.caller, body)
        return json.loads(answer) if answer else None

    def request(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        return {"jsonrpc": "2.0", "id": self.number, "method": method, "params": {"s": self.session, **params}}

    async def call(self, method: str, **params: Any) -> Any:
        answer = await self.raw(self.request(method, **params))
        return answer.get("result", answer.get("error"))

    async def value(self, method: str, **params: Any) -> Any:
        return (await self.call(method, **params))["v"]

    async def open(self) -> Line:
        self.session = (await self.call("com.open", client="tests", v=1))["s"]
        return self


@asynccontextmanager
async def line(folder: Path, origin: Origin = Origin.NETWORK, **bounds: Any) -> AsyncIterator[Line]:
    async with modelhouse(folder) as house:
        remote = Remote(house.house, lambda: Bounds(**bounds))
        yield await Line(remote, Caller(origin, "192.0.2.1")).open()


async def logged_in(client: Line) -> int:
    app = (await client.value("com.create", progid="hMailServer.Application"))["h"]
    account = await client.value("com.call", o=app, m="Authenticate", a=["Administrator", ADMINISTRATOR_PASSWORD])
    assert account["c"] == "Account"
    return int(app)


async def test_a_program_logs_in_and_reads_a_domain_by_name_index_and_default_member(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        domains = await client.value("com.get", o=app, m="domains")
        assert domains["c"] == "Domains"
        one = await client.value("com.get", o=domains["h"], m="ItemByName", a=["EXAMPLE.test"])
        assert await client.value("com.get", o=one["h"], m="Name") == "example.test"
        same = await client.value("com.invoke", o=app, m="Domains", a=["0"])
        assert await client.value("com.get", o=same["h"], m="NAME") == "example.test"
        assert await client.value("com.get", o=domains["h"], m="", a=[0]) == one
        assert await client.call("com.put", o=one["h"], m="Active", a=[0]) == {}
        assert await client.value("com.invoke", o=one["h"], m="Active") is False


async def test_the_errors_of_the_model_have_hresult_source_and_text(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = (await client.value("com.create", progid="application.1"))["h"]
        refused = await client.call("com.get", o=app, m="Domains")
        assert refused["code"] == -32000
        assert refused["message"].startswith(REFUSED)
        assert refused["data"] == {"hresult": "0x800403E9", "source": "hMailServer COM library"}
        await client.call("com.call", o=app, m="Authenticate", a=["Administrator", ADMINISTRATOR_PASSWORD])
        domains = (await client.value("com.get", o=app, m="Domains"))["h"]
        table = [
            ("com.get", {"o": domains, "m": "Item", "a": [1]}, "0x8002000B"),
            ("com.get", {"o": domains, "m": "Item", "a": [-1]}, "0x8002000B"),
            ("com.get", {"o": domains, "m": "Itam"}, "0x80020006"),
            ("com.get", {"o": domains, "m": "Item"}, "0x8002000E"),
            ("com.get", {"o": domains, "m": "Item", "a": ["one"]}, "0x80020005"),
            ("com.get", {"o": 999, "m": "Item"}, "0x80010108"),
            ("com.get", {"o": domains, "m": "Count", "s": "guessed"}, "0x80010108"),
            ("com.create", {"progid": "hMailServer.Nothing"}, "0x800401F3"),
        ]
        for method, params, hresult in table:
            assert (await client.call(method, **params))["data"]["hresult"] == hresult, params


async def test_what_is_no_request_gets_json_rpc_s_own_errors(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        nested = b"[" * 100_000 + b"]" * 100_000
        table: list[tuple[Any, int]] = [
            (b"{", -32700),
            (nested, -32700),
            (b"\xff\xfe", -32700),
            ([], -32600),
            (7, -32600),
            ({"id": 1}, -32600),
            ({"id": 1, "method": "com.nothing"}, -32601),
            ({"id": 1, "method": "com.get", "params": []}, -32602),
            (client.request("com.create"), -32602),
            (client.request("com.open", v=2), -32602),
        ]
        for request, code in table:
            assert (await client.raw(request))["error"]["code"] == code, request
        app = (await client.value("com.create", progid="Application"))["h"]
        strange = client.request("com.call", o=app, m="Authenticate", a=[{"$t": "strange"}, ""])
        assert (await client.raw(strange))["error"]["code"] == -32602
        assert await client.raw({"jsonrpc": "2.0", "method": "com.close", "params": {"s": client.session}}) is None


async def test_a_batch_refers_to_what_it_returned_and_fails_with_it(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        batch = [
            {"id": "d", "method": "com.get", "params": {"s": client.session, "o": app, "m": "Domains"}},
            {"id": "n", "method": "com.get", "params": {"s": client.session, "o": {"$r": "d"}, "m": "Count"}},
            {"id": "x", "method": "com.get", "params": {"s": client.session, "o": {"$r": "d"}, "m": "Item", "a": [9]}},
            {"id": "y", "method": "com.get", "params": {"s": client.session, "o": {"$r": "x"}, "m": "Name"}},
            {"id": "z", "method": "com.get", "params": {"s": client.session, "o": app, "m": "Version"}},
        ]
        domains, number, missing, follows, version = await client.raw(batch)
        assert domains["result"]["v"]["c"] == "Domains"
        assert number["result"]["v"] == 1
        assert missing["error"] == follows["error"]
        assert version["result"]["v"]


async def test_a_handle_lives_until_each_of_its_references_is_released(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        domains = (await client.value("com.get", o=app, m="Domains"))["h"]
        one = (await client.value("com.get", o=domains, m="Item", a=[0]))["h"]
        assert (await client.value("com.get", o=domains, m="Item", a=[0]))["h"] == one
        assert await client.value("com.get", o=one, m="Name", release=[one, 77, "x"]) == "example.test"
        gone = await client.call("com.get", o=one, m="Name", release=[one])
        assert gone["data"]["hresult"] == "0x80010108"
        assert (await client.value("com.get", o=domains, m="Item", a=[0]))["h"] > one


async def test_limits_on_sessions_and_handles_answer_out_of_memory(tmp_path: Path) -> None:
    async with line(tmp_path, sessions=2, handles=3) as client:
        await client.call("com.open")
        assert (await client.call("com.open"))["data"]["hresult"] == "0x8007000E"
        for _ in range(3):
            await client.value("com.create", progid="Application")
        assert (await client.call("com.create", progid="Application"))["data"]["hresult"] == "0x8007000E"


async def test_an_unused_session_is_gone_after_its_ttl(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        now = 100.0
        remote = Remote(house.house, lambda: Bounds(ttl=60))
        remote.sessions._clock = lambda: now
        client = await Line(remote, Caller(Origin.NETWORK)).open()
        now += 59
        assert await client.value("com.create", progid="Application")
        now += 61
        assert (await client.call("com.create", progid="Application"))["data"]["hresult"] == "0x80010108"
        assert len(remote.sessions) == 0


async def test_items_reads_a_run_of_a_collection_in_one_request(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        for number in range(5):
            new = (await client.value("com.invoke", o=(await client.value("com.get", o=app, m="Domains"))["h"], m="Add"))["h"]
            await client.call("com.put", o=new, m="Name", a=[f"d{number}.test"])
            await client.call("com.call", o=new, m="Save")
        domains = (await client.value("com.get", o=app, m="Domains"))["h"]
        found = await client.call("com.items", o=domains, start=1, count=3, props=["Name", "Active"])
        assert found["total"] == 6
        assert [row[1:] for row in found["v"]] == [["d1.test", False], ["d2.test", False], ["d3.test", False]]
        assert found["v"][0][0]["c"] == "Domain"


async def test_a_class_describes_itself_for_dynamic_clients(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        told = await client.call("com.describe", progid="hmailserver.domains")
        assert (told["class"], told["default"]) == ("Domains", "Item")
        assert told["members"]["itembyname"]["params"][0]["type"] == "string"
        assert told["members"]["add"]["call"]


async def test_a_session_of_this_machine_can_t_be_used_from_the_network(tmp_path: Path) -> None:
    async with line(tmp_path, Origin.LOCAL) as client:
        client.caller = Caller(Origin.NETWORK, "192.0.2.7")
        assert (await client.call("com.create", progid="Application"))["data"]["hresult"] == "0x80010108"
