"""What holds for every test: which event loop it runs on, and that nothing went wrong unseen."""

import asyncio
import os
import sys
import threading
from contextlib import ExitStack

import pytest

from postroom import log

PORTABLE = os.environ.get("POSTROOM_PORTABLE") == "1"  # as on Windows and macOS: standard loop, no UNIX sockets


@pytest.fixture(scope="session")
def event_loop_policy():
    """The loop that the server runs on: uvloop where it exists, the standard one in the portable run."""
    if PORTABLE or sys.platform == "win32":
        return asyncio.DefaultEventLoopPolicy()
    import uvloop

    return uvloop.EventLoopPolicy()


@pytest.fixture(autouse=True)
def unhandled(monkeypatch):
    """Everything that went wrong unseen, and each event that log.EVENTS doesn't know; a test fails when it holds anything at the end.

    A test that provokes such an error asks for this fixture, looks, and clears it.
    """
    found = []

    def watch(line):
        if line["event"] not in log.EVENTS:
            found.append(f"the event {line['event']!r} is not declared in postroom.log.EVENTS")
        elif line["level"] == "error" and "exception" in line:
            found.append(f"{line['event']}: {line['exception']}")

    monkeypatch.setattr(threading, "excepthook", lambda raised: found.append(repr(raised.exc_value)))
    monkeypatch.setattr(sys, "unraisablehook", lambda raised: found.append(repr(raised.exc_value)))
    with ExitStack() as stack:
        stack.enter_context(log.watching(watch))
        stack.enter_context(log.from_libraries())
        log.set_level("debug")
        yield found
        log.set_level("off")
    assert not found, "went wrong unseen:\n" + "\n".join(found)
