"""Listeners: where connections are accepted, by which protocol, with which TLS, and how the sockets are opened and served."""

from __future__ import annotations

import asyncio
import enum
import os
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

from postroom.errors import ConfigurationError
from postroom.network.connection import Connection, Terms

BACKLOG = 1024  # connections that the kernel keeps until they are accepted


class Encrypted(enum.Enum):
    """When a listener's connections are encrypted."""

    NEVER = "none"
    IMPLICIT = "implicit"
    STARTTLS = "starttls"


@dataclass(frozen=True, slots=True)
class Listener:
    """One place that accepts connections: `protocol` by its word of the configuration (smtp, imaps ...), at address and port, or at path.

    `proxies` are the networks whose connections begin with a PROXY header, `certificate` is the number of its own certificate, 0 for the server's.
    """

    protocol: str
    address: str = ""
    port: int = 0
    path: str = ""
    tls: Encrypted = Encrypted.NEVER
    proxies: tuple[str, ...] = ()
    certificate: int = 0

    def __str__(self) -> str:
        where = self.path or (f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}")
        return f"{self.protocol} {where}"


def open_socket(listener: Listener, *, shared: bool = False) -> socket.socket:
    """Bind and listen; with `shared` several workers may each open the same port (SO_REUSEPORT). ConfigurationError when it is taken."""
    try:
        return _open_path(listener.path) if listener.path else _open_port(listener, shared=shared)
    except OSError as error:
        raise ConfigurationError(f"The listener {listener} can't be opened: {error.strerror or error}.") from error


def adopt_socket(descriptor: int) -> socket.socket:
    """Take over the listening socket that another process opened and passed on by file descriptor."""
    accepting = socket.socket(fileno=descriptor)
    accepting.setblocking(False)
    return accepting


async def serve(accepting: socket.socket, terms: Terms) -> asyncio.Server:
    """Accept on this socket from now on; closing the returned server stops accepting and closes the socket."""
    loop = asyncio.get_running_loop()

    def connected() -> Connection:
        return Connection(terms)

    if hasattr(socket, "AF_UNIX") and accepting.family == socket.AF_UNIX:
        return await loop.create_unix_server(connected, sock=accepting, backlog=BACKLOG)
    return await loop.create_server(connected, sock=accepting, backlog=BACKLOG)


def _open_port(listener: Listener, *, shared: bool) -> socket.socket:
    [(family, kind, proto, _, name), *_] = socket.getaddrinfo(
        listener.address or None, listener.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE | socket.AI_NUMERICHOST
    )
    accepting = socket.socket(family, kind, proto)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port unknown to each other
            accepting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            accepting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:  # "::" means IPv6 alone: 0.0.0.0 is a listener of its own, on every system
            accepting.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        accepting.bind(name)
        accepting.listen(BACKLOG)
        accepting.setblocking(False)
    except OSError:
        accepting.close()
        raise
    return accepting


def _open_path(path: str) -> socket.socket:
    accepting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if _left_over(path):
            Path(path).unlink()
        accepting.bind(path)
        accepting.listen(BACKLOG)
        accepting.setblocking(False)
    except OSError:
        accepting.close()
        raise
    return accepting


def _left_over(path: str) -> bool:
    """Whether a socket lies there that nobody listens on, left by a process that was killed."""
    try:
        if not stat.S_ISSOCK(Path(path).lstat().st_mode):
            return False
    except FileNotFoundError:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            return True
    return False
