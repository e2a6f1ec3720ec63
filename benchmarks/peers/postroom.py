"""Postroom itself, started as anybody starts it: a configuration file and `postroom serve`."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

from benchmarks.peers.peer import ACCOUNTS, DOMAIN, STARTING, Peer, PeerFailed, free_port

PASSWORD = "secret-1"
SERVE = "import sys; from postroom.runtime.cli import main; sys.exit(main())"  # the console script, of the interpreter that runs this
MESSAGES = re.compile(rb"MESSAGES (\d+)")
CONFIGURATION = """
hostname = "mx.bench.test"
data = "{home}/data"
logs = "{home}/logs"
workers = 0
admin_key = "bench-admin-key-0123456789"

[[listener]]
protocol = "smtp"
address = "127.0.0.1"
port = {smtp_port}

[[listener]]
protocol = "imap"
address = "127.0.0.1"
port = {imap_port}
"""


class Postroom(Peer):
    """`postroom serve` with a worker a core; its mailboxes are counted over IMAP, with sessions that are signed in beforehand."""

    name = "Postroom"
    choices: ClassVar[str] = (
        "`postroom serve` with a configuration that names the ports and nothing else: a worker a core, every default. A message is "
        "committed with a sync before its 250 and is in its mailbox then. The mailboxes are counted by STATUS over IMAP sessions that "
        "signed in before the first round; the time counts until the asking began that found all, and the CPU of the asking itself "
        "(measured again afterwards) is taken off."
    )

    counts_itself = True
    accounts: tuple[str, ...] = ACCOUNTS

    def __init__(self, home: Path, prefix: tuple[str, ...] = ()) -> None:
        super().__init__(home, prefix)
        self.file = home / "postroom.toml"
        self.sessions: list[Mailbox] = []

    @classmethod
    def missing(cls) -> str | None:
        if importlib.util.find_spec("postroom") is None:
            return "postroom not found: pip install -e ."
        return None if importlib.util.find_spec("postroom.runtime.cli") else "this checkout of Postroom has no command line yet"

    def configure(self) -> None:
        self.write_configuration()
        command = (sys.executable, "-m", "benchmarks.peers.postroom_accounts", str(self.file), DOMAIN, PASSWORD, *ACCOUNTS)
        made = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
        if made.returncode:
            raise PeerFailed(f"Postroom's accounts could not be made: {made.stderr}")

    def write_configuration(self) -> None:
        """`home/postroom.toml`, with ports that are free."""
        self.imap_port = free_port()
        self.file.write_text(CONFIGURATION.format(home=self.home, smtp_port=self.smtp_port, imap_port=self.imap_port))

    async def launch(self) -> None:
        await self.tree.start(*self.prefix, sys.executable, "-c", SERVE, "serve", "--config", str(self.file), log=self.log, env=environment())
        deadline = time.monotonic() + STARTING
        while "Postroom is ready" not in self.log.read_text(errors="replace"):
            if time.monotonic() > deadline or not self.tree.running:
                raise PeerFailed(f"Postroom did not start. {self.last_words()}")
            await asyncio.sleep(0.05)
        self.sessions = [await Mailbox.opened(self.imap_port, f"{name}@{DOMAIN}") for name in self.accounts]

    async def stop(self) -> None:
        for session in self.sessions:
            session.close()
        await super().stop()

    async def count(self) -> int:
        return sum(await asyncio.gather(*(session.messages() for session in self.sessions)))


class Mailbox:
    """A signed-in IMAP session that looks at INBOX."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, port: int, address: str) -> Mailbox:
        """Signs in. Raises PeerFailed."""
        session = cls(*await asyncio.open_connection("127.0.0.1", port))
        await asyncio.wait_for(session._reader.readline(), STARTING)
        await session._ask(f'LOGIN "{address}" "{PASSWORD}"'.encode())
        return session

    async def messages(self) -> int:
        """The MESSAGES of STATUS INBOX."""
        found = MESSAGES.search(await self._ask(b"STATUS INBOX (MESSAGES)"))
        if found is None:
            raise PeerFailed("STATUS INBOX was answered without MESSAGES")
        return int(found[1])

    async def select(self) -> float:
        """Seconds that a SELECT of INBOX takes."""
        began = time.perf_counter()
        await self._ask(b"SELECT INBOX")
        return time.perf_counter() - began

    def close(self) -> None:
        """Leaves without a word."""
        self._writer.close()

    async def _ask(self, command: bytes) -> bytes:
        self._writer.write(b"a " + command + b"\r\n")
        answer = b""
        while True:
            line = await asyncio.wait_for(self._reader.readline(), STARTING)
            answer += line
            if line.startswith(b"a OK"):
                return answer
            if line.startswith(b"a ") or not line:
                raise PeerFailed(f"IMAP answered {line!r} to {command.split()[0]!r}")


def environment() -> dict[str, str]:
    """Our environment, with this repository in its path, and without settings that would reach into the peer."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
    root = Path(__file__).parents[2]
    return {**ours, "PYTHONPATH": f"{root / 'src'}:{root}"}
