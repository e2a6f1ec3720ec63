"""What a script was given on the command line: WScript.Arguments, with those that begin with a slash by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.languages.vbscript.conversions import to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import EMPTY, Long, Object, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUT_OF_RANGE = 9


class Words(Object):
    """A list of arguments: Item, Count, Length; the default is an item by its number."""

    type_name = "IArguments_Class"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [to_units(word) for word in words]

    def get(self, name: str, args: list[Value]) -> Value:
        """Give an item or their number."""
        match name, args:
            case (("count" | "length"), []):
                return Long(len(self.words))
            case (("" | "item"), [index]):
                number = to_int(index)
                if not 0 <= number < len(self.words):
                    raise VBScriptError(OUT_OF_RANGE)
                return self.words[number]
        raise VBScriptError(438)

    def enumerate(self) -> Iterator[Value]:
        """Give the arguments in their order."""
        return iter(self.words)


class Named(Object):
    """Arguments by name: `/name:value`, `/flag`, `/flag+`, `/flag-`."""

    type_name = "IWSHNamedArguments"

    def __init__(self, words: Sequence[str]) -> None:
        self._values: dict[str, Value] = {}
        self._spelling: dict[str, str] = {}
        for word in words:
            name, value = named(to_units(word))
            self._values.setdefault(name.lower(), value)
            self._spelling.setdefault(name.lower(), name)

    def get(self, name: str, args: list[Value]) -> Value:
        """Give a value, Empty for a name that was not given; tell whether one was; tell how many."""
        match name, args:
            case (("count" | "length"), []):
                return Long(len(self._values))
            case (("" | "item"), [key]):
                return self._values.get(to_text(key).lower(), EMPTY)
            case "exists", [key]:
                return to_text(key).lower() in self._values
        raise VBScriptError(438)

    def enumerate(self) -> Iterator[Value]:
        """Give the names."""
        return iter(list(self._spelling.values()))


def named(word: str) -> tuple[str, Value]:
    """Split `/name:value`; a name alone is Empty, with a sign behind it True or False."""
    name, colon, value = word[1:].partition(":")
    if colon:
        return name, value
    if name.endswith(("+", "-")):
        return name[:-1], name.endswith("+")
    return name, EMPTY


class Arguments(Words):
    """WScript.Arguments: all of them, and by Named and Unnamed the two kinds."""

    type_name = "IArguments_Class"

    def get(self, name: str, args: list[Value]) -> Value:
        """Give an item, their number, or one of the two kinds."""
        if name == "named" and len(args) <= 1:
            found = Named([word for word in self.words if word.startswith("/")])
            return found.get("", args) if args else found
        if name == "unnamed" and len(args) <= 1:
            rest = Words([word for word in self.words if not word.startswith("/")])
            return rest.get("", args) if args else rest
        return super().get(name, args)
