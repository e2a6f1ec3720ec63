"""Calling, indexing, reading and assigning where only the run knows what a name holds."""

from collections.abc import Iterator
from typing import Final, NoReturn

from postroom.languages.vbscript.comparison import equal, less
from postroom.languages.vbscript.conversions import plain, to_int, to_number
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.cells import Cell, Element
from postroom.languages.vbscript.runtime.classes import Instance
from postroom.languages.vbscript.runtime.procedures import Reference
from postroom.languages.vbscript.values import NOTHING, NULL, Array, Long, Object, Value

_WHOLE: Final = frozenset({int, Long})


def let(value: Value) -> Value:
    """Make of a value what `x = value` stores: arrays are copied, objects give their default value."""
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if kind is Array:
        return value.copy()
    return plain(value)


def copied(value: Value) -> Value:
    """Copy an array; everything else is itself."""
    return value.copy() if type(value) is Array else value


def assigned(value: Value) -> Value:
    """Check what `Set x = value` stores; raises 424."""
    if value is NOTHING or isinstance(value, Object):
        return value
    raise VBScriptError(424)


def subscripts(cells: tuple[Cell, ...]) -> list[int]:
    """Read subscripts, rounded as Windows does."""
    return [to_int(cell[0]) for cell in cells]


def apply(value: Value, *cells: Cell) -> Value:
    """Compute `value(args)`: an array's element, an object's default member."""
    if type(value) is Array:
        if len(cells) == 1 and type(cells[0][0]) is int and len(value.bounds) == 1 and 0 <= cells[0][0] < len(value.items):
            return value.items[cells[0][0]]
        return value.items[value.position(subscripts(cells))]
    if type(value) is Reference:
        return value.invoke(cells)
    if isinstance(value, Object):
        return obtain(value, "", cells)
    raise missing_object(value) if value is NOTHING else VBScriptError(13)


def perform(value: Value, *cells: Cell) -> None:
    """Do `value args` as a statement; raises 13 for what can't be called."""
    if isinstance(value, Object) or (type(value) is Array and cells):
        apply(value, *cells)
    else:
        raise missing_object(value) if value is NOTHING else VBScriptError(13)


def element(value: Value, *cells: Cell) -> Cell:
    """Make `value(args)` an argument: an array's element by reference, all else by value."""
    if type(value) is Array:
        return Element(value, value.position(subscripts(cells)))
    return [apply(value, *cells)]


def obtain(target: Object, name: str, cells: tuple[Cell, ...], *, statement: bool = False) -> Value:
    """Read or call a member; what the callee assigns to its arguments lands in the caller's variables."""
    if type(target) is Instance:
        return target.invoke(name, cells)
    if not cells:
        return target.call(name, []) if statement else target.get(name, [])
    args = [cell[0] for cell in cells]
    given = args[:]
    found = target.call(name, args) if statement else target.get(name, args)
    for cell, old, new in zip(cells, given, args, strict=False):
        if new is not old:
            cell[0] = new
    return found


def missing_object(value: Value) -> VBScriptError:
    """Say why a value has no members: 91 for Nothing, 424 else."""
    return VBScriptError(91 if value is NOTHING else 424)


def fail_at(error: VBScriptError, site: str) -> NoReturn:
    """Raise an error again with the name that its report shows; `site` is `target.member` as written."""
    target, _, name = site.rpartition(".")
    if not error.detail and error.number in {91, 424, 438, 450, 451}:
        error.detail = target if error.number in {91, 424} else name
    raise error


def member(target: Value, name: str, site: str, *cells: Cell) -> Value:
    """Compute `target.name(args)`."""
    if not isinstance(target, Object):
        fail_at(missing_object(target), site)
    try:
        return obtain(target, name, cells)
    except VBScriptError as error:
        fail_at(error, site)


def call_member(target: Value, name: str, site: str, *cells: Cell) -> None:
    """Do `target.name args` as a statement."""
    if not isinstance(target, Object):
        fail_at(missing_object(target), site)
    try:
        obtain(target, name, cells, statement=True)
    except VBScriptError as error:
        fail_at(error, site)


def put(target: Value, name: str, site: str, value: Value, *cells: Cell) -> None:
    """Do `target.name(args) = value`."""
    _put(target, name, site, copied(value), cells, by_set=False)


def put_object(target: Value, name: str, site: str, value: Value, *cells: Cell) -> None:
    """Do `Set target.name(args) = value`."""
    _put(target, name, site, assigned(value), cells, by_set=True)


def _put(target: Value, name: str, site: str, value: Value, cells: tuple[Cell, ...], *, by_set: bool) -> None:
    if not isinstance(target, Object):
        fail_at(missing_object(target), site)
    try:
        target.put(name, [cell[0] for cell in cells], value, by_set=by_set)
    except VBScriptError as error:
        fail_at(error, site)


def put_item(container: Value, value: Value, *cells: Cell) -> None:
    """Do `container(args) = value`."""
    if type(container) is Array:
        container.items[container.position(subscripts(cells))] = let(value)
    elif isinstance(container, Object):
        container.put("", [cell[0] for cell in cells], copied(value), by_set=False)
    else:
        raise missing_object(container) if container is NOTHING else VBScriptError(13)


def put_item_object(container: Value, value: Value, *cells: Cell) -> None:
    """Do `Set container(args) = value`."""
    if type(container) is Array:
        container.items[container.position(subscripts(cells))] = assigned(value)
    elif isinstance(container, Object):
        container.put("", [cell[0] for cell in cells], assigned(value), by_set=True)
    else:
        raise missing_object(container) if container is NOTHING else VBScriptError(13)


def redim(cell: Cell, preserve: bool, *bounds: Value) -> None:
    """Do ReDim on a variable; one that holds no array yet becomes one."""
    wanted = tuple(to_int(bound) for bound in bounds)
    if type(cell[0]) is Array:
        cell[0].resize(wanted, preserve=preserve)
    else:
        cell[0] = Array(wanted)


def erase(value: Value) -> None:
    """Do Erase; raises 13 for what is no array."""
    if type(value) is not Array:
        raise VBScriptError(13)
    value.erase()


def each(value: Value) -> Iterator[Value]:
    """Begin For Each; raises 451 for what has no items."""
    if type(value) is Array:
        return iter(list(value.enumerate()))
    if isinstance(value, Object):
        return iter(value.enumerate())
    raise missing_object(value) if value is NOTHING else VBScriptError(451)


def for_value(value: Value) -> Value:
    """Read a bound or step of For: a number; raises 13, and 94 for Null."""
    if type(value) is int:
        return value
    value = plain(value)
    if value is NULL:
        raise VBScriptError(94)
    return to_number(value)


def counts_on(value: Value, last: Value, step: Value) -> bool:
    """Tell whether For goes on."""
    if type(value) in _WHOLE and type(last) in _WHOLE and type(step) in _WHOLE:
        return bool(value <= last if step >= 0 else value >= last)
    found = _before(last, value) if _before(0, step) or equal(step, 0) is True else _before(value, last)
    return not found


def _before(one: Value, other: Value) -> bool:
    return bool(less(for_value(one), for_value(other)))


def following(items: Iterator[Value]) -> Value | None:
    """Take the next item of For Each, None behind the last."""
    return next(items, None)
