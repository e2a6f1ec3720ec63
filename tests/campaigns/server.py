"""The server under test: its directory, its processes, their deaths."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ports import free_ports

from .load import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACCOUNTS: Final = 12
DOMAIN: Final = "example.test"
PASSWORD: Final = "secret-1"
PORT_CHOICES: Final = 5
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 60.0
READY: Final = b"Postroom is ready"
POSTROOM: Final = (sys.executable, "-m", "postroom")
CONFIGURATION: Final = """\
hostname = "mail.example.test"
data = "data"
logs = "logs"
workers = {workers}
shards = 2
{user}
[[listener]]
protocol = "smtp"
address = "127.0.0.1"
port = {smtp}

[[listener]]
protocol = "submission"
address = "127.0.0.1"
port = {submission}

[[listener]]
protocol = "imap"
address = "127.0.0.1"
port = {imap}

[[listener]]
protocol = "pop3"
address = "127.0.0.1"
port = {pop3}

[settings]
{pins}
"""


class ServerError(Exception):
    """The server did not start, or a command of it failed; the text ends with what it said."""


@dataclass(slots=True)
class Postroom:
    """One server over `home`/data; `environment` is added to that of its processes (the recorder), `pins` are lines for its [settings]."""

    home: Path
    workers: int = 2
    environment: Mapping[str, str] = field(default_factory=dict)
    pins: str = ""
    process: asyncio.subprocess.Process | None = None
    target: Target = field(init=False)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self._take_ports()

    def _take_ports(self) -> None:
        smtp, imap, pop3, submission = free_ports(4)
        self.target = Target(smtp, imap, pop3, submission, tuple(f"a{n:02}@{DOMAIN}" for n in range(ACCOUNTS)), PASSWORD)
        self._configure()

    def _configure(self) -> None:
        user = 'user = "root"' if os.geteuid() == 0 else ""  # what the campaign writes, the server must be able to read
        ports = {"smtp": self.target.smtp, "imap": self.target.imap, "pop3": self.target.pop3, "submission": self.target.submission}
        self._configuration.write_text(CONFIGURATION.format(workers=self.workers, user=user, pins=self.pins, **ports))

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server said on its standard error."""
        return self.home / "server.log"

    @property
    def _configuration(self) -> Path:
        return self.home / "postroom.toml"

    def make_accounts(self) -> None:
        """Make the data directory with a domain and its accounts; raises ServerError."""
        self._configuration.unlink()  # `init` writes one, over none
        self.command("init", str(self.home), "--domain", DOMAIN)
        self._configure()
        for account in self.target.accounts:
            self.command("account", "add", account, "--password-stdin", say=PASSWORD)

    def handle(self, name: str, text: str) -> None:
        """Put a handlers file in place, which runs from the next start on."""
        folder = self.data / "Events"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    def command(self, *words: str, say: str = "") -> str:
        """Run a postroom command and return what it printed; raises ServerError when it fails."""
        command = [*POSTROOM, *words, "--config", str(self._configuration)]
        done = subprocess.run(command, input=say, capture_output=True, text=True, check=False, env=self._environment({}))
        if done.returncode:
            raise ServerError(f"postroom {' '.join(words)}: exit {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def check(self) -> list[str]:
        """Let `postroom check` prove the store; no defects when it exits 0."""
        try:
            self.command("check")
        except ServerError as failed:
            return [str(failed)]
        return []

    @staticmethod
    def _environment(added: Mapping[str, str]) -> dict[str, str]:
        source = str(Path(__file__).parents[2] / "src")
        return {**os.environ, "PYTHONPATH": source, "UV_USE_IO_URING": "0", **added}

    async def start(self) -> None:
        """Start the server in a process group of its own and wait until it is ready; raises ServerError.

        Other programs of the machine may take a port between its choice and its use: then others are chosen.
        """
        for left in reversed(range(PORT_CHOICES)):
            try:
                await self._start()
                return
            except ServerError as error:
                if not left or "Address already in use" not in str(error):
                    raise
                self._take_ports()

    async def _start(self) -> None:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *POSTROOM,
                "serve",
                "--config",
                str(self._configuration),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                env=self._environment(self.environment),
            )
        try:
            await asyncio.wait_for(self._ready(), START_SECONDS)
        except (TimeoutError, EOFError):
            await self.kill()
            raise ServerError(f"no server came up: {self.last_words()}") from None

    async def _ready(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        while READY not in (line := await self.process.stdout.readline()):
            if not line:
                raise EOFError

    def log_text(self) -> str:
        """All that the server has logged."""
        files = [self.log, *sorted((self.home / "logs").glob("*"))]
        return "".join(file.read_text(errors="replace") for file in files if file.is_file())

    def last_words(self) -> str:
        """The end of the server's log."""
        return self.log_text()[-2000:]

    def processes(self, kind: str) -> list[int]:
        """Find the numbers of the server's processes of a kind: worker, writer."""
        assert self.process is not None
        return [pid for nursery in _children(self.process.pid) for pid in _children(nursery) if _name(pid).startswith(f"{kind} ")]

    async def kill(self) -> None:
        """SIGKILL every process of the server and wait until the last is gone; raises ServerError when one survives that."""
        process = self.process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if left := await _ended(process.pid):
            raise ServerError(f"processes {left} survived SIGKILL")
        self.process = None

    async def lose_supervisor(self) -> int:
        """SIGKILL the supervisor alone; returns how many of its processes have not ended by themselves when they should have."""
        assert self.process is not None
        self.process.kill()
        return len(await _ended(self.process.pid))

    async def stop(self) -> int:
        """Stop the server as an administrator does, with TERM; returns its exit code."""
        assert self.process is not None
        self.process.terminate()
        try:
            return await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            return -1
        finally:
            await self.kill()

    def copy_to(self, home: Path, **settings: object) -> Postroom:
        """Copy the data directory to another home and return a server for it."""
        shutil.copytree(self.data, home / "data", ignore=lambda folder, names: [n for n in names if Path(folder, n).is_socket()])
        return Postroom(home, self.workers, **settings)  # type: ignore[arg-type]  # passed on as given


async def _ended(group: int) -> list[int]:
    """Wait until all processes of a group have ended; returns those that have not when they should have."""
    for _ in range(round(STOP_SECONDS / 0.02)):
        if not (alive := [number for number, state, of in _processes() if of == group and state not in "ZX"]):
            return []
        await asyncio.sleep(0.02)
    return alive


def _processes() -> Iterator[tuple[int, str, int]]:
    """Yield number, state and group of every process of this machine."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                yield int(entry.name), fields[0], int(fields[2])


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text()
