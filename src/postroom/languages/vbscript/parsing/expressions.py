"""The parser of expressions: ranks of operators, and what a name may be followed by."""

from typing import Final

from postroom.languages.vbscript.parsing.lexer import Kind
from postroom.languages.vbscript.parsing.reading import DEEPEST_EXPRESSION, RESERVED, Reader
from postroom.languages.vbscript.parsing.syntax import Call, Chain, Expression, Grouped, Literal, Me, Member, Name, New, Unary, WithObject
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL

_CONSTANTS: Final = {"true": True, "false": False, "null": NULL, "empty": EMPTY, "nothing": NOTHING}
_COMPARISONS: Final = ("=", "<>", "<", ">", "<=", ">=")
RANKS: Final = (
    ("imp",),
    ("eqv",),
    ("xor",),
    ("or",),
    ("and",),
    ("not",),
    (*_COMPARISONS, "is"),
    ("&",),
    ("+", "-"),
    ("mod",),
    ("\\",),
    ("*", "/"),
    ("negative",),
    ("^",),
)
"""From the loosest to the tightest; `not` and `negative` stand before their operand."""
_NOT = RANKS.index(("not",))
_NEGATIVE = RANKS.index(("negative",))
_POWER = RANKS.index(("^",))
_RANK_OF: Final = {sign: rank for rank, signs in enumerate(RANKS) for sign in signs if rank not in {_NOT, _NEGATIVE}}


class Expressions(Reader):
    """Reads expressions."""

    def expression(self) -> Expression:
        """Read an expression; raises 1023 where none begins."""
        self.deeper(DEEPEST_EXPRESSION)
        found = self.ranked(0)
        self.depth -= 1
        return found

    def operator(self) -> str:
        """Look at the operator that is next, "" if there is none."""
        token = self.token
        return token.text if token.kind in {Kind.SIGN, Kind.NAME} and token.text in _RANK_OF else ""

    def ranked(self, loosest: int) -> Expression:
        """Read operands joined by operators of that rank or a tighter one, without a step for each rank."""
        left = self.operand()
        sign = self.operator()
        while sign and _RANK_OF[sign] >= loosest:
            rank = _RANK_OF[sign]
            rest: list[tuple[str, Expression]] = []
            while sign and _RANK_OF[sign] == rank:
                self.advance()
                rest.append((sign, self.right_operand(rank)))
                sign = self.operator()
            left = Chain(left, tuple(rest))
        return left

    def right_operand(self, rank: int) -> Expression:
        """Read what stands right of an operator: all that binds tighter."""
        self.deeper(DEEPEST_EXPRESSION)
        found = self.ranked(rank + 1)
        self.depth -= 1
        return found

    def operand(self) -> Expression:
        """Read one operand with the signs before it."""
        if self.sign("-", "+"):
            return self.unary(self.advance().text, _NEGATIVE)
        if self.take_word("not"):
            return self.unary("not", _NOT)
        return self.postfixed()

    def unary(self, sign: str, rank: int) -> Expression:
        """Read what a sign or Not stands before; a negative number is one literal."""
        self.deeper(DEEPEST_EXPRESSION)
        operand = self.ranked(rank + 1)
        self.depth -= 1
        if sign == "-" and isinstance(operand, Literal) and type(operand.value) is int and operand.value:
            return Literal(-operand.value)
        return Unary(sign, operand)

    def postfixed(self) -> Expression:
        """Read a value with its `.member` and `(args)`."""
        found = self.primary()
        depth = self.depth
        while not isinstance(found, Literal):
            self.deeper(DEEPEST_EXPRESSION)
            if self.sign(".") or self.token.kind is Kind.DOT:
                self.advance()
                token = self.member_name()
                found = Member(found, token.text, token.spelling)
            elif self.sign("("):
                found = Call(found, self.arguments())
            else:
                break
        self.depth = depth
        return found

    def primary(self) -> Expression:
        """Read a value without what follows it; raises 1023 where none begins."""
        token = self.token
        if token.kind is Kind.LITERAL:
            return Literal(self.advance().value)
        if token.kind is Kind.DOT or self.sign("."):
            return self.of_with()
        if self.take_sign("("):
            inner = self.expression()
            self.need_sign(")", 1006)
            return Grouped(inner)
        if token.kind is Kind.BRACKETED:
            return Name(self.advance().text, token.spelling)
        if token.kind is not Kind.NAME:
            self.fail(1023 if token.kind is not Kind.SIGN else 1002)
        return self.worded()

    def of_with(self) -> Expression:
        """Read `.Name`, a member of the With object."""
        self.advance()
        token = self.member_name()
        return Member(WithObject(), token.text, token.spelling)

    def worded(self) -> Expression:
        """Read a primary that begins with a word."""
        token = self.token
        if token.text in _CONSTANTS:
            self.advance()
            return Literal(_CONSTANTS[token.text])
        if self.take_word("me"):
            return Me()
        if self.take_word("new"):
            name = self.name()
            return New(name.text, name.spelling)
        if token.text in RESERVED:
            self.fail(1002)
        return Name(self.advance().text, token.spelling)

    def arguments(self) -> tuple[Expression | None, ...]:
        """Read `(args)`; an empty place between commas is None."""
        self.advance()
        if self.take_sign(")"):
            return ()
        found = self.listed()
        self.need_sign(")", 1006)
        return found

    def listed(self) -> tuple[Expression | None, ...]:
        """Read arguments up to a closing parenthesis or the statement's end."""
        found: list[Expression | None] = []
        while True:
            omitted = self.sign(",", ")") or self.ended()
            found.append(None if omitted else self.expression())
            if not self.take_sign(","):
                return tuple(found)
