"""Postroom as it sends: users submit with their passwords, routes name the sinks, and each message is signed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, ClassVar

from benchmarks.loads.submission import Door
from benchmarks.peers.peer import PeerFailed
from benchmarks.peers.postroom import PASSWORD, Postroom, environment
from benchmarks.peers.sender import Sender

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.loads.sink import Sinks


class PostroomSending(Sender, Postroom):
    """`postroom serve` with every default."""

    name = "Postroom"
    choices: ClassVar[str] = (
        "`postroom serve` with a configuration that names the ports and nothing else: a worker a core, every default. Users log in for "
        "each connection, their sender addresses are checked, each message is signed with RSA-2048 and with Ed25519, and a message is committed "
        "with a sync before its 250 and again when a sink has it. Routes name the sinks (`postroom route set`)."
    )
    accounts = ()
    settings: ClassVar[str] = ""

    def __init__(self, home: Path, sinks: Sinks, prefix: tuple[str, ...] = ()) -> None:
        Postroom.__init__(self, home, prefix)
        self.sinks = sinks

    @property
    def submission(self) -> Door:
        return Door(self.smtp_port, PASSWORD)

    def configure(self) -> None:
        super().configure()
        routes = {self.sinks.destination(number): ip for number, ip in enumerate(self.sinks.addresses)}
        command = (sys.executable, "-m", "benchmarks.peers.postroom_routes", str(self.file), str(self.sinks.port), json.dumps(routes))
        made = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
        if made.returncode:
            raise PeerFailed(f"Postroom's routes could not be set: {made.stderr}")

    def write_configuration(self) -> None:
        super().write_configuration()
        text = self.file.read_text().replace('protocol = "smtp"', 'protocol = "submission"')
        self.file.write_text(f"{text}\n[settings]\n{self.settings}\n")


class PostroomUnsigned(PostroomSending):
    """The same without signatures, to see what they cost."""

    name = "Postroom unsigned"
    choices: ClassVar[str] = "The same with `dkim_signing = false`."
    settings: ClassVar[str] = "dkim_signing = false"
