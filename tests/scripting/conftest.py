"""What tests of event scripts share: a fork server for a module, servers with handlers in each language, a server for the examples of one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio

from eventhouse import Kept
from handlerhouse import LANGUAGES, Serve, Server, served
from postroom.scripting.launch import launch


@pytest.fixture(scope="module")
def start() -> Iterator[Kept]:
    """The way to script processes."""
    kept = Kept(launch())
    yield kept
    asyncio.run(kept.launch.close())


@pytest.fixture(params=LANGUAGES)
def serve(request: pytest.FixtureRequest, tmp_path: Path, start: Kept) -> Serve:
    """A way to servers with handlers, in each language in turn."""
    return Serve(tmp_path, request.param, start)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory, start: Kept) -> AsyncIterator[Server]:
    """One server for all examples."""
    async with served(tmp_path_factory.mktemp("server"), "", "VBScript", start) as opened:
        yield opened
        assert opened.events.logged("script-error") == []


@pytest_asyncio.fixture(loop_scope="module")
async def no_errors(server: Server) -> AsyncIterator[None]:
    """What came before is read; no example ends with an error."""
    for name in ("alice", "bob"):
        await server.new(name)
    server.doors.town.elsewhere.jobs.clear()
    yield
    assert [line for line in server.events.lines if line["event"] in {"script-error", "script-lost"}] == []


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    """A web server that notes what it was told; it answers 500 to what ends with /broken."""

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            cast("Any", self.server).heard.append((self.path, self.headers.get("Authorization"), body))
            self.send_response(500 if self.path.endswith("/broken") else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    opened = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    cast("Any", opened).heard = []
    thread = threading.Thread(target=opened.serve_forever)
    thread.start()
    yield opened
    opened.shutdown()
    thread.join()
    opened.server_close()
