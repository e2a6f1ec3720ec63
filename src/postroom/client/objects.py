"""Objects of the server as Python objects: attributes are properties, calls are methods, collections are sequences."""

from __future__ import annotations

import datetime as dt
import threading
import weakref
from collections import deque
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from postroom.client.errors import DISCONNECTED, com_error
from postroom.client.line import Line, told
from postroom.client.place import Place, find

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from postroom.client import model

RUN: Final = 500
"""Items that a loop over a collection asks for at one time."""
PLAIN: Final = frozenset({str, int, float, bool, NoneType})
_last = threading.local()
"""The session of the thread's last Application."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a class: its members by name in lower case, and the name of its default member."""

    name: str
    members: dict[str, dict[str, Any]]
    default: str


class Remote:
    """A session with a server. Usable from several threads, one call at a time."""

    def __init__(self, url: str = "", key: str = "", *, context: ssl.SSLContext | None = None, place: Place | None = None) -> None:
        """Without a URL the server is found by POSTROOM_CLIENT_URL, else on this machine; `context` is for TLS."""
        self.place = place or find(url, key)
        self._line = Line(self.place, context)
        self._lock = threading.RLock()
        self._token = ""
        self._number = 0
        self.kinds: dict[str, Kind] = {}
        self._released: deque[int] = deque()

    def create(self, progid: str) -> Any:
        """Make an object by its ProgID, as CreateObject does."""
        return self.request("com.create", progid=progid)["v"]

    def request(self, method: str, **params: Any) -> Any:
        """Send a request and give its result, with objects and dates in it; raises com_error."""
        with self._lock:
            if not self._token:
                self._token = self._asked("com.open", {"client": "postroom.client", "v": 1})["s"]
            if self._released:
                params["release"] = [self._released.popleft() for _ in range(len(self._released))]
            params["s"] = self._token
            try:
                result = self._asked(method, params)
            except com_error as error:
                if error.excepinfo and error.excepinfo[5] == DISCONNECTED and method == "com.create":
                    self._token = ""  # the session is gone; what was made in it too, but a new object can be made in a new one
                raise
        return result if type(result) is dict and type(result.get("v")) in PLAIN else self._taken(result)

    def close(self) -> None:
        """End the session and hang up."""
        with self._lock:
            if self._token:
                token, self._token = self._token, ""
                try:
                    self._asked("com.close", {"s": token})
                finally:
                    self._line.close()

    def kind(self, name: str, handle: int) -> Kind:
        """Give what is known of an object's class; asked for once."""
        known = self.kinds.get(name)
        if known is None:
            told = self.request("com.describe", o=handle)
            known = self.kinds[name] = Kind(told["class"], told["members"], told.get("default") or "")
        return known

    def release(self, handle: int) -> None:
        """Let go of a handle with the next request; called by the garbage collector, so it only notes it."""
        self._released.append(handle)

    def _asked(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        return told(self._line.exchange({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}))

    def _taken(self, value: Any) -> Any:
        """Make Python's values of JSON's."""
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
        return {name: self._taken(one) for name, one in value.items()} if "members" not in value else value


class Object:
    """An object of the server. Its attributes are its members, whatever their case; `obj(...)` and `obj[...]` are its default member."""

    __slots__ = ("__weakref__", "_class", "_handle", "_remote")

    def __init__(self, remote: Remote, handle: int, name: str) -> None:
        object.__setattr__(self, "_remote", remote)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_class", name)
        weakref.finalize(self, remote.release, handle).atexit = False

    def __getattr__(self, name: str) -> Any:
        member = self._member(name)
        if member is None:
            if name.startswith("Set") and (indexed := self._member(name[3:])) is not None and indexed["put"]:
                return Indexed(self, indexed["name"]).set
            raise AttributeError(f"hMailServer.{self._class}.{name}")
        if member["call"]:
            return Method(self, member)
        if member["params"]:
            return Indexed(self, member["name"])
        return self._remote.request("com.get", o=self._handle, m=member["name"])["v"]

    def __setattr__(self, name: str, value: Any) -> None:
        member = self._member(name)
        if member is None or not member["put"]:
            raise AttributeError(f"hMailServer.{self._class}.{name} can't be set.")
        self._remote.request("com.put", o=self._handle, m=member["name"], a=[given(value)])

    def __call__(self, *arguments: Any) -> Any:
        return self._remote.request("com.invoke", o=self._handle, m="", a=[given(one) for one in arguments])["v"]

    def __getitem__(self, index: Any) -> Any:
        return self(len(self) + index if isinstance(index, int) and index < 0 else index)

    def __len__(self) -> int:
        if self._member("Count") is None:
            raise TypeError(f"hMailServer.{self._class} is no collection.")
        return int(self.Count)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        start, total = 0, 1
        while start < total:
            run = self._remote.request("com.items", o=self._handle, start=start, count=RUN)
            total = run["total"]
            yield from (row[0] for row in run["v"])
            start += RUN

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._remote.close()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Object) and (self._remote, self._handle) == (other._remote, other._handle)

    def __hash__(self) -> int:
        return hash((id(self._remote), self._handle))

    def __dir__(self) -> list[str]:
        return sorted(member["name"] for member in self._kind.members.values())

    def __repr__(self) -> str:
        return f"<hMailServer.{self._class}>"

    @property
    def _kind(self) -> Kind:
        remote: Remote = self._remote
        return remote.kind(self._class, self._handle)

    def _member(self, name: str) -> dict[str, Any] | None:
        if name.startswith("__"):
            return None
        known = self._remote.kinds.get(self._class) or self._kind
        return known.members.get(name.lower())


