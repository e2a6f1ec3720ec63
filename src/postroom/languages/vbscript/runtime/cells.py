"""Variables as the compiled program holds them: a cell, a list of one value, so that a ByRef argument is the variable itself."""

from typing import NoReturn, TypeAlias

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Array, Object, Value

Cell: TypeAlias = list[Value]


class Constant(list[Value]):
    """The cell of a Const: assignment raises 501."""

    __slots__ = ()

    def __setitem__(self, index: object, value: object) -> NoReturn:
        raise VBScriptError(501)


class Element(list[Value]):
    """An array's element as a variable: what a procedure assigns to its parameter lands in the array."""

    __slots__ = ("array", "position")

    def __init__(self, array: Array, position: int) -> None:
        super().__init__()
        self.array = array
        self.position = position

    def __getitem__(self, index: object) -> Value:
        return self.array.items[self.position]

    def __setitem__(self, index: object, value: Value) -> None:
        if self.position < len(self.array.items):
            self.array.items[self.position] = value


class Member(list[Value]):
    """A member of the host's object that is a global name."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: Object, name: str) -> None:
        super().__init__()
        self.owner = owner
        self.name = name

    def __getitem__(self, index: object) -> Value:
        return self.owner.get(self.name, [])

    def __setitem__(self, index: object, value: Value) -> None:
        self.owner.put(self.name, [], value, by_set=isinstance(value, Object))
