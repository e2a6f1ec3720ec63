"""The supervisor's children: started by the nursery, watched, started again when they end too early."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.log import get_logger
from postroom.runtime.line import SupervisorLine, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.runtime.line import Message
    from postroom.runtime.nursery import Nursery, Process

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
        nursery: Nursery,
        arguments: Sequence[str],
        started: Callable[[Child], None],
        hear: Callable[[Child, Message], None],
        user: str,
    ) -> None:
        """Name it, its first word saying what it is; `arguments` are followed by the number of the child's end of its line."""
        self.name = name
        self.line: SupervisorLine | None = None
        self._nursery = nursery
        self._arguments = arguments
        self._started = started
        self._hear = hear
        self._user = user
        self._process: Process | None = None
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
        try:
            self._process = await self._nursery.start(self.name, self._arguments, self._user, theirs)
            theirs.close()
            self._started(self)
            return await self._process.ended
        finally:
            self._process = None
            theirs.close()
            self.line.close()

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process is not None else None

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
        if self._process is not None:
            with suppress(OSError):  # it has just ended
                signal.pidfd_send_signal(self._process.descriptor, signal.SIGKILL)
