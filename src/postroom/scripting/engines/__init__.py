"""The languages of event scripts: for each its engine, and the ending of its file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from postroom.languages.vbscript.values import Value
    from postroom.scripting.line import Line


class Language(NamedTuple):
    """A language: its engine's module and class, the ending of its file, whether it tells names by case and counts texts in units of UTF-16."""

    engine: str
    extension: str
    cases: bool
    units: bool
    paths: bool
    """Whether scripts see paths as Windows has them."""


LANGUAGES: Final[Mapping[str, Language]] = {
    "VBScript": Language("vbscript.VBScript", "vbs", cases=False, units=True, paths=True),
    "JScript": Language("jscript.JScript", "js", cases=True, units=False, paths=True),
    "Python": Language("python.Python", "py", cases=True, units=False, paths=False),
}
"""The languages by the exact spelling of Settings.Scripting.Language (events.md 1.1)."""


class Engine(Protocol):
    """One run of a script: made for each event. All that goes wrong in a script is raised as VBScriptError, with line, column and code."""

    def install(self, text: str, file: str, named: Mapping[str, Value], create: Callable[[str], Value], line: Line, locale: str = "") -> None:
        """Make fresh globals of a text, the named objects among them; nothing of the script runs.

        `create(progid)` is CreateObject, `line` leads to the model; `locale` names the one that numbers and dates are written by, "" for the usual.
        """

    def load(self) -> None:
        """Run the file's top-level code."""

    @property
    def functions(self) -> Sequence[str]:
        """The names of the global functions and subs, as they are written."""

    def call(self, name: str, args: Sequence[Value]) -> None:
        """Call a global function; a name that there is not is an error of the script. What the script has to say at its end, it says."""

    def clear(self) -> None:
        """Take the globals apart, while no event waits; nothing of the script runs."""


@cache
def engine_of(language: str) -> Callable[[], Engine]:
    """Give what makes engines of a language; raises KeyError for one that there is not, ImportError for one that is not installed."""
    module, _, name = LANGUAGES[language].engine.partition(".")
    return cast("Callable[[], Engine]", getattr(import_module(f"postroom.scripting.engines.{module}"), name))


def prepare(language: str, text: str, file: str) -> None:
    """Compile a text, so that runs of processes forked afterwards need not; errors come up in those runs."""
    try:
        compiling: Any = getattr(engine_of(language), "prepare", None)
        if compiling is not None:
            compiling(text, file)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, each run says; this only warms
        return
