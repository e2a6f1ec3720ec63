"""Database: SQL on a database of the users' own, with the server's data to read as hMailServer's tables (8.3)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from postroom.errors import PostroomError
from postroom.model import files
from postroom.model.audit import audit
from postroom.model.caller import Level
from postroom.model.description import Right, getter, method
from postroom.model.enumerations import eDBtype
from postroom.model.errors import Failed
from postroom.model.files import admitted, read_file
from postroom.model.kinds import Boolean, Int64, Integer, String
from postroom.model.object import Object
from postroom.operations.userssql import VERSION, tables, translated, views

if TYPE_CHECKING:
    from postroom.model.caller import Context
    from postroom.storage.database import UsersDatabase

Value = TypeVar("Value")

IDLE_SECONDS: Final = 60.0
"""After which a transaction that nobody goes on with is rolled back: it keeps everybody else from writing."""

TYPES: Final = {
    "mysql": eDBtype.hDBTypeMySQL,
    "mssql": eDBtype.hDBTypeMSSQL,
    "postgresql": eDBtype.hDBTypePostgreSQL,
    "mssqlce": eDBtype.hDBTypeMSSQLCE,
}
FAILED: Final = "Execution of SQL statement failed. Error: "
SCRIPT_FAILED: Final = "Execution of SQL statements failed. Error: "
NO_TRANSACTION: Final = "No transaction started"
ROLLED_BACK: Final = "The transaction was rolled back, since nothing came for a minute."
NO_BLANKS: Final = "The database name may not contain spaces."
ITS_OWN: Final = "This server keeps its data in databases of its own, which are there: there is nothing to create or to choose."
LARGEST_SCRIPT: Final = 256 << 10


def may_execute(database: Any, _arguments: tuple[Any, ...]) -> bool:
    """Let programs on this machine run SQL, and over the network server administrators: it shows the addresses of all domains."""
    context: Context = database.context
    return context.caller.trusted or context.login.level >= Level.SERVER


class Database(Object, iid="90471F47-FE77-46C7-ADDB-F800B7ED0F66", clsid="2F5BEF2E-C713-4826-88AE-A5FD9921907B"):
    """A database of the users' own, in which the server's data stands as views named like hMailServer's tables (hm_accounts ...).

    A transaction belongs to this object: its statements are part of it, and it is rolled back after a minute without any, or with the object.
    """

    __slots__ = ("_idle", "_users")

    def __init__(self, context: Context, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self._users: UsersDatabase | None = None
        self._idle: asyncio.TimerHandle | None = None

    def __del__(self) -> None:
        if getattr(self, "_users", None) is not None:  # not even set when its making failed
            self._let_go()

    # What it is

    @getter(1, "The version of hMailServer's database that its programs expect.")
    def RequiredVersion(self) -> Integer:
        return VERSION

    @getter(2, "The version of hMailServer's database that its programs find.")
    def CurrentVersion(self) -> Integer:
        return VERSION

    @getter(4, "The dialect of SQL that ExecuteSQL understands, as the setting database.database_type says.", Right.SERVER)
    def DatabaseType(self) -> eDBtype:
        return TYPES[self.house.settings.database.database_type]

    @getter(6, "Whether the database has to be brought up to date; it never has, since the server does that when it starts.")
    def RequiresUpgrade(self) -> Boolean:
        return False

    @getter(9, "Whether the database is there.")
    def DatabaseExists(self) -> Boolean:
        return True

    @getter(15, "Whether the server has its database.")
    def IsConnected(self) -> Boolean:
        return True

    @getter(16, "The name of the database server; this one has its own, so it is the server's name.", Right.SERVER)
    def ServerName(self) -> String:
        return self.house.name

    @getter(17, "The name of the users' database: its file.", Right.SERVER)
    def DatabaseName(self) -> String:
        return str(self.house.database.users)

    # Statements

    @method(3, "Executes a statement; on hm_ tables only SELECT.", rule=may_execute, logged_in=True)
    async def ExecuteSQL(self, sSQLStatement: String) -> None:
        await self._execute(sSQLStatement, FAILED)

    @method(18, "Executes a statement and gives the id that its INSERT made, else 0.", Right.SERVER, logged_in=True)
    async def ExecuteSQLWithReturn(self, sSQLStatement: String) -> Integer:
        return await self._execute(sSQLStatement, FAILED)

    @method(
        13, "Executes the statements of a file, at most 256 KB, parted by semicolons; over the network only of the server's folders.", Right.SERVER
    )
    async def ExecuteSQLScript(self, sFilename: String) -> None:
        file = admitted(self.context, sFilename)
        try:
            found = await read_file(file, LARGEST_SCRIPT)
        except OSError as error:
            raise Failed(f"{SCRIPT_FAILED}{error}") from None
        if found is None:
            raise Failed(f"{SCRIPT_FAILED}{sFilename[:200]} is no file of at most {LARGEST_SCRIPT} bytes.")
        text = found.decode("utf-8-sig", "replace")
        await self._execute(text, SCRIPT_FAILED)

    @method(10, "Begins a transaction of this object; what another object began is waited for, some seconds.", Right.SERVER)
    async def BeginTransaction(self) -> None:
        if self._users is not None:
            self._let_go()
        users = await self._opened()
        try:
            await asyncio.to_thread(users.begin)
        except PostroomError as error:
            await asyncio.to_thread(users.close)
            raise Failed(f"{FAILED}{error}") from None
        self._users = users
        self._wait()

    @method(11, "Keeps what was changed since BeginTransaction.", Right.SERVER)
    async def CommitTransaction(self) -> None:
        await self._end(commit=True)

    @method(12, "Takes back what was changed since BeginTransaction.", Right.SERVER)
    async def RollbackTransaction(self) -> None:
        await self._end(commit=False)

    async def _execute(self, sql: str, failed: str) -> int:
        settings = self.house.settings.database
        try:
            statements = await asyncio.to_thread(translated, sql, settings.database_type)
            if self._users is not None:
                return await self._continue(self._users, statements)
            users = await self._opened()
            try:
                return await asyncio.to_thread(users.execute, statements, settings.statement_time)
            finally:
                await asyncio.to_thread(users.close)
        except PostroomError as error:
            raise Failed(f"{failed}{error}") from None
        finally:
            audit(self, "executed", {"statement": (None, sql.split(maxsplit=1)[0] if sql.split() else "")})

    async def _continue(self, users: UsersDatabase, statements: list[str]) -> int:
        """Execute in the transaction; raises PostroomError, also when that was rolled back meanwhile."""
        self._rest()
        if users.closed:
            self._let_go()
            raise PostroomError(ROLLED_BACK)
        try:
            return await asyncio.to_thread(users.execute, statements, self.house.settings.database.statement_time)
        finally:
            self._wait()

    async def _opened(self) -> UsersDatabase:
        house = self.house
        return await asyncio.to_thread(house.database.open_users, views(house.database.shards), tables(house.settings))

    async def _end(self, *, commit: bool) -> None:
        users = self._users
        if users is None or users.closed:
            self._let_go()
            raise Failed(NO_TRANSACTION)
        self._rest()
        try:
            await asyncio.to_thread(lambda: users.end(commit=commit))
        except PostroomError as error:
            raise Failed(f"{FAILED}{error}") from None
        finally:
            self._let_go()

    def _wait(self) -> None:
        """Roll back when nothing comes for a while. The timer holds the connection alone, so that a dropped object is dropped."""
        self._rest()
        assert self._users is not None
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._users.close)

    def _rest(self) -> None:
        """Let the timer rest, while a statement runs."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _let_go(self) -> None:
        self._rest()
        users, self._users = self._users, None
        if users is not None:
            users.close()

    # What hMailServer's administration does with the database

    @method(5, "Gives the name that the file of a message has; Message.Filename makes the file.", Right.SERVER)
    def UtilGetFileNameByMessageID(self, MessageID: Int64) -> String:
        return files.file_name(files.MESSAGE, MessageID) if MessageID > 0 else ""

    @method(7, "Refuses: this server has its databases already.", Right.SERVER)
    async def CreateInternalDatabase(self) -> None:
        raise Failed(ITS_OWN)

    @method(8, "Refuses: this server has its databases already.", Right.SERVER)
    async def CreateExternalDatabase(
        self, ServerType: eDBtype, ServerName: String, lPort: Integer, DatabaseName: String, Username: String, Password: String
    ) -> None:
        raise Failed(NO_BLANKS if " " in DatabaseName else ITS_OWN)

    @method(14, "Refuses: this server has its databases already.", Right.SERVER)
    async def SetDefaultDatabase(
        self, ServerType: eDBtype, ServerName: String, lPort: Integer, DatabaseName: String, Username: String, Password: String
    ) -> None:
        raise Failed(NO_BLANKS if " " in DatabaseName else ITS_OWN)

    @method(19, "Makes ready for an upgrade of the database; there is nothing to make ready.", Right.SERVER)
    async def EnsurePrerequisites(self, DBVersion: Integer) -> None:
        """Do nothing: the server brings its databases up to date when it starts."""
