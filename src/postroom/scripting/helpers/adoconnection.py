"""ADODB.Connection: a database, statements, transactions."""

from collections.abc import Mapping
from typing import ClassVar, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import MISSING, Object, Value
from postroom.scripting.helpers.adoerrors import CLOSED, OPEN, ado_error
from postroom.scripting.helpers.component import Component, Out, member
from postroom.scripting.helpers.database import Database
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.recordset import Recordset
from postroom.scripting.helpers.rows import Listed, Rows

VERSION: Final = "6.1"
_KEPT: Final[Mapping[str, type]] = {
    "provider": str,
    "default_database": str,
    "cursor_location": int,
    "mode": int,
    "isolation_level": int,
    "attributes": int,
}
"""Properties that change nothing here."""


class Connection(Component):
    """A connection to a database."""

    __slots__ = ("_database", "_desk", "_errors", "command_timeout", "connection_string", "connection_timeout", *_KEPT)

    type_name = "Connection"
    VARIABLES: ClassVar[Mapping[str, type]] = {"connection_string": str, "connection_timeout": int, "command_timeout": int, **_KEPT}

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database: Database | None = None
        self._errors: list[Value] = []
        self.connection_string = self.provider = self.default_database = ""
        self.connection_timeout, self.command_timeout = 15, 30
        self.cursor_location, self.mode, self.isolation_level, self.attributes = 2, 0, 4096, 0

    def __del__(self) -> None:
        database = getattr(self, "_database", None)
        if database is not None:
            database.close()

    def database(self) -> Database:
        """Give the open database; raises 3704."""
        if self._database is None:
            raise ado_error(CLOSED)
        return self._database

    def run(self, sql: str, values: list[Value], *, most: int = 0) -> Rows:
        """Execute a statement and give its rows; what went wrong is kept in Errors."""
        self._errors = []
        try:
            return Rows.of(self.database(), sql, values, most)
        except VBScriptError as error:
            self._errors.append(ProviderError(error))
            raise

    @member()
    def open(self, text: str = "", user: str = "", password: str = "", _options: int = -1) -> None:
        """Open the database that a connection string names; raises 3705, and 0x80004005 with the reason."""
        if self._database is not None:
            raise ado_error(OPEN)
        self.connection_string = text or self.connection_string
        self._errors = []
        try:
            self._database = Database(
                self._desk, self.connection_string, user, password, connect_time=self.connection_timeout, command_time=self.command_timeout
            )
        except VBScriptError as error:
            self._errors.append(ProviderError(error))
            raise

    @member()
    def close(self) -> None:
        """Close it; raises 3704 where it is closed."""
        self.database().close()
        self._database = None

    @member()
    def execute(self, sql: str, affected: Out, _options: Value = MISSING) -> Object:
        """Execute a statement; `affected` becomes the number of rows that it changed. Gives the rows, closed where there are none."""
        rows = self.run(sql, [])
        affected.value = rows.changed
        return Recordset.over(self._desk, rows)

    @member()
    def begin_trans(self) -> int:
        """Begin a transaction; gives 1."""
        self.database().begin()
        return 1

    @member()
    def commit_trans(self) -> None:
        """Keep what the transaction did."""
        self.database().commit()

    @member()
    def rollback_trans(self) -> None:
        """Undo what the transaction did."""
        self.database().rollback()

    @member()
    def state(self) -> int:
        """0 closed, 1 open."""
        return int(self._database is not None)

    @member()
    def version(self) -> str:
        """The version of ADO that scripts expect."""
        return VERSION

    @member()
    def errors(self) -> Object:
        """What went wrong with the last statement."""
        return Listed(self._errors)

    @member()
    def cancel(self) -> None:
        """Do nothing: nothing goes on beside the script."""


class ProviderError(Component):
    """An error of the database."""

    __slots__ = ("description", "native_error", "number", "source", "sqlstate")

    type_name = "Error"
    FACTS: ClassVar[tuple[str, ...]] = ("description", "native_error", "number", "source", "sqlstate")

    def __init__(self, error: VBScriptError) -> None:
        self.description, self.number, self.source = error.description, error.number, error.source
        self.native_error, self.sqlstate = 0, ""
