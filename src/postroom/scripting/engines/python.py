"""Python handlers: EventHandlers.py, with functions named as hMailServer's triggers, `async` or not.

    def OnAcceptMessage(client, message):
        if client.IPAddress.startswith("192.0.2."):
            Result.Value, Result.Message = 2, "Not from there."

Objects are those of `postroom.client`: attributes are properties, methods are called, collections are sequences; errors are `com_error`.
"""

from __future__ import annotations

import asyncio
import builtins
import datetime as dt
import inspect
import sys
import threading
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.client import event
from postroom.client.errors import com_error, raised
from postroom.client.objects import Kind, Object
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import NOTHING
from postroom.scripting.line import ModelError
from postroom.scripting.objects import ModelObject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType

    from postroom.languages.vbscript.values import Value
    from postroom.scripting.line import Line

FAILED: Final = -2147467259
"""E_FAIL: the number of an error that has none of its own."""
COMPILING, RUNNING = "Python compilation error", "Python runtime error"
LONGEST_CODE: Final = 255


class Python:
    """One run of a Python file."""

    def __init__(self) -> None:
        self._globals: dict[str, Any] = {}
        self._named: dict[str, Any] = {}
        self._file = ""
        self._text = ""
        self._code: CodeType | None = None
        self._session: Session | None = None

    @staticmethod
    def prepare(text: str, file: str) -> None:
        """Compile a text once for all runs."""
        compiled(text, file)

    def install(self, text: str, file: str, named: Mapping[str, Value], create: Callable[[str], Value], line: Line, locale: str = "") -> None:
        """Make the globals, with the named objects and CreateObject among them; modules beside the file can be imported."""
        self._file, self._text = file, text
        self._session = session = Session(line)
        if (folder := str(Path(file).parent)) not in sys.path:
            sys.path.append(folder)  # last: what lies there never stands in for a module of Python's own
        try:
            self._code = compiled(text, file)
        except SyntaxError as error:
            raise self._unreadable(error) from None
        except (ValueError, RecursionError) as error:  # a null character, brackets too deep
            raise VBScriptError(FAILED, str(error), COMPILING) from None
        self._named = {**{name: session.shown(value) for name, value in named.items()}, "CreateObject": session.create, "com_error": com_error}
        self._globals = {"__builtins__": builtins, "__file__": file, "__name__": "EventHandlers", **self._named}

    def load(self) -> None:
        """Run the file's top-level code."""
        assert self._code is not None
        event.begin(self._named)
        self._guarded(exec, self._code, self._globals)

    @property
    def functions(self) -> Sequence[str]:
        """The names of the functions that the file defines."""
        return [name for name, value in self._globals.items() if inspect.isfunction(value) and value.__globals__ is self._globals]

    def call(self, name: str, args: Sequence[Value]) -> None:
        """Call a function; an async one is run to its end."""
        function = self._globals.get(name)
        if not callable(function):
            raise VBScriptError(FAILED, f"There is no function {name} in {self._file}.", RUNNING)
        assert self._session is not None
        self._guarded(_called, function, [self._session.shown(arg) for arg in args])

    def clear(self) -> None:
        """Take the globals apart: the functions hold them, and they the functions. A thread that a handler began still needs them."""
        if threading.active_count() == 1:
            self._globals.clear()

    def _guarded(self, doing: Callable[..., object], *arguments: Any) -> None:
        """Do something of the script's; its exceptions become errors with their place."""
        try:
            doing(*arguments)
        except MemoryError:
            raise
        except SystemExit:
            return  # a script that is done
        except Exception as error:  # noqa: BLE001 - whatever a script raises is its error
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> VBScriptError:
        number = error.excepinfo[5] if isinstance(error, com_error) and error.excepinfo else FAILED
        text = error.excepinfo[2] if isinstance(error, com_error) and error.excepinfo else f"{type(error).__name__}: {error}"
        made = VBScriptError(number, text, RUNNING)
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename == self._file:
                made.line, made.column = frame.lineno or 0, (frame.colno or 0) + 1
        lines = self._text.splitlines()
        made.code = lines[made.line - 1][:LONGEST_CODE] if 0 < made.line <= len(lines) else ""
        return made

    def _unreadable(self, error: SyntaxError) -> VBScriptError:
        made = VBScriptError(FAILED, f"{type(error).__name__}: {error.msg}", COMPILING)
        made.line, made.column, made.code = error.lineno or 0, error.offset or 0, (error.text or "").rstrip()[:LONGEST_CODE]
        return made


