"""Databases by the connection strings that people have: ODBC's and OLE DB's, for SQLite, PostgreSQL, MySQL and MariaDB."""

import contextlib
import datetime as dt
import decimal
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple

from postroom.languages.vbscript.conversions import plain
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.moments import days_of, moment_of, whole_days
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import EMPTY, MISSING, NULL, Array, Currency, Date, Value
from postroom.scripting.helpers.adoerrors import AGAINST_A_RULE, BAD_SQL, FAILED, ado_error
from postroom.scripting.helpers.bytes import byte_array, octets_of
from postroom.scripting.helpers.component import given
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.disk import open_to_write

MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 4000
_PAIR: Final = re.compile(r"\s*([^=;]+?)\s*=\s*(\{(?:[^}]|\}\})*\}|'[^']*'|\"[^\"]*\"|[^;]*)\s*(?:;|$)")
_MARK: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|[?%]", re.DOTALL)
_KEYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("server", "host", "data source", "datasource", "servername", "address", "addr", "location"), "server"),
    **dict.fromkeys(("database", "db", "initial catalog", "dbq", "dbname"), "database"),
    **dict.fromkeys(("uid", "user", "user id", "username", "user name"), "user"),
    **dict.fromkeys(("pwd", "password"), "password"),
    **dict.fromkeys(("driver", "provider", "port", "charset", "dsn", "connect timeout"), ""),
}
_ENGINES: Final = (("mysql", "mysql"), ("mariadb", "mysql"), ("postgres", "postgresql"), ("psql", "postgresql"), ("sqlite", "sqlite"))
_WHOLE: Final = ("BEGIN", "COMMIT", "ROLLBACK")
_STEP: Final = ("SAVEPOINT one_step", "RELEASE SAVEPOINT one_step", "ROLLBACK TO SAVEPOINT one_step")
_OPEN_FILES: Final = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
_PRAGMAS: Final = {"temp_store_directory", "data_store_directory"}


class Answer(NamedTuple):
    """What a statement gave: the columns' names (none where it gives no rows), the rows, and how many rows it changed."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    changed: int


def parts_of(text: str) -> dict[str, str]:
    """Take a connection string apart: keys as they are known here, values without braces and quotes."""
    found: dict[str, str] = {}
    for key, value in _PAIR.findall(from_units(text)[:_LONGEST]):
        bare = value[1:-1].replace("}}", "}") if value[:1] in {"{", "'", '"'} else value
        found.setdefault(_KEYS.get(key.lower()) or key.lower(), bare.strip())
    return found


class Database:
    """An open database; each statement is its own transaction unless one is begun."""

    def __init__(self, desk: Desk, text: str, user: str = "", password: str = "", *, connect_time: int = 15, command_time: int = 30) -> None:
        parts = parts_of(text)
        self.engine = _engine(parts)
        self._begun = False
        self._quote = "`" if self.engine == "mysql" else '"'
        if user:
            parts |= {"user": user, "password": password}
        opener = {"mysql": _open_mysql, "postgresql": _open_postgresql, "sqlite": _open_sqlite}[self.engine]
        try:
            self._module, self._connection = opener(desk, parts, max(1, min(connect_time, 600)), max(1, min(command_time, 600)))
        except ImportError as missing:
            raise VBScriptError(
                429, detail=f"ADODB.Connection for {self.engine} (it needs {missing.name}: pip install 'postroom[scripts]')"
            ) from None
        except (VBScriptError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - drivers raise what they like, ValueError for a bad port among it
            raise ado_error(FAILED, f"[{self.engine}] {error}"[:1000]) from None

    def close(self) -> None:
        """Close it; what was begun and not committed is undone."""
        self._connection.close()

    def begin(self) -> None:
        """Begin a transaction."""
        self.execute("BEGIN")
        self._begun = True

    def commit(self) -> None:
        """Keep what the transaction did."""
        self.execute("COMMIT")
        self._begun = False

    def rollback(self) -> None:
        """Undo what the transaction did."""
        self.execute("ROLLBACK")
        self._begun = False

    @contextlib.contextmanager
    def undoable(self) -> Iterator[None]:
        """Do what follows wholly or not at all, within a transaction or without."""
        step = (
            ("SAVEPOINT one_step", "RELEASE SAVEPOINT one_step", "ROLLBACK TO SAVEPOINT one_step") if self._begun else ("BEGIN", "COMMIT", "ROLLBACK")
        )
        self.execute(step[0])
        try:
            yield
        except VBScriptError:
            self.execute(step[2])
            raise
        self.execute(step[1])

    def quoted(self, name: str) -> str:
        """Write a name as the database wants it."""
        return self._quote + name.replace(self._quote, self._quote * 2) + self._quote

    def execute(self, sql: str, values: Sequence[Value] = (), *, most: int = MOST_ROWS) -> Answer:
        """Execute a statement, with values for its question marks; raises errors with ADO's numbers, 7 for too many rows."""
        text = from_units(sql)
        arguments = [parameter(value) for value in values]
        if self.engine != "sqlite" and arguments:
            text = marked(text)
        try:
            with _cursor(self._connection) as cursor:
                cursor.execute(text, arguments) if arguments else cursor.execute(text)
                if cursor.description is None:
                    return Answer((), [], max(cursor.rowcount, 0))
                rows = cursor.fetchmany(most)
                if most == MOST_ROWS and cursor.fetchone() is not None:
                    raise VBScriptError(7)
                return Answer(tuple(str(column[0]) for column in cursor.description), [tuple(map(field_value, row)) for row in rows], -1)
        except self._module.IntegrityError as error:
            raise ado_error(AGAINST_A_RULE, f"[{self.engine}] {error}"[:1000]) from None
        except (self._module.Error, ValueError, TypeError, OverflowError) as error:
            raise ado_error(BAD_SQL, f"[{self.engine}] {error}"[:1000]) from None


