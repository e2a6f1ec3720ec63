"""VBScript handlers: EventHandlers.vbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.utf16 import from_units, to_units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.languages.vbscript.values import Object, Value
    from postroom.scripting.line import Line


class VBScript:
    """One run of a VBScript file."""

    def __init__(self) -> None:
        self._run: Run | None = None

    @staticmethod
    def prepare(text: str, _file: str) -> None:
        """Compile a text once for all runs."""
        compile_text(to_units(text))

    def load(self, text: str, file: str, named: Mapping[str, Object], create: Callable[[str], Value], line: Line) -> None:
        """Run the file's top-level code; members of the named objects are global names too (events.md 1.8)."""
        unit = compile_text(to_units(text))

        def make(progid: str, _server: str) -> Value:
            return create(from_units(progid))

        def get(path: str, progid: str) -> Value:
            if path:
                raise VBScriptError(432, detail="GetObject")
            return create(from_units(progid))

        self._run = Run(dict(named), tuple(named.values()), Context(create_object=make, get_object=get))
        self._run.load(unit)

    @property
    def functions(self) -> Sequence[str]:
        """The names of the global procedures."""
        return [] if self._run is None else [one.spelling for one in self._run.procedures.values()]

    def call(self, name: str, args: Sequence[Value]) -> None:
        """Call a procedure, then let go of the globals, so that Class_Terminate runs."""
        assert self._run is not None
        self._run.call(name, tuple(args))
        self._run.close()


def _texts(value: Any) -> Any:
    return to_units(value) if type(value) is str else value
