"""The line between the supervisor and a child process: whole JSON messages, with file descriptors beside them, on an inherited socket pair."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST: Final = 1 << 20
DESCRIPTORS: Final = 64

Message = dict[str, Any]


def pair() -> tuple[socket.socket, socket.socket]:
    """Make both ends of a line; a message arrives whole or not at all (SOCK_SEQPACKET)."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST)
        end.setblocking(False)
    return ends


class SupervisorLine:
    """One end of a line, on a loop. `hear(message, descriptors)` is called for each message, and with an empty one when the line ends."""

    def __init__(self, end: socket.socket, hear: Callable[[Message, list[int]], None]) -> None:
        self._end = end
        self._hear = hear
        self._loop = asyncio.get_running_loop()
        end.setblocking(False)
        self._loop.add_reader(end.fileno(), self._readable)

    def say(self, message: Message, descriptors: list[int] | None = None) -> None:
        """Send a message; a line whose other end is gone or does not read loses it."""
        with suppress(OSError):
            socket.send_fds(self._end, [json.dumps(message).encode()], descriptors or [])

    def _readable(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._end, LARGEST, DESCRIPTORS)
        except BlockingIOError:
            return
        except OSError:
            data, descriptors = b"", []
        if not data:
            self.close()
        self._hear(json.loads(data) if data else {}, list(descriptors))

    def close(self) -> None:
        """Hang up."""
        if self._end.fileno() >= 0:
            self._loop.remove_reader(self._end.fileno())
            self._end.close()
