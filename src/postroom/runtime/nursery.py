"""The nursery: a process that forks each writer and worker when the supervisor asks for it, with everything loaded already.

A process that begins as a new interpreter loads 700 modules first: 0.9 s for a worker, and a start made five of them. The nursery is forked
from the command itself, before a loop, a thread, a database or the log is open, so what it forks has nothing of anybody's. Linux only.

supervisor  {"start": "worker 0", "arguments": [...], "user": ""}   with the process's end of its line
nursery     {"name": "worker 0", "pid": 4711}   with a descriptor of the process (pidfd)
nursery     {"ended": 4711, "code": 0}
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from postroom import log
from postroom.errors import ConfigurationError
from postroom.runtime import worker, writer
from postroom.runtime.children import CANNOT_START
from postroom.runtime.line import DESCRIPTORS, LARGEST, SupervisorLine, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.runtime.line import Message

MAINS: Final[dict[str, Callable[[list[str]], None]]] = {"worker": worker.main, "writer": writer.main}
"""What a process is, by the first word of its name."""

DOORS: Final = ("postroom.servers.smtp", "postroom.servers.imap", "postroom.servers.pop3", "uvloop")
"""What workers would load each for themselves when they open their doors."""

UNKNOWN: Final = -1
"""The exit code of a process that ended after the nursery."""


class Process(NamedTuple):
    """A running process: its number, a descriptor that is readable once it has ended, and what becomes its exit code then."""

    pid: int
    descriptor: int
    ended: asyncio.Future[int]


class Nursery:
    """The supervisor's end: begun by the command, opened on the loop."""

    def __init__(self) -> None:
        """Fork; only while this process has one thread and nothing open."""
        self._end, theirs = pair()
        self._pid = os.fork()
        if not self._pid:
            self._end.close()
            _be("nursery", "", _tend, theirs)
        theirs.close()
        self._starting: dict[str, asyncio.Future[Process]] = {}
        self._running: dict[int, Process] = {}
        self._line: SupervisorLine | None = None

    def open(self) -> None:
        """Listen to the nursery; on the loop."""
        self._line = SupervisorLine(self._end, self._hear)

    async def start(self, name: str, arguments: Sequence[str], user: str, end: socket.socket) -> Process:
        """Start a process, one of a name at a time; its last argument is the number of its end's descriptor. Raises ConfigurationError."""
        if self._line is None:
            raise ConfigurationError(f"The {name} can't be started any more: the process that starts it has ended. Start the server again.")
        started: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._starting[name] = started
        self._line.say({"start": name, "arguments": arguments, "user": user}, [end.fileno()])
        return await started

    def close(self) -> None:
        """End the nursery, when what it started has ended; blocks for that moment."""
        self._end.close()
        os.waitpid(self._pid, 0)

    def _hear(self, message: Message, descriptors: list[int]) -> None:
        if "ended" in message:
            self._over(message["ended"], message["code"])
        elif "pid" in message:
            process = Process(message["pid"], descriptors[0], asyncio.get_running_loop().create_future())
            self._running[process.pid] = process
            self._starting.pop(message["name"]).set_result(process)
        elif not message:
            self._lost()

    def _over(self, pid: int, code: int) -> None:
        process = self._running.pop(pid)
        os.close(process.descriptor)
        process.ended.set_result(code)

    def _lost(self) -> None:
        """Look oneself, from now on, who ends; nobody can be started any more."""
        self._line = None
        for name, started in self._starting.items():
            started.set_exception(ConfigurationError(f"The {name} could not be started: the process that starts it has ended."))
        loop = asyncio.get_running_loop()
        for pid, process in self._running.items():
            loop.add_reader(process.descriptor, self._seen_to_end, pid)

    def _seen_to_end(self, pid: int) -> None:
        asyncio.get_running_loop().remove_reader(self._running[pid].descriptor)
        self._over(pid, UNKNOWN)


class Tending:
    """The nursery's own side: forks, and says who has ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._running: dict[int, int] = {}  # process numbers by descriptor
        self._poll = select.poll()

    def run(self) -> None:
        """Serve until the supervisor hangs up; blocks."""
        self._line.setblocking(True)
        self._poll.register(self._line, select.POLLIN)
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor != self._line.fileno():
                    self._bury(descriptor)
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        """Start what the supervisor asks for; False when it has hung up."""
        data, descriptors, _, _ = socket.recv_fds(self._line, LARGEST, DESCRIPTORS)
        if not data:
            return False
        wanted, [end] = json.loads(data), descriptors
        name = wanted["start"]
        pid = os.fork()
        if not pid:
            self._line.close()
            for descriptor in self._running:
                os.close(descriptor)
            _be(name, wanted["user"], MAINS[name.split()[0]], [*wanted["arguments"], str(end)])
        os.close(end)
        descriptor = os.pidfd_open(pid)
        self._running[descriptor] = pid
        self._poll.register(descriptor, select.POLLIN)
        self._say({"name": name, "pid": pid}, [descriptor])
        return True

    def _bury(self, descriptor: int) -> None:
        pid = self._running.pop(descriptor)
        self._poll.unregister(descriptor)
        os.close(descriptor)
        self._say({"ended": pid, "code": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])})

    def _say(self, message: Message, descriptors: Sequence[int] = ()) -> None:
        with suppress(OSError):  # a supervisor that has gone: the line's end comes next
            socket.send_fds(self._line, [json.dumps(message).encode()], list(descriptors))


def _tend(line: socket.socket) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # the supervisor's to act on
        signal.signal(number, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for module in DOORS:  # meanwhile the command prepares the data directory
        import_module(module)
    gc.freeze()  # what is loaded stays shared: a collection would write to each page that it looks at
    Tending(line).run()


def _be(name: str, user: str, main: Callable[..., None], *arguments: object) -> NoReturn:
    """Be a process of this name, seen in `ps -e` and `top`, until `main` returns; nothing of the caller's goes on in it."""
    code = 1
    try:
        Path("/proc/self/comm").write_text(name, encoding="ascii")
        if user:
            _give_up_rights(user)
        main(*arguments)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter does it at the end of a program
        traceback.print_exc()
    finally:
        log.stop()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _give_up_rights(user: str) -> None:
    """Go on as a user, with the group of that name and no other; ends the process when that can't be."""
    import grp  # noqa: PLC0415 - not there on Windows, which has no such users
    import pwd  # noqa: PLC0415 - likewise

    try:
        group, number = grp.getgrnam(user).gr_gid, pwd.getpwnam(user).pw_uid
        os.setgroups([])
        os.setgid(group)
        os.setuid(number)
    except (KeyError, PermissionError) as error:
        sys.stderr.write(f"Can't run as {user!r} with the group of that name: {error}\n")
        sys.exit(CANNOT_START)
