"""Postroom as anybody starts it, with IMAP and POP3 on loopback, its mailbox filled through its own storage."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import apsw

from benchmarks.enclosure import Enclosure
from benchmarks.peers.peer import PeerFailed, free_port
from benchmarks.peers.postroom import Postroom as ReceivingPostroom
from benchmarks.peers.postroom import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = """
hostname = "mx.bench.test"
data = "{home}/data"
logs = "{home}/logs"
workers = 0
admin_key = "bench-admin-key-0123456789"

[tls]
certificate = "{certificate}"
key = "{certificate}"

[settings]
max_imap_connections_per_address = 20000
max_pop3_connections_per_address = 1000
max_smtp_connections_per_address = 1000
"""
LISTENER = """
[[listener]]
protocol = "{protocol}"
address = "127.0.0.1"
port = {port}
"""


class Postroom(ReceivingPostroom):
    """`postroom serve` with every protocol that is measured; `fill` are the words of the command that fills its directory."""

    choices: ClassVar[str] = (
        "`postroom serve` with a configuration that names ports and certificate and lets one address have many connections; every other "
        "default, a worker a core. The mailbox was stored by Postroom's own storage, its text index made, then the server started."
    )
    accounts: tuple[str, ...] = ()

    def __init__(self, home: Path, certificate: Path, fill: Sequence[str]) -> None:
        """Use a PEM file with key and certificate."""
        super().__init__(home)
        self.certificate, self.fill = certificate, fill
        self.imap_port, self.imaps_port, self.pop3_port, self.lmtp_port = free_port(), free_port(), free_port(), free_port()

    def configure(self) -> None:
        """The directory was filled before the start, by `fill_directory`."""

    def fill_directory(self) -> None:
        """Write the configuration and fill the data directory; blocks. Raises PeerFailed."""
        self.home.mkdir(parents=True)
        ports = {"smtp": self.smtp_port, "imap": self.imap_port, "imaps": self.imaps_port, "pop3": self.pop3_port, "lmtp": self.lmtp_port}
        listeners = "".join(LISTENER.format(protocol=protocol, port=port) for protocol, port in ports.items())
        self.file.write_text(SETTINGS.format(home=self.home, certificate=self.certificate) + listeners)
        command = (sys.executable, "-m", self.fill[0], str(self.file), *self.fill[1:])
        made = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=900, check=False)
        if made.returncode:
            raise PeerFailed(f"Postroom's mailbox could not be filled: {made.stderr}")

    def renew(self) -> None:
        """Make ready for another start, on the same directory and ports."""
        self.tree = Enclosure(self.home.name)
        self.log.unlink(missing_ok=True)

    def forget_reads(self) -> None:
        """Nothing is kept of messages that were read."""

    def indexed(self) -> bool:
        """Whether the text index has caught up with the mail of the folders that it holds."""
        return all(_indexed(shard) for shard in Path(self.home / "data").glob("mail-*.db"))


def _indexed(shard: Path) -> bool:
    """Whether every folder that was searched, and is therefore indexed, is so up to its last message."""
    searched = _rows(shard, "SELECT s.folder_id, f.uidnext FROM searched AS s JOIN folder AS f ON f.id = s.folder_id")
    index = shard.with_name(shard.name.replace("mail-", "text-"))
    marks = dict(_rows(index, "SELECT part, upto FROM mark")) if index.exists() else {}
    return all(marks.get(folder, 0) >= uidnext - 1 for folder, uidnext in searched)


def _rows(path: Path, sql: str) -> list[Any]:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.set_busy_timeout(1000)
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
