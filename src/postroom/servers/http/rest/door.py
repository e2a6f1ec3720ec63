"""Who asks: HTTP Basic, as Application.Authenticate takes it, or an administrator's API key. Nobody else gets anything but 401."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom import metrics
from postroom.directory.errors import LoginRefused
from postroom.directory.keys import ADMIN
from postroom.log import get_logger
from postroom.model.application import Application
from postroom.model.caller import Caller, Context, Level, Login, Origin
from postroom.model.errors import ComError
from postroom.model.invoke import How, invoke
from postroom.servers.http.rest.problems import Problem, problem_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from postroom.model.house import House

CHALLENGE: Final = {"www-authenticate": 'Basic realm="Postroom", charset="UTF-8", Bearer realm="Postroom"'}
log = get_logger("http")


class Admitted(NamedTuple):
    """Who asks: the caller, the Application that it has logged in at, and what its requests are counted under."""

    caller: Caller
    application: Application
    who: Hashable


async def admitted(house: House, ip: str, headers: Mapping[bytes, bytes]) -> Admitted:
    """Log a request in, for itself alone; raises Problem."""
    caller = Caller(Origin.NETWORK, ip)
    application = Application.create(Context(house, caller, Login()))
    word, _, given = headers.get(b"authorization", b"").strip().partition(b" ")
    key = headers.get(house.settings.api_key_header.lower().encode(), b"")
    if not key and word.lower() == b"bearer":
        key = given.strip()
    if key:
        return Admitted(caller, application, await _by_key(house, ip, key.decode("latin-1"), application))
    if word.lower() == b"basic":
        await _by_password(caller, application, given.strip())
        return Admitted(caller, application, application.context.login.name)
    raise _refused("Log in: HTTP Basic with an account's address or Administrator, or an administrator's API key as bearer.")


def _refused(text: str) -> Problem:
    return Problem(401, text, headers=dict(CHALLENGE))


async def _by_password(caller: Caller, application: Application, given: bytes) -> None:
    """Log in by RFC 7617: what is wrong about it is told as a wrong password is."""
    try:
        name, colon, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        name = colon = password = ""
    wrong = _refused("The name or the password is wrong.")
    if not colon:
        raise wrong
    try:
        answer = await invoke(caller, application, "Authenticate", (name, password), How.CALL)
    except ComError as error:
        raise problem_of(error) from None
    if answer.value is None:
        metrics.login_failures.add("http")
        raise wrong


async def _by_key(house: House, ip: str, raw: str, application: Application) -> int:
    """Let an administrator's key in, and give its id; a guessed one counts as the failed login that it is: with its delay, then the ban."""
    holder = await house.directory.keys.find(raw)
    if holder is None:
        metrics.login_failures.add("http")
        log.info("key-refused", ip=ip, reason="unknown")
        if name := house.directory.keys.guessed(raw):
            with suppress(LoginRefused):
                await house.directory.refuse(ip, name, "unknown API key")
        raise _refused("The API key is not valid.")
    if holder.account is not None or not holder.key.allows(ADMIN):
        log.info("key-refused", ip=ip, reason=f"without the scope {ADMIN}")
        raise _refused("This needs an administrator's API key; a mailbox's owner logs in with the password.")
    application.context.login.level = Level.SERVER
    return holder.key.id
