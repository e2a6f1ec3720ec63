"""TextStream: a text file that is read, or written, from its beginning to its end."""

import codecs
from typing import Final, Protocol

from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import MISSING, Value
from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.disk import windows_errors

ANSI: Final = "cp1252"
UNICODE: Final = "utf-16-le"
_PIECE: Final = 1 << 16
"""Bytes read at one time."""
BAD_MODE: Final = 54
AT_THE_END: Final = 62
CLOSED: Final = 52


def _as_windows(error: UnicodeError) -> tuple[str | bytes, int]:
    """Read the bytes that code page 1252 has no letters for as Windows does, one to one, and write them back."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    if isinstance(error, UnicodeEncodeError) and all(0x80 <= ord(char) < 0xA0 for char in error.object[error.start : error.end]):
        return bytes(map(ord, error.object[error.start : error.end])), error.end
    raise VBScriptError(5)  # Windows says this of a text that the code page has no letters for


codecs.register_error("postroom-windows", _as_windows)


def encoded(text: str, encoding: str) -> bytes:
    """Write a text of units in a file's encoding; raises 5 for letters that it has not."""
    return text.encode(encoding, "surrogatepass" if encoding == UNICODE else "postroom-windows")


class Bytes(Protocol):
    """What a text stream reads or writes: an open file, a program's standard input or output."""

    def read(self, size: int, /) -> bytes:
        """Read up to so many bytes, none at the end."""

    def write(self, data: bytes, /) -> object:
        """Write all of the data."""

    def close(self) -> None:
        """Close it."""


class TextStream(Component):
    """A text file. `raw` is read or written; a Unicode file begins with its byte order mark, which its maker writes."""

    __slots__ = ("_at", "_column", "_decoder", "_encoding", "_ended", "_line", "_raw", "_text", "_writing")

    type_name = "TextStream"

    def __init__(self, raw: Bytes, encoding: str = ANSI, *, writing: bool = False) -> None:
        self._raw: Bytes | None = raw
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogatepass" if encoding == UNICODE else "postroom-windows")
        self._writing = writing
        self._text = ""
        self._at = 0
        self._ended = writing
        self._line = 1
        self._column = 1

    def __del__(self) -> None:
        self.close()

    def _file(self, *, writing: bool) -> Bytes:
        if self._raw is None:
            raise VBScriptError(CLOSED)
        if writing != self._writing:
            raise VBScriptError(BAD_MODE)
        return self._raw

    def _more(self) -> bool:
        """Have at least one character ready; False at the end."""
        raw = self._file(writing=False)
        while self._at >= len(self._text) and not self._ended:
            with windows_errors():
                data = raw.read(_PIECE)
            self._ended = not data
            begins = not self._text and self._line == self._column == 1
            self._text, self._at = to_units(self._decoder.decode(data, final=self._ended)), 0
            if begins and self._encoding == UNICODE and self._text.startswith("\ufeff"):
                self._text = self._text[1:]
        return self._at < len(self._text)

    def _take(self, end: int) -> str:
        """Take what is ready up to an end."""
        taken = self._text[self._at : end]
        self._at = end
        self._count(taken)
        return taken

    def _count(self, text: str) -> None:
        newline = text.rfind("\n")
        self._line += text.count("\n") if newline >= 0 else 0
        self._column = len(text) - newline if newline >= 0 else self._column + len(text)

    def _line_of_text(self) -> str:
        """Take a line with its end; raises 62 at the end."""
        if not self._more():
            raise VBScriptError(AT_THE_END)
        pieces = []
        while self._more():
            newline = self._text.find("\n", self._at)
            pieces.append(self._take(len(self._text) if newline < 0 else newline + 1))
            if newline >= 0:
                break
        return "".join(pieces)

    def _characters(self, count: int) -> str:
        """Take so many characters, fewer at the end; raises 62 where there is none, 5 for a count below 0."""
        if count < 0:
            raise VBScriptError(5)
        pieces: list[str] = []
        while count and self._more():
            pieces.append(self._take(min(len(self._text), self._at + count)))
            count -= len(pieces[-1])
        if count and not pieces:
            raise VBScriptError(AT_THE_END)
        return "".join(pieces)

    @member()
    def read(self, characters: int) -> str:
        """Read so many characters, fewer at the end; raises 62 at the end."""
        self._file(writing=False)
        return self._characters(characters)

    @member()
    def read_line(self) -> str:
        """Read a line, without its end; raises 62 at the end."""
        line = self._line_of_text()
        return line[:-2] if line.endswith("\r\n") else line.removesuffix("\n")

    @member()
    def read_all(self) -> str:
        """Read all that is left; raises 62 at the end."""
        if not self._more():
            raise VBScriptError(AT_THE_END)
        pieces = []
        while self._more():
            pieces.append(self._take(len(self._text)))
        return "".join(pieces)

    @member()
    def skip(self, characters: int) -> None:
        """Pass over so many characters; raises 62 at the end."""
        self._file(writing=False)
        self._characters(characters)

    @member()
    def skip_line(self) -> None:
        """Pass over a line; raises 62 at the end."""
        self._line_of_text()

    @member()
    def write(self, text: str) -> None:
        """Write a text; raises 5 for letters that the file's encoding has not, 61 where the disk is full."""
        raw = self._file(writing=True)
        data = encoded(text, self._encoding)
        with windows_errors():
            raw.write(data)
        self._count(text)

    @member()
    def write_line(self, text: Value = MISSING) -> None:
        """Write a text and CR LF."""
        self.write(("" if text is MISSING else to_text(text)) + "\r\n")

    @member()
    def write_blank_lines(self, lines: int) -> None:
        """Write so many empty lines; raises 5 below 0, 7 for more than a million."""
        if lines < 0:
            raise VBScriptError(5)
        if lines > 1_000_000:
            raise VBScriptError(7)
        self.write("\r\n" * lines)

    @member()
    def close(self) -> None:
        """Close the file; closing twice is no error."""
        raw, self._raw = getattr(self, "_raw", None), None
        if raw is not None:
            raw.close()

    @member()
    def at_end_of_stream(self) -> bool:
        """Whether nothing is left to read; a file that is written is always at its end."""
        return self._writing or not self._more()

    @member()
    def at_end_of_line(self) -> bool:
        """Whether a line ends here."""
        return self._writing or not self._more() or self._text[self._at] in "\r\n"

    @member()
    def line(self) -> int:
        """The number of this line, 1 the first."""
        return self._line

    @member()
    def column(self) -> int:
        """The place in this line, 1 the first."""
        return self._column
