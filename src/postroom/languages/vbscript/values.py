"""The Variant: which Python value stands for which VBScript subtype.

| VBScript | Python |
|---|---|
| Empty, Null, Nothing, an omitted argument | `EMPTY`, `NULL`, `NOTHING`, `MISSING` |
| Boolean, String, Double | `bool`, `str`, `float` |
| Integer (16 bits) | plain `int` |
| Long (32 bits), Byte | `Long`, `Byte`, subclasses of int |
| Single, Date | `Single`, `Date`, subclasses of float; a Date counts days since 30 December 1899 |
| Currency | `Currency`, ten-thousandths |
| arrays | `Array` |
| objects | `Object` and its subclasses |

Python's arithmetic on the subclasses gives plain numbers: who computes a Long says `Long(...)`. A rule that depends on the subtype asks for
`type(value)`.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, Final, TypeAlias

from postroom.languages.vbscript.errors import VBScriptError

Value: TypeAlias = Any
"""Any of the values of the table above."""

MOST_ITEMS: Final = 4_000_000
"""An array's cells, all dimensions together: `Dim a(2000000000)` must not eat the machine."""


class _Sentinel:
    """A value of which there is one."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name

    def __bool__(self) -> bool:
        return False  # so that a comparison's Null is no condition that holds

    def __copy__(self) -> "_Sentinel":
        return self

    def __deepcopy__(self, memo: object) -> "_Sentinel":
        return self


EMPTY: Final = _Sentinel("EMPTY")
NULL: Final = _Sentinel("NULL")
NOTHING: Final = _Sentinel("NOTHING")
MISSING: Final = _Sentinel("MISSING")


class Long(int):
    """A Long: -2,147,483,648 to 2,147,483,647."""

    __slots__ = ()


class Byte(int):
    """A Byte: 0 to 255."""

    __slots__ = ()


class Single(float):
    """A Single; its maker has rounded it to 32 bits."""

    __slots__ = ()


class Date(float):
    """A Date: days since 30 December 1899, the time of day in the fraction, which counts forward before that day too (-1.25 is 6:00)."""

    __slots__ = ()


class Currency:
    """A Currency: a whole number of ten-thousandths, 64 bits."""

    __slots__ = ("scaled",)

    def __init__(self, scaled: int) -> None:
        if not -(1 << 63) <= scaled < 1 << 63:
            raise VBScriptError(6)
        self.scaled = scaled

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Currency) and self.scaled == other.scaled

    def __hash__(self) -> int:
        return hash(("currency", self.scaled))

    def __repr__(self) -> str:
        return f"Currency({self.scaled})"


class Array:
    """An array; lower bounds are 0.

    `bounds` holds the upper bound of each dimension (empty: a dynamic array without cells yet); `items` are the cells, the last dimension running
    fastest; `fixed` means `Dim a(3)`, which ReDim refuses. Assignment copies (`copy`).
    """

    __slots__ = ("bounds", "fixed", "items")

    def __init__(self, bounds: tuple[int, ...] = (), items: list[Value] | None = None, *, fixed: bool = False) -> None:
        self.bounds = bounds
        self.fixed = fixed
        self.items: list[Value] = [EMPTY] * cells(bounds) if items is None else items

    @classmethod
    def of(cls, items: list[Value]) -> "Array":
        """Make a dynamic array of one dimension over these cells."""
        return cls((len(items) - 1,), items)

    def copy(self) -> "Array":
        """Give the array as assignment makes it: arrays within it are copied too."""
        return Array(self.bounds, [item.copy() if type(item) is Array else item for item in self.items])

    def position(self, subscripts: list[int]) -> int:
        """Where a cell lies in `items`; raises error 9."""
        if len(subscripts) != len(self.bounds):
            raise VBScriptError(9)
        position = 0
        for subscript, bound in zip(subscripts, self.bounds, strict=True):
            if not 0 <= subscript <= bound:
                raise VBScriptError(9)
            position = position * (bound + 1) + subscript
        return position

    def resize(self, bounds: tuple[int, ...], *, preserve: bool) -> None:
        """ReDim: raises 10 for a fixed array, 9 where Preserve would change another than the last bound."""
        if self.fixed:
            raise VBScriptError(10)
        if preserve and self.bounds:
            if len(bounds) != len(self.bounds) or bounds[:-1] != self.bounds[:-1]:
                raise VBScriptError(9)
            self.items = resized(self.items, self.bounds[-1] + 1, bounds)
        else:
            self.items = [EMPTY] * cells(bounds)
        self.bounds = bounds

    def erase(self) -> None:
        """Erase: a fixed array's cells become Empty, a dynamic one loses them."""
        if not self.fixed:
            self.bounds = ()
        self.items = [EMPTY] * cells(self.bounds)

    def enumerate(self) -> Iterator[Value]:
        """Give the cells as For Each sees them: the first dimension runs fastest."""
        if len(self.bounds) < 2:
            return iter(self.items)
        places = product(*(range(bound + 1) for bound in reversed(self.bounds)))
        return (self.items[self.position(list(reversed(place)))] for place in places)


def cells(bounds: tuple[int, ...]) -> int:
    """How many cells such an array has; raises 9 for a bound below -1 and 7 for too many cells."""
    count = 1 if bounds else 0
    for bound in bounds:
        if bound < -1:
            raise VBScriptError(9)
        count *= bound + 1
        if count > MOST_ITEMS:
            raise VBScriptError(7)
    return count


def resized(items: list[Value], row: int, bounds: tuple[int, ...]) -> list[Value]:
    """Give the cells after ReDim Preserve: rows of `row` cells become rows of the new last bound."""
    wanted = bounds[-1] + 1
    rows = cells(bounds) // wanted if wanted else 0
    if len(bounds) == 1:
        return items[:wanted] + [EMPTY] * (wanted - len(items))
    out: list[Value] = []
    for index in range(rows):
        kept = items[index * row : index * row + min(row, wanted)]
        out += kept + [EMPTY] * (wanted - len(kept))
    return out


class Object:
    """What a script can hold with Set: a host's object, an instance of a script's class, a procedure that GetRef gave.

    `name` is lower case; "" is the default member. A method that has out-parameters assigns to the items of `args`: the caller's variables
    follow. All raise VBScriptError: 438 for a member that is not there (the run adds its name), 450 for a wrong number of arguments.
    """

    __slots__ = ("__weakref__",)

    type_name = "Object"
    """What TypeName says."""

    def get(self, name: str, args: list[Value]) -> Value:
        """Make a property's value, or a method's where the value is wanted: `x = o.Name(args)`."""
        raise VBScriptError(438)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to a property: `o.Name(args) = value`, or `Set o.Name(args) = value`."""
        raise VBScriptError(438)

    def call(self, name: str, args: list[Value]) -> Value:
        """Call a member as a statement: `o.Name args`."""
        return self.get(name, args)

    def enumerate(self) -> Iterator[Value]:
        """Give the items for For Each; 451 where there are none to walk."""
        raise VBScriptError(451)

    def has(self, name: str) -> bool:
        """Whether the member exists; asked only of objects whose members the host makes global names."""
        return False


def from_host(value: Any) -> Value:
    """Make a Python value as the script sees it: int becomes Long (Double beyond 32 bits), None Empty, lists arrays; VBScript's own values stay."""
    kind = type(value)
    if kind is int:
        return Long(value) if -0x80000000 <= value <= 0x7FFFFFFF else float(value)
    if value is None:
        return EMPTY
    if kind in {list, tuple}:
        return Array.of([from_host(item) for item in value])
    return value
