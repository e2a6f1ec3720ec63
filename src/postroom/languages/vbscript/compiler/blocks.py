"""Blocks to Python, with On Error Resume Next at the grain of a statement.

In a procedure with On Error Resume Next each simple statement and each condition stands in a `try` of its own; a condition that fails counts as
true, so that the run goes on with the next statement, which is the block's first. CPython allows 20 blocks within each other: those that lie
deeper than `_OUTLINED` become functions beside each other within the procedure's. `leave` tells which loop an Exit has still to leave.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final, TypeAlias

from postroom.languages.vbscript.compiler.assignments import Assignments
from postroom.languages.vbscript.compiler.values import COMPARISONS, LEFT_HARD, RIGHT_HARD, is_hard
from postroom.languages.vbscript.parsing.syntax import (
    Assign,
    At,
    Chain,
    Const,
    Dim,
    Erase,
    Exit,
    Expression,
    For,
    ForEach,
    If,
    Invoke,
    Loop,
    OnError,
    ReDim,
    Select,
    Statement,
    With,
)

_OUTLINED: Final = 8
"""Blocks within each other in one Python function."""
_FEW_BRANCHES: Final = 8
"""Branches of an If or Select that nest in Python as elif."""
_PROCEDURE: Final = -1


_Branch: TypeAlias = tuple[At, tuple[Expression, ...], tuple[Statement, ...]]


@dataclass(slots=True)
class _Loop:
    """A loop that is being compiled: the word that Exit uses, and whether an Exit within leaves more than it."""

    number: int
    word: str
    crossed: bool = False


class _Function:
    """A border of Python functions within a procedure: an Exit beyond it is returned."""


class Blocks(Assignments):
    """Compiles statements of a procedure."""

    resuming = False
    """Whether the procedure has On Error Resume Next anywhere."""

    def begin(self) -> None:
        """Start on a procedure."""
        self.around: list[_Loop | _Function] = []
        self.depth = 0
        self.outlined: list[tuple[str, list[str], list[ast.stmt]]] = []
        self.shared: list[str] = []
        self.serial = count(1)

    def body(self, statements: tuple[Statement, ...]) -> list[ast.stmt]:
        """Compile statements in their order."""
        found: list[ast.stmt] = []
        for statement in statements:
            self.place(statement.at)
            found += _COMPILE[type(statement)](self, statement)  # type: ignore[operator]
        return found

    def inner(self, statements: tuple[Statement, ...]) -> list[ast.stmt]:
        """Compile a block's body, in a function of its own where it lies too deep."""
        self.depth += 1
        found = self.body(statements) if self.depth % _OUTLINED else self.outline(statements)
        self.depth -= 1
        return found

    def outline(self, statements: tuple[Statement, ...]) -> list[ast.stmt]:
        """Compile a body to a function beside the others; what it returns is the loop that an Exit has to leave."""
        where = self.where
        self.around.append(_Function())
        shared, self.shared = self.shared, []
        body = self.body(statements)
        shared, self.shared = self.shared, shared
        self.around.pop()
        self.where = where
        name = f"block_{next(self.serial)}"
        self.outlined.append((name, shared, [self.set("leave", self.constant(0)), *body, self.give(self.constant(0))]))
        for loop in self.around:
            if isinstance(loop, _Loop):
                loop.crossed = True
        return [self.set("leave", self.call(name)), self.passed_on()]

    def temporary(self, kind: str) -> str:
        """Name a variable of Python's; only that of With is read from outlined bodies too."""
        name = f"{kind}_{next(self.serial)}"
        if kind == "with":
            self.shared.append(name)
        return name

    # errors

    def simple(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """Make a simple statement, which On Error Resume Next can step over."""
        return [self.guarded(statements, self.rescue())] if self.resuming and statements else statements

    def rescue(self) -> list[ast.stmt]:
        """Leave an error to the caller, or note it in Err."""
        return [self.when(self.inverted(self.name("resume")), [self.again()]), self.do(self.call("catch", self.name("error")))]

    def attempt(self, name: str, value: ast.expr, otherwise: ast.expr) -> list[ast.stmt]:
        """Set a name to a value, to the other one if that fails."""
        if not self.resuming:
            return [self.set(name, value)]
        return [self.guarded([self.set(name, value)], [*self.rescue(), self.set(name, otherwise)])]

    def on_error(self, statement: OnError) -> list[ast.stmt]:
        """Compile On Error."""
        return [self.set("resume", self.constant(statement.resume)), self.do(self.call("clear"))]

    # simple statements

    def of_assign(self, statement: Assign) -> list[ast.stmt]:
        """Compile an assignment."""
        return self.simple(self.assign(statement))

    def of_invoke(self, statement: Invoke) -> list[ast.stmt]:
        """Compile a call."""
        return self.simple(self.invoke(statement))

    def of_redim(self, statement: ReDim) -> list[ast.stmt]:
        """Compile ReDim."""
        return self.simple(self.redim(statement))

    def of_erase(self, statement: Erase) -> list[ast.stmt]:
        """Compile Erase."""
        return self.simple(self.erase(statement))

    # If and Select

    def of_if(self, statement: If) -> list[ast.stmt]:
        """Compile If: as elif where the branches are few, side by side where they are many."""
        if len(statement.branches) > _FEW_BRANCHES:
            return self.chosen([(branch.at, (branch.condition,), branch.body) for branch in statement.branches], statement.otherwise, self.condition)
        found = self.inner(statement.otherwise) if statement.otherwise else []
        for branch in reversed(statement.branches):
            self.place(branch.at)
            if self.resuming:
                test = self.temporary("test")
                before = self.attempt(test, self.condition(branch.condition), self.constant(True))
                condition: ast.expr = self.name(test)
            else:
                before, condition = [], self.condition(branch.condition)
            body = self.inner(branch.body)
            self.place(branch.at)
            found = [*before, self.when(condition, body, found)]
        return found

    def condition(self, expression: Expression) -> ast.expr:
        """Make a condition's truth."""
        value = self.value(expression)
        return value if isinstance(expression, Chain) and expression.rest[-1][0] in COMPARISONS else self.call("truth", value)

    def chosen(self, branches: list[_Branch], otherwise: tuple[Statement, ...], test: Callable[[Expression], ast.expr]) -> list[ast.stmt]:
        """Branches side by side: first which one, then its body."""
        which = self.temporary("which")
        found = [self.set(which, self.constant(-1))]
        for index, (at, conditions, _) in enumerate(branches):
            self.place(at)
            for condition in conditions:
                choice = self.when(test(condition), [self.set(which, self.constant(index))])
                tried = [self.guarded([choice], [*self.rescue(), self.set(which, self.constant(index))])] if self.resuming else [choice]
                found.append(self.when(self.is_number(which, -1), tried))
        for index, (at, _, body) in enumerate(branches):
            self.place(at)
            found.append(self.when(self.is_number(which, index), self.inner(body)))
        if otherwise:
            found.append(self.when(self.is_number(which, -1), self.inner(otherwise)))
        return found

    def is_number(self, name: str, number: int) -> ast.expr:
        """`name == number` of Python."""
        return ast.Compare(self.name(name), [ast.Eq()], [self.constant(number)], **self.where)

    def of_select(self, statement: Select) -> list[ast.stmt]:
        """Compile Select Case."""
        subject = self.temporary("subject")
        found = self.attempt(subject, self.value(statement.subject), self.name("NULL"))
        hard = LEFT_HARD if is_hard(statement.subject) else 0

        def matches(value: Expression) -> ast.expr:
            sides = hard | (RIGHT_HARD if is_hard(value) else 0)
            return self.operation("=", self.name(subject), self.value(value), sides)

        branches = [(case.at, case.values, case.body) for case in statement.cases]
        return found + self.chosen(branches, statement.otherwise, matches)

    # loops

    def loop_body(self, word: str, statements: tuple[Statement, ...], after: list[ast.stmt]) -> tuple[list[ast.stmt], _Loop]:
        """Make a loop's body with the look at the host's stop before it; `after` follows each turn."""
        loop = _Loop(next(self.serial), word)
        self.around.append(loop)
        where = self.where
        body = self.inner(statements)
        self.where = where
        self.around.pop()
        return [self.check_stop(), *body, *after], loop

    def check_stop(self) -> ast.stmt:
        """Look whether the host wants the run to end."""
        return self.when(self.content(self.name("S")), [self.do(self.call("halt"))])

    def after_loop(self, loop: _Loop) -> list[ast.stmt]:
        """Go on leaving where an Exit within the loop meant an outer one."""
        return [self.passed_on()] if loop.crossed else []

    def passed_on(self) -> ast.stmt:
        """Leave what is around if `leave` says so."""
        outer = self.around[-1] if self.around else None
        leave = self.name("leave")
        if isinstance(outer, _Loop):
            done = self.when(self.is_number("leave", outer.number), [self.set("leave", self.constant(0))])
            return self.when(leave, [done, self.leave()])
        return self.when(leave, [self.give(leave if isinstance(outer, _Function) else self.result())])

    def of_exit(self, statement: Exit) -> list[ast.stmt]:
        """Compile Exit: of the procedure, or of the nearest loop with that word."""
        if statement.what not in {"do", "for"}:
            return self.exit_procedure()
        innermost = True
        crossed: list[_Loop] = []
        for outer in reversed(self.around):
            if isinstance(outer, _Loop):
                if outer.word == statement.what:
                    return self.exit_to(outer, crossed, innermost=innermost)
                crossed.append(outer)
            innermost = False
        raise AssertionError

    def exit_to(self, target: _Loop, crossed: list[_Loop], *, innermost: bool) -> list[ast.stmt]:
        """Leave a loop, and those within it that are `crossed`."""
        if innermost:
            return [self.leave()]
        for loop in crossed:
            loop.crossed = True
        if isinstance(self.around[-1], _Function):
            return [self.give(self.constant(target.number))]
        return [self.set("leave", self.constant(target.number)), self.leave()]

    def exit_procedure(self) -> list[ast.stmt]:
        """Leave the procedure, from within its outlined functions too."""
        if not any(isinstance(outer, _Function) for outer in self.around):
            return [self.give(self.result())]
        for outer in self.around:
            if isinstance(outer, _Loop):
                outer.crossed = True
        return [self.give(self.constant(_PROCEDURE))]

    def result(self) -> ast.expr:
        """Tell what the procedure returns."""
        cell = self.variable(self.scope.result) if self.scope.result else None
        return self.name("EMPTY") if cell is None else self.content(cell)

    def of_loop(self, statement: Loop) -> list[ast.stmt]:
        """Compile Do and While."""
        before = self.ending(statement.before, until=statement.until, failed=False)
        body, loop = self.loop_body(statement.word, statement.body, [])
        self.place(statement.end)
        after = self.ending(statement.after, until=statement.until, failed=True)
        self.place(statement.at)
        return [self.forever([*before, *body, *after]), *self.after_loop(loop)]

    def ending(self, condition: Expression | None, *, until: bool, failed: bool) -> list[ast.stmt]:
        """Leave the loop when its condition says so; one that fails leads to the next statement."""
        if condition is None:
            return []
        test = self.condition(condition)
        over = test if until else self.inverted(test)
        if not self.resuming:
            return [self.when(over, [self.leave()])]
        name = self.temporary("over")
        return [*self.attempt(name, over, self.constant(failed)), self.when(self.name(name), [self.leave()])]

    def of_for(self, statement: For) -> list[ast.stmt]:
        """Compile For."""
        last, step = self.temporary("last"), self.temporary("step")
        increment: ast.expr = self.constant(1) if statement.step is None else self.call("for_value", self.value(statement.step))
        begin = [
            *self.assign_name(statement.variable, self.call("for_value", self.value(statement.first)), by_set=False),
            self.set(last, self.call("for_value", self.value(statement.last))),
            self.set(step, increment),
        ]
        variable = self.value(statement.variable)
        count_on = self.simple(self.assign_name(statement.variable, self.call("add", variable, self.name(step)), by_set=False))
        on = self.call("counts_on", self.value(statement.variable), self.name(last), self.name(step))
        if self.resuming:
            return self.resuming_for(statement, begin, on, count_on, last)
        body, loop = self.loop_body("for", statement.body, count_on)
        return [*begin, self.forever([self.when(self.inverted(on), [self.leave()]), *body]), *self.after_loop(loop)]

    def resuming_for(self, statement: For, begin: list[ast.stmt], on: ast.expr, count_on: list[ast.stmt], last: str) -> list[ast.stmt]:
        """For whose beginning may fail: the body runs once, and Next raises 92."""
        over = self.temporary("over")
        begin = [self.set(last, self.constant(None)), self.guarded(begin, [*self.rescue(), self.set(last, self.constant(None))])]
        uninitialised = ast.Compare(self.name(last), [ast.Is()], [self.constant(None)], **self.where)
        failing = [*self.simple([self.do(self.failure(92, ""))]), self.leave()]
        body, loop = self.loop_body("for", statement.body, [self.when(uninitialised, failing), *count_on])
        test = self.when(
            ast.Compare(self.name(last), [ast.IsNot()], [self.constant(None)], **self.where),
            [*self.attempt(over, self.inverted(on), self.constant(True)), self.when(self.name(over), [self.leave()])],
        )
        return [*begin, self.forever([test, *body]), *self.after_loop(loop)]

    def of_for_each(self, statement: ForEach) -> list[ast.stmt]:
        """Compile For Each; where it can't begin, On Error Resume Next runs the body once and Next raises 92."""
        items, item = self.temporary("items"), self.temporary("item")
        begin = self.attempt(items, self.call("each", self.value(statement.items)), self.constant(None))
        take = self.attempt(item, self.call("following", self.name(items)), self.constant(None))
        store = self.simple(self.assign_name(statement.variable, self.call("copied", self.name(item)), by_set=True))
        exhausted = self.when(ast.Compare(self.name(item), [ast.Is()], [self.constant(None)], **self.where), [self.leave()])
        body, loop = self.loop_body("for", statement.body, [])
        done = [self.set(items, self.constant(None)), self.set(item, self.constant(None))]
        if not self.resuming:
            return [*begin, self.forever([*take, exhausted, *store, *body]), *done, *self.after_loop(loop)]
        missing = ast.Compare(self.name(items), [ast.Is()], [self.constant(None)], **self.where)
        once = self.when(missing, [*self.simple([self.do(self.failure(92, ""))]), self.leave()])
        present = self.when(self.inverted(missing), [*take, exhausted, *store])
        return [*begin, self.forever([present, *body, once]), *done, *self.after_loop(loop)]

    # With

    def with_block(self, statement: With) -> list[ast.stmt]:
        """Compile With: its object waits in a variable of Python's."""
        name = self.temporary("with")
        begin = self.attempt(name, self.value(statement.target), self.name("NOTHING"))
        self.with_names.append(name)
        body = self.inner(statement.body)
        self.with_names.pop()
        self.place(statement.at)
        return [*begin, *body, self.set(name, self.constant(None))]


_COMPILE: Final = {
    Assign: Blocks.of_assign,
    Invoke: Blocks.of_invoke,
    Dim: Blocks.dim,
    Const: Blocks.const,
    ReDim: Blocks.of_redim,
    Erase: Blocks.of_erase,
    If: Blocks.of_if,
    Select: Blocks.of_select,
    For: Blocks.of_for,
    ForEach: Blocks.of_for_each,
    Loop: Blocks.of_loop,
    With: Blocks.with_block,
    Exit: Blocks.of_exit,
    OnError: Blocks.on_error,
}
