"""What every peer is: a server that runs in a temporary directory, on loopback, without touching the machine's own installation."""

from __future__ import annotations

import asyncio
import shutil
import socket
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from benchmarks.enclosure import Enclosure

if TYPE_CHECKING:
    from pathlib import Path

DOMAIN = "bench.test"
ACCOUNTS = tuple(f"{number}user" for number in range(1, 101))
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
STARTING = 60.0  # seconds until a peer must accept connections


class PeerFailed(Exception):
    """A peer did not start, stopped, or did not deliver; the sentence says which and shows the end of its log."""


class Peer(ABC):
    """One server: `name` in the tables, `choices` how it is set up and why, `packages` what Debian must have installed for its `programs`."""

    name: ClassVar[str]
    choices: ClassVar[str]
    packages: ClassVar[tuple[str, ...]] = ()
    programs: ClassVar[tuple[str, ...]] = ()
    counts_itself: ClassVar[bool] = False  # whether `count` makes the peer work, which no message is to be charged with
    greeting: ClassVar[bytes] = b"220"  # how a line begins that says that the server is there

    def __init__(self, home: Path, prefix: tuple[str, ...] = ()) -> None:
        self.home = home
        self.prefix = prefix  # a command that runs the peer's command: strace in the round that counts syncs
        self.log = home / "peer.log"
        self.smtp_port = free_port()
        self.tree = Enclosure(home.name)

    @classmethod
    def missing(cls) -> str | None:
        """What keeps this peer from running here and what to do about it; None when nothing does."""
        absent = [program for program in cls.programs if find(program) is None]
        return f"{', '.join(absent)} not found: apt-get install {' '.join(cls.packages)}" if absent else None

    async def start(self) -> None:
        """Writes the configuration, starts the server, returns when it greets. Raises PeerFailed."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o755)
        self.configure()
        await self.launch()
        await self._greeted()

    @abstractmethod
    def configure(self) -> None:
        """Writes the configuration and the empty mailboxes of ACCOUNTS below `home`."""

    @abstractmethod
    async def launch(self) -> None:
        """Starts the server's command in `tree`."""

    @abstractmethod
    async def count(self) -> int:
        """How many messages the mailboxes of ACCOUNTS hold now, seen from outside."""

    def delivered_at(self, looked: float) -> float:
        """When the last message reached its mailbox (time.time()); `looked` is when the `count` began that found all of them."""
        return looked

    @property
    def door(self) -> int:
        """The port at which the server greets once it has started."""
        return self.smtp_port

    async def stop(self) -> None:
        """Ends the server and every process of it. Its files stay until the benchmark removes its directory."""
        await self.tree.close()

    def renew(self) -> None:
        """Makes a stopped peer ready to be started again over the same files."""
        self.tree = Enclosure(self.home.name)

    async def _greeted(self) -> None:
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline and self.tree.running:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.door)
                greeting = await asyncio.wait_for(reader.readline(), 5)
                writer.close()
                if greeting.startswith(self.greeting):
                    return
            except (OSError, TimeoutError):
                pass
            await asyncio.sleep(0.1)
        raise PeerFailed(f"{self.name} did not start. {self.last_words()}")

    def last_words(self) -> str:
        """The end of the peer's log, for an error."""
        return "Its log ends:\n" + "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find(program: str) -> str | None:
    """The path of a program, also where only root's PATH looks."""
    return shutil.which(program, path=PATH)
