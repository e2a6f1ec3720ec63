"""Expressions to Python."""

import ast
from itertools import count
from typing import Final

from postroom.languages.vbscript.compiler.nodes import Nodes
from postroom.languages.vbscript.compiler.scopes import Meaning, Scope
from postroom.languages.vbscript.functions import CONSTANTS, FUNCTIONS
from postroom.languages.vbscript.parsing.syntax import Call, Chain, Expression, Grouped, Literal, Me, Member, Name, New, Unary, WithObject
from postroom.languages.vbscript.runtime.naming import BUILTIN, FIELD, GLOBAL, LOCAL, PROCEDURE, mangled
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Value

LEFT_HARD: Final = 1
RIGHT_HARD: Final = 2
_LONGEST_CHAIN: Final = 30
"""Operators of one rank that are nested; longer chains go to the run as a list."""
_ARITHMETIC: Final = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "\\": "divide_whole", "mod": "modulo", "^": "power", "&": "concatenate",
    "and": "both", "or": "either", "xor": "exclusive", "eqv": "equivalent", "imp": "implies", "is": "same",
}  # fmt: skip
COMPARISONS: Final = {"=": "equal", "<>": "unequal", "<": "less", ">": "greater", "<=": "at_most", ">=": "at_least"}
OPERATIONS: Final = {**_ARITHMETIC, **COMPARISONS}
_SENTINELS: Final = {id(EMPTY): "EMPTY", id(NULL): "NULL", id(NOTHING): "NOTHING"}
SPECIAL: Final = ("eval", "execute", "executeglobal", "getref")
"""Functions of the language that need the place where they are called."""
_serial = count()


