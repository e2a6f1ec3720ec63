"""Properties that are read without waiting: what the short way answers is what the usual way answers, octet by octet."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import postroom.model.tree
from modelhouse import modelhouse
from postroom.model.caller import Caller, Origin
from postroom.model.remote import Bounds, Remote

CALLER = Caller(Origin.NETWORK, "192.0.2.1")
assert postroom.model.tree.CLASSES


@dataclass
class Talk:
    remote: Remote
    token: str = ""

    def body(self, method: str, number: Any = 1, **params: Any) -> bytes:
        return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": {"s": self.token, **params}}).encode()

    async def ask(self, meth: str, **params: Any) -> Any:
        return json.loads(await self.remote.answer(CALLER, self.body(meth, **params)))["result"]

    async def made(self, progid: str) -> int:
        handle: int = (await self.ask("com.create", progid=progid))["v"]["h"]
        return handle

    async def reached(self, o: int, m: str, *a: Any) -> int:
        handle: int = (await self.ask("com.invoke", o=o, m=m, a=list(a)))["v"]["h"]
        return handle


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with modelhouse(tmp_path) as house:
        talk = Talk(Remote(house.house, Bounds))
        talk.token = (await talk.ask("com.open", v=1))["s"]
        yield talk


async def signed_in(talk: Talk) -> int:
    application = await talk.made("Application")
    assert await talk.reached(application, "Authenticate", "Administrator", "secret-0")
    return application


async def test_every_plain_property_is_answered_as_on_the_usual_way(talk: Talk) -> None:
    application = await signed_in(talk)
    domains = await talk.reached(application, "Domains")
    domain = await talk.reached(domains, "ItemByName", "example.test")
    settings = await talk.reached(application, "Settings")
    short = 0
    for handle in (application, domains, domain, settings, await talk.reached(settings, "AntiSpam"), await talk.made("Domain")):
        described = await talk.ask("com.describe", o=handle)
        for name in described["members"]:
            body = talk.body("com.get", o=handle, m=name)
            found = talk.remote.at_once(CALLER, body)
            if found is not None:
                short += 1
                assert found == await talk.remote.answer(CALLER, body)
    assert short > 80


async def test_what_waits_gives_objects_or_is_refused_is_left_to_the_usual_way(talk: Talk) -> None:
    application = await signed_in(talk)
    domains = await talk.reached(application, "Domains")
    domain = await talk.reached(domains, "ItemByName", "example.test")
    stranger = await talk.made("Application")
    body, at_once = talk.body, talk.remote.at_once
    assert at_once(CALLER, body("com.get", o=domain, m="Name")) is not None
    for wrong in (
        body("com.get", o=application, m="Domains"),
        body("com.get", o=stranger, m="Domains"),
        body("com.get", o=domains, m="ItemByName", a=["example.test"]),
        body("com.invoke", o=application, m="Authenticate"),
        body("com.put", o=domain, m="Name", a=["other.test"]),
        body("com.get", o=domain, m="Nothing"),
        body("com.get", o=domain, m=["Name"]),
        body("com.get", o=999, m="Name"),
        body("com.get", o={"$r": 1}, m="Name"),
        body("com.get", o=domain, m="Name", s="unknown"),
        body("com.get", o=domain, m="Name", a=[1]),
        body("com.get", o=domain, m="Name", release=7),
        body("com.get", "text", o=domain, m="Name"),
        body("com.get", True, o=domain, m="Name"),
        b"[" + body("com.get", o=domain, m="Name") + b"]",
        body("com.get", o=domain, m="Name").replace(b'"id": 1, ', b""),
        body("com.get", o=domain, m="Name")[:-1],
        b"\xff",
        b"[" * 100_000,
        b"",
    ):
        assert at_once(CALLER, wrong) is None, wrong[:200]


async def test_handles_are_released_before_a_reading_unless_it_is_of_one_of_them(talk: Talk) -> None:
    application = await signed_in(talk)
    domains = await talk.reached(application, "Domains")
    assert talk.remote.at_once(CALLER, talk.body("com.get", o=application, m="Version", release=[domains, 999, "x"])) is not None
    assert "result" not in json.loads(await talk.remote.answer(CALLER, talk.body("com.get", o=domains, m="Count")))
    last = talk.body("com.get", o=application, m="Version", release=[application])
    assert talk.remote.at_once(CALLER, last) is None
    assert json.loads(await talk.remote.answer(CALLER, last))["error"]["data"]["hresult"] == "0x80010108"


async def test_a_session_that_is_busy_keeps_its_order(talk: Talk) -> None:
    application = await signed_in(talk)
    session = talk.remote.sessions.get(talk.token, Origin.NETWORK)
    body = talk.body("com.get", o=application, m="Version")
    async with session.turn:
        waiting = asyncio.create_task(talk.remote.answer(CALLER, body))
        await asyncio.sleep(0)
        assert talk.remote.at_once(CALLER, body) is None
    assert talk.remote.at_once(CALLER, body) is None  # the turn is free, and somebody waits for it
    answer = await waiting
    assert talk.remote.at_once(CALLER, body) == answer


async def test_a_local_session_is_not_for_the_network(talk: Talk) -> None:
    local = Caller(Origin.LOCAL)
    talk.token = json.loads(await talk.remote.answer(local, talk.body("com.open", v=1)))["result"]["s"]
    made = json.loads(await talk.remote.answer(local, talk.body("com.create", progid="Application")))["result"]["v"]["h"]
    body = talk.body("com.get", o=made, m="Version")
    assert talk.remote.at_once(local, body) is not None
    assert talk.remote.at_once(CALLER, body) is None


async def test_snapshots_share_the_records_that_nobody_changed(talk: Talk) -> None:
    application = await signed_in(talk)
    session = talk.remote.sessions.get(talk.token, Origin.NETWORK)
    one, other = [session.find(await talk.reached(application, "Domains")) for _ in range(2)]
    assert one is not other
    assert one.items[0] is other.items[0]  # type: ignore[attr-defined]  # both are collections
