"""The database interface: SQL over a control database and a fixed number of shards; it knows no mail.

SQL is the subset that SQLite (3.54) and PostgreSQL share, with `?` for parameters. An engine passes the contract tests in
tests/storage/test_database_contract.py; SQLite is the embedded one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from postroom.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from postroom.storage.textindex import TextIndex

CONTROL: Final = -1
"""The number that stands for the control database where a shard is asked for."""

SHARD_STRIDE: Final = 16
"""Ids made in a shard are congruent to the shard's number modulo this: unique over the server, and the id tells the shard."""

Row = tuple[Any, ...]


class DatabaseUnavailable(Unavailable):
    """A statement or a commit failed for a reason outside the statement: disk full, write or sync error, closed database."""


class Conflict(Exception):
    """A uniqueness rule refused the change; nothing of the transaction's function was kept."""


class Interrupted(NamedTuple):
    """News that every process makes for itself: the writer of a shard was started again, and what it announced last may not have arrived."""

    shard: int


def shard_of_id(number: int) -> int:
    """Tell the shard that made a folder, content, message or queue id."""
    return number % SHARD_STRIDE


class Transaction(Protocol):
    """What a function given to `transact` works with: it runs in the shard's writer and is committed as a whole or not at all."""

    shard: int

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the parameter rows."""

    def next_id(self, kind: str) -> int:
        """Make a new id of a kind ('folder', 'content', ...): never given before, not even if the transaction that got it failed."""

    def announce(self, news: Any, topic: int | None = None) -> None:
        """Tell every process's listeners something once this transaction is on disk: a plain value. With a topic only those who follow it."""


class Snapshot(Protocol):
    """One database as it was at one moment, however much is changed meanwhile: what a backup reads."""

    schema: int
    """The version of its schema."""

    async def tables(self) -> dict[str, tuple[str, ...]]:
        """Name the tables and their columns."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> AsyncIterator[list[Row]]:
        """Run one SELECT and give its rows in runs of some hundred; one at a time. Raises DatabaseUnavailable."""


class UsersDatabase(Protocol):
    """A connection to the users' own database, beside ours; its methods block. PostroomError tells what the engine refuses."""

    closed: bool

    def execute(self, statements: Sequence[str], seconds: float) -> int:
        """Run statements within so many seconds for all; returns the id that the last INSERT made, 0 where there was none."""

    def begin(self) -> None:
        """Begin a transaction."""

    def end(self, *, commit: bool) -> None:
        """Commit the transaction, or roll it back."""

    def close(self) -> None:
        """Let go; what is not committed is rolled back."""


class Database(Protocol):
    """A control database and `shards` mail databases: reads see committed snapshots, changes go through one writer a shard."""

    shards: int
    texts: TextIndex
    """The index that searches for text are narrowed by."""

    async def read(self, shard: int, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one SELECT on a committed snapshot; the caller bounds the rows (64 KB runs), so that no snapshot lives long."""

    async def glance(self, shard: int, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run like `read` a SELECT that brings a few rows: without waiting where all it needs is in memory and it is done within a millisecond."""

    def transact(self, shard: int, function: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        """Run `function(transaction, *arguments)` in the shard's writer; resolves with its result once the commit is on disk.

        The function must be of module level and its arguments plain values, since another process may own the shard.
        What it raises is raised here, with nothing of it kept. Raises DatabaseUnavailable when it could not be made durable.
        """

    def snapshot(self, shard: int) -> AbstractAsyncContextManager[Snapshot]:
        """Hold a database as it is now, until the end of the `async with`: for seconds, since its log grows meanwhile."""

    def listen(self, listener: Callable[[Any], None]) -> None:
        """Call `listener(news)` on this loop for everything that transactions of any process announce, in the order of their commits."""

    @property
    def users(self) -> Path:
        """The file of the users' own database."""

    def open_users(self, views: Sequence[str], tables: Mapping[str, Sequence[Sequence[object]]]) -> UsersDatabase:
        """Open the users' own database: our data as views ("name AS SELECT ...") and as tables (columns, then rows). Blocks."""

    def unlisten(self, listener: Callable[[Any], None]) -> None:
        """Call a listener no more."""

    async def follow(self, shard: int, topic: int) -> None:
        """Hear what is announced on a topic in a shard, from the moment this returns; until `unfollow`."""

    async def unfollow(self, shard: int, topic: int) -> None:
        """Hear no more of a topic."""

    async def lock(self, shard: int, name: str) -> bool:
        """Take a named lock of a shard, server-wide; False when somebody holds it. It ends with `unlock` or with this process."""

    async def unlock(self, shard: int, name: str) -> None:
        """Give back a lock that this process holds."""

    async def close(self) -> None:
        """Finish what was accepted, then let go of everything."""
