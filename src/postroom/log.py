"""What the server says about itself: one line an event, for people or as JSON, written by a thread so that no loop waits for a disk.

    log = get_logger("smtp")
    log.info("message-accepted", session="AB12", recipients=3)

An event has a name, declared with its meaning in `EVENTS`; facts stand beside it, never in it. Facts must not change afterwards:
they are rendered later, by the thread. Passwords and contents are masked before anybody sees the line. A line below the level
costs one comparison, a written one a few microseconds on the caller's side, so a hot path logs one line per message.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import re
import sys
import textwrap
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from structlog.processors import JSONRenderer, format_exc_info

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

# Every event that may be logged, with its meaning. tests/house holds the code and docs/guide/logs.md against this table.
EVENTS = {
    "backup-failed": "A backup that was begun through the HTTP API could not be made; `cause` says why.",
    "backup-made": "A backup is whole in its place: `path`, `size` in bytes, `base` is the backup that it builds on.",
    "cannot-start": "A process can't begin its work until a person mends what `reason` says; the server stops.",
    "certificate-made": "A self-signed certificate was made or renewed, since none is configured; clients will ask about it.",
    "certificate-unusable": "Certificate files can't be used (`reason`): a reload left the old ones, or a port (`listener`) has the server's own.",
    "chore-failed": "A chore could not be done; it is tried again at its next time. `reason` says why.",
    "client-identified": "An IMAP client told its name and version (ID).",
    "change-unheard": "A change of the administrator's was stored, but `missing` workers have not said within a second that they use it.",
    "conversation": "A line of a connection's conversation (`kind`, `text`), for those who read along: it is not written into this log.",
    "client-sent-away": "A client was disconnected for what it did: too many errors, unknown recipients, failed logins. `reply` is what it was told.",
    "call-deferred": "A call of the object model could not be done for now; `cause` says why. The program was told to look here.",
    "command-deferred": "An IMAP command could not be done for now; `cause` says why. The client was told NO [UNAVAILABLE].",
    "command-failed": "A POP3 command could not be done for now; `cause` says why. The client may try again.",
    "command-refused": "A command was refused; `cause` says what the client was not told.",
    "destination-waits": "A destination can't be reached or puts us off (`reason`): all mail for it waits `seconds`, the `failures`th time in a row.",
    "early-talker": "A client spoke before its turn, as no mail server does.",
    "event-failed": "A handler of an event (`trigger`) failed: the mail goes on as if there were none. `reason` says how.",
    "event-skipped": "An event (`trigger`) was not fired: it was the `depth`th within others, or too many were `waiting`.",
    "folder-not-made": "A rule wants mail in a `folder` that could not be found or made; `reason` says why. The mail is in INBOX.",
    "generated": "A message was made by itself: `kind` is forward, reply, copy or vacation.",
    "handover-waits": "A message that was accepted could not be placed in another shard yet; it is tried again. `reason` says why.",
    "handovers-recovered": "After a crash, `count` accepted messages were placed in the shards that had not got them yet.",
    "key-refused": "A request to the HTTP API had no valid key, or one without the scope it needs; `reason` says which.",
    "library-message": "A library that Postroom uses has something to say.",
    "log-lines-dropped": "Lines came faster than they could be written, or the log could not be written: `count` of them are missing.",
    "login": "Somebody logged in.",
    "login-refused": "A login failed; `reason` says why, which the client is not told.",
    "mail-cancelled": "A handler of events has deleted a message of the queue; `reason` says which.",
    "mail-deferred": "A message could not be taken for now (451); `cause` says why. Its sender will try again.",
    "mail-given-up": "A message waited too long and is returned to its sender; `reason` has the last try.",
    "mail-tried": "A try to send a message (`id`) to a destination: how many recipients are `sent`, `failed` or `waiting`, and why.",
    "mailbox-restored": "Messages of a mailbox came back from a backup: `added` of them; `present` were there already.",
    "mailbox-opened": "A mailbox was opened through the HTTP API by the key with the number `by` (0: the configured administrator's).",
    "model-changed": "An object of the object model was `action` (added, changed, deleted) by `who` from `ip`; `changes` has old and new values.",
    "mailbox-removed": "A mailbox was removed through the HTTP API with all its mail; `by` is the key that asked for it.",
    "maildrop-in-use": "A POP3 client was turned away because another session has the mailbox open.",
    "message-accepted": "A message is on disk for all its recipients and was acknowledged; `id` names it from here on.",
    "message-file-failed": "A file with a message could not be written for a program that asked for it; `reason` says why.",
    "message-refused": "A message was refused after its content had come; `reply` is what the client was told.",
    "messages-removed": "A POP3 session ended and removed the messages that its client had marked.",
    "not-forwarded": "An account's mail could not be forwarded to the address that is set (itself, none at all, or a loop): the account has it.",
    "not-mirrored": "Nobody gets mail at mirror_email_address, so a message was not copied.",
    "process-ended": "A process of the server ended by itself and is started again in `again_in` seconds.",
    "process-killed": "A process did not end in time when the server stopped, and was killed; nothing that was acknowledged is lost.",
    "queue-unreadable": "The queue could not be read; it is tried again. `reason` says why.",
    "recipient-left-out": "A program added a recipient to a message at whose address nobody gets mail; `reason` says why. The others get it.",
    "remote-tls-failed": "A server that mail goes to failed at TLS, so mail to it goes unencrypted for an hour; `reason` says how it failed.",
    "request-deferred": "A request to the HTTP API could not be done for now (503); `cause` says why.",
    "removal-failed": "A POP3 session ended, but what its client had marked could not be removed for now; `cause` says why. It is all still there.",
    "report-dropped": "A report to a sender was not made, since there is nobody at that address; `reason` says why.",
    "report-made": "A sender was told of what became of a message (`id`): `kind` is failed, delayed or success.",
    "report-waits": "A report to a sender could not be made yet; it is tried again. `reason` says why.",
    "result-unsaved": "What a try to send brought could not be written; it is tried until it can, so that nothing is sent twice.",
    "rules-applied": "A message met `rules` of an account, or of the server.",
    "script-began": "An event's script is run: `line` says `Executing event` and its name, as hMailServer does.",
    "script-ended": "An event's script was run, well or not: `line` says `Event completed`.",
    "script-error": "An event's script met an error (`line` has place and text): the mail goes on as if it had ended there.",
    "script-loaded": "The event scripts were read: those of `file` run from now on, `functions` are in it.",
    "script-lost": "An event's script (`name`) did not end by itself; `reason` says why its process was ended. Other events go on.",
    "script-skipped": "An event's script (`name`) was not run; `reason` says why.",
    "script-unloadable": "The event scripts were not read: the ones loaded before go on. `code` is hMailServer's number, `reason` says why.",
    "space-freed": "Bodies that no message refers to any more were removed from the disk: `bytes` are free again.",
    "signing-key-unusable": "The key `file` of a domain can't be used (`reason`): its mail is signed with the server's own keys.",
    "starttls-injection": "Commands came in plain text after STARTTLS: somebody between us and the client tried to slip them in.",
    "storage-trouble": "A checkpoint or another upkeep of the databases failed; it is tried again, nothing is lost.",
    "tls-failed": "A client began TLS and did not finish.",
    "workers-unsettled": "Workers (`processes`) did not shut or open their doors in time when the server was told to pause or resume.",
    "unsigned-yet": "A message could not be signed (DKIM) when it came; it is when it leaves. `reason` says why.",
    "unhandled-exception": "An error that no code expected: a fault in Postroom, worth a report. The server goes on.",
}

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "off": 100}
RECITED = "recited"
"""The level of the lines of conversations, below all others: watchers and scribes get them, the log itself does not."""

# Facts whose values nobody sees, whoever passes them.
SECRETS = frozenset({"admin_key", "api_key", "authorization", "body", "content", "credentials", "key", "passphrase", "password", "secret", "token"})

MOST_WAITING = 20_000  # lines; further ones are dropped and counted, for the caller never waits
GATHER = 0.05  # seconds in which the thread lets lines gather, so that one write takes many
LAST_WRITE = 2.0  # seconds that stopping waits for the thread: a stuck terminal must not hold the server
LONGEST_VALUE = 500  # characters; peers choose many of the values
LONGEST_TRACEBACK = 20_000  # characters

_PLACED = frozenset({"time", "level", "protocol", "session", "event", "exception"})  # what has its own place in a line
_PLAIN = re.compile(r"[^\s\"'=]+").fullmatch  # a value that needs no quotes


class Output(Protocol):
    """Where the lines go."""

    def write(self, text: str, /) -> object:
        """Take whole lines. Raises OSError or ValueError when that is impossible; the lines are then counted as dropped."""

    def flush(self) -> object:
        """Pass on what was taken."""


class DailyFile:
    """`postroom.log` in a directory: at the first line of a new day (UTC) the old file becomes `postroom-2026-11-21.log`.

    Any number of processes may write: each batch of lines is one appending write, one process renames, the others follow.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.path = directory / "postroom.log"
        self._open()

    def write(self, text: str) -> None:
        """Append whole lines."""
        today = datetime.now(UTC).date()
        if today > self._day:
            self._put_away()
            self._open()
        elif not self._is_current():  # another process has put the file away, or a person has
            self.close()
            self._open()
        self._file.write(text.encode(errors="backslashreplace"))

    def flush(self) -> None:
        """Nothing waits here: the file has no buffer."""

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _open(self) -> None:
        self._file = self.path.open("ab", buffering=0)
        self._file.seek(0, os.SEEK_END)
        written = os.fstat(self._file.fileno()).st_mtime if self._file.tell() else time.time()
        self._day: date = datetime.fromtimestamp(written, UTC).date()

    def _is_current(self) -> bool:
        if self._file.closed:
            return False
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._file.fileno()))
        except FileNotFoundError:
            return False

    def _put_away(self) -> None:
        """Rename the file; making the new name first decides which of several processes does it."""
        ours = self._is_current()
        self.close()  # Windows renames no open file
        old = self.path.with_name(f"postroom-{self._day}.log")
        with suppress(FileExistsError):
            if ours:
                old.touch(exist_ok=False)
                self.path.replace(old)


