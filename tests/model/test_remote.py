"""The remote object protocol, as JSON in and JSON out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modelhouse import ADMINISTRATOR_PASSWORD, modelhouse
from postroom import log
from postroom.model.caller import Caller, Origin
from postroom.model.description import CLASSES
from postroom.model.invoke import invoke
from postroom.model.remote import Bounds, Remote, protocol

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


async def test_an_address_has_so_many_sessions_and_this_machine_any_number(tmp_path: Path) -> None:
    async with line(tmp_path, address=2) as client:
        assert "s" in await client.call("com.open")
        assert (await client.call("com.open"))["data"]["hresult"] == "0x8007000E"
        await client.call("com.close")
        assert "s" in await client.call("com.open")
        for ip, most in (("192.0.2.2", 2), ("127.0.0.1", 5), ("", 5)):
            client.caller = Caller(Origin.NETWORK, ip)
            opened = [await client.call("com.open") for _ in range(5)]
            assert [one["s"] for one in opened if "s" in one].__len__() == most
        client.caller = Caller(Origin.NETWORK, "2001:db8::1")
        assert "s" in await client.call("com.open")
        client.caller = Caller(Origin.NETWORK, "2001:db8::2")
        assert "s" in await client.call("com.open")
        assert "s" not in await client.call("com.open")


async def test_a_large_request_is_not_even_parsed_before_a_login(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = (await client.value("com.create", progid="Application"))["h"]
        wide = client.request("com.call", o=app, m="Authenticate", a=["Administrator", "x" * protocol.MOST_BEFORE_LOGIN])
        refused = (await client.raw(wide))["error"]
        assert (refused["code"], refused["message"]) == (-32600, "A request of more than 1,048,576 octets is read in a session that has logged in.")
        assert (await client.raw(b"[" + b"{}," * 500_000 + b"{}]"))["error"]["code"] == -32600
        stranger = await Line(client.remote, Caller(Origin.NETWORK, "192.0.2.1")).open()
        await logged_in(client)
        assert await client.value("com.get", o=app, m="Version")
        assert (await client.raw(wide))["result"] == {"v": None}  # the password is wrong
        last = {**wide, "params": {**{name: value for name, value in wide["params"].items() if name != "s"}, "s": client.session}}
        assert "result" in await client.raw(last)
        wide["params"]["s"] = stranger.session
        assert (await client.raw(wide))["error"]["code"] == -32600
        client.caller = Caller(Origin.LOCAL)
        assert "error" in await client.raw({"x": " " * protocol.MOST_BEFORE_LOGIN})


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


async def test_the_session_s_token_is_unguessable_and_com_close_ends_it(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        opened = await client.call("com.open", client="tests", v=1)
        assert (opened["v"], opened["ttl"]) == (1, 1800)
        assert len(opened["s"]) * 6 >= 128
        assert opened["s"] != client.session
        assert await client.call("com.close") is None
        assert (await client.call("com.create", progid="Application"))["data"]["hresult"] == "0x80010108"


async def test_a_notification_is_never_answered_not_even_when_it_fails(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        for method in ("com.nothing", "com.get", "com.create"):
            assert await client.raw({"jsonrpc": "2.0", "method": method, "params": {"s": client.session}}) is None
        request = {"id": 1, "method": "com.release", "params": {"s": client.session}}
        assert await client.raw([{"method": "com.get", "params": {}}, request]) == [{"jsonrpc": "2.0", "id": 1, "result": None}]
        assert await client.raw([{"method": "com.get", "params": {}}]) is None


async def test_whatever_fails_in_a_batch_fails_what_refers_to_it_with_the_same_error(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        for first in (
            {"id": "a", "method": "com.nothing"},
            {"id": "a", "method": "com.create", "params": {"s": client.session}},
            {"id": "a", "method": "com.create", "params": {"s": client.session, "progid": "Nothing"}},
        ):
            follows = {"id": "b", "method": "com.get", "params": {"s": client.session, "o": {"$r": "a"}, "m": "Version"}}
            failed, same = await client.raw([first, follows])
            assert failed["error"] == same["error"]


async def test_one_session_is_served_in_order_and_another_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with line(tmp_path) as client:
        other = await Line(client.remote, client.caller).open()
        mine, its = await logged_in(client), await logged_in(other)
        begun, go_on = asyncio.Event(), asyncio.Event()
        order: list[str] = []

        async def slow(caller: Caller, target: Any, name: str, *rest: Any) -> Any:
            if name == "ServerState":
                begun.set()
                await go_on.wait()
            order.append(name)
            return await invoke(caller, target, name, *rest)

        monkeypatch.setattr(protocol, "invoke", slow)
        first = asyncio.ensure_future(client.value("com.get", o=mine, m="ServerState"))
        await begun.wait()
        second = asyncio.ensure_future(client.value("com.get", o=mine, m="Version"))
        await asyncio.sleep(0)
        assert await other.value("com.get", o=its, m="InitializationFile")
        go_on.set()
        await asyncio.gather(first, second)
        assert order == ["InitializationFile", "ServerState", "Version"]


async def test_items_sees_the_snapshot_that_the_collection_is(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        domains = (await client.value("com.get", o=app, m="Domains"))["h"]
        other = (await client.value("com.get", o=app, m="Domains"))["h"]
        new = (await client.value("com.call", o=other, m="Add"))["h"]
        await client.call("com.put", o=new, m="Name", a=["new.test"])
        assert (await client.call("com.items", o=other))["total"] == 1
        await client.call("com.call", o=new, m="Save")
        assert ((await client.call("com.items", o=domains))["total"], (await client.call("com.items", o=other))["total"]) == (1, 2)
        await client.call("com.call", o=domains, m="Refresh")
        found = await client.call("com.items", o=domains, props=["Name"])
        assert [row[1] for row in found["v"]] == ["example.test", "new.test"]
        assert found["v"][0][0] == await client.value("com.get", o=domains, m="Item", a=[0])
        refused = await client.call("com.items", o=domains, props=["Name"] * 1000)
        assert refused["code"] == -32602


async def test_a_login_is_of_one_application_and_of_what_is_reached_from_it(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        await logged_in(client)
        other = (await client.value("com.create", progid="hMailServer.Application"))["h"]
        assert (await client.call("com.get", o=other, m="Domains"))["message"].startswith(REFUSED)
        assert await client.value("com.call", o=other, m="Authenticate", a=["alice@example.test", "wrong"]) is None


async def test_a_failed_login_counts_against_the_address_that_speaks_and_not_the_one_that_opened(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        app = (await client.value("com.create", progid="Application"))["h"]
        client.caller = Caller(Origin.NETWORK, "192.0.2.99")
        await client.value("com.call", o=app, m="Authenticate", a=["alice@example.test", "wrong"])
        (session,) = client.remote.sessions._sessions.values()
        assert session.caller.ip == "192.0.2.99"


@pytest.mark.parametrize(
    ("member", "given", "read"),
    [
        ("Active", 0, False), ("Active", -1, True), ("Active", 1, True), ("Active", "1", True), ("MaxSize", "12", 12),
        ("MaxSize", {"$t": "i8", "v": "7"}, 7), ("SignatureMethod", "2", 2), ("Postmaster", None, ""), ("Postmaster", {"$t": "empty"}, ""),
        ("Postmaster", "a\ud800", "a\ufffd"),
    ],
)  # fmt: skip
async def test_values_are_taken_as_variant_change_type_takes_them(tmp_path: Path, member: str, given: Any, read: Any) -> None:
    async with line(tmp_path) as client:
        app = await logged_in(client)
        domain = (await client.value("com.invoke", o=app, m="Domains", a=[0]))["h"]
        assert await client.call("com.put", o={"$t": "obj", "h": domain, "c": "?", "more": 1}, m=member, a=[given]) == {}
        assert await client.value("com.get", o=domain, m=member) == read


async def test_every_class_is_made_by_its_progid_whatever_the_case(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        for name in CLASSES:
            for progid in (f"hMailServer.{name}", name.upper(), f"HMAILSERVER.{name.lower()}.1"):
                assert (await client.value("com.create", progid=progid))["c"] == name


async def change_a_password(folder: Path) -> str:
    """Log in, change a password and mistake it; gives the session's token."""
    async with line(folder) as client:
        app = await logged_in(client)
        domain = (await client.value("com.invoke", o=app, m="Domains", a=[0]))["h"]
        accounts = (await client.value("com.get", o=domain, m="Accounts"))["h"]
        one = (await client.value("com.get", o=accounts, m="Item", a=[0]))["h"]
        await client.call("com.put", o=one, m="Password", a=["Hush-4711-hush"])
        await client.call("com.call", o=one, m="Save")
        await client.call("com.call", o=app, m="Authenticate", a=["alice@example.test", "Hush-0815-hush"])
        return client.session


async def test_neither_tokens_nor_passwords_are_logged(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = []
    with log.watching(lines.append):
        log.set_level("debug")
        try:
            session = await change_a_password(tmp_path)
        finally:
            log.set_level("off")
    said = repr(lines)
    assert "model-changed" in said
    assert not any(secret in said for secret in (session, "Hush-4711-hush", "Hush-0815-hush"))


async def test_the_numbers_that_are_no_json_are_refused(tmp_path: Path) -> None:
    async with line(tmp_path) as client:
        for body in (b'{"id":NaN,"method":"com.open"}', b'{"id":1,"method":"com.open","params":{"v":Infinity}}'):
            assert (await client.raw(body))["error"]["code"] == -32700
        assert (await client.raw(b'{"id":1e999,"method":"com.nothing"}'))["id"] is None
