"""Event scripts, as the rest of the server has them: which handlers there are, and the running of one.

if "OnHELO" in scripts.active:
    outcome = await scripts.run("OnHELO", [client], {"HMAILSERVER_CLIENT": client}, context=context)
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import postroom.model.tree
from postroom import metrics
from postroom.directory.scripts import ScriptLoaded, loaded, store_script
from postroom.directory.settings import SettingChanged
from postroom.events import MOST_DEPTH, TRIGGERS, depth
from postroom.log import get_logger
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.events import EventLog
from postroom.model.scripting import folder, handlers_file
from postroom.scripting.conversation import Bounds, Conversation, Lost, kinds_of_events
from postroom.scripting.engines import LANGUAGES
from postroom.scripting.errors import ScriptError
from postroom.scripting.helpers.desk import facts
from postroom.scripting.launch import launch
from postroom.scripting.pool import Pool, connected
from postroom.scripting.wire import packed
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from postroom.model.house import House
    from postroom.model.object import Object
    from postroom.scripting.launch import Launch

assert postroom.model.tree.CLASSES
log = get_logger("script")

LONGEST_TEXT: Final = 4 << 20
"""Bytes of a handlers file."""
UNLOADABLE, FAILED_TO_LOAD = "HM5016", "HM5017"
_NONE: Final[frozenset[str]] = frozenset()


class Outcome(NamedTuple):
    """What Result held when an event ended. `defer`: the script was lost, and the administrator wants the mail put off then.

    `error` is the line of the error that ended it, or why it was lost; "" for a good end.
    """

    value: int = 0
    parameter: int = 0
    message: str = ""
    defer: bool = False
    error: str = ""


class Scripts:
    """The event scripts of one worker; all workers run the same text."""

    def __init__(self, house: Callable[[], House], workers: int = 1, start: Launch | None = None) -> None:
        """`house` is what the model works on; so many `workers` share the processes that the settings allow."""
        self._house = house
        self._workers = workers
        self._launch = start or launch()
        self._pool: Pool | None = None
        self._shape = (0, 0)
        self._loaded = ScriptLoaded()
        self._load_frame = b""
        self._told = 0
        """How often what processes are told has changed: one that has heard an older word is told before its next event."""
        self._words: frozenset[str] = _NONE
        self._present: frozenset[str] = _NONE
        self._followers: list[Callable[[frozenset[str]], None]] = []
        self.active: frozenset[str] = _NONE
        """The triggers that have a handler now; empty while event scripts are off."""

    # Loading

    async def open(self) -> None:
        """Take over what was loaded last, and follow every load and setting from now on."""
        database = self._house().database
        database.listen(self._hear)
        self._take(await loaded(database))

    async def close(self) -> None:
        """End all script processes."""
        self._house().database.unlisten(self._hear)
        self._present = _NONE
        self._tell()
        if self._pool is not None:
            self._pool.retire()
        await self._launch.close()

    def follow(self, told: Callable[[frozenset[str]], None]) -> None:
        """Call `told(active)` now, and whenever other triggers have handlers."""
        self._followers.append(told)
        told(self.active)

    async def reload(self) -> None:
        """Read and check the handlers file, and have every worker run it; a broken one is logged, and what was loaded before goes on (1.4)."""
        load = await self._read()
        if load is not None:
            house = self._house()
            await house.database.transact(CONTROL, store_script, load.language, load.file, load.text, load.functions)
            await house.heard()
            log.info("script-loaded", file=load.file, language=load.language, functions=list(load.functions))

    async def rehearse(self) -> str:
        """Run the handlers file as it is now, in this process only, whether or not event scripts are on; gives what is wrong with it."""
        load = await self._read()
        if load is None:
            return await self.check() or "The language that is set has no event scripts."
        self._take(load)
        return ""

    async def _read(self) -> ScriptLoaded | None:
        """Read and check the handlers file; None for a broken one, which is logged."""
        house = self._house()
        language, file = house.settings.scripting.language, handlers_file(house)
        if language not in LANGUAGES:
            self._unloadable(file, UNLOADABLE, f"There is no language {language!r}: set Scripting.Language to {', '.join(LANGUAGES)}.")
            return None
        try:
            text = await asyncio.to_thread(read_text, file)
            error, functions = await self._checked(language, file, text)
        except (OSError, ValueError, Lost) as failed:
            self._unloadable(file, FAILED_TO_LOAD, str(failed))
            return None
        if error is not None:
            log.error("script-error", line=str(error))
            self._unloadable(file, UNLOADABLE, error.description)
            return None
        return ScriptLoaded(-1, language, str(file), text, functions)

    async def check(self) -> str:
        """Check the handlers file; gives "" or `File: <path>` and the error's line (1.5)."""
        house = self._house()
        language, file = house.settings.scripting.language, handlers_file(house)
        if language not in LANGUAGES:
            return ""  # there is no such file
        try:
            error, _ = await self._checked(language, file, await asyncio.to_thread(read_text, file))
        except (OSError, ValueError, Lost) as failed:
            return f"File: {file}\r\n{failed}"
        return "" if error is None else f"File: {file}\r\n{error}"

    async def _checked(self, language: str, file: Path, text: str) -> tuple[ScriptError | None, tuple[str, ...]]:
        """Run the top-level code of a text in a process of its own; gives the error, if any, and the functions. Raises Lost."""
        if not text.strip():
            return None, ()
        bounds = self._bounds()
        end, kill = await self._launch.start(self._house().settings.scripting.memory_limit)
        process = await connected(end, kill)
        try:
            frame = await Conversation(process, self.context(), bounds).hold(
                packed(["check", language, str(file), text, self._facts(), bounds.seconds])
            )
        finally:
            process.end()
        try:
            error = None if frame[1] is None else ScriptError.read(frame[1])
            return error, tuple(name for name in frame[2] if isinstance(name, str) and not re.search(r"\s", name))
        except (ValueError, TypeError, IndexError):
            raise Lost("Its process wrote what is no answer.") from None

    def _unloadable(self, file: Path, code: str, reason: str) -> None:
        log.error("script-unloadable", severity="2 (High)", code=code, file=str(file), reason=reason)

    def _hear(self, news: object) -> None:
        if isinstance(news, ScriptLoaded):
            self._take(news)
        elif isinstance(news, SettingChanged) and news.name.startswith(("script_", "directories.", "scripting.locale")):
            self._tell_processes()
        elif isinstance(news, SettingChanged) and news.name.startswith("scripting."):
            self._tell()

    def _take(self, load: ScriptLoaded) -> None:
        """Run a text from the next event on."""
        self._loaded = load
        self._tell_processes()
        self._words = frozenset(re.findall(r"\w+", load.text.lower()))
        self._present = present(load)
        if load.language in LANGUAGES:
            self._launch.warm(load.language, load.file, load.text, kinds_of_events())
        if self._pool is not None:
            self._pool.renew()
        self._tell()

    def _tell_processes(self) -> None:
        """Have each process told before its next event, those at work too: the text, and what of the settings concerns its helper objects."""
        load = self._loaded
        self._load_frame = packed(["load", load.number, load.language, load.file, load.text, kinds_of_events(), self._facts()])
        self._told += 1

    def _tell(self) -> None:
        """Tell which triggers have handlers, where that has changed."""
        now = self._present if self._house().settings.scripting.enabled else _NONE
        if now != self.active:
            self.active = now
            for told in self._followers:
                told(now)
        if now:
            self._processes().begin()

    # Running

    def context(self) -> Context:
        """Make what the objects of one event share: nobody has logged in."""
        return Context(self._house(), Caller(Origin.SCRIPT), Login())

    async def run(
        self,
        name: str,
        arguments: Sequence[Any] = (),
        named: Mapping[str, Object | None] | None = None,
        *,
        result: int | None = 0,
        context: Context | None = None,
    ) -> Outcome:
        """Run a handler, or a rule's function, and give what Result held at its end; never raises for what a script does.

        `arguments` are texts, numbers and objects of the model made with `context` (None: Nothing), `named` the named objects besides EventLog
        and Result; `result` is Result.Value before, None for an event without Result.
        """
        title = name if name in TRIGGERS else "Unknown"
        if not self._loaded.number:
            reason = "No event scripts are loaded."
            log.warning("script-skipped", name=name, reason=reason)
            return Outcome(result or 0, error=reason)
        log.debug("script-began", line=f"Executing event {title}")
        metrics.script_events.add(title)
        began = time.perf_counter()
        try:
            return await self._run(name, arguments, named or {}, result, context or self.context())
        except Lost as lost:
            reason = str(lost)
        except OSError as error:
            reason = f"No process could be started for it: {error}."
        finally:
            metrics.script_seconds.observe(time.perf_counter() - began)
            log.debug("script-ended", line="Event completed")
        metrics.scripts_lost.add(title)
        log.error("script-lost", name=name, reason=reason)
        return Outcome(result or 0, defer=self._house().settings.scripting.when_lost == "defer", error=reason)

    async def _run(self, name: str, arguments: Sequence[Any], named: Mapping[str, Object | None], result: int | None, context: Context) -> Outcome:
        before, pool, bounds = self._loaded, self._processes(), self._bounds()
        level = min(max(depth(), 1), MOST_DEPTH) - 1  # whoever fires an event within too many others skips it
        process, at_peace = await pool.take(level), False
        try:
            if self._loaded is not before and name in TRIGGERS and name not in self._present:
                at_peace = True  # reloaded while it waited for its turn, and not there any more
                return Outcome(result or 0)
            talk = Conversation(process, context, bounds)
            frame = talk.opening(self._loaded.number, name, arguments, {**named, "EventLog": EventLog(context)}, result, self._words)
            if process.told != self._told:
                process.told = self._told
                frame = self._load_frame + frame
            end = await talk.hold(frame)
            outcome, error, kilobytes = ended(end, result)
            process.worn = kilobytes * 1024 > self._shape[1] // 2  # it grew: the next event shall have room
            at_peace = True
        finally:
            pool.give_back(process, level, at_peace=at_peace)
        if error is not None:
            metrics.script_errors.add(name if name in TRIGGERS else "Unknown")
            log.error("script-error", line=str(error))
            return outcome._replace(error=str(error))
        return outcome

    def _facts(self) -> Any:
        """Give what the helper objects of script processes are told."""
        house = self._house()
        return facts(house, folder(house))

    def _processes(self) -> Pool:
        """Give the pool, made anew when its settings have changed."""
        scripting = self._house().settings.scripting
        shape = (math.ceil(scripting.processes / self._workers), scripting.memory_limit)
        if self._pool is None or shape != self._shape:
            if self._pool is not None:
                self._pool.retire()
            self._pool, self._shape = Pool(self._launch, *shape), shape
        return self._pool

    def _bounds(self) -> Bounds:
        scripting = self._house().settings.scripting
        return Bounds(float(scripting.time_limit), scripting.max_calls, scripting.max_output)


