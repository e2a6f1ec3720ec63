"""/v1/mailboxes, /v1/aliases: a mailbox with its password and key in one call, lists, removal, and other addresses for it."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import Field, SecretStr, TypeAdapter

from postroom.directory import claims
from postroom.directory.accounts import Account
from postroom.directory.aliases import add_alias
from postroom.directory.errors import DirectoryError, Taken
from postroom.directory.keys import ADMIN, OF_MAILBOX, NewMailbox, mailbox_address, new_key, open_mailbox
from postroom.log import get_logger
from postroom.servers.http.api.fields import AddressLine, Given, Line, LongLine, Model, example
from postroom.servers.http.api.idempotency import new_api_key, new_secret
from postroom.servers.http.api.operation import Call, Operation, answer, answer_all, call_of, needs
from postroom.storage.database import CONTROL

log = get_logger("http")
router = APIRouter(route_class=Operation, tags=["Mailboxes"])

MEGABYTE = 1 << 20
LARGEST_QUOTA = 1 << 30
"""Megabytes."""

USUAL = 100

Hosted = Annotated[Line, Query(description="Only those of this domain.")]
Behind = Annotated[Line, Query(description="Only those behind this address.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many, at most.")]
Quota = Annotated[int, Field(ge=0, le=LARGEST_QUOTA, description="What its mail may weigh, in megabytes; 0 is no limit.")]


class MailboxRequest(Given):
    """A mailbox to open. A domain that is new here is hosted from now on; without a password one is made."""

    local_part: Annotated[Line, Field(min_length=1, examples=["alice"])]
    domain: Annotated[Line, Field(min_length=1, examples=["example.com"])]
    password: SecretStr | None = None
    quota: Quota = 0


class Mailbox(Model):
    """A mailbox."""

    id: int
    email: str
    quota: Quota
    active: bool


LIST = TypeAdapter(list[Mailbox])


class NewApiKey(Model):
    """A key with its text, which is told once."""

    key: str
    scopes: list[str]


class NewMailboxAnswer(Model):
    """A mailbox that was opened: password and key are told once. The password opens IMAP, POP3 and submission, the key this API."""

    mailbox: Mailbox
    password: str
    api_key: NewApiKey


class AliasRequest(Given):
    """Another address for a mailbox; several destinations are parted by commas."""

    model_config = example(source="team@example.com", destination="alice@example.com")

    source: AddressLine
    destination: LongLine


class AliasAnswer(Model):
    """An address that stands for others."""

    id: int
    source: str
    destination: str


@router.post("/v1/mailboxes", response_model=NewMailboxAnswer, summary="Open a mailbox", **needs(ADMIN))
async def create_mailbox(given: MailboxRequest, request: Request) -> Response:
    """Open a mailbox, host its domain if that is new, and make a key for it, all or nothing. 400 when there is one already."""
    call = call_of(request)
    password = given.password.get_secret_value() if given.password is not None else new_secret(call.claim, "password")
    raw = new_api_key(call.claim)
    account = await opened(call, given.local_part, given.domain, password, raw, given.quota)
    return answer(
        NewMailboxAnswer(
            mailbox=_shown(account),
            password=password,
            api_key=NewApiKey(key=raw, scopes=list(OF_MAILBOX)),
        )
    )


@router.get("/v1/mailboxes", response_model=list[Mailbox], summary="List mailboxes", **needs(ADMIN))
async def list_mailboxes(request: Request, domain: Hosted = "", after: Behind = "", limit: Limit = USUAL) -> Response:
    """List mailboxes in the order of their addresses, of one domain or of all; the next ones are those `after` the last address."""
    accounts = call_of(request).house.directory.accounts
    behind = accounts.located(after)[0].key if after else ""
    return answer_all(LIST, [_shown(account) for account in await accounts.list(domain, behind, limit)])


@router.delete("/v1/mailboxes/{address}", response_model=Mailbox, summary="Remove a mailbox", **needs(ADMIN))
async def remove_mailbox(address: Annotated[AddressLine, Path(description="The mailbox's address.")], request: Request) -> Response:
    """Remove a mailbox for good: its mail, its password and its keys. 404 when there is none."""
    house = call_of(request).house
    try:
        account = await house.directory.accounts.remove(address)
    except DirectoryError:
        raise HTTPException(404, "Mailbox not found") from None
    await house.mailboxes.remove_mailbox(account.id)
    log.info("mailbox-removed", address=str(account.address), id=account.id, by=call_of(request).key.id)
    return answer(_shown(account))


def _shown(account: Account) -> Mailbox:
    return Mailbox(id=account.id, email=str(account.address), quota=account.max_size // MEGABYTE, active=account.active)


async def opened(call: Call, local: str, domain: str, password: str, raw: str, quota: int) -> Account:
    """Open a mailbox with this password and key."""
    directory = call.house.directory
    address = mailbox_address(local, domain)
    credentials = await directory.hashing.make(password)
    new = NewMailbox(address.local, address.domain, quota * MEGABYTE, credentials, new_key(raw, OF_MAILBOX, "mailbox"))
    claim = call.claim.id if call.claim else None
    try:
        number = await call.house.mailboxes.database.transact(CONTROL, claims.once, claim, open_mailbox, new, call.house.now())
    except Taken:
        raise HTTPException(400, "Mailbox already exists") from None
    log.info("mailbox-opened", address=str(address), id=number, by=call.key.id)
    return await directory.accounts.by_id(number)


@router.post("/v1/aliases", response_model=AliasAnswer, summary="Add an alias", **needs(ADMIN))
async def create_alias(given: AliasRequest, request: Request) -> Response:
    """Let an address of a hosted domain stand for other addresses. 400 when there is one already."""
    call = call_of(request)
    alias = call.house.directory.aliases.planned(given.source, [part for part in given.destination.split(",") if part.strip()])
    claim = call.claim.id if call.claim else None
    try:
        number = await call.house.mailboxes.database.transact(CONTROL, claims.once, claim, add_alias, alias, call.house.now())
    except Taken:
        raise HTTPException(400, "Alias already exists") from None
    return answer(AliasAnswer(id=number, source=str(alias.address), destination=",".join(map(str, alias.destinations))))
