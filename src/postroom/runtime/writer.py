"""A writer process: owns one shard for all workers. The nursery begins it with DATA SHARD LOG DESCRIPTOR."""

from __future__ import annotations

import json
import signal
import socket
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from postroom import metrics
from postroom.log import dropped, get_logger, start_as, writing
from postroom.runtime.gathering import report
from postroom.runtime.logbook import laid_out, telling
from postroom.storage.sqlite.engine import run_writer

if TYPE_CHECKING:
    from postroom.runtime.line import Message

log = get_logger("storage")


def main(arguments: list[str]) -> None:
    """Write the shard until the supervisor hangs up; interrupts of the terminal are the supervisor's to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    data, shard, logging, descriptor = arguments
    start_as(logging)
    metrics.log_lines_dropped.source = lambda: {"": dropped()}
    with socket.socket(fileno=int(descriptor)) as supervisor, writing(telling(partial(_say, supervisor), laid_out, live=True)):
        supervisor.setblocking(True)
        run_writer(Path(data), int(shard), supervisor, _committed, _report, _answer)


def _committed(batch: int, seconds: float) -> None:
    metrics.commit_batch.observe(batch)
    metrics.sync_seconds.observe(seconds)


def _answer(question: bytes) -> bytes:
    """Answer the supervisor, which asks only for numbers."""
    return json.dumps(report(json.loads(question))).encode()


def _say(supervisor: socket.socket, message: Message) -> None:
    """Tell the supervisor something, if it listens just now."""
    with suppress(OSError):
        supervisor.send(json.dumps(message).encode(), socket.MSG_DONTWAIT)


def _report(sentence: str) -> None:
    log.warning("storage-trouble", reason=sentence)
