"""Database: SQL on the users' own database (8.3)."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import apsw
import pytest

from modelhouse import Hand, ModelHouse, modelhouse
from postroom.model import database
from postroom.model.caller import Origin
from postroom.model.errors import AccessRefused, Failed

TABLE = "CREATE TABLE notes (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, words varchar(255), at datetime DEFAULT NOW()) ENGINE=InnoDB"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


@pytest.fixture
async def db(house: ModelHouse) -> Hand:
    made: Hand = await (await house.login())("Database")
    await made("ExecuteSQL", TABLE)
    return made


def rows(house: ModelHouse, sql: str = "SELECT words FROM notes ORDER BY id") -> list[tuple[object, ...]]:
    """Read the users' database as another program would."""
    with apsw.Connection(str(house.house.database.users)) as connection:
        found = connection.execute(sql).fetchall()
    connection.close()
    return found


async def test_model_8_3_execute_sql_takes_mysql_and_gives_the_new_identity(house: ModelHouse, db: Hand) -> None:
    assert await db("ExecuteSQLWithReturn", "INSERT INTO notes (words) VALUES ('it\\'s one')") == 1
    assert await db("ExecuteSQLWithReturn", "INSERT INTO notes (words) VALUES ('two')") == 2
    assert await db("ExecuteSQLWithReturn", "UPDATE notes SET words = 'zwei' WHERE id = 2") == 0
    await db("ExecuteSQL", "REPLACE INTO notes (id, words) VALUES (1, 'eins')")
    await db("ExecuteSQL", "SET NAMES utf8")
    assert rows(house) == [("eins",), ("zwei",)]
    await db("ExecuteSQL", "TRUNCATE TABLE notes")
    assert rows(house) == []


async def test_model_8_3_the_dialect_is_a_setting(house: ModelHouse, db: Hand) -> None:
    assert await db("DatabaseType") == 1
    await house.town.directory.table.set("database.database_type", "mssql")
    assert await db("DatabaseType") == 2
    await db("ExecuteSQL", "INSERT INTO notes (words) SELECT TOP 1 accountaddress FROM hm_accounts ORDER BY accountid")
    assert rows(house) == [("alice@example.test",)]


@pytest.mark.parametrize(
    ("view", "where", "count"),
    [
        ("hm_domains", "domainname = 'example.test' AND domainactive = 1", 1),
        ("hm_accounts", "accountaddress LIKE '%@example.test' AND accountpassword = ''", 2),
        ("hm_imapfolders", "foldername = 'INBOX'", 1),
        ("hm_messages", "messagesize > 0", 1),
        ("hm_settings", "settingname = 'maxmessagesize'", 1),
        ("hm_dbversion", "value = 5704", 1),
        ("hm_aliases", "aliasname = 'team@example.test' AND aliasvalue = 'bob@example.test'", 1),
        ("hm_domain_aliases", "daalias = 'other.test'", 1),
        ("hm_routes", "routedomainname = 'far.test'", 1),
    ],
)
async def test_model_8_3_the_server_s_data_can_be_read_as_hmailserver_s_tables(
    house: ModelHouse, db: Hand, view: str, where: str, count: int
) -> None:
    directory = house.town.directory
    alice = await directory.accounts.get("alice@example.test")
    await house.town.house.deliver(b"Subject: hello\r\n\r\nbody\r\n", alice.id)
    await directory.aliases.add("team@example.test", ["bob@example.test"])
    await directory.domains.add_alias("example.test", "other.test")
    await directory.routes.set("far.test", host="relay.test", username="u", password="secret")
    await db("ExecuteSQL", f"INSERT INTO notes (words) SELECT count(*) FROM {view} WHERE {where}")
    assert rows(house) == [(str(count),)]


@pytest.mark.parametrize(
    ("sql", "member"),
    [
        ("UPDATE hm_accounts SET accountactive = 0", "Account.Save"),
        ("DELETE FROM hm_messages", "Message.Delete"),
        ("INSERT INTO hm_aliases (aliasname) VALUES ('x')", "Alias.Save"),
        ("DROP TABLE hm_domains", "Domain.Save"),
        ("TRUNCATE TABLE hm_settings", "Application.Settings"),
        ("ALTER TABLE hm_accounts ADD COLUMN x int", "Account.Save"),
    ],
)
async def test_model_8_3_writing_to_a_view_is_refused_and_names_the_member_to_use(db: Hand, sql: str, member: str) -> None:
    with pytest.raises(Failed, match=r"^Execution of SQL statement failed\. Error: hm_\w+ can only be read: use .*" + member):
        await db("ExecuteSQL", sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE '/etc/passwd' AS x",
        "PRAGMA database_list",
        "INSERT INTO notes (words) SELECT load_extension('x')",
        "VACUUM INTO '/tmp/stolen'",
        "INSERT INTO notes (words) SELECT password FROM control.account",
        "INSERT INTO notes (words) SELECT name FROM control.sqlite_master",
        "INSERT INTO notes (words) SELECT data FROM mail0.body",
        "INSERT INTO notes (words) SELECT name FROM pragma_database_list",
        "INSERT INTO notes (words) SELECT name FROM dbstat",
        "CREATE VIRTUAL TABLE v USING fts5 (x)",
        "CREATE TEMPORARY VIEW v AS SELECT password FROM control.account",
        "CREATE VIEW hm_mine AS SELECT 1",
        "DELETE FROM control.account",
        "UPDATE temp.hm_settings SET settingstring = 'x'",
        "BEGIN",
        "EXPLAIN SELECT 1",
        "nonsense here",
        "(" * 2000,
    ],
)
async def test_what_reaches_beyond_the_users_database_is_refused(house: ModelHouse, db: Hand, sql: str) -> None:
    with pytest.raises(Failed, match=r"^Execution of SQL statement failed"):
        await db("ExecuteSQL", sql)
    assert rows(house) == []