def ended(frame: list[Any], result: int | None) -> tuple[Outcome, ScriptError | None, int]:
    """Read a script's last frame: what Result held, its error, if any, the kilobytes that its process has taken. Raises Lost for a damaged one."""
    try:
        _, error, held, kilobytes = frame
        outcome = Outcome() if result is None else Outcome(int(held["value"]), int(held["parameter"]), str(held["message"]))
        return outcome, None if error is None else ScriptError.read(error), int(kilobytes)
    except (ValueError, TypeError, KeyError):
        raise Lost("Its process wrote what is no answer.") from None


def present(load: ScriptLoaded) -> frozenset[str]:
    """Tell which triggers a loaded text has: by its language, whatever their case or exactly (events.md 1.6)."""
    if load.language not in LANGUAGES:
        return _NONE
    if LANGUAGES[load.language].cases:
        return frozenset(load.functions) & frozenset(TRIGGERS)
    known = {name.lower() for name in load.functions}
    return frozenset(name for name in TRIGGERS if name.lower() in known)


def read_text(file: Path) -> str:
    """Read a handlers file: UTF-8 or UTF-16 with a mark, UTF-8 without one, else Windows' western characters; "" when there is none.

    Raises OSError, and ValueError for one that is too long.
    """
    if not file.is_file():  # a pipe or device would keep the thread for ever
        return ""
    with file.open("rb") as opened:
        data = opened.read(LONGEST_TEXT + 1)
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"{file} is longer than {LONGEST_TEXT >> 20} MB.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
