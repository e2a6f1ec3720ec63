"""Tables of VBScript expressions and what they give: read, run, and what differs told.

A line is `expression -> result`. Results are written as literals that show the subtype: "text", True, 5 (Integer), 5& (Long), 5b (Byte), 0.5d (Double),
0.5! (Single), 0.5@ (Currency), #1/31/2000 2:05:06 PM# (Date), ["a", 1] (array), Null, Empty, Nothing, or `error 13`. A line that starts with ' is a
comment, `@locale de-de` and `@clock 2024-02-29T13:14:15` begin a new run with that locale or time.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from postroom.languages.vbscript import functions
from postroom.languages.vbscript.builtin import CONSTANTS, FUNCTIONS
from postroom.languages.vbscript.context import CURRENT, Context
from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.dates import general_text, read_date
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import EN_US, named
from postroom.languages.vbscript.numbers import radix_value
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Byte, Currency, Date, Long, Single, Value

assert functions
CLOCK = "2024-02-29T13:14:15.500000"
_WORDS = {"null": NULL, "empty": EMPTY, "nothing": NOTHING, "true": True, "false": False}
_TOKEN = re.compile(r"""\s*(?:("(?:[^"]|"")*")|(\#[^\#]*\#)|(&[hH][0-9a-fA-F]+&?)|(\d*\.?\d+(?:[eE][+-]?\d+)?)|(\w+)|(.))""")


class Row(NamedTuple):
    """One line of a table."""

    line: int
    context: Context
    expression: str
    result: str


def table(path: Path) -> Iterator[Row]:
    """The rows of a file, each with the run that it belongs to."""
    locale, clock = "en-us", CLOCK
    context = fresh(locale, clock)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            locale, clock = (value, clock) if name == "locale" else (locale, value) if name == "clock" else (locale, clock)
            context = fresh(locale, clock)
        elif line.strip() and not line.startswith("'"):
            expression, _, result = line.rpartition(" -> ")
            yield Row(number, context, expression.strip(), result.strip())


def fresh(locale: str, clock: str) -> Context:
    """A run in that locale, at that time."""
    found = named(locale)
    assert found is not None
    moment = datetime.fromisoformat(clock)
    return Context(locale=found, home_locale=found, clock=lambda: moment)


def outcome(row: Row) -> str:
    """What the expression gives, as a table writes it."""
    token = CURRENT.set(row.context)
    try:
        return shown(Expression(row.expression).value())
    except VBScriptError as error:
        return f"error {error.number}"
    finally:
        CURRENT.reset(token)


def shown(value: Value) -> str:
    """A value as a table writes it."""
    if isinstance(value, str):
        return f'"{value}"'.replace("\xa0", "~")
    if type(value) is Array:
        return f"[{', '.join(map(shown, value.items))}]"
    if type(value) is Date:
        return f"#{general_text(value, EN_US)}#"
    for word, one in _WORDS.items():
        if one is value:
            return word.capitalize()
    token = CURRENT.set(Context())
    try:
        return to_text(value) + {int: "", Long: "&", Byte: "b", float: "d", Single: "!", Currency: "@"}[type(value)]
    finally:
        CURRENT.reset(token)


class Expression:
    """Calls, literals, constants, a minus in front and & between: enough of the language for a table."""

    def __init__(self, text: str) -> None:
        self.tokens = [match.groups() for match in _TOKEN.finditer(text.strip())]
        self.place = 0

    def value(self) -> Value:
        """The whole expression."""
        found = self.joined()
        assert self.place == len(self.tokens), "more than an expression"
        return found

    def joined(self) -> Value:
        """Operands with & between."""
        left = self.operand()
        while self.skip("&"):
            left = to_text(left) + to_text(self.operand())
        return left

    def operand(self) -> Value:
        """A literal, a constant or a call."""
        if self.skip("-"):
            number = self.operand()
            return -float(number) if type(number) is float else type(number)(-number)
        text, date, radix, number, word, _ = self.tokens[self.place]
        self.place += 1
        if text:
            return text[1:-1].replace('""', '"').replace("~", "\xa0")
        if date:
            days = read_date(date[1:-1], EN_US)
            assert days is not None
            return Date(days)
        if radix:
            value = int(radix.strip("&hH"), 16)
            return whole(value - (value >> 31 << 32)) if radix.endswith("&") else whole(radix_value(value))
        if number:
            return whole(int(number)) if number.isdigit() else float(number)
        return self.named(word.lower())

    def named(self, word: str) -> Value:
        """What a word stands for."""
        if word in _WORDS:
            return _WORDS[word]
        if word in CONSTANTS:
            return CONSTANTS[word]
        builtin = FUNCTIONS[word]
        arguments = self.arguments() if self.skip("(") else []
        if len(arguments) < builtin.least or (builtin.most is not None and len(arguments) > builtin.most):
            raise VBScriptError(450)
        return builtin.function(*arguments)

    def arguments(self) -> list[Value]:
        """The arguments up to the closing parenthesis; one left out is MISSING."""
        found: list[Value] = []
        if self.skip(")"):
            return found
        while True:
            nothing = self.tokens[self.place][5] in {",", ")"}
            found.append(MISSING if nothing else self.joined())
            if self.skip(")"):
                return found
            assert self.skip(","), "a comma is missing"

    def skip(self, mark: str) -> bool:
        """Whether the mark comes next; it is passed."""
        if self.place < len(self.tokens) and self.tokens[self.place][5] == mark:
            self.place += 1
            return True
        return False


def whole(number: int) -> Value:
    """A whole number as a literal gives it: Integer, Long or Double."""
    if -0x8000 <= number <= 0x7FFF:
        return number
    return Long(number) if -0x80000000 <= number <= 0x7FFFFFFF else float(number)
