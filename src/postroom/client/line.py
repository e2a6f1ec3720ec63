"""A line to the server: one request, one answer, over a connection that is kept; HTTP, TLS or the control socket."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import socket
import ssl
import struct
import sys
import time
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from postroom.client.errors import com_error, raised, unreachable

if TYPE_CHECKING:
    from postroom.client.place import Place

CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 600.0
RESTED_SECONDS: Final = 1.0
"""After which a kept line is looked at before it is used again: the server closes those that rest."""
LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})", re.IGNORECASE)
HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
MOST_READ: Final = 65536
PROMPT_SECONDS: Final = 150e-6
"""How long an answer is looked for without sleeping."""
AGAIN: Final = re.compile(rb"\r\nretry-after:[ \t]*([0-9]{1,5})", re.IGNORECASE)
MOST_WAITS, LONGEST_WAIT = 3, 60
"""How often a request is sent that the server puts off, and the seconds between that a client puts up with."""
LONGEST_HEAD: Final = 65536
LONGEST_ANSWER: Final = 1 << 30

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode


class Lost(Exception):
    """The connection ended before an answer came."""


class Line:
    """Sends requests and reads answers, one after another; the connection is made with the first one."""

    def __init__(self, place: Place, context: ssl.SSLContext | None = None) -> None:
        """`context` is for TLS; by default the system's trusted certificates are asked for."""
        self.place = place
        self._context = context
        self._head = head_before_length(place)
        self._socket: socket.socket | None = None
        self._rest = b""
        self._used = 0.0
        self._at_once = sys.platform == "linux" and not place.tls and (place.socket != "" or place.host in HERE)
        """Whether answers may come before a sleep had begun: from this machine."""

    def exchange(self, request: Any) -> Any:
        """Send a request and give its answer; raises com_error when the server can't be reached or refuses the line."""
        body = _encode(request).encode()
        try:
            return self._exchanged(body)
        except (OSError, Lost) as error:  # never sent a second time: it may have been carried out
            self.close()
            raise unreachable(str(self.place), error) from None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
        self._socket, self._rest = None, b""

    def _kept(self) -> socket.socket:
        """Give the connection: the one that is kept, unless the server has closed it while it rested; then there is something to read, its end."""
        now = time.monotonic()
        if self._socket is not None and now - self._used > RESTED_SECONDS and select.select([self._socket], [], [], 0)[0]:
            self.close()
        if self._socket is None:
            self._socket = self._connected()
        self._used = now
        return self._socket

    def _exchanged(self, body: bytes) -> Any:
        if self.place.socket:
            return self._ordered(body)
        status, answer, wait = self._posted(body)
        for _ in range(MOST_WAITS):
            if not wait:
                break
            sleep(wait)  # it was not carried out: the server has too much to do, and said when to ask again
            status, answer, wait = self._posted(body)
        if status != 200:
            raise refused(status, answer)
        return json.loads(answer.decode()) if answer else None

    def _posted(self, body: bytes) -> tuple[int, bytes, int]:
        self._kept().sendall(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        return self._answer()

    def _soon(self) -> bytes:
        """Look again and again for an answer before waiting for it: to sleep, and be woken on another core, takes longer than a plain read does."""
        assert self._socket is not None
        until = time.perf_counter() + PROMPT_SECONDS
        while time.perf_counter() < until:
            try:
                return self._socket.recv(MOST_READ, socket.MSG_DONTWAIT)
            except BlockingIOError:
                os.sched_yield()  # to the server, where it waits for this core
        return self._socket.recv(MOST_READ)

    def _connected(self) -> socket.socket:
        place = self.place
        if place.socket:
            made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            made.settimeout(CONNECT_SECONDS)
            made.connect(place.socket)
            _wait_at_most(made, ANSWER_SECONDS)
            return made
        made = socket.create_connection((place.host, place.port), CONNECT_SECONDS)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if place.tls:
            made = (self._context or ssl.create_default_context()).wrap_socket(made, server_hostname=place.host)
        _wait_at_most(made, ANSWER_SECONDS)
        return made

    def _ordered(self, body: bytes) -> Any:
        """Ask over the control socket: a line of JSON each way."""
        self._kept().sendall(b'{"order":"com","arguments":{"request":' + body + b"}}\n")
        return opened(self.place, self._until(b"\n", LONGEST_ANSWER))

    def _answer(self) -> tuple[int, bytes, int]:
        """Read an answer: its status, its body, and the seconds to wait before the request is sent again; 0 when it is not to be."""
        head = self._until(b"\r\n\r\n", LONGEST_HEAD)
        length = LENGTH.search(head)
        status, body = int(head[9:12]), self._exactly(int(length[1]) if length else 0)
        return status, body, seconds_to_wait(status, head)

    def _until(self, mark: bytes, most: int) -> bytes:
        """Read up to a mark, which is taken off."""
        data = self._rest
        start = 0
        while (end := data.find(mark, start)) < 0:
            if len(data) > most:
                raise Lost("the answer is too long")
            start = max(0, len(data) - len(mark))
            data += self._more()
        self._rest = data[end + len(mark) :]
        return data[:end]

    def _exactly(self, length: int) -> bytes:
        if len(self._rest) == length:  # as it nearly always is
            whole, self._rest = self._rest, b""
            return whole
        if length > LONGEST_ANSWER:
            raise Lost("the answer is too long")
        parts, size = [self._rest], len(self._rest)
        while size < length:
            parts.append(self._more())
            size += len(parts[-1])
        data = b"".join(parts)
        self._rest = data[length:]
        return data[:length]

    def _more(self) -> bytes:
        assert self._socket is not None
        data = self._soon() if self._at_once else self._socket.recv(MOST_READ)
        if not data:
            raise Lost("the server closed the connection")
        return data


def _wait_at_most(made: socket.socket, seconds: float) -> None:
    """Bound every wait: by the system, where Python would ask it before each read and write whether there is something to wait for."""
    if sys.platform != "linux" or isinstance(made, ssl.SSLSocket):
        made.settimeout(seconds)
        return
    made.settimeout(None)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        made.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", int(seconds), int(seconds % 1 * 1e6)))


def head(place: Place, length: int) -> bytes:
    """Write the head of an HTTP request with a body of so many octets."""
    return b"%b%d\r\n\r\n" % (head_before_length(place), length)


def head_before_length(place: Place) -> bytes:
    """Write the head of an HTTP request up to the number of octets of its body."""
    host = f"[{place.host}]" if ":" in place.host else place.host
    key = f"Authorization: Bearer {place.key}\r\n" if place.key else ""
    fields = f"Host: {host}:{place.port}\r\nContent-Type: application/json\r\n{key}Content-Length: "
    return f"POST {place.path} HTTP/1.1\r\n{fields}".encode("ascii")


def opened(place: Place, line: bytes) -> Any:
    """Take the answer out of the control socket's line; raises com_error for an order that was refused."""
    answer = json.loads(line)
    if "error" in answer:
        raise unreachable(place.socket, answer["error"])
    return answer["result"]


def seconds_to_wait(status: int, head: bytes) -> int:
    """Tell after how many seconds a request that was put off is sent again; 0 when the server did not put it off, or for too long."""
    found = AGAIN.search(head) if status in {429, 503} else None
    return int(found[1]) if found and int(found[1]) <= LONGEST_WAIT else 0


def told(answer: dict[str, Any]) -> Any:
    """Give the result of an answer of JSON-RPC, or raise its error as com_error."""
    if "error" in answer:
        raise raised(answer["error"])
    return answer["result"]


def refused(status: int, answer: bytes) -> com_error:
    """Make the error of a server that refuses the line itself: not JSON-RPC's, but HTTP's."""
    try:
        detail = str(json.loads(answer).get("detail", ""))
    except (ValueError, AttributeError):
        detail = ""
    denied = -2147024891  # E_ACCESSDENIED
    text = f"The server refuses the connection (HTTP {status}). {detail}".strip()
    return com_error(denied, text, (0, "hMailServer COM library", text, None, 0, denied), None)
