"""WScript.Shell: environment and folders; programs only where the administrator lets scripts start them."""

import re
import subprocess
from collections.abc import Iterator
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import Object, Value
from postroom.scripting.helpers.component import Component, assignment, member, refused
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.textstream import TextStream

NO_PROGRAMS: Final = "scripts may not start programs (setting script_run_programs)"
_NO_REGISTRY: Final = 0x80070002 - (1 << 32)
_WORD: Final = re.compile(r'\s*("[^"]*"|[^\s"]+)+')
_LONGEST: Final = 32767
"""Characters of a command line, as on Windows."""
_STARTED: Final[list["subprocess.Popen[bytes]"]] = []
"""Programs that may still run, so that they are asked for their end and don't stay as zombies."""
_RUNNING: Final = 0
_FINISHED: Final = 1


def environment_of(desk: Desk) -> dict[str, str]:
    """Make the variables that scripts ask for; those of the server itself may hold its secrets and are not among them."""
    root = str(desk.paths.root)
    return {
        "COMPUTERNAME": desk.host_name.upper(),
        "ComSpec": r"C:\Windows\System32\cmd.exe",
        "OS": "Windows_NT",
        "Path": rf"C:\Windows\System32;C:\Windows;{root}\Bin",
        "ProgramFiles": r"C:\Program Files",
        "ProgramFiles(x86)": r"C:\Program Files (x86)",
        "SystemDrive": "C:",
        "SystemRoot": r"C:\Windows",
        "TEMP": rf"{root}\Temp",
        "TMP": rf"{root}\Temp",
        "USERNAME": desk.user_name,
        "windir": r"C:\Windows",
    }


class Environment(Component):
    """The variables of one script's process; what it sets ends with it."""

    __slots__ = ("_variables",)

    type_name = "IWshEnvironment"

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables

    def _held(self, name: str) -> str:
        return next((held for held in self._variables if held.lower() == name.lower()), name)

    @member(default=True)
    def item(self, name: str) -> str:
        """Give a variable, "" for none."""
        return self._variables.get(self._held(name), "")

    @assignment(default=True)
    def put_item(self, name: str, value: str) -> None:
        """Set a variable."""
        self._variables[self._held(name)] = value

    @member()
    def remove(self, name: str) -> None:
        """Take a variable out."""
        self._variables.pop(self._held(name), None)

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._variables)

    length = count

    def enumerate(self) -> Iterator[Value]:
        """Give each as NAME=value."""
        return iter([f"{name}={value}" for name, value in self._variables.items()])