class Session:
    """The object model behind a script's line, as `postroom.client`'s objects ask for it."""

    kinds: ClassVar[dict[str, Kind]] = {}
    """What is known of classes, for the life of the process: they don't change while the server runs."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._shown: dict[int, Held] = {}

    def shown(self, value: Any) -> Any:
        """Make of an argument what Python handlers get."""
        if type(value) is not ModelObject:
            return None if value is NOTHING else value
        found = self._shown.get(value.handle)
        if found is None:
            found = self._shown[value.handle] = Held(self, value.handle, value.class_name)
        return found

    def create(self, progid: str) -> Any:
        """Make an object of the server, as CreateObject does; raises com_error."""
        try:
            return self.taken(self.line.create(progid))
        except ModelError as error:
            raise _com_error(error) from None

    def request(self, method: str, **params: Any) -> Any:
        """Answer a request of `postroom.client`'s objects; raises com_error."""
        try:
            return self._answered(method, params)
        except ModelError as error:
            raise _com_error(error) from None

    def _answered(self, method: str, params: dict[str, Any]) -> Any:
        handle = params["o"]
        if method == "com.put":
            *index, value = params["a"]
            self.line.put(handle, params["m"], [*index, value])
            return {}
        if method == "com.items":
            total, found = self.line.items(handle, params["start"], params["count"])
            return {"total": total, "v": [[self.taken(one)] for one in found]}
        value, outs = self.line.get(handle, params["m"], params.get("a", []))
        answer = {"v": self.taken(value)}
        return {**answer, "out": dict(enumerate(outs))} if outs else answer

    def kind(self, name: str, _handle: int) -> Kind:
        """Tell what is known of a class."""
        told = self.line.kind(name)
        known = self.kinds[name] = Kind(told["class"], told["members"], told["default"] or "")
        return known

    def release(self, _handle: int) -> None:
        """Nothing to do: handles end with the event."""

    def close(self) -> None:
        """Nothing to do, likewise."""

    def taken(self, value: Any) -> Any:
        """Make Python's value of one from the line."""
        if type(value) is not dict:
            return value
        match value["$t"]:
            case "obj":
                return Held(self, value["h"], value["c"])
            case "i8":
                return int(value["v"])
            case "date":
                return dt.datetime.fromisoformat(value["v"])
        return None


class Held(Object):
    """An object that ends with its event: nobody waits to hear that it is let go of. What came with the event is read without a word."""

    __slots__ = ()

    def __init__(self, session: Session, handle: int, name: str) -> None:
        object.__setattr__(self, "_remote", session)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_class", name)

    def __getattr__(self, name: str) -> Any:
        session: Session = self._remote
        known = session.line.known.get(self._handle)
        if known is not None and (member := name.lower()) in known:
            return session.taken(known[member])
        return super().__getattr__(name)


@lru_cache(8)
def compiled(text: str, file: str) -> CodeType:
    """Compile a file's text; raises SyntaxError."""
    return compile(text, file, "exec", dont_inherit=True)


def _called(function: Callable[..., Any], arguments: Sequence[Any]) -> None:
    value = function(*arguments)
    if inspect.iscoroutine(value):
        asyncio.run(value)


def _com_error(error: ModelError) -> com_error:
    return raised({"message": error.text, "data": {"hresult": hex(error.number), "source": error.source}})
