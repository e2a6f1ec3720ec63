"""What tests of the network share: both loops, a listener on loopback, certificates."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from certificates import made
from network.house import Clock, Diaries, House, Opening
from postroom.network.connection import Bounds, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Listener, open_socket, serve
from postroom.network.tls import CertificateFiles, ServerTLS


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run each test on the standard loop and, but in the portable run, on uvloop."""
    loops: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"standard": asyncio.new_event_loop}
    if os.environ.get("POSTROOM_PORTABLE") == "1" or sys.platform == "win32":
        return loops
    import uvloop

    return loops | {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def house() -> AsyncIterator[Opening]:
    """Open listeners: `await house(bounds=..., tls=...)`."""
    open_houses: list[House] = []

    async def opened(*, diaries: Diaries | None = None, bounds: Bounds | None = None, admission: Any = None, **terms: Any) -> House:
        clock = Clock()
        connections = Connections(clock=clock, period=3600, admission=admission)
        made = Terms(diaries := diaries if diaries is not None else Diaries(), connections, bounds=bounds or Bounds(), **terms)
        accepting = open_socket(Listener("test", "127.0.0.1", 0))
        server = await serve(accepting, made)
        house = House(diaries, connections, clock, accepting.getsockname()[1], server)
        open_houses.append(house)
        return house

    yield opened
    for house in open_houses:
        house.server.close()
        for writer in house.clients:
            writer.transport.abort()
        await house.connections.drain(0.01)
        for task in [task for diary in house.diaries for task in diary.tasks]:
            await task


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CertificateFiles]:
    """Two certificates, for mail.example.test and for other.example.test."""
    folder: Path = tmp_path_factory.mktemp("certificates")
    return {name: made(folder / f"{name}.pem", name) for name in ("mail.example.test", "other.example.test")}


@pytest.fixture
def tls(certificates: dict[str, CertificateFiles]) -> ServerTLS:
    return ServerTLS(certificates["mail.example.test"], lookup=certificates.get)
