"""System tests: programs of the system against one whole server, which must be sound at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from system.client import Client, client
from system.server import DOMAIN, Person, Server


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that all clients share; at the end its store is proven, and it ends in good order without an unhandled error."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        yield server
        assert server.order("store.check") == []
        server.command("check")
        assert server.stop() == 0, server.said()
        assert not server.unhandled(), server.said()
    finally:
        server.stop()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The shared server; a test fails when the server met an unhandled error in it."""
    before = len(running.unhandled())
    yield running
    assert not running.unhandled()[before:], running.said()


@pytest.fixture
def alice(server: Server) -> Person:
    """Somebody with a new, empty mailbox."""
    return server.person("alice")


@pytest.fixture
def bob(server: Server) -> Person:
    """Somebody else."""
    return server.person("bob")


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Client]:
    """Find a program of the system by its name, or skip the test."""
    return lambda name: client(name, tmp_path)
