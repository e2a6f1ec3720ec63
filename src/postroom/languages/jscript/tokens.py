"""The tokens of a JavaScript text: regular expressions told from divisions, template strings entered, brackets matched.

Nothing here refuses a program: what is no JavaScript becomes tokens too, and the engine says what is wrong with it. Linear time (ECMA-262 12).
"""

import re
from dataclasses import dataclass, field
from typing import Final

NAME: Final = "name"
NUMBER: Final = "number"
STRING: Final = "string"
REGEX: Final = "regex"
TEMPLATE: Final = "template"
PUNCTUATION: Final = "punctuation"
CONDITIONAL: Final = "conditional"
"""`@if`, `@cc_on`, `@_win32`: JScript's conditional compilation."""
OTHER: Final = "other"

_SPACE: Final = re.compile(r"(?:[^\S\n\r\u2028\u2029]|\ufeff)+")
_LINE_END: Final = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_COMMENT: Final = re.compile(r"//[^\n\r\u2028\u2029]*|<!--[^\n\r\u2028\u2029]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPED: Final = r"\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})"
_TOKEN: Final = re.compile(
    rf"""
    (?P<name>   (?:[^\W\d]|[$\#]|{_ESCAPED})(?:[\w$]|{_ESCAPED})* )
  | (?P<number> 0[xX][\da-fA-F_]*n? | 0[oObB][\d_]*n? | (?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n? )
  | (?P<string> "(?:[^"\\\n\r]|\\(?:\r\n|.))*"? | '(?:[^'\\\n\r]|\\(?:\r\n|.))*'? )
  | (?P<conditional> @[A-Za-z_$][\w$]* )
  | (?P<punctuation> >>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|\?\.(?!\d)|=>|==|!=|<=|>=|&&|\|\||\?\?|\+\+|--|\+=|-=|\*=|/=|%=|&=|\|=|\^=
                   | <<|>>|\*\*|[{{}}()\[\];,<>+\-*/%&|^!~?:=.] )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/(?:[^\\/\[\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029]|\[(?:[^\]\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\])+/[\w$]*")
_TEMPLATE: Final = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)

BEFORE_EXPRESSION: Final = frozenset(
    "return typeof instanceof in of new delete void throw case do else yield await extends default".split(),
)
"""Words after which an expression begins, so that a slash begins a regular expression."""
HEADS: Final = frozenset("if while for with".split())
"""Words whose parentheses are followed by a statement."""
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}


@dataclass(slots=True)
class Token:
    """A token: its kind and text, where it starts, and whether a line ends before it.

    Of a bracket `role` says what it is (see `Reader.opened`), `match` the index of its partner (-1 without one). `expression` is whether an
    expression stands complete after this token.
    """

    kind: str
    text: str
    start: int
    first_on_line: bool
    role: str = ""
    match: int = -1
    expression: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


_NONE: Final = Token("", "", 0, first_on_line=True)


def tokens_of(text: str) -> list[Token]:
    """Split a program into its tokens; comments and spaces are none."""
    return Reader(text).read()


_CODE_IN_COMMENT: Final = re.compile(r"/[/*](?=@(?:cc_on|if|set|elif|else|end)\b)")
_CODE_ENDS: Final = "@*/"


@dataclass(slots=True)
class Reader:
    """Reads a text once, keeping the brackets that are open."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    position: int = 0
    line_ended: bool = True
    no_regex: int = 0
    conditional: list[tuple[int, int]] = field(default_factory=list)
    """Where comments begin and end whose content is code for JScript: `/*@cc_on`, `@*/`; each with its length."""

    def read(self) -> list[Token]:
        """Give all tokens."""
        while self.skip():
            if self.text[self.position] == "`":
                self.position += 1
                self.template(self.position - 1)
            else:
                self.take()
        return self.tokens

    def skip(self) -> bool:
        """Pass over spaces, line ends and comments; tells whether a token follows."""
        text = self.text
        while self.position < len(text):
            if text.startswith(_CODE_ENDS, self.position):
                self.mark(3)
                continue
            if begun := _CODE_IN_COMMENT.match(text, self.position):
                self.mark(len(begun[0]))
                continue
            found = _SPACE.match(text, self.position) or _COMMENT.match(text, self.position) or _LINE_END.match(text, self.position)
            if found is None:
                return True
            self.line_ended = self.line_ended or _LINE_END.search(found[0]) is not None
            self.position = found.end()
        return False

    def mark(self, length: int) -> None:
        """Note the beginning or end of a comment whose content is code, and pass it."""
        self.conditional.append((self.position, length))
        self.position += length

    @property
    def last(self) -> Token:
        """The token before."""
        return self.tokens[-1] if self.tokens else _NONE

    def take(self) -> None:
        """Read one token that is no template."""
        start = self.position
        if self.text[start] == "/" and not self.last.expression and start >= self.no_regex:
            found = _REGEX.match(self.text, start)
            if found:
                self.add(REGEX, found[0], expression=True)
                return
            ended = _LINE_END.search(self.text, start)
            self.no_regex = ended.start() if ended else len(self.text)  # the line is broken; looking again at each slash would take for ever
        found = _TOKEN.match(self.text, start)
        if found is None:
            self.add(OTHER, self.text[start], expression=False)
        elif found.lastgroup == PUNCTUATION:
            self.punctuation(found[0])
        elif found.lastgroup == NAME:
            member = self.last.text in {".", "?."}
            self.add(NAME, found[0], expression=member or found[0] not in BEFORE_EXPRESSION)
        else:
            self.add(str(found.lastgroup), found[0], expression=True)

    def add(self, kind: str, text: str, *, expression: bool, role: str = "") -> Token:
        """Append a token and go on behind it."""
        token = Token(kind, text, self.position, self.line_ended, role, -1, expression)
        self.tokens.append(token)
        self.position += len(text)
        self.line_ended = False
        return token

    def punctuation(self, text: str) -> None:
        """Read punctuation; brackets are opened and closed."""
        before = self.last
        if text in _CLOSING:
            role = self.opened(text)
            self.open.append(len(self.tokens))
            self.add(PUNCTUATION, text, expression=False, role=role)
        elif text in {")", "]", "}"}:
            self.closed(text)
        elif text in {"++", "--"}:
            postfix = before.expression and not self.line_ended
            self.add(PUNCTUATION, text, expression=postfix, role="postfix" if postfix else "prefix")
        else:
            self.add(PUNCTUATION, text, expression=False)

    def opened(self, text: str) -> str:
        """Say what an opening bracket begins.

        `(`: head (of if, while, for, with), parameters, catch, call or group; `[`: index or array; `{`: object, function (its value is an
        expression), or block.
        """
        before = self.last
        if text == "[":
            return "index" if before.expression else "array"
        if text == "(":
            return self.parenthesis(before)
        return self.brace(before)

    def parenthesis(self, before: Token) -> str:
        """Say what `(` begins."""
        earlier = self.tokens[-2] if len(self.tokens) > 1 else _NONE
        member = earlier.text in {".", "?."}
        if before.kind == NAME and not member:
            if before.text in HEADS:
                return "head"
            if before.text in {"switch", "catch"}:
                return before.text
            if before.text == "function" or earlier.text == "function" or (earlier.text == "*" and self.text_at(-3) == "function"):
                return "parameters"
        return "call" if before.expression else "group"

    def text_at(self, index: int) -> str:
        """Give the text of a token counted from the end."""
        return self.tokens[index].text if len(self.tokens) >= -index else ""

    def brace(self, before: Token) -> str:
        """Say what `{` begins."""
        match before.text:
            case ")":
                opener = self.tokens[before.match] if before.match >= 0 else _NONE
                return "function" if opener.role == "parameters" and self.begins_expression(before.match) else "block"
            case "=>":
                return "function"
            case ":":
                return "object" if self.inside("object") or self.after_question() else "block"
            case "" | ";" | "{" | "}" | "else" | "do" | "try" | "finally" | "$conditional":
                return "block"
        return "block" if before.expression and before.kind != TEMPLATE else "object"

    def inside(self, role: str) -> bool:
        """Tell whether the innermost open bracket has that role."""
        return bool(self.open) and self.tokens[self.open[-1]].role == role

    def after_question(self) -> bool:
        """Tell whether the colon before belongs to `? :`, looking back a little."""
        for token in reversed(self.tokens[-40:-1]):
            if token.text == "?":
                return True
            if token.text in {";", "{", "}", "case", "default"}:
                return False
        return False

    def begins_expression(self, parameters: int) -> bool:
        """Tell whether the function whose parameters open there is an expression, not a declaration."""
        index = parameters - 1
        while index >= 0 and self.tokens[index].text != "function":
            index -= 1
        if index < 1:
            return False
        before = self.tokens[index - 1]
        if before.text == "async":
            before = self.tokens[index - 2] if index > 1 else _NONE
        if before.text in {";", "{", "}", "else", "do", ""}:
            return self.tokens[index - 1].role == "object"
        return not (before.text == ")" and before.match >= 0 and self.tokens[before.match].role == "head") and not before.expression

    def closed(self, text: str) -> None:
        """Read a closing bracket; one without its opening is a token like others."""
        if not self.open or _CLOSING[self.tokens[self.open[-1]].text] != text:
            self.add(PUNCTUATION, text, expression=text != "}")
            return
        index = self.open.pop()
        opener = self.tokens[index]
        if opener.role == "template":
            self.position += 1
            self.template(self.position - 1, index)
            return
        ends = opener.role in {"object", "function"} if text == "}" else opener.role not in {"head", "catch", "switch"}
        token = self.add(PUNCTUATION, text, expression=ends)
        token.match = index
        token.role = opener.role
        opener.match = len(self.tokens) - 1

    def template(self, start: int, opener: int = -1) -> None:
        """Read a piece of a template string, from its first character or the brace behind an expression, to the next `${` or its end."""
        found = _TEMPLATE.match(self.text, self.position)
        end = found.end() if found else self.position
        self.position = start
        if self.text[end : end + 1] == "`":
            token = self.add(TEMPLATE, self.text[start : end + 1], expression=True)
        elif self.text[end : end + 2] == "${":
            self.add(TEMPLATE, self.text[start:end], expression=False)
            self.open.append(len(self.tokens))
            token = self.add(PUNCTUATION, "${", expression=False, role="template")
            token.text = "{"
            token.start += 1
        else:
            self.add(TEMPLATE, self.text[start:], expression=True)
        if opener >= 0:
            self.tokens[opener].match = opener  # its end is a template's piece, no bracket
