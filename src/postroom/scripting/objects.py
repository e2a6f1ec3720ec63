"""Objects of the server in the hands of a script, as VBScript and JScript hold them; they stand for objects in the worker."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.languages.vbscript.conversions import plain
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.moments import DAY, days_of, moment_of
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Currency, Date, Object, Value, from_host
from postroom.model.errors import BAD_INDEX, BAD_PARAMETER_COUNT, OUT_OF_MEMORY, OVERFLOW, TYPE_MISMATCH, UNKNOWN_CLASS, UNKNOWN_NAME
from postroom.scripting.line import RESULT, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postroom.scripting.helpers.paths import Paths
    from postroom.scripting.line import Line

NUMBERS: Final = {
    UNKNOWN_NAME: 438,
    BAD_PARAMETER_COUNT: 450,
    TYPE_MISMATCH: 13,
    OVERFLOW: 6,
    BAD_INDEX: 9,
    OUT_OF_MEMORY: 7,
    UNKNOWN_CLASS: 429,
}
"""COM's own errors as VBScript numbers them; the server's are known by their HRESULT, signed."""

SHOWN: Final = frozenset(
    "filename directory currentscriptfile initializationfile programdirectory databasedirectory datadirectory logdirectory tempdirectory "
    "eventdirectory dbscriptdirectory destination currenterrorlog currenteventlog currentdefaultlog currentawstatslog".split()
)
"""Members that give paths."""
NAMED: Final = SHOWN | frozenset(
    "add saveas importmessagefromfile importmessagefromfiletoimapfolder loadbackup dkimverify performmaintenance".split()
)
"""Members that take paths."""
WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]")

RUN: Final = 500
"""Items that For Each asks for at one time."""
_DAY_ZERO: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a VARIANT date has no zone
_NOTHING_SAID: Final = (EMPTY, NULL, NOTHING, MISSING)
_PLAIN: Final = frozenset({str, bool, int, float})


class World:
    """What all objects of one script share: the line, how texts and paths are shown to it and taken from it."""

    def __init__(self, line: Line, *, units: bool, paths: Callable[[], Paths] | None = None) -> None:
        """`units`: the language counts units of UTF-16, so characters beyond U+FFFF are split. `paths`: scripts see paths as Windows has them."""
        self.line = line
        self._units = units
        self._paths = paths
        self._objects: dict[int, ModelObject] = {}

    def object(self, handle: int, name: str = "") -> ModelObject:
        """Give the object of an event that has a handle, made of its class's `name` at first."""
        found = self._objects.get(handle)
        if found is None:
            found = self._objects[handle] = ModelObject(self, handle, name)
        return found

    def taken(self, value: Any, name: str = "") -> Value:
        """Make the script's value of one from the line; a tuple has the handle of an object of the event."""
        kind = type(value)
        if kind is str:
            if self._paths is not None and name.lower() in SHOWN and value:
                value = self._paths().to_windows(Path(value))
            return to_units(value) if self._units and not value.isascii() else value
        if kind is tuple:
            return self.object(*value)
        if kind is not dict:
            return NOTHING if value is None else from_host(value)
        match value["$t"]:
            case "obj":
                return ModelObject(self, value["h"], value["c"])
            case "date":
                return _date(dt.datetime.fromisoformat(value["v"]))
            case "i8":
                return float(value["v"])
        return EMPTY

    def given(self, name: str, args: list[Value]) -> list[Any]:
        """Make of a script's arguments what the line takes; Windows' paths become those of the server."""
        if self._paths is not None and name.lower() in NAMED:
            return [str(self._paths().find(arg).existing()) if type(arg) is str and WINDOWS.match(arg) else given(arg) for arg in args]
        return [given(arg) for arg in args] if args else []

    def create(self, progid: str) -> Value:
        """Make an object of the model alone; raises VBScriptError."""
        try:
            return self.taken(self.line.create(progid))
        except ModelError as error:
            raise _raised(error) from None


class ModelObject(Object):
    """An object in the worker, known by its handle."""

    __slots__ = ("_class", "_handle", "_world")

    def __init__(self, world: World, handle: int, name: str) -> None:
        self._world = world
        self._handle = handle
        self._class = name

    @property
    def type_name(self) -> str:  # type: ignore[override]  # of each object its own
        """What TypeName says, as of hMailServer's interfaces."""
        return f"IInterface{self._class}"

    @property
    def class_name(self) -> str:
        """The name of its class."""
        return self._class

    @property
    def handle(self) -> int:
        """The number that the worker knows it by."""
        return self._handle

    def get(self, name: str, args: list[Value]) -> Value:
        """Read a property, or call a method."""
        world = self._world
        if not args:
            known = world.line.known.get(self._handle)
            if known is not None and name in known:
                return world.taken(known[name], name)
        try:
            value, outs = world.line.get(self._handle, name, world.given(name, args))
        except ModelError as error:
            raise _raised(error) from None
        if outs and len(args) >= len(outs):
            args[-len(outs) :] = [world.taken(out) for out in outs]
        return world.taken(value, name)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Write a property."""
        try:
            self._world.line.put(self._handle, name, self._world.given(name, [*args, value]))
        except ModelError as error:
            raise _raised(error) from None

    def enumerate(self) -> Iterator[Value]:
        """Walk a collection, which hMailServer's own scripts could not."""
        if not self.has("count") or not self.has("item"):
            raise VBScriptError(451)
        return self._walk()

    def _walk(self) -> Iterator[Value]:
        start, total = 0, 1
        while start < total:
            try:
                total, found = self._world.line.items(self._handle, start, RUN)
            except ModelError as error:
                raise _raised(error) from None
            yield from (self._world.taken(one) for one in found)
            start += RUN

    def has(self, name: str) -> bool:
        """Tell whether its class has a member."""
        if self._handle == RESULT:
            return name in self._world.line.result
        return name.lower() in self._world.line.kind(self._class)["members"]


def given(value: Value) -> Any:
    """Make of a script's value what the line takes; raises 13 for what no member can take."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is ModelObject:
        return {"$t": "obj", "h": value.handle}
    if value in _NOTHING_SAID:
        return None
    if kind is Date:
        return {"$t": "date", "v": dt.datetime(*moment_of(value)).isoformat()}  # noqa: DTZ001 - as above
    if kind is Currency:
        return value.scaled / CURRENCY_UNIT
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if kind is Array or not isinstance(value, Object):
        raise VBScriptError(13)
    return given(plain(value))


def _date(moment: dt.datetime) -> Date:
    since = moment - _DAY_ZERO
    return Date(days_of(since.days, since.seconds % DAY))


def _raised(error: ModelError) -> VBScriptError:
    """Make VBScript's error of the model's: COM's own by VBScript's number and text, the server's by its HRESULT, text and source."""
    number = NUMBERS.get(error.number)
    if number is not None:
        return VBScriptError(number, error.text if error.number == BAD_INDEX else "")
    return VBScriptError(error.number - (1 << 32) if error.number >= 1 << 31 else error.number, error.text, error.source)