def remove_old(directory: Path, days: int, today: date | None = None) -> list[Path]:
    """Remove the files of days more than so many days ago; returns them. 0 days keeps all."""
    today = today or datetime.now(UTC).date()
    old = [path for path in sorted(directory.glob("postroom-*.log")) if days and (day := _day_of(path)) and (today - day).days > days]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem.removeprefix("postroom-"))
    except ValueError:  # somebody's own file
        return None


class Journal:
    """The way of a line from those who log to the outputs: a bounded queue and one thread."""

    def __init__(self) -> None:
        self.level = LEVELS["off"]
        self.shown = 0
        self.debug = False
        self.dropped = 0
        self.started: dict[str, Any] = {}
        self.watchers: list[Callable[[dict[str, Any]], None]] = []
        self.scribes: list[Callable[[list[dict[str, Any]]], None]] = []
        self._lines: deque[dict[str, Any]] = deque()
        self._wake, self._end = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._render: Callable[[dict[str, Any]], str] = line_for_people
        self._outputs: list[Output] = []
        self._told = 0  # so many of the dropped lines were reported
        self._awaiting: list[threading.Event] = []

    def write(self, line: dict[str, Any]) -> None:
        """Queue a line; from any thread, never waits."""
        for watcher in self.watchers:
            watcher(line)
        if self._thread is None:
            return
        if len(self._lines) >= MOST_WAITING:
            self.dropped += 1
            return
        self._lines.append(line)
        if not self._wake.is_set():
            self._wake.set()

    def start(self, render: Callable[[dict[str, Any]], str], outputs: list[Output]) -> None:
        """Begin to write to the outputs."""
        self.stop()
        self._render, self._outputs = render, outputs
        self._wake.clear()
        self._end.clear()
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, then write no more."""
        if self._thread is not None:
            self._end.set()
            self._wake.set()
            self._thread.join(LAST_WRITE)
            self._thread = None
            for output in self._outputs:
                if isinstance(output, DailyFile):
                    output.close()

    def settle(self) -> None:
        """Wait until what waits now has been passed on, two seconds at most."""
        if self._thread is None:
            return
        done = threading.Event()
        self._awaiting.append(done)
        self._wake.set()
        done.wait(LAST_WRITE)

    def _run(self) -> None:
        while not self._end.is_set():
            self._wake.wait()
            self._end.wait(GATHER)
            self._wake.clear()
            self._pass_on()
        self._pass_on()

    def _pass_on(self) -> None:
        awaiting, self._awaiting = self._awaiting, []
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        lost = self.dropped
        report = {"time": time.time(), "level": "warning", "protocol": "log", "event": "log-lines-dropped", "count": lost - self._told}
        ours = [line for line in lines if LEVELS.get(line["level"], -1) >= self.shown]
        text = "".join(self._render(line) + "\n" for line in (ours if lost == self._told else [*ours, report]))
        failed: list[object] = [output for output in self._outputs if not _written(output, text)]
        failed += [scribe for scribe in self.scribes if lines and not _taken(scribe, lines)]
        if failed:
            self.dropped += len(lines)
        else:
            self._told = lost
        for done in awaiting:
            done.set()


class Log(structlog.BoundLoggerBase):
    """The logger of one protocol; `bind(session=...)` gives one that adds facts of its own to each line."""

    def debug(self, event: str, **facts: Any) -> None:
        """Log what only a developer wants to see."""
        if _journal.level <= 10:
            self._proxy_to_logger("write", event, level="debug", **facts)

    def info(self, event: str, **facts: Any) -> None:
        """Log what happens every day."""
        if _journal.level <= 20:
            self._proxy_to_logger("write", event, level="info", **facts)

    def warning(self, event: str, **facts: Any) -> None:
        """Log what a person should look at some day."""
        if _journal.level <= 30:
            self._proxy_to_logger("write", event, level="warning", **facts)

    def error(self, event: str, **facts: Any) -> None:
        """Log what a person should look at now."""
        if _journal.level <= 40:
            self._proxy_to_logger("write", event, level="error", **facts)

    def exception(self, event: str, **facts: Any) -> None:
        """Log an error together with the exception being handled."""
        self.error(event, exc_info=True, **facts)


def get_logger(protocol: str) -> Log:
    """Give the logger of a protocol (`smtp`, `imap`, `queue` ...), the word that begins each of its lines."""
    log: Log = structlog.wrap_logger(_journal, [_stamped, _masked, format_exc_info, _whole], wrapper_class=Log).bind(protocol=protocol)
    return log


def recite(kind: str, text: str, session: str = "", ip: str = "") -> None:
    """Hand a line of a conversation of a kind (SMTPD, TCPIP ...) to who watches and to the scribes; secrets are masked already."""
    line = {"time": time.time(), "level": RECITED, "protocol": "network", "session": session, "event": "conversation", "ip": ip}
    _journal.write({**line, "kind": kind, "text": text})


def start(*, level: str = "info", as_json: bool = False, directory: Path | None = None, stream: Output | None = None) -> None:
    """Write lines from `level` upwards to the stream (stderr) and to the day's file in the directory; before this nothing is written."""
    outputs: list[Output] = [sys.stderr if stream is None else stream]
    if directory is not None:
        outputs.append(DailyFile(directory))
    _journal.start(line_for_programs if as_json else line_for_people, outputs)
    _journal.started = {"level": level, "as_json": as_json, "directory": str(directory or "")}
    set_level(level)
    if from_libraries not in logging.root.handlers:
        logging.root.addHandler(from_libraries)
        atexit.register(stop)


