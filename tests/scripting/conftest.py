"""One fork server for the tests of a module."""

import asyncio
from collections.abc import Iterator

import pytest

from eventhouse import Kept
from postroom.scripting.launch import launch


@pytest.fixture(scope="module")
def start() -> Iterator[Kept]:
    """The way to script processes."""
    kept = Kept(launch())
    yield kept
    asyncio.run(kept.launch.close())
