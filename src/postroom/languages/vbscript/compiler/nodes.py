"""Python's syntax, built without its parser: each node takes the place of the statement that it belongs to."""

import ast
from collections.abc import Sequence
from typing import Any

from postroom.languages.vbscript.parsing.syntax import At

LOAD = ast.Load()
STORE = ast.Store()


class Nodes:
    """Builds nodes at the current place."""

    def __init__(self) -> None:
        self.where: dict[str, Any] = {}
        self.place(At(1, 1))

    def place(self, at: At) -> None:
        """Set the place of the nodes to come."""
        self.where = {"lineno": at.line, "col_offset": at.column - 1, "end_lineno": at.line, "end_col_offset": at.column}

    # expressions

    def name(self, name: str) -> ast.expr:
        """Make a name that is read."""
        return ast.Name(name, LOAD, **self.where)

    def constant(self, value: str | float | bool | None) -> ast.expr:
        """Make a constant of Python's own types."""
        return ast.Constant(value, **self.where)

    def call(self, function: str | ast.expr, *args: ast.expr) -> ast.expr:
        """Make a call of a global function."""
        called = self.name(function) if isinstance(function, str) else function
        return ast.Call(called, list(args), [], **self.where)

    def fresh(self, value: ast.expr) -> ast.expr:
        """Make a new cell with that value."""
        return ast.List([value], LOAD, **self.where)

    def content(self, cell: ast.expr) -> ast.expr:
        """Tell what a cell holds."""
        return ast.Subscript(cell, self.constant(0), LOAD, **self.where)

    def attribute(self, target: ast.expr, name: str) -> ast.expr:
        """Make an attribute that is read."""
        return ast.Attribute(target, name, LOAD, **self.where)

    def inverted(self, value: ast.expr) -> ast.expr:
        """Python's `not`."""
        return ast.UnaryOp(ast.Not(), value, **self.where)

    # statements

    def set(self, name: str, value: ast.expr) -> ast.stmt:
        """Make an assignment to a name."""
        return ast.Assign([ast.Name(name, STORE, **self.where)], value, **self.where)

    def fill(self, cell: ast.expr, value: ast.expr) -> ast.stmt:
        """Make an assignment to what a cell holds."""
        return ast.Assign([ast.Subscript(cell, self.constant(0), STORE, **self.where)], value, **self.where)

    def do(self, value: ast.expr) -> ast.stmt:
        """Make an expression as a statement."""
        return ast.Expr(value, **self.where)

    def when(self, test: ast.expr, body: Sequence[ast.stmt], otherwise: Sequence[ast.stmt] = ()) -> ast.stmt:
        """Make an if."""
        return ast.If(test, self.filled(body), list(otherwise), **self.where)

    def forever(self, body: Sequence[ast.stmt]) -> ast.stmt:
        """Make a loop that only break and return leave."""
        return ast.While(self.constant(True), self.filled(body), [], **self.where)

    def give(self, value: ast.expr) -> ast.stmt:
        """Make a return."""
        return ast.Return(value, **self.where)

    def leave(self) -> ast.stmt:
        """Make a break."""
        return ast.Break(**self.where)

    def guarded(self, body: Sequence[ast.stmt], rescue: Sequence[ast.stmt]) -> ast.stmt:
        """Make a try that catches what On Error Resume Next may catch, as `error`."""
        handler = ast.ExceptHandler(self.name("CAUGHT"), "error", list(rescue), **self.where)
        return ast.Try(list(body), [handler], [], [], **self.where)

    def again(self) -> ast.stmt:
        """Make a raise of what was caught."""
        return ast.Raise(None, None, **self.where)

    def define(self, name: str, parameters: Sequence[str], body: Sequence[ast.stmt]) -> ast.stmt:
        """Make a function of positional parameters."""
        arguments = ast.arguments(
            posonlyargs=[], args=[ast.arg(parameter, None, **self.where) for parameter in parameters], kwonlyargs=[], kw_defaults=[], defaults=[]
        )
        return ast.FunctionDef(name, arguments, self.filled(body), [], None, **self.where)

    def outer(self, names: Sequence[str]) -> list[ast.stmt]:
        """Make a nonlocal."""
        return [ast.Nonlocal(list(names), **self.where)] if names else []

    def filled(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Make a body that is never empty."""
        return list(body) or [ast.Pass(**self.where)]
