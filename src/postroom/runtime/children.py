"""The supervisor's children: started with inherited descriptors, watched, started again when they end too early."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.log import get_logger
from postroom.runtime.line import SupervisorLine, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.runtime.line import Message

log = get_logger("supervisor")

FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 30.0
CANNOT_START: Final = 78
"""Exit code (EX_CONFIG of sysexits.h) of a child that a person has to help: it is not started again."""

SETTLED_SECONDS: Final = 60.0
"""A child that ran so long starts again without a pause when it ends."""


class Child:
    """One process with a name, restarted until `stop`; `started(child)` is called each time it has been started."""

    def __init__(
        self,
        name: str,
        command: Callable[[int], Sequence[str]],
        started: Callable[[Child], None],
        hear: Callable[[Child, Message], None],
        user: str | None,
    ) -> None:
        """`command(descriptor)` gives the arguments after the interpreter, with the number of the child's end of its line."""
        self.name = name
        self.line: SupervisorLine | None = None
        self._command = command
        self._started = started
        self._hear = hear
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._stopping = False

    async def run(self) -> None:
        """Start the process and start it again, more slowly each time, until `stop`; returns when it has ended."""
        pause = FIRST_PAUSE
        while not self._stopping:
            began = asyncio.get_running_loop().time()
            code = await self._run_once()
            if self._stopping:
                return
            if code == CANNOT_START:
                raise ConfigurationError(f"The {self.name} can't start; the line above says why.")
            ran = asyncio.get_running_loop().time() - began
            pause = FIRST_PAUSE if ran > SETTLED_SECONDS else min(pause * 2, LONGEST_PAUSE)
            log.error("process-ended", process=self.name, code=code, again_in=pause)
            await asyncio.sleep(pause)

    async def _run_once(self) -> int:
        ours, theirs = pair()
        self.line = SupervisorLine(ours, lambda message, _descriptors: self._hear(self, message))
        # Not asyncio's subprocesses: uvloop's can't change the user. To start one takes a millisecond or two.
        self._process = subprocess.Popen(  # noqa: ASYNC220, S603 - as said; the command is our own interpreter and modules
            (sys.executable, *self._command(theirs.fileno())),
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )
        theirs.close()
        self._started(self)
        code = await asyncio.get_running_loop().run_in_executor(self._waiting, self._process.wait)
        self.line.close()
        return code

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def say(self, message: Message, descriptors: list[int] | None = None) -> None:
        """Send the process a message."""
        if self.line is not None:
            self.line.say(message, descriptors)

    def stop(self) -> None:
        """Hang up; the process finishes what it has in hand and ends, and is not started again."""
        self._stopping = True
        if self.line is not None:
            self.line.close()

    def kill(self) -> None:
        """End the process at once."""
        self._stopping = True
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)
