"""The ASGI application of /api: admits, walks, reads or writes, answers."""

from __future__ import annotations

import asyncio
import json
import math
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

from postroom.errors import Unavailable
from postroom.log import get_logger
from postroom.model.derive.rest import ROOT, is_collection
from postroom.servers.http.application import HEADERS, Answer
from postroom.servers.http.com import foreign
from postroom.servers.http.limits import SMALL, Pace, Room, is_counted
from postroom.servers.http.rest import writing
from postroom.servers.http.rest.documents import Documents
from postroom.servers.http.rest.door import admitted
from postroom.servers.http.rest.guard import guarded
from postroom.servers.http.rest.listing import page
from postroom.servers.http.rest.problems import Problem, not_allowed
from postroom.servers.http.rest.reading import plain, shown, unplaced
from postroom.servers.http.rest.walking import got, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from postroom.model.caller import Caller
    from postroom.model.house import House
    from postroom.model.object import Object
    from postroom.servers.http.application import Receive, Scope, Send
    from postroom.servers.http.rest.walking import Reached

LARGEST: Final = 1 << 20
"""Octets of a body, where no message is written."""
MOST_ITEMS: Final = 1000
"""Items of a collection that a call returned."""
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE"})
OF_MESSAGES: Final = frozenset({"Message", "Messages", "Attachments"})
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
log = get_logger("http")


