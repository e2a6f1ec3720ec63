"""What a VBScript file uses, by its syntax."""

from __future__ import annotations

from postroom.languages.vbscript.compiler.units import compile_text, with_room
from postroom.languages.vbscript.errors import CompileError
from postroom.languages.vbscript.parsing import syntax
from postroom.languages.vbscript.parsing.parser import parse
from postroom.scripting.checking.uses import CALL, CREATED, NO_WSCRIPT, Chain, Function, Note, Uses

AT_RUN_TIME = {"execute", "executeglobal", "eval"}
NOBODY_SITS_THERE = {"msgbox", "inputbox"}


def uses_of(text: str) -> Uses:
    """Find what a text uses; what is no VBScript is a problem."""
    found = Uses("VBScript", cases=False)
    try:
        compile_text(text)
        with_room()
        unit = parse(text)
    except CompileError as error:
        found.problems.append(Note(error.line, f"{error.source}: {error.report}"))
        return found
    Walk(found, "").statements(unit.body)
    for procedure in unit.procedures:
        found.functions.append(Function(procedure.at.line, procedure.spelling, tuple(one.name for one in procedure.parameters)))
        Walk(found, procedure.name).statements(procedure.body)
    for each in unit.classes:
        for member in each.members:
            Walk(found, f"{each.name}.{member.name}").statements(member.body)
    return found


class Walk:
    """Goes through the statements of one procedure."""

    def __init__(self, found: Uses, scope: str) -> None:
        self._found = found
        self._scope = scope
        self._with: list[Chain | None] = []
        self._line = 0

    def statements(self, body: tuple[syntax.Statement, ...]) -> None:
        """Look at statements, one after another."""
        for statement in body:
            self.statement(statement)

    def statement(self, statement: syntax.Statement) -> None:
        """Look at one statement and those within it."""
        self._line = statement.at.line
        match statement:
            case syntax.Assign(target=syntax.Name() as variable, value=value):
                self.expression(value)
                chain = self.chain(value)
                if chain is not None:
                    self._found.bind(self._scope, variable.name, chain)
            case syntax.ForEach(variable=variable, items=items, body=body):
                self.expression(items)
                chain = self.chain(items)
                if chain is not None:
                    self._found.bind(self._scope, variable.name, chain, item=True)
                self.statements(body)
            case syntax.With(target=target, body=body):
                self.expression(target)
                self._with.append(self.chain(target))
                self.statements(body)
                self._with.pop()
            case syntax.Invoke(target=target, args=args):
                self.expression(syntax.Call(target, args))
            case _:
                self.parts(statement)

    def parts(self, node: object) -> None:
        """Look at whatever a statement or an expression consists of."""
        if not isinstance(node, tuple):
            return
        for part in node:
            if isinstance(part, _STATEMENTS):
                self.statement(part)
            elif isinstance(part, _EXPRESSIONS):
                self.expression(part)
            elif not isinstance(part, syntax.At):
                self.parts(part)

    def expression(self, node: syntax.Expression) -> None:
        """Look at an expression: its whole chain, and the arguments within."""
        chain = self.chain(node)
        if chain is not None and (len(chain) > 1 or chain[0].startswith(CREATED)):
            self._found.use(self._scope, self._line, chain)
        self.inner(node)

    def inner(self, node: object) -> None:
        """Look at what is within a chain, which itself has been looked at."""
        match node:
            case syntax.Member(target=target):
                self.inner(target)
            case syntax.Call(target=target, args=args):
                self.called(target, args)
                self.inner(target)
                for arg in args:
                    if arg is not None:
                        self.expression(arg)
            case syntax.Name(name="wscript"):
                self._found.problems.append(Note(self._line, NO_WSCRIPT))
            case syntax.Name() | syntax.Literal():
                return
            case _:
                self.parts(node)

    def called(self, target: syntax.Expression, args: tuple[syntax.Expression | None, ...]) -> None:
        """Look at a call by name of what deserves a word."""
        if not isinstance(target, syntax.Name):
            return
        if target.name in AT_RUN_TIME:
            self._found.notes.append(Note(self._line, f"{target.spelling}: text that is made at run time is not looked at."))
        elif target.name in NOBODY_SITS_THERE:
            self._found.problems.append(Note(self._line, f"{target.spelling} is error 70 on a server: nobody sits before it."))
        elif target.name == "getobject":
            self._found.problems.append(Note(self._line, "GetObject of a path or moniker is error 432: there are no such objects here."))
        elif target.name == "createobject" and len(args) > 1:
            self._found.problems.append(Note(self._line, "CreateObject makes no objects on other machines: the second argument is ignored."))

    def chain(self, node: object) -> Chain | None:
        """Give the chain of an expression, None for one that is none."""
        match node:
            case syntax.Name(spelling=spelling):
                return (spelling,)
            case syntax.WithObject():
                return self._with[-1] if self._with else None
            case syntax.Grouped(inner=inner):
                return self.chain(inner)
            case syntax.Member(target=syntax.Name(name="wscript"), name="createobject"):
                return ("CreateObject",)
            case syntax.Member(target=target, spelling=spelling):
                before = self.chain(target)
                return None if before is None else (*before, spelling)
            case syntax.Call(target=target, args=args):
                before = self.chain(target)
                if before is not None and len(before) == 1 and before[0].lower() == "createobject":
                    first = args[0] if args else None
                    return (CREATED + (first.value if isinstance(first, syntax.Literal) and isinstance(first.value, str) else ""),)
                return None if before is None else (*before, CALL)
        return None


_STATEMENTS = (
    *(syntax.Assign, syntax.Invoke, syntax.Dim, syntax.Const, syntax.ReDim, syntax.Erase, syntax.If, syntax.Select, syntax.For, syntax.ForEach),
    *(syntax.Loop, syntax.With, syntax.Exit, syntax.OnError),
)
_EXPRESSIONS = (
    *(syntax.Literal, syntax.Name, syntax.Me, syntax.WithObject, syntax.Member, syntax.Call, syntax.New, syntax.Grouped, syntax.Unary, syntax.Chain),
)
