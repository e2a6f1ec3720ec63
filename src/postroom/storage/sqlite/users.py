"""The users' own database, beside ours: one connection that writes to `users.db` and sees our files through views, and nothing else of them.

Statements come from administrators' programs, so they are held: an authorizer refuses what reaches other files (ATTACH, PRAGMA, extensions,
virtual tables) and any look at our tables but through our views; time, rows, sizes of values and of the file are bounded.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import apsw

from postroom.errors import PostroomError
from postroom.storage.sqlite.connection import BUSY_MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MOST_ROWS: Final = 1_000_000
"""Rows that one statement may give; nobody reads them, they only cost time."""

LONGEST_VALUE: Final = 64 << 20
LARGEST_FILE: Final = 1 << 30
_PAGE: Final = 4096
_STEPS: Final = 10_000
"""Steps of SQLite's machine between two looks at the clock: well under a millisecond."""

_REFUSED: Final = frozenset(
    {
        apsw.SQLITE_ATTACH,
        apsw.SQLITE_DETACH,
        apsw.SQLITE_PRAGMA,
        apsw.SQLITE_CREATE_VTABLE,
        apsw.SQLITE_DROP_VTABLE,
        apsw.SQLITE_CREATE_TEMP_VIEW,
        apsw.SQLITE_DROP_TEMP_VIEW,
        apsw.SQLITE_CREATE_TEMP_TRIGGER,
        apsw.SQLITE_DROP_TEMP_TABLE,
        apsw.SQLITE_DROP_TEMP_TRIGGER,
    }
)
_WRITES: Final = frozenset({apsw.SQLITE_INSERT, apsw.SQLITE_UPDATE, apsw.SQLITE_DELETE, apsw.SQLITE_ALTER_TABLE})
_FUNCTIONS: Final = frozenset({"load_extension", "fts3_tokenizer", "sqlite_dbpage", "readfile", "writefile", "edit"})
_MACHINERY: Final = frozenset({"dbstat", "sqlite_dbpage", "sqlite_stmt", "bytecode", "tables_used"})


def _now(*_: object) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S")


def _unix_timestamp(*_: object) -> int:
    return int(time.time())


class UsersFailed(PostroomError):
    """A statement could not be executed; the text is the engine's."""


class UsersDatabase:
    """One connection. All methods block, so they are called in a thread; one call runs at a time."""

    def __init__(self, path: Path, ours: Mapping[str, Path], views: Sequence[str], tables: Mapping[str, Sequence[Sequence[object]]]) -> None:
        """Open `path`, attach the files of `ours` by their names read-only, make views (statements) and tables of our own (columns, then rows).

        Raises UsersFailed.
        """
        self._guard = threading.Lock()
        self._until = 0.0
        self.closed = False
        self._ours = frozenset(ours)
        self._names: frozenset[str] = frozenset()
        try:
            self._connection = self._open(path, ours)
            self._furnish(views, tables)
        except apsw.Error as error:
            raise UsersFailed(str(error)) from error

    @staticmethod
    def _open(path: Path, ours: Mapping[str, Path]) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(str(path), flags=flags)
        path.chmod(0o600)
        connection.set_busy_timeout(BUSY_MILLISECONDS)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"max_page_count={LARGEST_FILE // _PAGE}", "temp_store=MEMORY", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        for name, file in ours.items():
            connection.execute(f"ATTACH ? AS {name}", (f"file:{quote(str(file))}?mode=ro",))
        return connection

    def _furnish(self, views: Sequence[str], tables: Mapping[str, Sequence[Sequence[object]]]) -> None:
        connection = self._connection
        for view in views:
            connection.execute(f"CREATE TEMP VIEW {view}")
        for name, (columns, *rows) in tables.items():
            connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(map(str, columns))})")
            connection.executemany(f"INSERT INTO temp.{name} VALUES ({', '.join('?' * len(columns))})", rows)
        self._names = frozenset(row[0].lower() for row in connection.execute("SELECT name FROM temp.sqlite_master"))
        connection.create_scalar_function("now", _now, 0)
        connection.create_scalar_function("unix_timestamp", _unix_timestamp, 0)
        connection.limit(apsw.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        connection.limit(apsw.SQLITE_LIMIT_ATTACHED, len(self._ours))
        connection.authorizer = self._judge
        connection.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)

    def _judge(self, action: int, first: str | None, second: str | None, database: str | None, view: str | None) -> int:
        """Allow or refuse one thing that a statement does, while it is prepared."""
        table = (first or "").lower()
        refused = (
            action in _REFUSED
            or (action == apsw.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS)
            or (action in _WRITES and database in self._ours)
            or (action in _WRITES and database == "temp" and table in self._names)
            or (action == apsw.SQLITE_READ and database in self._ours and (view or "").lower() not in self._names)
            or (action == apsw.SQLITE_READ and table in _MACHINERY)
        )
        return apsw.SQLITE_DENY if refused else apsw.SQLITE_OK

    def execute(self, statements: Sequence[str], seconds: float) -> int:
        """Run statements within so many seconds for all; returns the id that the last INSERT made, 0 where there was none. Raises UsersFailed."""
        with self._guard:
            self._until = time.monotonic() + seconds
            self._connection.set_last_insert_rowid(0)
            try:
                for statement in statements:
                    for number, _ in enumerate(self._connection.execute(statement)):
                        if number >= MOST_ROWS:
                            raise UsersFailed(f"A statement gives more than {MOST_ROWS} rows.")
            except apsw.InterruptError as error:
                raise UsersFailed(f"The statement took more than {seconds:.0f} seconds.") from error
            except apsw.Error as error:
                raise UsersFailed(str(error)) from error
            return int(self._connection.last_insert_rowid())

    def begin(self) -> None:
        """Begin a transaction; raises UsersFailed while another program holds one."""
        self.execute(["BEGIN IMMEDIATE"], BUSY_MILLISECONDS)

    def end(self, *, commit: bool) -> None:
        """Commit the transaction, or roll it back; raises UsersFailed."""
        self.execute(["COMMIT" if commit else "ROLLBACK"], BUSY_MILLISECONDS)

    def close(self) -> None:
        """Let go; what is not committed is rolled back."""
        with self._guard:
            self.closed = True
            self._connection.close()
