"""The live log: the lines of this process in hMailServer's layout (8.12), kept while somebody looks."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.log import watching
from postroom.network.connections import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.directory.parts import Logging

MOST_CHARACTERS: Final = 256 << 10
"""Of lines that wait to be read; the oldest go first. It is what one process sends another."""

LONGEST: Final = 2000
_OF_SESSIONS: Final = {
    "smtp": ("SMTPD", "log_smtp"),
    "submission": ("SMTPD", "log_smtp"),
    "lmtp": ("SMTPD", "log_smtp"),
    "pop3": ("POP3D", "log_pop3"),
    "imap": ("IMAPD", "log_imap"),
}
_LEFT_OUT: Final = frozenset({"time", "level", "protocol", "session", "event", "ip", "exception"})


class Line(NamedTuple):
    """A line, and when it was logged (seconds since 1970)."""

    time: float
    text: str


class LiveLog:
    """Keeps lines from `begin` to `end`; bounded, and each is given once."""

    def __init__(self, masks: Callable[[], Logging]) -> None:
        """`masks()` gives the settings that say what is shown."""
        self._masks = masks
        self._lines: deque[Line] = deque()
        self._characters = 0
        self._guard = threading.Lock()  # lines come from any thread
        self._watch = ExitStack()
        self.on = False

    def begin(self) -> None:
        """Keep lines from now on."""
        self.end()
        self._watch.enter_context(watching(self._take))
        self.on = True

    def end(self) -> None:
        """Keep no more, and forget those that wait."""
        self._watch.close()
        self.on = False
        self.take()

    def take(self) -> list[Line]:
        """Give the lines that wait, and forget them."""
        with self._guard:
            lines, self._characters = list(self._lines), 0
            self._lines.clear()
        return lines

    def _take(self, facts: dict[str, Any]) -> None:
        kind, mask = kind_of(facts)
        masks = self._masks()
        if not (masks.enabled and getattr(masks, mask)):
            return
        text = laid_out(kind, facts)
        with self._guard:
            self._lines.append(Line(facts["time"], text))
            self._characters += len(text)
            while self._characters > MOST_CHARACTERS:
                self._characters -= len(self._lines.popleft().text)


def kind_of(facts: dict[str, Any]) -> tuple[str, str]:
    """Tell which kind of line an event makes, and the setting that shows it."""
    if facts["level"] in {"warning", "error"}:
        return "ERROR", "enabled"
    if facts["level"] == "debug":
        return "DEBUG", "log_debug"
    if facts["protocol"] == "network":
        return "TCPIP", "log_tcpip"
    return _OF_SESSIONS.get(facts["protocol"], ("APPLICATION", "log_application"))


def laid_out(kind: str, facts: dict[str, Any]) -> str:
    """Write an event as hMailServer writes a line: kind, thread, for sessions their number, time, for sessions the address, text."""
    seconds = facts["time"]
    moment = f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(seconds))}.{int(seconds % 1 * 1000):03}"
    session = [str(number_of(str(facts.get("session", ""))))] if kind.endswith("D") and kind != "DEBUG" else []
    address = [f'"{_shown(facts.get("ip", ""))}"'] if session else []
    told = "".join(f" {name}={_shown(fact)}" for name, fact in facts.items() if name not in _LEFT_OUT)
    text = (facts["event"] + told)[:LONGEST]
    return "\t".join([f'"{kind}"', str(threading.get_native_id()), *session, f'"{moment}"', *address, f'"{text}"'])


def number_of(session: str) -> int:
    """Read the number of a session out of its id; 0 for none."""
    number = 0
    for digit in session:
        number = number * 32 + max(DIGITS.find(digit), 0)
    return number


def _shown(fact: object) -> str:
    """Show a fact on one line: `[nl]` for a line end, so that no peer can forge a line or a column."""
    text = str(fact).replace("\r\n", "[nl]").replace("\n", "[nl]").replace("\r", "[nl]")
    return "".join(character if character.isprintable() else "?" for character in text)
