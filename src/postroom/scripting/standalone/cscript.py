"""`postroom cscript`: runs an administration script in this process, with the rights of who started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom.client.errors import com_error
from postroom.client.objects import Remote
from postroom.errors import PostroomError
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.scripting import helpers
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.standalone.remote import Server
from postroom.scripting.standalone.wscript import Quit, Script, WScript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postroom.client.place import Place
    from postroom.languages.vbscript.values import Value

ENDINGS: Final = {".vbs": "vbscript", ".vbe": "", ".js": "jscript", ".jse": "", ".wsf": "", ".wsh": ""}
"""Languages by the ending of a file; "" for those that can't be run."""
LARGEST: Final = 16 << 20
"""Bytes of a script."""
FAILED: Final = 1
OUT_OF_TIME: Final = 'Script execution time was exceeded on script "{}".\nScript execution was terminated.\n'


class Refused(PostroomError):
    """A script can't be run; the sentence says why."""


@dataclass(slots=True)
class Command:
    """What was asked for: the file, what the script is given, and the host's own options (`//B`, `//T:10`, `//E:JScript`)."""

    file: Path | None = None
    arguments: list[str] = field(default_factory=list)
    language: str = ""
    seconds: int = 0
    batch: bool = False

    @classmethod
    def read(cls, words: list[str]) -> Command:
        """Read the command line; raises Refused."""
        command = cls()
        for word in words:
            if word.startswith("//"):
                command.option(word)
            elif command.file is None:
                command.file = Path(word)
            else:
                command.arguments.append(word)
        if command.file is None:
            raise Refused("There is no script file specified.")
        return command

    def option(self, word: str) -> None:
        """Take an option of the host."""
        name, _, value = word[2:].partition(":")
        match name.lower():
            case "b":
                self.batch = True
            case "i":
                self.batch = False
            case "t" if value.isdecimal() and int(value) <= 0x7FFF:
                self.seconds = int(value)
            case "e" if value.lower() in {"vbscript", "jscript", "javascript"}:
                self.language = "jscript" if value.lower() != "vbscript" else "vbscript"
            case "e":
                raise Refused(f'Can\'t find script engine "{value}" for script: VBScript and JScript can be run.')
            case "nologo" | "logo" | "u" | "s" | "h" | "d" | "x":
                pass  # there is no logo, no debugger, and output is UTF-8
            case _:
                raise Refused(f'Unknown option "{word}" specified.')


def run(command: Command, place: Place | None) -> int:
    """Run a script; gives the status that it ends with: its own, 1 after an error. Raises Refused."""
    assert command.file is not None
    text, language = read_script(command.file), command.language or language_of(command.file)
    script = Script(command.file, command.arguments, command.seconds, interactive=not command.batch)
    host = WScript(script, creator(place, units=language == "vbscript"))
    with at_a_signal(), in_time(script):
        try:
            (vbscript if language == "vbscript" else jscript)(text, host)
        except Quit as ended:
            return ended.status
        except VBScriptError as error:
            if not command.batch:
                sys.stdout.flush()
                sys.stderr.write(f"{reported(command.file, error)}\n")
            return FAILED
    return 0


def read_script(file: Path) -> str:
    """Read a script's text: UTF-16 or UTF-8 with a mark, UTF-8, else Windows-1252; raises Refused."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"Can't read the script {file}: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise Refused(f"The script {file} is larger than 16 MB.")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def language_of(file: Path) -> str:
    """Tell a script's language by its name; raises Refused."""
    language = ENDINGS.get(file.suffix.lower(), "")
    if not language:
        known = "encoded scripts and .wsf files can't be run" if file.suffix.lower() in ENDINGS else "//E:VBScript or //E:JScript says what it is"
        raise Refused(f'There is no script engine for file extension "{file.suffix}": {known}.')
    return language


def creator(place: Place | None, *, units: bool) -> Callable[[str], Value]:
    """Make CreateObject: hMailServer's classes are the server's, all through one session that the first use begins; the rest are helpers."""
    servers: list[Server] = []
    desk = Desk.standalone()

    def create(progid: str) -> Value:
        if not progid.lower().startswith("hmailserver."):
            return helpers.create(progid, desk)
        try:
            if not servers:
                servers.append(Server(Remote(place=place), units=units))
            return servers[0].create(progid)
        except com_error as error:
            raise VBScriptError(462, str(error.excepinfo[2]) if error.excepinfo else "") from None

    return create


def vbscript(text: str, host: WScript) -> None:
    """Run VBScript."""
    from postroom.languages.vbscript.compiler.units import compile_text  # noqa: PLC0415 - only one of the languages is needed
    from postroom.languages.vbscript.runtime.run import Run  # noqa: PLC0415 - likewise

    context = Context(create_object=lambda name, _: host.get("createobject", [name]), get_object=lambda path, _: host.get("getobject", [path]))
    script = Run({"WScript": host}, (), context)
    try:
        script.load(compile_text(to_units(text)))
    finally:
        script.close()


def jscript(text: str, host: WScript) -> None:
    """Run JScript."""
    from postroom.languages.jscript.rewriting import rewritten  # noqa: PLC0415 - only one of the languages is needed
    from postroom.languages.jscript.run import Run  # noqa: PLC0415 - likewise

    context = Context(create_object=lambda name, _: host.get("createobject", [name]), get_object=lambda path, _: host.get("getobject", [path]))
    script = Run({"WScript": host}, (), context)
    try:
        script.load(rewritten(text))
    finally:
        script.close()


def reported(file: Path, error: VBScriptError) -> str:
    """Write an error as cscript does: `FILE(line, column) source: text`."""
    return f"{file}({max(error.line, 1)}, {max(error.column, 1)}) {error.source}: {from_units(error.report)}"


@contextmanager
def at_a_signal() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the JavaScript engine looks at no signal, and a script's loop may run in it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def in_time(script: Script) -> Iterator[None]:
    """End the process when the script takes longer than `//T` allows, whatever it does then."""
    if not script.seconds:
        yield
        return
    clock = threading.Timer(script.seconds, ended, [script.file])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def ended(file: Path) -> None:
    """End the process for a script that took too long."""
    sys.stdout.flush()
    sys.stderr.write(OUT_OF_TIME.format(file))
    sys.stderr.flush()
    os._exit(FAILED)
