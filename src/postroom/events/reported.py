"""Errors that are reported: lines of the log that tell of something wrong in the server, as events (events.md 3.14)."""

from __future__ import annotations

import zlib
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from postroom.events.moments import Error

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

_handling_error: ContextVar[bool] = ContextVar("handling_error", default=False)

CRITICAL, HIGH, MEDIUM, LOW = 1, 2, 3, 4
SEVERITIES: Final = {
    "cannot-start": CRITICAL,
    "process-ended": CRITICAL,
    "result-unsaved": CRITICAL,
    "storage-trouble": CRITICAL,
    "certificate-unusable": HIGH,
    "mail-deferred": HIGH,
    "queue-unreadable": HIGH,
    "unhandled-exception": HIGH,
    "call-deferred": MEDIUM,
    "change-unheard": MEDIUM,
    "chore-failed": MEDIUM,
    "command-deferred": MEDIUM,
    "command-failed": MEDIUM,
    "handover-waits": MEDIUM,
    "log-lines-dropped": MEDIUM,
    "message-file-failed": MEDIUM,
    "removal-failed": MEDIUM,
    "report-waits": MEDIUM,
    "request-deferred": MEDIUM,
    "library-message": LOW,
    "remote-tls-failed": LOW,
    "unsigned-yet": LOW,
}
"""The lines of the log that report something wrong in the server, and how bad it is."""

SCRIPT: Final = "script"
UNLOADABLE: Final = "script-unloadable"
"""The protocol of the lines about scripts: their own errors are no errors of the server, but that they can't be loaded is one."""

_PLACED: Final = frozenset({"time", "level", "protocol", "session", "event", "exception", "exc_info"})


class Reported:
    """Makes events of lines of the log, from any thread; a line that is logged while an error is handled makes none, for that would not end."""

    def __init__(self, tell: Callable[[Error], None], loop: asyncio.AbstractEventLoop) -> None:
        """`tell` fires an event on the loop."""
        self._fire = tell
        self._loop = loop

    def __call__(self, line: dict[str, Any]) -> None:
        event = error_of(line)
        if event is not None and not _handling_error.get() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, event)

    def _tell(self, event: Error) -> None:
        token = _handling_error.set(True)  # the task that handles it takes this over
        try:
            self._fire(event)
        finally:
            _handling_error.reset(token)


def error_of(line: dict[str, Any]) -> Error | None:
    """Read a line of the log as an error; None for one that reports none. Its code is hMailServer's where the line has one."""
    name, protocol = line["event"], line["protocol"]
    severity = SEVERITIES.get(name, HIGH if line["level"] == "error" else 0)
    if not severity or (protocol == SCRIPT and name != UNLOADABLE) or (name == "library-message" and line["level"] == "info"):
        return None
    facts = [f"{fact}={value}" for fact, value in line.items() if fact not in _PLACED]
    code = int(stated[2:]) if (stated := str(line.get("code", ""))).startswith("HM") and stated[2:].isdecimal() else _code(name)
    last = str(line["exception"]).strip().rpartition("\n")[2] if line.get("exception") else ""
    description = ", ".join(filter(None, [last, *facts])) or name
    return Error(severity, code, f"{protocol}::{name}", description)


def _code(name: str) -> int:
    """Give an event of the log a number beyond hMailServer's, always the same one."""
    return 100_000 + zlib.crc32(name.encode()) % 900_000
