"""The parser of blocks: If, Select, loops, With."""

from collections.abc import Iterator
from contextlib import contextmanager

from postroom.languages.vbscript.parsing.expressions import Expressions
from postroom.languages.vbscript.parsing.lexer import Kind
from postroom.languages.vbscript.parsing.reading import DEEPEST_BLOCK
from postroom.languages.vbscript.parsing.syntax import At, Branch, Case, Expression, For, ForEach, If, Loop, Name, Select, Statement, With


class Blocks(Expressions):
    """Reads statements that hold statements."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.loops: list[str] = []
        self.procedure = ""
        self.blocks = 0

    def statement(self) -> list[Statement]:
        """Read one statement."""
        raise AssertionError

    @contextmanager
    def block(self) -> Iterator[None]:
        """Count a block within blocks; raises 1001 where it is too deep. Expressions count from their statement on."""
        depth, self.depth = self.depth, 0
        self.blocks += 1
        if self.blocks > DEEPEST_BLOCK:
            self.fail(1001)
        yield
        self.blocks -= 1
        self.depth = depth

    @contextmanager
    def loop(self, word: str) -> Iterator[None]:
        """Count a loop, which Exit may name."""
        self.loops.append(word)
        with self.block():
            yield
        self.loops.pop()

    def skip_ends(self) -> None:
        """Pass empty statements."""
        while self.token.kind is Kind.END:
            self.advance()

    def end_statement(self, number: int = 1025) -> None:
        """Pass the end of a statement; raises that error without one. `Else`, `End` and the like end a statement on one line too."""
        if self.token.kind is Kind.LAST or self.word("else", "elseif", "end"):
            return
        if self.token.kind is not Kind.END:
            self.fail(number)
        self.advance()

    def until(self, *words: str) -> tuple[Statement, ...]:
        """Read statements up to one of these words."""
        found: list[Statement] = []
        self.skip_ends()
        while not self.word(*words):
            if self.token.kind is Kind.LAST or self.closing():
                break
            found += self.statement()
            self.end_statement()
            self.skip_ends()
        return tuple(found)

    def closing(self) -> bool:
        """Tell whether a word comes that ends some block."""
        return self.word("next", "loop", "wend", "case", "else", "elseif", "end")

    def need_end(self, word: str, number: int) -> None:
        """Take `End word`."""
        self.need_word("end", 1014)
        self.need_word(word, number)

    # If

    def read_if(self) -> list[Statement]:
        """Read If of either form."""
        at = self.at()
        self.advance()
        condition = self.expression()
        self.need_word("then", 1017)
        with self.block():
            if self.token.kind is Kind.END and self.token.text == "\n":
                return [self.block_if(at, condition)]
            return [self.line_if(at, condition)]

    def line_if(self, at: At, condition: Expression) -> If:
        """Read the rest of an If on one line; `End If` may end it."""
        body = self.on_line()
        otherwise: tuple[Statement, ...] = ()
        if self.take_word("else"):
            otherwise = self.on_line()
        if self.word("end") and self.ahead().text == "if":
            self.advance()
            self.advance()
        return If(at, (Branch(at, condition, body),), otherwise)

    def on_line(self) -> tuple[Statement, ...]:
        """Read statements up to the line's end or Else."""
        found: list[Statement] = []
        while not (self.token.kind is Kind.LAST or (self.token.kind is Kind.END and self.token.text == "\n") or self.closing()):
            if self.token.kind is Kind.END:
                self.advance()
                continue
            found += self.statement()
            if not (self.ended() or self.word("else", "end")):
                self.fail(1025)
        return tuple(found)

    def block_if(self, at: At, condition: Expression) -> If:
        """Read the rest of an If over several lines."""
        branches = [Branch(at, condition, self.until("elseif", "else", "end"))]
        otherwise: tuple[Statement, ...] = ()
        while self.word("elseif"):
            place = self.at()
            self.advance()
            condition = self.expression()
            self.need_word("then", 1017)
            branches.append(Branch(place, condition, self.until("elseif", "else", "end")))
        if self.take_word("else"):
            otherwise = self.until("end")
        self.need_end("if", 1012)
        return If(at, tuple(branches), otherwise)

    # Select

    def read_select(self) -> list[Statement]:
        """Read Select Case."""
        at = self.at()
        self.advance()
        self.need_word("case", 1021)
        subject = self.expression()
        self.skip_ends()
        cases: list[Case] = []
        otherwise: tuple[Statement, ...] = ()
        with self.block():
            while self.word("case"):
                place = self.at()
                self.advance()
                if self.take_word("else"):
                    otherwise = self.until("end")
                    break
                cases.append(Case(place, self.case_values(), self.until("case", "end")))
        self.need_end("select", 1022)
        return [Select(at, subject, tuple(cases), otherwise)]

    def case_values(self) -> tuple[Expression, ...]:
        """Read the values of a Case."""
        found = [self.expression()]
        while self.take_sign(","):
            found.append(self.expression())
        return tuple(found)

    # loops

    def read_for(self) -> list[Statement]:
        """Read For and For Each; raises 1040 for a loop variable that is no plain name."""
        at = self.at()
        self.advance()
        each = self.take_word("each")
        token = self.name()
        variable = Name(token.text, token.spelling)
        if self.sign("(", "."):
            self.fail(1040)
        return [self.for_each(at, variable) if each else self.for_next(at, variable)]

    def for_each(self, at: At, variable: Name) -> ForEach:
        """Read the rest of For Each."""
        self.need_word("in", 1046)
        items = self.expression()
        self.end_statement()
        return ForEach(at, variable, items, self.up_to_next())

    def for_next(self, at: At, variable: Name) -> For:
        """Read the rest of For."""
        self.need_sign("=", 1011)
        first = self.expression()
        self.need_word("to", 1013)
        last = self.expression()
        step = self.expression() if self.take_word("step") else None
        self.end_statement()
        return For(at, variable, first, last, step, self.up_to_next())

    def up_to_next(self) -> tuple[Statement, ...]:
        """Read a loop's body and its Next."""
        with self.loop("for"):
            body = self.until("next")
        self.need_word("next", 1020)
        return body

    def read_while(self) -> list[Statement]:
        """Read While ... Wend."""
        at = self.at()
        self.advance()
        condition = self.expression()
        self.end_statement()
        with self.loop("while"):
            body = self.until("wend")
        end = self.at()
        self.need_word("wend", 1018)
        return [Loop(at, "while", condition, None, until=False, body=body, end=end)]

    def read_do(self) -> list[Statement]:
        """Read Do ... Loop with its condition at either end."""
        at = self.at()
        self.advance()
        before, until = self.test()
        if not self.ended():
            self.fail(1025 if before else 1028)
        with self.loop("do"):
            body = self.until("loop")
        end = self.at()
        self.need_word("loop", 1019)
        after = None
        if before is None:
            after, until = self.test()
        return [Loop(at, "do", before, after, until, body, end)]

    def test(self) -> tuple[Expression | None, bool]:
        """Read `While condition` or `Until condition`."""
        until = self.word("until")
        if self.take_word("while", "until"):
            return self.expression(), until
        return None, False

    # With

    def read_with(self) -> list[Statement]:
        """Read With."""
        at = self.at()
        self.advance()
        target = self.expression()
        self.end_statement()
        with self.block():
            body = self.until("end")
        self.need_end("with", 1029)
        return [With(at, target, body)]
