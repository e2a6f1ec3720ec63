"""What holds for every test: which event loop it runs on, and that nothing went wrong unseen."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from postroom import log

PORTABLE = os.environ.get("POSTROOM_PORTABLE") == "1" or sys.platform == "win32"


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the server runs on: uvloop where it exists, the standard one in the portable run."""
    if PORTABLE:
        return {"standard": asyncio.new_event_loop}
    import uvloop

    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(autouse=True)
def unhandled() -> Iterator[list[str]]:
    """Errors with a traceback that were logged, and events that log.EVENTS doesn't know: a test fails when any are left at its end.

    (pytest itself fails a test for exceptions lost in threads and destructors.) A test that provokes one asks for this fixture,
    looks at what it holds, and clears it.
    """
    found: list[str] = []

    def watch(line: dict[str, Any]) -> None:
        if line["event"] not in log.EVENTS:
            found.append(f"the event {line['event']!r} is not declared in postroom.log.EVENTS")
        elif line["level"] == "error" and "exception" in line:
            found.append(f"{line['event']}: {line['exception']}")

    logging.root.addHandler(log.from_libraries)
    log.set_level("debug")
    with log.watching(watch):
        yield found
    log.set_level("off")
    logging.root.removeHandler(log.from_libraries)
    assert not found, "went wrong unseen:\n" + "\n".join(found)
