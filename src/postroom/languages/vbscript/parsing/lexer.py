"""Text to tokens: one regular expression, linear in the text.

A token of kind NAME carries its text in lower case; the parser decides by place whether a word is a keyword. Line ends and `:` are tokens of
kind END.
"""

import re
from enum import Enum
from typing import Final, NamedTuple, NoReturn

from postroom.languages.vbscript.dates import read_date
from postroom.languages.vbscript.errors import CompileError
from postroom.languages.vbscript.locales import EN_US
from postroom.languages.vbscript.numbers import radix_value
from postroom.languages.vbscript.values import Date, Long, Value

BYTE_ORDER_MARK: Final = "\ufeff"
LONGEST_NAME: Final = 255
_LONGEST_NUMBER: Final = 400
"""Characters of a number: int() of a million digits would take minutes."""

_TOKEN = re.compile(
    r"""
    [ \t\x0b\x0c\xa0]*+
    (?:
      (?P<continued>_[ \t]*(?:\r\n|\r|\n))
    | (?P<newline>\r\n|\r|\n)
    | (?P<comment>'[^\r\n]*)
    | (?P<name>[^\W\d_]\w*)
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<radix>&(?:[hH][0-9a-fA-F]+|[oO][0-7]+)&?)
    | (?P<string>"[^"\r\n]*(?:""[^"\r\n]*)*"?)
    | (?P<bracketed>\[[^\]\r\n]*\]?)
    | (?P<date>\#[^#\r\n]*\#)
    | (?P<sign><>|><|<=|=<|>=|=>|[-+*/\\^&=<>().,:])
    | (?P<end>\Z)
    )
    """,
    re.VERBOSE,
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"[ \t\x0b\x0c\xa0]*")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_SPELLINGS: Final = {"><": "<>", "=<": "<=", "=>": ">="}


class Kind(Enum):
    """What a token is. BRACKETED is a NAME that is never a keyword; a DOT after a blank begins a member of the With object."""

    NAME = "name"
    BRACKETED = "bracketed name"
    LITERAL = "literal"
    SIGN = "sign"
    DOT = "dot after a blank"
    END = "end of statement"
    LAST = "end of text"


class Token(NamedTuple):
    """A token with its place, 1-based. `text` is the lower-case name or the sign; END has ":" or a line feed."""

    kind: Kind
    text: str
    line: int
    column: int
    value: Value = None
    spelling: str = ""


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens; raises CompileError 1030, 1031, 1032, 1033."""
    return _Lexer(text).read()


def lines_of(text: str) -> list[str]:
    """Cut a text into lines where VBScript sees their ends, and nowhere else."""
    return _LINE_END.split(text)


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 1 if text.startswith(BYTE_ORDER_MARK) else 0
        self.line = 1
        self.line_start = 0
        self.spaced = True
        self.out: list[Token] = []

    def read(self) -> list[Token]:
        length = len(self.text)
        while self.place < length:
            match = _TOKEN.match(self.text, self.place)
            if match is None:
                self.place = _BLANKS.match(self.text, self.place).end()  # type: ignore[union-attr]
                self.fail(1032)
            self.take(match, match.lastgroup or "")
        self.add(Kind.END, "\n")
        self.add(Kind.LAST, "")
        return self.out

    def take(self, match: re.Match[str], group: str) -> None:
        """Take a token with the blanks before it."""
        start, end = match.span(group)
        self.spaced = self.spaced or start > self.place
        self.place = start
        if group == "newline":
            self.add(Kind.END, "\n")
        elif group not in {"continued", "comment", "end"}:
            getattr(self, group)(match[group])
        self.place = max(self.place, end)
        self.spaced = group in {"newline", "continued"}
        if self.spaced:
            self.line += 1
            self.line_start = self.place

    def add(self, kind: Kind, text: str, value: Value = None, spelling: str = "") -> None:
        self.out.append(Token(kind, text, self.line, self.place - self.line_start + 1, value, spelling))

    def fail(self, number: int) -> NoReturn:
        code = _REST_OF_LINE.match(self.text, self.line_start)
        raise CompileError(number, self.line, self.place - self.line_start + 1, code[0] if code else "")

    def name(self, word: str) -> None:
        if len(word) > LONGEST_NAME:
            self.fail(1030)
        lower = word.lower()
        if lower == "rem" and not self.after_dot():
            rest = _REST_OF_LINE.match(self.text, self.place)
            self.place = rest.end() if rest else self.place
            return
        self.add(Kind.NAME, lower, spelling=word)

    def after_dot(self) -> bool:
        return bool(self.out) and self.out[-1].text == "." and not self.spaced

    def bracketed(self, word: str) -> None:
        if len(word) < 3 or not word.endswith("]"):
            self.fail(1010 if word == "[]" else 1007)
        self.add(Kind.BRACKETED, word[1:-1].lower(), spelling=word[1:-1])

    def number(self, word: str) -> None:
        if len(word) > _LONGEST_NUMBER:
            self.fail(1031)
        if word.isdigit() and int(word) <= 0x7FFFFFFF:
            whole = int(word)
            self.add(Kind.LITERAL, word, whole if whole <= 0x7FFF else Long(whole))
            return
        value = float(word)
        if value == float("inf"):
            self.fail(1031)
        self.add(Kind.LITERAL, word, value)

    def radix(self, word: str) -> None:
        digits = word.strip("&").lower()
        bits = int(digits[1:], 16) if digits[0] == "h" else int(digits.lstrip("o"), 8)
        if bits >= 1 << 32:
            self.fail(1031)
        if word.endswith("&"):
            value = Long(bits - (1 << 32) if bits >= 1 << 31 else bits)
        else:
            value = radix_value(bits) if bits < 1 << 16 else Long(radix_value(bits))  # type: ignore[assignment]
        self.add(Kind.LITERAL, word, value)

    def string(self, word: str) -> None:
        body = word[1:-1]
        if len(word) < 2 or not word.endswith('"') or '"' in body.replace('""', ""):
            self.fail(1033)
        self.add(Kind.LITERAL, word, body.replace('""', '"'))

    def date(self, word: str) -> None:
        days = read_date(word[1:-1], EN_US)
        if days is None:
            self.fail(1002)
        self.add(Kind.LITERAL, word, Date(days))

    def sign(self, word: str) -> None:
        if word == ":":
            self.add(Kind.END, ":")
        elif word == "." and self.spaced:
            self.add(Kind.DOT, ".")
        else:
            self.add(Kind.SIGN, _SPELLINGS.get(word, word))