class Rest:
    """Answers for the object tree; one for each process."""

    def __init__(self, house: House, allowed_origins: Callable[[], tuple[str, ...]]) -> None:
        """`allowed_origins` lists web pages that may call."""
        self._house = house
        self._allowed_origins = allowed_origins
        self._documents = Documents(house)
        self._room = Room()
        self._pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        more: dict[str, str] = {}
        try:
            answer, more = await self._answer(scope, receive)
        except Problem as problem:
            answer, more = problem.told(), problem.headers
        except Unavailable as error:
            log.warning("request-deferred", cause=str(error))
            answer, more = Problem(503, "The mail server can't do this just now: try again.").told(), {"retry-after": "5"}
        except Exception:
            log.exception("unhandled-exception", path=scope["path"][:200])
            answer = Problem(500, "The server failed at this; its log says where.").told()
        headers = [(b"content-type", answer.kind.encode()), (b"content-length", b"%d" % len(answer.body)), *HEADERS]
        if answer.status in {204, 304}:
            headers = [*HEADERS]
        headers += [(name.encode(), value.encode("latin-1", "replace")) for name, value in more.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[Answer, dict[str, str]]:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        refusal = foreign(scope, headers, self._allowed_origins(), self._house.directory.banned)
        if refusal:
            raise Problem(403, refusal)
        method = scope["method"]
        document = await self._documents.answer(scope["path"])
        if document is not None:
            if method not in {"GET", "HEAD"}:
                raise not_allowed("GET")
            return document, self._documents.headers
        ip = scope["client"][0] if scope["client"] else ""
        caller, application, who = await admitted(self._house, ip, headers)
        self._refuse_flood(who, ip)
        if method not in METHODS:
            raise not_allowed("GET", "POST", "PATCH", "DELETE")
        reached = await walk(caller, application, _steps(scope))
        if method in {"GET", "HEAD"}:
            return await self._read(reached, scope, headers)
        body = await self._body(reached, headers, receive) if method != "DELETE" else None
        if method == "POST":
            return await self._post(reached, body)
        if reached.member is not None or reached.created:
            raise not_allowed("POST" if reached.created or (reached.member and reached.member.is_method) else "GET")
        async with guarded(self._house.database, reached):
            reached = await walk(caller, application, _steps(scope))  # as it is by now
            return await self._change(reached, headers.get(b"if-match"), body, delete=method == "DELETE")

    def _refuse_flood(self, who: Hashable, ip: str) -> None:
        settings = self._house.settings
        most = settings.api_max_requests_per_minute
        if is_counted(ip, most, loopback=settings.limit_loopback) and (seconds := self._pace.take(who, most)):
            raise Problem(429, f"One login may make {most} requests a minute: wait {seconds} seconds.", headers={"retry-after": str(seconds)})

    async def _read(self, reached: Reached, scope: Scope, headers: Mapping[bytes, bytes]) -> tuple[Answer, dict[str, str]]:
        query = _query(scope)
        if reached.created or (reached.member is not None and reached.member.is_method):
            raise not_allowed("POST")
        if reached.member is not None:
            value = await got(reached.caller, reached.object, reached.member.name, *reached.arguments)
            return _told(200, {"value": plain(value)}), {}
        if is_collection(reached.object.description):
            body, tag = await page(reached, query)
        else:
            if any(name.lower() != "fields" for name, _ in query):
                raise Problem(422, "An object takes only `fields` in the query.")
            body, tag = await shown(reached, dict(query).get("fields"))
        if _matches(headers.get(b"if-none-match"), tag, weak=True):
            return Answer(304, b""), {"etag": tag}
        return _told(200, body), {"etag": tag}

    async def _post(self, reached: Reached, body: Any) -> tuple[Answer, dict[str, str]]:
        if reached.member is not None:
            if not reached.member.is_method:
                raise not_allowed("GET")
            answer = await writing.call(reached, body)
            told = {"value": await unplaced(reached.caller, answer["value"], _items)}
            if "out" in answer:
                told["out"] = {name: plain(value) for name, value in answer["out"].items()}
            return _told(200, told), {}
        if not reached.created and not is_collection(reached.object.description):
            raise not_allowed("GET", "PATCH")
        made = await writing.add(reached, writing.body_of(body))
        told, tag = await shown(made)
        if made.created:
            told.pop("_self")  # it stands nowhere in the tree
            told.pop("_links", None)
            return _told(201, told), {"etag": tag}
        return _told(201, told), {"etag": tag, "location": made.path}

    async def _change(self, reached: Reached, wanted: bytes | None, body: Any, *, delete: bool) -> tuple[Answer, dict[str, str]]:
        if wanted is not None and not is_collection(reached.object.description):
            _, tag = await shown(reached)
            if not _matches(wanted, tag, weak=False):
                raise Problem(412, "It was changed meanwhile: read it again.", headers={"etag": tag})
        if delete:
            await writing.delete(reached)
            return Answer(204, b""), {}
        await writing.patch(reached, writing.body_of(body))
        told, tag = await shown(reached)
        return _told(200, told), {"etag": tag}

    async def _body(self, reached: Reached, headers: Mapping[bytes, bytes], receive: Receive) -> Any:
        """Read a body that is not larger than the place takes, and parse it; a web form is no JSON, so no page can make a browser send one."""
        most = LARGEST
        if reached.object.description.name in OF_MESSAGES:
            most += (self._house.settings.max_message_size or 128 << 20) * 3 // 2
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind not in {b"application/json", b"application/merge-patch+json"}:
            raise Problem(415, "The Content-Type is application/json.")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 12 or int(length) > most:
            raise Problem(413, f"A body has {most:,} octets here at most.")
        parts: list[bytes] = []
        size = taken = 0
        try:
            more = True
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    raise Problem(400, "The request ended early.")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                more = message.get("more_body", False)
                if size > most:
                    raise Problem(413, f"A body has {most:,} octets here at most.", headers={"connection": "close"})
                if size > SMALL:
                    if not self._room.take(size - taken):
                        raise Problem(503, "The server has too many large requests in hand: try again.", headers={"retry-after": "5"})
                    taken = size
            octets = b"".join(parts)
            return await asyncio.to_thread(_parsed, octets) if size > SMALL else _parsed(octets)
        finally:
            self._room.give_back(taken)


def _parsed(octets: bytes) -> Any:
    try:
        return json.loads(octets.decode(), parse_constant=_no_constant, parse_float=_finite) if octets.strip() else {}
    except (ValueError, RecursionError):
        raise Problem(400, "The body is no JSON.") from None


def _finite(text: str) -> float:
    """Read a number; one that is too large for any is no JSON here."""
    if math.isinf(number := float(text)):
        raise ValueError(text[:20])
    return number


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _steps(scope: Scope) -> list[str]:
    """Take the path apart before it is decoded, so that a name may hold a slash; a slash at its end doesn't matter."""
    raw = scope.get("raw_path") or scope["path"].encode()
    steps = raw.decode("latin-1").partition("?")[0][len(ROOT) :].strip("/")
    return [unquote(step) for step in steps.split("/")] if steps else []


def _query(scope: Scope) -> list[tuple[str, str]]:
    try:
        return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        raise Problem(422, "The query has 50 fields at most.") from None


def _matches(field: bytes | None, tag: str, *, weak: bool) -> bool:
    """Tell whether a field of If-Match or If-None-Match has a tag, or any (RFC 9110 sections 13.1.1 and 13.1.2)."""
    if field is None:
        return False
    tags = [one.strip() for one in field.decode("latin-1").split(",")]
    return "*" in tags or tag in ([one.removeprefix("W/") for one in tags] if weak else tags)


async def _items(caller: Caller, rows: Object) -> list[Object] | None:
    """List the items of a collection that a call returned; None for any other object."""
    if not is_collection(rows.description):
        return None
    return [await got(caller, rows, "Item", index) for index in range(min(int(await got(caller, rows, "Count")), MOST_ITEMS))]


def _told(status: int, value: Any) -> Answer:
    return Answer(status, _encode(value).encode())
