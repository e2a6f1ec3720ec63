"""The parser of a whole text: procedures, classes, and the statements between them."""

from typing import Final

from postroom.languages.vbscript.parsing.reading import Reader
from postroom.languages.vbscript.parsing.statements import Statements
from postroom.languages.vbscript.parsing.syntax import Class, Declared, Dim, Expression, Parameter, Procedure, Statement, Unit

_LIFE: Final = ("class_initialize", "class_terminate")


def parse(text: str) -> Unit:
    """Parse a text; raises CompileError."""
    return _Parser(text).unit()


def parse_expression(text: str) -> Expression:
    """Parse the text of Eval: one expression; raises CompileError."""
    parser = _Parser(text)
    parser.skip_ends()
    found = parser.expression()
    parser.skip_ends()
    if parser.index < len(parser.tokens) - 1:
        parser.fail(1025)
    return found


class _Parser(Statements, Reader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.procedures: list[Procedure] = []
        self.classes: list[Class] = []

    def unit(self) -> Unit:
        self.skip_ends()
        explicit = self.word("option")
        if explicit:
            self.advance()
            self.need_word("explicit", 1002)
            self.end_statement()
        body = self.until()
        if self.index < len(self.tokens) - 1:
            self.fail({"loop": 1038, "next": 1055}.get(self.token.text, 1002))
        return Unit(explicit, body, tuple(self.procedures), tuple(self.classes))

    # procedures

    def read_sub(self) -> list[Statement]:
        self.outside()
        self.procedures.append(self.read_procedure(private=False, default=False))
        return []

    read_function = read_sub

    def outside(self) -> None:
        """Make sure that no block or procedure is open."""
        if self.procedure or self.blocks:
            self.fail(1002)

    def read_procedure(self, *, private: bool, default: bool) -> Procedure:
        """Read from the word Sub, Function or Property to its end."""
        at, word = self.at(), self.advance().text
        kind = word
        if word == "property":
            if not self.word("get", "let", "set"):
                self.fail(1049)
            kind = self.advance().text
        name = self.name()
        parameters = self.parameters() if self.sign("(") else ()
        if default and kind in {"let", "set"}:
            self.fail(1058, name)
        if kind in {"let", "set"} and not parameters:
            self.fail(1054, name)
        self.procedure, loops, self.loops = word, self.loops, []
        with self.block():
            body = self.until("end")
        self.procedure, self.loops = "", loops
        self.need_end(word, {"sub": 1016, "function": 1015}.get(word, 1050))
        return Procedure(at, kind, name.text, name.spelling, parameters, body, private, default)

    def parameters(self) -> tuple[Parameter, ...]:
        self.advance()
        found: list[Parameter] = []
        names: set[str] = set()
        while not self.sign(")"):
            by_value = self.word("byval") and self.take_word("byval")
            if not by_value:
                self.take_word("byref")
            token = self.name()
            if token.text in names:
                self.fail(1041, token)
            names.add(token.text)
            found.append(Parameter(token.text, by_value))
            if self.take_sign("("):
                self.need_sign(")", 1006)
            if not self.take_sign(","):
                break
            if self.sign(")"):
                self.fail(1010)
        self.need_sign(")", 1006)
        return tuple(found)

    def read_public(self) -> list[Statement]:
        """Read Public and Private outside of classes, where they mean Dim."""
        self.outside()
        at, private = self.at(), self.advance().text == "private"
        if self.word("sub", "function"):
            self.procedures.append(self.read_procedure(private=private, default=False))
            return []
        if self.word("const"):
            return self.read_const()
        if self.word("default"):
            self.fail(1048)
        return [Dim(at, self.variables(private=private))]

    read_private = read_public

    def read_property(self) -> list[Statement]:
        if self.ahead().text in {"get", "let", "set"}:
            self.fail(1048)
        return [self.call_or_assignment()]

    def read_option(self) -> list[Statement]:
        self.fail(1002)

    # classes

    def read_class(self) -> list[Statement]:
        self.outside()
        at = self.at()
        self.advance()
        name = self.name()
        variables: list[Declared] = []
        members: list[Procedure] = []
        self.end_statement()
        self.skip_ends()
        while not self.word("end"):
            self.member(variables, members)
            self.end_statement()
            self.skip_ends()
        self.need_end("class", 1047)
        self.check_class(variables, members)
        self.classes.append(Class(at, name.text, name.spelling, tuple(variables), tuple(members)))
        return []

    def member(self, variables: list[Declared], members: list[Procedure]) -> None:
        """Read one declaration within a class."""
        if self.take_word("dim"):
            variables.extend(self.variables(private=False))
            return
        said = self.token.text if self.word("public", "private") else ""
        if said:
            self.advance()
        default = self.word("default") and self.ahead().text in {"property", "function", "sub"} and self.take_word("default")
        if default and said != "public":
            self.fail(1057)
        if self.word("sub", "function", "property"):
            members.append(self.read_procedure(private=said == "private", default=default))
        elif said and not self.word("const"):
            variables.extend(self.variables(private=said == "private"))
        else:
            self.fail(1002)

    def check_class(self, variables: list[Declared], members: list[Procedure]) -> None:
        """Refuse what a class can't have: two members of one name, two defaults, Class_Initialize with arguments, unequal properties."""
        if sum(member.default for member in members) > 1:
            self.fail(1052)
        seen = {variable.name for variable in variables}
        if len(seen) < len(variables):
            self.fail(1041)
        kinds: dict[str, set[str]] = {}
        for member in members:
            taken = kinds.setdefault(member.name, {"variable"} if member.name in seen else set())
            if member.kind in taken or (taken and not ({member.kind} | taken) <= {"get", "let", "set"}):
                self.fail(1041)
            taken.add(member.kind)
            if member.name in _LIFE and member.parameters:
                self.fail(1053)
        self.check_properties(members)

    def check_properties(self, members: list[Procedure]) -> None:
        """Refuse a property whose Let or Set does not take one argument more than its Get."""
        counts: dict[str, int] = {}
        for member in members:
            if member.kind in {"get", "let", "set"}:
                count = len(member.parameters) - (member.kind != "get")
                if counts.setdefault(member.name, count) != count:
                    self.fail(1051)
