"""Does size cost anything: a folder of a million messages in a server of 100,000 accounts, its first SELECT, later ones, and delivery into it.

Everything is measured at the floors below the doors, in a process of its own that opens the filled directory afresh, with the files out of the
system's cache: what a client of a server just started would wait for.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.filling import fill_house, message, rendered
from benchmarks.table import Table
from postroom.formats.imap.search import Body
from postroom.formats.uidset import UidSet
from postroom.mailboxes.folders import INBOX
from postroom.mailboxes.index import index_new
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.mailboxes.placing import Placement, place
from postroom.mailboxes.search import Scope, search
from postroom.runtime.config import Configuration
from postroom.runtime.house import House

DOMAIN, PASSWORD = "example.test", "secret-1"
FIRST_MARK, LATER_MARK = 0.5, 0.01  # seconds that the first and a later SELECT of the largest folder must stay under
DELIVERIES, AT_ONCE = 4_000, 50
ROUNDS = 3
INDEXED = 20_000
PROBE = "mark000321"


def run(largest: int, accounts: int, told: Callable[[str], None], place_: Path | None = None) -> list[Table]:
    """Fills a directory, measures it in other processes, removes it."""
    with tempfile.TemporaryDirectory(prefix="postroom-scale-", dir=place_, ignore_cleanup_errors=True) as made:
        data = Path(made) / "data"
        config = Configuration(data=data, logs=Path(made) / "logs", workers=1)
        folders = {f"folder{size}": size for size in sizes(largest)}
        began = time.perf_counter()
        asyncio.run(fill_house(config, DOMAIN, folders, accounts, PASSWORD, told))
        told(f"filled in {time.perf_counter() - began:.0f} s, {_gigabytes(data):.1f} GB")
        found = {step: _apart(step, data, largest, told) for step in ("opening", "delivering", "searching")}
    return tables(found, largest, accounts)


def sizes(largest: int) -> list[int]:
    """The folders' sizes: the curve from empty to the largest."""
    return [0, *(size for size in (10_000, 100_000) if size < largest), largest]


def _gigabytes(data: Path) -> float:
    return sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) / 1e9


