"""Idempotency-Key on POST: a request that comes again has no second effect, whatever went wrong with the first.

It is claimed under the API key and the client's word, with a seed of which the effect makes its ids and secrets; so one that a crash cut short is
completed, not done twice. Seed and answer are sealed with a key that only the raw API key gives: they may hold a password. While one is in hand a
second gets 409 (as draft-ietf-httpapi-idempotency-key-header says), one with another body always 422.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError

from postroom.directory import claims
from postroom.directory.datakey import DataKey
from postroom.directory.errors import DirectoryError
from postroom.directory.keys import PREFIX, digest
from postroom.servers.http.api.problems import PRIVATE, problem_of
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.servers.http.api.operation import Call

LONGEST: Final = 255
SEED: Final = 32
REPLAYED: Final = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """A claimed request: what its effect is made of. `again` says that an earlier one may have had its effect already."""

    id: int
    seed: bytes
    time: int
    again: bool

    def octets(self, purpose: str) -> bytes:
        """Give 32 octets for one purpose, the same at each repetition."""
        return hmac.digest(self.seed, purpose.encode(), "sha256")

    def text(self, purpose: str) -> str:
        """Give a URL-safe word of 256 bits for one purpose."""
        return base64.urlsafe_b64encode(self.octets(purpose)).decode().rstrip("=")


async def answered_once(call: Call, word: str, request: Request, body: bytes, handle: Callable[[], Awaitable[Response]]) -> Response:
    """Answer a request, or give the answer that it was given before."""
    if not 0 < len(word) <= LONGEST or not word.isprintable():
        raise HTTPException(422, f"An Idempotency-Key has 1 to {LONGEST} printable characters.")
    database = call.house.mailboxes.database
    key = digest(call.raw)
    name = f"idempotency {key.hex()} {word}"
    if not await database.lock(CONTROL, name):
        raise HTTPException(409, "A request with this Idempotency-Key is in hand: try again.", {"Retry-After": "1"})
    try:
        return await _claimed(call, word, key, request, body, handle)
    finally:
        await database.unlock(CONTROL, name)


async def _claimed(call: Call, word: str, key: bytes, request: Request, body: bytes, handle: Callable[[], Awaitable[Response]]) -> Response:
    database, now = call.house.mailboxes.database, call.house.now()
    seal = DataKey(hmac.digest(call.raw.encode("utf-8", "surrogatepass"), b"postroom idempotency", "sha256"))
    asked = hashlib.sha256(b"\0".join([request.method.encode(), request.url.path.encode(), request.url.query.encode(), body])).digest()
    plan = seal.seal(secrets.token_bytes(SEED), "plan")
    held: claims.Claimed = await database.transact(CONTROL, claims.claim, key, word, asked, plan, now)
    if held.digest != asked:
        raise HTTPException(422, "This Idempotency-Key was used with another request.")
    if held.status is not None and held.answer is not None:
        return Response(seal.unseal(held.answer, "answer"), held.status, {REPLAYED: "true", **PRIVATE}, "application/json")
    call.claim = Claim(held.id, seal.unseal(held.plan, "plan"), held.created, held.plan != plan)
    response = await _handled(handle)
    if response.status_code < 500 and response.status_code != 429:
        await database.transact(CONTROL, claims.note_answer, held.id, response.status_code, seal.seal(bytes(response.body), "answer"))
    return response


async def _handled(handle: Callable[[], Awaitable[Response]]) -> Response:
    """Have a request handled; a refusal is an answer too."""
    try:
        return await handle()
    except (HTTPException, RequestValidationError, DirectoryError) as error:
        return problem_of(error)


def new_secret(claim: Claim | None, purpose: str) -> str:
    """Make a secret word of 256 bits; the same again for the same claimed request."""
    return secrets.token_urlsafe(32) if claim is None else claim.text(purpose)


def new_api_key(claim: Claim | None) -> str:
    """Make the text of an API key, likewise."""
    return PREFIX + new_secret(claim, "api key")
