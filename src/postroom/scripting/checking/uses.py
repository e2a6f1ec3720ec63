"""What a script uses, in words that fit all languages: chains of members, what variables are, objects made, functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

CALL: Final = "()"
"""In a chain: what stands before is called or indexed."""
CREATED: Final = "new:"
"""What the first of a chain begins with when it is CreateObject: the ProgID follows."""

NO_WSCRIPT: Final = "WScript is not there in event scripts; `postroom cscript` has it."

Chain = tuple[str, ...]
"""`oApp.Domains(0).Name` is ("oApp", "Domains", "()", "Name")."""


class Use(NamedTuple):
    """A chain that is read, called or written at a line."""

    line: int
    chain: Chain


class Bound(NamedTuple):
    """A variable that is given a chain's value, or with `item` the items of it, one by one; `scope` is the function around, "" for none."""

    scope: str
    variable: str
    chain: Chain
    item: bool = False


class Function(NamedTuple):
    """A function of the file, with its parameters; a last one of "*" means that it takes more or fewer arguments too."""

    line: int
    name: str
    parameters: tuple[str, ...]


class Made(NamedTuple):
    """CreateObject at a line: "" for a ProgID that only the run knows."""

    line: int
    progid: str


class Note(NamedTuple):
    """A line with something that deserves a word of its own."""

    line: int
    text: str


@dataclass(slots=True)
class Uses:
    """All that was found; `cases` says whether the language tells names by case."""

    language: str
    cases: bool
    functions: list[Function] = field(default_factory=list)
    uses: list[tuple[str, Use]] = field(default_factory=list)
    """Each with the function that it stands in."""
    bound: list[Bound] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    problems: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def folded(self, name: str) -> str:
        """Give a name as the language compares it."""
        return name if self.cases else name.lower()

    def use(self, scope: str, line: int, chain: Chain) -> None:
        """Note a chain."""
        if chain[0].startswith(CREATED):
            self.made.append(Made(line, chain[0].removeprefix(CREATED)))
        self.uses.append((scope, Use(line, chain)))

    def bind(self, scope: str, variable: str, chain: Chain, *, item: bool = False) -> None:
        """Note what a variable is given."""
        self.bound.append(Bound(scope, self.folded(variable), chain, item))