class WshShell(Component):
    """The shell."""

    __slots__ = ("_desk", "_variables")

    type_name = "IWshShell3"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._variables = environment_of(desk)

    @member()
    def environment(self, _kind: Value = "PROCESS") -> Object:
        """The variables; those of system, user and process are the same here."""
        return Environment(self._variables)

    @member()
    def expand_environment_strings(self, text: str) -> str:
        """Put variables in the place of %NAME%; what isn't one stays."""
        known = {name.lower(): value for name, value in self._variables.items()}
        begin, *parts = text.split("%")
        out, place = [begin], 0
        while place < len(parts):
            value = known.get(parts[place].lower()) if place + 1 < len(parts) else None
            out += ["%", parts[place]] if value is None else [value, parts[place + 1]]
            place += 1 if value is None else 2
        return "".join(out)

    @member()
    def current_directory(self) -> str:
        """The folder from which relative paths are read."""
        return str(self._desk.paths.current)

    @assignment()
    def put_current_directory(self, path: str) -> None:
        """Go to a folder; raises 76 where there is none."""
        place = self._desk.paths.find(path)
        if not place.is_folder:
            raise VBScriptError(76)
        self._desk.paths.current = place.windows

    @member()
    def special_folders(self, _name: Value = "") -> str:
        """A user's folder, by name: a server has none, so ""."""
        return ""

    @member()
    def run(self, command: str, _style: int = 1, wait: bool = False) -> int:
        """Start a program; gives its exit code if it is waited for. Raises 70 where scripts may not, 53-like where there is none."""
        program = start(self._desk, self.expand_environment_strings(command), self._variables)
        return program.wait() if wait else 0

    @member()
    def exec_(self, command: str) -> Object:
        """Start a program whose input and output the script has."""
        return WshExec(start(self._desk, self.expand_environment_strings(command), self._variables, piped=True))

    @member()
    def reg_read(self, name: str) -> Value:
        """Raise what Windows does for a key that there isn't: there is no registry."""
        raise VBScriptError(_NO_REGISTRY, f'Unable to open registry key "{name}" for reading.', "WshShell.RegRead")

    @member()
    def reg_write(self, name: str, _value: Value, _kind: Value = "") -> None:
        """Raise what Windows does for a key that can't be written."""
        raise VBScriptError(_NO_REGISTRY, f'Unable to open registry key "{name}" for writing.', "WshShell.RegWrite")

    @member()
    def reg_delete(self, name: str) -> None:
        """Raise what Windows does for a key that there isn't."""
        raise VBScriptError(_NO_REGISTRY, f'Unable to open registry key "{name}".', "WshShell.RegDelete")

    @member()
    def popup(self, _text: str, _seconds: Value = 0, _title: Value = "", _kind: Value = 0) -> int:
        """Raise 70, as MsgBox: there is nobody to press a button."""
        raise refused("a server has no screen")

    @member()
    def log_event(self, _kind: Value, _text: Value, _target: Value = "") -> bool:
        """Say that the event log of Windows did not take it: EventLog.Write writes to the server's."""
        return False


class WshExec(Component):
    """A program that runs."""

    __slots__ = ("_input", "_output", "_program", "_trouble")

    type_name = "IWshExec"

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        streams = program.stdin, program.stdout, program.stderr
        self._input, self._output, self._trouble = (TextStream(stream, writing=not index) for index, stream in enumerate(streams) if stream)

    @member()
    def std_in(self) -> Object:
        """Its input."""
        return self._input

    @member()
    def std_out(self) -> Object:
        """Its output."""
        return self._output

    @member()
    def std_err(self) -> Object:
        """Its output of errors."""
        return self._trouble

    @member()
    def status(self) -> int:
        """0 it runs, 1 it has ended."""
        return _RUNNING if self._program.poll() is None else _FINISHED

    @member()
    def exit_code(self) -> int:
        """Its exit code; 0 while it runs."""
        return self._program.poll() or 0

    @member()
    def process_id(self) -> int:
        """Its number."""
        return self._program.pid

    @member()
    def terminate(self) -> None:
        """End it."""
        self._program.kill()


def start(desk: Desk, command: str, variables: dict[str, str], *, piped: bool = False) -> "subprocess.Popen[bytes]":
    """Start a program without any shell; raises 70 where scripts may not, 0x80070002 where it isn't there."""
    if not desk.may_run:
        raise refused(NO_PROGRAMS)
    words = arguments(from_units(command))
    if not words:
        raise VBScriptError(5)
    pipe = subprocess.PIPE if piped else subprocess.DEVNULL
    place = desk.paths.exists(words[0])
    program = str(place.native) if place is not None and place.is_file else words[0]
    surroundings = {**variables, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    _STARTED[:] = [program_before for program_before in _STARTED if program_before.poll() is None]
    try:
        _STARTED.append(subprocess.Popen([program, *words[1:]], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, env=surroundings))  # noqa: S603 - allowed
    except (OSError, ValueError):
        raise VBScriptError(_NO_REGISTRY, "The system cannot find the file specified.", "WshShell.Exec", detail=words[0][:100]) from None
    return _STARTED[-1]


def arguments(command: str) -> list[str]:
    """Take a command line apart as Windows does: blanks part, quotes hold together; raises 5 for one that is too long."""
    if len(command) > _LONGEST:
        raise VBScriptError(5)
    return [match[0].strip().replace('"', "") for match in _WORD.finditer(command)]
