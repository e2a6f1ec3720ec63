"""Scripts' databases (ADODB) against Debian's MariaDB and PostgreSQL."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ports import free_ports
from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed

pytestmark = pytest.mark.system

POSTGRESQL = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path("/usr/bin"))


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(command: list[str], port: int, user: str = "root") -> Iterator[None]:
    """A program that listens on a port while the test runs."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user) as program:
        try:
            deadline = time.monotonic() + 60
            while not listens(port) and program.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            yield
        finally:
            program.terminate()
            program.wait(30)


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data, [port] = tmp_path_factory.mktemp("mariadb"), free_ports(1)
    install = [
        "mariadb-install-db",
        "--no-defaults",
        "--user=root",
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ]
    subprocess.run(install, check=True, capture_output=True)
    options = [f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1", f"--socket={data}/s", "--user=root", "--innodb-buffer-pool-size=8M"]
    with serving(["mariadbd", "--no-defaults", *options], port):
        subprocess.run(["mariadb", "--no-defaults", f"--socket={data}/s", "-uroot", "-e", "CREATE DATABASE mail"], check=True)
        yield f"Driver={{MySQL ODBC 5.3 Unicode Driver}};Server=127.0.0.1;Port={port};Database=mail;User=root;Password=;Option=3;"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    account, [port] = pwd.getpwnam("postgres"), free_ports(1)
    data = Path("/tmp") / f"postroom-postgresql-{os.getpid()}"  # where its own user may go
    data.mkdir(mode=0o700)
    os.chown(data, account.pw_uid, account.pw_gid)
    try:
        subprocess.run(
            [POSTGRESQL / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync"], check=True, capture_output=True, user="postgres"
        )
        with serving([str(POSTGRESQL / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data), "-F"], port, "postgres"):
            yield f"Driver={{PostgreSQL Unicode}};Server=127.0.0.1;Port={port};Database=postgres;Uid=postgres;Pwd=x;"
    finally:
        shutil.rmtree(data)


MAKE = """Set c = CreateObject("ADODB.Connection"): c.Open S
c.Execute "DROP TABLE IF EXISTS t": c.Execute "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50), amount DECIMAL(10,2), at TIMESTAMP NULL)"
c.Execute "INSERT INTO t VALUES (1, 'one', 1.5, '2020-01-02 03:04:05')": c.Execute "INSERT INTO t VALUES (2, 'two', NULL, NULL)"
Set r = CreateObject("ADODB.Recordset")
"""

PROGRAMS = {
    "rows are read with their types": ('r.Open "SELECT * FROM t ORDER BY id", c: WScript.Echo r("id"), r("NAME"), r("amount"), TypeName(r("at").Value), Year(r("at")), TypeName(r("id").Value): r.MoveNext: WScript.Echo IsNull(r("amount")), r.RecordCount', "1 one 1.5 Date 2020 Long|True 2"),
    "RecordsAffected comes back": ('c.Execute "DELETE FROM t WHERE id > 0", n: WScript.Echo n', "2"),
    "parameters with quotes and percent signs": ('Set k = CreateObject("ADODB.Command"): Set k.ActiveConnection = c: k.CommandText = "INSERT INTO t (id, name, amount, at) VALUES (?, ?, ?, ?) -- 100%?": k.Execute n, Array(3, "O\'Bri" & ChrW(233) & "n 100%", CCur(2.25), #2021-05-06 07:08:09#): r.Open "SELECT * FROM t WHERE id = 3", c: WScript.Echo n, r("name"), r("amount"), Hour(r("at"))', "1 O'Brién 100% 2.25 7"),
    "rows are added, changed and deleted": ('r.Open "SELECT id, name FROM t ORDER BY id", c, 1, 3: r.AddNew: r("id") = 5: r("name") = "five": r.Update: r.MoveFirst: r("name") = "eins": r.Update: r.MoveNext: r.Delete: Set q = c.Execute("SELECT id, name FROM t ORDER BY id"): WScript.Echo q.GetString(2, -1, "=", ";")', "1=eins;5=five;"),
    "transactions": ('c.BeginTrans: c.Execute "DELETE FROM t": c.RollbackTrans: c.BeginTrans: c.Execute "DELETE FROM t WHERE id = 1": c.CommitTrans: WScript.Echo c.Execute("SELECT COUNT(*) FROM t")(0)', "1"),
    "a change within a transaction is undone with it": ('c.BeginTrans: r.Open "SELECT id, name FROM t ORDER BY id", c, 1, 3: r("name") = "x": r.Update: c.RollbackTrans: WScript.Echo c.Execute("SELECT name FROM t WHERE id = 1")(0)', "one"),
    "a change of a row that is gone, within a transaction": ('c.BeginTrans: r.Open "SELECT id, name FROM t", c, 1, 3: c.Execute "DELETE FROM t": On Error Resume Next: r("name") = "x": r.Update: WScript.Echo Err.Number: c.CommitTrans: WScript.Echo c.Execute("SELECT COUNT(*) FROM t")(0)', "-2147217864|0"),
    "a key twice": ('c.Execute "INSERT INTO t (id) VALUES (1)"', "!-2147217873"),
    "wrong SQL": ('c.Execute "SELEKT"', "!-2147217900"),
    "percent signs without parameters": ("WScript.Echo c.Execute(\"SELECT COUNT(*) FROM t WHERE name LIKE 't%'\")(0)", "1"),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["mariadb", "postgresql"])
@pytest.mark.parametrize("sentence", PROGRAMS)
def test_scripts_work_on_a_database(sentence: str, engine: str, request: pytest.FixtureRequest) -> None:
    program, result = PROGRAMS[sentence]
    text = request.getfixturevalue(engine)
    assert echoed(f'S = "{text}"\n' + MAKE + program, Desk()) == result


def test_a_wrong_password_is_told(mariadb: str) -> None:
    program = f'On Error Resume Next: CreateObject("ADODB.Connection").Open "{mariadb.replace("Password=", "Password=wrong")}": WScript.Echo Err.Number, InStr(Err.Description, "denied") > 0'
    assert echoed(program, Desk()) == "-2147467259 True"
