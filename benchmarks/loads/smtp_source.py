"""Mail from Postfix's smtp-source, the same for every peer, spread over the accounts.

smtp-source has one recipient a process (its -N counts for ever and would need as many accounts as messages), so each connection is a lane: a
shell that runs smtp-source once for each of its accounts, one after the other. At every moment there are as many connections as lanes, to
different accounts, and the rounds of a load together reach all accounts.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.peers.peer import DOMAIN, PATH, find

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNTS_A_ROUND = 40
FAILED = b"lane-failed"


class LoadFailed(Exception):
    """smtp-source gave up, or took longer than it was given; the sentence has its last words."""


@dataclass(frozen=True, slots=True)
class Mail:
    """How messages come: `size` bytes of body each, over `connections` at once, each connection kept or made anew for every message."""

    size: int
    connections: int
    kept: bool = True

    @property
    def name(self) -> str:
        """As it stands in the tables, such as `4 KB, 10 connections`."""
        many = "connection" if self.connections == 1 else "connections"
        return f"{self.size // 1024} KB, {self.connections} {many}" + ("" if self.kept else ", one a message")


def lanes(mail: Mail, messages: int, names: Sequence[str], most: int = ACCOUNTS_A_ROUND) -> list[list[tuple[str, int]]]:
    """For each connection the accounts it sends to, one after the other, with how many messages each; all messages are dealt out evenly.

    Takes as many of `names`, from the first and round again, as give each process 100 messages or more (its start is not what is measured), at
    most `most` (but one a connection).
    """
    turns = max(1, min(most // mail.connections, messages // (100 * mail.connections)))
    shares = mail.connections * turns
    counts = [messages // shares + (share < messages % shares) for share in range(shares)]
    dealt = [(names[share % len(names)], count) for share, count in enumerate(counts) if count]
    return [dealt[lane :: mail.connections] for lane in range(min(mail.connections, len(dealt)))]


async def send(mail: Mail, messages: int, port: int, names: Sequence[str], limit: float = 60.0) -> tuple[float, float]:
    """Sends to accounts of DOMAIN (see `lanes`); returns when it began and when the last 250 came (time.time()).

    Raises LoadFailed; leaves no process behind.
    """
    began = time.time()
    shell = await _shell(_script(mail, messages, port, names))
    try:
        async with asyncio.timeout(limit):
            _, words = await shell.communicate()
    except TimeoutError:
        raise LoadFailed(f"{messages} messages ({mail.name}) were not sent within {limit:.0f} seconds") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
    ended = time.time()
    if FAILED in words:
        raise LoadFailed(f"smtp-source gave up: {words.decode(errors='replace').strip()[:500]}")
    return began, ended


def _script(mail: Mail, messages: int, port: int, names: Sequence[str]) -> str:
    """All lanes at once, in the background of one shell: dash forks in a fraction of the time that Python needs."""
    together = [" && ".join(_command(mail, name, count, port) for name, count in lane) for lane in lanes(mail, messages, names)]
    return "\n".join(f"{{ {lane} || echo {FAILED.decode()} >&2; }} &" for lane in together) + "\nwait"


async def _shell(script: str) -> asyncio.subprocess.Process:
    """The shell in a process group of its own, so that it can be ended whole; it ends when this program ends."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    command = ("setpriv", "--pdeathsig", "KILL", "sh", "-c", script)
    return await asyncio.create_subprocess_exec(*command, stdin=nothing, stdout=nothing, stderr=pipe, env={"PATH": PATH}, process_group=0)


def _command(mail: Mail, name: str, messages: int, port: int) -> str:
    kept = ["-d"] if mail.kept else []
    program = find("smtp-source") or "smtp-source"
    return shlex.join([
        program, *kept, "-C", "10", "-l", str(mail.size), "-m", str(messages), "-s", "1", "-M", "load.test", "-f", "sender@load.test",
        "-t", f"{name}@{DOMAIN}", f"127.0.0.1:{port}",
    ])  # fmt: skip
