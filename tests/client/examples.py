"""Runs the manual's examples: the same steps in each language print the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from house.repository import ROOT
from modelhouse import ADMINISTRATOR_PASSWORD
from postroom.client import Application, CreateObject, com_error
from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.values import EMPTY, Long, Object, Value
from postroom.model.derive.examples import rendered, sections, usual
from postroom.model.derive.manual import HANDED
from postroom.model.tree import CLASSES

DOCS = ROOT / "docs"
CLASS_EXAMPLES = sections((DOCS / "examples.txt").read_text(encoding="utf-8"))
TASKS = sections((DOCS / "tasks.txt").read_text(encoding="utf-8"))
ORDER = [*CLASS_EXAMPLES, *(name for name in CLASSES if name not in CLASS_EXAMPLES and name not in HANDED)]
"""The classes whose examples are run, in an order in which each finds what it looks at."""


def steps(language: str) -> list[tuple[str, str]]:
    """All examples in a language: title and program."""
    of_classes = [(name, CLASS_EXAMPLES.get(name) or usual(CLASSES[name])) for name in ORDER]
    return [(title, rendered(text)[language]) for title, text in [*of_classes, *TASKS.items()]]


def in_python(url: str, programs: list[tuple[str, str]]) -> Iterator[str]:
    """Run them by the Python client; gives what they print, with a title over each."""
    app = Application(url)
    assert app.Authenticate("Administrator", ADMINISTRATOR_PASSWORD)
    for title, program in programs:
        told = [f"# {title}"]
        names = {
            "app": app,
            "CreateObject": lambda progid: CreateObject(progid, url),
            "print": lambda *values, told=told: told.append(" ".join(map(str, values))),
        }
        try:
            exec(compile(program, title, "exec"), names)
        except com_error as error:
            told.append(f"! {(error.excepinfo or '   ')[2]}")
        yield from told


class Held(Object):
    """An object of the Python client in a script's hands."""

    def __init__(self, held: Any) -> None:
        self.held = held

    def get(self, name: str, args: list[Value]) -> Value:
        return self._asked(name or "Item", args)

    def call(self, name: str, args: list[Value]) -> Value:
        return self._asked(name, args)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        if args:
            getattr(self.held, f"Set{name}")(*args, value)
        else:
            setattr(self.held, name, value)

    def _asked(self, name: str, args: list[Value]) -> Value:
        found = getattr(self.held, name)
        if callable(found) and (args or type(found).__name__ != "Object"):
            found = found(*args)
        return taken(found)


def taken(value: Any) -> Value:
    """Give a value as a script has it."""
    if value is None:
        return EMPTY
    if isinstance(value, (str, bool, float)):
        return value
    return Long(value) if isinstance(value, int) else Held(value)


class Screen(Object):
    """WScript, and CreateObject."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def call(self, name: str, args: list[Value]) -> Value:
        assert name == "echo"
        self.told.append(" ".join(map(to_text, args)))
        return EMPTY


def in_vbscript(url: str, programs: list[tuple[str, str]]) -> Iterator[str]:
    """Run them by our VBScript over the Python client."""
    app = Application(url)
    assert app.Authenticate("Administrator", ADMINISTRATOR_PASSWORD)
    for title, program in programs:
        told = [f"# {title}"]
        run = Run({"WScript": Screen(told), "app": Held(app), "message_of_the_program": Held(CreateObject("hMailServer.Message", url))})
        try:
            run.load(compile_text(program.replace('CreateObject("hMailServer.Message")', "message_of_the_program")))
        except com_error as error:
            told.append(f"! {(error.excepinfo or '   ')[2]}")
        except VBScriptError as error:
            told.append(f"! {error}")
        yield from told
