"""The log files in hMailServer's layout, and the live log, of a server of several processes: all lines come to the first worker, which orders them.

process     {"is": "lines", "lines": [[time, kind, text], ...], "live": true}     to the supervisor
supervisor  {"do": "lines", ...}                                                  to worker 0

Workers tell what is to be written into files, which only hMailServer's mode has; each has a live log of its own. Writers and the supervisor,
which know no settings, tell all that they log, for both (`live`).
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from postroom.model.loglines import LogLine, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from postroom.runtime.line import Message

    Scribe = Callable[[Sequence[dict[str, Any]]], None]

HOLD: Final = 0.25
"""Seconds for which a line waits for older ones of other processes, which gather theirs for a moment too (log.GATHER)."""

MESSAGE: Final = 24_000
"""Characters of lines that one message takes: the lines between processes take 64 KB."""


class Logbook:
    """Lines of all processes on their way into the files: each is held for a moment, then written behind older ones."""

    def __init__(self, write: Callable[[Sequence[LogLine]], None], hold: float = HOLD) -> None:
        """`write` is called by a thread of its own; what it can't write (OSError) is lost."""
        self._write = write
        self._hold = hold
        self._lines: list[LogLine] = []
        self._guard = threading.Lock()
        self._wake, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="logbook", daemon=True)
        self._thread.start()

    def take(self, lines: Sequence[LogLine]) -> None:
        """Take lines, from any thread; never waits."""
        with self._guard:
            self._lines += lines
        self._wake.set()

    def close(self) -> None:
        """Write what waits, and end."""
        self._end.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.is_set():
            self._wake.wait()
            self._end.wait(self._hold)
            self._pass_on(time.time() - self._hold)
        self._pass_on(float("inf"))

    def _pass_on(self, until: float) -> None:
        """Write the lines that were logged until then."""
        with self._guard:
            ripe = sorted((line for line in self._lines if line.time <= until), key=_logged)
            self._lines = [line for line in self._lines if line.time > until]
            if not self._lines:
                self._wake.clear()
        if ripe:
            with suppress(OSError):
                self._write(ripe)


def _logged(line: LogLine) -> float:
    return line.time


def telling(say: Callable[[Message], object], lay_out: Callable[[Sequence[dict[str, Any]]], list[LogLine]], *, live: bool) -> Scribe:
    """Give a scribe for `log.writing` that tells the supervisor what this process logs."""

    def tell(logged: Sequence[dict[str, Any]]) -> None:
        for lines in _runs(lay_out(logged)):
            say({"is": "lines", "lines": lines, "live": live})

    return tell


def laid_out(logged: Sequence[dict[str, Any]]) -> list[LogLine]:
    """Lay out what a process without settings logs."""
    return [line_of(facts) for facts in logged]


def heard(message: Message) -> list[LogLine]:
    """Read the lines of a message."""
    return [LogLine(float(when), str(kind), str(text)) for when, kind, text in message["lines"]]


def _runs(lines: Sequence[LogLine]) -> Iterator[list[LogLine]]:
    """Part lines into runs that fit into a message."""
    run: list[LogLine] = []
    size = 0
    for line in lines:
        if run and size + len(line.text) > MESSAGE:
            yield run
            run, size = [], 0
        run.append(line)
        size += len(line.text)
    if run:
        yield run
