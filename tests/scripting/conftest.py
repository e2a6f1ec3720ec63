"""One fork server for the tests of a module, and servers with handlers in each language."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventhouse import Kept
from handlerhouse import LANGUAGES, Serve
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
