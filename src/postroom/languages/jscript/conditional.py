"""Conditional compilation: `@cc_on`, `@if` ... `@elif` ... `@else` ... `@end`, `@set`, and the variables that JScript predefines.

What is not compiled becomes spaces, so that nothing moves. A text without an `@` is not looked at.
"""

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from postroom.languages.jscript.errors import JScriptSyntaxError
from postroom.languages.jscript.tokens import CONDITIONAL, NUMBER, Reader, Token

Number = float | int | bool

PREDEFINED: Final[dict[str, Number]] = {"@_win32": True, "@_x86": True, "@_jscript": True, "@_jscript_build": 18702, "@_jscript_version": 5.8}
"""What JScript 5.8 on Windows has set: scripts ask it whether they are at home."""

DEEPEST: Final = 100
"""Parentheses and signs within each other, in the condition of an `@if`."""

_BINARY: Final[dict[str, tuple[int, Callable[[Number, Number], Number]]]] = {
    "||": (1, lambda one, other: one if _holds(one) else other),
    "&&": (2, lambda one, other: other if _holds(one) else one),
    "|": (3, lambda one, other: _whole(one) | _whole(other)),
    "^": (4, lambda one, other: _whole(one) ^ _whole(other)),
    "&": (5, lambda one, other: _whole(one) & _whole(other)),
    **{text: (6, same) for text, same in (("==", operator.eq), ("===", operator.eq), ("!=", operator.ne), ("!==", operator.ne))},
    **{text: (7, order) for text, order in (("<", operator.lt), ("<=", operator.le), (">", operator.gt), (">=", operator.ge))},
    "<<": (8, lambda one, other: _whole(_whole(one) << (_whole(other) & 31))),
    ">>": (8, lambda one, other: _whole(one) >> (_whole(other) & 31)),
    ">>>": (8, lambda one, other: (_whole(one) & 0xFFFFFFFF) >> (_whole(other) & 31)),
    "+": (9, operator.add),
    "-": (9, operator.sub),
    "*": (10, lambda one, other: float(one) * other),
    "/": (10, lambda one, other: one / other if other else math.nan),
    "%": (10, lambda one, other: math.fmod(one, other) if other and not math.isinf(one) else math.nan),
}
_UNARY: Final[dict[str, Callable[[Number], Number]]] = {
    "!": lambda value: not _holds(value),
    "~": lambda value: ~_whole(value),
    "+": lambda value: +value,
    "-": lambda value: -value,
}


def _holds(value: Number) -> bool:
    """Tell whether a condition holds: not for NaN, which an unknown variable is."""
    return bool(value) and not math.isnan(value)


def _whole(value: Number) -> int:
    """Give the 32 bits with sign that a bitwise operator sees."""
    number = int(value) & 0xFFFFFFFF if math.isfinite(value) else 0
    return number - (1 << 32) if number >= 1 << 31 else number


@dataclass(slots=True)
class Branch:
    """An `@if` that is open: whether the code around it lives, whether one of its parts has been taken, whether this part is."""

    outer: bool
    taken: bool
    alive: bool


