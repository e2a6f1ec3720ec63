"""Whole texts to code: procedures, classes and the top level of a unit."""

import ast
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Final

from postroom.languages.vbscript.compiled import FILE_PREFIX, Compiled, CompiledClass, CompiledProcedure
from postroom.languages.vbscript.compiler.blocks import Blocks
from postroom.languages.vbscript.compiler.scopes import Meaning, Scope, UnitNames, every
from postroom.languages.vbscript.compiler.values import SPECIAL
from postroom.languages.vbscript.errors import CompileError
from postroom.languages.vbscript.parsing.lexer import lines_of
from postroom.languages.vbscript.parsing.parser import parse, parse_expression
from postroom.languages.vbscript.parsing.syntax import Class, Expression, Name, OnError, Procedure, Statement, Unit
from postroom.languages.vbscript.runtime.naming import LOCAL, PROCEDURE, mangled

_KEPT_TEXTS: Final = 256
"""Texts whose code is kept, so that ExecuteGlobal compiles each once."""
_DEEPEST: Final = 7_000
"""Python frames that the limits on nesting can need; a script's recursion ends there with error 28."""
_serial = count()


@lru_cache(maxsize=_KEPT_TEXTS)
def compile_text(text: str) -> Compiled:
    """Compile a file's text, or that of ExecuteGlobal; raises CompileError."""
    return _compiled(text, fragment=False)


@lru_cache(maxsize=_KEPT_TEXTS)
def compile_fragment(text: str) -> Compiled:
    """Compile the text of Execute within a procedure: its variables are the procedure's. Raises CompileError."""
    return _compiled(text, fragment=True)


@lru_cache(maxsize=_KEPT_TEXTS)
def compile_expression(text: str) -> Compiled:
    """Compile the text of Eval, whose value `main` returns; raises CompileError."""
    with_room()
    try:
        return _Compiler(text, Unit(False, (), (), ()), fragment=True).expression(parse_expression(text))
    except RecursionError:
        raise CompileError(1001, 1, 1) from None


def _compiled(text: str, *, fragment: bool) -> Compiled:
    with_room()
    try:
        return _Compiler(text, parse(text), fragment=fragment).unit_code()
    except RecursionError:
        raise CompileError(1001, 1, 1) from None


def with_room() -> None:
    """Make sure that Python's limit on frames lies above the limits on nesting."""
    if sys.getrecursionlimit() < _DEEPEST:
        sys.setrecursionlimit(_DEEPEST)


