"""Connections by the hundred, without an event loop: plain sockets, a handful at a time, so that the load costs less than any server.

A handful is opened, then each step is done with all of them before the next: while one is waited for, the server works on the others.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

from benchmarks.loads.smtp_source import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HANDFUL = 20
PATIENCE = 30.0  # seconds for each step


class Wire:
    """One plain connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(data)

    def receive(self) -> bytes:
        """Give some bytes; none at the end."""
        return self.socket.recv(4096)

    def expect(self, beginning: bytes) -> None:
        """Read until a line with this beginning is the last; raises LoadFailed for another of its kind."""
        answer = b""
        while True:
            piece = self.receive()
            answer += piece
            last = answer[answer.rfind(b"\n", 0, -1) + 1 :]
            if last.startswith(beginning) and last.endswith(b"\r\n"):
                return
            if not piece or (last.endswith(b"\r\n") and last[:2] == beginning[:2]):
                raise LoadFailed(f"expected {beginning!r}, was answered {answer[-200:]!r}")


class Encrypted(Wire):
    """One connection with TLS; its handshake is done in steps, `begin` and `finish`, so that many can be under way."""

    def __init__(self, port: int, tls: ssl.SSLContext) -> None:
        super().__init__(port)
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._engine = tls.wrap_bio(self._incoming, self._outgoing, server_hostname="mx.bench.test")

    def begin(self) -> None:
        """Say hello."""
        self._shake()

    def finish(self) -> None:
        """Take the handshake to its end."""
        while True:
            self._incoming.write(super().receive())
            if self._shake():
                return

    def _shake(self) -> bool:
        try:
            self._engine.do_handshake()
        except ssl.SSLWantReadError:
            return False
        finally:
            super().send(self._outgoing.read())
        return True

    def receive(self) -> bytes:
        while True:
            try:
                return self._engine.read(4096)
            except ssl.SSLWantReadError:
                piece = super().receive()
                if not piece:
                    return b""
                self._incoming.write(piece)


def set_up(port: int) -> int:
    """Open a handful of connections, read every greeting, close them; returns how many. Raises LoadFailed."""
    return _with([Wire(port) for _ in range(HANDFUL)], lambda _wires: None)


def set_up_encrypted(port: int, tls: ssl.SSLContext) -> int:
    """The same with TLS from the first byte."""
    wires = [Encrypted(port, tls) for _ in range(HANDFUL)]

    def shake() -> None:
        for wire in wires:
            wire.begin()
        for wire in wires:
            wire.finish()

    return _with(wires, lambda _wires: None, shake)


def log_in(port: int, names: Sequence[str], password: str) -> int:
    """Open a connection for each name, log in, log out; returns how many. Raises LoadFailed."""

    def work(wires: Sequence[Wire]) -> None:
        for wire, name in zip(wires, names, strict=True):
            wire.send(f'a LOGIN "{name}" "{password}"\r\n'.encode())
        for wire in wires:
            wire.expect(b"a OK")
            wire.send(b"b LOGOUT\r\n")
        for wire in wires:
            wire.expect(b"b OK")

    return _with([Wire(port) for _ in names], work)


def _with(wires: Sequence[Wire], work: Callable[[Sequence[Wire]], None], first: Callable[[], None] = lambda: None) -> int:
    try:
        first()
        for wire in wires:
            wire.expect(b"* OK")
        work(wires)
    except (OSError, ssl.SSLError) as error:
        raise LoadFailed(f"a connection ended with {error!r}") from error
    finally:
        for wire in wires:
            wire.socket.close()
    return len(wires)
