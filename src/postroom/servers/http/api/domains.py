"""/v1/domains and /v1/plan-dns: which domains this server hosts, and what the DNS has to say about them."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import Field, TypeAdapter

from postroom.directory import claims
from postroom.directory.domains import Domain, add_domain, hosted_name
from postroom.directory.errors import NotFound, Taken
from postroom.directory.keys import ADMIN, DEBUG
from postroom.servers.http.api.fields import Given, Line, Model
from postroom.servers.http.api.operation import Call, Operation, answer, answer_all, call_of, needs
from postroom.storage.database import CONTROL, Transaction

router = APIRouter(route_class=Operation, tags=["Domains"])

Name = Annotated[Line, Path(min_length=1, examples=["example.com"])]


class DomainInfo(Model):
    """A domain that is hosted here."""

    domain: str
    active: bool
    aliases: list[str]


class DomainRequest(Given):
    """A domain to host."""

    domain: Annotated[Line, Field(min_length=1, examples=["example.com"])]


class PlannedRecord(Model):
    """A record that the domain's zone should have."""

    type: str
    host: str
    value: str


class DnsPlan(Model):
    """The records of a domain."""

    hostname: str
    domain: str
    records: list[PlannedRecord]


class Verified(Model):
    """What is published in the place of a record: `state` is ok, missing, differs, or unknown when the DNS gave no answer."""

    type: str
    host: str
    value: str
    state: str
    published: list[str]


class Verification(Model):
    """Whether all that is planned is published."""

    status: str
    records: list[Verified]


class VerifiedDomain(Model):
    """A domain, its plan, and what the DNS says just now."""

    domain: str
    dns_plan: DnsPlan
    verification: Verification


class AttachedDomain(Model):
    """A domain and its plan."""

    domain: str
    active: bool
    dns_plan: DnsPlan


LIST: Final = TypeAdapter(list[DomainInfo])


@router.get("/v1/domains", response_model=list[DomainInfo], summary="List domains", **needs(ADMIN))
async def list_domains(request: Request) -> Response:
    """List the domains that are hosted here."""
    return answer_all(LIST, [_shown(domain) for domain in call_of(request).house.directory.domains.list()])


def _shown(domain: Domain) -> DomainInfo:
    return DomainInfo(domain=domain.name, active=domain.active, aliases=list(domain.aliases))


@router.post("/v1/domains/attach", response_model=AttachedDomain, summary="Host a domain", **needs(ADMIN))
async def attach_domain(given: DomainRequest, request: Request) -> Response:
    """Host a domain, unless it is hosted already. Mailboxes can be opened at once: nothing waits for the DNS."""
    call = call_of(request)
    name = hosted_name(given.domain)
    claim = call.claim.id if call.claim else None
    await call.house.mailboxes.database.transact(CONTROL, claims.once, claim, attach, name, call.house.now())
    found = _find(call, name)
    return answer(AttachedDomain(domain=found.name, active=found.active, dns_plan=DnsPlan(**await _plan(call, found.name))))


def attach(transaction: Transaction, name: str, now: int) -> None:
    """Store a domain unless it is there; runs in the control database's writer."""
    try:
        add_domain(transaction, Domain(0, name), now)
    except Taken:
        return


@router.get("/v1/domains/{name}", response_model=AttachedDomain, summary="Read a domain", **needs(ADMIN))
async def read_domain(name: Name, request: Request) -> Response:
    """Read a domain and the records that its zone should have."""
    call = call_of(request)
    found = _find(call, name)
    return answer(AttachedDomain(domain=found.name, active=found.active, dns_plan=DnsPlan(**await _plan(call, found.name))))


@router.post("/v1/domains/{name}/verify", response_model=VerifiedDomain, summary="Verify a domain", **needs(ADMIN))
async def verify_domain(name: Name, request: Request) -> Response:
    """Look up each planned record for real and tell what is published in its place."""
    call = call_of(request)
    found = _find(call, name)
    records = await call.house.administration.compare_dns(found.name)
    status = "ok" if all(record["state"] == "ok" for record in records) else "warn"
    verification = Verification(status=status, records=[Verified(**record) for record in records])
    return answer(VerifiedDomain(domain=found.name, dns_plan=DnsPlan(**await _plan(call, found.name)), verification=verification))


@router.get("/v1/plan-dns", response_model=DnsPlan, summary="Plan the DNS", **needs(DEBUG, debug=True))
async def plan_dns(
    request: Request, domain: Annotated[Line | None, Query(description="The domain; the server's default one, or its first, when absent.")] = None
) -> Response:
    """Plan every record that a domain on this server needs."""
    call = call_of(request)
    return answer(DnsPlan(**await _plan(call, domain if domain is not None else default_domain(call))))


def default_domain(call: Call) -> str:
    """Give the domain that is meant when none is named; raises 404 when none is hosted."""
    domains = call.house.directory.domains
    if call.house.settings.default_domain:
        return call.house.settings.default_domain
    for domain in domains.list():
        return domain.name
    raise HTTPException(404, "No domain is hosted yet: attach one first.")


async def _plan(call: Call, name: str) -> dict[str, Any]:
    return await call.house.administration.plan_dns(hosted_name(name))


def _find(call: Call, name: str) -> Domain:
    try:
        return call.house.directory.domains.find(name)
    except NotFound:
        raise HTTPException(404, "Domain not found") from None
