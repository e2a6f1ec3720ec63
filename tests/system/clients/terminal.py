"""A program at a terminal: what it writes to the screen is waited for, keys are typed."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SECONDS: Final = 30.0
SIZE: Final = (40, 132)
_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])|[\x00\x07\x08\x0e\x0f\r]")


class Terminal:
    """A program that believes that a person sits before it. `seen` is what it wrote since the last key, without control sequences."""

    def __init__(self, command: Sequence[str], home: Path, variables: Mapping[str, str]) -> None:
        """Start it; the size of the screen is fixed, so that lines come whole."""
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        surroundings = {"HOME": str(home), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TERM": "vt100", **variables}
        self._process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, cwd=home, env=surroundings, start_new_session=True)
        os.close(inner)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(SECONDS)
        os.close(self._end)

    def wait_for(self, pattern: str) -> str:
        """Wait until something stands on the screen; returns all that came since the last key. Fails when it never does."""
        end = time.monotonic() + SECONDS
        while not re.search(pattern, self.seen):
            left = end - time.monotonic()
            assert left > 0, f"{pattern!r} never came; on the screen is:\n{self.seen[-4000:]}"
            assert self._read(left), f"it ended before {pattern!r} came:\n{self.seen[-4000:]}"
        return self.seen

    def _read(self, seconds: float) -> bool:
        """Read what comes within a time; False once the program has ended."""
        if not select.select([self._end], [], [], seconds)[0]:
            return True
        try:
            octets = os.read(self._end, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # the program has closed its side
                raise
            return False
        self.seen += _SEQUENCE.sub("", octets.decode("utf-8", "replace"))
        return bool(octets)

    def type(self, keys: str) -> None:
        """Type keys; what stands on the screen is forgotten."""
        self.seen = ""
        os.write(self._end, keys.encode())

    def ended(self) -> int:
        """Wait for its end; returns its exit status."""
        end = time.monotonic() + SECONDS
        while self._read(max(end - time.monotonic(), 0)):
            assert time.monotonic() < end, f"it never ends; on the screen is:\n{self.seen[-4000:]}"
        return self._process.wait(SECONDS)