def _apart(step: str, data: Path, largest: int, told: Callable[[str], None]) -> dict[str, Any]:
    """Runs one step in a fresh process."""
    told(step)
    for path in data.glob("*.db*"):
        _forget(path)
    done = subprocess.run([sys.executable, "-m", "benchmarks.scale", step, str(data), str(largest)], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _forget(path: Path) -> None:
    """Put a file's pages out of the system's cache."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class Lag:
    """How long the loop was busy with something else, at the worst, in seconds."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.worst = max(self.worst, time.perf_counter() - before - 0.001)

    def stop(self) -> float:
        self._task.cancel()
        return self.worst


async def _timed(work: Awaitable[Any]) -> float:
    before = time.perf_counter()
    await work
    return time.perf_counter() - before


async def opening(house: House, began: float, largest: int) -> dict[str, Any]:
    """Start-up, then SELECT of the largest folder as a door does it: folder, view, first unseen."""
    found: dict[str, Any] = {"start": time.perf_counter() - began, "memory": _megabytes()}
    account = await house.directory.accounts.get(f"folder{largest}@{DOMAIN}")

    async def select(mailboxes: Mailboxes) -> None:
        folder = await mailboxes.folder(account.id, INBOX)
        assert folder is not None
        assert len((await mailboxes.open(folder)).uids) == folder.messages
        await mailboxes.first_unseen(folder)

    lag = Lag()
    await asyncio.sleep(0.05)
    lag.worst = 0
    found["first"] = await _timed(select(house.mailboxes))
    found["lag"] = lag.stop()
    found["later"] = statistics.median([await _timed(select(house.mailboxes)) for _ in range(20)])
    found["afterwards"] = _megabytes()
    folder = await house.mailboxes.folder(account.id, INBOX)
    assert folder is not None
    await house.mailboxes.expunge(folder.id, UidSet(range(5, largest, 10)), only_deleted=False)
    gaps = Mailboxes(house.database, house.blobs)
    lag = Lag()
    found["gaps"] = await _timed(select(gaps))
    found["gaps_lag"] = lag.stop()
    return found


async def delivering(house: House, _began: float, largest: int) -> dict[str, Any]:
    """Deliver into folders of all sizes, in turns; microseconds of wall time and of CPU a message, the best round of each."""
    content = rendered(1)
    found: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for size in sizes(largest):
            account = await house.directory.accounts.get(f"folder{size}@{DOMAIN}")
            placement = Placement(account.id, prefix=b"Return-Path: <sender@remote.test>\r\n")
            shard = house.mailboxes.shard_of(account.id)
            wall, cpu = time.perf_counter(), _cpu()
            for _ in range(DELIVERIES // AT_ONCE):
                await asyncio.gather(*(house.database.transact(shard, place, content, (placement,)) for _ in range(AT_ONCE)))
            figures = ((time.perf_counter() - wall) / DELIVERIES * 1e6, (_cpu() - cpu) / DELIVERIES * 1e6)
            found[str(size)] = [min(pair) for pair in zip(figures, found.get(str(size), figures), strict=True)]
    return found


async def searching(house: House, _began: float, largest: int) -> dict[str, Any]:
    """Index a part of the mail, then search the whole of a middle folder without the index and with it."""
    size = sizes(largest)[-2]
    account = await house.directory.accounts.get(f"folder{size}@{DOMAIN}")
    folder = await house.mailboxes.folder(account.id, INBOX)
    assert folder is not None
    shard = house.mailboxes.shard_of(account.id)
    known = UidSet.of_ranges([(1, folder.uidnext)])
    scope = Scope(known, UidSet(), lambda _numbers: known, 0)
    found: dict[str, Any] = {"size": size, "without": await _timed(search(house.mailboxes, folder.id, Body(PROBE), scope))}
    wall, cpu, indexed = time.perf_counter(), _cpu(), 0
    while indexed < INDEXED and (count := await index_new(house.mailboxes, shard)):  # the search has made the folder one that is indexed
        indexed += count
    found |= {"indexed": indexed, "wall": (time.perf_counter() - wall) / indexed * 1e6, "cpu": (_cpu() - cpu) / indexed * 1e6}
    found["bytes"] = sum(path.stat().st_size for path in house.config.data.glob("text-*")) / indexed / len(message(1))
    found["with"] = await _timed(search(house.mailboxes, folder.id, Body(PROBE), scope))
    return found


def _megabytes() -> float:
    """Resident memory of this process; `ru_maxrss` would begin with that of the process which started it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tables(found: dict[str, dict[str, Any]], largest: int, accounts: int) -> list[Table]:
    """The tables that are printed."""
    opened, delivered, searched = found["opening"], found["delivering"], found["searching"]
    selects = [
        (f"start with {accounts:,} accounts", f"{opened['start'] * 1000:.0f} ms", ""),
        ("memory after the start", f"{opened['memory']:.0f} MB", ""),
        (f"first SELECT of {largest:,} messages", f"{opened['first'] * 1000:.1f} ms", _mark(opened["first"], FIRST_MARK)),
        ("the loop stood still meanwhile, at most", f"{opened['lag'] * 1000:.1f} ms", ""),
        ("later SELECT", f"{opened['later'] * 1000:.2f} ms", _mark(opened["later"], LATER_MARK)),
        ("memory with the view", f"{opened['afterwards']:.0f} MB", ""),
        ("first SELECT when every tenth message is gone", f"{opened['gaps'] * 1000:.1f} ms", _mark(opened["gaps"], FIRST_MARK)),
        ("the loop stood still meanwhile, at most", f"{opened['gaps_lag'] * 1000:.1f} ms", ""),
    ]
    searches = [
        (f"BODY in {searched['size']:,} messages without the index", f"{searched['without'] * 1000:.0f} ms", ""),
        ("the same with the index", f"{searched['with'] * 1000:.1f} ms", ""),
        ("indexing a message of 1 KB, time", f"{searched['wall']:.0f} us", ""),
        ("indexing a message of 1 KB, CPU", f"{searched['cpu']:.0f} us", ""),
        ("size of the index to the mail's", f"{searched['bytes']:.2f}", ""),
    ]
    curve = [(f"{int(size):,}", f"{wall:.0f}", f"{cpu:.0f}") for size, (wall, cpu) in delivered.items()]
    return [
        Table("What size costs", ("", "measured", "mark"), selects),
        Table("Delivery into a folder", ("messages there", "us a message", "us of CPU"), curve),
        Table("Search", ("", "measured", ""), searches),
    ]


def _mark(seconds: float, most: float) -> str:
    return f"{'✓' if seconds < most else '✗'} {most * 1000:.0f} ms"


STEPS = {"opening": opening, "delivering": delivering, "searching": searching}


async def _step(name: str, data: Path, largest: int) -> dict[str, Any]:
    began = time.perf_counter()
    house = await House.enter(Configuration(data=data, logs=data.parent / "logs", workers=1))
    try:
        return await STEPS[name](house, began, largest)
    finally:
        await house.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))))
