"""A process tree that is started, measured and ended as one.

Where cgroups (version 2) may be made, the tree is a cgroup: its CPU time includes processes that have come and gone, and nothing escapes
its end. Elsewhere the tree is found through /proc by parentage, and the CPU time of ended processes is what their parents have waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STOPPING = 8.0  # seconds that a tree has between the polite signal and SIGKILL
GUARDIAN = """
read -r nothing
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  [ -d "$0" ] || exit 0
  kill -9 $(cat "$0/cgroup.procs") 2>/dev/null
  rmdir "$0" 2>/dev/null || sleep 0.2
done
"""
ATTEMPTS = 60  # looks, 50 ms apart, for processes that are left


class Enclosure:
    """The processes of one peer: `start` puts a command in, `cpu_seconds` reads all of them, `close` ends all of them."""

    def __init__(self, name: str) -> None:
        self._group = _make_group(f"postroom-bench-{os.getpid()}-{name}")
        self._started: list[asyncio.subprocess.Process] = []
        self._guardian: asyncio.subprocess.Process | None = None

    async def start(self, *command: str, log: Path, env: dict[str, str] | None = None) -> None:
        """Adds a command to the tree; its output is appended to `log`. It ends when this program ends, however that happens."""
        await self._guarded()
        launcher = ["setpriv", "--pdeathsig", "KILL", "--"]
        if self._group is not None:
            launcher += ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(self._group / "cgroup.procs")]
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *launcher, *command, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, env=env, start_new_session=True
            )
        self._started.append(process)

    async def _guarded(self) -> None:
        """Sets a guardian over the cgroup: it ends what is in there as soon as this program's end of its pipe closes, even by SIGKILL.

        A parent-death signal alone is not enough: a server that changes its user loses it.
        """
        if self._group is not None and self._guardian is None:
            pipe = asyncio.subprocess.PIPE
            self._guardian = await asyncio.create_subprocess_exec("sh", "-c", GUARDIAN, str(self._group), stdin=pipe, start_new_session=True)

    @property
    def running(self) -> bool:
        """Whether every command that was started still runs."""
        return all(process.returncode is None for process in self._started)

    def pids(self) -> set[int]:
        """The processes of the tree that run now."""
        if self._group is not None and self._group.exists():
            return {int(line) for line in (self._group / "cgroup.procs").read_text().split()}
        return set().union(*(tree_of(process.pid) for process in self._started))

    def cpu_seconds(self) -> float:
        """User and system time of the tree since its start, ended processes included."""
        if self._group is not None:
            return _first_number(self._group / "cpu.stat") / 1e6
        return sum(map(cpu_of, self.pids()))

    async def close(self) -> None:
        """Ends the tree: TERM to the commands, the last first, then, after a grace, SIGKILL to whatever is left."""
        escaped = set() if self._group is not None else self.pids()
        for process in reversed(self._started):
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(process.wait() for process in self._started)), STOPPING)
        for _ in range(ATTEMPTS):
            left = {pid for pid in self.pids() | escaped if _lives(pid)}
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if not left and self._group_removed():
                break
            await asyncio.sleep(0.05)
        await asyncio.gather(*(process.wait() for process in self._started))
        if self._guardian is not None and self._guardian.stdin is not None:
            self._guardian.stdin.close()
            await self._guardian.wait()

    def _group_removed(self) -> bool:
        """Whether the cgroup is gone; it can't go before its last process is reaped."""
        if self._group is not None and self._group.exists():
            with contextlib.suppress(OSError):
                self._group.rmdir()
        return self._group is None or not self._group.exists()


def tree_of(root: int) -> set[int]:
    """A process and all its descendants, by the parents that /proc tells."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, fresh = {root}, [root]
    while fresh:
        fresh = [child for pid in fresh for child in children.get(pid, []) if child not in found]
        found.update(fresh)
    return found


def cpu_of(pid: int) -> float:
    """Seconds of CPU of one process and of the children that it has waited for; 0 when it has ended."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _lives(pid: int) -> bool:
    """Whether a process exists and is more than an entry that its parent has not read yet."""
    return _stat(pid)[:1] not in ([], ["Z"])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command's name, whose own spaces and brackets would mislead a plain split."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _make_group(name: str) -> Path | None:
    """A fresh cgroup below ours, or None where the machine does not let us."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
        own = [line[3:] for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::")]
        mount = next(Path(fields[1]) for fields in mounts if fields[2] == "cgroup2")
        group = Path(f"{mount}{own[0]}") / name
        group.mkdir()
        _first_number(group / "cpu.stat")
    except (OSError, StopIteration, IndexError, ValueError):
        return None
    return group


def _first_number(path: Path) -> int:
    with path.open(encoding="ascii") as stream:
        return int(stream.readline().split()[1])
