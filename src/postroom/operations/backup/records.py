"""What parts hold: lines of rows, and contents with their bodies. Nothing of it is code or a path, whoever wrote it."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.operations.backup.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from postroom.storage.database import Row

LONGEST_LINE: Final = 64 * 1024 * 1024
LONGEST_HEAD: Final = 64 * 1024 * 1024
LENGTH: Final = struct.Struct("!I")
OCTETS: Final = "octets"
LONGEST_NAME: Final = 255
DEEPEST_NAME: Final = 10
_NAME: Final = re.compile(r"[\w@%+=,~#()-][\w@%+=,~#() .-]*(?<![ .])")
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class Record(NamedTuple):
    """A content: its columns by name, and its body, which must be read before the next record is."""

    columns: dict[str, Any]
    body: Iterator[bytes]


def pack_rows(rows: Sequence[Row]) -> bytes:
    """Write rows of integers, text, octets and NULL as one line of JSON."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_octets).encode("utf-8", "surrogatepass") + b"\n"


def unpack_rows(line: bytes) -> list[list[Any]]:
    """Read a line back; raises Damaged."""
    try:
        rows = json.loads(line.decode("utf-8", "surrogatepass"), object_hook=_of_octets)
    except (ValueError, RecursionError):
        raise Damaged("The backup holds rows that can't be read.") from None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Damaged("The backup holds rows that can't be read.")
    return rows


def _octets(value: object) -> dict[str, str]:
    assert isinstance(value, bytes)
    return {OCTETS: value.decode("latin-1")}


def _of_octets(value: dict[str, object]) -> bytes:
    text = value.get(OCTETS)
    if len(value) != 1 or not isinstance(text, str):
        raise ValueError("no octets")
    return text.encode("latin-1")


def lines(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into lines; raises Damaged for one without end."""
    rest: list[bytes] = []
    held = 0
    for piece in stream:
        whole = piece.split(b"\n")
        for line in whole[:-1]:
            yield b"".join([*rest, line])
            rest, held = [], 0
        rest.append(whole[-1])
        held += len(whole[-1])
        if held > LONGEST_LINE:
            raise Damaged("The backup holds a line that is too long.")
    if held:
        raise Damaged("The backup holds a line without end.")


def pack_head(values: Sequence[Any]) -> bytes:
    """Write what stands before a body."""
    head = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_octets).encode("utf-8", "surrogatepass")
    return LENGTH.pack(len(head)) + head


class Records:
    """Reads contents one after another from a stream; holds a piece and a head at most."""

    def __init__(self, columns: Sequence[str], stream: Iterator[bytes]) -> None:
        self._columns = columns
        self._stream = stream
        self._rest = b""

    def __iter__(self) -> Iterator[Record]:
        while self._more():
            (length,) = LENGTH.unpack(self._take(LENGTH.size))
            if length > LONGEST_HEAD:
                raise Damaged("The backup holds a content whose head is too long.")
            values = unpack_rows(b"[" + self._take(length) + b"]")[0]
            if len(values) != len(self._columns):
                raise Damaged("The backup holds a content that can't be read.")
            columns = dict(zip(self._columns, values, strict=True))
            if not isinstance(columns.get("size"), int) or not isinstance(columns.get("id"), int) or columns["size"] < 0:
                raise Damaged("The backup holds a content without size.")
            body = self._body(columns["size"])
            yield Record(columns, body)
            for _ in body:  # what the reader left unread
                pass

    def _more(self) -> bool:
        while not self._rest:
            piece = next(self._stream, None)
            if piece is None:
                return False
            self._rest = piece
        return True

    def _take(self, length: int) -> bytes:
        pieces, missing = [], length
        while missing:
            if not self._more():
                raise Damaged("The backup holds a content that is cut off.")
            pieces.append(self._rest[:missing])
            self._rest = self._rest[missing:]
            missing -= len(pieces[-1])
        return b"".join(pieces)

    def _body(self, size: int) -> Iterator[bytes]:
        missing = size
        while missing:
            if not self._more():
                raise Damaged("The backup holds a body that is cut off.")
            piece, self._rest = self._rest[:missing], self._rest[missing:]
            missing -= len(piece)
            yield piece


def is_safe_name(name: str) -> bool:
    """Tell whether a file's name in a backup may be a name in a data directory: nothing that leads out of it, on any platform."""
    levels = name.split("/")
    return (
        len(name) <= LONGEST_NAME
        and len(levels) <= DEEPEST_NAME
        and all(_NAME.fullmatch(level) and not _DEVICES.fullmatch(level) for level in levels)
    )
