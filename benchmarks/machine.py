"""The machine that the figures are of: what it is, how long a sync takes, and how much of it others use meanwhile."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Machine:
    """Processor model, number of cores this program may use, kernel, file system of the temporary directory, median seconds of a 4 KB sync there."""

    processor: str
    cores: int
    kernel: str
    file_system: str
    sync: float

    def __str__(self) -> str:
        return (
            f"{self.processor}, {self.cores} cores, Linux {self.kernel}, Python {platform.python_version()}, {self.file_system}, "
            f"a sync takes {self.sync * 1000:.2f} ms"
        )


def this_machine(folder: Path) -> Machine:
    """What this machine is, its syncs tried in `folder`."""
    return Machine(_processor(), len(os.sched_getaffinity(0)), platform.release(), _file_system(folder), sync_seconds(folder))


def sync_seconds(folder: Path, times: int = 64) -> float:
    """Median seconds of appending 4 KB to a file and fdatasync, in `folder`."""
    path, taken = folder / "sync-probe", []
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    path.unlink()
    return statistics.median(taken)


def busy_seconds() -> float:
    """CPU seconds that all cores have worked since boot, time stolen by the hypervisor included."""
    fields = [int(field) for field in Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def own_seconds() -> float:
    """CPU seconds of this program and of the children that it has waited for: the side that makes the load."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """The type of the file system that holds `folder`: the longest mount point that is a prefix of it."""
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    holding = [(len(point), kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(holding)[1] if holding else "unknown file system"
