"""Lines of the log in hMailServer's layout (8.12): kind, thread, for sessions their number, time, for sessions the peer's address, text."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.events import session_number
from postroom.events.reported import SCRIPT, error_of
from postroom.log import RECITED

if TYPE_CHECKING:
    from postroom.directory.parts import Logging

LONGEST: Final = 500
"""Characters of a line's text that are shown, unless hMailServer.ini says otherwise (MaxLogLineLen); the middle of a longer one is left out."""

ENDING: Final = 40
AWSTATS: Final = "AWSTATS"
ERROR: Final = "ERROR"

SWITCHES: Final = {
    "SMTPD": "log_smtp",
    "SMTPC": "log_smtp",
    "POP3D": "log_pop3",
    "POP3C": "log_pop3",
    "IMAPD": "log_imap",
    "TCPIP": "log_tcpip",
    "APPLICATION": "log_application",
    "DEBUG": "log_debug",
    ERROR: "enabled",
}
"""The setting that shows a kind of line."""

_SEVERITIES: Final = {1: "Critical", 2: "High", 3: "Medium", 4: "Low"}
CONVERSATIONS: Final = frozenset({"SMTPD", "SMTPC", "POP3D", "POP3C", "IMAPD", "TCPIP"})
"""The kinds of which there are lines only while the settings show them."""

_OF_SESSIONS: Final = CONVERSATIONS - {"TCPIP"}
_LEFT_OUT: Final = frozenset({"time", "level", "protocol", "session", "event", "exception", "exc_info"})


class LogLine(NamedTuple):
    """A line: when it was logged (seconds since 1970), its kind, and all of it without its end."""

    time: float
    kind: str
    text: str


def shows(masks: Logging, kind: str) -> bool:
    """Tell whether the settings show a kind of line."""
    return masks.enabled and bool(getattr(masks, SWITCHES.get(kind, "enabled")))


def conversations(masks: Logging) -> frozenset[str]:
    """Name the conversations that the settings want written down, as `network.transcript` knows them."""
    if not masks.enabled:
        return frozenset()
    return frozenset(word for word in ("smtp", "pop3", "imap", "tcpip", "debug") if getattr(masks, f"log_{word}"))


def line_of(facts: dict[str, Any], longest: int = LONGEST) -> LogLine:
    """Write what was logged as hMailServer writes a line; `longest` is how many characters its text may have."""
    seconds = facts["time"]
    kind, text = (facts["kind"], facts["text"]) if facts["level"] == RECITED else _of_event(facts)
    if kind == AWSTATS:
        return LogLine(seconds, kind, text)
    moment = f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(seconds))}.{int(seconds % 1 * 1000):03}"
    of_session = kind in _OF_SESSIONS
    session = [str(session_number(str(facts.get("session", ""))))] if of_session else []
    address = [f'"{_shown(facts.get("ip", ""))}"'] if of_session else []
    columns = [f'"{kind}"', str(os.getpid()), *session, f'"{moment}"', *address, f'"{_shortened(_shown(text), longest)}"']
    return LogLine(seconds, kind, "\t".join(columns))


def _of_event(facts: dict[str, Any]) -> tuple[str, str]:
    """Tell which kind of line an event of the log makes, and its text."""
    error = error_of(facts)
    if error is not None:
        severity = f"{error.severity} ({_SEVERITIES[error.severity]})"
        return ERROR, f"Severity: {severity}, Code: HM{error.code}, Source: {error.source}, Description: {error.description}"
    if facts["protocol"] == SCRIPT:
        return ERROR if facts["level"] == "error" else "DEBUG", str(facts.get("line", "")) or _told(facts)
    return "DEBUG" if facts["level"] == "debug" else "APPLICATION", _told(facts)


def _told(facts: dict[str, Any]) -> str:
    session = facts.get("session")
    known = "".join(f" {name}={fact}" for name, fact in facts.items() if name not in _LEFT_OUT)
    return f"{str(facts['protocol']).upper()}{f' session {session_number(str(session))}' if session else ''} - {facts['event']}{known}"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: max(longest - ENDING - 5, 0)]} ... {text[-ENDING:]}"


def _shown(fact: object) -> str:
    """Show a fact on one line: `[nl]` for a line end, so that no peer can forge a line or a column."""
    text = str(fact).replace("\r\n", "[nl]").replace("\n", "[nl]").replace("\r", "[nl]")
    return text if text.isprintable() else "".join(character if character.isprintable() else "?" for character in text)
