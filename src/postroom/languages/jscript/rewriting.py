"""A JScript program as a standard engine takes it: insertions into the token stream, and the way back from its lines and columns.

What is inserted calls the prelude (`prelude/core.js`), whose names begin with `$$`:

| JScript | for the engine |
|---|---|
| `o.Save(1)` | `o.$$call.Save(1)`: a host's object can tell a call from a property |
| `o.HeaderValue("X") = v`, `o("X") += 1` | `o.$$put.HeaderValue("X").$$value = v`, `o.$$at("X").$$value += 1` |
| `with (o) { Save() }` | `with ($$with(o)) { (typeof $$in_Save=="undefined"?Save:$$in_Save)() }` |
| `typeof o` | `(typeof o=="undefined"?"undefined":$$typeof(o))`: "object" for a host's object, though it can be called |
| `catch (e) {` | `catch (e) {e=$$caught(e);`: the error has Microsoft's number and text |
| `throw x` | `throw $$mark(),x`: so that the place is known whatever x is |
| `eval(x)` | `eval($$text(x))`: the text is JScript too |
| `[1,2,]` | `[1,2,,]`: three elements |
| `function a.b() {}` | `a.b=function() {};` |
| `if (x) {}; else` | `if (x) {}  else` |

A program without the dialect means what it meant. Linear time.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from postroom.languages.jscript.conditional import compiled
from postroom.languages.jscript.tokens import BEFORE_EXPRESSION, CONDITIONAL, HEADS, NAME, TEMPLATE, Token, tokens_of
from postroom.languages.vbscript.utf16 import from_units

ASSIGNMENTS: Final = frozenset("= += -= *= /= %= <<= >>= >>>= &= |= ^=".split())
LONGEST_STATEMENT: Final = 200
"""Tokens of a statement behind `with (o)` that has no braces; calls further on are taken for ordinary ones."""
_WORDS: Final = BEFORE_EXPRESSION | HEADS | {"function", "switch", "catch", "super", "import", "var", "let", "const", "class", "new"}
_LINE_ENDS: Final = "\n"


@dataclass(frozen=True)
class Rewritten:
    """A program for the engine: `text`, the `source` it was, the `names` that stand in it, and where pieces of `text` come from."""

    text: str
    source: str
    names: frozenset[str]
    free: frozenset[str]
    """Those that are no member's and that the program does not declare: the host's, if the host has them."""
    into: tuple[int, ...]
    """Positions in `text` where a copied piece begins, rising."""
    origin: tuple[int, ...]
    """The same positions in `source`."""

    @cached_property
    def lines(self) -> list[str]:
        """The source's lines."""
        return self.source.split("\n")

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        return _line_starts(self.text), _line_starts(self.source)

    def column(self, line: int, column: int) -> int:
        """Give the column in the source of a place that the engine names, both 1-based; lines are the same. The engine counts bytes."""
        text, source = self._starts
        if not 0 < line <= len(text):
            return column
        begin = text[line - 1]
        before = self.text[begin : begin + column - 1]
        if not before.isascii():
            before = before.encode("utf-8", "surrogatepass")[: column - 1].decode("utf-8", "ignore")
        position = begin + len(before)
        piece = bisect_right(self.into, position) - 1
        found = self.origin[piece] + position - self.into[piece]
        if piece + 1 < len(self.origin):
            found = min(found, self.origin[piece + 1])  # within an insertion: the place of it
        return max(found - source[line - 1] + 1, 1)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    place = text.find(_LINE_ENDS)
    while place >= 0:
        starts.append(place + 1)
        place = text.find(_LINE_ENDS, place + 1)
    return starts


def rewritten(source: str) -> Rewritten:
    """Rewrite a program; raises JScriptSyntaxError for conditional compilation that is wrong. Half a surrogate pair becomes U+FFFD."""
    source = from_units(source)
    text, values = compiled(source)
    work = Rewriting(tokens_of(text), values)
    work.walk()
    return work.applied(text, source)


