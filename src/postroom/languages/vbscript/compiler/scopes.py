"""What a name means at its place: settled by declarations where they are in sight, otherwise left to the run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from postroom.languages.vbscript.errors import CompileError
from postroom.languages.vbscript.functions import CONSTANTS, FUNCTIONS
from postroom.languages.vbscript.parsing import syntax
from postroom.languages.vbscript.parsing.syntax import Statement, Unit


class Meaning(Enum):
    """What a name is."""

    LOCAL = "a variable of the procedure"
    FIELD = "a variable of the class"
    MEMBER = "a procedure or property of the class"
    GLOBAL = "a variable of the unit"
    CONSTANT = "a constant of the unit"
    PROCEDURE = "a procedure of the unit"
    ERR = "the Err object"
    BUILTIN = "a function of the language"
    NAMED = "a constant of the language"
    UNKNOWN = "left to the run"


@dataclass(slots=True)
class UnitNames:
    """The names that a unit declares. `open` means a unit that runs within a procedure: its variables are left to the run.

    `implicit` are the variables that only assignment declares.
    """

    explicit: bool
    variables: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    procedures: dict[str, syntax.Procedure] = field(default_factory=dict)
    open: bool = False
    implicit: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, unit: Unit, *, fragment: bool) -> "UnitNames":
        """Gather them; without Option Explicit what the top level assigns to is declared by that."""
        names = cls(unit.explicit, procedures={procedure.name: procedure for procedure in unit.procedures}, open=fragment)
        if not fragment:
            declare(unit.body, names.variables, names.constants, names.procedures)
            if not unit.explicit:
                for name in assigned(unit.body):
                    if name not in names.constants and name not in names.procedures and name not in names.variables and cls.free(name):
                        names.variables[name] = None
                        names.implicit.add(name)
        return names

    @staticmethod
    def free(name: str) -> bool:
        """Tell whether assignment to a name makes a variable: functions of the language stay what they are."""
        return name != "err" and name not in FUNCTIONS and name not in CONSTANTS


@dataclass(slots=True)
class Scope:
    """The names within one procedure, method or top level."""

    unit: UnitNames
    procedure: syntax.Procedure | None = None
    definition: syntax.Class | None = None
    locals: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    of_class: dict[str, Meaning] = field(default_factory=dict)

    @classmethod
    def of(cls, unit: UnitNames, procedure: syntax.Procedure, definition: syntax.Class | None, of_class: dict[str, Meaning]) -> "Scope":
        """Gather a procedure's names; `of_class` are those of its class."""
        parameters = frozenset(parameter.name for parameter in procedure.parameters)
        scope = cls(unit, procedure, definition, parameters=parameters, of_class=of_class if definition is not None else {})
        declare(procedure.body, scope.locals, scope.constants, parameters)
        return scope

    @property
    def result(self) -> str:
        """The name under which a Function or Property Get has its result, "" for others."""
        return self.procedure.name if self.procedure is not None and self.procedure.kind in {"function", "get"} else ""

    def meaning(self, name: str) -> Meaning:
        """Tell what a name is."""
        if self.procedure is not None and (name in self.locals or name in self.constants or name == self.result or name in self.parameters):
            return Meaning.LOCAL
        return self.of_class.get(name) or self.global_meaning(name)

    def global_meaning(self, name: str) -> Meaning:
        """Tell what a name is outside of procedures."""
        if name in self.unit.constants:
            return Meaning.CONSTANT
        if name in self.unit.variables:
            return Meaning.GLOBAL
        if name in self.unit.procedures:
            return Meaning.PROCEDURE
        if self.unit.open:
            return Meaning.UNKNOWN if name != "err" and name not in FUNCTIONS and name not in CONSTANTS else self.of_language(name)
        return self.of_language(name)

    @staticmethod
    def of_language(name: str) -> Meaning:
        """Tell what a name is that no declaration in sight has."""
        if name == "err":
            return Meaning.ERR
        if name in FUNCTIONS:
            return Meaning.BUILTIN
        return Meaning.NAMED if name in CONSTANTS else Meaning.UNKNOWN


def within(statement: Statement) -> Iterator[tuple[Statement, ...]]:
    """Give the bodies of a block."""
    if isinstance(statement, syntax.If):
        for branch in statement.branches:
            yield branch.body
        yield statement.otherwise
    elif isinstance(statement, syntax.Select):
        for case in statement.cases:
            yield case.body
        yield statement.otherwise
    elif isinstance(statement, syntax.For | syntax.ForEach | syntax.Loop | syntax.With):
        yield statement.body


def every(body: tuple[Statement, ...]) -> Iterator[Statement]:
    """All statements, those within others too, without recursion."""
    waiting = [iter(body)]
    while waiting:
        statement = next(waiting[-1], None)
        if statement is None:
            waiting.pop()
            continue
        yield statement
        waiting += [iter(inner) for inner in reversed(list(within(statement)))]


def declare(
    body: tuple[Statement, ...], variables: dict[str, tuple[int, ...] | None], constants: dict[str, object], taken: Iterable[str] = ()
) -> None:
    """Gather what Dim and Const declare; raises 1041 for a name that is declared twice, or is among `taken`."""
    seen = set(taken)
    for statement in every(body):
        names: tuple[str, ...] = ()
        if isinstance(statement, syntax.Dim):
            names = tuple(declared.name for declared in statement.variables)
            variables.update({declared.name: declared.bounds for declared in statement.variables})
        elif isinstance(statement, syntax.Const):
            names = tuple(name for name, _ in statement.values)
            constants.update(statement.values)
        if len(set(names)) < len(names) or not seen.isdisjoint(names):
            raise CompileError(1041, statement.at.line, statement.at.column)
        seen.update(names)


def assigned(body: tuple[Statement, ...]) -> Iterator[str]:
    """Give the plain names that statements assign to."""
    for statement in every(body):
        if isinstance(statement, syntax.Assign | syntax.ReDim) and isinstance(statement.target, syntax.Name):
            yield statement.target.name
        elif isinstance(statement, syntax.For | syntax.ForEach):
            yield statement.variable.name
