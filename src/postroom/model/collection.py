"""Collections: a snapshot of rows, 0-based, with the few members that all of them share in varying sets (section 2)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast

from postroom.model.description import CLASSES, Member, Parameter, Right
from postroom.model.errors import BadIndex, Failed
from postroom.model.object import Object
from postroom.model.row import Row
from postroom.model.sharing import shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import Self

    from postroom.directory.records import Record
    from postroom.model.caller import Context


class Collection(Object, ABC):
    """A snapshot of the rows of a parent, loaded when it was reached or by Refresh (2.3).

    `of` names the class of its items. An item is a shared record until somebody asks for it; then it is one object for all who ask, so that
    `accounts(0).Active = False` and then `accounts(0).Save` work.
    """

    __slots__ = ("items", "parent")
    of: ClassVar[str] = ""

    def __init__(self, context: Context, parent: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.parent = parent
        self.items: list[Any] = []

    @classmethod
    async def reach(cls, context: Context, parent: Object) -> Self:
        """Make one with what is there now."""
        made = cls(context, parent)
        made.items = shared(await made.read())
        return made

    @abstractmethod
    async def read(self) -> Sequence[Any]:
        """Read the records in their order (2.4)."""

    async def seek(self, key: str) -> Sequence[Any]:
        """Read no more than what an item's key (its name, or its id in digits) may mean; by default all."""
        return await self.read()

    async def part(self, after: int, most: int) -> tuple[Sequence[Any], int] | None:
        """Read at most `most` records behind the one of an id (0: from the first), and tell how many there are; None where that is no cheaper."""
        return None

    def blank(self) -> Any:
        """Give the record of a new item, bound to the parent, with the defaults of section 5; raises BadIndex where nothing can be added."""
        raise BadIndex

    def key(self, record: Any) -> str:
        """Give what a lookup by name compares."""
        return str(record.name)

    def at(self, index: int) -> Any:
        """Give the item at an index; raises BadIndex."""
        if not 0 <= index < len(self.items):
            raise BadIndex
        found = self.items[index]
        if not isinstance(found, Object):
            found = self.items[index] = self.wrap(found)
        return found

    def wrap(self, record: Any) -> Any:
        """Make the object of a record."""
        made = cast("type[Row]", CLASSES[self.of].made)
        return made(self.context, record, self)

    def index_of(self, wanted: Callable[[Any], bool]) -> int:
        """Find the first record that is wanted; raises BadIndex."""
        for index, item in enumerate(self.items):
            if wanted(item.record if isinstance(item, Row) else item):
                return index
        raise BadIndex

    def append(self, item: Row) -> None:
        """Take in an item that was saved: at the end (2.2)."""
        if all(item is not one for one in self.items):
            self.items.append(item)

    def forget(self, item: Row) -> None:
        """Let go of an item that was deleted."""
        self.items = [one for one in self.items if one is not item]

    async def refresh(self) -> None:
        """Load again."""
        self.items = shared(await self.read())


class RecordCollection(Collection):
    """A collection whose records lie in a table of their own (`directory.records`): those of the parent where the kind has such."""

    __slots__ = ()
    kind: ClassVar[type[Record]]

    async def read(self) -> Sequence[Any]:
        """Read the records in the order of their kind."""
        if not self.kind.PARENT:
            return await self.house.directory.records.list(self.kind)
        number = self.parent_id()
        return await self.house.directory.records.list(self.kind, number) if number else []

    def parent_id(self) -> int:
        """Give the id of the parent; 0 until it is saved."""
        return int(self.parent.value("id"))

    async def clear(self) -> None:
        """Delete all of them."""
        for index in reversed(range(len(self.items))):
            await self.at(index).delete()

    def blank(self) -> Any:
        """Give a new record, bound to the parent."""
        return self.kind(**{self.kind.PARENT: self.parent_id()}) if self.kind.PARENT else self.kind()


def item(dispid: int = 0, read: Right = Right.PARENT, name: str = "Index") -> Any:
    """Declare Item: the item at a 0-based index."""
    return _lookup(dispid, "The item at an index, counted from 0.", name, "integer", lambda rows, index: rows.at(index), read)


def count(dispid: int, read: Right = Right.PARENT) -> Any:
    """Declare Count."""
    return Member(dispid, "How many items there are.", get=lambda rows: len(rows.items), read=read, type="integer")


def by_id(dispid: int, read: Right = Right.PARENT, name: str = "DBID", kind: str = "integer") -> Any:
    """Declare ItemByDBID."""

    def find(rows: Collection, number: int) -> Any:
        return rows.at(rows.index_of(lambda record: record.id == number))

    return _lookup(dispid, "The item with a database id.", name, kind, find, read)


def by_key(dispid: int, text: str, name: str = "ItemName", read: Right = Right.PARENT) -> Any:
    """Declare ItemByName or one of its kind: the item whose `key` is the text, whatever its case (2.1)."""

    def find(rows: Collection, wanted: str) -> Any:
        return rows.at(rows.index_of(lambda record: rows.key(record).lower() == wanted.lower()))

    return _lookup(dispid, text, name, "string", find, read)


def add(dispid: int, right: Right = Right.PARENT) -> Any:
    """Declare Add: a new item bound to the parent, which comes into the collection with its Save (2.2)."""
    text = "Makes a new item; it is in the collection and the database once it is saved."
    return _action(dispid, text, lambda rows: rows.wrap(rows.blank()), right, of=True)


def refresh(dispid: int, right: Right = Right.PARENT) -> Any:
    """Declare Refresh."""
    return _action(dispid, "Reads the items again.", lambda rows: rows.refresh(), right)


def delete_at(dispid: int, right: Right = Right.PARENT, name: str = "Index", *, fails: bool = False) -> Any:
    """Declare Delete(index): an index out of range does nothing, or with `fails` is an error (2.5)."""

    async def delete(rows: Collection, index: int) -> None:
        if 0 <= index < len(rows.items):
            await rows.at(index).delete()
        elif fails:
            raise Failed("")

    text = "Deletes the item at an index" + ("." if fails else "; does nothing where there is none.")
    return _action(dispid, text, delete, right, Parameter(name, "integer"))


def delete_by_id(dispid: int, right: Right = Right.PARENT, name: str = "DBID", kind: str = "integer") -> Any:
    """Declare DeleteByDBID: an unknown id is ignored (2.6)."""

    async def delete(rows: Collection, number: int) -> None:
        try:
            index = rows.index_of(lambda record: record.id == number)
        except BadIndex:
            return
        await rows.at(index).delete()

    return _action(dispid, "Deletes the item with a database id; does nothing where there is none.", delete, right, Parameter(name, kind))


def _lookup(dispid: int, text: str, name: str, kind: str, find: Callable[[Any, Any], Any], read: Right) -> Member:
    return Member(dispid, text, get=find, read=read, type=ITEM, parameters=(Parameter(name, kind),))


def _action(dispid: int, text: str, function: Callable[..., Awaitable[None] | Any], right: Right, *parameters: Parameter, of: bool = False) -> Member:
    return Member(dispid, text, call=function, read=right, type=ITEM if of else "", parameters=parameters)


ITEM = "object:"
"""The type of a member that gives an item: completed by the collection's `of`."""
