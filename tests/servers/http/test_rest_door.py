"""/api: who gets in at all, and what hostile requests get."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modelhouse import PASSWORD
from postroom.directory.keys import ADMIN
from postroom.model.derive.rest import actions, places
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.servers.http import Sessions
from postroom.servers.http.rest import application
from restdoor import ADMINISTRATOR, ALICE, RestDoor, basic, restdoor

DEEP = "[" * 100_000 + "]" * 100_000


@pytest.fixture
async def ask(tmp_path: Path) -> AsyncIterator[RestDoor]:
    async with restdoor(tmp_path) as door:
        yield door


def paths() -> list[tuple[str, str]]:
    found = [("GET", place.path) for place in places()]
    found += [("POST", f"{place.path}/{member.name.lower()}") for place in places() for member in actions(place.of)]
    return [(method, path.replace("{", "").replace("}", "")) for method, path in found]


async def test_nobody_without_a_login_gets_anything_but_401(ask: RestDoor) -> None:
    for method, path in [*paths(), ("GET", "/api/nowhere"), ("DELETE", "/api/domains/example.test"), ("PATCH", "/api/settings"), ("PUT", "/api")]:
        reply = await ask(method, path, {}, who=None)
        assert (reply.status, reply.json["status"]) == (401, 401), path
        assert reply.headers["www-authenticate"].startswith('Basic realm="Postroom"')
        assert set(reply.json) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    "who",
    [
        basic("Administrator", "wrong"),
        basic("alice@example.test", "wrong"),
        basic("nobody@example.test", PASSWORD),
        basic("", ""),
        basic("Administrator", ""),
        "Basic",
        "Basic !!!!",
        "Basic /////w==",
        "Basic YWxpY2U=",
        "Bearer",
        "Bearer om_wrong",
        "Negotiate abc",
        "Basic " + "A" * 20_000,
    ],
)
async def test_a_wrong_login_is_refused(ask: RestDoor, who: str) -> None:
    assert (await ask("GET", "/api", who=who)).status == 401


@pytest.mark.long
async def test_several_wrong_passwords_ban_an_address_of_the_network_here_as_everywhere(ask: RestDoor) -> None:
    ask.client, ask.scheme = ("192.0.2.7", 1), "https"
    for _ in range(40):
        reply = await ask("GET", "/api", who=basic("alice@example.test", "wrong"))
        if reply.status == 403:
            break
    assert ask.house.town.directory.banned("192.0.2.7")
    assert (await ask("GET", "/api", who=ALICE)).status == 403
    ask.client = ("192.0.2.8", 1)
    assert (await ask("GET", "/api", who=ALICE)).status == 200


async def test_a_login_that_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    async with restdoor(tmp_path, api_max_requests_per_minute="3") as ask:
        assert (await ask("GET", "/api")).status == 200  # this machine's requests are not counted
        ask.client, ask.scheme = ("192.0.2.7", 1), "https"
        assert [(await ask("GET", "/api", who=ALICE)).status for _ in range(4)] == [200, 200, 200, 429]
        refused = await ask("GET", "/api", who=ALICE)
        assert (refused.headers["retry-after"], refused.json["status"]) == ("20", 429)
        assert (await ask("GET", "/api")).status == 200
        assert (await ask("GET", "/api/docs", who=None)).status == 200


async def test_an_administrator_s_key_opens_everything_and_no_mailbox_s_key_anything(ask: RestDoor) -> None:
    keys = ask.house.town.directory.keys
    alice = await ask.house.town.directory.accounts.get("alice@example.test")
    (_, of_alice), (_, administrator), (_, narrow) = await keys.add(alice), await keys.add(None, [ADMIN]), await keys.add(None, ["mail:read"])
    assert (await ask("GET", "/api/settings", who=f"Bearer {administrator}")).status == 200
    field = ask.house.house.settings.api_key_header.lower()
    ask.also = {field: administrator}
    assert (await ask("GET", "/api/settings", who=None)).status == 200
    ask.also = {}
    assert [(await ask("GET", "/api", who=f"Bearer {key}")).status for key in (of_alice, narrow)] == [401, 401]


async def test_what_a_browser_could_send_for_somebody_else_is_refused(ask: RestDoor) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert (await ask(method, "/api/domains", {}, origin="https://evil.test")).status == 403
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "-"):
        assert (await ask("POST", "/api/settings/securityranges/setdefault", {}, content_type=kind)).status == 415


async def test_over_the_network_there_is_no_password_in_clear(ask: RestDoor) -> None:
    ask.client = ("192.0.2.1", 1)
    assert (await ask("GET", "/api", who=None)).status == 403
    ask.scheme = "https"
    assert (await ask("GET", "/api")).status == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff\xfe",
        DEEP.encode(),
        b'{"a":' * 50_000,
        b"NaN",
        b'{"Name": NaN}',
        b'{"Name": 1e999}',
        b"1" * 5000,
        b'"' + b"\\ud800" + b'"',
        b"null",
    ],
    ids=range(10),
)
@pytest.mark.parametrize("path", ["/api/domains", "/api/utilities/md5", "/api/message"])
async def test_a_body_that_is_none_harms_nothing(ask: RestDoor, path: str, raw: bytes) -> None:
    reply = await ask("POST", path, raw=raw)
    assert reply.status in {400, 422}
    assert (await ask("GET", "/api/domains")).json["total"] == 1


async def test_a_body_has_a_limit_that_is_known_before_it_is_read(ask: RestDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "LARGEST", 1000)
    assert (await ask("POST", "/api/domains", raw=b" " * 1001)).status == 413
    assert (await ask("POST", "/api/domains", raw=b"{}", content_length="1001")).status == 413
    assert (await ask("POST", "/api/domains", raw=b"{}", content_length="9" * 30)).status == 413
    assert (await ask("POST", "/api/message", raw=b'{"Body": "' + b"x" * 400_000 + b'"}')).status == 422  # without recipients


async def test_a_path_of_a_thousand_steps_is_refused(ask: RestDoor) -> None:
    assert (await ask("GET", "/api" + "/x" * 1000)).status == 414


async def test_over_the_network_nobody_names_a_file_outside_of_the_server_s_folders(ask: RestDoor) -> None:
    reply = await ask("PATCH", "/api/domains/example.test", {"DKIMPrivateKeyFile": "/etc/passwd"})
    assert (reply.status, reply.json["member"]) == (403, "DKIMPrivateKeyFile")
    reply = await ask("POST", "/api/database/executesqlscript", ["/etc/passwd"])
    assert reply.status in {403, 422}
    assert "root:" not in reply.body.decode()


async def test_passwords_stand_in_no_answer_and_in_no_log(ask: RestDoor, capfd: pytest.CaptureFixture[str]) -> None:
    path = "/api/domains/example.test/accounts/alice@example.test"
    reply = await ask("PATCH", path, {"Password": "Hidden-Word-9"})
    assert reply.status == 200
    everything = reply.body + (await ask("GET", path)).body + (await ask("GET", "/api/domains/example.test/accounts?fields=Address")).body
    assert b"Hidden-Word-9" not in everything
    assert b"argon2" not in everything
    assert "Hidden-Word-9" not in "".join(capfd.readouterr())


async def test_it_is_served_behind_a_real_connection(ask: RestDoor) -> None:
    connections = Connections(period=3600)
    accepting = open_socket(Listener("http", "127.0.0.1", 0))
    server = await serve(accepting, Terms(Sessions(ask.application), connections))
    reader, writer = await asyncio.open_connection(*accepting.getsockname())
    head = f"GET /api/domains/example%2Etest HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {ADMINISTRATOR}\r\n\r\n"
    writer.write(head.encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["Name"] == "example.test"
    server.close()
    await connections.drain(1)
