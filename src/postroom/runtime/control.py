"""The control socket: how commands reach a running server. One JSON line asks, JSON lines answer.

    {"order": "account.add", "arguments": {...}}
    {"progress": [done, whole, "words"]} ...   then   {"result": ...}   or   {"error": "one sentence"}

UNIX: a socket in the data directory, only for the server's own user and root (peer credentials). Elsewhere, and in the portable mode: loopback
TCP, with a random token in a file that only its owner can read; every line must carry it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any, Final

from postroom.errors import ConfigurationError, PostroomError
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    Progress = Callable[[int, int, str], None]
    Obey = Callable[[str, dict[str, Any], Progress], Awaitable[Any]]

log = get_logger("control")

LONGEST_LINE: Final = 64 << 20
ANSWER_SECONDS: Final = 3600.0
LONGEST_UNIX_PATH: Final = 100
UNIX_CREDENTIALS: Final = struct.Struct("3i")

PORTABLE: Final = not hasattr(socket, "AF_UNIX") or os.environ.get("POSTROOM_PORTABLE") == "1"


class ControlSocket:
    """The server's end: obeys orders, one after another on each connection."""

    def __init__(self, data: Path, obey: Obey) -> None:
        """`obey(order, arguments, progress)` does what is asked; its PostroomError is told as the sentence it is."""
        self._data = data
        self._obey = obey
        self._token = ""
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen; what a killed server left behind is replaced (the directory's lock says that it is gone)."""
        if PORTABLE or len(str(unix_path(self._data))) > LONGEST_UNIX_PATH:
            self._token = secrets.token_urlsafe(32)
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=LONGEST_LINE)
            _write_private(token_path(self._data), f"{self._server.sockets[0].getsockname()[1]} {self._token}")
        else:
            unix_path(self._data).unlink(missing_ok=True)
            token_path(self._data).unlink(missing_ok=True)
            previous = os.umask(0o177)
            try:
                self._server = await asyncio.start_unix_server(self._accept, str(unix_path(self._data)), limit=LONGEST_LINE)
            finally:
                os.umask(previous)

    async def close(self) -> None:
        """Stop listening and remove what shows the way here."""
        if self._server is not None:
            self._server.close()
        unix_path(self._data).unlink(missing_ok=True)
        token_path(self._data).unlink(missing_ok=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # a task of our own: one made by asyncio is reported as an error when the end of the loop cancels it, until Python 3.12
        talk = asyncio.create_task(self._serve(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                request = json.loads(line)
                if not self._admits(writer, request):
                    break
                await self._answer(request, writer)
        except (ValueError, ConnectionError):
            pass  # a line that is no JSON or too long, or a command that was interrupted: nothing to tell anybody
        finally:
            writer.close()

    def _admits(self, writer: asyncio.StreamWriter, request: dict[str, Any]) -> bool:
        if self._token:
            return hmac.compare_digest(str(request.get("token", "")).encode(), self._token.encode())
        return peer_is_ours(writer.get_extra_info("socket"))

    async def _answer(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        def say(message: dict[str, Any]) -> None:
            writer.write(json.dumps(message).encode() + b"\n")

        try:
            result = await self._obey(
                str(request.get("order")),
                dict(request.get("arguments") or {}),
                lambda done, whole, words: say({"progress": [done, whole, words]}),
            )
            say({"result": result})
        except PostroomError as error:
            say({"error": str(error)})
        except Exception:
            log.exception("unhandled-exception", order=request.get("order"))
            say({"error": "The server failed at this; its log says where (event unhandled-exception)."})
        await writer.drain()


def unix_path(data: Path) -> Path:
    """Name the control socket of a data directory."""
    return data / "control.sock"


def token_path(data: Path) -> Path:
    """Name the file that tells port and token where there is no UNIX socket."""
    return data / "control.token"


def peer_is_ours(end: socket.socket) -> bool:
    """Tell whether the process at the other end runs as our user or as root."""
    if sys.platform == "linux":
        _, user, _ = UNIX_CREDENTIALS.unpack(end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, UNIX_CREDENTIALS.size))
        return user in {0, os.geteuid()}
    return True  # macOS: the socket's own mode (0600) keeps others out


async def order(data: Path, name: str, arguments: dict[str, Any], progress: Progress = lambda *_: None) -> Any:
    """Ask the running server of a data directory; raises ServerNotRunning when there is none, PostroomError with what it refused."""
    reader, writer, token = await _connect(data)
    try:
        writer.write(json.dumps({"order": name, "arguments": arguments, "token": token}).encode() + b"\n")
        while line := await asyncio.wait_for(reader.readline(), ANSWER_SECONDS):  # a backup may take hours, but tells how far it is
            message = json.loads(line)
            if "progress" in message:
                progress(*message["progress"])
            elif "error" in message:
                raise PostroomError(message["error"])
            else:
                return message["result"]
        raise PostroomError("The server ended before it answered; try again.")
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


class ServerNotRunning(ConfigurationError):
    """Nobody listens on the control socket of this data directory."""


async def _connect(data: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, str]:
    try:
        if token_path(data).exists():
            port, token = token_path(data).read_text(encoding="ascii").split()
            return (*await asyncio.open_connection("127.0.0.1", int(port), limit=LONGEST_LINE), token)
        if PORTABLE:
            raise ServerNotRunning(f"No server runs on {data}.")
        return (*await asyncio.open_unix_connection(str(unix_path(data)), limit=LONGEST_LINE), "")
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise ServerNotRunning(f"No server runs on {data}.") from error


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
