"""A script process: runs events one after another, each with fresh globals, until its worker hangs up. Blocking code, no threads.

It holds nothing of the server's but its end of the wire. What a script may use up is bounded here by the system's limits, and once more by the
worker, which ends the process.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import NOTHING
from postroom.scripting.engines import LANGUAGES, Engine, engine_of, prepare
from postroom.scripting.errors import ScriptError
from postroom.scripting.line import RESULT, RESULT_TYPES, Kinds, Line, methods_of
from postroom.scripting.objects import World
from postroom.scripting.wire import Gone, Pipe

if sys.platform != "win32":
    import resource
    import signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.languages.vbscript.values import Value
    from postroom.scripting.helpers.desk import Desk

GRACE: Final = 1.0
"""Seconds after the deadline in which the worker ends the process; then it ends by itself."""
OPEN_FILES: Final = 256
LARGEST_FILE: Final = 1 << 30
"""Bytes of a file that a script writes: an endless loop must not fill the disk."""
COLLECTED: Final = (20_000, 20, 50)
"""After how many new objects the garbage collector looks for rings: an event makes a few hundred, and leaves none."""
PROCESSOR_SLACK: Final = 5.0
"""Seconds of processor time that a limit may be too wide, so that it is not set for each event."""
LONGEST_TRACE: Final = 2000
MOST_READY: Final = 4
"""Runs that are ready for the next event: as many kinds of events as one message meets."""
SECRETS: Final = ("POSTROOM_", "OPENMAILSERVER_")
"""What begins the names of environment variables that may hold keys and passwords: scripts don't see them."""


class Text(NamedTuple):
    """A handlers file as it was loaded."""

    language: str
    file: str
    text: str


Shape = tuple[tuple[str, ...], tuple[tuple[str, int | None], ...]]
"""The objects of an event: the class of each handle, counted from 1, and the named objects with their handles, None for Nothing."""


class Ready(NamedTuple):
    """A run whose globals are made, before anything of the script has run."""

    engine: Engine
    world: World


