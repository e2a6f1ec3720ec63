"""The run: both peers over the same mailbox, row after row, round after round in turns; and the tables."""

from __future__ import annotations

import asyncio
import gc
import shutil
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.imap.box import make_box
from benchmarks.imap.dovecot import Dovecot
from benchmarks.imap.postroom import Postroom
from benchmarks.imap.rows import ROWS, Row
from benchmarks.imap.stage import Stage
from benchmarks.loads.smtp_source import LoadFailed
from benchmarks.machine import Machine, busy_seconds, own_seconds, this_machine
from benchmarks.peers.peer import PeerFailed
from benchmarks.rounds import CALM_MACHINE, cores, quiet
from benchmarks.table import Table
from postroom.network.certificates import keep_self_signed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MESSAGES = 20_000
INDEXING = 60.0  # seconds that a server may take to index what came
METHOD = (
    "Both servers hold the same messages and stay up; each row is played in turns, Dovecot first, by one client over plain loopback sockets, "
    "which checks every answer (numbers, sizes, message ids, SHA-256 of whole bodies) off the clock. 'times' is the median over the rounds of "
    "Postroom's rate divided by Dovecot's in the same round. CPU is that of the server's whole process tree. For APPEND, COPY and the mixed load "
    "the server is waited for until its text index has caught up and it is idle, and the CPU seconds of that are added to CPU and to the time."
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often each row is played, and for about how many seconds."""

    rounds: int
    seconds: float
    limit: float


PACES = {True: Pace(2, 0.3, 300), False: Pace(5, 1.5, 1500)}


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a row: units done, seconds, CPU seconds of the server, share of the machine that others used."""

    units: int
    seconds: float
    cpu: float
    others: float

    @property
    def rate(self) -> float:
        """Units a second."""
        return self.units / self.seconds


@dataclass(slots=True)
class Figures:
    """All rounds of one row, in pairs: Dovecot's and Postroom's of the same turn."""

    theirs: list[Round] = field(default_factory=list)
    ours: list[Round] = field(default_factory=list)

    @property
    def times(self) -> float:
        """How many times faster Postroom is."""
        return statistics.median(our.rate / their.rate for our, their in zip(self.ours, self.theirs, strict=True))

    @property
    def less_cpu(self) -> float:
        """How many times less CPU a unit Postroom takes."""
        return statistics.median(cpu(their) / max(cpu(our), 1e-9) for our, their in zip(self.ours, self.theirs, strict=True))

    @property
    def others(self) -> float:
        """The largest share of the machine that others took."""
        return max(one.others for one in (*self.ours, *self.theirs))


def cpu(one: Round) -> float:
    """CPU seconds a unit."""
    return one.cpu / one.units


@dataclass(slots=True)
class Results:
    """What a run found: figures by row, and what went wrong, in sentences."""

    machine: Machine
    figures: dict[str, Figures] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


async def run(*, quick: bool, told: Callable[[str], None], only: Sequence[str] = (), messages: int = MESSAGES) -> Results:
    """Play all rows, or those whose name begins with one of `only`, within the time of PACES; what fails is told by the results."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    home.chmod(0o755)
    pace, results = PACES[quick], Results(this_machine(home))
    rows = [row for row in ROWS if any(row.name.lower().startswith(name.lower()) for name in only) or (not only and not (quick and row.long))]
    try:
        missing = Dovecot.missing()
        if missing:
            results.troubles.append(f"Nothing was measured: {missing}.")
            return results
        async with asyncio.timeout(pace.limit):
            await _play(rows, home, messages, pace, results, told)
    except TimeoutError:
        results.troubles.append(f"Stopped after {pace.limit:.0f} seconds; what is missing was not measured.")
    except (PeerFailed, LoadFailed, OSError) as error:
        results.troubles.append(f"Stopped: {error}")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return results


async def _play(rows: Sequence[Row], home: Path, messages: int, pace: Pace, results: Results, told: Callable[[str], None]) -> None:
    certificate = home / "certificate.pem"
    keep_self_signed(certificate, ["mx.bench.test"])
    told(f"{messages:,} messages are made")
    filling = Postroom(home / "postroom", certificate, ("benchmarks.imap.filling", str(messages)))
    async with AsyncExitStack() as stack:
        # Postroom fills its directory in a process of its own while the maildirs are written here.
        box, _ = await asyncio.gather(asyncio.to_thread(make_box, messages, home / "maildirs"), asyncio.to_thread(filling.fill_directory))
        stages = []
        for peer in (Dovecot(home / "dovecot", home / "maildirs", certificate), filling):
            told(f"{peer.name} starts")
            stack.push_async_callback(peer.stop)
            await peer.start()
            stage = Stage(peer, box)
            await stage.enter()
            stack.callback(stage.leave)
            stages.append(stage)
        for stage in stages:
            await quiet(stage.peer)
        gc.freeze()
        for row in rows:
            results.figures[row.name] = await _row(row, stages, pace, results, told)


async def _row(row: Row, stages: Sequence[Stage], pace: Pace, results: Results, told: Callable[[str], None]) -> Figures:
    """Play a row in turns; a row that fails is left out."""
    found = Figures()
    try:
        if not row.once:
            for stage in stages:
                await _round(row, stage, 0.0)
        for number in range(pace.rounds):
            told(f"{row.name}: round {number + 1}")
            theirs, ours = [await _round(row, stage, 0.0 if row.once else pace.seconds) for stage in stages]
            found.theirs.append(theirs)
            found.ours.append(ours)
    except LoadFailed as error:
        results.troubles.append(f"{row.name}: {error}")
    return found


async def _round(row: Row, stage: Stage, seconds: float) -> Round:
    """Play a row against one peer for about so long, once at least; raises LoadFailed."""
    if row.prepare is not None:
        await row.prepare(stage)
    tree, units, spent = stage.peer.tree, 0, 0.0
    before, busy, own, clock = tree.cpu_seconds(), busy_seconds(), own_seconds(), time.perf_counter()
    while not units or spent < seconds:
        began = time.perf_counter()
        done = await row.run(stage)
        ended = time.perf_counter()
        done.check()
        units, spent = units + done.units, spent + ended - began
    used = tree.cpu_seconds() - before
    others = max(0.0, busy_seconds() - busy - used - own_seconds() + own) / (time.perf_counter() - clock) / cores()
    if row.finish is not None:
        await row.finish(stage, units)
    late = await _afterwards(stage, tree.cpu_seconds()) if row.late and seconds else 0.0
    return Round(units, spent + late, used + late, others)


async def _afterwards(stage: Stage, before: float) -> float:
    """CPU seconds that a server still spends until all is indexed and it is idle."""
    deadline = time.monotonic() + INDEXING
    while not stage.peer.indexed() and time.monotonic() < deadline:  # noqa: ASYNC110 - another process indexes
        await asyncio.sleep(0.2)
    await quiet(stage.peer)
    return stage.peer.tree.cpu_seconds() - before


def tables(results: Results) -> list[Table]:
    """What was measured, a line a row."""
    columns = ("", "Dovecot /s", "Postroom /s", "times", "must", "aim", "", "Dovecot CPU us", "Postroom CPU us", "less CPU", "others")
    return [Table("IMAP and POP3 beside Dovecot", columns, [_line(row, results.figures[row.name]) for row in ROWS if _measured(row, results)])]


def _measured(row: Row, results: Results) -> bool:
    return row.name in results.figures and bool(results.figures[row.name].ours)


def _line(row: Row, found: Figures) -> tuple[str, ...]:
    theirs, ours = (statistics.median(one.rate for one in rounds) for rounds in (found.theirs, found.ours))
    their_cpu, our_cpu = (statistics.median(map(cpu, rounds)) * 1e6 for rounds in (found.theirs, found.ours))
    less = f"{found.less_cpu:.1f}" + (f" (must {row.less_cpu:g}) {'✓' if found.less_cpu >= row.less_cpu else '✗'}" if row.less_cpu else "")
    return (
        f"{row.name} ({row.unit})", f"{theirs:,.0f}", f"{ours:,.0f}", f"{found.times:.1f}", f"{row.must:g}" if row.must else "",
        f"{row.aim:g}" if row.aim else "", judge(row, found.times), f"{their_cpu:,.1f}", f"{our_cpu:,.1f}", less, f"{found.others:.0%}",
    )  # fmt: skip


def judge(row: Row, times: float) -> str:
    """`✓ aim`, `✓ must`, `✗`, or nothing for a row without marks."""
    if row.must is None:
        return ""
    if row.aim is not None and times >= row.aim:
        return "✓ aim"
    return "✓ must" if times >= row.must else "✗"


def notes(results: Results) -> list[str]:
    """The sentences below the table."""
    busy = [row for row, found in results.figures.items() if found.ours and found.others > CALM_MACHINE]
    warning = f"Other programs used more than a fifth of the machine during {'; '.join(busy)}: compare ratios, not rates."
    return [f"Machine: {results.machine}.", *([warning] if busy else []), *results.troubles]


def document(results: Results) -> dict[str, Any]:
    """The same as one JSON document."""
    rows = {
        row.name: {
            "unit": row.unit, "times": found.times, "must": row.must, "aim": row.aim, "judged": judge(row, found.times),
            "less_cpu": found.less_cpu, "must_less_cpu": row.less_cpu, "others": found.others,
            "rates": {"dovecot": [one.rate for one in found.theirs], "postroom": [one.rate for one in found.ours]},
            "cpu": {"dovecot": [cpu(one) for one in found.theirs], "postroom": [cpu(one) for one in found.ours]},
        }
        for row in ROWS if _measured(row, results) for found in (results.figures[row.name],)
    }  # fmt: skip
    return {"machine": str(results.machine), "rows": rows, "troubles": results.troubles}
