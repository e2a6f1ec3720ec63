"""ADODB.Stream: bytes or text in memory, loaded from and saved to the folders that scripts may see."""

import codecs
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import MISSING, NULL, Value
from postroom.scripting.helpers.adoerrors import CANNOT_OPEN, CANNOT_WRITE, CLOSED, ILLEGAL, NOT_ALLOWED, OPEN, ado_error
from postroom.scripting.helpers.bytes import byte_array, octets_of
from postroom.scripting.helpers.component import Component, assignment, member
from postroom.scripting.helpers.disk import open_to_read, open_to_write, windows_errors
from postroom.scripting.helpers.paths import Paths

BINARY: Final = 1
TEXT: Final = 2
ALL: Final = -1
LINE: Final = -2
_SEPARATORS: Final = {-1: "\r\n", 10: "\n", 13: "\r"}
_OVERWRITE: Final = 2
LARGEST: Final = 64 << 20
"""Bytes of a stream."""
_PIECE: Final = 1 << 20
_NAMES: Final = {"unicode": "utf-16-le", "_autodetect": "utf-8", "_autodetect_all": "utf-8", "ascii": "cp1252", "iso-8859-1": "cp1252"}
_MARKS: Final = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-8": codecs.BOM_UTF8}


class Stream(Component):
    """A stream of bytes in memory; as text it has a charset, `unicode` (UTF-16) unless told otherwise."""

    __slots__ = ("_charset", "_data", "_line_separator", "_mode", "_open", "_paths", "_place", "_type")

    type_name = "Stream"

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._data = bytearray()
        self._place = 0
        self._type = TEXT
        self._charset = "Unicode"
        self._line_separator = -1
        self._mode = 0
        self._open = False

    @classmethod
    def of(cls, paths: Paths, data: bytes) -> "Stream":
        """Make an open stream of bytes."""
        stream = cls(paths)
        stream._type, stream._open, stream._data = BINARY, True, bytearray(data)
        return stream

    def octets(self) -> bytes:
        """Give all bytes."""
        return bytes(self._data)

    def opened(self, kind: int = 0) -> bytearray:
        """Give the data; raises 3704 while closed, 3219 for the other type."""
        if not self._open:
            raise ado_error(CLOSED)
        if kind and kind != self._type:
            raise ado_error(NOT_ALLOWED)
        return self._data

    def _encoding(self) -> str:
        return encoding_of(self._charset)

    def put_bytes(self, data: bytes) -> None:
        """Write bytes at the place; raises 7 beyond 64 MB."""
        if self._place + len(data) > LARGEST:
            raise VBScriptError(7)
        self._data[self._place : self._place + len(data)] = data
        self._place += len(data)

    def _skip_mark(self) -> None:
        mark = _MARKS.get(self._encoding(), b"")
        if not self._place and mark and self._data.startswith(mark):
            self._place = len(mark)

    @member()
    def open(self, _source: Value = MISSING, _mode: int = 0, _options: int = -1) -> None:
        """Open it, empty."""
        if self._open:
            raise ado_error(OPEN)
        self._open, self._place, self._data = True, 0, bytearray()

    @member()
    def close(self) -> None:
        """Close it; raises 3704 where it is closed."""
        self.opened()
        self._open, self._data = False, bytearray()

    @member()
    def state(self) -> int:
        """0 closed, 1 open."""
        return int(self._open)

    @member()
    def type(self) -> int:
        """1 bytes, 2 text."""
        return self._type

    @assignment()
    def put_type(self, kind: int) -> None:
        """Make it bytes or text; only at the beginning."""
        if kind not in {BINARY, TEXT}:
            raise ado_error(ILLEGAL)
        if self._place:
            raise ado_error(NOT_ALLOWED)
        self._type = kind

    @member()
    def charset(self) -> str:
        """The text's charset."""
        return self._charset

    @assignment()
    def put_charset(self, charset: str) -> None:
        """Say the charset; only at the beginning, 3001 for one that there isn't."""
        encoding_of(charset)
        if self._open and self._place:
            raise ado_error(NOT_ALLOWED)
        self._charset = charset

    @member()
    def line_separator(self) -> int:
        """-1 CR LF, 10 LF, 13 CR."""
        return self._line_separator

    @assignment()
    def put_line_separator(self, separator: int) -> None:
        """Say what ends a line."""
        if separator not in _SEPARATORS:
            raise ado_error(ILLEGAL)
        self._line_separator = separator

    @member()
    def mode(self) -> int:
        """What the stream is open for; kept, and nothing else."""
        return self._mode

    @assignment()
    def put_mode(self, mode: int) -> None:
        """Say what the stream is open for."""
        self._mode = mode

    @member()
    def size(self) -> int:
        """Its bytes."""
        return len(self.opened())

    @member()
    def position(self) -> int:
        """Where reading or writing goes on, in bytes."""
        self.opened()
        return self._place

    @assignment()
    def put_position(self, place: int) -> None:
        """Go to a place; behind the end it grows."""
        data = self.opened()
        if not 0 <= place <= LARGEST:
            raise ado_error(ILLEGAL)
        data.extend(bytes(max(0, place - len(data))))
        self._place = place

    @member()
    def eos(self) -> bool:
        """Whether nothing is left to read."""
        return self._place >= len(self.opened())

    @member()
    def read(self, count: int = ALL) -> Value:
        """Read bytes; Null at the end."""
        data = self.opened(BINARY)
        if count < ALL:
            raise ado_error(ILLEGAL)
        end = len(data) if count == ALL else self._place + count
        found = bytes(data[self._place : end])
        self._place += len(found)
        return byte_array(found) if found else NULL

    @member()
    def write(self, value: Value) -> None:
        """Write bytes; raises 3001 for what is none."""
        self.opened(BINARY)
        self.put_bytes(octets_of(value))

    @member()
    def read_text(self, count: int = ALL) -> str:
        """Read characters: so many, all (-1), or a line (-2)."""
        data = self.opened(TEXT)
        self._skip_mark()
        if count < LINE:
            raise ado_error(ILLEGAL)
        if count == LINE:
            return self._line(data)
        if count == ALL:
            found, self._place = bytes(data[self._place :]), len(data)
            return found.decode(self._encoding(), "replace")
        # No charset takes more than four bytes a character: what is behind them is not even decoded.
        piece = bytes(data[self._place : self._place + 4 * count])
        text = codecs.getincrementaldecoder(self._encoding())("replace").decode(piece)[:count]
        self._place += len(text.encode(self._encoding(), "replace"))
        return text

    def _line(self, data: bytearray) -> str:
        """Take a line, without its end."""
        separator = _SEPARATORS[self._line_separator].encode(self._encoding())
        end = data.find(separator, self._place)
        if self._encoding() == "utf-16-le":
            while end >= 0 and end % 2:  # half of one letter and half of the next
                end = data.find(separator, end + 1)
        line = bytes(data[self._place : end if end >= 0 else len(data)])
        self._place = end + len(separator) if end >= 0 else len(data)
        return line.decode(self._encoding(), "replace")

    @member()
    def skip_line(self) -> None:
        """Pass over a line."""
        self.read_text(LINE)

    @member()
    def write_text(self, text: str, option: int = 0) -> None:
        """Write a text, with a line end for option 1; the first one begins with the charset's byte order mark."""
        self.opened(TEXT)
        ending = _SEPARATORS[self._line_separator] if option else ""
        mark = _MARKS.get(self._encoding(), b"") if not self._data else b""
        self.put_bytes(mark + from_units(text + ending).encode(self._encoding(), "replace"))

    @member()
    def set_eos(self) -> None:
        """Cut off what follows."""
        del self.opened()[self._place :]

    @member()
    def flush(self) -> None:
        """Do nothing: it is memory."""
        self.opened()

    @member()
    def cancel(self) -> None:
        """Do nothing: nothing goes on beside the script."""

    @member()
    def copy_to(self, target: Value, count: int = ALL) -> None:
        """Copy what follows, or so many bytes of it, into another stream."""
        if not isinstance(target, Stream):
            raise ado_error(ILLEGAL)
        data = self.opened()
        found = bytes(data[self._place : len(data) if count == ALL else self._place + max(0, count)])
        self._place += len(found)
        target.opened()
        target.put_bytes(found)

    @member()
    def load_from_file(self, path: str) -> None:
        """Take a file's bytes; raises 3002 where there is none, 7 beyond 64 MB."""
        self.opened()
        try:
            file = open_to_read(self._paths.find(path).existing())
        except VBScriptError:
            raise ado_error(CANNOT_OPEN) from None
        if file.size() > LARGEST:
            raise VBScriptError(7)
        with windows_errors():
            self._data = bytearray(b"".join(iter(lambda: file.read(_PIECE), b"")))
        self._place = 0

    @member()
    def save_to_file(self, path: str, option: int = 1) -> None:
        """Write all to a file; option 2 lets it replace one. Raises 3004."""
        data = self.opened()
        try:
            file = open_to_write(self._paths.find(path).changeable(), exclusive=not option & _OVERWRITE)
            with windows_errors():
                file.write(bytes(data))
        except VBScriptError:
            raise ado_error(CANNOT_WRITE) from None
        file.close()
        self._place = 0


def encoding_of(charset: str) -> str:
    """Give Python's name of a charset; raises 3001."""
    name = _NAMES.get(charset.lower(), charset.lower())
    try:
        "".encode(name)  # also refuses what makes no text: hex, zip
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise ado_error(ILLEGAL) from None
