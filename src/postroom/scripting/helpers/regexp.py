"""VBScript.RegExp, on the regular expressions of the JavaScript engine: the same family, and a search that never ends dies with the process."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, ClassVar, Final, NamedTuple

import _quickjs as quickjs  # the package around it starts a thread, which must not be there when processes are forked

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import EMPTY, Value
from postroom.scripting.helpers.component import Component, member

KEPT: Final = 100
"""Patterns that are kept compiled; the one that was compiled first goes first."""
LONGEST_KEPT: Final = 2000
"""Characters of a pattern that is kept."""
# Texts cross as JSON: lone surrogates and the engine's own joined strings don't cross as they are. What comes back are places only.
_SEARCH: Final = """
(kept, longest) => { const known = new Map(); return (pattern, flags, text, all) => {
  const key = flags + pattern;
  let expression = known.get(key);
  if (expression === undefined) {
    try { expression = new RegExp(JSON.parse(pattern), flags); } catch (error) { return "!" + error.message; }
    if (key.length <= longest) {
      if (known.size === kept) known.delete(known.keys().next().value);
      known.set(key, expression);
    }
  }
  expression.lastIndex = 0;
  const subject = JSON.parse(text), found = [];
  let match;
  while ((match = expression.exec(subject)) !== null) {
    found.push(match.indices.map(span => span === undefined ? null : span));
    if (!all) break;
    if (match[0] === "") expression.lastIndex++;
  }
  return JSON.stringify(found).slice(0);
}; }
"""
_SPACE: Final = r" \f\n\r\t\v"
_PIECE: Final = re.compile(r"\\.|\\$|[\[\].]", re.DOTALL)
_REFERENCE: Final = re.compile(r"\$(\$|&|`|'|[0-9]{1,2})")
_PROBLEMS: Final[Mapping[str, int]] = {
    "expecting ')'": 5020,
    "nothing to repeat": 5018,
    "invalid class range": 5021,
}
SYNTAX: Final = 5017
_OPEN_CLASS: Final = 5019

Span = tuple[int, int]


class Found(NamedTuple):
    """Where a match lies, and each of its groups; None for a group that took no part."""

    whole: Span
    groups: tuple[Span | None, ...]


@cache
def _search() -> Any:
    """Make the engine at first use: in the process that uses it."""
    return quickjs.Context().eval(_SEARCH)(KEPT, LONGEST_KEPT)


@lru_cache(KEPT)
def translated(pattern: str) -> tuple[str, bool]:
    r"""Give a pattern in the engine's dialect, and whether a class is left open.

    There a point stops at more line ends than Windows' `\n`, and white space has more members than Windows' six.
    """
    out, place, in_class = [], 0, False
    for match in _PIECE.finditer(pattern):
        out.append(pattern[place : match.start()])
        place, piece = match.end(), match[0]
        if in_class:
            in_class = piece != "]"
            out.append(_SPACE if piece == r"\s" else piece)
        else:
            in_class = piece == "["
            out.append({".": r"[^\n]", r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]"}.get(piece, piece))
    return "".join(out) + pattern[place:], in_class


def search(pattern: str, text: str, *, flags: str = "", every: bool = False) -> list[Found]:
    """Find a pattern in a text of units: its first match or every one. Raises 5017 to 5021 for a pattern that is none, 7."""
    expression, left_open = translated(pattern)
    if left_open:
        raise VBScriptError(_OPEN_CLASS)
    try:
        answer: str = _search()(json.dumps(expression), flags + "d" + "g" * every, json.dumps(text), every)
    except quickjs.JSException as error:
        raise VBScriptError(28 if "stack" in str(error) else 7) from None
    if answer.startswith("!"):
        raise VBScriptError(_PROBLEMS.get(answer[1:], SYNTAX))
    return [Found(tuple(spans[0]), tuple(span and tuple(span) for span in spans[1:])) for spans in json.loads(answer)]


class RegExp(Component):
    """A regular expression: Pattern, Global, IgnoreCase, MultiLine."""

    __slots__ = ("global_", "ignore_case", "multiline", "pattern")

    type_name = "IRegExp2"
    VARIABLES: ClassVar[Mapping[str, type]] = {"pattern": str, "global_": bool, "ignore_case": bool, "multiline": bool}

    def __init__(self) -> None:
        self.pattern = ""
        self.global_ = self.ignore_case = self.multiline = False

    def _find(self, text: str, *, every: bool) -> list[Found]:
        return search(self.pattern, text, flags="i" * self.ignore_case + "m" * self.multiline, every=every)

    @member()
    def test(self, text: str) -> bool:
        """Tell whether the pattern is found in a text."""
        return bool(self._find(text, every=False))

    @member()
    def execute(self, text: str) -> Value:
        """Give the matches: every one if Global, else the first."""
        return Matches([Match(text, found) for found in self._find(text, every=self.global_)])

    @member()
    def replace(self, text: str, by: str) -> str:
        """Replace the first match, or every one if Global; in `by`, $1 to $99, $&, $`, $' and $$ mean parts of the text."""
        out, place = [], 0
        for found in self._find(text, every=self.global_):
            start, end = found.whole
            out += [text[place:start], expanded(by, text, found)]
            place = end
        return "".join(out) + text[place:]


def expanded(template: str, text: str, found: Found) -> str:
    """Give what a match is replaced by."""

    def part(reference: re.Match[str]) -> str:
        mark, (start, end) = reference[1], found.whole
        if not mark.isdecimal():
            return {"$": "$", "&": text[start:end], "`": text[:start], "'": text[end:]}[mark]
        for digits in (mark, mark[:1]):  # "$12" is group 12, or group 1 and a 2
            if 1 <= int(digits) <= len(found.groups):
                span = found.groups[int(digits) - 1]
                return (text[slice(*span)] if span else "") + mark[len(digits) :]
        return reference[0]

    return _REFERENCE.sub(part, template)


class _Row(Component):
    """A list that scripts read by number, from 0; raises 5 beyond it."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    @member(default=True)
    def item(self, index: int) -> Value:
        """Give one by its number."""
        if not 0 <= index < len(self._rows):
            raise VBScriptError(5)
        return self._rows[index]

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(self._rows)


class Matches(_Row):
    """What Execute found."""

    __slots__ = ()

    type_name = "IMatchCollection2"


class SubMatches(_Row):
    """The groups of a match; Empty for one that took no part."""

    __slots__ = ()

    type_name = "ISubMatches"


class Match(Component):
    """A match: its text, where it stands, its groups."""

    __slots__ = ("_found", "_text")

    type_name = "IMatch2"

    def __init__(self, text: str, found: Found) -> None:
        self._text = text
        self._found = found

    @member(default=True)
    def value(self) -> str:
        """The text that was found."""
        return self._text[slice(*self._found.whole)]

    @member()
    def first_index(self) -> int:
        """Where it begins; the text's first character is 0."""
        return self._found.whole[0]

    @member()
    def length(self) -> int:
        """How long it is."""
        return self._found.whole[1] - self._found.whole[0]

    @member()
    def sub_matches(self) -> Value:
        """Its groups."""
        return SubMatches([self._text[slice(*span)] if span else EMPTY for span in self._found.groups])
