"""The door of every operation: key, scope and limits are looked at before a body is read, the body's size and depth before it is parsed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, get_type_hints

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from postroom import metrics
from postroom.directory.accounts import Account
from postroom.directory.errors import LoginRefused
from postroom.directory.keys import ADMIN, Key
from postroom.errors import PostroomError
from postroom.log import get_logger
from postroom.servers.http.api.house import House
from postroom.servers.http.api.idempotency import Claim, answered_once
from postroom.servers.http.api.problems import PRIVATE
from postroom.servers.http.limits import SMALL, Pace, Room, is_counted

log = get_logger("http")

KEY: Final = "key"
BODY: Final = 64 * 1024
"""Octets of a request's body, where the operation doesn't take more."""

JSON: Final = "application/json"
CALL: Final = "postroom.call"


class Problem(BaseModel):
    """What every error says."""

    detail: str


@dataclass(slots=True)
class Call:
    """A request that was admitted: who makes it, with which raw key, from where; `claim` when it has an Idempotency-Key."""

    house: House
    key: Key
    account: Account | None
    raw: str
    ip: str
    claim: Claim | None = None

    @property
    def administrator(self) -> bool:
        """Whether the key is no mailbox's: it sees every mailbox, within its scopes."""
        return self.account is None


def call_of(request: Request) -> Call:
    """Give the admitted request that belongs to a request."""
    call: Call = request.scope[CALL]
    return call


def needs(scope: str, *, debug: bool = False, large: bool = False) -> dict[str, Any]:
    """Declare what an operation asks for: a scope, whether it belongs to the debug API, whether its body may be as large as a message."""
    found = {401: "Missing API key", 403: "The key is not valid, or lacks the scope", 404: "There is no such thing", 429: "Too many requests"}
    if large:
        found[413] = "The body is too large"
    return {
        "openapi_extra": {"security": [{KEY: []}], "x-scope": scope, "x-debug": debug, "x-large": large},
        "responses": {status: {"model": Problem, "description": text} for status, text in found.items()},
    }


class Operation(APIRoute):
    """A route whose requests are admitted first."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the door before FastAPI's own handling; a large body goes from its octets into its model in one step instead."""
        handle = _direct(self.endpoint) if (self.openapi_extra or {}).get("x-large") else super().get_route_handler()
        declared = self.openapi_extra or {}
        scope, debug, large = declared.get("x-scope", ADMIN), declared.get("x-debug", False), declared.get("x-large", False)

        async def guarded(request: Request) -> Response:
            house: House = request.app.state.house
            call = await _admitted(house, request, scope)
            if debug and not house.settings.debug_api:
                raise HTTPException(404, "Debug API is disabled")
            _refuse_flood(request.app.state.pace, call)
            request.scope[CALL] = call
            if request.method in {"GET", "DELETE"}:
                return await handle(request)
            async with _read(request, _most(house, large=large), request.app.state.room) as read:
                if request.method == "POST" and (word := request.headers.get("idempotency-key")) is not None:
                    return await answered_once(call, word, request, await read.body(), lambda: handle(read))
                return await handle(read)

        return guarded


def _direct(endpoint: Callable[..., Coroutine[Any, Any, Response]]) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Handle requests whose only parameter is a body, `given`."""
    model: type[BaseModel] = get_type_hints(endpoint)["given"]

    async def handle(request: Request) -> Response:
        octets = await request.body()
        try:
            given = model.model_validate_json(octets) if len(octets) <= SMALL else await asyncio.to_thread(model.model_validate_json, octets)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from None
        return await endpoint(given, request)

    return handle


async def _admitted(house: House, request: Request, scope: str) -> Call:
    """Find out who asks; nothing that a key contains is logged."""
    raw = request.headers.get(house.settings.api_key_header) or _bearer(request.headers.get("authorization", ""))
    if not raw:
        raise HTTPException(401, "Missing API key")
    ip = request.client.host if request.client else ""
    banned = house.directory.banned(ip)
    holder = None if banned else await house.directory.keys.find(raw)
    if holder is None or not holder.key.allows(scope):
        metrics.login_failures.add("http")
        reason = "the address is banned" if banned else "unknown" if holder is None else f"without the scope {scope}"
        log.info("key-refused", ip=ip, reason=reason)
        if holder is None and not banned:
            await _count(house, ip, raw)
        raise HTTPException(403, "Invalid API key")
    return Call(house, holder.key, holder.account, raw, ip)


async def _count(house: House, ip: str, raw: str) -> None:
    """Count a guessed key as the failed login that it is, with its delay, and the ban that follows several."""
    if name := house.directory.keys.guessed(raw):
        with suppress(LoginRefused):
            await house.directory.refuse(ip, name, "unknown API key")


def _bearer(value: str) -> str:
    word, _, key = value.partition(" ")
    return key.strip() if word.lower() == "bearer" else ""


def _refuse_flood(pace: Pace, call: Call) -> None:
    settings = call.house.settings
    most = settings.api_max_requests_per_minute
    if not is_counted(call.ip, most, loopback=settings.limit_loopback):
        return
    if seconds := pace.take(call.key.id, most):
        raise too_many(f"This key may make {most} requests a minute", seconds)


def too_many(sentence: str, seconds: int) -> HTTPException:
    """Make the refusal of who asks too often."""
    return HTTPException(429, f"{sentence}: wait {seconds} seconds.", {"Retry-After": str(seconds)})


def _most(house: House, *, large: bool) -> int:
    """Tell how many octets a body may have: JSON and base64 make a message half as large again."""
    if not large:
        return BODY
    return (house.settings.max_message_size or 128 << 20) * 3 // 2 + (1 << 20)


class _Read(Request):
    """A request whose body is there; JSON that is no JSON, nested too deep or full of NaN is one error."""

    def __init__(self, request: Request, body: bytes) -> None:
        super().__init__(request.scope, request.receive)
        self._octets = body

    async def body(self) -> bytes:
        return self._octets

    async def json(self) -> Any:
        try:
            return json.loads(self._octets.decode(), parse_constant=_refuse_constant)
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:  # a document nested a thousand levels deep; octets that are no UTF-8; endless numbers
            raise json.JSONDecodeError("not a document that is read here", "", 0) from error


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


@asynccontextmanager
async def _read(request: Request, most: int, room: Room) -> AsyncIterator[_Read]:
    """Read a body of at most `most` octets while there is room for it."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)
    pieces: list[bytes] = []
    size = taken = 0
    try:
        async for piece in request.stream():
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise _too_large(most)
            if size > SMALL:
                if not room.take(size - taken):
                    raise HTTPException(503, "The server has too many large requests in hand: try again.", {"Retry-After": "5"})
                taken = size
        yield _Read(request, b"".join(pieces))
    finally:
        room.give_back(taken)


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"The body has more than {most:,} octets.", {"Connection": "close"})


def answer(value: BaseModel | dict[str, Any] | list[dict[str, Any]]) -> Response:
    """Answer with a value, written once (FastAPI would validate it again).

    What is asked for all the time is made as plain dicts in the shape of its model: that costs a third. The tests hold them to the schema.
    """
    octets = value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value)
    return Response(octets.encode(), headers=PRIVATE, media_type=JSON)


def answer_all(kind: TypeAdapter[Any], values: list[Any]) -> Response:
    """Answer with a list of models."""
    return Response(kind.dump_json(values), headers=PRIVATE, media_type=JSON)


def refuse(status: int, error: PostroomError | str) -> HTTPException:
    """Make the refusal that tells an error's sentence."""
    return HTTPException(status, str(error))