def as_started() -> str:
    """Give how the log of this process was started, for `start_as` in a child process; '' when it was not."""
    return json.dumps(_journal.started) if _journal.started else ""


def start_as(started: str) -> None:
    """Write lines as the parent process does."""
    if started:
        facts = json.loads(started)
        start(level=facts["level"], as_json=facts["as_json"], directory=Path(facts["directory"]) if facts["directory"] else None)


def settle() -> None:
    """Wait until what was logged so far is written, two seconds at most."""
    _journal.settle()


def stop() -> None:
    """Write what waits, then write no more."""
    logging.root.removeHandler(from_libraries)
    _journal.stop()
    set_level("off")


def set_level(level: str) -> None:
    """Log lines of this level and of those above it: debug, info, warning, error, off."""
    _journal.shown = LEVELS[level]
    heed(debug=_journal.debug)


def heed(*, debug: bool) -> None:
    """Have watchers and scribes get all that a developer wants to see, or what the log shows."""
    _journal.debug = debug
    _journal.level = LEVELS["debug"] if debug else _journal.shown


def dropped() -> int:
    """Tell how many lines this process has lost since it began."""
    return _journal.dropped


@contextmanager
def watching(watcher: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    """Have each line, as its facts, shown to the watcher at the moment it is logged (from any thread; it must not wait)."""
    _journal.watchers.append(watcher)
    try:
        yield
    finally:
        _journal.watchers.remove(watcher)


@contextmanager
def writing(scribe: Callable[[list[dict[str, Any]]], None]) -> Iterator[None]:
    """Have the log's thread give all lines, as their facts, to the scribe too, which writes them its own way. It may raise OSError.

    At the end it gets what was logged until then.
    """
    _journal.scribes.append(scribe)
    try:
        yield
    finally:
        _journal.settle()
        _journal.scribes.remove(scribe)


def line_for_people(line: dict[str, Any]) -> str:
    """Render `12:03:04.512 smtp   AB12  message-accepted  recipients=3`; times are UTC, a traceback follows indented."""
    seconds = line["time"]
    moment = f"{time.strftime('%H:%M:%S', time.gmtime(seconds))}.{int(seconds % 1 * 1000):03}"
    level, event, session = line["level"], line["event"], line.get("session")
    name = f"{level.upper()}  {event}" if level in {"warning", "error"} else event
    facts = "".join([f"  {name}={_shown(fact)}" for name, fact in line.items() if name not in _PLACED])
    text = f"{moment} {line['protocol']:<6} {_shown(session) if session else '-':<4}  {name}{facts}"
    return f"{text}\n{_indented(line['exception'])}" if "exception" in line else text


def line_for_programs(line: dict[str, Any]) -> str:
    """Render one JSON object; `time` is ISO 8601 with zone."""
    moment = datetime.fromtimestamp(line["time"], UTC).isoformat(timespec="microseconds")
    text = _to_json(None, "", {**line, "time": moment})
    return text if isinstance(text, str) else text.decode()


def _taken(scribe: Callable[[list[dict[str, Any]]], None], lines: list[dict[str, Any]]) -> bool:
    try:
        scribe(lines)
    except (OSError, ValueError):  # as above
        return False
    return True


def _written(output: Output, text: str) -> bool:
    """Write what can be written: with the disk full or the terminal gone, the mail goes on."""
    try:
        output.write(text)
        output.flush()
    except (OSError, ValueError):  # ValueError: the file is closed
        return False
    return True


def _shown(fact: object) -> str:
    """Show a fact so that no peer can forge a line, a second fact or a terminal command with it."""
    if isinstance(fact, bytes):
        fact = fact.decode(errors="backslashreplace")
    text = f"{fact:.6g}" if isinstance(fact, float) else str(fact)
    if len(text) > LONGEST_VALUE:
        text = text[:LONGEST_VALUE] + "..."
    return text if text.isprintable() and _PLAIN(text) else repr(text)


def _indented(traceback: str) -> str:
    lines = traceback[-LONGEST_TRACEBACK:].splitlines()
    return textwrap.indent("\n".join(line if line.isprintable() else repr(line) for line in lines), "    ")


def _stamped(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    line["time"] = time.time()
    return line


def _masked(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if not SECRETS.isdisjoint(line):
        line.update(dict.fromkeys(SECRETS.intersection(line), "***"))
    return line


def _whole(_logger: object, _method: str, line: MutableMapping[str, Any]) -> tuple[tuple[MutableMapping[str, Any]], dict[str, Any]]:
    """Hand the line on as it is: the thread renders it."""
    return (line,), {}


class FromLibraries(logging.Handler):
    """Takes what libraries log the standard way, asyncio's report of an exception that nobody fetched among it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record as an event of ours."""
        event = "unhandled-exception" if record.exc_info else "library-message"
        level = "error" if record.levelno >= 40 else "warning" if record.levelno >= 30 else "info"
        getattr(_libraries, level)(event, library=record.name, text=record.getMessage(), exc_info=record.exc_info or None)


_to_json = JSONRenderer(default=_shown)
_journal = Journal()
_libraries = get_logger("python")
from_libraries = FromLibraries(logging.WARNING)
