"""ADO over SQLite; the same programs run over MariaDB and PostgreSQL in tests/system."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.scripting.helpers.database import marked, parts_of
from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed, folders

MAKE = r"""Set c = CreateObject("ADODB.Connection"): c.Open "Driver={SQLite3 ODBC Driver};Database=C:\Program Files (x86)\hMailServer\Events\test.db;"
c.Execute "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50), amount REAL)"
c.Execute "INSERT INTO t (id, name, amount) VALUES (1, 'one', 1.5)": c.Execute "INSERT INTO t (id, name, amount) VALUES (2, 'two', NULL)"
Set r = CreateObject("ADODB.Recordset")
"""

PROGRAMS = {
    "rows are read": (
        'Set r = c.Execute("SELECT id, name FROM t ORDER BY id"): Do Until r.EOF: WScript.Echo r("id"), r.Fields("NAME").Value, r.Fields(1).Name: r.MoveNext: Loop: r.Close: c.Close',
        "1 one name|2 two name",
    ),
    "a recordset is opened": (
        'r.Open "SELECT * FROM t", c, 3, 1: WScript.Echo r.RecordCount, r.State, r.BOF, r.EOF, r.Fields.Count: r.MoveLast: WScript.Echo r("name"): r.MoveFirst: WScript.Echo r(1)',
        "2 1 False False 3|two|one",
    ),
    "a recordset opens its own connection": (r'r.Open "t", "Provider=SQLite;Data Source=Events\test.db": WScript.Echo r.RecordCount', "2"),
    "no rows": ('r.Open "SELECT * FROM t WHERE id = 9", c: WScript.Echo r.EOF, r.BOF, r.RecordCount', "True True 0"),
    "no row to read is error 3021": ('r.Open "SELECT * FROM t WHERE id = 9", c: x = r("id")', "!3021"),
    "a field that isn't there is error 3265": ('r.Open "SELECT * FROM t", c: x = r("none")', "!3265"),
    "a field beyond the last is error 3265": ('r.Open "SELECT * FROM t", c: x = r(3)', "!3265"),
    "Null": ('r.Open "SELECT amount FROM t WHERE id = 2", c: WScript.Echo IsNull(r("amount")), IsNull(r.Fields(0).Value)', "True True"),
    "types": (
        "r.Open \"SELECT id, name, amount, x'0102' AS b FROM t\", c: WScript.Echo TypeName(r(0).Value), TypeName(r(1).Value), TypeName(r(2).Value), LenB(r(3).Value), r(0).Type, r(1).Type, r(2).Type",
        "Long String Double 2 3 202 5",
    ),
    "RecordsAffected comes back": (
        'c.Execute "UPDATE t SET name = name", n: WScript.Echo n: c.Execute "DELETE FROM t WHERE id = 1", n: WScript.Echo n',
        "2|1",
    ),
    "a statement without rows gives a closed recordset": ('Set r = c.Execute("DELETE FROM t"): WScript.Echo r.State: x = r.EOF', "0|!3704"),
    "For Each walks the fields": ('r.Open "SELECT * FROM t", c: For Each f In r.Fields: WScript.Echo f.Name, f: Next', "id 1|name one|amount 1.5"),
    "GetRows gives fields by rows": (
        'r.Open "SELECT id, name FROM t", c: a = r.GetRows: WScript.Echo UBound(a, 1), UBound(a, 2), a(1, 0), a(0, 1), r.EOF',
        "1 1 one 2 True",
    ),
    "GetString": ('r.Open "SELECT id, amount FROM t", c: WScript.Echo r.GetString(2, -1, ",", ";", "-")', "1,1.5;2,-;"),
    "moving": (
        'r.Open "SELECT id FROM t", c: r.Move 1: WScript.Echo r(0), r.AbsolutePosition: r.MovePrevious: WScript.Echo r(0): r.MovePrevious: WScript.Echo r.BOF, r.AbsolutePosition: r.MovePrevious',
        "2 2|1|True -2|!3021",
    ),
    "moving behind the end": ('r.Open "SELECT id FROM t", c: r.MoveNext: r.MoveNext: WScript.Echo r.EOF: r.MoveNext', "True|!3021"),
    "a row is added": (
        'r.Open "t", c, 1, 3: r.AddNew: r("id") = 3: r.Fields("name") = "three": r("amount") = Null: r.Update: WScript.Echo r.RecordCount, c.Execute("SELECT name FROM t WHERE id = 3")(0)',
        "3 three",
    ),
    "a row is added at once": (
        'r.Open "SELECT * FROM t", c, 1, 3: r.AddNew Array("id", "name"), Array(4, "x"): WScript.Echo c.Execute("SELECT name FROM t WHERE id = 4")(0)',
        "x",
    ),
    "a row is changed": (
        'r.Open "SELECT * FROM t WHERE id = 2", c, 1, 3: r("name") = "zwei": WScript.Echo r.EditMode, r("name").OriginalValue: r.Update: WScript.Echo c.Execute("SELECT name FROM t WHERE id = 2")(0), r("name")',
        "1 two|zwei zwei",
    ),
    "moving writes what was changed": (
        'r.Open "SELECT * FROM t", c, 1, 3: r("name") = "x": r.MoveNext: WScript.Echo c.Execute("SELECT name FROM t WHERE id = 1")(0)',
        "x",
    ),
    "a change is taken back": ('r.Open "SELECT * FROM t", c, 1, 3: r("name") = "x": r.CancelUpdate: WScript.Echo r("name"), r.EditMode', "one 0"),
    "a row is deleted": (
        'r.Open "SELECT * FROM t", c, 1, 3: r.Delete: WScript.Echo c.Execute("SELECT COUNT(*) FROM t")(0): r.MoveNext: WScript.Echo r("name")',
        "1|two",
    ),
    "a row that is gone can't be changed": (
        'r.Open "SELECT * FROM t", c, 1, 3: c.Execute "DELETE FROM t": r("name") = "x": r.Update',
        "!-2147217864",
    ),
    "rows that look alike are not changed": (
        'c.Execute "UPDATE t SET name = \'same\'": r.Open "SELECT name FROM t", c, 1, 3: r("name") = "x": On Error Resume Next: r.Update: WScript.Echo Err.Number: WScript.Echo c.Execute("SELECT COUNT(*) FROM t WHERE name = \'same\'")(0)',
        "-2147467259|2",
    ),
    "rows of several tables can't be changed": ('r.Open "SELECT t.name FROM t JOIN t u ON t.id = u.id", c, 1, 3: r.AddNew', "!3251"),
    "a transaction is undone": ('c.BeginTrans: c.Execute "DELETE FROM t": c.RollbackTrans: WScript.Echo c.Execute("SELECT COUNT(*) FROM t")(0)', "2"),
    "a transaction is kept": ('c.BeginTrans: c.Execute "DELETE FROM t": c.CommitTrans: WScript.Echo c.Execute("SELECT COUNT(*) FROM t")(0)', "0"),
    "a row is changed within a transaction": (
        'c.BeginTrans: r.Open "SELECT * FROM t", c, 1, 3: r("name") = "x": r.Update: c.RollbackTrans: WScript.Echo c.Execute("SELECT name FROM t")(0)',
        "one",
    ),
    "commands have parameters": (
        'Set k = CreateObject("ADODB.Command"): Set k.ActiveConnection = c: k.CommandText = "INSERT INTO t (id, name) VALUES (?, ?)": k.Parameters.Append k.CreateParameter("@id", 3, 1, , 7): k.Parameters.Append k.CreateParameter("@n", 202, 1, 50, "O\'Brien"): k.Execute n: WScript.Echo n, c.Execute("SELECT name FROM t WHERE id = 7")(0)',
        "1 O'Brien",
    ),
    "parameters are changed": (
        'Set k = CreateObject("ADODB.Command"): k.ActiveConnection = c: k.CommandText = "SELECT name FROM t WHERE id = ?": k.Parameters.Append k.CreateParameter("id", 3): k.Parameters("id") = 1: WScript.Echo k.Execute()(0): k.Parameters(0).Value = 2: WScript.Echo k.Execute()(0), k.Parameters.Count',
        "one|two 1",
    ),
    "parameters are given at once": (
        'Set k = CreateObject("ADODB.Command"): k.ActiveConnection = c: k.CommandText = "SELECT name FROM t WHERE id = ?": WScript.Echo k.Execute(, Array(2))(0)',
        "two",
    ),
    "a recordset opens a command": (
        'Set k = CreateObject("ADODB.Command"): k.ActiveConnection = c: k.CommandText = "SELECT name FROM t": r.Open k: WScript.Echo r.RecordCount',
        "2",
    ),
    "values of all types go in and out": (
        'Set k = CreateObject("ADODB.Command"): k.ActiveConnection = c: k.CommandText = "SELECT ?, ?, ?, ?": Set r = k.Execute(, Array(True, #2020-01-02 03:04:05#, CCur(1.5), Null)): WScript.Echo r(0), r(1), r(2), IsNull(r(3))',
        "1 2020-01-02 03:04:05 1.5 True",
    ),
    "wrong SQL is an error with the reason": (
        'On Error Resume Next: c.Execute "SELEKT": WScript.Echo Err.Number, InStr(Err.Description, "syntax") > 0, c.Errors.Count, c.Errors(0).Number',
        "-2147217900 True 1 -2147217900",
    ),
    "a key twice is an error": ('c.Execute "INSERT INTO t (id) VALUES (1)"', "!-2147217873"),
    "a closed connection": ('c.Close: c.Execute "SELECT 1"', "!3704"),
    "an open connection is not opened": ('c.Open "x"', "!3705"),
    "no connection": ('r.Open "SELECT 1"', "!3709"),
    "another file is not attached": ("c.Execute \"ATTACH DATABASE '/tmp/other.db' AS o\"", "!-2147217900"),
    "a copy is not written elsewhere": ("c.Execute \"VACUUM INTO '/tmp/other.db'\"", "!-2147217900"),
    "the database is compacted": ('c.Execute "VACUUM": WScript.Echo "fine"', "fine"),
    "temporary files stay where they are": ("c.Execute \"PRAGMA temp_store_directory = '/'\"", "!-2147217900"),
    "no code is loaded": ("c.Execute \"SELECT load_extension('/tmp/x')\"", "!-2147217900"),
    "rows without end are refused": (
        'c.Execute "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000002) SELECT 1 FROM n"',
        "!7",
    ),
    "types have names": (
        'r.Open "t", c: WScript.Echo TypeName(c), TypeName(r), TypeName(r.Fields), TypeName(r.Fields(0)), c.State, c.Version',
        "Connection Recordset Fields Field 1 6.1",
    ),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_adodb(sentence: str, tmp_path: Path) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program, Desk(folders(tmp_path))) == result
    assert not Path("/tmp/other.db").exists()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (r"Driver={SQLite3 ODBC Driver};Database=C:\etc\passwd", "!76"),
        ("Driver={SQLite3 ODBC Driver};Database=..\\..\\..\\x.db", "!76"),
        ("DSN=mail", "!-2147467259"),
        ("Provider=Microsoft.Jet.OLEDB.4.0;Data Source=C:\\x.mdb", "!-2147467259"),
        ("", "!-2147467259"),
        ("Driver={MySQL ODBC 8.0 Unicode Driver};Server=127.0.0.1;Port=1;Database=x;User=u;Password=p", "!-2147467259"),
        ("Driver={MySQL ODBC 8.0 Unicode Driver};Server=127.0.0.1;Port=none", "!-2147467259"),
        ("Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;Database=x;Uid=u;Pwd=p", "!-2147467259"),
    ],
)
def test_a_database_that_can_not_be_opened_is_an_error(text: str, error: str, tmp_path: Path) -> None:
    assert echoed(f'CreateObject("ADODB.Connection").Open "{text}"', Desk(folders(tmp_path))) == error


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Driver={MySQL ODBC 5.3 Unicode Driver};Server=localhost;Port=3306;Database=hmail;User=u;Password={p;w}}d};Option=3;",
            {
                "driver": "MySQL ODBC 5.3 Unicode Driver",
                "server": "localhost",
                "port": "3306",
                "database": "hmail",
                "user": "u",
                "password": "p;w}d",
                "option": "3",
            },
        ),
        (
            "Provider=MSDASQL; DRIVER={PostgreSQL Unicode}; UID = a ; PWD='x y'; Initial Catalog=d",
            {"provider": "MSDASQL", "driver": "PostgreSQL Unicode", "user": "a", "password": "x y", "database": "d"},
        ),
        ("", {}),
        (";;=;x", {}),
    ],
)
def test_connection_strings_are_taken_apart(text: str, parts: dict[str, str]) -> None:
    assert parts_of(text) == parts


@given(st.text(max_size=200))
def test_any_text_is_taken_apart_as_a_connection_string(text: str) -> None:
    assert all(key and ";" not in key for key in parts_of(text))


@pytest.mark.parametrize(
    ("sql", "marks"),
    [
        ("SELECT ? WHERE a = ?", "SELECT %s WHERE a = %s"),
        ("SELECT '?' , \"?\", `?`, ? -- ?\n, ? /* ? */", "SELECT '?' , \"?\", `?`, %s -- ?\n, %s /* ? */"),
        ("a LIKE '%x%' AND b % 2 = ?", "a LIKE '%%x%%' AND b %% 2 = %s"),
        ("'it''s ?' ?", "'it''s ?' %s"),
    ],
)
def test_question_marks_become_the_drivers_own(sql: str, marks: str) -> None:
    assert marked(sql) == marks
