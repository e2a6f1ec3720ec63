"""Rows that a statement gave, and how they are changed: what Recordset and Fields stand on."""

import re
from collections.abc import Iterator
from typing import Final

from postroom.languages.vbscript.conversions import to_int
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import NULL, Array, Value
from postroom.scripting.helpers.adoerrors import FAILED, NO_SUCH_ITEM, NOT_SUPPORTED, ROW_IS_GONE, ado_error
from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.database import MOST_ROWS, Database

_NAME: Final = r"(?:[\w$]+|`[^`]+`|\"[^\"]+\")"
_TABLE: Final = re.compile(rf"\s*select\b.*?\bfrom\s+({_NAME}(?:\.{_NAME})?)\s*(?:;|$|\bwhere\b|\border\b|\blimit\b)", re.IGNORECASE | re.DOTALL)
_COUNTED: Final = re.compile(r"\bgroup\s+by\b|\bunion\b|\bselect\s+distinct\b", re.IGNORECASE)


class Rows:
    """The rows of one statement, all of them; `changed` is how many rows the statement changed, -1 for one that only reads."""

    def __init__(self, database: Database, sql: str, columns: tuple[str, ...], rows: list[list[Value]], changed: int) -> None:
        self.database = database
        self.sql = sql
        self.columns = columns
        self.rows = rows
        self.changed = changed

    @classmethod
    def of(cls, database: Database, sql: str, values: list[Value], most: int = 0) -> "Rows":
        """Execute a statement."""
        answer = database.execute(sql, values, most=most or MOST_ROWS)
        return cls(database, sql, answer.columns, [list(row) for row in answer.rows], answer.changed)

    def place(self, key: Value) -> int:
        """Give the number of a column by its number or name; raises 3265."""
        if isinstance(key, str):
            wanted = from_units(key).lower()
            at = next((at for at, name in enumerate(self.columns) if name.lower() == wanted), -1)
        else:
            at = to_int(key)
        if not 0 <= at < len(self.columns):
            raise ado_error(NO_SUCH_ITEM)
        return at

    def table(self) -> str:
        """Give the one table that the rows come from, as the statement writes it; raises 3251 where there isn't one."""
        match = _TABLE.match(self.sql)
        if match is None or _COUNTED.search(self.sql):
            raise ado_error(NOT_SUPPORTED)
        return match[1]

    def insert(self, edits: dict[int, Value]) -> None:
        """Write a new row."""
        names = ", ".join(self.database.quoted(self.columns[at]) for at in edits)
        marks = ", ".join("?" * len(edits))
        self.database.execute(f"INSERT INTO {self.table()} ({names}) VALUES ({marks})", list(edits.values()))

    def update(self, row: list[Value], edits: dict[int, Value]) -> None:
        """Write changes of a row; raises 0x80040E38 where it isn't there any more."""
        changes = ", ".join(f"{self.database.quoted(self.columns[at])} = ?" for at in edits)
        self._on_one_row(f"UPDATE {self.table()} SET {changes}", list(edits.values()), row)

    def delete(self, row: list[Value]) -> None:
        """Delete a row; raises 0x80040E38 where it isn't there any more."""
        self._on_one_row(f"DELETE FROM {self.table()}", [], row)

    def _on_one_row(self, statement: str, values: list[Value], row: list[Value]) -> None:
        """Find the row by what it held, and undo the statement where that is not one row."""
        terms, known = [], []
        for name, value in zip(self.columns, row, strict=True):
            if value is NULL:
                terms.append(f"{self.database.quoted(name)} IS NULL")
            elif not isinstance(value, float) and type(value) is not Array:  # those may not compare equal to themselves
                terms.append(f"{self.database.quoted(name)} = ?")
                known.append(value)
        if not terms:
            raise ado_error(NOT_SUPPORTED)
        with self.database.undoable():
            changed = self.database.execute(f"{statement} WHERE {' AND '.join(terms)}", [*values, *known]).changed
            if changed != 1:
                raise ado_error(FAILED, "Too many rows were affected by update.") if changed else ado_error(ROW_IS_GONE)


class Listed(Component):
    """A list that scripts read by number, from 0; raises 3265 beyond it."""

    __slots__ = ("_items",)

    def __init__(self, items: list[Value]) -> None:
        self._items = items

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    @member(default=True)
    def item(self, index: int) -> Value:
        """Give one by its number."""
        if not 0 <= index < len(self._items):
            raise ado_error(NO_SUCH_ITEM)
        return self._items[index]

    @member()
    def clear(self) -> None:
        """Forget them."""
        self._items.clear()

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(list(self._items))
