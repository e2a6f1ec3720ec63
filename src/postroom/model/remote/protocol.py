"""The methods of the remote object protocol, as JSON-RPC 2.0 (remote-object-protocol sections 1, 3 and 5)."""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from postroom.log import get_logger
from postroom.model.description import description_of
from postroom.model.errors import ComError, TypeMismatch
from postroom.model.invoke import How, create, invoke, not_yet, read_at_once
from postroom.model.remote.session import Session, Sessions
from postroom.model.remote.values import UnknownTag, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.model.caller import Caller
    from postroom.model.house import House
    from postroom.model.object import Object
    from postroom.model.remote.session import Bounds

    Returned = dict[Any, Object | Exception]
    """What each request of a batch has returned, by its id, or how it failed: what `{"$r": id}` means."""

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
MODEL_ERROR: Final = -32000

READS: Final = frozenset({"com.get", "com.invoke"})
LONGEST_BATCH: Final = 10_000
LONGEST_RUN: Final = 100_000
"""Items that one com.items gives."""
MOST_PROPERTIES: Final = 200
"""Properties of each item that one com.items gives: no class has so many."""
MOST_BEFORE_LOGIN: Final = 1 << 20
"""Octets of a request of somebody on the network who has not logged in: a parsed one may take fifty times its size."""
TOKEN: Final = re.compile(rb'"s"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}"([A-Za-z0-9_-]{20,100})"')
BREATH: Final = 64
"""Requests of a batch, or items of a run, after which others get a turn."""

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
log = get_logger("model")


