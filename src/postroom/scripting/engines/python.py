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
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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
        self._file = ""
        self._lines: list[str] = []
        self._session: Session | None = None

    @staticmethod
    def prepare(text: str, file: str) -> None:
        """Compile a text once for all runs."""
        compiled(text, file)

    def load(self, text: str, file: str, named: Mapping[str, Value], create: Callable[[str], Value], line: Line, locale: str = "") -> None:
        """Run the file's top-level code, with the named objects and CreateObject as global names; modules beside it can be imported."""
        self._file, self._lines = file, text.splitlines()
        self._session = session = Session(line)
        if (folder := str(Path(file).parent)) not in sys.path:
            sys.path.append(folder)  # last: what lies there never stands in for a module of Python's own
        try:
            code = compiled(text, file)
        except SyntaxError as error:
            raise self._unreadable(error) from None
        except (ValueError, RecursionError) as error:  # a null character, brackets too deep
            raise VBScriptError(FAILED, str(error), COMPILING) from None
        names = {**{name: session.shown(value) for name, value in named.items()}, "CreateObject": session.create, "com_error": com_error}
        event.begin(names)
        self._globals = {"__builtins__": builtins, "__file__": file, "__name__": "EventHandlers", **names}
        self._guarded(exec, code, self._globals)

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
        made.code = self._lines[made.line - 1][:LONGEST_CODE] if 0 < made.line <= len(self._lines) else ""
        return made

    def _unreadable(self, error: SyntaxError) -> VBScriptError:
        made = VBScriptError(FAILED, f"{type(error).__name__}: {error.msg}", COMPILING)
        made.line, made.column, made.code = error.lineno or 0, error.offset or 0, (error.text or "").rstrip()[:LONGEST_CODE]
        return made


class Session:
    """The object model behind a script's line, as `postroom.client`'s objects ask for it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.kinds: dict[str, Kind] = {}

    def shown(self, value: Any) -> Any:
        """Make of an argument what Python handlers get."""
        if isinstance(value, ModelObject):
            return Object(self, value.handle, value.class_name)  # type: ignore[arg-type]  # it asks only for what stands here
        return None if value is NOTHING else value

    def create(self, progid: str) -> Any:
        """Make an object of the server, as CreateObject does; raises com_error."""
        try:
            return self._taken(self._line.create(progid))
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
            self._line.put(handle, params["m"], [*index, value])
            return {}
        if method == "com.items":
            total, found = self._line.items(handle, params["start"], params["count"])
            return {"total": total, "v": [[self._taken(one)] for one in found]}
        value, outs = self._line.get(handle, params["m"], params.get("a", []))
        answer = {"v": self._taken(value)}
        return {**answer, "out": dict(enumerate(outs))} if outs else answer

    def kind(self, name: str, _handle: int) -> Kind:
        """Tell what is known of a class."""
        known = self.kinds.get(name)
        if known is None:
            told = self._line.kind(name)
            known = self.kinds[name] = Kind(told["class"], told["members"], told["default"] or "")
        return known

    def release(self, _handle: int) -> None:
        """Nothing to do: handles end with the event."""

    def close(self) -> None:
        """Nothing to do, likewise."""

    def _taken(self, value: Any) -> Any:
        if type(value) is not dict:
            return value
        match value["$t"]:
            case "obj":
                return Object(self, value["h"], value["c"])  # type: ignore[arg-type]  # as above
            case "i8":
                return int(value["v"])
            case "date":
                return dt.datetime.fromisoformat(value["v"])
        return None


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