class Process:
    """The loop of a script process."""

    def __init__(self, end: socket.socket, kinds: Kinds | None = None) -> None:
        self._pipe = Pipe(end)
        self._texts: dict[int, Text] = {}
        self._kinds: Kinds = {} if kinds is None else kinds
        self._methods: frozenset[str] = frozenset()
        self._facts: dict[str, Any] = {}
        self._desk: Desk | None = None
        self._ready: dict[Shape, Ready] = {}
        self._processor = 0.0
        self._limit = 0
        self._inherited = 0
        self._inherited = self._used()

    def run(self) -> None:
        """Serve until the worker hangs up; an error that no code expected is told it, and ends the process."""
        gc.freeze()
        gc.set_threshold(*COLLECTED)
        with suppress(Gone):
            try:
                self._pipe.say(["ready"])
                while True:
                    self._obey(self._pipe.hear())
            except Gone:
                raise
            except BaseException:  # noqa: BLE001 - SystemExit in a script as well as a fault of ours: the next event gets another process
                unbounded()
                self._pipe.say(["crashed", traceback.format_exc(limit=-4)[-LONGEST_TRACE:]])

    def _obey(self, frame: list[Any]) -> None:
        match frame:
            case ["run", number, name, arguments, shape, known, result, seconds]:
                self._bounded(seconds)
                text = self._texts[number]
                ready = self._ready.pop(shape, None)
                held = {} if result is None else {"value": result, "parameter": 0, "message": ""}
                run, error = self._event(text, name, arguments, ready or shape, known, held)
                self._pipe.say(["end", error, held, self._used()])
                unbounded()
                if run is not None:
                    self._rest(text, shape, run)
            case ["load", number, language, file, text, kinds, facts]:
                self._texts = {number: Text(language, file, text)}
                self._facts, self._desk = facts, None
                self._kinds.update(kinds)
                self._methods = methods_of(kinds)
                self._ready.clear()  # made of another text
                prepare(language, text, file)
            case ["check", language, file, text, facts, seconds]:
                self._bounded(seconds)
                self._facts, self._desk = facts, None
                self._pipe.say(["end", *self._checked(Text(language, file, text)), self._used()])
                unbounded()

    def _event(
        self, text: Text, name: str, arguments: list[Any], ready: Ready | Shape, known: dict[int, dict[str, Any]], held: dict[str, Any]
    ) -> tuple[Ready | None, Any]:
        """Run an event; gives its run and the error, if any. `held` is what Result holds."""
        run = None
        if self._desk is not None:
            self._desk.paths.current = self._desk.paths.root
        try:
            run = ready if isinstance(ready, Ready) else self._made(text, ready)
            engine, world = run
            world.line.known = {**known, RESULT: held} if held else known
            engine.load()
            engine.call(name, [world.taken(one) for one in arguments])
        except VBScriptError as error:
            return run, ScriptError.of(error)
        except MemoryError:
            return run, ScriptError.of(VBScriptError(7))
        return run, None

    def _made(self, text: Text, shape: Shape) -> Ready:
        """Make the globals of a run; raises VBScriptError for a text that does not compile."""
        classes, named = shape
        line = Line(self._pipe, self._kinds, self._methods)
        line.known = {RESULT: dict.fromkeys(RESULT_TYPES)}
        world = self._world(line, text.language)
        for handle, name in enumerate(classes, 1):
            world.object(handle, name)
        engine = engine_of(text.language)()
        objects: dict[str, Any] = {name: world.object(handle, "Result") if handle is not None else NOTHING for name, handle in named}
        engine.install(text.text, text.file, objects, self._creator(world), line, self._facts.get("locale", ""))
        return Ready(engine, world)

    def _rest(self, text: Text, shape: Shape, run: Ready) -> None:
        """Take the run of an event apart and make the next one of its shape, while no event waits. What goes wrong comes up in that event."""
        run.engine.clear()
        if len(self._ready) == MOST_READY:
            self._ready.pop(next(iter(self._ready))).engine.clear()  # the one that waits longest
        with suppress(Exception):
            self._ready[shape] = self._made(text, shape)

    def _checked(self, text: Text) -> tuple[Any, list[str]]:
        """Run the top-level code without the named objects (events.md 1.5); gives the error, if any, and the functions."""
        line = Line(self._pipe, self._kinds, self._methods)
        world = self._world(line, text.language)
        try:
            engine = engine_of(text.language)()
            engine.install(text.text, text.file, {}, self._creator(world), line, self._facts.get("locale", ""))
            engine.load()
        except VBScriptError as error:
            return ScriptError.of(error), []
        except MemoryError:
            return ScriptError.of(VBScriptError(7)), []
        return None, list(engine.functions)

    def _world(self, line: Line, language: str) -> World:
        """Make what the objects of one run share."""
        known = LANGUAGES[language]
        return World(line, units=known.units, paths=(lambda: self._surroundings().paths) if known.paths else None)

    def _surroundings(self) -> Desk:
        """Give what helper objects work on, made when the first one needs it."""
        if self._desk is None:
            from postroom.scripting.helpers.desk import Desk  # noqa: PLC0415 - many scripts create nothing

            self._desk = Desk.of(self._facts)
        return self._desk

    def _creator(self, world: World) -> Callable[[str], Value]:
        """Make CreateObject: hMailServer's own classes are the model's, the rest are helper objects; raises 429 for what there is not."""

        def make(progid: str) -> Value:
            if progid.lower().startswith("hmailserver."):
                return world.create(progid)
            from postroom.scripting.helpers import create  # noqa: PLC0415 - as above

            return create(progid, replace(self._surroundings(), compose=lambda: world.create("hMailServer.Message")))

        return make

    def _bounded(self, seconds: float) -> None:
        """Let the system end this process after so many seconds, of time or of processor time, whatever it is doing then."""
        if sys.platform == "win32":
            return
        wanted = self._processor + seconds + GRACE
        if not self._limit >= wanted >= self._limit - PROCESSOR_SLACK:
            self._limit = int(wanted + PROCESSOR_SLACK)
            resource.setrlimit(resource.RLIMIT_CPU, (self._limit, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)

    def _used(self) -> int:
        """Tell how many kilobytes this process has taken at most, 0 for no more than at its start: the worker ends one that grew.

        A process that is started begins with the peak of the one that started it (getrusage on Linux).
        """
        if sys.platform == "win32":
            return 0
        used = resource.getrusage(resource.RUSAGE_SELF)
        self._processor = used.ru_utime + used.ru_stime
        peak = used.ru_maxrss if sys.platform != "darwin" else used.ru_maxrss // 1024
        return peak if peak > self._inherited else 0


def unbounded() -> None:
    """Take back the deadline, after an event."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def confine(memory: int) -> None:
    """Bound what this process may use: `memory` in bytes beyond what it has now. Its output goes nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    for name in [name for name in os.environ if name.startswith(SECRETS)]:
        del os.environ[name]
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copies of mail on the disk
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, LARGEST_FILE)
    if sys.platform == "linux":
        now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, now + memory)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")  # where memory runs out, a script goes first


def _lower(which: int, limit: int) -> None:
    if sys.platform == "win32":
        return
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(which, (limit, limit))


def main(arguments: list[str]) -> None:
    """Be a script process that was started alone: `... MEMORY DESCRIPTOR`; on Windows the socket comes through standard input."""
    memory, descriptor = arguments
    if sys.platform == "win32":
        end = socket.fromshare(sys.stdin.buffer.read())
    else:
        end = socket.socket(fileno=int(descriptor))
    confine(int(memory))
    Process(end).run()


if __name__ == "__main__":
    main(sys.argv[1:])
