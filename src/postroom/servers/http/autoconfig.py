"""How mail programs find their servers by an address alone: Thunderbird's autoconfig, Outlook's Autodiscover (POX), Apple's profile; MTA-STS too.

The answers depend on the domain only, never on whether an account exists, so nobody can try out names here; and they tell nothing but what the DNS
and the greetings tell anyway. Requests are bounded, XML with a DTD is refused (entity bombs), and nothing that a client sent is logged.
"""

from __future__ import annotations

import plistlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.parsers import expat

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.convertors import Convertor, register_url_convertor

from postroom.formats.address import Address, AddressError, canonical_domain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST_REQUEST: Final = 64 * 1024
PREFIXES: Final = ("autoconfig.", "autodiscover.", "mta-sts.")

POX: Final = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
OUTLOOK: Final = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
PROFILES: Final = uuid.UUID("0f3c7e1c-9a51-5d43-8a6e-5b1f6c0f3f53")
"""The name space of our profiles' ids: the same address gets the same id, so that a new profile takes the old one's place."""

HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
LongText = Annotated[str, Query(max_length=1000)]


class Server(NamedTuple):
    """One server to be offered: `protocol` is imap, pop3 or smtp; with `implicit` TLS begins at once, else by STARTTLS."""

    protocol: str
    port: int
    implicit: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a domain's users are told: the host, and its servers, the best of each protocol first. `mta_sts` is the policy's text, "" for none."""

    hostname: str
    domain: str
    servers: tuple[Server, ...]
    mta_sts: str = ""

    def best(self, protocol: str) -> Server | None:
        """Give the first server of a protocol."""
        return next((server for server in self.servers if server.protocol == protocol), None)


class _AnyCase(Convertor[str]):
    regex = "(?i:autodiscover)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _RequestError(Exception):
    """A request of Outlook's can't be read."""


def router(offer: Callable[[str], Awaitable[Offer | None]]) -> APIRouter:
    """Make the routes. `offer(domain)` gives what a domain of ours (any of its names, canonical) offers, None when it is not ours.

    A request for the server's own name asks for that, so `offer` may take it for a domain that is usual here.
    """
    register_url_convertor("autodiscover", _AnyCase())
    routes = APIRouter(include_in_schema=False)

    async def found(domain: str) -> Offer:
        offered = await offer(domain)
        if offered is None:
            raise HTTPException(404, "This server has no such domain")
        return offered

    @routes.get("/mail/config-v1.1.xml")
    @routes.get("/.well-known/autoconfig/mail/config-v1.1.xml")
    async def autoconfig(request: Request, emailaddress: LongText = "") -> Response:
        """Answer Thunderbird, and whoever reads its format."""
        address = _address(emailaddress) if emailaddress and "%" not in emailaddress else None
        return _xml(client_config(await found(address.domain if address else _host(request))))

    @routes.api_route("/{_folder:autodiscover}/{_file:autodiscover}.{kind}", methods=["GET", "POST"])
    async def autodiscover(request: Request, kind: str) -> Response:
        """Answer Outlook: POX, and the JSON that leads to it."""
        if kind.lower() not in {"json", "xml"}:
            raise HTTPException(404, "Not Found")
        return await (_outlook_json if kind.lower() == "json" else _outlook_xml)(request, found)

    @routes.get("/mail.mobileconfig")
    async def mobileconfig(address: LongText) -> Response:
        """Answer iPhones and Macs: a profile to open."""
        person = _address(address)
        headers = HEADERS | {"Content-Disposition": 'attachment; filename="mail.mobileconfig"'}
        return Response(profile(await found(person.domain), person), media_type="application/x-apple-aspen-config", headers=headers)

    @routes.get("/.well-known/mta-sts.txt")
    async def mta_sts(request: Request) -> Response:
        """Answer other servers that ask for the policy on TLS (RFC 8461 section 3.3)."""
        policy = (await found(_host(request))).mta_sts
        if not policy:
            raise HTTPException(404, "There is no policy")
        return Response(policy, media_type="text/plain", headers=HEADERS)

    return routes


def client_config(offer: Offer) -> Element:
    """Make Thunderbird's config-v1.1.xml; the program puts the address in the place of %EMAILADDRESS%."""
    root = Element("clientConfig", version="1.1")
    provider = SubElement(root, "emailProvider", id=offer.domain)
    _texts(provider, domain=offer.domain, displayName=offer.domain, displayShortName=offer.domain)
    for server in offer.servers:
        kind = "outgoingServer" if server.protocol == "smtp" else "incomingServer"
        _texts(
            SubElement(provider, kind, type=server.protocol),
            hostname=offer.hostname,
            port=str(server.port),
            socketType="SSL" if server.implicit else "STARTTLS",
            authentication="password-cleartext",
            username="%EMAILADDRESS%",
        )
    return root


