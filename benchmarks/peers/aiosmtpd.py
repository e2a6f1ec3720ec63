"""aiosmtpd with a handler that writes synced maildirs: what a Python programmer has in an afternoon."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import ClassVar

from benchmarks.peers import maildirs
from benchmarks.peers.peer import ACCOUNTS, DOMAIN, Peer


class Aiosmtpd(Peer):
    """As many aiosmtpd processes as cores on one port, each message synced in a thread before its 250."""

    name = "aiosmtpd to maildir"
    choices: ClassVar[str] = (
        "aiosmtpd from PyPI, one process a core behind SO_REUSEPORT, uvloop; its handler looks the recipient up in a set, writes the "
        "message to tmp in a thread of the default pool, syncs the file, renames it into new, syncs that directory, and only then answers "
        "250."
    )

    @classmethod
    def missing(cls) -> str | None:
        return None if importlib.util.find_spec("aiosmtpd") else "aiosmtpd not found: pip install aiosmtpd"

    def configure(self) -> None:
        maildirs.make(self.home / "mail", ACCOUNTS, os.getuid(), os.getgid())

    async def launch(self) -> None:
        root = Path(__file__).parents[2]
        command = [sys.executable, "-m", "benchmarks.peers.aiosmtpd_maildir", str(self.home / "mail"), DOMAIN, str(self.smtp_port)]
        for _ in range(os.cpu_count() or 1):
            await self.tree.start(*self.prefix, *command, log=self.log, env={**os.environ, "PYTHONPATH": str(root)})

    async def count(self) -> int:
        return maildirs.count(self.home / "mail")

    def delivered_at(self, looked: float) -> float:
        return maildirs.last_delivery(self.home / "mail")
