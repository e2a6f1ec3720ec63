"""Standard input, output and error as a script sees them: text streams that are read or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.languages.vbscript.conversions import to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units, to_units
from postroom.languages.vbscript.values import EMPTY, Long, Object, Value

if TYPE_CHECKING:
    from typing import TextIO

LONGEST = 64 << 20
"""Characters that one Read or ReadAll gives."""
BAD_MODE = 54
PAST_END = 62


class Written(Object):
    """StdOut or StdErr."""

    type_name = "TextStream"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def get(self, name: str, args: list[Value]) -> Value:
        """Do Write, WriteLine, WriteBlankLines, Close."""
        match name, args:
            case "write", [text]:
                self._write(to_text(text))
            case "writeline", []:
                self._write("\n")
            case "writeline", [text]:
                self._write(to_text(text) + "\n")
            case "writeblanklines", [count]:
                self._write("\n" * min(max(to_int(count), 0), LONGEST))
            case "close", []:
                self._stream.flush()
            case (("read" | "readline" | "readall" | "skip" | "skipline" | "atendofline" | "atendofstream"), _):
                raise VBScriptError(BAD_MODE)
            case _:
                raise VBScriptError(438)
        return EMPTY

    def _write(self, text: str) -> None:
        self._stream.write(from_units(text).replace("\r\n", "\n"))
        self._stream.flush()


class Read(Object):
    """StdIn: what is read ahead is kept, so that the end is known before it is read."""

    type_name = "TextStream"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead = ""
        self._line = 1
        self._column = 1

    def get(self, name: str, args: list[Value]) -> Value:
        """Do Read, ReadLine, ReadAll, Skip, SkipLine, Close; tell Line, Column, AtEndOfLine, AtEndOfStream."""
        match name, args:
            case (("atendofstream" | "atendofline"), []):
                return self._peek() in ({""} if name == "atendofstream" else {"", "\n"})
            case (("line" | "column"), []):
                return Long(self._line if name == "line" else self._column)
            case "close", []:
                return EMPTY
            case (("readline" | "skipline"), []):
                line = self._taken(self._ahead.find("\n") + 1 or LONGEST, whole_line=True)
                return to_units(line.removesuffix("\n")) if name == "readline" else EMPTY
            case (("read" | "skip"), [count]):
                wanted = to_int(count)
                if wanted < 0:
                    raise VBScriptError(5)
                text = to_units(self._taken(wanted))
                return text if name == "read" else EMPTY
            case "readall", []:
                return to_units(self._taken(LONGEST))
            case (("write" | "writeline" | "writeblanklines"), _):
                raise VBScriptError(BAD_MODE)
        raise VBScriptError(438)

    def _peek(self) -> str:
        """Give the next character without taking it, "" at the end."""
        if not self._ahead:
            self._ahead = self._stream.readline(LONGEST)
        return self._ahead[:1]

    def _taken(self, count: int, *, whole_line: bool = False) -> str:
        """Take so many characters, or a line; raises 62 at the end."""
        if not self._peek():
            raise VBScriptError(PAST_END)
        if not whole_line and len(self._ahead) < count:
            self._ahead += self._stream.read(count - len(self._ahead))
        cut = self._ahead.find("\n") + 1 if whole_line and "\n" in self._ahead else count
        text, self._ahead = self._ahead[:cut], self._ahead[cut:]
        self._line += text.count("\n")
        self._column = len(text) - text.rfind("\n") if "\n" in text else self._column + len(text)
        return text


def wanted(count: Value) -> int:
    """Read how many characters a script wants; raises 5."""
    found = to_int(count)
    if found < 0:
        raise VBScriptError(5)
    return found