@dataclass(slots=True)
class Conditional:
    """Works through the directives of a text."""

    tokens: list[Token]
    text: str
    variables: dict[str, Number] = field(default_factory=lambda: dict(PREDEFINED))
    index: int = 0
    depth: int = 0
    branches: list[Branch] = field(default_factory=list)
    blank: list[tuple[int, int]] = field(default_factory=list)
    values: dict[int, str] = field(default_factory=dict)
    """Where a variable stands in code, and what it is there."""

    @property
    def alive(self) -> bool:
        """Whether the code here is compiled."""
        return not self.branches or self.branches[-1].alive

    def work(self) -> None:
        """Find what is not compiled, and what variables are; raises JScriptSyntaxError."""
        dead_from = 0
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.kind != CONDITIONAL:
                continue
            if token.text not in _DIRECTIVES:
                if self.alive:
                    self.values[token.start] = _written(self.variables.get(token.text, math.nan))
                continue
            start = token.start if self.alive else dead_from
            _DIRECTIVES[token.text](self, token)
            end = self.tokens[self.index - 1].end
            self.blank.append((start, end))
            dead_from = end
        if self.branches:
            raise self.error(1029, self.tokens[-1])

    def error(self, number: int, token: Token) -> JScriptSyntaxError:
        """Make an error that points to a token."""
        before = self.text[: token.start]
        return JScriptSyntaxError(number, "", before.count("\n") + 1, token.start - before.rfind("\n")).located(self.text)

    def begin(self, token: Token) -> None:
        """Do `@if (condition)`."""
        outer = self.alive
        holds = _holds(self.condition(token))
        self.branches.append(Branch(outer, holds, outer and holds))

    def otherwise_if(self, token: Token) -> None:
        """Do `@elif (condition)`."""
        branch = self.innermost(token)
        holds = _holds(self.condition(token))
        branch.alive = branch.outer and holds and not branch.taken
        branch.taken = branch.taken or holds

    def otherwise(self, token: Token) -> None:
        """Do `@else`."""
        branch = self.innermost(token)
        branch.alive = branch.outer and not branch.taken
        branch.taken = True

    def finish(self, token: Token) -> None:
        """Do `@end`."""
        self.innermost(token)
        self.branches.pop()

    def innermost(self, token: Token) -> Branch:
        """Give the `@if` that is open; raises 1002."""
        if not self.branches:
            raise self.error(1002, token)
        return self.branches[-1]

    def assign(self, token: Token) -> None:
        """Do `@set @name = value`."""
        name = self.take(token)
        if name.kind != CONDITIONAL:
            raise self.error(1032, name)
        if self.take(name).text != "=":
            raise self.error(1011, name)
        value = self.value(0)
        if self.alive:
            self.variables[name.text] = value

    def condition(self, token: Token) -> Number:
        """Read `(condition)`."""
        if self.take(token).text != "(":
            raise self.error(1005, token)
        value = self.value(0)
        closing = self.take(token)
        if closing.text != ")":
            raise self.error(1006, closing)
        return value

    def take(self, token: Token) -> Token:
        """Take the next token; raises 1002 behind the last."""
        if self.index >= len(self.tokens):
            raise self.error(1002, token)
        self.index += 1
        return self.tokens[self.index - 1]

    def value(self, strength: int) -> Number:
        """Compute an expression of constants and variables, whose operators bind stronger than `strength`."""
        result = self.operand()
        while self.index < len(self.tokens):
            found = _BINARY.get(self.tokens[self.index].text)
            if found is None or found[0] <= strength:
                break
            self.index += 1
            try:
                result = found[1](result, self.value(found[0]))
            except OverflowError:
                result = math.inf
        return result

    def operand(self) -> Number:
        """Compute a constant, a variable, a sign or a parenthesis; raises 1031."""
        token = self.take(self.tokens[self.index - 1])
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise self.error(1001, token)
            return self.constant(token)
        finally:
            self.depth -= 1

    def constant(self, token: Token) -> Number:
        """Compute what begins with this token."""
        if token.text in _UNARY:
            return _UNARY[token.text](self.operand())
        if token.text == "(":
            value = self.value(0)
            if self.take(token).text != ")":
                raise self.error(1006, token)
            return value
        if token.kind == CONDITIONAL:
            return self.variables.get(token.text, math.nan)
        if token.text in {"true", "false"}:
            return token.text == "true"
        if token.kind == NUMBER:
            return _number(token.text)
        raise self.error(1031, token)


def _number(text: str) -> Number:
    try:
        return int(text, 16) if text[:2] in {"0x", "0X"} else float(text) if any(char in text for char in ".eE") else int(text[:300])
    except ValueError:
        return math.nan


def _written(value: Number) -> str:
    """Write a variable's value as code."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    return ("Infinity" if value > 0 else "(-Infinity)") if math.isinf(value) else f"({value})" if value < 0 else str(value)


_DIRECTIVES: Final[dict[str, Callable[[Conditional, Token], None]]] = {
    "@cc_on": lambda _, __: None,
    "@set": Conditional.assign,
    "@if": Conditional.begin,
    "@elif": Conditional.otherwise_if,
    "@else": Conditional.otherwise,
    "@end": Conditional.finish,
}


def compiled(text: str) -> tuple[str, dict[int, str]]:
    """Give the text with what is not compiled blanked, and the values of the variables that stand in it, by position.

    Raises JScriptSyntaxError.
    """
    if "@" not in text:
        return text, {}
    reader = Reader(text)
    tokens = reader.read()
    work = Conditional(tokens, text)
    work.work()
    pieces: list[str] = []
    done = 0
    for start, end in sorted([*work.blank, *((start, start + length) for start, length in reader.conditional)]):
        begin = max(start, done)
        if end > begin:
            pieces += (text[done:begin], "".join(char if char in "\r\n\u2028\u2029" else " " for char in text[begin:end]))
            done = end
    return "".join([*pieces, text[done:]]), work.values
