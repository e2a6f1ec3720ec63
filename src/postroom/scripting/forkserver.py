"""The fork server: a process without threads that has the engines loaded and forks script processes.

It is started by a worker as a fresh program, and holds nothing of the server's. Its line is a socket pair of whole messages, JSON with
descriptors beside them:

    {"do": "fork", "id": 7, "memory": 536870912}   with the script process's end of the wire
    {"do": "kill", "id": 7}
    {"do": "warm", "language": "VBScript", "file": "...", "kinds": {...}}   with a memory file that holds the text

A process is ended by its parent, which has not reaped it yet, so that no other process of its number is hit.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from postroom.scripting.engines import LANGUAGES, prepare
from postroom.scripting.process import Process, confine

LARGEST_MESSAGE: Final = 1 << 18
REAP_SECONDS: Final = 1.0
LONGEST_TEXT: Final = 16 << 20


class ForkServer:
    """Forks, kills, reaps."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._children: dict[int, int] = {}
        self._kinds: dict[str, dict[str, Any]] = {}

    def run(self) -> None:
        """Serve until the worker hangs up; then end the children that are left."""
        while True:
            ready, _, _ = select.select([self._line], [], [], REAP_SECONDS if self._children else None)
            if ready and not self._hear():
                break
            self._reap()
        for pid in self._children.values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _hear(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._line, LARGEST_MESSAGE, 4)
        if not message:
            return False
        try:
            self._obey(json.loads(message), descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def _obey(self, order: dict[str, Any], descriptors: list[int]) -> None:
        match order["do"]:
            case "fork":
                self._fork(order["id"], order["memory"], descriptors[0])
            case "kill":
                pid = self._children.get(order["id"])
                if pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            case "warm":
                self._kinds.update(order["kinds"])
                prepare(order["language"], os.pread(descriptors[0], LONGEST_TEXT, 0).decode("utf-8", "surrogatepass"), order["file"])
                gc.collect()
                gc.freeze()  # what is here now is never looked through by a child, so its memory stays shared

    def _fork(self, number: int, memory: int, descriptor: int) -> None:
        pid = os.fork()
        if pid:
            self._children[number] = pid
            return
        code = 1
        try:
            self._line.close()
            end = socket.socket(fileno=os.dup(descriptor))
            os.close(descriptor)
            os.setpgid(0, 0)
            confine(memory)
            Process(end, self._kinds).run()
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        for number, pid in list(self._children.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del self._children[number]


def main(arguments: list[str]) -> None:
    """Be the fork server: `... DESCRIPTOR LANGUAGE`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    descriptor, language = arguments
    with suppress(ImportError):
        module, _, _ = LANGUAGES[language].engine.partition(".")
        import_module(f"postroom.scripting.engines.{module}")
        import_module("postroom.scripting.helpers.desk")  # here once, and not in each process
    gc.freeze()
    with socket.socket(fileno=int(descriptor)) as line:
        ForkServer(line).run()


if __name__ == "__main__":
    main(sys.argv[1:])
