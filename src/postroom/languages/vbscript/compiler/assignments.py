"""Assignments, declarations and calls as statements, to Python."""

import ast

from postroom.languages.vbscript.compiler.scopes import Meaning
from postroom.languages.vbscript.compiler.values import SPECIAL, Values, site
from postroom.languages.vbscript.parsing.syntax import (
    Assign,
    Call,
    Chain,
    Const,
    Declared,
    Dim,
    Erase,
    Expression,
    Invoke,
    Literal,
    Me,
    Member,
    Name,
    ReDim,
    Unary,
)
from postroom.languages.vbscript.values import NOTHING


class Assignments(Values):
    """Compiles statements that hold no others."""

    # assignment

    def assign(self, statement: Assign) -> list[ast.stmt]:
        """Compile `target = value` and `Set target = value`."""
        target, by_set = statement.target, statement.by_set
        if isinstance(target, Name):
            return self.assign_name(target, self.stored(statement.value, by_set=by_set), by_set=by_set)
        value = self.value(statement.value)
        if isinstance(target, Member):
            return [self.do(self.assign_member(target, value, (), by_set=by_set))]
        if isinstance(target, Call):
            return [self.do(self.assign_item(target, value, by_set=by_set))]
        return [self.do(self.failure(501, ""))]

    def stored(self, value: Expression, *, by_set: bool) -> ast.expr:
        """Make a value as a variable takes it: objects checked for Set; arrays copied, default values read for Let."""
        node = self.value(value)
        if by_set:
            return self.call("assigned", node)
        return node if isinstance(value, Literal | Chain | Unary) and not is_nothing(value) else self.call("let", node)

    def assign_name(self, target: Name, value: ast.expr, *, by_set: bool) -> list[ast.stmt]:
        """Assign to a name: a variable in sight, the function's result, or what the run finds."""
        name = target.name
        cell = self.variable(name)
        if cell is not None:
            return [self.fill(cell, value)]
        meaning = self.scope.meaning(name)
        if meaning is Meaning.MEMBER:
            return [self.do(self.call("own_put", self.name("me"), self.constant(name), value, self.constant(by_set)))]
        if meaning is Meaning.UNKNOWN:
            return [self.do(self.named("store_object" if by_set else "store", name, value))]
        return [self.do(self.failure(501, target.spelling))]

    def assign_member(self, target: Member, value: ast.expr, args: tuple[Expression | None, ...], *, by_set: bool) -> ast.expr:
        """Assign to `object.name` or `object.name(args)`."""
        cells = self.cells(args)
        if isinstance(target.target, Me) and self.scope.definition is not None:
            return self.call("own_put", self.name("me"), self.constant(target.name), value, self.constant(by_set), *cells)
        owner = self.value(target.target)
        return self.call("put_object" if by_set else "put", owner, self.constant(target.name), self.constant(site(target)), value, *cells)

    def assign_item(self, target: Call, value: ast.expr, *, by_set: bool) -> ast.expr:
        """Assign to `name(args)`, `object.name(args)` or `value(args)`."""
        if isinstance(target.target, Member):
            return self.assign_member(target.target, value, target.args, by_set=by_set)
        cells = self.cells(target.args)
        function = "put_item_object" if by_set else "put_item"
        if isinstance(target.target, Name):
            cell = self.variable(target.target.name)
            meaning = self.scope.meaning(target.target.name)
            if cell is not None:
                return self.call(function, self.content(cell), value, *cells)
            if meaning is Meaning.MEMBER:
                return self.call("own_put", self.name("me"), self.constant(target.target.name), value, self.constant(by_set), *cells)
            if meaning is Meaning.UNKNOWN:
                return self.named(function, target.target.name, value, *cells)
            if meaning is not Meaning.ERR:
                return self.failure(501, target.target.spelling)
        return self.call(function, self.value(target.target), value, *cells)

    # calls

    def invoke(self, statement: Invoke) -> list[ast.stmt]:
        """Compile a call as a statement."""
        target, args = statement.target, statement.args
        if isinstance(target, Name):
            return [self.do(self.invoke_name(target, args))]
        if isinstance(target, Member):
            if isinstance(target.target, Me) and self.scope.definition is not None:
                return [self.do(self.member(target, args))]
            owner = self.value(target.target)
            return [self.do(self.call("call_member", owner, self.constant(target.name), self.constant(site(target)), *self.cells(args)))]
        return [self.do(self.call("perform", self.value(target), *self.cells(args)))]

    def invoke_name(self, target: Name, args: tuple[Expression | None, ...]) -> ast.expr:
        """Compile a call of a name as a statement."""
        if target.name == self.scope.result:
            return self.recursive(target, args)
        cell = self.variable(target.name)
        if cell is not None:
            return self.call("perform", self.content(cell), *self.cells(args))
        meaning = self.scope.meaning(target.name)
        if meaning is Meaning.PROCEDURE:
            return self.procedure_call(target, args, wanted=False)
        if meaning is Meaning.UNKNOWN and target.name not in SPECIAL:
            return self.named("perform", target.name, *self.cells(args))
        return self.called(target, args)

    # declarations

    def dim(self, statement: Dim) -> list[ast.stmt]:
        """Compile Dim: known names exist from the start; only code within a procedure of another unit makes them here."""
        if not self.scope.unit.open or self.scope.procedure is not None:
            return []
        return [self.do(self.declaration(declared)) for declared in statement.variables]

    def declaration(self, declared: Declared) -> ast.expr:
        """Make a variable that the run declares."""
        return self.call("name_declare", self.constant(declared.name), self.scope_node(), self.bounds(declared.bounds))

    def bounds(self, bounds: tuple[int, ...] | None) -> ast.expr:
        """Give declared bounds as a constant."""
        return self.constant(None) if bounds is None else ast.Tuple([self.constant(int(bound)) for bound in bounds], ast.Load(), **self.where)

    def const(self, statement: Const) -> list[ast.stmt]:
        """Compile Const, likewise."""
        if not self.scope.unit.open or self.scope.procedure is not None:
            return []
        return [self.do(self.named("store", name, self.literal(value))) for name, value in statement.values]

    def redim(self, statement: ReDim) -> list[ast.stmt]:
        """Compile ReDim."""
        bounds = [self.value(bound) for bound in statement.bounds]
        preserve = self.constant(statement.preserve)
        target = statement.target
        if isinstance(target, Name):
            cell = self.variable(target.name)
            if cell is not None:
                return [self.do(self.call("redim", cell, preserve, *bounds))]
            if self.scope.meaning(target.name) is Meaning.UNKNOWN:
                return [self.do(self.call("name_redim", self.constant(target.name), self.scope_node(), preserve, *bounds))]
            return [self.do(self.failure(501, target.spelling))]
        cell = self.argument(target) if isinstance(target, Call) else self.fresh(self.value(target))
        return [self.do(self.call("redim", cell, preserve, *bounds))]

    def erase(self, statement: Erase) -> list[ast.stmt]:
        """Compile Erase."""
        return [self.do(self.call("erase", self.value(statement.target)))]


def is_nothing(value: Expression) -> bool:
    """Tell whether a value is the word Nothing, which `x = Nothing` can't store."""
    return isinstance(value, Literal) and value.value is NOTHING
