"""The object model behind its HTTP door, on a port of 127.0.0.1: what clients are tested with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from modelhouse import ModelHouse, modelhouse
from postroom.model.remote import Bounds, Remote
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.network.tls import ServerTLS
from postroom.servers.http import Application, Sessions
from postroom.servers.http.com import PATH, Com


@dataclass
class ComDoor:
    """The model's house, the protocol and the port that it is served on."""

    house: ModelHouse
    remote: Remote
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def served(com: Com, tls: ServerTLS | None = None) -> AsyncIterator[int]:
    """Serve the door on a port of 127.0.0.1, with TLS or without; gives the port."""
    connections = Connections(period=3600)
    accepting = open_socket(Listener("http", "127.0.0.1", 0))
    server = await serve(accepting, Terms(Sessions(Application({}, mounted={PATH: com})), connections, tls=tls, implicit=tls is not None))
    try:
        yield accepting.getsockname()[1]
    finally:
        server.close()
        await connections.drain(1)


@asynccontextmanager
async def comdoor(folder: Path, *, local: bool = False) -> AsyncIterator[ComDoor]:
    """Open one; `local` takes this machine's programs for local."""
    async with modelhouse(folder) as house:
        remote = Remote(house.house, Bounds)
        com = Com(remote, house.house.directory.banned, tuple, lambda: local)
        async with served(com) as port:
            yield ComDoor(house, remote, port)
