"""Diagnostics: tests of the server's surroundings, for people who look why mail does not come or go (8.9)."""

from __future__ import annotations

import asyncio
import os
import platform
import socket
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.errors import PostroomError
from postroom.model.collection import Collection, count, item
from postroom.model.description import Right, getter, method
from postroom.model.kinds import Boolean, String
from postroom.model.object import Object
from postroom.operations.diagnostics import Check, examine
from postroom.operations.diagnostics.check import PASS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.model.house import House

SECONDS: Final = 30.0


class Finding(NamedTuple):
    """What a test found."""

    name: str
    description: str
    details: str
    passed: bool


class Diagnostics(Object, iid="FB8812B0-524A-4922-9E29-A7E9A9E9151D", clsid="EB576B35-8F97-47AB-A0D1-80A3D514610B"):
    """Tests of the server's surroundings; the two names say what they look at."""

    __slots__ = ("local_domain", "test_domain")

    def __init__(self, context: Any, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.local_domain = self.test_domain = ""

    @getter(2, "The domain of this server whose mail exchangers are tested; empty: none.", Right.SERVER)
    def LocalDomainName(self) -> String:
        return self.local_domain

    @LocalDomainName.setter(Right.SERVER)
    def _set_local(self, value: str) -> None:
        self.local_domain = value

    @getter(3, "The domain elsewhere whose mail exchanger is tried, to learn whether mail can leave; empty: none.", Right.SERVER)
    def TestDomainName(self) -> String:
        return self.test_domain

    @TestDomainName.setter(Right.SERVER)
    def _set_test(self, value: str) -> None:
        self.test_domain = value

    @method(1, "Runs the tests and gives what they found; it may take half a minute.", Right.SERVER, gives="DiagnosticResults")
    async def PerformTests(self) -> Any:
        results = DiagnosticResults(self.context, self)
        results.items = list(await results.read())
        return results


class DiagnosticResults(Collection, iid="27EDFA15-CD0B-40C9-86D0-1BB11B3A1310", clsid="3AC49BB3-3F3C-4D82-AC0F-28464C408EA9"):
    """What the tests found, in the order of the tests."""

    __slots__ = ()
    of = "DiagnosticResult"

    Item = item(2, Right.SERVER)
    Count = count(1, Right.SERVER)

    async def read(self) -> Sequence[Finding]:
        """Run the tests."""
        house, asked = self.house, self.parent
        found = [details(), ipv6()]
        if asked.test_domain:
            found.append(
                await examined(house, "Test outbound port", "Tries to reach another mail server.", "outgoing_smtp", destination=asked.test_domain)
            )
        found.append(await asyncio.to_thread(backup_directory, house.settings.backup.destination))
        if asked.local_domain:
            found.append(await examined(house, "Test MX records", "Looks up where the domain's mail goes.", "mx", domain=asked.local_domain))
            found.append(await examined(house, "Test local connect", "Connects to this server's ports.", "listeners", domain=asked.local_domain))
        found.append(await asyncio.to_thread(message_files, house.places.data))
        found.append(await ranges(house))
        found.append(await asyncio.to_thread(error_logs, house.places.logs))
        return found

    def wrap(self, record: Any) -> DiagnosticResult:
        """Make the object of a finding."""
        made = DiagnosticResult(self.context)
        made.finding = record
        return made


class DiagnosticResult(Object, iid="7E97DEEC-29B3-4ADA-8524-EA8CEEE38918", clsid="430C3328-6348-4A86-8E12-74B5B5EFF48D"):
    """What one test found."""

    __slots__ = ("finding",)

    def __init__(self, context: Any, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.finding = Finding("", "", "", passed=False)

    @getter(1, "The test's name.", Right.SERVER)
    def Name(self) -> String:
        return self.finding.name

    @getter(2, "What the test does.", Right.SERVER)
    def Description(self) -> String:
        return self.finding.description

    @getter(3, "What it found, line by line, and what to do.", Right.SERVER)
    def ExecutionDetails(self) -> String:
        return self.finding.details

    @getter(4, "Whether all is well.", Right.SERVER)
    def Result(self) -> Boolean:
        return self.finding.passed


def details() -> Finding:
    """Tell what runs where."""
    lines = (f"Postroom {version('postroom')}", f"Python {platform.python_version()}", platform.platform(), f"Process {os.getpid()}")
    return Finding("Server details", "Tells the version of the server and of the system.", "\r\n".join(lines), passed=True)


def ipv6() -> Finding:
    """Tell whether this machine has IPv6."""
    about = "Tells whether IPv6 can be used."
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError as error:
        return Finding("Test IPv6", about, f"IPv6 can't be used here: {error}.", passed=True)
    return Finding("Test IPv6", about, "IPv6 is there.", passed=True)


async def examined(house: House, name: str, about: str, family: str, *, domain: str = "", destination: str = "") -> Finding:
    """Run a family of checks of `postroom doctor`."""
    try:
        checks = await examine(await house.site(domain, destination), house.world(), (family,), seconds=SECONDS)
    except PostroomError as error:
        return Finding(name, about, str(error), passed=False)
    return Finding(name, about, "\r\n".join(map(told, checks)), passed=all(check.status == PASS for check in checks))


def told(check: Check) -> str:
    """Write what a check found, and what to do."""
    return f"{check.details} {check.why} {check.fix}".strip()


def backup_directory(destination: str) -> Finding:
    """Tell whether the folder of backups can be written."""
    about = "Tells whether backups can be made where the settings say."
    if not destination:
        return Finding("Test backup directory", about, "No folder is set (Settings.Backup.Destination).", passed=False)
    writable = os.path.isdir(destination) and os.access(destination, os.W_OK | os.X_OK)  # noqa: PTH112 - what people set may be no path at all
    words = "can be written" if writable else "is not there, or can't be written by the server's user"
    return Finding("Test backup directory", about, f"{destination} {words}.", passed=writable)


def message_files(data: Path) -> Finding:
    """Tell whether the data folder is there with all its parts."""
    about = "Tells whether the messages are where they belong; `postroom check` proves each."
    missing = [name for name in ("control.db", "mail-00.db") if not (data / name).exists()]
    words = f"{data} lacks {', '.join(missing)}." if missing else f"All messages lie in {data}."
    return Finding("Test message file locations", about, words, passed=not missing)


async def ranges(house: House) -> Finding:
    """Tell whether there are ranges that let clients in."""
    about = "Tells whether ranges of client addresses could lock everybody out."
    bans = len(house.directory.failures.bans())
    return Finding("Test IP range configuration", about, f"{bans} addresses are banned now." if bans else "No address is banned.", passed=True)


def error_logs(folder: Path) -> Finding:
    """Tell whether errors were logged."""
    about = "Tells whether there are log files of errors."
    found = sorted(path.name for path in folder.glob("ERROR_*.log")) if folder.is_dir() else []
    return Finding("Error logs", about, f"Look into {', '.join(found[-5:])}." if found else f"There are none in {folder}.", passed=not found)
