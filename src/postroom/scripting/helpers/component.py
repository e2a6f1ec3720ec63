"""How a component that scripts create declares its members: plain methods with a mark; their annotations say what arguments are made of."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, NamedTuple, TypeVar

from postroom.languages.vbscript.conversions import plain, to_bool, to_double, to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import MISSING, Array, Object, Value, from_host

_Function = TypeVar("_Function", bound=Callable[..., Any])
_READERS: Final[Mapping[Any, Callable[[Value], Any]]] = {str: to_text, int: to_int, float: to_double, bool: to_bool}


class Out:
    """An argument by which a method gives something back: the caller's variable follows `value`."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


class _Mark(NamedTuple):
    """What `member` and `assignment` write on a function."""

    kind: str
    default: bool


class _Parameter(NamedTuple):
    read: Callable[[Value], Any]
    default: Any

    def take(self, arg: Value) -> Any:
        """Read an argument; one that is left out has its default, an `Out` needs none."""
        return self.default if arg is MISSING and self.read is not Out else self.read(arg)


class _Member(NamedTuple):
    """A member as it is called: `rest` tells that any number of arguments may follow."""

    function: Callable[..., Any]
    parameters: tuple[_Parameter, ...]
    rest: bool

    def call(self, target: Object, args: list[Value]) -> Any:
        """Call it with a script's arguments; raises 450 for too many or too few."""
        if len(args) > len(self.parameters) and not self.rest:
            raise VBScriptError(450)
        left_out = [MISSING] * (len(self.parameters) - len(args))
        values = [parameter.take(arg) for parameter, arg in zip(self.parameters, [*args, *left_out], strict=False)]
        if any(value is inspect.Parameter.empty for value in values):
            raise VBScriptError(450)
        found = self.function(target, *values, *args[len(self.parameters) :])
        for place, value in enumerate(values[: len(args)]):
            if type(value) is Out:
                args[place] = given(value.value)
        return found


def member(*, default: bool = False) -> Callable[[_Function], _Function]:
    """Make a method a member that scripts read or call: its name without underscores; `default` makes it the default member too."""
    return _marked(_Mark("get", default))


def assignment(*, default: bool = False) -> Callable[[_Function], _Function]:
    """Make a method `put_name` what `object.Name(arguments) = value` does; the value is the last argument."""
    return _marked(_Mark("put", default))


def _marked(mark: _Mark) -> Callable[[_Function], _Function]:
    def mark_it(function: _Function) -> _Function:
        function.__dict__["mark"] = mark
        return function

    return mark_it


class Component(Object):
    """An object that scripts create, or get from one: members are declared by `member`, `assignment`, and plain attributes in two tables.

    `VARIABLES` are attributes that scripts read and assign, with their Python type; `FACTS` are attributes that they read.
    """

    __slots__ = ()

    VARIABLES: ClassVar[Mapping[str, type]] = {}
    FACTS: ClassVar[tuple[str, ...]] = ()
    _getters: ClassVar[dict[str, _Member]] = {}
    _putters: ClassVar[dict[str, _Member]] = {}

    def __init_subclass__(cls) -> None:
        cls._getters, cls._putters = dict(cls._getters), dict(cls._putters)
        for attribute in (*cls.VARIABLES, *cls.FACTS):
            cls._getters[scripted(attribute)] = _Member(_reader(attribute), (), rest=False)
        for attribute, kind in cls.VARIABLES.items():
            cls._putters[scripted(attribute)] = _Member(_writer(attribute), (_Parameter(_READERS[kind], inspect.Parameter.empty),), rest=False)
        for name, function in list(vars(cls).items()):
            mark = getattr(function, "__dict__", {}).get("mark")
            if isinstance(mark, _Mark):
                table = cls._getters if mark.kind == "get" else cls._putters
                table[scripted(name.removeprefix("put_") if mark.kind == "put" else name)] = described(function)
                if mark.default:
                    table[""] = described(function)

    def get(self, name: str, args: list[Value]) -> Value:
        """Read a property or call a method; raises 438, 450. What takes fewer arguments gives them to its result: `folder.Files("x")`."""
        found = self._getters.get(name)
        if found is None:
            raise VBScriptError(438)
        room = len(found.parameters)
        if len(args) > room == 0 and not found.rest:
            return element(given(found.call(self, [])), args)
        return given(found.call(self, args))

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to a property; one that only gives an object passes the value on to that: `recordset.Fields("x") = 1`."""
        found = self._putters.get(name)
        if found is not None:
            found.call(self, [*args, value])
            return
        getter = self._getters.get(name)
        room = len(getter.parameters) if getter else 0
        target = given(getter.call(self, args[:room])) if getter and len(args) >= room else None
        if not isinstance(target, Object):
            raise VBScriptError(438)
        target.put("", args[room:], value, by_set=by_set)

    def has(self, name: str) -> bool:
        """Whether the member exists."""
        return name in self._getters or name in self._putters


def scripted(name: str) -> str:
    """Give the name by which scripts call a Python name: open_text_file is OpenTextFile."""
    return name.rstrip("_").replace("_", "")


def described(function: Callable[..., Any]) -> _Member:
    """Read a member's parameters off its annotations; what is no str, int, float or bool stays a Variant."""
    found, rest = [], False
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            rest = True
        else:
            reader = Out if parameter.annotation is Out else _READERS.get(parameter.annotation, _unchanged)
            found.append(_Parameter(reader, parameter.default))
    return _Member(function, tuple(found), rest)


def given(value: Any) -> Value:
    """Make a Python value what a script sees."""
    return to_units(value) if type(value) is str else from_host(value)


def element(value: Value, args: list[Value]) -> Value:
    """Index what a property gave: `dictionary.Items(0)`; raises 450 for what has no elements."""
    if type(value) is Array:
        return value.items[value.position([to_int(arg) for arg in args])]
    if isinstance(value, Object):
        return value.get("", args)
    raise VBScriptError(450)


def refused(sentence: str) -> VBScriptError:
    """Make the error for what the administrator does not allow: 70, and how it can be allowed."""
    return VBScriptError(70, f"Permission denied: {sentence}")


def stored(value: Value) -> Value:
    """Give what a component keeps of a value that was assigned without Set: an object's default value, an array's copy."""
    return value.copy() if type(value) is Array else plain(value)


def _unchanged(value: Value) -> Value:
    return value


def _reader(attribute: str) -> Callable[[Any], Any]:
    return lambda target: getattr(target, attribute)


def _writer(attribute: str) -> Callable[[Any, Any], None]:
    return lambda target, value: setattr(target, attribute, value)
