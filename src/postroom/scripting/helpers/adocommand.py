"""ADODB.Command: a statement with parameters in the places of its question marks."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from postroom.languages.vbscript.values import EMPTY, MISSING, Array, Object, Value
from postroom.scripting.helpers.adoerrors import NO_CONNECTION, NO_SUCH_ITEM, ado_error
from postroom.scripting.helpers.component import Component, Out, assignment, member, stored
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.recordset import Recordset, connected
from postroom.scripting.helpers.rows import Rows

TABLE: Final = 2
STORED_PROCEDURE: Final = 4


class Command(Component):
    """A statement."""

    __slots__ = ("_connection", "_desk", "_parameters", "command_text", "command_timeout", "command_type", "name", "prepared")

    type_name = "Command"
    VARIABLES: ClassVar[Mapping[str, type]] = {"command_text": str, "command_timeout": int, "command_type": int, "name": str, "prepared": bool}

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._connection: Value = EMPTY
        self._parameters = Parameters()
        self.command_text = self.name = ""
        self.command_timeout, self.command_type, self.prepared = 30, 8, False

    @member()
    def active_connection(self) -> Value:
        """The connection."""
        return self._connection

    @assignment()
    def put_active_connection(self, connection: Value) -> None:
        """Say the connection, or its connection string."""
        if isinstance(connection, str) and connection:
            text, connection = connection, connected(self._desk)
            connection.open(text)
        self._connection = connection

    @member()
    def parameters(self) -> Object:
        """The values for the question marks, in their order."""
        return self._parameters

    @member()
    def create_parameter(self, name: str = "", kind: int = 0, direction: int = 1, size: int = 0, value: Value = EMPTY) -> Object:
        """Make a parameter; Append adds it."""
        made = Parameter()
        made.name, made.type, made.direction, made.size, made.content = name, kind, direction, size, stored(value)
        return made

    def rows_of(self, values: Value = MISSING) -> Rows:
        """Execute it; raises 3709 without a connection."""
        if not hasattr(self._connection, "run"):
            raise ado_error(NO_CONNECTION)
        given = list(values.items) if type(values) is Array else [] if values is MISSING else [values]
        given += [parameter.content for parameter in self._parameters.all()[len(given) :]]
        rows: Rows = self._connection.run(self._sql(len(given)), given)
        return rows

    def _sql(self, count: int) -> str:
        if self.command_type == TABLE:
            return f"SELECT * FROM {self.command_text}"
        if self.command_type == STORED_PROCEDURE:
            return f"CALL {self.command_text}({', '.join('?' * count)})"
        return self.command_text

    @member()
    def execute(self, affected: Out, values: Value = MISSING, _options: Value = MISSING) -> Object:
        """Execute it; `affected` becomes the number of rows that it changed, `values` replace the parameters."""
        rows = self.rows_of(values)
        affected.value = rows.changed
        return Recordset.over(self._desk, rows)


class Parameter(Component):
    """A value for a question mark."""

    __slots__ = ("content", "direction", "name", "numeric_scale", "precision", "size", "type")

    type_name = "Parameter"
    VARIABLES: ClassVar[Mapping[str, type]] = {"name": str, "type": int, "direction": int, "size": int, "precision": int, "numeric_scale": int}

    def __init__(self) -> None:
        self.name = ""
        self.type = self.size = self.precision = self.numeric_scale = 0
        self.direction = 1
        self.content: Value = EMPTY

    @member(default=True)
    def value(self) -> Value:
        """The value."""
        return self.content

    @assignment(default=True)
    def put_value(self, value: Value) -> None:
        """Set the value."""
        self.content = stored(value)


class Parameters(Component):
    """The parameters of a command."""

    __slots__ = ("_held",)

    type_name = "Parameters"

    def __init__(self) -> None:
        self._held: list[Parameter] = []

    def all(self) -> list[Parameter]:
        """Give all."""
        return list(self._held)

    def _place(self, key: Value) -> int:
        names = [parameter.name.lower() for parameter in self._held]
        if isinstance(key, str):
            return names.index(key.lower()) if key.lower() in names else -1
        return int(key) if isinstance(key, int) and 0 <= key < len(names) else -1

    @member()
    def append(self, parameter: Value) -> None:
        """Add one behind the others; raises 3265 for what is none."""
        if not isinstance(parameter, Parameter):
            raise ado_error(NO_SUCH_ITEM)
        self._held.append(parameter)

    @member()
    def delete(self, key: Value) -> None:
        """Take one out; raises 3265."""
        del self._held[self._known(key)]

    def _known(self, key: Value) -> int:
        place = self._place(key)
        if place < 0:
            raise ado_error(NO_SUCH_ITEM)
        return place

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._held)

    @member(default=True)
    def item(self, key: Value) -> Object:
        """Give one by its number or name; raises 3265. A number just behind the last makes one, as drivers that describe parameters do."""
        if isinstance(key, int) and key == len(self._held):
            self._held.append(Parameter())
        return self._held[self._known(key)]

    @member()
    def refresh(self) -> None:
        """Do nothing: question marks have no names and types of their own."""

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(self.all())
