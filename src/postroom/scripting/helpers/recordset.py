"""ADODB.Recordset: the rows of a statement, one of them current; all are read at once, so moving back and counting always work."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.values import EMPTY, MISSING, NULL, Array, Date, Object, Value
from postroom.scripting.helpers.adoerrors import CLOSED, ILLEGAL, NO_CONNECTION, NO_ROW, NOT_ALLOWED, OPEN, ado_error
from postroom.scripting.helpers.component import Component, assignment, member, stored
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.rows import Rows

_TYPES: Final = ((bool, 11), (int, 3), (Date, 7), (float, 5), (Array, 205))
_TEXT: Final = 202
_ADDING: Final = -1
_KEPT: Final = ("cursor_type", "lock_type", "cursor_location", "max_records", "page_size", "cache_size")


class Recordset(Component):
    """Rows; `_at` is the current one, -1 before the first, their number behind the last."""

    __slots__ = ("_at", "_connection", "_desk", "_edits", "_editing", "_rows", "_source", *_KEPT)

    type_name = "Recordset"
    VARIABLES: ClassVar[Mapping[str, type]] = dict.fromkeys(_KEPT, int)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows: Rows | None = None
        self._connection: Value = EMPTY
        self._source: Value = ""
        self._at = 0
        self._edits: dict[int, Value] = {}
        self._editing: int | None = None
        self.cursor_type, self.lock_type, self.cursor_location = 0, 1, 2
        self.max_records, self.page_size, self.cache_size = 0, 10, 1

    @classmethod
    def over(cls, desk: Desk, rows: Rows) -> "Recordset":
        """Make one of rows; closed where the statement gives none."""
        made = cls(desk)
        made.show(rows)
        return made

    def show(self, rows: Rows) -> None:
        """Begin with the first of these rows."""
        self._rows, self._at = (rows if rows.columns else None), 0

    def rows(self) -> Rows:
        """Give the rows; raises 3704 while closed."""
        if self._rows is None:
            raise ado_error(CLOSED)
        return self._rows

    def row(self) -> list[Value]:
        """Give the current row; raises 3021 where there is none."""
        rows = self.rows().rows
        if self._editing == _ADDING:
            return [NULL] * len(self.rows().columns)
        if not 0 <= self._at < len(rows):
            raise ado_error(NO_ROW)
        return rows[self._at]

    def value_at(self, place: int) -> Value:
        """Give a field of the current row."""
        return self._edits[place] if place in self._edits else self.row()[place]

    def change(self, place: int, value: Value) -> None:
        """Change a field of the current row; Update writes it."""
        self.row()
        if self._editing is None:
            self._editing = self._at
        self._edits[place] = value

    @member()
    def open(self, source: Value = MISSING, connection: Value = MISSING, cursor: int = 0, lock: int = 1, _options: int = -1) -> None:
        """Execute a statement over a connection, or a connection string; raises 3705, 3709 and what the database says."""
        if self._rows is not None:
            raise ado_error(OPEN)
        self._source = self._source if source is MISSING else source
        self._connection = self._connection if connection is MISSING else connection
        self.cursor_type, self.lock_type = cursor, lock
        self.requery()

    @member()
    def requery(self, _options: int = -1) -> None:
        """Execute the statement again."""
        if isinstance(self._source, Object) and hasattr(self._source, "rows_of"):
            self.show(self._source.rows_of())
            return
        sql = to_text(self._source).strip()
        if " " not in sql and sql:
            sql = f"SELECT * FROM {sql}"  # a table's name will do
        self.show(self._opened().run(sql, [], most=self.max_records))

    def _opened(self) -> "Value":
        """Give the connection, one of our own for a connection string."""
        if isinstance(self._connection, str) and self._connection:
            text, self._connection = self._connection, connected(self._desk)
            self._connection.open(text)
        if not hasattr(self._connection, "run"):
            raise ado_error(NO_CONNECTION)
        return self._connection

    @member()
    def close(self) -> None:
        """Close it; raises 3704 where it is closed."""
        self.rows()
        if self._editing is not None:
            raise ado_error(NOT_ALLOWED)
        self._rows = None

    @member()
    def state(self) -> int:
        """0 closed, 1 open."""
        return int(self._rows is not None)

    @member()
    def source(self) -> Value:
        """The statement."""
        return self._source

    @assignment()
    def put_source(self, source: Value) -> None:
        """Say the statement."""
        self._source = source

    @member()
    def active_connection(self) -> Value:
        """The connection."""
        return self._connection

    @assignment()
    def put_active_connection(self, connection: Value) -> None:
        """Say the connection, or its connection string."""
        self._connection = connection

    # moving

    @member()
    def bof(self) -> bool:
        """Whether it stands before the first row."""
        return self._at < 0 or not self.rows().rows

    @member()
    def eof(self) -> bool:
        """Whether it stands behind the last row."""
        return self._at >= len(self.rows().rows)

    def _go(self, place: int) -> None:
        if self._editing is not None:
            self.update()
        self._at = max(-1, min(place, len(self.rows().rows)))

    @member()
    def move_first(self) -> None:
        """Go to the first row; raises 3021 where there is none."""
        self._some()
        self._go(0)

    @member()
    def move_last(self) -> None:
        """Go to the last row; raises 3021 where there is none."""
        self._go(self._some() - 1)

    def _some(self) -> int:
        count = len(self.rows().rows)
        if not count:
            raise ado_error(NO_ROW)
        return count

    @member()
    def move_next(self) -> None:
        """Go to the next row; raises 3021 behind the last."""
        if self.eof():
            raise ado_error(NO_ROW)
        self._go(self._at + 1)

    @member()
    def move_previous(self) -> None:
        """Go to the row before; raises 3021 before the first."""
        if self.bof():
            raise ado_error(NO_ROW)
        self._go(self._at - 1)

    @member()
    def move(self, count: int, _start: Value = MISSING) -> None:
        """Go so many rows forward, or back below 0."""
        self._some()
        self._go(self._at + count)

    @member()
    def absolute_position(self) -> int:
        """The number of the row, 1 the first; -2 before it, -3 behind the last."""
        return -3 if self.eof() else -2 if self.bof() else self._at + 1

    @assignment()
    def put_absolute_position(self, place: int) -> None:
        """Go to a row by its number."""
        self._go(place - 1)

    @member()
    def bookmark(self) -> float:
        """A mark of this row, to come back to."""
        self.row()
        return float(self._at)

    @assignment()
    def put_bookmark(self, mark: int) -> None:
        """Come back to a marked row."""
        self._go(mark)

    @member()
    def record_count(self) -> int:
        """How many rows there are, for every kind of cursor."""
        return len(self.rows().rows)

    # fields

    @member(default=True)
    def fields(self) -> Object:
        """The fields of the current row."""
        return Fields(self)

    @member()
    def collect(self, key: Value) -> Value:
        """A field's value."""
        return self.value_at(self.rows().place(key))

    @member()
    def get_rows(self, count: int = -1, _start: Value = MISSING, _fields: Value = MISSING) -> Array:
        """Give the rows from here on, or so many, as an array (field, row); raises 3021 where there is none."""
        taken = self._taken(count)
        cells = [row[at] for at in range(len(self.rows().columns)) for row in taken]
        return Array((len(self.rows().columns) - 1, len(taken) - 1), cells)

    def _taken(self, count: int) -> list[list[Value]]:
        rows, start = self.rows().rows, max(self._at, 0)
        if self.eof():
            raise ado_error(NO_ROW)
        end = len(rows) if count < 0 else min(len(rows), start + count)
        self._go(end)
        return rows[start:end]

    @member()
    def get_string(self, _form: int = 2, count: int = -1, column: str = "\t", row: str = "\r", null: str = "") -> str:
        """Give the rows from here on, or so many, as a text."""
        taken = self._taken(count)
        return "".join(column.join(null if value is NULL else to_text(value) for value in cells) + row for cells in taken)

    # changing

    @member()
    def add_new(self, names: Value = MISSING, values: Value = MISSING) -> None:
        """Begin a new row; with fields and values it is written at once. Raises 3251 where rows can't be changed."""
        self.rows().table()
        if self._editing is not None:
            self.update()
        self._editing = _ADDING
        if names is not MISSING and values is not MISSING:
            self.update(names, values)

    @member()
    def update(self, names: Value = MISSING, values: Value = MISSING) -> None:
        """Write what was changed; fields and values may be given."""
        if names is not MISSING and values is not MISSING:
            for name, value in _pairs(names, values):
                self.change(self.rows().place(name), value)
        editing, edits = self._editing, self._edits
        if editing is None:
            return
        if editing == _ADDING:
            self._insert(edits)
        else:
            row = self.rows().rows[editing]
            if edits:
                self.rows().update(row, edits)
            for place, value in edits.items():
                row[place] = value
        self._editing, self._edits = None, {}

    def _insert(self, edits: dict[int, Value]) -> None:
        self.rows().insert(edits)
        rows = self.rows().rows
        rows.append([edits.get(place, NULL) for place in range(len(self.rows().columns))])
        self._at = len(rows) - 1

    @member()
    def cancel_update(self) -> None:
        """Forget what was changed."""
        self._editing, self._edits = None, {}

    @member()
    def delete(self, _which: int = 1) -> None:
        """Delete the current row; raises 3021, 3251, 0x80040E38."""
        self.rows().delete(self.row())
        del self.rows().rows[self._at]
        self._at -= 1

    @member()
    def edit_mode(self) -> int:
        """0 nothing is changed, 1 a row is, 2 a new one is begun."""
        return 0 if self._editing is None else 2 if self._editing == _ADDING else 1

    @member()
    def supports(self, _what: int) -> bool:
        """Whether the rows can be moved in and counted: always."""
        return True

    @member()
    def next_recordset(self) -> Value:
        """Nothing: a statement gives one set of rows."""
        return EMPTY


