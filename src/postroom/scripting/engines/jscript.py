"""JScript handlers: EventHandlers.js."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from postroom.languages.jscript.rewriting import Rewritten, rewritten
from postroom.languages.jscript.run import Run
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import EN_US
from postroom.languages.vbscript.locales import named as locale_of
from postroom.languages.vbscript.values import Object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.languages.vbscript.values import Value

OBJECT_EXPECTED = 5007
KEPT_TEXTS = 4
"""Texts whose rewriting is kept: the one that runs, the one before it, those being checked."""


@lru_cache(KEPT_TEXTS)
def program_of(text: str) -> Rewritten:
    """Rewrite a text once for all runs; raises VBScriptError."""
    return rewritten(text)


class JScript:
    """One run of a JScript file."""

    def __init__(self) -> None:
        self._run = Run()

    @staticmethod
    def prepare(text: str, _file: str) -> None:
        """Rewrite a text once for all runs."""
        program_of(text)

    def install(self, text: str, file: str, named: Mapping[str, Value], create: Callable[[str], Value], line: object, locale: str = "") -> None:
        """Make an engine with the named objects, which takes longer than most handlers; their members are global names too (events.md 1.8)."""

        def make(progid: str, _server: str) -> Value:
            return create(progid)

        def get(path: str, progid: str) -> Value:
            if path:
                raise VBScriptError(432, detail="GetObject")
            return create(progid)

        home = locale_of(locale) or EN_US
        members = tuple(one for one in named.values() if isinstance(one, Object))
        self._run.begin(dict(named), members, Context(home, home, create_object=make, get_object=get))
        self._run.ready(program_of(text))

    def load(self) -> None:
        """Run the top-level code."""
        self._run.main()

    @property
    def functions(self) -> Sequence[str]:
        """The names of the global functions."""
        return sorted(self._run.functions)

    def call(self, name: str, args: Sequence[Value]) -> None:
        """Call a function."""
        try:
            self._run.call(name, args)
        except VBScriptError as error:
            if error.number == OBJECT_EXPECTED and not error.line:  # of no line of the program: there is no such function
                error.detail = name
            raise

    def clear(self) -> None:
        """Let go of the program and its objects."""
        self._run.close()
