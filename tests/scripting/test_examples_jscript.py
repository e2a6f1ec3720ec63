"""The examples in JScript: what each does to real mail and sessions, and when it does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email import message_from_bytes
from http.server import HTTPServer
from ipaddress import ip_network
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest
import pytest_asyncio

from handlerhouse import Server
from modelhouse import added
from nameserver import NameServer, name_server
from scripting.examples import Literal, from_alice, from_outside, letter, logged, logged_in, one, text_of, use
from town import refuses

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("no_errors")]


async def test_helo_lies_are_refused(server: Server) -> None:
    port = server.doors.ports["smtp"]
    await use(server, "refuse-helo-lies.js", PORTS=[port], TRUSTED=[])
    client = await server.doors.client("smtp")
    assert await client.say("EHLO MAIL.example.test") == "554 5.7.1 HELO refused: that is this server's own name"
    assert await client.say("HELO nobody") == "554 5.7.1 HELO refused: a full host name is needed"
    for name in ("mx.remote.test", "[192.0.2.1]"):
        assert (await client.say(f"EHLO {name}")).startswith("250")
    assert (await server.doors.client("submission", "EHLO localhost")) is not None
    await logged_in(server)
    await use(server, "refuse-helo-lies.js", PORTS=[port])
    assert (await client.say("EHLO localhost")).startswith("250"), "127.0.0.1 is trusted"


@pytest_asyncio.fixture(loop_scope="module")
async def zone(server: Server) -> AsyncIterator[NameServer]:
    """The name server that scripts ask."""
    async with name_server() as opened:
        object.__setattr__(server.doors.model.house, "name_servers", (("127.0.0.1", opened.port),))
        yield opened


async def test_dns_blocklist_hangs_up_on_those_that_are_listed(server: Server, zone: NameServer) -> None:
    settings = {"LISTS": ["one.example", "two.example"], "PORTS": [server.doors.ports["smtp"]], "SPARED": Literal("/^10\\./")}
    await use(server, "dns-blocklist.js", **settings)
    zone.zone[("1.0.0.127.one.example", "A")] = ["127.255.255.254"]
    client = await server.doors.connect("smtp")
    assert (await client.line()).startswith("220")
    zone.zone[("1.0.0.127.two.example", "A")] = ["127.0.0.4"]
    client = await server.doors.connect("smtp")
    assert await client.line() == ""
    assert (await logged(server))[-1] == "127.0.0.1 is listed by two.example (127.0.0.4)"
    assert (await (await server.doors.connect("imap")).line()).startswith("* OK")
    asked = len(zone.questions)
    await use(server, "dns-blocklist.js", **settings | {"SPARED": Literal("/^127\\./")})
    assert (await (await server.doors.connect("smtp")).line()).startswith("220")
    assert len(zone.questions) == asked


PIXELS = (
    '<img src="https://a.example/1" width="1" height="1">',
    "<IMG HEIGHT='0' src=x WIDTH='0'/>",
    '<img src=x style="width:1px; height:1px;">',
    '<img src=x style="display: none">',
    '<img src="https://a.example/track/open/77" width="100">',
)
PICTURES = ('<img src="photo.jpg" width="100" height="1">', '<img src="cid:logo" style="width:11px; height:12px;">', "<p>width=1 height=1 &gt;</p>")


async def test_tracking_pixels_are_stripped_from_strangers_mail(server: Server) -> None:
    await use(server, "strip-tracking-pixels.js")
    await from_outside(server, letter("see", html="<p>Hello" + "".join(PIXELS) + "".join(PICTURES) + "</p>"))
    found = await one(server)
    assert (text_of(found, "html").strip(), found["X-Tracking-Pixels-Removed"]) == ("<p>Hello" + "".join(PICTURES) + "</p>", "5")
    assert text_of(found).strip() == "see"
    await from_outside(server, letter("see", html="<p>" + "".join(PICTURES) + "</p>"))
    await from_outside(server, letter("no html: <img width=1 height=1>"))
    assert [message_from_bytes(found)["X-Tracking-Pixels-Removed"] for found in await server.new()] == [None, None]
    await from_alice(server, letter("see", html=PIXELS[0], sender="alice@example.test"))
    assert PIXELS[0] in text_of(await one(server, "bob"), "html")


async def test_login_alert_tells_of_a_new_network(server: Server) -> None:
    await use(server, "login-alert.js")
    await logged_in(server)
    assert await server.new() == [], "the first one is noted"
    [note] = (server.events.folder / "Events" / "logins").iterdir()
    assert (note.name, note.read_text()) == ("alice@example.test.txt", "127.0.0\n")
    await logged_in(server)
    assert await server.new() == []
    note.write_text("192.0.2\r\n")
    client = await server.doors.client("submission", "EHLO pc.test")
    assert (await client.log_in(password="wrong")).startswith("535")
    assert await server.new() == [], "who has not logged in is nobody's alert"
    await logged_in(server)
    found = await one(server)
    assert (found["To"], "alice@example.test from 127.0.0.1" in text_of(found)) == ("alice@example.test", True)
    await logged_in(server)
    assert await server.new() == []


async def test_notify_failure_tells_the_administrator(server: Server) -> None:
    await use(server, "notify-failure.js")
    server.doors.town.elsewhere.answers["refusing.test"] = refuses
    await server.doors.town.send("x@refusing.test", sender="alice@example.test")
    found = await one(server, "bob")
    assert found["Subject"] == "Not delivered: alice@example.test to x@refusing.test"
    assert "550 5.1.1 User unknown" in text_of(found)
    assert "Subject: hello" in text_of(found)
    await server.doors.town.send("x@refusing.test", sender="postmaster@example.test")
    await server.doors.town.send("x@refusing.test", sender="")
    assert await server.new("bob") == []


async def test_web_hook_is_called_where_the_address_rules_let_it(server: Server, listener: HTTPServer) -> None:
    url = f"http://127.0.0.1:{listener.server_port}/mail"
    table = server.doors.town.directory.table
    await use(server, "web-hook.js", URL=url, RECIPIENTS=["alice@example.test"], TOKEN="s3cret")
    made = letter("50 % off & more", subject="Grüße")
    assert (await from_outside(server, made, "alice@example.test", "bob@example.test")).startswith("250")
    await server.doors.quiet()
    assert "script_http_networks" in (await logged(server))[-1]
    await table.set("script_http_networks", (ip_network("127.0.0.0/8"),))
    try:
        await from_outside(server, made, "alice@example.test", "bob@example.test")
        await from_outside(server, made, "bob@example.test")
        assert (len(await server.new()), len(await server.new("bob"))) == (2, 3)
        [(path, authorization, body)] = cast("Any", listener).heard
        assert (path, authorization) == ("/mail", "Bearer s3cret")
        fields = {"from": "a@remote.test", "to": "alice@example.test", "subject": "Grüße", "text": "50 % off & more\r\n"}
        assert dict(parse_qsl(body)) == fields
        await use(server, "web-hook.js", URL=url + "/broken", RECIPIENTS=["alice@example.test"])
        await from_outside(server)
        assert len(await server.new()) == 1
        assert (await logged(server))[-1] == f"web-hook: {url}/broken answered 500"
    finally:
        await table.set("script_http_networks", ())


async def test_list_rate_limit_counts_each_sender(server: Server) -> None:
    app = await server.doors.model.login()
    lists = await (await app("Domains.ItemByName", "example.test"))("DistributionLists")
    made = await added(lists, Address="all@example.test", Active=True)
    for name in ("alice", "bob"):
        await added(await made("Recipients"), RecipientAddress=f"{name}@example.test")
    await use(server, "list-rate-limit.js", LIMIT=2)
    answers = [await from_outside(server, None, "all@example.test") for _ in range(3)]
    assert [answer[:3] for answer in answers] == ["250", "250", "453"]
    assert answers[2] == "453 4.7.1 You have written to all@example.test 2 times within an hour. Please try again later."
    assert (await from_outside(server, None, "all@example.test", sender="b@remote.test")).startswith("250")
    assert (await from_outside(server)).startswith("250"), "mail to others is not counted"
    assert (len(await server.new()), len(await server.new("bob"))) == (4, 3)