class Fields(Component):
    """The fields of a recordset's current row."""

    __slots__ = ("_owner",)

    type_name = "Fields"

    def __init__(self, owner: Recordset) -> None:
        self._owner = owner

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._owner.rows().columns)

    @member(default=True)
    def item(self, key: Value) -> Object:
        """Give one by its number or name; raises 3265."""
        return Field(self._owner, self._owner.rows().place(key))

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return (Field(self._owner, place) for place in range(self.count()))


class Field(Component):
    """A field of a recordset's current row, whichever that is."""

    __slots__ = ("_owner", "_place")

    type_name = "Field"

    def __init__(self, owner: Recordset, place: int) -> None:
        self._owner = owner
        self._place = place

    @member(default=True)
    def value(self) -> Value:
        """Its value."""
        return self._owner.value_at(self._place)

    @assignment(default=True)
    def put_value(self, value: Value) -> None:
        """Change it; Update writes it."""
        self._owner.change(self._place, stored(value))

    @member()
    def name(self) -> str:
        """The column's name."""
        return self._owner.rows().columns[self._place]

    @member()
    def original_value(self) -> Value:
        """What it was before it was changed."""
        return self._owner.row()[self._place]

    @member()
    def type(self) -> int:
        """Its type by its first value that isn't Null: 3 Long, 5 Double, 7 Date, 11 Boolean, 202 text, 205 bytes."""
        first = next((row[self._place] for row in self._owner.rows().rows if row[self._place] is not NULL), "")
        return next((number for kind, number in _TYPES if isinstance(first, kind)), _TEXT)

    @member()
    def actual_size(self) -> int:
        """How long its text is; 0 for Null."""
        value = self.value()
        return 0 if value is NULL else len(value.items) if type(value) is Array else len(to_text(value))


def _pairs(names: Value, values: Value) -> list[tuple[Value, Value]]:
    """Give fields with values: two arrays, or one of each; raises 3001."""
    if type(names) is not Array:
        return [(names, values)]
    if type(values) is not Array or len(values.items) != len(names.items):
        raise ado_error(ILLEGAL)
    return list(zip(names.items, values.items, strict=True))


def connected(desk: Desk) -> Value:
    """Make a connection, for a connection string in its place."""
    from postroom.scripting.helpers.adoconnection import Connection  # noqa: PLC0415 - connections make recordsets, and they connections

    return Connection(desk)
