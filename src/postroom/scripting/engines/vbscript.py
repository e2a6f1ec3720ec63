"""VBScript handlers: EventHandlers.vbs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import EN_US
from postroom.languages.vbscript.locales import named as locale_of
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.languages.vbscript.values import EMPTY, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.languages.vbscript.compiled import Compiled
    from postroom.languages.vbscript.values import Value
    from postroom.scripting.line import Line


@lru_cache(8)
def compiled(text: str) -> Compiled:
    """Compile a file's text; a run only looks for the text itself, whatever its length. Raises CompileError."""
    return compile_text(to_units(text))


class VBScript:
    """One run of a VBScript file."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._main: Callable[[], Value] = lambda: EMPTY

    @staticmethod
    def prepare(text: str, _file: str) -> None:
        """Compile a text once for all runs."""
        compiled(text)

    def install(self, text: str, file: str, named: Mapping[str, Value], create: Callable[[str], Value], line: Line, locale: str = "") -> None:
        """Make the globals; members of the named objects are global names too (events.md 1.8)."""
        unit = compiled(text)

        def make(progid: str, _server: str) -> Value:
            return create(from_units(progid))

        def get(path: str, progid: str) -> Value:
            if path:
                raise VBScriptError(432, detail="GetObject")
            return create(from_units(progid))

        home = locale_of(locale) or EN_US
        members = tuple(one for one in named.values() if isinstance(one, Object))
        self._run = Run(dict(named), members, Context(home, home, create_object=make, get_object=get))
        self._main = self._run.ready(unit)

    def load(self) -> None:
        """Run the top-level code."""
        assert self._run is not None
        try:
            self._run.begin(self._main)
        except BaseException:
            self._run.end()
            raise

    @property
    def functions(self) -> Sequence[str]:
        """The names of the global procedures."""
        return [] if self._run is None else [one.spelling for one in self._run.procedures.values()]

    def call(self, name: str, args: Sequence[Value]) -> None:
        """Call a procedure, then let go of the globals, so that Class_Terminate runs."""
        assert self._run is not None
        try:
            self._run.call(name, tuple(args))
        finally:
            self._run.end()

    def clear(self) -> None:
        """Take the globals apart."""
        if self._run is not None:
            self._run.clear()
