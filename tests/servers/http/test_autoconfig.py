"""How mail programs find their servers: the three formats, and what hostile requests get."""

from __future__ import annotations

import plistlib
from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import httpx2
import pytest
from fastapi import FastAPI

from postroom.servers.http.autoconfig import OUTLOOK, POX, Offer, Server, router

SERVERS = (Server("imap", 993, True), Server("imap", 143, False), Server("pop3", 995, True), Server("smtp", 465, True), Server("smtp", 587, False))
OFFERS = {
    "example.com": Offer("mail.example.com", "example.com", SERVERS, "version: STSv1\r\n"),
    "starttls.test": Offer("mail.example.com", "starttls.test", (Server("pop3", 110, False), Server("smtp", 587, False))),
}


async def offer(domain: str) -> Offer | None:
    return OFFERS.get(domain)


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()
    app.include_router(router(offer))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://autoconfig.example.com") as made:
        yield made


def asked(address: str, schema: str = OUTLOOK) -> str:
    """A request as Outlook sends it."""
    inside = f"<EMailAddress>{address}</EMailAddress><AcceptableResponseSchema>{schema}</AcceptableResponseSchema>"
    namespace = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
    return f'<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="{namespace}"><Request>{inside}</Request></Autodiscover>'


@pytest.mark.parametrize(
    "path",
    [
        "/mail/config-v1.1.xml?emailaddress=alice@example.com",
        "/mail/config-v1.1.xml",
        "/.well-known/autoconfig/mail/config-v1.1.xml",
        "/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=%25EMAILADDRESS%25",
    ],
)
async def test_thunderbird_finds_every_server_the_best_first(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["content-type"].startswith("application/xml")
    provider = ET.fromstring(answer.content).find("emailProvider")
    assert provider is not None
    assert provider.findtext("domain") == "example.com"
    found = [(it.get("type"), it.findtext("hostname"), it.findtext("port"), it.findtext("socketType")) for it in provider if it.get("type")]
    assert found == [
        ("imap", "mail.example.com", "993", "SSL"),
        ("imap", "mail.example.com", "143", "STARTTLS"),
        ("pop3", "mail.example.com", "995", "SSL"),
        ("smtp", "mail.example.com", "465", "SSL"),
        ("smtp", "mail.example.com", "587", "STARTTLS"),
    ]
    assert {it.findtext("username") for it in provider if it.get("type")} == {"%EMAILADDRESS%"}


@pytest.mark.parametrize("path", ["/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml", "/AutoDiscover/AUTODISCOVER.XML"])
async def test_outlook_finds_the_best_server_of_each_protocol(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.post(path, content=asked("alice@example.com"), headers={"content-type": "text/xml"})
    account = ET.fromstring(answer.content).find(f"{{{OUTLOOK}}}Response/{{{OUTLOOK}}}Account")
    assert account is not None
    found = [tuple(it.findtext(f"{{{OUTLOOK}}}{name}") for name in ("Type", "Server", "Port", "SSL", "LoginName")) for it in account if len(it)]
    assert found == [
        ("IMAP", "mail.example.com", "993", "on", "alice@example.com"),
        ("POP3", "mail.example.com", "995", "on", "alice@example.com"),
        ("SMTP", "mail.example.com", "465", "on", "alice@example.com"),
    ]


async def test_outlook_is_told_of_starttls(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/autodiscover/autodiscover.xml", content=asked("alice@starttls.test"))
    assert [it.text for it in ET.fromstring(answer.content).iter(f"{{{OUTLOOK}}}Encryption")] == ["TLS", "TLS"]


async def test_outlooks_json_leads_to_its_xml(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/autodiscover/autodiscover.json?Email=alice@example.com&Protocol=AutodiscoverV1")
    assert answer.json() == {"Protocol": "AutodiscoverV1", "Url": "https://mail.example.com/autodiscover/autodiscover.xml"}
    assert (await client.get("/autodiscover/autodiscover.json?Email=alice@example.com&Protocol=EWS")).status_code == 400


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a><EMailAddress>&c;@example.com</EMailAddress></a>'


@pytest.mark.parametrize(
    "body",
    ["", "x", "<a>", "<a/>", BOMB, asked("alice"), asked("a@b", "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006")],
)
async def test_a_request_that_is_none_gets_outlooks_error(client: httpx2.AsyncClient, body: str) -> None:
    answer = await client.post("/autodiscover/autodiscover.xml", content=body)
    assert answer.status_code == 200
    assert "<ErrorCode>600</ErrorCode>" in answer.text
    assert POX in answer.text


async def test_a_request_is_bounded(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/autodiscover/autodiscover.xml", content=b" " * 70_000)).status_code == 413


async def test_what_a_client_wrote_is_escaped(client: httpx2.AsyncClient) -> None:
    address = '"&lt;b&gt;"@example.com'
    answer = await client.post("/autodiscover/autodiscover.xml", content=asked(address))
    assert '"&lt;b&gt;"@example.com' in answer.text
    assert "<b>" not in answer.text


async def test_apples_profile_holds_both_servers_and_stays_the_same(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/mail.mobileconfig?address=alice@example.com")
    assert answer.headers["content-type"] == "application/x-apple-aspen-config"
    profile = plistlib.loads(answer.content)
    (mail,) = profile["PayloadContent"]
    assert mail["EmailAccountType"] == "EmailTypeIMAP"
    assert (mail["IncomingMailServerHostName"], mail["IncomingMailServerPortNumber"]) == ("mail.example.com", 993)
    assert (mail["OutgoingMailServerPortNumber"], mail["OutgoingMailServerUsername"]) == (465, "alice@example.com")
    assert "IncomingPassword" not in mail
    assert (await client.get("/mail.mobileconfig?address=alice@example.com")).content == answer.content
    pop = plistlib.loads((await client.get("/mail.mobileconfig?address=a@starttls.test")).content)
    assert pop["PayloadContent"][0]["EmailAccountType"] == "EmailTypePOP"


async def test_the_policy_on_tls_is_told_by_the_host_asked(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/.well-known/mta-sts.txt", headers={"host": "mta-sts.example.com"})
    assert (answer.text, answer.headers["content-type"]) == ("version: STSv1\r\n", "text/plain; charset=utf-8")
    assert (await client.get("/.well-known/mta-sts.txt", headers={"host": "mta-sts.starttls.test"})).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/mail/config-v1.1.xml?emailaddress=a@elsewhere.test", 404),
        ("/mail/config-v1.1.xml?emailaddress=alice", 400),
        ("/mail.mobileconfig?address=a%0d%0a@example.com", 400),
        ("/mail.mobileconfig?address=a@elsewhere.test", 404),
        ("/mail.mobileconfig", 422),
        ("/autodiscover/autodiscover.txt", 404),
        ("/autodiscover/other.xml", 404),
    ],
)
async def test_what_can_not_be_answered_is_refused(client: httpx2.AsyncClient, path: str, status: int) -> None:
    assert (await client.get(path)).status_code == status


@pytest.mark.parametrize("host", ["elsewhere.test", "[::1]:80", "xn--.test", "a" * 300])
async def test_a_host_that_is_not_ours_finds_nothing(client: httpx2.AsyncClient, host: str) -> None:
    assert (await client.get("/mail/config-v1.1.xml", headers={"host": host})).status_code == 404
