"""Classes that a script defines, and their instances."""

from collections.abc import Callable
from dataclasses import dataclass, field

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.cells import Cell
from postroom.languages.vbscript.runtime.naming import FIELD, mangled
from postroom.languages.vbscript.runtime.procedures import Procedure
from postroom.languages.vbscript.values import EMPTY, Array, Object, Value


@dataclass(slots=True)
class Definition:
    """A class. `fields` are its variables with bounds (None: no array), `public` those seen from outside; members lie by kind and name."""

    spelling: str
    fields: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)
    getters: dict[str, Procedure] = field(default_factory=dict)
    letters: dict[str, Procedure] = field(default_factory=dict)
    setters: dict[str, Procedure] = field(default_factory=dict)
    default: str = ""

    def add(self, kind: str, name: str, procedure: Procedure, *, default: bool) -> None:
        """Take a member of the class."""
        {"let": self.letters, "set": self.setters}.get(kind, self.getters)[name] = procedure
        if default:
            self.default = name


def new_array(bounds: tuple[int, ...] | None) -> Value:
    """Make a declared variable's first value: Empty, an array with cells, or one without yet."""
    return EMPTY if bounds is None else Array(bounds, fixed=bool(bounds))


def attribute(name: str) -> str:
    """Name the Python attribute that holds a variable of a class."""
    return mangled(FIELD, name)


class Instance(Object):
    """An instance: each variable is a cell in an attribute. Class_Terminate runs when the last reference goes."""

    def __init__(self, definition: Definition, ending: Callable[["Instance"], None]) -> None:
        self.definition = definition
        self.ending = ending if "class_terminate" in definition.getters else None
        for name, bounds in definition.fields.items():
            setattr(self, attribute(name), [new_array(bounds)])

    def __del__(self) -> None:
        if getattr(self, "ending", None) is not None:
            self.ending(self)  # type: ignore[misc]

    @property
    def type_name(self) -> str:  # type: ignore[override]
        """The class's name as written."""
        return self.definition.spelling

    def invoke(self, name: str, cells: tuple[Cell, ...], *, own: bool = False) -> Value:
        """Read or call a member with the caller's variables; `own` sees private ones too."""
        definition = self.definition
        if not name:
            name = definition.default
        getter = definition.getters.get(name)
        if getter is not None and (own or not getter.private):
            return getter.checked(cells, self)
        if name in definition.fields and (own or name in definition.public):
            value = getattr(self, attribute(name))[0]
            return value if not cells else self.indexed(value, cells)
        raise VBScriptError(438)

    @staticmethod
    def indexed(value: Value, cells: tuple[Cell, ...]) -> Value:
        """Read `instance.variable(args)`."""
        from postroom.languages.vbscript.runtime.access import apply  # noqa: PLC0415 - access knows instances

        return apply(value, *cells)

    def get(self, name: str, args: list[Value]) -> Value:
        """Read or call a public member."""
        cells = [[arg] for arg in args]
        found = self.invoke(name, tuple(cells))
        args[:] = [cell[0] for cell in cells]
        return found

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to a public member."""
        self.assign(name, args, value, by_set=by_set, own=False)

    def assign(self, name: str, args: list[Value], value: Value, *, by_set: bool, own: bool) -> None:
        """Assign to a property or variable; `own` sees private ones too. A property with Let only takes objects through it."""
        definition = self.definition
        if not name:
            name = definition.default
        found = definition.setters.get(name) if by_set else definition.letters.get(name)
        if found is not None and (own or not found.private):
            found.checked(tuple([arg] for arg in [*args, value]), self)
        elif name in definition.fields and (own or name in definition.public):
            self.assign_variable(getattr(self, attribute(name)), args, value, by_set=by_set)
        elif name in definition.getters and not (definition.letters.keys() | definition.setters.keys()) & {name}:
            raise VBScriptError(450 if definition.getters[name].private is False else 438)
        else:
            raise VBScriptError(438)

    @staticmethod
    def assign_variable(cell: Cell, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to a variable or its element."""
        from postroom.languages.vbscript.runtime.access import let, put_item, put_item_object  # noqa: PLC0415 - access knows instances

        if args:
            (put_item_object if by_set else put_item)(cell[0], value, *([arg] for arg in args))
        else:
            cell[0] = value if by_set else let(value)

    def has(self, name: str) -> bool:
        """Tell whether a public member has this name."""
        getter = self.definition.getters.get(name)
        return name in self.definition.public or (getter is not None and not getter.private)
