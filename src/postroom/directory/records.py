"""Records: what administrators configure in lists of their own (ranges, rules, groups ...), a table for each kind.

A kind is a frozen dataclass whose fields are the table's columns; SQL is made of them once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable  # noqa: TC003 - a NamedTuple keeps its annotations
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar, get_type_hints

from postroom.directory.errors import NotFound, Taken
from postroom.storage.database import CONTROL, Conflict

if TYPE_CHECKING:
    from postroom.storage.database import Database, Row, Transaction

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a kind; its id is 0 until it is stored. `PARENT` is the column that names whose it is, "" for the server's own."""

    TABLE: ClassVar[str]
    ORDER: ClassVar[str] = "id"
    PARENT: ClassVar[str] = ""

    id: int = 0


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """News: a record of a table is now like this, or gone (None)."""

    table: str
    id: int
    record: Any


class Records:
    """The records of all kinds: read from the database, changed by transactions that every worker hears of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, kind: type[R], parent: int | None = None) -> list[R]:
        """List the records of a kind in its order, of one parent or all."""
        where, parameters = (f" WHERE {kind.PARENT} = ?", [parent]) if parent is not None else ("", [])
        rows = await self._database.read(CONTROL, f"{shape(kind).select}{where} ORDER BY {kind.ORDER}", parameters)
        return [record_of(kind, row) for row in rows]

    async def get(self, kind: type[R], number: int) -> R:
        """Read a record by its id; raises NotFound."""
        rows = await self._database.read(CONTROL, f"{shape(kind).select} WHERE id = ?", (number,))
        if not rows:
            raise NotFound(f"There is no {kind.TABLE.replace('_', ' ')} with id {number}.")
        return record_of(kind, rows[0])

    async def save(self, record: R) -> R:
        """Store a new record (id 0) or all values of a known one; returns it with its id. Raises Taken, or NotFound when it is gone."""
        try:
            number = await self._database.transact(CONTROL, store_record, record)
        except Conflict:
            raise Taken(f"There is such a {record.TABLE.replace('_', ' ')} already.") from None
        return dataclasses.replace(record, id=number)

    async def append(self, record: R) -> R:
        """Store a record of a kind with a `position`: a new one is the last of its parent."""
        stored: R = await self._database.transact(CONTROL, append_record, record)
        return stored

    async def move(self, record: Record, step: int) -> None:
        """Make a record of a kind with a `position` change places with the one before (-1) or behind it (1); all of its parent are numbered anew."""
        await self._database.transact(CONTROL, move_record, record, step)

    async def remove(self, kind: type[Record], number: int) -> None:
        """Remove a record; nothing happens when it is gone."""
        await self._database.transact(CONTROL, remove_records, kind, "id", number)

    async def remove_of(self, kind: type[Record], parent: int) -> None:
        """Remove all records of a parent."""
        await self._database.transact(CONTROL, remove_records, kind, kind.PARENT, parent)


def store_record(transaction: Transaction, record: Record) -> int:
    """Insert or update a record; returns its id."""
    names = shape(type(record)).columns
    values = [getattr(record, name) for name in names]
    if record.id:
        sets = ", ".join(f"{name} = ?" for name in names)
        if not transaction.execute(f"UPDATE {record.TABLE} SET {sets} WHERE id = ? RETURNING id", (*values, record.id)):
            raise NotFound(f"The {record.TABLE.replace('_', ' ')} is gone.")
    else:
        record = dataclasses.replace(record, id=transaction.next_id(record.TABLE))
        marks = ", ".join("?" * (len(names) + 1))
        transaction.execute(f"INSERT INTO {record.TABLE} ({', '.join(('id', *names))}) VALUES ({marks})", (record.id, *values[: len(names)]))
    transaction.announce(RecordChanged(record.TABLE, record.id, record))
    return record.id


def append_record(transaction: Transaction, record: R) -> R:
    """Store a record, a new one behind the last of its parent; positions begin with 1."""
    if not record.id:
        sql = f"SELECT coalesce(max(position), 0) + 1 FROM {record.TABLE} WHERE {record.PARENT} = ?"
        ((position,),) = transaction.execute(sql, (getattr(record, record.PARENT),))
        record = dataclasses.replace(record, position=position)  # type: ignore[call-arg]  # kinds in an order have one
    return dataclasses.replace(record, id=store_record(transaction, record))


def move_record(transaction: Transaction, record: Record, step: int) -> None:
    """Let a record change places with its neighbour, and give all records of its parent their numbers anew."""
    sql = f"SELECT id FROM {record.TABLE} WHERE {record.PARENT} = ? ORDER BY {record.ORDER}"
    ids = [number for (number,) in transaction.execute(sql, (getattr(record, record.PARENT),))]
    if record.id not in ids:
        raise NotFound(f"The {record.TABLE.replace('_', ' ')} is gone.")
    place = ids.index(record.id)
    if 0 <= place + step < len(ids):
        ids[place], ids[place + step] = ids[place + step], ids[place]
    for position, number in enumerate(ids, 1):
        names = ", ".join(("id", *shape(type(record)).columns))
        for row in transaction.execute(f"UPDATE {record.TABLE} SET position = ? WHERE id = ? RETURNING {names}", (position, number)):
            transaction.announce(RecordChanged(record.TABLE, number, record_of(type(record), row)))


def put_record(transaction: Transaction, record: Record) -> None:
    """Store a record under the id that it has, whether it is there already or not; nobody is told."""
    names = ("id", *shape(type(record)).columns)
    sets = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    transaction.execute(
        f"INSERT INTO {record.TABLE} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) ON CONFLICT (id) DO UPDATE SET {sets}",
        [getattr(record, name) for name in names],
    )


def remove_records(transaction: Transaction, kind: type[Record], column: str, value: int) -> None:
    """Remove the records with a value in a column: the id, or the parent."""
    for (number,) in transaction.execute(f"DELETE FROM {kind.TABLE} WHERE {column} = ? RETURNING id", (value,)):
        transaction.announce(RecordChanged(kind.TABLE, number, None))


class Shape(NamedTuple):
    """What a kind's SQL is made of: its columns without the id, the SELECT of all, and what makes each field's value of a column's."""

    columns: tuple[str, ...]
    select: str
    takes: tuple[Callable[[Any], Any], ...]


_SHAPES: Final[dict[type[Record], Shape]] = {}


def shape(kind: type[Record]) -> Shape:
    """Give the shape of a kind, made once."""
    found = _SHAPES.get(kind)
    if found is None:
        names = tuple(field.name for field in dataclasses.fields(kind))
        hints = get_type_hints(kind)
        takes = tuple(bool if hints[name] is bool else _same for name in names)  # SQLite knows no bool
        found = _SHAPES[kind] = Shape(names[1:], f"SELECT {', '.join(names)} FROM {kind.TABLE}", takes)
    return found


def record_of(kind: type[R], row: Row) -> R:
    """Make a record of a row of its kind's columns, the id first."""
    return kind(*(take(value) for take, value in zip(shape(kind).takes, row, strict=True)))


def _same(value: Any) -> Any:
    return value
