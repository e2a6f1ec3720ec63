"""Counting syncs: the peer runs under strace, which stops it at nothing but the calls that sync."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CALLS = "fsync,fdatasync,sync,syncfs,msync"


def traced(record: Path) -> tuple[str, ...]:
    """The command to put before a peer's command; it writes `record.PID` with a time and a call a line."""
    return ("strace", "-f", "-ff", "--seccomp-bpf", "-q", "-I", "2", "-ttt", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(record))


def counted(record: Path, since: float, until: float) -> Counter[str]:
    """How often each call was made between two moments (time.time())."""
    calls: Counter[str] = Counter()
    for file in record.parent.glob(f"{record.name}.*"):
        for line in file.read_text(errors="replace").splitlines():
            moment, _, call = line.partition(" ")
            if "(" in call and since <= float(moment) <= until:
                calls[call.partition("(")[0]] += 1
    return calls