class Values(Nodes):
    """Compiles expressions in one scope."""

    def __init__(self, literals: dict[str, Value]) -> None:
        super().__init__()
        self.literals = literals
        self.scope: Scope
        self.with_names: list[str] = []
        self.dynamic = "None"

    # names

    def scope_node(self) -> ast.expr:
        """Tell what the run's searches take as the scope."""
        return self.constant(None) if self.dynamic == "None" else self.name(self.dynamic)

    def named(self, function: str, name: str, *args: ast.expr) -> ast.expr:
        """Make a search of the run by name."""
        return self.call(f"name_{function}", self.constant(name), self.scope_node(), self.constant(self.scope.unit.explicit), *args)

    def variable(self, name: str) -> ast.expr | None:
        """Give the cell of a variable that the compiler knows, else None."""
        meaning = self.scope.meaning(name)
        if meaning is Meaning.LOCAL:
            return self.name(mangled(LOCAL, name))
        if meaning is Meaning.FIELD:
            return self.attribute(self.name("me"), mangled(FIELD, name))
        return self.name(mangled(GLOBAL, name)) if meaning in {Meaning.GLOBAL, Meaning.CONSTANT} else None

    def is_constant(self, name: str) -> bool:
        """Tell whether a name is a Const in sight."""
        meaning = self.scope.meaning(name)
        return meaning is Meaning.CONSTANT or (meaning is Meaning.LOCAL and name in self.scope.constants)

    # expressions

    def value(self, expression: Expression) -> ast.expr:
        """Compile an expression to its value."""
        return _COMPILE[type(expression)](self, expression)  # type: ignore[operator, no-any-return]

    def of_literal(self, expression: Literal) -> ast.expr:
        """Compile a literal."""
        return self.literal(expression.value)

    def literal(self, value: Value) -> ast.expr:
        """Make a value written out; those that Python's constants can't hold get a global name."""
        if id(value) in _SENTINELS:
            return self.name(_SENTINELS[id(value)])
        if type(value) in {int, float, str, bool}:
            return self.constant(value)
        name = f"k_{next(_serial)}"
        self.literals[name] = value
        return self.name(name)

    def of_name(self, expression: Name) -> ast.expr:
        """Compile a name that is read."""
        cell = self.variable(expression.name)
        return self.content(cell) if cell is not None else self.called(expression, ())

    def called(self, callee: Name, args: tuple[Expression | None, ...]) -> ast.expr:
        """Make a call of a name that is no variable in sight, with or without arguments."""
        name = callee.name
        meaning = self.scope.meaning(name)
        if meaning is Meaning.MEMBER:
            return self.call("own", self.name("me"), self.constant(name), *self.cells(args))
        if meaning is Meaning.PROCEDURE:
            return self.procedure_call(callee, args, wanted=True)
        if meaning is Meaning.BUILTIN:
            return self.builtin_call(callee, args)
        if meaning is Meaning.NAMED and not args:
            return self.literal(CONSTANTS[name])
        if meaning is Meaning.ERR:
            return self.call("member", self.name("err"), self.constant(""), self.constant("Err."), *self.cells(args)) if args else self.name("err")
        if name in SPECIAL:
            return self.special_call(callee, args)
        return self.named("invoke", name, *self.cells(args)) if args else self.named("value", name)

    def procedure_call(self, callee: Name, args: tuple[Expression | None, ...], *, wanted: bool) -> ast.expr:
        """Make a call of a procedure of this unit."""
        procedure = self.scope.unit.procedures[callee.name]
        if wanted and procedure.kind == "sub":
            return self.failure(13, callee.spelling)
        if len(args) != len(procedure.parameters):
            return self.failure(450, callee.spelling)
        return self.call(mangled(PROCEDURE, callee.name), *self.cells(args))

    def builtin_call(self, callee: Name, args: tuple[Expression | None, ...]) -> ast.expr:
        """Make a call of a function of the language."""
        builtin = FUNCTIONS[callee.name]
        if len(args) < builtin.least or (builtin.most is not None and len(args) > builtin.most):
            return self.failure(450, builtin.name)
        return self.call(BUILTIN + callee.name, *self.values(args))

    def special_call(self, callee: Name, args: tuple[Expression | None, ...]) -> ast.expr:
        """Eval, Execute, ExecuteGlobal, GetRef."""
        if len(args) != 1 or args[0] is None:
            return self.failure(450, callee.spelling)
        value = self.value(args[0])
        if callee.name == "getref":
            return self.call("reference", value)
        if callee.name == "executeglobal":
            return self.call("execute_global", value)
        return self.call({"eval": "evaluate"}.get(callee.name, callee.name), value, self.scope_node())

    def failure(self, number: int, detail: str) -> ast.expr:
        """Make an error that comes when the statement runs."""
        return self.call("fail", self.constant(number), self.constant(detail))

    def of_me(self, expression: Me) -> ast.expr:
        """Compile Me."""
        if self.scope.definition is not None:
            return self.name("me")
        return self.call("name_me", self.scope_node())

    def of_with(self, expression: WithObject) -> ast.expr:
        """Compile the With object; raises 505 at run time outside of With."""
        return self.name(self.with_names[-1]) if self.with_names else self.failure(505, "")

    def of_member(self, expression: Member) -> ast.expr:
        """Compile `target.name`."""
        return self.member(expression, ())

    def member(self, expression: Member, args: tuple[Expression | None, ...]) -> ast.expr:
        """Make a member's value."""
        if isinstance(expression.target, Me) and self.scope.definition is not None:
            return self.call("own", self.name("me"), self.constant(expression.name), *self.cells(args))
        target = self.value(expression.target)
        return self.call("member", target, self.constant(expression.name), self.constant(site(expression)), *self.cells(args))

    def of_call(self, expression: Call) -> ast.expr:
        """Compile `target(args)`."""
        target = expression.target
        if isinstance(target, Member):
            return self.member(target, expression.args)
        if not isinstance(target, Name) or not expression.args:
            return self.call_of_value(target, expression.args)
        cell = None if target.name == self.scope.result else self.variable(target.name)
        if cell is not None:
            return self.call("apply", self.content(cell), *self.cells(expression.args))
        return self.recursive(target, expression.args)

    def call_of_value(self, target: Expression, args: tuple[Expression | None, ...]) -> ast.expr:
        """`value(args)` of something else than a name with arguments; `name()` calls a function or is the variable."""
        if isinstance(target, Name) and (target.name == self.scope.result or self.variable(target.name) is None):
            return self.recursive(target, args)
        return self.call("apply", self.value(target), *self.cells(args))

    def recursive(self, callee: Name, args: tuple[Expression | None, ...]) -> ast.expr:
        """Make a call of a name that is no variable, or is the running function itself."""
        if callee.name == self.scope.result and self.scope.definition is not None:
            return self.call("own", self.name("me"), self.constant(callee.name), *self.cells(args))
        if callee.name == self.scope.result:
            return self.procedure_call(callee, args, wanted=True)
        return self.called(callee, args)

    def of_new(self, expression: New) -> ast.expr:
        """Compile New."""
        return self.call("new", self.constant(expression.name), self.constant(expression.spelling))

    def of_grouped(self, expression: Grouped) -> ast.expr:
        """Compile an expression in parentheses: an array is copied, so that no procedure changes the original."""
        value = self.value(expression.inner)
        return self.call("copied", value) if isinstance(expression.inner, Name | Call | Member) else value

    def of_unary(self, expression: Unary) -> ast.expr:
        """Compile a sign or Not."""
        return self.call({"-": "negative", "+": "positive", "not": "inverse"}[expression.sign], self.value(expression.operand))

    def of_chain(self, expression: Chain) -> ast.expr:
        """Operators of one rank: nested where they are few, a list for the run where they are many."""
        signs = [sign for sign, _ in expression.rest]
        operands = [expression.first, *(operand for _, operand in expression.rest)]
        if len(signs) > 1 and set(signs) == {"&"}:
            return self.call("join", *(self.value(operand) for operand in operands))
        if len(signs) > _LONGEST_CHAIN:
            functions = ast.Tuple([self.name(OPERATIONS[sign]) for sign in signs], ast.Load(), **self.where)
            return self.call("fold", functions, *(self.value(operand) for operand in operands))
        found = self.value(operands[0])
        for index, sign in enumerate(signs):
            hard = (LEFT_HARD if index == 0 and is_hard(operands[0]) else 0) | (RIGHT_HARD if is_hard(operands[index + 1]) else 0)
            found = self.operation(sign, found, self.value(operands[index + 1]), hard)
        return found

    def operation(self, sign: str, left: ast.expr, right: ast.expr, hard: int) -> ast.expr:
        """One operator; comparisons are told which side the program writes out."""
        if hard and sign in COMPARISONS:
            return self.call(OPERATIONS[sign], left, right, self.constant(hard))
        return self.call(OPERATIONS[sign], left, right)

    # arguments

    def values(self, args: tuple[Expression | None, ...]) -> list[ast.expr]:
        """Arguments by value, for functions of the language."""
        return [self.name("MISSING") if arg is None else self.value(arg) for arg in args]

    def cells(self, args: tuple[Expression | None, ...]) -> list[ast.expr]:
        """Arguments as cells: variables and elements of arrays are passed themselves."""
        return [self.fresh(self.name("MISSING")) if arg is None else self.argument(arg) for arg in args]

    def argument(self, arg: Expression) -> ast.expr:
        """One argument as a cell."""
        if isinstance(arg, Name):
            return self.name_argument(arg)
        if isinstance(arg, Call) and isinstance(arg.target, Name) and arg.args and arg.target.name != self.scope.result:
            cell = self.variable(arg.target.name)
            if cell is not None:
                return self.call("element", self.content(cell), *self.cells(arg.args))
            if self.scope.meaning(arg.target.name) is Meaning.UNKNOWN and arg.target.name not in SPECIAL:
                return self.named("element", arg.target.name, *self.cells(arg.args))
        return self.fresh(self.value(arg))

    def name_argument(self, arg: Name) -> ast.expr:
        """Compile a name as an argument: a variable is passed itself, a constant by value."""
        cell = self.variable(arg.name)
        if cell is not None:
            return self.fresh(self.content(cell)) if self.is_constant(arg.name) else cell
        if self.scope.meaning(arg.name) is Meaning.UNKNOWN and arg.name not in SPECIAL:
            return self.named("cell", arg.name)
        return self.fresh(self.value(arg))


def is_hard(expression: Expression) -> bool:
    """Tell whether the program writes a value out, which makes it lead in comparisons."""
    if isinstance(expression, Unary):
        return is_hard(expression.operand)
    return isinstance(expression, Literal) and isinstance(expression.value, str | float | int) and type(expression.value) is not bool


def site(expression: Member) -> str:
    """Tell what a report says of a member: `target.member` as written."""
    target = expression.target
    return f"{target.spelling if isinstance(target, Name | Member) else ''}.{expression.spelling}"


_COMPILE: Final = {
    Literal: Values.of_literal,
    Name: Values.of_name,
    Me: Values.of_me,
    WithObject: Values.of_with,
    Member: Values.of_member,
    Call: Values.of_call,
    New: Values.of_new,
    Grouped: Values.of_grouped,
    Unary: Values.of_unary,
    Chain: Values.of_chain,
}
