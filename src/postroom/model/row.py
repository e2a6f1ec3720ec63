"""Objects with a Save: a shared, immutable record from the directory, and what the caller has changed of it since."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final

from postroom.directory.errors import DirectoryError, NotFound
from postroom.model import kinds
from postroom.model.audit import audit
from postroom.model.description import Member, Right, stored
from postroom.model.errors import Failed
from postroom.model.object import Object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postroom.model.caller import Context
    from postroom.model.collection import Collection

FAILED: Final = "Failed to save object. "
UNSAVED: Final = "Failed to save object. See hMailServer error log."
"""What a Save says that the database refuses (4.1)."""

LONGEST_TEXT: Final = 65535
"""Characters of a text without a narrower limit."""


class Row(Object, ABC):
    """An object that is stored: `record` as it was read, `edits` until Save. Its id is 0 until it has been saved.

    Without an `owner` (the collection that it came from) Delete takes it from the database only (2.7).
    """

    __slots__ = ("edits", "owner", "record")
    secrets: ClassVar[frozenset[str]] = frozenset()
    """Fields whose values the audit masks."""
    prefix: ClassVar[str] = ""
    """What a refusal of Save begins with (4.1)."""
    widths: ClassVar[Mapping[str, int]] = {}
    """The most characters of fields, "*" for those that are not named (4.14)."""

    def __init__(self, context: Context, record: Any, owner: Collection | None = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.record = record
        self.owner = owner
        self.edits: dict[str, Any] | None = None

    @classmethod
    def create(cls, context: Context) -> Row:
        """Make one alone: inert, all its members are refused."""
        return cls(context, None, standalone=True)

    def value(self, name: str) -> Any:
        """Give a field as the caller sees it: as changed, else as it was read."""
        if self.edits is not None and name in self.edits:
            return self.edits[name]
        return _reader(name)(self.record)

    def change(self, name: str, value: Any) -> None:
        """Change a field until Save."""
        if self.edits is None:
            self.edits = {}
        self.edits[name] = value

    async def save(self) -> None:
        """Store what was changed, wait until every worker uses it, write it to the audit; a refusal raises Failed and keeps the edits."""
        before, new, edits = self.record, not self.value("id"), self.edits or {}
        self._refuse_wide(edits)
        try:
            self.record = await self.store()
        except DirectoryError as error:
            raise self.unstored(str(error)) from None
        self.edits = None
        await self.house.heard()
        old = {name: None if new or name in self.secrets else _reader(name)(before) for name in edits}
        audit(self, "added" if new else "changed", {name: (old[name], value) for name, value in edits.items()})
        if new and self.owner is not None:
            self.owner.append(self)

    def refused(self, text: str) -> Failed:
        """Make the refusal of a Save, by hMailServer's words for the reason."""
        return Failed(self.prefix + text)

    def unstored(self, reason: str) -> Failed:
        """Make the refusal for what the directory can't store."""
        return self.refused(reason)

    def _refuse_wide(self, edits: Mapping[str, Any]) -> None:
        for name, value in edits.items():
            if isinstance(value, str) and len(value) > self.widths.get(name, self.widths.get("*", LONGEST_TEXT)):
                raise Failed(UNSAVED)

    @abstractmethod
    async def store(self) -> Any:
        """Check and store the record with the edits; returns the record as it is now. Raises Failed or DirectoryError."""

    async def delete(self) -> None:
        """Take it from the database and from the collection that it came from; nothing happens to what is gone already."""
        if self.value("id"):
            try:
                await self.remove()
            except NotFound:
                pass
            except DirectoryError as error:
                raise Failed(str(error)) from None
            await self.house.heard()
            audit(self, "deleted", {})
        if self.owner is not None:
            self.owner.forget(self)

    @abstractmethod
    async def remove(self) -> None:
        """Take it from the database."""


class RecordRow(Row):
    """A Row whose record lies in a table of its own (`directory.records`)."""

    __slots__ = ()
    widths: ClassVar[Mapping[str, int]] = {"*": 255}

    def draft(self) -> Any:
        """Give the record with the edits."""
        return replace(self.record, **(self.edits or {}))

    async def store(self) -> Any:
        """Store the record as it stands now, after `check`."""
        record = self.draft()
        await self.check(record)
        return await self.house.directory.records.save(record)

    def unstored(self, _reason: str) -> Failed:
        """Make the refusal for what the directory can't store."""
        return Failed(UNSAVED)

    async def check(self, record: Any) -> None:
        """Refuse what may not be stored: raises Failed with hMailServer's text (4.x)."""

    async def remove(self) -> None:
        """Take the record from its table."""
        await self.house.directory.records.remove(type(self.record), self.record.id)


def identity(dispid: int, get: Right = Right.PARENT) -> Any:
    """Declare ID."""
    return stored(kinds.Integer, dispid, "id", "Its number; 0 until it is saved.", put=None, get=get)


def saves(dispid: int, right: Right = Right.PARENT, text: str = "Stores it, or what was changed of it.") -> Any:
    """Declare Save."""
    return Member(dispid, text, call=lambda row: row.save(), read=right)


def deletes(dispid: int, right: Right = Right.PARENT, text: str = "Deletes it, also from the collection that it came from.") -> Any:
    """Declare Delete (2.7)."""
    return Member(dispid, text, call=lambda row: row.delete(), read=right)


@lru_cache(1024)
def _reader(name: str) -> Callable[[Any], Any]:
    return attrgetter(name)
