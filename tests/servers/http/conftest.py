"""One server for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from servers.http.apihouse import Mailbox, Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("api")) as running:
        yield running


@pytest.fixture
def alice(server: Server) -> Mailbox:
    """A mailbox of this test's own."""
    return server.mailbox()


@pytest.fixture
def bob(server: Server) -> Mailbox:
    """Another one."""
    return server.mailbox()
