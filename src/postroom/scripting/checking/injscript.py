"""What a JScript file uses, by its tokens."""

from __future__ import annotations

import json

from postroom.languages.jscript.conditional import compiled
from postroom.languages.jscript.rewriting import rewritten
from postroom.languages.jscript.run import Run
from postroom.languages.jscript.tokens import NAME, STRING, Token, tokens_of
from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.checking.uses import CALL, CREATED, NO_WSCRIPT, Chain, Function, Note, Uses

_NONE = Token("", "", 0, first_on_line=True)
AT_RUN_TIME = {"eval", "Function"}
OF_BROWSERS = {"alert", "window", "document", "confirm", "prompt", "setTimeout", "setInterval"}


def uses_of(text: str) -> Uses:
    """Find what a text uses; what is no JScript is a problem."""
    found = Uses("JScript", cases=True)
    try:
        run = Run()
        try:
            run.check(rewritten(text))
        finally:
            run.close()
        source, _ = compiled(text)
    except VBScriptError as error:
        found.problems.append(Note(error.line, f"{error.source}: {error.report}"))
        return found
    Walk(found, tokens_of(source), source).all()
    return found


class Walk:
    """Goes through the tokens of a file."""

    def __init__(self, found: Uses, tokens: list[Token], text: str) -> None:
        self._found = found
        self._tokens = tokens
        self._text = text
        self._line = 1
        self._counted = 0
        self._scopes: list[tuple[int, str]] = []

    def at(self, index: int) -> Token:
        """Give a token, an empty one outside."""
        return self._tokens[index] if 0 <= index < len(self._tokens) else _NONE

    def all(self) -> None:
        """Look at every token."""
        for index, token in enumerate(self._tokens):
            self._line += self._text.count("\n", self._counted, token.start)
            self._counted = token.start
            while self._scopes and index > self._scopes[-1][0]:
                self._scopes.pop()
            if token.kind != NAME or self.at(index - 1).text in {".", "?."}:
                continue
            if token.text == "function":
                self.function(index)
            elif token.text in OF_BROWSERS and not (self.at(index + 1).text == ":" and self.at(index - 1).text in {"{", ","}):
                self._found.problems.append(Note(self._line, f"{token.text} is a browser's: a server has none."))
            else:
                self.name(index, token)

    def function(self, index: int) -> None:
        """Look at the head of a function: its name, its parameters, where it ends."""
        name, parameters = self.at(index + 1), self.at(index + 2)
        if name.kind != NAME or parameters.text != "(" or parameters.match < 0:
            return
        inside = tuple(token.text for token in self._tokens[index + 3 : parameters.match] if token.kind == NAME)
        if not self._scopes:
            self._found.functions.append(Function(self._line, name.text, inside))
            body = self.at(parameters.match + 1)
            if body.text == "{" and body.match > 0:
                self._scopes.append((body.match, name.text))

    def name(self, index: int, token: Token) -> None:
        """Look at a chain that begins with a name."""
        if token.text in AT_RUN_TIME and self.at(index + 1).text == "(":
            self._found.notes.append(Note(self._line, f"{token.text}: text that is made at run time is not looked at."))
        if token.text == "GetObject" and self.at(index + 1).text == "(":
            self._found.problems.append(Note(self._line, "GetObject of a path or moniker is error 432: there are no such objects here."))
        if token.text == "WScript":
            self._found.problems.append(Note(self._line, NO_WSCRIPT))
        chain, end = self.chain(index)
        scope = self._scopes[-1][1] if self._scopes else ""
        if len(chain) > 1 or chain[0].startswith(CREATED):
            self._found.use(scope, self._line, chain)
        before, start = self.at(index - 1), index - 1
        if before.text == "new":
            before, start = self.at(index - 2), index - 2
        if before.text == "=" and self.at(start - 1).kind == NAME and self.at(start - 2).text not in {".", "?."} and self.ends(end):
            self._found.bind(scope, self.at(start - 1).text, chain)

    def ends(self, index: int) -> bool:
        """Tell whether an expression ends before this token."""
        token = self.at(index)
        return token.text in {"", ";", ",", ")", "}"} or token.first_on_line

    def chain(self, index: int) -> tuple[Chain, int]:
        """Give the chain that begins with a name, and the token behind it."""
        first = self.at(index).text
        parts: list[str] = [first]
        index += 1
        if first == "ActiveXObject" and self.at(index).text == "(" and self.at(index).match > 0:
            parts = [CREATED + literal(self.at(index + 1), self.at(index + 2))]
            index = self.at(index).match + 1
        while True:
            token = self.at(index)
            if token.text == "." and self.at(index + 1).kind == NAME:
                parts.append(self.at(index + 1).text)
                index += 2
            elif token.text == "(" and token.role == "call" and token.match > 0:
                parts.append(CALL)
                index = token.match + 1
            else:
                return tuple(parts), index


def literal(token: Token, following: Token) -> str:
    """Give the text of a string that is a whole argument, "" for anything else."""
    if token.kind != STRING or following.text not in {")", ","}:
        return ""
    try:
        return str(json.loads('"' + token.text[1:-1].replace('\\"', '"').replace('"', '\\"') + '"'))
    except ValueError:
        return token.text[1:-1]
