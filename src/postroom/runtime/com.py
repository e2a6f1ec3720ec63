"""Remote objects in one worker: its sessions, and the way to those of the others.

A session lives in the worker whose connection opened it; its token begins with that worker's number. A request that comes to another worker
is passed on over that one's UNIX socket, which only the server's own user may open.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
from typing import TYPE_CHECKING, Any, Final

from postroom.log import get_logger
from postroom.model.caller import Caller, Origin

if TYPE_CHECKING:
    from pathlib import Path

    from postroom.model.house import House
    from postroom.model.remote import Remote

log = get_logger("model")

LONGEST_PATH: Final = 100
LONGEST: Final = 128 * 1024 * 1024
PASS_SECONDS: Final = 600.0
KEPT: Final = 8
"""Connections to one neighbour that are kept for the next request."""


class RemoteObjects:
    """Answers the remote object protocol for one worker. The model is loaded with the first request, in a thread."""

    def __init__(self, house: House, data: Path, number: int, workers: int) -> None:
        self._house = house
        self._data = data
        self._number, self._workers = number, workers
        self._remote: Remote | None = None
        self._loading: asyncio.Task[Remote] | None = None
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._kept: dict[int, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = {}

    async def open(self) -> None:
        """Let the other workers pass requests on to this one."""
        path = socket_path(self._data, self._number)
        if self._workers < 2 or len(str(path)) > LONGEST_PATH:
            return
        path.unlink(missing_ok=True)
        end = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            end.bind(str(path))
        finally:
            os.umask(before)
        self._server = await asyncio.start_unix_server(self._accept, sock=end)

    async def close(self) -> None:
        """Take no more."""
        if self._server is not None:
            self._server.close()
            socket_path(self._data, self._number).unlink(missing_ok=True)
        for task in self._talks:
            task.cancel()
        for _, writer in [one for kept in self._kept.values() for one in kept]:
            writer.close()

    async def answer(self, caller: Caller, body: bytes) -> bytes:
        """Answer a request, here or where its session lives."""
        number = self._whose(body)
        if number is not None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                return await self._passed(number, caller, body)  # else it is not known here either, and the client hears so
        remote = self._remote or await self._loaded()
        return await remote.answer(caller, body)

    def at_once(self, caller: Caller, body: bytes) -> bytes | None:
        """Answer a request here that waits for nothing, see `Remote.at_once`; None for all that `answer` must answer."""
        return self._remote.at_once(caller, body) if self._remote is not None and self._whose(body) is None else None

    async def ordered(self, request: Any) -> Any:
        """Answer a request that came over the control socket: its sender is the server's own user."""
        answer = await self.answer(Caller(Origin.LOCAL), json.dumps(request).encode())
        return json.loads(answer) if answer else None

    async def _loaded(self) -> Remote:
        if self._loading is None or (self._loading.done() and self._loading.exception() is not None):
            self._loading = asyncio.create_task(self._load())
        self._remote = await asyncio.shield(self._loading)
        return self._remote

    async def _load(self) -> Remote:
        def load() -> type[Remote]:
            import postroom.model.tree  # noqa: PLC0415 - a tenth of a second that start-up should not pay
            from postroom.model.remote import Remote  # noqa: PLC0415 - likewise

            assert postroom.model.tree.CLASSES
            return Remote

        made = await asyncio.to_thread(load)
        return made(self._house, self._bounds, mark(self._number))

    def _bounds(self) -> Any:
        from postroom.model.remote import Bounds  # noqa: PLC0415 - as above

        settings = self._house.settings
        return Bounds(
            settings.com_session_timeout,
            settings.com_max_sessions,
            settings.com_max_objects,
            settings.com_max_sessions_per_address,
            settings.limit_loopback,
        )

    def _whose(self, body: bytes) -> int | None:
        """Tell the other worker whose session a request names, if any: by the first token in it, since a batch is of one session."""
        if self._workers < 2 or (start := body.find(b'"s"')) < 0:
            return None
        _, _, rest = body[start + 3 : start + 40].partition(b'"')
        number = rest[:2].decode("latin-1")
        if mark(self._number) == number or not number.isdigit() or int(number) >= self._workers:
            return None
        return int(number)

    async def _passed(self, number: int, caller: Caller, body: bytes) -> bytes:
        kept = self._kept.setdefault(number, [])
        async with asyncio.timeout(PASS_SECONDS):
            while True:
                known = bool(kept)
                reader, writer = kept.pop() if known else await asyncio.open_unix_connection(str(socket_path(self._data, number)))
                try:
                    writer.write(_framed(json.dumps([caller.origin.name, caller.ip]).encode()) + _framed(body))
                    answer = await _frame(reader)
                except BaseException as error:
                    writer.close()
                    if known and isinstance(error, (OSError, asyncio.IncompleteReadError)) and reader.at_eof():
                        continue  # a kept one whose worker was started again
                    raise
                break
        if len(kept) < KEPT:
            kept.append((reader, writer))
        else:
            writer.close()
        return answer

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a neighbour's requests, one after another."""
        try:
            while True:
                origin, ip = json.loads(await _frame(reader))
                remote = self._remote or await self._loaded()
                writer.write(_framed(await remote.answer(Caller(Origin[origin], ip), await _frame(reader))))
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the neighbour is gone
        finally:
            writer.close()


def mark(number: int) -> str:
    """Give what the tokens of a worker's sessions begin with."""
    return f"{number:02d}"


def socket_path(data: Path, number: int) -> Path:
    """Name the UNIX socket of a worker's remote objects."""
    return data / f"com-{number}.sock"


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


async def _frame(reader: asyncio.StreamReader) -> bytes:
    length = int.from_bytes(await reader.readexactly(4))
    if length > LONGEST:
        raise ConnectionError("A frame is too long.")
    return await reader.readexactly(length)