class Method:
    """A method of an object, to be called; with out-parameters it gives a tuple: the value, then each of them."""

    __slots__ = ("_member", "_object")

    def __init__(self, target: Object, member: dict[str, Any]) -> None:
        self._object = target
        self._member = member

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        wanted = [one for one in self._member["params"] if not one["out"]]
        values = [given(one) for one in arguments[: len(wanted)]]
        values += [given(named.pop(one["name"])) for one in wanted[len(values) :] if one["name"] in named]
        if named or len(arguments) > len(self._member["params"]):
            raise TypeError(f"{self._member['name']} takes {', '.join(one['name'] for one in wanted) or 'no arguments'}.")
        target = self._object
        answer = target._remote.request("com.call", o=target._handle, m=self._member["name"], a=values)  # noqa: SLF001 - parts of one thing
        return (answer["v"], *answer["out"].values()) if "out" in answer else answer["v"]


class Indexed:
    """A property with an index: `message.HeaderValue("X")`, `message.HeaderValue["X"] = "1"`, `message.SetHeaderValue("X", "1")`."""

    __slots__ = ("_name", "_object")

    def __init__(self, target: Object, name: str) -> None:
        self._object = target
        self._name = name

    def __call__(self, *index: Any) -> Any:
        return self._asked("com.get", index)["v"]

    def __getitem__(self, index: Any) -> Any:
        return self(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        self.set(index, value)

    def set(self, *index_and_value: Any) -> None:
        """Write it: the index, then the value."""
        self._asked("com.put", index_and_value)

    def _asked(self, method: str, arguments: tuple[Any, ...]) -> Any:
        target = self._object
        values = [given(one) for one in arguments]
        return target._remote.request(method, o=target._handle, m=self._name, a=values)  # noqa: SLF001 - parts of one thing


def CreateObject(progid: str, url: str = "", key: str = "", *, context: ssl.SSLContext | None = None) -> Any:  # noqa: N802 - COM's name
    """Make an object of a server by its ProgID: an Application in a session of its own, others in the session of the thread's last Application.

    As in COM, so a Message belongs to a program that has logged in.
    """
    place = find(url, key)
    known: weakref.ref[Remote] | None = getattr(_last, "remote", None)
    remote = known() if known is not None and progid.lower().removeprefix("hmailserver.") != "application" else None
    if remote is None or remote.place != place:
        remote = Remote(context=context, place=place)
    _last.remote = weakref.ref(remote)
    return remote.create(progid)


def Application(url: str = "", key: str = "", *, context: ssl.SSLContext | None = None) -> model.Application:  # noqa: N802 - COM's name
    """Make the Application of a server: without a URL, of the one in POSTROOM_CLIENT_URL or of this machine."""
    made: model.Application = CreateObject("hMailServer.Application", url, key, context=context)
    return made


def given(value: Any) -> Any:
    """Give a Python value as the protocol has it."""
    if isinstance(value, Object):
        return {"$t": "obj", "h": value._handle}  # noqa: SLF001 - parts of one thing
    if isinstance(value, dt.datetime):
        return {"$t": "date", "v": value.replace(tzinfo=None, microsecond=0).isoformat()}
    return value
