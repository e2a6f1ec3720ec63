"""Logging: what the live log shows, and the names of the log files (8.12)."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import Final

from postroom.model.applied import applied, by_word
from postroom.model.description import Member, Right, getter, method
from postroom.model.enumerations import eLogDevice, eLogOutputFormat
from postroom.model.kinds import Boolean, String
from postroom.model.object import Object

DEVICE: Final = "the log is written to files, in hMailServer's mode to those that its users know; never to the database, and in one layout"


def shows(dispid: int, name: str, *, pending: str = "") -> Member:
    """Declare a property that switches a kind of line on or off."""
    declared: Member = applied(Boolean, dispid, f"logging.{name}", pending=pending)
    return declared


class Logging(Object, iid="AAD8A0DF-2963-4C5B-A906-6B07B9CC0643", clsid="E3E22438-871F-49CF-A47E-4D3A144BD002"):
    """What is logged. The live log is the whole server's: every worker gives its lines."""

    __slots__ = ()

    Enabled = shows(1, "enabled")
    LogSMTP = shows(2, "log_smtp")
    LogPOP3 = shows(3, "log_pop3")
    LogTCPIP = shows(4, "log_tcpip")
    LogApplication = shows(5, "log_application")
    Device = by_word(eLogDevice, 9, "logging.device", ("sql", "file"), first=1, pending=DEVICE)
    LogFormat = by_word(eLogOutputFormat, 10, "logging.log_format", ("default", "csa"), first=1, pending=DEVICE)
    LogDebug = shows(11, "log_debug")
    LogIMAP = shows(12, "log_imap")
    AWStatsEnabled = shows(16, "aw_stats_enabled")
    KeepFilesOpen = shows(22, "keep_files_open")
    MaskPasswordsInLog = Member(
        17,
        "Accepted and ignored: passwords are never in the log, so it reads True.",
        get=lambda _: True,
        put=lambda *_: None,
        write=Right.PARENT,
        type="boolean",
        ignored=("get", "put"),
    )

    @getter(14, "The folder of the log files.")
    def Directory(self) -> String:
        return str(self.house.places.logs)

    @getter(15, "The lines that were logged since the last reading, each ended by CRLF; reading takes them away.")
    async def LiveLog(self) -> String:
        lines = sorted((line for found in await self.house.everywhere("live-log") for line in found), key=itemgetter(0))
        return "".join(f"{line.text}\r\n" for line in lines)

    @getter(23, "Whether lines are kept for LiveLog.")
    def LiveLoggingEnabled(self) -> Boolean:
        return self.house.live_log.on

    @method(13, "Begins or ends to keep lines for LiveLog; those that wait are forgotten.")
    async def EnableLiveLogging(self, newVal: Boolean) -> None:
        await self.house.everywhere("live-log-on" if newVal else "live-log-off")

    @getter(18, "The name of the log file of event scripts.")
    def CurrentEventLog(self) -> String:
        return "hmailserver_events.log"

    @getter(19, "The name of today's log file of errors.")
    def CurrentErrorLog(self) -> String:
        return f"ERROR_hmailserver_{today()}.log"

    @getter(20, "The name of the log file for AWStats.")
    def CurrentAwstatsLog(self) -> String:
        return "hmailserver_awstats.log"

    @getter(21, "The name of today's log file.")
    def CurrentDefaultLog(self) -> String:
        return f"hmailserver_{today()}.log"


def today() -> str:
    """Write today's date, in local time."""
    return dt.datetime.now().astimezone().date().isoformat()
