"""Sends the administrator a report of the server's new errors, once a day at most.

Trigger:  OnError, whenever the server logs a warning or an error.
Settings: WORST, the least severe that counts (1 critical, 2 high, 3 medium, 4 low); RECIPIENT, SENDER; DATABASE, the file that remembers.
Note:     the first error of a day sends what has come since the last report; errors that were reported before are only counted.
"""

import datetime
import sqlite3
from pathlib import Path

from postroom.handlers import CreateObject

WORST = 3
RECIPIENT = "alice@example.test"
SENDER = "postmaster@example.test"
DATABASE = Path(__file__).parent / "error-report.db"

TABLES = """
CREATE TABLE IF NOT EXISTS error (source TEXT, code INTEGER, description TEXT, times INTEGER DEFAULT 1, first TEXT DEFAULT CURRENT_TIMESTAMP,
    reported INTEGER DEFAULT 0, PRIMARY KEY (source, code));
CREATE TABLE IF NOT EXISTS report (day TEXT PRIMARY KEY);
"""


def OnError(severity: int, code: int, source: str, description: str) -> None:
    if severity > WORST:
        return
    connection = sqlite3.connect(DATABASE, timeout=5)
    connection.executescript(TABLES)
    with connection:
        connection.execute(
            "INSERT INTO error (source, code, description) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + 1",
            (source, code, description[:500]),
        )
        # The day is the key: of two errors at one moment only one sends the report.
        day = (datetime.date.today().isoformat(),)
        first = connection.execute("INSERT INTO report VALUES (?) ON CONFLICT DO NOTHING", day).rowcount == 1
        new = connection.execute("SELECT first, source, code, times, description FROM error WHERE NOT reported ORDER BY first").fetchall()
        if first and new:
            connection.execute("UPDATE error SET reported = 1")
            send([f"{moment}  {where} {number}, {times} times: {text}" for moment, where, number, times, text in new])
    connection.close()


def send(lines: list[str]) -> None:
    message = CreateObject("hMailServer.Message")
    message.FromAddress = message.From = SENDER
    message.AddRecipient("", RECIPIENT)
    message.Subject = f"New errors of the mail server: {len(lines)}"
    message.Body = "\r\n".join(lines)
    message.HeaderValue["Auto-Submitted"] = "auto-generated"
    message.Save()