def _cursor(connection: Any) -> Any:
    """Give a cursor that closes itself."""
    return contextlib.closing(connection.cursor())


def _engine(parts: dict[str, str]) -> str:
    named = (parts.get("driver", "") + " " + parts.get("provider", "")).lower()
    found = next((engine for word, engine in _ENGINES if word in named), None)
    if found is None and "dsn" in parts:
        raise ado_error(
            FAILED, "Data source name not found: this system has no DSNs; write Driver={MySQL};Server=...;Database=...;User=...;Password=..."
        )
    if found is None:
        raise ado_error(FAILED, f"Driver {named.strip()[:100]!r} is not known: write Driver={{MySQL}}, {{PostgreSQL}} or {{SQLite3}}")
    return found


def _open_sqlite(desk: Desk, parts: dict[str, str], _connect: int, command: int) -> tuple[Any, Any]:
    name = parts.get("database") or parts.get("server") or ""
    path = ":memory:"
    if name != ":memory:":
        place = desk.paths.find(name)
        if not place.is_file:
            open_to_write(place.changeable(), append=True).close()
        path = str(place.changeable())
    # One thread runs a script; the collector may close what it left in another.
    connection = sqlite3.connect(path, timeout=command, isolation_level=None, check_same_thread=False)
    connection.set_authorizer(_within_one_file)
    return sqlite3, connection


def _within_one_file(action: int, one: str | None, _two: str | None, _database: str | None, _trigger: str | None) -> int:
    """Refuse what would open another file: ATTACH, VACUUM INTO, PRAGMA temp_store_directory. A plain VACUUM attaches a nameless one."""
    attaches = action in _OPEN_FILES and bool(one) and one != "vacuum_db"
    moves = action == sqlite3.SQLITE_PRAGMA and (one or "").lower() in _PRAGMAS
    return sqlite3.SQLITE_DENY if attaches or moves else sqlite3.SQLITE_OK


def _open_mysql(_desk: Desk, parts: dict[str, str], connect: int, command: int) -> tuple[Any, Any]:
    module = import_module("pymysql")
    return module, module.connect(
        host=parts.get("server") or "localhost",
        port=int(parts.get("port") or 3306),
        user=parts.get("user", ""),
        password=parts.get("password", ""),
        database=parts.get("database") or None,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=connect,
        read_timeout=command,
        write_timeout=command,
    )


def _open_postgresql(_desk: Desk, parts: dict[str, str], connect: int, command: int) -> tuple[Any, Any]:
    module = import_module("psycopg")
    return module, module.connect(
        host=parts.get("server") or "localhost",
        port=int(parts.get("port") or 5432),
        user=parts.get("user") or None,
        password=parts.get("password") or None,
        dbname=parts.get("database") or None,
        autocommit=True,
        connect_timeout=connect,
        options=f"-c statement_timeout={command * 1000}",
    )


def marked(sql: str) -> str:
    """Write ODBC's question marks as these drivers want them (%s), but for those in texts, names and comments."""
    return _MARK.sub(lambda match: {"?": "%s", "%": "%%"}.get(match[0], match[0].replace("%", "%%")), sql)


def parameter(value: Value) -> Any:
    """Give a script's value as drivers take it; raises 13."""
    value = value if type(value) is Array else plain(value)
    if value in (EMPTY, NULL, MISSING):
        return None
    if type(value) is Date:
        moment = moment_of(value)
        day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
        return f"{day} {moment.hour:02}:{moment.minute:02}:{moment.second:02}"
    if type(value) is Currency:
        return str(decimal.Decimal(value.scaled) / CURRENCY_UNIT)
    if type(value) is Array:
        return octets_of(value)
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else from_units(value)


def field_value(value: Any) -> Value:
    """Give a database's value as scripts see it."""
    if value is None:
        return NULL
    if isinstance(value, bytes | bytearray | memoryview):
        return byte_array(bytes(value))
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _date(value)
    return given(value) if isinstance(value, str | int | float) else given(str(value))


def _date(value: dt.date | dt.time | dt.timedelta) -> Value:
    if isinstance(value, dt.timedelta):
        return Date(value.total_seconds() / 86400)
    days = whole_days(value.year, value.month, value.day) if isinstance(value, dt.date) else 0
    clock = value if isinstance(value, dt.datetime | dt.time) else dt.time()
    return Date(days_of(days, clock.hour * 3600 + clock.minute * 60 + clock.second))
