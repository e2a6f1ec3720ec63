"""The wire between a worker and a script process: frames of JSON with a length before them, on a stream socket.

worker     ["load", 3, "VBScript", "/var/.../EventHandlers.vbs", "Sub OnHELO...", {"Client": {...}}]
worker     ["run", 3, "OnHELO", [object 1], {"HMAILSERVER_CLIENT": object 1}, {"1": {"port": 25}}, 60.0]
script     ["get", 1, "HELO", []]                       worker    [0, "mx.example.test"]
script     ["put", 1, "Subject", ["hello"]]             worker    [0, null]
script     ["call", 1, "AddRecipient", ["", "a@b.c"]]   worker    [0, null, []]     or [1, 0x8002000B, "Invalid index.", "hMailServer COM library"]
script     ["end", null, {"value": 1, "parameter": 0, "message": ""}, 0]

JSON, and not a faster format, since the script's side is not trusted to write well-formed frames: its memory may be damaged.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import socket

LENGTH: Final = struct.Struct("!I")
LARGEST: Final = 256 * 1024 * 1024
"""Bytes of a frame: a message of 80 MB as text, escaped."""
ROOM: Final = 64 * 1024

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode


class Broken(Exception):
    """The other end wrote what is no frame."""


def packed(value: Any) -> bytes:
    """Pack a value of lists, texts and numbers as a frame; texts may hold halves of surrogate pairs."""
    data = _encode(value).encode("ascii")
    return LENGTH.pack(len(data)) + data


class Frames:
    """Cuts what arrives into values."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """Take bytes as they came and give the values that they complete; raises Broken."""
        buffer = self._buffer
        if not buffer and len(data) >= LENGTH.size and len(data) == LENGTH.size + LENGTH.unpack_from(data)[0]:
            return [read(data[LENGTH.size :])]
        buffer += data
        found, start = [], 0
        while len(buffer) - start >= LENGTH.size:
            (length,) = LENGTH.unpack_from(buffer, start)
            if length > LARGEST:  # before anything waits for so much: a damaged process must not fill the worker's memory
                raise Broken
            end = start + LENGTH.size + length
            if len(buffer) < end:
                break
            found.append(read(bytes(buffer[start + LENGTH.size : end])))
            start = end
        del buffer[:start]
        return found


def read(data: bytes) -> Any:
    """Read the JSON of a frame; raises Broken."""
    try:
        return json.loads(data.decode("ascii"))
    except (ValueError, RecursionError):
        raise Broken from None


class Gone(BaseException):
    """The worker hung up: nobody waits for this script any more. No script can catch it."""


class Pipe:
    """The script process's end: it blocks."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._rest = b""

    def say(self, value: Any) -> None:
        """Send a frame; raises Gone."""
        try:
            self._end.sendall(packed(value))
        except OSError:
            raise Gone from None

    def hear(self) -> Any:
        """Wait for a frame; raises Gone."""
        rest = self._rest or self._more()
        while len(rest) < LENGTH.size:
            rest += self._more()
        (length,) = LENGTH.unpack_from(rest)
        whole = LENGTH.size + length
        if len(rest) < whole:
            pieces, missing = [rest], whole - len(rest)
            while missing > 0:
                pieces.append(self._more())
                missing -= len(pieces[-1])
            rest = b"".join(pieces)
        self._rest = rest[whole:]
        return json.loads(rest[LENGTH.size : whole])

    def _more(self) -> bytes:
        try:
            data = self._end.recv(ROOM)
        except OSError:
            data = b""
        if not data:
            raise Gone
        return data