def pox(offer: Offer, address: Address) -> Element:
    """Make the answer of Autodiscover that Outlook takes for mail accounts without Exchange."""
    root = Element("Autodiscover", xmlns=POX)
    response = SubElement(root, "Response", xmlns=OUTLOOK)
    _texts(SubElement(response, "User"), DisplayName=str(address))
    account = SubElement(response, "Account")
    _texts(account, AccountType="email", Action="settings")
    for protocol in ("imap", "pop3", "smtp"):
        if server := offer.best(protocol):
            encryption = {"SSL": "on"} if server.implicit else {"SSL": "on", "Encryption": "TLS"}
            own = {"UsePOPAuth": "off", "SMTPLast": "off"} if protocol == "smtp" else {}
            place = {"Type": protocol.upper(), "Server": offer.hostname, "Port": str(server.port)}
            login = {"DomainRequired": "off", "LoginName": str(address), "SPA": "off", **encryption, "AuthRequired": "on"}
            _texts(SubElement(account, "Protocol"), **place, **login, **own)
    return root


def pox_error() -> Element:
    """Make the answer to a request that is none."""
    root = Element("Autodiscover", xmlns=POX)
    error = SubElement(SubElement(root, "Response"), "Error", Time="00:00:00", Id="0")
    _texts(error, ErrorCode="600", Message="Invalid Request")
    return root


def profile(offer: Offer, address: Address) -> bytes:
    """Make Apple's configuration profile for an address; the device asks for the password."""
    incoming = offer.best("imap") or offer.best("pop3")
    mail: dict[str, Any] = {
        "PayloadType": "com.apple.mail.managed",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{offer.hostname}.mail.{address}",
        "PayloadUUID": str(uuid.uuid5(PROFILES, f"mail {address}")),
        "PayloadDisplayName": str(address),
        "EmailAddress": str(address),
        "EmailAccountDescription": offer.domain,
        "EmailAccountType": "EmailTypePOP" if incoming and incoming.protocol == "pop3" else "EmailTypeIMAP",
        **_apple("Incoming", offer, incoming, address),
        **_apple("Outgoing", offer, offer.best("smtp"), address),
        "OutgoingPasswordSameAsIncomingPassword": True,
    }
    whole = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{offer.hostname}.profile.{address}",
        "PayloadUUID": str(uuid.uuid5(PROFILES, f"profile {address}")),
        "PayloadDisplayName": f"Mail of {address}",
        "PayloadOrganization": offer.domain,
        "PayloadContent": [mail],
    }
    return plistlib.dumps(whole)


def _apple(way: str, offer: Offer, server: Server | None, address: Address) -> dict[str, Any]:
    if server is None:
        return {}
    return {
        f"{way}MailServerHostName": offer.hostname,
        f"{way}MailServerPortNumber": server.port,
        f"{way}MailServerUseSSL": True,
        f"{way}MailServerUsername": str(address),
        f"{way}MailServerAuthentication": "EmailAuthPassword",
    }


async def _outlook_xml(request: Request, found: Callable[[str], Awaitable[Offer]]) -> Response:
    try:
        address = _wanted(await _body(request))
    except _RequestError:
        return _xml(pox_error())
    return _xml(pox(await found(address.domain), address))


async def _outlook_json(request: Request, found: Callable[[str], Awaitable[Offer]]) -> Response:
    asked = {name.lower(): value for name, value in request.query_params.items()}
    offered = await found(_address(asked.get("email", "")).domain)
    if asked.get("protocol", "").lower() != "autodiscoverv1":
        raise HTTPException(400, "Only the protocol AutodiscoverV1 is known here")
    return JSONResponse({"Protocol": "AutodiscoverV1", "Url": f"https://{offered.hostname}/autodiscover/autodiscover.xml"}, headers=HEADERS)


def _wanted(body: bytes) -> Address:
    """Read the address that Outlook asks for; raises _RequestError, also for other programs' schemas (ActiveSync)."""
    texts: dict[str, str] = {}
    path: list[str] = []
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _RequestError

    def text(data: str) -> None:
        texts[path[-1]] = texts.get(path[-1], "") + data

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: path.append(name.rpartition(":")[2].lower())
    parser.EndElementHandler = lambda _: path.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)
        if texts.get("acceptableresponseschema", OUTLOOK).strip() != OUTLOOK:
            raise _RequestError
        return Address.parse(texts["emailaddress"].strip())
    except (expat.ExpatError, KeyError, AddressError):
        raise _RequestError from None


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_REQUEST:
            raise HTTPException(413, "The request is too long")
    return body


def _address(text: str) -> Address:
    try:
        return Address.parse(text.strip())
    except AddressError:
        raise HTTPException(400, "That is no mail address") from None


def _host(request: Request) -> str:
    """Give the domain that the request's host name stands for; "" when it is no name. It only chooses among the domains that are here."""
    try:
        name = canonical_domain((request.url.hostname or "")[:255])
    except (AddressError, ValueError):
        return ""
    prefix = next((prefix for prefix in PREFIXES if name.startswith(prefix)), "")
    return name.removeprefix(prefix)


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _xml(root: Element) -> Response:
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), media_type="application/xml", headers=HEADERS)