class Wrong(Exception):
    """A request that is not of the protocol: a code of JSON-RPC and a text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Remote:
    """Answers requests; one for each process."""

    def __init__(self, house: House, bounds: Callable[[], Bounds], mark: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`mark` begins the tokens of this process."""
        self.sessions = Sessions(house, bounds, mark, clock)
        self._methods: Mapping[str, Callable[[Session, dict[str, Any], Returned], Awaitable[tuple[Any, Any]]]] = {
            "com.create": self._create,
            "com.get": self._get,
            "com.put": self._put,
            "com.call": self._call,
            "com.invoke": self._invoke,
            "com.items": self._items,
            "com.describe": self._describe,
            "com.release": self._release,
        }

    async def answer(self, caller: Caller, body: bytes) -> bytes:
        """Answer the body of a request, one or a batch, with the body of the reply: empty when only notifications came."""
        if len(body) > MOST_BEFORE_LOGIN and not caller.trusted and not self._names_a_login(body):
            text = f"A request of more than {MOST_BEFORE_LOGIN:,} octets is read in a session that has logged in."
            return _packed(_error(None, INVALID_REQUEST, text))
        try:
            request = json.loads(body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            return _packed(_error(None, PARSE_ERROR, "The request is no JSON."))
        if not isinstance(request, list):
            answer = await self._one(caller, request, {})
            return b"" if answer is None else _packed(answer)
        if not 1 <= len(request) <= LONGEST_BATCH:
            return _packed(_error(None, INVALID_REQUEST, f"A batch has 1 to {LONGEST_BATCH} requests."))
        returned: Returned = {}
        told = []
        for number, one in enumerate(request, 1):
            answer = await self._one(caller, one, returned)
            if answer is not None:
                told.append(answer)
            if not number % BREATH:
                await asyncio.sleep(0)
        return _packed(told) if told else b""

    def at_once(self, caller: Caller, body: bytes) -> bytes | None:
        """Answer the reading of one plain property, which waits for nothing; None, with nothing done, for all that `answer` must answer."""
        try:
            request = from_json(body, cache_strings="keys")
            number, params = request["id"], request["params"]
            if request["method"] not in READS or type(number) is not int or params.get("a"):
                return None
            session = self.sessions.get(params["s"], caller.origin)
            target, released = session.find(params["o"]), params.get("release") or []
            member = target.description.member(params["m"])
            if session.busy or not member.at_once or type(released) is not list or params["o"] in released:
                return None
            value = read_at_once(session.caller, target, member)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, `answer` says
            return None
        if not_yet(value):
            return None
        session.release(released)
        told = _encode(encoded(value, member.type, session.handle))
        return f'{{"jsonrpc":"2.0","id":{number},"result":{{"v":{told}}}}}'.encode("utf-8", "replace")

    def _names_a_login(self, body: bytes) -> bool:
        """Tell whether a body that was not parsed yet has the token of a session with a login: nobody else knows one.

        What `"s"` stands before is looked at where it is first and last: the order of names is the client's.
        """
        places = [body.find(b'"s"', 0), body.rfind(b'"s"')]
        found = [TOKEN.match(body, place) for place in places if place >= 0]
        return any(self.sessions.is_logged_in(one[1].decode()) for one in found if one is not None)

    async def _one(self, caller: Caller, request: Any, returned: Returned) -> dict[str, Any] | None:
        """Answer one request of a batch, or the only one; None for a notification."""
        number = request.get("id") if isinstance(request, dict) else None
        if not (isinstance(number, (str, int)) or (isinstance(number, float) and math.isfinite(number))):
            number = None  # nothing that JSON can't say again
        try:
            answer = {"jsonrpc": "2.0", "id": number, "result": await self._done(caller, request, number, returned)}
        except (Wrong, UnknownTag, ComError) as error:
            returned[number] = error
            answer = _failed(number, error)
        notified = isinstance(request, dict) and "id" not in request and isinstance(request.get("method"), str)
        return None if notified else answer  # a notification is never answered, not even when it fails (JSON-RPC 2.0 section 4.1)

    async def _done(self, caller: Caller, request: Any, number: Any, returned: Returned) -> Any:
        if not isinstance(request, dict) or not isinstance(request.get("method"), str):
            raise Wrong(INVALID_REQUEST, "A request is an object with a method.")
        name, params = request["method"], request.get("params", {})
        if not isinstance(params, dict):
            raise Wrong(INVALID_PARAMS, "The params are an object.")
        if name == "com.open":
            return self._open(caller, params)
        method = self._methods.get(name)
        if method is None and name != "com.close":
            raise Wrong(METHOD_NOT_FOUND, f"There is no method {name[:100]}.")
        session = self.sessions.get(params.get("s"), caller.origin)
        session.busy += 1
        try:
            async with session.turn:
                session.caller.ip = caller.ip  # failed logins count against who speaks now, whoever opened the session
                session.release(_list(params, "release"))
                if method is None:
                    self.sessions.close(session)
                    return None
                result, value = await method(session, params, returned)
                if number is not None:
                    returned[number] = value
                return result
        finally:
            session.busy -= 1

    def _open(self, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
        if params.get("v", 1) != 1:
            raise Wrong(INVALID_PARAMS, "This server speaks version 1 of the protocol.")
        session = self.sessions.open(caller)
        return {"s": session.token, "v": 1, "server": f"Postroom {version('postroom')}", "ttl": session.bounds.ttl}

    async def _create(self, session: Session, params: dict[str, Any], _: Returned) -> tuple[Any, Any]:
        made = create(session.context, _text(params, "progid"))
        return {"v": encoded(made, "object", session.handle)}, made

    async def _get(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        return await self._called(session, params, returned, How.GET)

    async def _put(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        await self._called(session, params, returned, How.PUT)
        return {}, None

    async def _call(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        return await self._called(session, params, returned, How.CALL)

    async def _invoke(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        return await self._called(session, params, returned, How.ANY)

    async def _called(self, session: Session, params: dict[str, Any], returned: Returned, how: How) -> tuple[Any, Any]:
        target, name = _target(session, params.get("o"), returned), params.get("m", "")
        if not isinstance(name, str):
            raise Wrong(INVALID_PARAMS, "m is the name of a member.")
        arguments = [decoded(value, lambda given: _target(session, given, returned)) for value in _list(params, "a")]
        answer = await invoke(session.caller, target, name, arguments, how)
        member = target.description.member(name)
        told = {"v": encoded(answer.value, member.type, session.handle)}
        if answer.outs is not None:
            told["out"] = {name: encoded(value, "string", session.handle) for name, value in answer.outs.items()}
        return told, answer.value

    async def _items(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        """Give a run of a collection's items with some of their properties; rights are judged as for each call alone."""
        rows = _target(session, params.get("o"), returned)
        if "item" not in rows.description.members:
            raise TypeMismatch("collection")
        names = _list(params, "props")
        if len(names) > MOST_PROPERTIES or not all(isinstance(name, str) for name in names):
            raise Wrong(INVALID_PARAMS, f"props are names of properties, at most {MOST_PROPERTIES}.")
        total = (await invoke(session.caller, rows, "Count", (), How.GET)).value
        start, run = _number(params, "start", 0), _number(params, "count", total)
        found = []
        for index in range(start, min(total, start + min(run, LONGEST_RUN))):
            item = (await invoke(session.caller, rows, "Item", (index,), How.GET)).value
            row = [encoded(item, "object", session.handle)]
            for name in names:
                member = item.description.member(name)
                value = (await invoke(session.caller, item, name, (), How.GET)).value
                row.append(encoded(value, member.type, session.handle))
            found.append(row)
            if not len(found) % BREATH:
                await asyncio.sleep(0)  # others have their turn
        return {"total": total, "v": found}, None

    async def _describe(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        if "progid" in params:
            return description_of(_text(params, "progid")).outline(), None
        return _target(session, params.get("o"), returned).description.outline(), None

    async def _release(self, session: Session, params: dict[str, Any], returned: Returned) -> tuple[Any, Any]:
        return None, None  # what `release` in the params names was released before, as with every method


def _target(session: Session, given: Any, returned: Returned) -> Object:
    """Find the object that `o` or an argument means: a handle, a tagged object, or what an earlier request of the batch returned."""
    if not isinstance(given, dict):
        return session.find(given)
    if "$r" not in given:
        return session.find(given.get("h"))
    earlier = given["$r"]
    found = returned.get(earlier) if isinstance(earlier, (str, int, float)) else None
    if isinstance(found, Exception):
        raise found
    if found is None or not hasattr(found, "description"):
        raise Wrong(INVALID_PARAMS, "No earlier request of this batch has returned an object under that id.")
    return found


def _list(params: dict[str, Any], name: str) -> list[Any]:
    found = params.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Wrong(INVALID_PARAMS, f"{name} is a list.")
    return found


def _text(params: dict[str, Any], name: str) -> str:
    found = params.get(name)
    if not isinstance(found, str):
        raise Wrong(INVALID_PARAMS, f"{name} is a text.")
    return found


def _number(params: dict[str, Any], name: str, default: int) -> int:
    found = params.get(name)
    if found is None:
        return default
    if not isinstance(found, int) or found < 0:
        raise Wrong(INVALID_PARAMS, f"{name} is a number from 0.")
    return found


def _failed(number: Any, error: Wrong | UnknownTag | ComError) -> dict[str, Any]:
    """Tell how a request failed."""
    if isinstance(error, ComError):
        return _error(number, MODEL_ERROR, str(error), {"hresult": f"0x{error.hresult:08X}", "source": error.source})
    if isinstance(error, UnknownTag):
        return _error(number, INVALID_PARAMS, f"There is no type {error}.")
    return _error(number, error.code, str(error))


def _no_constant(name: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(name)


def _error(number: Any, code: int, text: str, data: dict[str, str] | None = None) -> dict[str, Any]:
    error = {"code": code, "message": text} if data is None else {"code": code, "message": text, "data": data}
    return {"jsonrpc": "2.0", "id": number, "error": error}


def _packed(answer: Any) -> bytes:
    return _encode(answer).encode("utf-8", "replace")
