"""The parser's hold on the tokens: looking, taking, failing at a place, and how deep it may go."""

from typing import Final, NoReturn

from postroom.languages.vbscript.errors import CompileError
from postroom.languages.vbscript.parsing.lexer import Kind, Token, lines_of, tokens
from postroom.languages.vbscript.parsing.syntax import At

DEEPEST_EXPRESSION: Final = 1_000
"""Steps into parentheses, calls and operands within each other; more is Windows' "Out of memory"."""
DEEPEST_BLOCK: Final = 400
"""Blocks within each other."""

RESERVED: Final = frozenset(
    "and byref byval call case class const dim do each else elseif empty end eqv erase exit false for function get goto if imp in is let loop me mod "
    "new next not nothing null on option or private public redim rem select set sub then to true until wend while with xor".split()
)
"""Words that can't be names; Default, Error, Explicit, Preserve, Property, Resume, Step are keywords only where they stand for one."""


class Reader:
    """A place in the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.tokens = tokens(text)
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0

    def advance(self) -> Token:
        """Take the token and go to the next."""
        taken = self.token
        if taken.kind is not Kind.LAST:
            self.index += 1
            self.token = self.tokens[self.index]
        return taken

    def back_to(self, index: int) -> None:
        """Go back to a token seen before."""
        self.index = index
        self.token = self.tokens[index]

    def ahead(self) -> Token:
        """Look at the token after the next."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def word(self, *words: str) -> bool:
        """Tell whether the next token is one of these keywords."""
        return self.token.kind is Kind.NAME and self.token.text in words

    def sign(self, *signs: str) -> bool:
        """Tell whether the next token is one of these signs."""
        return self.token.kind is Kind.SIGN and self.token.text in signs

    def take_word(self, *words: str) -> bool:
        """Take a keyword if it is next."""
        found = self.word(*words)
        if found:
            self.advance()
        return found

    def take_sign(self, sign: str) -> bool:
        """Take a sign if it is next."""
        found = self.sign(sign)
        if found:
            self.advance()
        return found

    def need_word(self, word: str, number: int) -> None:
        """Take a keyword; raises the error of that number without it."""
        if not self.take_word(word):
            self.fail(number)

    def need_sign(self, sign: str, number: int) -> None:
        """Take a sign; raises the error of that number without it."""
        if not self.take_sign(sign):
            self.fail(number)

    def name(self) -> Token:
        """Take a name that is no reserved word; raises 1010."""
        token = self.token
        if token.kind is not Kind.BRACKETED and (token.kind is not Kind.NAME or token.text in RESERVED):
            self.fail(1010)
        return self.advance()

    def member_name(self) -> Token:
        """Take the name behind a dot: any word; raises 1010."""
        if self.token.kind not in {Kind.NAME, Kind.BRACKETED}:
            self.fail(1010)
        return self.advance()

    def at(self) -> At:
        """Say where the next token is."""
        return At(self.token.line, self.token.column)

    def ended(self) -> bool:
        """Tell whether the statement ends here."""
        return self.token.kind in {Kind.END, Kind.LAST}

    def fail(self, number: int, token: Token | None = None) -> NoReturn:
        """Raise the compile error of that number at the next token, or at one given."""
        token = token or self.token
        code = self.lines[token.line - 1] if token.line <= len(self.lines) else ""
        raise CompileError(number, token.line, token.column, code)

    def deeper(self, most: int) -> None:
        """Count a step into nested text; raises 1001 where it is too deep."""
        self.depth += 1
        if self.depth > most:
            self.fail(1001)
