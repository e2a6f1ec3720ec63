"""GET|POST /v1/keys, DELETE /v1/keys/{id}: who may use this API."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Path, Request, Response
from pydantic import Field, TypeAdapter

from postroom.directory import claims
from postroom.directory.accounts import Account
from postroom.directory.errors import NotFound
from postroom.directory.keys import ADMIN, OF_MAILBOX, READ, SCOPES, Key, add_key, new_key
from postroom.servers.http.api.fields import Given, Line, Mailbox, Model, example, moment
from postroom.servers.http.api.idempotency import new_api_key
from postroom.servers.http.api.operation import Operation, answer, answer_all, call_of, needs
from postroom.storage.database import CONTROL

router = APIRouter(route_class=Operation, tags=["Keys"])


class ApiKey(Model):
    """A key, without its text: `begins` is all that is kept of it. `address` is whose mailbox it opens; absent for an administrator's."""

    id: int
    begins: str
    scopes: list[str]
    name: str
    address: str | None
    created_at: dt.datetime


class KeyRequest(Given):
    """A key to make: for a mailbox, or without an address for an administrator."""

    model_config = example(address="alice@example.com", scopes=["mail:read"], name="reads only")

    address: Mailbox | None = None
    scopes: Annotated[list[Line], Field(default_factory=list, max_length=10, description=f"Of {', '.join(SCOPES)}; usual ones when empty.")]
    name: Annotated[Line, Field(max_length=200)] = ""


class KeyMade(Model):
    """A key with its text, which is told once."""

    id: int
    key: str
    scopes: list[str]


class Revoked(Model):
    """A key that opens nothing any more."""

    id: int
    status: str = "revoked"


LIST: Final = TypeAdapter(list[ApiKey])


@router.get("/v1/keys", response_model=list[ApiKey], summary="List keys", **needs(READ))
async def list_keys(request: Request) -> Response:
    """List the keys of the key's own mailbox, all keys for an administrator."""
    call = call_of(request)
    if call.account is None and not call.key.allows(ADMIN):
        raise HTTPException(403, "Invalid API key")
    found = await call.house.directory.keys.list(call.account.id if call.account else None)
    owners = {key.account_id: await call.house.directory.keys.owner(key) for key in found}
    return answer_all(LIST, [_shown(key, owners[key.account_id]) for key in found])


def _shown(key: Key, owner: Account | None) -> ApiKey:
    address = str(owner.address) if owner else None
    return ApiKey(id=key.id, begins=key.begins, scopes=list(key.scopes), name=key.name, address=address, created_at=moment(key.created))  # type: ignore[arg-type]  # pydantic reads it


@router.post("/v1/keys", response_model=KeyMade, summary="Make a key", **needs(ADMIN))
async def create_key(given: KeyRequest, request: Request) -> Response:
    """Make another key for a mailbox, or one for an administrator. Its text is told once."""
    call = call_of(request)
    account = await call.house.directory.accounts.get(given.address) if given.address is not None else None
    raw = new_api_key(call.claim)
    scopes = given.scopes or list(OF_MAILBOX if account else SCOPES)
    new = new_key(raw, scopes, given.name)
    claim = call.claim.id if call.claim else None
    arguments = (add_key, new, account.id if account else None, call.house.now())
    number = await call.house.mailboxes.database.transact(CONTROL, claims.once, claim, *arguments)
    return answer(KeyMade(id=number, key=raw, scopes=list(new.scopes)))


@router.delete("/v1/keys/{id}", response_model=Revoked, summary="Revoke a key", **needs(READ))
async def revoke_key(id: Annotated[int, Path(ge=1, le=2**31 - 1)], request: Request) -> Response:  # noqa: A002 - the path's own word
    """Revoke a key: it opens nothing from now on. A mailbox's key revokes those of its own mailbox; another's is not found."""
    call = call_of(request)
    if call.account is None and not call.key.allows(ADMIN):
        raise HTTPException(403, "Invalid API key")
    try:
        await call.house.directory.keys.revoke(id, call.account.id if call.account else None)
    except NotFound:
        raise HTTPException(404, "Key not found") from None
    return answer(Revoked(id=id))
