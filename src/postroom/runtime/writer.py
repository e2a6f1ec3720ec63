"""A writer process: owns one shard for all workers. Started by the supervisor as `python -m postroom.runtime.writer DATA SHARD DESCRIPTOR`."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

from postroom.log import get_logger
from postroom.storage.sqlite.engine import run_writer

log = get_logger("storage")


def main(arguments: list[str]) -> None:
    """Write the shard until the supervisor hangs up; interrupts of the terminal are the supervisor's to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    data, shard, descriptor = arguments
    with socket.socket(fileno=int(descriptor)) as supervisor:
        supervisor.setblocking(True)
        run_writer(Path(data), int(shard), supervisor, lambda _batch, _seconds: None, _report)


def _report(sentence: str) -> None:
    log.warning("storage-trouble", reason=sentence)


if __name__ == "__main__":
    main(sys.argv[1:])
