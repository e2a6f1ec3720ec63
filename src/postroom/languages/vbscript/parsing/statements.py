"""The parser of statements."""

from postroom.languages.vbscript.parsing.blocks import Blocks
from postroom.languages.vbscript.parsing.lexer import Kind, Token
from postroom.languages.vbscript.parsing.reading import DEEPEST_EXPRESSION
from postroom.languages.vbscript.parsing.syntax import (
    Assign,
    At,
    Call,
    Const,
    Declared,
    Dim,
    Erase,
    Exit,
    Expression,
    Grouped,
    Invoke,
    Literal,
    Me,
    Member,
    Name,
    OnError,
    ReDim,
    Statement,
    WithObject,
)
from postroom.languages.vbscript.values import Currency, Date, Long, Value

_ENDING_WORDS = ("else", "elseif", "end")
"""Words before which a statement on one line with an If or a Sub ends."""
_BEGINNINGS = frozenset(
    "call class const dim do erase exit for function if on option private property public redim select set stop sub while with".split()
)
"""Words that begin a statement, each read by the method `read_<word>`."""


class Statements(Blocks):
    """Reads statements that are no blocks; blocks come from its parent."""

    def statement(self) -> list[Statement]:
        """Read one statement; several for `Erase a, b`."""
        token = self.token
        if token.kind is Kind.NAME and token.text in _BEGINNINGS:
            found: list[Statement] = getattr(self, f"read_{token.text}")()
            return found
        if token.kind not in {Kind.NAME, Kind.BRACKETED, Kind.DOT} and not self.sign("."):
            self.fail(1002 if token.kind is Kind.SIGN else 1024)
        return [self.call_or_assignment()]

    def over(self) -> bool:
        """Tell whether the statement may end here."""
        return self.ended() or self.word(*_ENDING_WORDS)

    # calls and assignments

    def call_or_assignment(self) -> Statement:
        """Read a statement that begins with a name: only what follows tells a call from an assignment."""
        at = self.at()
        target, opened = self.callee()
        if self.sign("="):
            return self.assignment(at, target, by_set=False)
        last = target.args if isinstance(target, Call) and opened is not None else None
        if last is not None and isinstance(target, Call):
            if self.over():
                return self.parenthesised(at, target, opened)
            if len(last) == 1 and (self.sign(",") or self.operator()):
                self.back_to(opened or 0)
                return Invoke(at, target.target, self.listed())
        if self.over():
            return Invoke(at, target, ())
        return Invoke(at, target, self.listed())

    def parenthesised(self, at: At, target: Call, opened: int | None) -> Statement:
        """Make a call of `Foo(a)`: by value; more arguments want Call."""
        if len(target.args) > 1:
            self.fail(1044, self.tokens[opened or 0])
        args = tuple(None if arg is None else Grouped(arg) for arg in target.args)
        return Invoke(at, target.target, args)

    def callee(self) -> tuple[Expression, int | None]:
        """Read what a statement begins with, and where its last parenthesis opened if it ends with one."""
        found = self.first_of_callee()
        opened: int | None = None
        depth = self.depth
        while True:
            self.deeper(DEEPEST_EXPRESSION)
            if self.sign("."):
                self.advance()
                token = self.member_name()
                found, opened = Member(found, token.text, token.spelling), None
            elif self.sign("("):
                opened = self.index
                found = Call(found, self.arguments())
            else:
                self.depth = depth
                return found, opened

    def first_of_callee(self) -> Expression:
        """Read the first name of a callee; raises 1038 and 1055 for ends of loops without beginning."""
        if self.token.kind is Kind.DOT or self.sign("."):
            self.advance()
            token = self.member_name()
            return Member(WithObject(), token.text, token.spelling)
        if self.take_word("me"):
            return Me()
        if self.word("loop", "next", "wend", "case", "end", "else", "elseif", "until", "then", "to"):
            self.fail({"loop": 1038, "next": 1055}.get(self.token.text, 1002))
        token = self.name()
        return Name(token.text, token.spelling)

    def assignment(self, at: At, target: Expression, *, by_set: bool) -> Statement:
        """Read `= value`."""
        self.need_sign("=", 1011)
        if isinstance(target, Me):
            self.fail(1037)
        return Assign(at, target, self.expression(), by_set)

    def read_call(self) -> list[Statement]:
        """Read Call."""
        at = self.at()
        self.advance()
        target, opened = self.callee()
        if isinstance(target, Call) and opened is not None:
            return [Invoke(at, target.target, target.args)]
        return [Invoke(at, target, ())]

    def read_set(self) -> list[Statement]:
        """Read Set."""
        at = self.at()
        self.advance()
        target, _ = self.callee()
        return [self.assignment(at, target, by_set=True)]

    # declarations

    def read_dim(self) -> list[Statement]:
        """Read Dim."""
        at = self.at()
        self.advance()
        return [Dim(at, self.variables(private=False))]

    def variables(self, *, private: bool) -> tuple[Declared, ...]:
        """Read the names of a declaration with their bounds."""
        found = [self.variable(private=private)]
        while self.take_sign(","):
            found.append(self.variable(private=private))
        return tuple(found)

    def variable(self, *, private: bool) -> Declared:
        """Read one declared name with its bounds."""
        token = self.name()
        bounds: tuple[int, ...] | None = None
        if self.take_sign("("):
            bounds = self.bounds()
        return Declared(token.text, token.spelling, bounds, private)

    def bounds(self) -> tuple[int, ...]:
        """Read the bounds of a declared array; raises 1026 for what is no whole number."""
        if self.take_sign(")"):
            return ()
        found: list[int] = []
        while True:
            value = self.advance().value
            if type(value) not in {int, Long}:
                self.fail(1026, self.tokens[self.index - 1])
            found.append(value)
            if not self.take_sign(","):
                break
        self.need_sign(")", 1006)
        return tuple(found)

    def read_const(self) -> list[Statement]:
        """Read Const."""
        at = self.at()
        self.advance()
        values = [self.constant()]
        while self.take_sign(","):
            values.append(self.constant())
        return [Const(at, tuple(values))]

    def constant(self) -> tuple[str, Value]:
        """Read one constant; raises 1045 for what is no literal."""
        name = self.name()
        self.need_sign("=", 1011)
        token = self.token
        value = self.operand()
        while isinstance(value, Grouped):
            value = value.inner
        if isinstance(value, Literal):
            return name.text, value.value
        number = getattr(getattr(value, "operand", None), "value", None)
        if not isinstance(number, int | float) or getattr(value, "sign", "") not in {"-", "+"} or isinstance(number, Date | Currency):
            self.fail(1045, token)
        return name.text, type(number)(-number if getattr(value, "sign", "") == "-" else number)

    def read_redim(self) -> list[Statement]:
        """Read ReDim: a statement for each name."""
        self.advance()
        preserve = self.word("preserve") and self.ahead().kind is not Kind.SIGN and self.take_word("preserve")
        found: list[Statement] = []
        while True:
            at = self.at()
            target, _ = self.callee()
            if not isinstance(target, Call) or not target.args:
                self.fail(1005)
            bounds = tuple(arg for arg in target.args if arg is not None)
            if len(bounds) != len(target.args):
                self.fail(1023)
            found.append(ReDim(at, target.target, bounds, preserve))
            if not self.take_sign(","):
                return found

    def read_erase(self) -> list[Statement]:
        """Read Erase: a statement for each array."""
        self.advance()
        found: list[Statement] = []
        while True:
            at = self.at()
            found.append(Erase(at, self.postfixed()))
            if not self.take_sign(","):
                return found

    # jumps and errors

    def read_exit(self) -> list[Statement]:
        """Read Exit; raises 1039 outside of what it names."""
        at = self.at()
        self.advance()
        word = self.advance().text
        allowed = word in self.loops if word in {"do", "for"} else word == self.procedure and word != ""
        if not allowed:
            self.fail(1039, self.tokens[self.index - 1])
        return [Exit(at, word)]

    def read_on(self) -> list[Statement]:
        """Read On Error."""
        at = self.at()
        self.advance()
        self.need_word("error", 1002)
        if self.take_word("resume"):
            self.need_word("next", 1020)
            return [OnError(at, resume=True)]
        self.need_word("goto", 1002)
        zero: Token = self.advance()
        if zero.kind is not Kind.LITERAL or zero.value != 0:
            self.fail(1002, zero)
        return [OnError(at, resume=False)]

    def read_stop(self) -> list[Statement]:
        """Read Stop, which does nothing without a debugger."""
        if self.ahead().kind is Kind.SIGN:
            return [self.call_or_assignment()]
        self.advance()
        return []