@dataclass(slots=True)
class Rewriting:
    """Walks the tokens of a program and collects what is to be inserted and replaced."""

    tokens: list[Token]
    values: dict[int, str]
    inserts: list[tuple[int, int, str]] = field(default_factory=list)
    """Position, order among those of one position, text."""
    replaced: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Position to length and new text."""
    methods: set[int] = field(default_factory=set)
    """The parentheses of parameters behind `function a.b`, which look like those of a call."""
    with_bodies: list[int] = field(default_factory=list)
    """Tokens at which the bodies of the `with` statements around end."""

    def insert(self, position: int, text: str, order: int = 0) -> None:
        """Note an insertion; of those at one position a lower order comes first."""
        self.inserts.append((position, order, text))

    def replace(self, token: Token, text: str) -> None:
        """Note that a token becomes another text."""
        self.replaced[token.start] = len(token.text), text

    def at(self, index: int) -> Token:
        """Give a token, an empty one outside."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NONE

    def walk(self) -> None:
        """Look at every token."""
        for index, token in enumerate(self.tokens):
            while self.with_bodies and index > self.with_bodies[-1]:
                self.with_bodies.pop()
            if token.kind == CONDITIONAL:
                self.replace(token, self.values.get(token.start, token.text))
            elif token.text == "(" and token.role in {"call", "head", "catch"}:
                self.parenthesis(index, token)
            elif token.text == "]" and token.role == "array" and self.at(index - 1).text == ",":
                self.insert(token.start, ",")
            elif token.text == ";" and self.at(index - 1).text == "}" and self.at(index + 1).text == "else" and self.at(index + 1).kind == NAME:
                self.replace(token, " ")
            elif token.kind == NAME and self.at(index - 1).text not in {".", "?."}:
                self.word(index, token)

    def word(self, index: int, token: Token) -> None:
        """Look at a word that is no member's name."""
        following = self.at(index + 1)
        match token.text:
            case "typeof":
                self.kind_of(index)
            case "throw" if following.text and not following.first_on_line:
                self.insert(token.end, " $$mark(),")
            case "catch" if following.text == "{":
                self.insert(following.end, "$$live();")
            case "function":
                self.method(index)

    def parenthesis(self, index: int, token: Token) -> None:
        """Look at a parenthesis that opens, and at what follows its end."""
        earlier = self.at(index - 2)
        if token.role == "catch":
            if earlier.text == "}":
                self.caught(index, token)
        elif token.role == "head":
            if self.at(index - 1).text == "with" and token.match > 0 and earlier.text != "," and earlier.role != "object":
                self.with_statement(token)
        else:
            self.call(index, token)

    def caught(self, index: int, token: Token) -> None:
        """Do `catch (e) {`."""
        name, brace = self.at(index + 1), self.at(index + 3)
        if token.match == index + 2 and name.kind == NAME and brace.text == "{":
            self.insert(brace.end, f"{name.text}=$$caught({name.text});")
        elif token.match > 0 and self.at(token.match + 1).text == "{":
            self.insert(self.at(token.match + 1).end, "$$live();")

    def with_statement(self, token: Token) -> None:
        """Do `with (o)`: calls in its body may be the object's."""
        self.insert(token.end, "$$with(")
        self.insert(self.at(token.match).start, ")")
        first = token.match + 1
        opening = self.at(first)
        if opening.text == "{" and opening.match > 0:
            end = opening.match
        else:
            end = first
            while (
                end < min(len(self.tokens), first + LONGEST_STATEMENT)
                and self.tokens[end].text != ";"
                and not (self.tokens[end].first_on_line and end > first)
            ):
                end = max(self.tokens[end].match, end) + 1
        self.with_bodies.append(min(end, self.with_bodies[-1]) if self.with_bodies and end > self.with_bodies[-1] else end)

    def call(self, index: int, token: Token) -> None:
        """Look at a call: of a member, of a name, of eval; assigned to or not."""
        if token.match < 0 or index in self.methods:
            return
        assigned = self.is_assigned(index, token)
        before, earlier = self.at(index - 1), self.at(index - 2)
        view = ".$$put" if assigned else ".$$call"
        marked = True
        if before.kind == NAME and earlier.text == "." and not before.text.startswith("#"):
            if self.at(index - 3).text not in {"super", "import"}:
                self.insert(earlier.start, view, 1)
        elif before.text == "]" and before.role == "index" and before.match > 0:
            if self.at(before.match - 1).text not in {"super", "?."}:
                self.insert(self.tokens[before.match].start, view, 1)
        elif before.kind == NAME and before.text not in _WORDS and earlier.text not in {"?.", "function", "new", "async"}:
            marked = self.named_call(before, token, assigned=assigned)
        else:
            marked = False
        if assigned:
            if not marked:
                self.insert(token.start, ".$$at", 1)
            self.insert(self.at(token.match).end, ".$$value", 1)

    def named_call(self, name: Token, token: Token, *, assigned: bool) -> bool:
        """Look at the call of a name that is no member; tells whether an assignment to it is provided for."""
        if name.text == "eval" and not assigned:
            self.insert(token.end, "$$text(")
            self.insert(self.at(token.match).start, ")")
        elif self.with_bodies and not name.text.startswith("$$") and self.at(self.tokens[token.match].match).text == "(":
            inside = f"$$in_{name.text}" if not assigned else f"$$put_{name.text}"
            outside = f"{name.text}.$$at" if assigned else name.text
            self.replace(name, f'(typeof {inside}=="undefined"?{outside}:{inside})')
            return True
        return False

    def is_assigned(self, index: int, token: Token) -> bool:
        """Tell whether the value of a call is assigned to, or counted up or down."""
        following = self.at(token.match + 1)
        if following.text in ASSIGNMENTS or (following.role == "postfix" and following.text in {"++", "--"}):
            return True
        if following.text in {".", "(", "["}:
            return False
        start = self.chain_start(index)
        return self.at(start - 1).role == "prefix" and start > 0

    def chain_start(self, index: int) -> int:
        """Find where `a.b(1).c` begins, from one of its opening parentheses; looks back a hundred tokens at most."""
        for _ in range(100):
            before = self.at(index - 1)
            if before.text in {")", "]"} and before.match >= 0:
                index = before.match
            elif before.kind == NAME and self.at(index - 2).text == ".":
                index -= 2
            elif before.kind == NAME:
                return index - 1
            else:
                return index
        return index

    def kind_of(self, index: int) -> None:
        """Do `typeof`: of a name, a name in parentheses, or a chain of members and calls that begins with a name."""
        first = self.at(index + 1)
        typeof = self.tokens[index]
        if first.text == "(" and first.match == index + 3 and self.at(index + 2).kind == NAME and not self.goes_on(index + 4):
            name, last = self.at(index + 2), self.at(index + 3)
        elif first.kind == NAME and first.text not in {"this", "async"} and (first.text == "new" or first.text not in _WORDS):
            name = first
            end = self.chain_end(index + 1 + (first.text == "new"))
            if end < 0:
                return
            last = self.at(end)
        else:
            return
        if last is first or first.text == "(":
            if name.text not in _WORDS:
                self.insert(typeof.start, "(")
                self.insert(last.end, f'=="undefined"?"undefined":$$typeof({name.text}))', 2)
        else:
            self.replace(typeof, "$$typeof(")
            self.insert(last.end, ")", 2)

    def goes_on(self, index: int) -> bool:
        """Tell whether the expression before this token goes on with it as a member, an index, a call or a template."""
        token = self.at(index)
        return token.text in {".", "?.", "[", "("} or token.kind == TEMPLATE

    def chain_end(self, index: int) -> int:
        """Find the last token of a chain that begins with a name; -1 for one that is not understood."""
        for _ in range(100):
            following = self.at(index + 1)
            if following.text == "." and self.at(index + 2).kind == NAME:
                index += 2
            elif following.text in {"(", "["} and following.role in {"call", "index"}:
                if following.match < 0:
                    return -1
                index = following.match
            else:
                return -1 if self.goes_on(index + 1) else index
        return -1

    def method(self, index: int) -> None:
        """Do `function a.b() {}`."""
        last = index + 1
        while self.at(last).kind == NAME and self.at(last + 1).text == "." and last - index < 100:
            last += 2
        parameters = self.at(last + 1)
        if last == index + 1 or self.at(last).kind != NAME or parameters.match < 0:
            return
        brace = self.at(parameters.match + 1)
        if brace.text != "{" or brace.match < 0:
            return
        name = "".join(token.text for token in self.tokens[index + 1 : last + 1])
        self.replace(self.tokens[index], f"{name}=function")
        for token in self.tokens[index + 1 : last + 1]:
            self.replace(token, "")
        self.insert(self.at(brace.match).end, ";")
        self.methods.add(last + 1)

    def free(self) -> frozenset[str]:
        """Give the names that stand alone and that no `var` or `function` outside of functions declares."""
        alone: set[str] = set()
        declared: set[str] = set()
        inside = -1  # the last token of the function around
        for index, token in enumerate(self.tokens):
            if token.kind != NAME or self.at(index - 1).text in {".", "?."}:
                continue
            if token.text == "function" and index > inside:
                declared.add(self.at(index + 1).text)
                inside = self.body_end(index)
            elif token.text in {"var", "let", "const"} and index > inside:
                declared |= self.variables(index + 1)
            else:
                alone.add(token.text)
        return frozenset(alone - declared)

    def body_end(self, index: int) -> int:
        """Find the last token of a function."""
        for parameters in range(index + 1, index + 4):
            token = self.at(parameters)
            if token.text == "(":
                body = self.at(token.match + 1) if token.match > 0 else _NONE
                return max(body.match, index)
        return index

    def variables(self, index: int) -> set[str]:
        """Give the names that a `var` declares, whose first stands there."""
        found = {self.at(index).text}
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.text == ";" or token.text in {")", "]", "}"} or (token.kind == NAME and token.text in _WORDS):
                break
            if token.text == ",":
                found.add(self.at(index + 1).text)
            index = max(index, token.match if token.text in {"(", "[", "{"} else index) + 1
        return found

    def applied(self, text: str, source: str) -> Rewritten:
        """Make the new text."""
        pieces: list[str] = []
        into, origin = [0], [0]
        size = done = 0
        edits = [(position, order, 0, new) for position, order, new in self.inserts]
        edits += [(position, 3, length, new) for position, (length, new) in self.replaced.items()]
        for position, _, length, new in sorted(edits, key=lambda edit: edit[:2]):
            if position < done:
                continue
            pieces += (text[done:position], new)
            size += position - done + len(new)
            done = position + length
            into.append(size)
            origin.append(done)
        pieces.append(text[done:])
        names = {token.text for token in self.tokens if token.kind == NAME}
        names |= {word for word in ("$$put", "$$at") if any(word in new for _, _, new in self.inserts)}
        return Rewritten("".join(pieces), source, frozenset(names), self.free(), tuple(into), tuple(origin))


_NONE: Final = Token("", "", 0, first_on_line=True)
