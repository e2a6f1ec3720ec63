"""Objects of a server in the hands of a stand-alone script: the Python client's, as VBScript and JScript hold objects."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from postroom.client.errors import com_error
from postroom.client.objects import Object as ClientObject
from postroom.client.objects import given
from postroom.languages.vbscript.conversions import plain
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.moments import days_of, moment_of
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Currency, Date, Object, Value, from_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.client.objects import Remote

DAY_ZERO: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a VARIANT date has no zone
DAY: Final = 86_400
NUMBERS: Final = {-2147352570: 438, -2147352573: 438, -2147352562: 450, -2147352571: 13, -2147352566: 6, -2147352565: 9, -2147221005: 429}
"""COM's own errors as VBScript numbers them: unknown name and member, parameter count, type, overflow, index, class."""

BAD_INDEX: Final = 9


class Server:
    """A session with a server; `units` says that the language counts units of UTF-16, so that characters beyond U+FFFF are split."""

    def __init__(self, remote: Remote, *, units: bool) -> None:
        self.remote = remote
        self._units = units

    def create(self, progid: str) -> Value:
        """Make an object by its ProgID; raises VBScriptError."""
        try:
            return self.taken(self.remote.create(progid))
        except com_error as error:
            raise raised(error) from None

    def request(self, method: str, target: ClientObject, name: str, args: list[Value]) -> Any:
        """Ask something of an object; raises VBScriptError."""
        try:
            return self.remote.request(method, o=given(target)["h"], m=name, a=[self.told(arg) for arg in args])
        except com_error as error:
            raise raised(error) from None

    def taken(self, value: Any) -> Value:
        """Make the script's value of the client's."""
        if type(value) is str:
            return to_units(value) if self._units else value
        if isinstance(value, ClientObject):
            return RemoteObject(self, value)
        if isinstance(value, dt.datetime):
            since = value - DAY_ZERO
            return Date(days_of(since.days, since.seconds % DAY))
        return NOTHING if value is None else from_host(value)

    def told(self, value: Value) -> Any:
        """Make of a script's value what the protocol takes; raises 13."""
        kind = type(value)
        if kind is str:
            return from_units(value)
        if kind is RemoteObject:
            return given(value.target)
        if value is EMPTY or value is NULL or value is NOTHING or value is MISSING:
            return None
        if kind is Date:
            return given(dt.datetime(*moment_of(value)))  # noqa: DTZ001 - as above
        if kind is Currency:
            return value.scaled / 10_000
        if kind is bool:
            return value
        if isinstance(value, int):
            return int(value)
        if isinstance(value, float):
            return float(value)
        if kind is Array or not isinstance(value, Object):
            raise VBScriptError(13)
        return self.told(plain(value))


class RemoteObject(Object):
    """An object of the server, by the client's."""

    __slots__ = ("_server", "target")

    def __init__(self, server: Server, target: ClientObject) -> None:
        self._server = server
        self.target = target

    @property
    def type_name(self) -> str:  # type: ignore[override]  # of each object its own
        """What TypeName says, as of hMailServer's interfaces."""
        return "IInterface" + repr(self.target).removeprefix("<hMailServer.").removesuffix(">")

    def get(self, name: str, args: list[Value]) -> Value:
        """Read a property, or call a method; out-parameters go into `args`."""
        server = self._server
        answer = server.request("com.invoke", self.target, name, args)
        if "out" in answer:
            outs = [server.taken(value) for value in answer["out"].values()]
            args[max(0, len(args) - len(outs)) :] = outs
        return server.taken(answer["v"])

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Write a property."""
        self._server.request("com.put", self.target, name, [*args, value])

    def enumerate(self) -> Iterator[Value]:
        """Walk a collection."""
        if not self.has("count"):
            raise VBScriptError(451)
        return self._walk()

    def _walk(self) -> Iterator[Value]:
        try:
            for value in self.target:
                yield self._server.taken(value)
        except com_error as error:
            raise raised(error) from None

    def has(self, name: str) -> bool:
        """Tell whether its class has a member, whatever the case of its name."""
        return name.lower() in {member.lower() for member in dir(self.target)}


def raised(error: com_error) -> VBScriptError:
    """Make VBScript's error of the client's: COM's own by number, the server's by HRESULT, text and source."""
    _, source, text, *_, code = error.excepinfo or (0, "", error.strerror, "", 0, error.hresult)
    number = NUMBERS.get(code)
    if number is not None:
        return VBScriptError(number, str(text) if number == BAD_INDEX else "", str(source))
    return VBScriptError(code, str(text), str(source))
