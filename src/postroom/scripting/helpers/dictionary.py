"""Scripting.Dictionary: keys with items, in the order in which they came."""

from typing import Any, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import EMPTY, Array, Currency, Object, Value
from postroom.scripting.helpers.component import Component, assignment, member

_BINARY: Final = 0
NO_SUCH_KEY: Final = 32811
KEY_IS_THERE: Final = 457


class Dictionary(Component):
    """A dictionary; a key is any value but an array. Numbers that are equal are one key, a number and its text are two."""

    __slots__ = ("_compare", "_entries")

    type_name = "Dictionary"

    def __init__(self) -> None:
        self._compare = _BINARY
        self._entries: dict[Any, tuple[Value, Value]] = {}

    def _place(self, key: Value) -> Any:
        """Give what stands for a key, so that equal keys meet; raises 13 for an array."""
        if type(key) is Array:
            raise VBScriptError(13)
        if type(key) is str:
            return key if self._compare == _BINARY else folded(key)
        if isinstance(key, bool):
            return (float(-key),)
        if isinstance(key, int | float):
            return (float(key),)
        if type(key) is Currency:
            return (key.scaled / CURRENCY_UNIT,)
        return ("object", id(key)) if isinstance(key, Object) else key

    def _known(self, key: Value) -> Any:
        place = self._place(key)
        if place not in self._entries:
            raise VBScriptError(NO_SUCH_KEY)
        return place

    @member()
    def add(self, key: Value, item: Value) -> None:
        """Add a key; raises 457 where it is there."""
        place = self._place(key)
        if place in self._entries:
            raise VBScriptError(KEY_IS_THERE)
        self._entries[place] = key, item

    @member(default=True)
    def item(self, key: Value) -> Value:
        """Give a key's item; a key that isn't there is added with Empty, as on Windows."""
        return self._entries.setdefault(self._place(key), (key, EMPTY))[1]

    @assignment(default=True)
    def put_item(self, key: Value, item: Value) -> None:
        """Set a key's item; the key is added if need be."""
        place = self._place(key)
        self._entries[place] = self._entries.get(place, (key,))[0], item

    @assignment()
    def put_key(self, old: Value, new: Value) -> None:
        """Give an item another key, at the same place; raises 32811, 457."""
        place, wanted = self._known(old), self._place(new)
        if wanted in self._entries:
            raise VBScriptError(KEY_IS_THERE)
        self._entries = {(wanted if at == place else at): ((new, entry[1]) if at == place else entry) for at, entry in self._entries.items()}

    @member()
    def exists(self, key: Value) -> bool:
        """Tell whether a key is there."""
        return self._place(key) in self._entries

    @member()
    def remove(self, key: Value) -> None:
        """Take a key out; raises 32811."""
        del self._entries[self._known(key)]

    @member()
    def remove_all(self) -> None:
        """Take all keys out."""
        self._entries.clear()

    @member()
    def count(self) -> int:
        """How many keys there are."""
        return len(self._entries)

    @member()
    def keys(self) -> Array:
        """Give an array of the keys."""
        return Array.of([key for key, _ in self._entries.values()])

    @member()
    def items(self) -> Array:
        """Give an array of the items."""
        return Array.of([item for _, item in self._entries.values()])

    @member()
    def compare_mode(self) -> int:
        """How texts compare: 0 case counts; 1, 2 and locales it doesn't."""
        return self._compare

    @assignment()
    def put_compare_mode(self, mode: int) -> None:
        """Say how texts compare; raises 5 once there are keys."""
        if self._entries or mode < _BINARY:
            raise VBScriptError(5)
        self._compare = mode

    def enumerate(self) -> Any:
        """Give the keys."""
        return iter([key for key, _ in self._entries.values()])


def folded(text: str) -> str:
    """Give a text as Windows compares it without case: letter by letter, so that "ß" is not "ss"."""
    return to_units("".join(small if len(small := letter.lower()) == 1 else letter for letter in text))
