"""The wire between a worker and a script process: frames with a length before them, on a stream socket.

worker     ["load", 3, "VBScript", "/var/.../EventHandlers.vbs", "Sub OnHELO...", {"Client": {...}}]
worker     ["run", 3, "OnHELO", [(1,)], (("Client", "EventLog"), (("HMAILSERVER_CLIENT", 1), ...)), {1: {"port": 25}}, 0, 60.0]
script     ["get", 1, "HELO", []]                       worker    [0, "mx.example.test"]
script     ["put", 1, "Subject", ["hello"]]             worker    [0, null]
script     ["get", 1, "AddRecipient", ["", "a@b.c"]]    worker    [0, null, []]     or [1, 0x8002000B, "Invalid index.", "hMailServer COM library"]
script     ["end", null, {"value": 1, "parameter": 0, "message": ""}, 0]

What the script says is JSON, since its side is not trusted to write well-formed frames: its memory may be damaged. The worker answers in the
format of `marshal`, which costs a third. A script that waits looks a few times before it sleeps, where frames came quickly before: to wake a
process costs more than most frames do.
"""

from __future__ import annotations

import json
import marshal
import os
import socket
import struct
from json.encoder import encode_basestring_ascii
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH: Final = struct.Struct("!I")
LARGEST: Final = 256 * 1024 * 1024
"""Bytes of a frame: a message of 80 MB as text, escaped."""
ROOM: Final = 64 * 1024

_FORMAT: Final = 2
"""The version of marshal's format: without references, which take time to look for."""
_COMMON: Final = json.JSONEncoder(separators=(",", ":"))
_decode: Final = json.JSONDecoder().raw_decode

PROCESSORS: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
POLLS: Final = PROCESSORS > 1 and hasattr(os, "sched_yield")
"""Whether who waits may look instead of sleeping: what it waits for runs on another processor, and whoever else wants this one gets it."""
SHORT: Final = 0.000_15
"""Seconds for which somebody looks, and which a wait has lasted at most for the next one to begin so: waking a process takes a third of it."""


class Broken(Exception):
    """The other end wrote what is no frame."""


def packed(value: Any) -> bytes:
    """Pack what a worker says, a value of lists, texts and numbers; texts may hold halves of surrogate pairs."""
    data = marshal.dumps(value, _FORMAT)
    return LENGTH.pack(len(data)) + data


def _encoder() -> Callable[[Any], str]:
    """Make the encoder once, where `json` makes one for each value."""
    made: Any = json.encoder.c_make_encoder  # type: ignore[attr-defined]  # None without the C part
    if made is None:
        return _COMMON.encode
    encode = made(None, _COMMON.default, encode_basestring_ascii, None, ":", ",", False, False, True)
    return lambda value: "".join(encode(value, 0))


_encode: Final = _encoder()


def spoken(value: Any) -> bytes:
    """Pack what a script says, likewise."""
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
        text = data.decode("ascii")
        value, end = _decode(text)
    except (ValueError, RecursionError):
        raise Broken from None
    if end != len(text):
        raise Broken
    return value


class Gone(BaseException):
    """The worker hung up: nobody waits for this script any more. No script can catch it."""


class Pipe:
    """The script process's end: it blocks."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._rest = b""
        self._waits = (Wait(end), Wait(end))

    def say(self, value: Any) -> None:
        """Send a frame; raises Gone."""
        try:
            self._end.sendall(spoken(value))
        except OSError:
            raise Gone from None

    def hear(self, *, answer: bool = False) -> Any:
        """Wait for a frame, the `answer` to a question or the next order; raises Gone."""
        wait = self._waits[answer]
        rest = self._rest or wait.more()
        while len(rest) < LENGTH.size:
            rest += wait.more()
        (length,) = LENGTH.unpack_from(rest)
        whole = LENGTH.size + length
        if len(rest) < whole:
            pieces, missing = [rest], whole - len(rest)
            while missing > 0:
                pieces.append(wait.more())
                missing -= len(pieces[-1])
            rest = b"".join(pieces)
        self._rest = rest[whole:]
        return marshal.loads(memoryview(rest)[LENGTH.size : whole])  # noqa: S302 - the worker wrote it


class Wait:
    """Waits of one kind: as the last one was, the next is taken to be."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._short = False

    def more(self) -> bytes:
        """Wait for bytes; raises Gone."""
        try:
            data = self._looked() if self._short else None
            if data is None:
                began = perf_counter()
                data = self._end.recv(ROOM)
                self._short = POLLS and perf_counter() - began < SHORT
        except OSError:
            data = b""
        if not data:
            raise Gone
        return data

    def _looked(self) -> bytes | None:
        """Look for bytes again and again; None when none came in time. Each look lets others have the processor."""
        until = perf_counter() + SHORT
        while True:
            try:
                return self._end.recv(ROOM, socket.MSG_DONTWAIT)
            except BlockingIOError:
                if perf_counter() > until:
                    return None
                os.sched_yield()