class _Compiler(Blocks):
    def __init__(self, text: str, unit: Unit, *, fragment: bool) -> None:
        super().__init__({})
        self.text = text
        self.unit = unit
        self.names = UnitNames.of(unit, fragment=fragment)
        self.fragment = fragment
        self.number = next(_serial)
        self.functions: list[ast.stmt] = []
        self.of_class: dict[str, Meaning] = {}

    def unit_code(self) -> Compiled:
        procedures = tuple(self.procedure(procedure, mangled(PROCEDURE, procedure.name), None) for procedure in self.unit.procedures)
        classes = tuple(self.class_of(definition) for definition in self.unit.classes)
        self.top_level(self.unit.body)
        return self.finished(procedures, classes)

    def expression(self, expression: Expression) -> Compiled:
        """Compile the text of Eval."""
        self.scope = Scope(self.names)
        self.begin()
        self.dynamic = "scope"
        self.functions.append(self.define(self.main, ("scope",), [self.give(self.value(expression))]))
        return self.finished((), ())

    @property
    def main(self) -> str:
        return f"main_{self.number}"

    def finished(self, procedures: tuple[CompiledProcedure, ...], classes: tuple[CompiledClass, ...]) -> Compiled:
        file = f"{FILE_PREFIX}{self.number}"
        module = ast.Module(self.functions, [])
        code = compile(module, file, "exec", dont_inherit=True)
        names = self.names
        lines = tuple(lines_of(self.text))
        implicit = frozenset(names.implicit)
        return Compiled(file, lines, code, self.main, self.literals, names.variables, implicit, dict(names.constants), procedures, classes)

    # functions

    def top_level(self, body: tuple[Statement, ...]) -> None:
        self.scope = Scope(self.names)
        self.dynamic = "scope" if self.fragment else "None"
        self.functions.append(self.function(self.main, ("scope",) if self.fragment else (), [], body))

    def function(self, name: str, parameters: Sequence[str], opening: list[ast.stmt], body: tuple[Statement, ...]) -> ast.stmt:
        """Compile a body to a Python function, with what its blocks need before it."""
        self.begin()
        self.resuming = any(isinstance(statement, OnError) for statement in every(body))
        compiled = self.body(body)
        own_names = ["resume"] if self.resuming else []
        own = [self.set(name, self.constant(False)) for name in own_names]
        own += [self.set(name, self.constant(None)) for _, shared, _ in self.outlined for name in shared]
        blocks = [self.define(block, (), [*self.outer([*shared, *own_names]), *inner]) for block, shared, inner in self.outlined]
        return self.define(name, parameters, [*opening, self.set("leave", self.constant(0)), *own, *blocks, *compiled, self.give(self.result())])

    def procedure(self, procedure: Procedure, function: str, definition: Class | None) -> CompiledProcedure:
        """Compile a Sub, Function or Property."""
        self.place(procedure.at)
        self.scope = Scope.of(self.names, procedure, definition, self.of_class)
        self.dynamic = "scope"
        parameters = [mangled(LOCAL, parameter.name) for parameter in procedure.parameters]
        opening = [self.check_stop(), *self.opening(procedure), self.scope_of(procedure, definition)]
        if definition is not None:
            parameters.insert(0, "me")
        self.functions.append(self.function(function, parameters, opening, procedure.body))
        return CompiledProcedure(
            procedure.name, procedure.spelling, len(procedure.parameters), procedure.kind, function, procedure.private, procedure.default
        )

    def opening(self, procedure: Procedure) -> list[ast.stmt]:
        """Make the cells of a procedure: ByVal parameters, the result, variables, constants."""
        found = []
        for parameter in procedure.parameters:
            if parameter.by_value:
                cell = mangled(LOCAL, parameter.name)
                found.append(self.set(cell, self.fresh(self.call("copied", self.content(self.name(cell))))))
        if self.scope.result:
            found.append(self.set(mangled(LOCAL, self.scope.result), self.fresh(self.name("EMPTY"))))
        for name, bounds in self.scope.locals.items():
            if name not in self.scope.parameters:
                first = self.name("EMPTY") if bounds is None else self.call("new_array", self.bounds(bounds))
                found.append(self.set(mangled(LOCAL, name), self.fresh(first)))
        for name, value in self.scope.constants.items():
            found.append(self.set(mangled(LOCAL, name), self.call("Constant", self.fresh(self.literal(value)))))
        return found

    def scope_of(self, procedure: Procedure, definition: Class | None) -> ast.stmt:
        """Make the scope that the run's searches use: with all names where Execute or Eval may look."""
        names = []
        if special_names(procedure.body):
            names = [*(parameter.name for parameter in procedure.parameters), *self.scope.locals, *self.scope.constants]
            names += [self.scope.result] if self.scope.result else []
        keys = [self.constant(name) for name in dict.fromkeys(names)]
        values = [self.name(mangled(LOCAL, name)) for name in dict.fromkeys(names)]
        if definition is not None and names:
            keys.append(self.constant(""))
            values.append(self.name("me"))
        return self.set("scope", ast.Dict(list(keys), values, **self.where))

    def class_of(self, definition: Class) -> CompiledClass:
        self.of_class = {member.name: Meaning.MEMBER for member in definition.members}
        self.of_class |= {variable.name: Meaning.FIELD for variable in definition.variables}
        members = tuple(
            self.procedure(
                member, f"m_{self.number}_{mangled(PROCEDURE, definition.name)}_{member.kind}_{mangled(PROCEDURE, member.name)}", definition
            )
            for member in definition.members
        )
        fields = tuple((variable.name, variable.bounds, variable.private) for variable in definition.variables)
        return CompiledClass(definition.name, definition.spelling, fields, members)


def special_names(body: tuple[Statement, ...]) -> list[str]:
    """Give the uses of Execute and Eval in a body."""
    found: list[str] = []
    waiting: list[object] = [body]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name):
            found += [part.name] if part.name in SPECIAL and part.name != "getref" else []
        elif isinstance(part, tuple):
            waiting += [inner for inner in part if isinstance(inner, tuple)]
    return found
