"""Ports of loopback for servers that tests start: below those that the system gives to clients, others for each process of a run."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from itertools import count
from typing import Final

PROCESSES: Final = 8
FIRST: Final = 22_000
CHOICES: Final = 10_000
FIRST_BASE: Final = 10_000
LAST_BASE: Final = 15_000
BASED: Final = (525, 587, 465, 424, 143, 993, 110, 995, 190, 6787)
"""What `postroom dev --port-base` adds for its listeners."""

_process: Final = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_run: Final = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
_tries: Final = count()


def free_ports(number: int) -> list[int]:
    """Find ports that nobody uses; none is found twice in a row."""
    found: list[int] = []
    while len(found) < number:
        port = FIRST + ((next(_tries) + _run * 97) * PROCESSES + _process) % CHOICES
        if _is_free(port):
            found.append(port)
    return found


def free_base() -> int:
    """Find a --port-base whose ports are free; raises LookupError where there is none."""
    for base in range(FIRST_BASE + _run % 100 * 10 + _process * 3, LAST_BASE, 1010):
        if all(_is_free(base + added) for added in BASED):
            return base
    raise LookupError("no free ports")


def _is_free(port: int) -> bool:
    with suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False