async def test_a_view_of_the_users_own_sees_no_more_than_they_do(house: ModelHouse, db: Hand) -> None:
    await db("ExecuteSQL", "CREATE VIEW mine AS SELECT password AS p FROM account")
    with pytest.raises(Failed):
        await db("ExecuteSQL", "INSERT INTO notes (words) SELECT p FROM mine")
    assert rows(house) == []


@pytest.mark.long
async def test_a_statement_has_its_time(house: ModelHouse, db: Hand) -> None:
    await house.town.directory.table.set("database.statement_time", 1)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(Failed, match="more than 1 seconds"):
        await db("ExecuteSQL", endless)


async def test_model_8_3_statements_inside_a_transaction_are_kept_or_taken_back_together(house: ModelHouse, db: Hand) -> None:
    for end in ("CommitTransaction", "RollbackTransaction"):
        with pytest.raises(Failed, match=r"^No transaction started$"):
            await db(end)
    for end, kept in (("RollbackTransaction", 0), ("CommitTransaction", 1)):
        await db("BeginTransaction")
        await db("ExecuteSQL", "INSERT INTO notes (words) VALUES ('x')")
        assert rows(house) == []
        await db(end)
        assert len(rows(house)) == kept


async def test_model_8_3_a_dropped_object_rolls_its_transaction_back(house: ModelHouse, db: Hand) -> None:
    dropped = await (await house.login())("Database")
    await dropped("BeginTransaction")
    await dropped("ExecuteSQL", "INSERT INTO notes (words) VALUES ('x')")
    del dropped
    gc.collect()
    await db("ExecuteSQL", "INSERT INTO notes (words) VALUES ('y')")
    assert rows(house) == [("y",)]


async def test_an_idle_transaction_is_rolled_back(house: ModelHouse, db: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    await db("BeginTransaction")
    with pytest.raises(Failed, match="rolled back"):
        await db("ExecuteSQL", "INSERT INTO notes (words) VALUES ('x')")
    with pytest.raises(Failed, match=r"^No transaction started$"):
        await db("CommitTransaction")
    assert rows(house) == []


async def test_model_8_3_a_script_is_a_file_of_statements(house: ModelHouse, db: Hand, tmp_path: Path) -> None:
    script = tmp_path / "script.sql"
    script.write_text("INSERT INTO notes (words) VALUES ('a;b');\nINSERT INTO notes (words) VALUES ('c');\n")
    await db("ExecuteSQLScript", str(script))
    assert rows(house) == [("a;b",), ("c",)]
    with pytest.raises(Failed):
        await db("ExecuteSQLScript", str(tmp_path / "missing.sql"))
    script.write_text("nonsense here")
    with pytest.raises(Failed, match=r"^Execution of SQL statements failed\. Error: "):
        await db("ExecuteSQLScript", str(script))


async def test_over_the_network_only_an_administrator_runs_sql_and_only_files_of_the_server(house: ModelHouse, tmp_path: Path) -> None:
    far = house.caller(Origin.NETWORK, "192.0.2.1")
    with pytest.raises(AccessRefused):
        await house.create("hMailServer.Application", far)("Database.ExecuteSQL", "SELECT 1")
    user = await house.login("alice@example.test", caller=house.caller(Origin.NETWORK, "192.0.2.1"))
    with pytest.raises(AccessRefused):
        await user("Database.ExecuteSQL", "SELECT 1")
    app = await house.login(caller=far)
    await app("Database.ExecuteSQL", "SELECT 1")
    for path in ("/etc/passwd", str(tmp_path / ".." / "x.sql"), "a\0b"):
        with pytest.raises(AccessRefused):
            await app("Database.ExecuteSQLScript", path)


async def test_model_8_3_names_with_blanks_are_refused_and_versions_are_those_of_the_original(db: Hand) -> None:
    for method in ("CreateExternalDatabase", "SetDefaultDatabase"):
        with pytest.raises(Failed, match=r"^The database name may not contain spaces\.$"):
            await db(method, 1, "host", 3306, "a name", "u", "p")
        with pytest.raises(Failed, match="nothing to create"):
            await db(method, 1, "host", 3306, "name", "u", "p")
    with pytest.raises(Failed, match="nothing to create"):
        await db("CreateInternalDatabase")
    await db("EnsurePrerequisites", 5704)
    facts = [await db(name) for name in ("RequiredVersion", "CurrentVersion", "RequiresUpgrade", "DatabaseExists", "IsConnected", "ServerName")]
    assert facts == [5704, 5704, False, True, True, "mx.example.test"]
    assert str(await db("DatabaseName")).endswith("users.db")


async def test_model_8_3_the_name_of_a_message_s_file_is_known_by_its_id(house: ModelHouse) -> None:
    alice = await house.town.directory.accounts.get("alice@example.test")
    await house.town.house.deliver(b"Subject: x\r\n\r\n", alice.id)
    app = await house.login()
    message = await app("Domains.ItemByName", "example.test")
    message = await (await (await message("Accounts"))("ItemByAddress", "alice@example.test"))("Messages")
    message = await message("Item", 0)
    name = await app("Database.UtilGetFileNameByMessageID", await message("ID"))
    assert name == Path(await message("Filename")).name
    assert await app("Database.UtilGetFileNameByMessageID", 0) == ""
