"""The async twin of the client: a path through the tree is written down as with COM, and walked in one request when it is awaited.

app = await Application("http://127.0.0.1:8787")
await app.Authenticate("Administrator", "secret")
name = await app.Domains.Item(0).Name
await app.Domains.ItemByName("example.com").Active.set(True)
async for account in app.Domains.ItemByName("example.com").Accounts:
    print(await account.Address)
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import ssl
import weakref
from asyncio import sleep
from collections import deque
from typing import TYPE_CHECKING, Any

from postroom.client.errors import unreachable
from postroom.client.line import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    LENGTH,
    LONGEST_ANSWER,
    LONGEST_HEAD,
    MOST_WAITS,
    head,
    opened,
    refused,
    seconds_to_wait,
    told,
)
from postroom.client.objects import RUN
from postroom.client.place import Place, find

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator

    from postroom.client import aiomodel


class PutOff(Exception):
    """The server has too much to do, and said after how many seconds to ask again."""

    def __init__(self, seconds: int, status: int, answer: bytes) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.status = status
        self.answer = answer


class Session:
    """A session with a server; its requests go one after another over one connection."""

    def __init__(self, place: Place, context: ssl.SSLContext | None = None) -> None:
        self.place = place
        self._context = context
        self._lock = asyncio.Lock()
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._token = ""
        self._released: deque[int] = deque()

    async def walk(self, steps: list[tuple[str, dict[str, Any]]]) -> Any:
        """Carry out steps, each on what the one before returned; gives the last one's result. Raises com_error."""
        async with self._lock:
            if not self._token:
                (opening,) = await self._exchange([_request(0, "com.open", {"client": "postroom.client.aio", "v": 1})])
                self._token = told(opening)["s"]
            released = [self._released.popleft() for _ in range(len(self._released))]
            requests = []
            for number, (method, params) in enumerate(steps, 1):
                chain = {"o": {"$r": number - 1}} if number > 1 else {"release": released}
                requests.append(_request(number, method, {"s": self._token, **params, **chain}))
            answers = await self._exchange(requests)
        for answer in answers[:-1]:
            told(answer)
            self._forget(answer["result"])
        return self._taken(told(answers[-1]))

    async def close(self) -> None:
        """End the session and hang up."""
        async with self._lock:
            if self._token:
                token, self._token = self._token, ""
                with contextlib.suppress(OSError):
                    await self._exchange([_request(0, "com.close", {"s": token})])
            self._hang_up()

    def release(self, handle: int) -> None:
        """Let go of a handle with the next request."""
        self._released.append(handle)

    def _forget(self, result: Any) -> None:
        """Let go of the objects on the way."""
        value = result.get("v") if isinstance(result, dict) else None
        if isinstance(value, dict) and value.get("$t") == "obj":
            self.release(value["h"])

    async def _exchange(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        body = json.dumps(requests, separators=(",", ":")).encode()
        try:
            answer = await self._answered(body)
        except (OSError, EOFError, asyncio.LimitOverrunError, TimeoutError) as error:
            self._hang_up()
            raise unreachable(str(self.place), error) from None
        return answer if isinstance(answer, list) else [answer]

    async def _answered(self, body: bytes) -> Any:
        """Ask, and ask again when the server has put a request off, which it did not carry out then."""
        for left in reversed(range(MOST_WAITS + 1)):
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    if self._line is not None and self._line[0].at_eof():
                        self._hang_up()
                    return await self._asked(body)
            except PutOff as put_off:
                if not left:
                    raise refused(put_off.status, put_off.answer) from None
                await sleep(put_off.seconds)
        return None

    async def _asked(self, body: bytes) -> Any:
        if self._line is None:
            self._line = await self._connected()
        reader, writer = self._line
        if self.place.socket:
            writer.write(b'{"order":"com","arguments":{"request":' + body + b"}}\n")
            return opened(self.place, await reader.readuntil(b"\n"))
        writer.write(head(self.place, len(body)) + body)
        fields = await reader.readuntil(b"\r\n\r\n")
        status, length = int(fields[9:12]), LENGTH.search(fields)
        answer = await reader.readexactly(min(int(length[1]) if length else 0, LONGEST_ANSWER))
        if wait := seconds_to_wait(status, fields):
            raise PutOff(wait, status, answer)
        if status != 200:
            raise refused(status, answer)
        return json.loads(answer)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        place = self.place
        async with asyncio.timeout(CONNECT_SECONDS):
            if place.socket:
                return await asyncio.open_unix_connection(place.socket, limit=LONGEST_ANSWER)
            context = (self._context or ssl.create_default_context()) if place.tls else None
            return await asyncio.open_connection(place.host, place.port, ssl=context, limit=LONGEST_HEAD)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line[1].close()
        self._line = None

    def _taken(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._taken(one) for one in value]
        if not isinstance(value, dict):
            return value
        match value.get("$t"):
            case "obj":
                return Object(self, value["h"], value["c"])
            case "i8":
                return int(value["v"])
            case "date":
                return dt.datetime.fromisoformat(value["v"])
            case "empty":
                return None
        return {name: self._taken(one) for name, one in value.items()}


class Path:
    """A way through the tree from an object: names and arguments. Awaiting it walks it; `set` writes its last step; `async for` reads its items."""

    __slots__ = ("_start", "_steps")

    def __init__(self, start: Object, steps: tuple[tuple[str, tuple[Any, ...]], ...]) -> None:
        self._start = start
        self._steps = steps

    def __getattr__(self, name: str) -> Path:
        return Path(self._start, (*self._steps, (name, ())))

    def __call__(self, *arguments: Any) -> Path:
        return Path(self._start, (*self._steps[:-1], (self._steps[-1][0], arguments)))

    def __getitem__(self, index: Any) -> Path:
        return Path(self._start, (*self._steps, ("Item", (index,))))

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._value().__await__()

    async def __aiter__(self) -> AsyncIterator[Any]:
        """Read the items, some hundred in a request."""
        rows = await self
        async for one in rows:
            yield one

    async def set(self, value: Any) -> None:
        """Write the property that the path ends at."""
        *way, (name, index) = self._steps
        steps = [_step(one, arguments) for one, arguments in way]
        steps.append(("com.put", {"m": name, "a": [given(one) for one in (*index, value)]}))
        await self._start.walk(steps)

    async def _value(self) -> Any:
        result = await self._start.walk([_step(name, arguments) for name, arguments in self._steps])
        return (result["v"], *result["out"].values()) if "out" in result else result["v"]


class Object:
    """An object of the server: attributes begin a path."""

    __slots__ = ("__weakref__", "class_name", "handle", "session")

    def __init__(self, session: Session, handle: int, class_name: str) -> None:
        self.session = session
        self.handle = handle
        self.class_name = class_name
        weakref.finalize(self, session.release, handle).atexit = False

    def __getattr__(self, name: str) -> Path:
        if name.startswith("__"):
            raise AttributeError(name)
        return Path(self, ((name, ()),))

    def __getitem__(self, index: Any) -> Path:
        return Path(self, (("Item", (index,)),))

    async def __aiter__(self) -> AsyncIterator[Any]:
        """Read the items of a collection, some hundred in a request."""
        start, total = 0, 1
        while start < total:
            run = await self.walk([("com.items", {"start": start, "count": RUN})])
            total = run["total"]
            for row in run["v"]:
                yield row[0]
            start += RUN

    async def walk(self, steps: list[tuple[str, dict[str, Any]]]) -> Any:
        """Carry out steps from here."""
        (method, params), *rest = steps
        return await self.session.walk([(method, {**params, "o": self.handle}), *rest])

    async def close(self) -> None:
        """End the session that the object is of."""
        await self.session.close()

    def __repr__(self) -> str:
        return f"<hMailServer.{self.class_name}>"


async def CreateObject(progid: str, url: str = "", key: str = "", *, context: ssl.SSLContext | None = None) -> Object:  # noqa: N802 - COM's name
    """Make an object of a server by its ProgID, in a session of its own; raises com_error."""
    made = await Session(find(url, key), context).walk([("com.create", {"progid": progid})])
    found: Object = made["v"]
    return found


async def Application(url: str = "", key: str = "", *, context: ssl.SSLContext | None = None) -> aiomodel.Application:  # noqa: N802 - COM's name
    """Make the Application of a server: without a URL, of the one in POSTROOM_CLIENT_URL or of this machine."""
    made: Any = await CreateObject("hMailServer.Application", url, key, context=context)
    return made  # type: ignore[no-any-return]  # its type is the generated one


def given(value: Any) -> Any:
    """Give a Python value as the protocol has it."""
    if isinstance(value, Object):
        return {"$t": "obj", "h": value.handle}
    if isinstance(value, dt.datetime):
        return {"$t": "date", "v": value.replace(tzinfo=None, microsecond=0).isoformat()}
    return value


def _step(name: str, arguments: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    return "com.invoke", {"m": name, "a": [given(one) for one in arguments]}


def _request(number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
