"""Mail coming in: messages delivered a second, CPU for 1,000 of them, latencies and syncs, for every peer in the same run."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.loads.smtp_source import LoadFailed, Mail
from benchmarks.loads.syncs import counted, traced
from benchmarks.machine import Machine, this_machine
from benchmarks.marks import Mark
from benchmarks.peers.aiosmtpd import Aiosmtpd
from benchmarks.peers.peer import Peer, PeerFailed, find
from benchmarks.peers.postfix import Postfix
from benchmarks.peers.postfix_dovecot import PostfixDovecot
from benchmarks.peers.postroom import Postroom
from benchmarks.rounds import CALM_MACHINE, Contest, Contestant, Figures
from benchmarks.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PEERS: tuple[type[Peer], ...] = (PostfixDovecot, Postfix, Aiosmtpd, Postroom)
SMALL, LARGE = 4096, 102400
LOADS = (
    Mail(SMALL, 1), Mail(SMALL, 10), Mail(SMALL, 50), Mail(LARGE, 10),
    Mail(SMALL, 1, kept=False), Mail(SMALL, 10, kept=False), Mail(SMALL, 50, kept=False), Mail(LARGE, 10, kept=False),
)  # fmt: skip
QUICK_LOADS = LOADS[:4]
METHOD = (
    "Every peer gets mail from the same smtp-source, in turns, all others idle meanwhile. A round lasts until every message was counted "
    "in the mailboxes; 'delivered/s' is the median of the calm rounds, those in which others used at most a fifth of the machine (of all, "
    "when none was calm). CPU is that of the peer's whole process tree from the first byte until it is idle again. Latencies are of one "
    "connection in ten, from MAIL to the 250 of the content, in a round of their own. 'others' is the largest share of the machine that "
    "other programs, and the kernel's own threads, took during a round that counts. Syncs are counted in a run of their own, under "
    "strace."
)
SYNCS_OF = Mail(SMALL, 10)


def _marks(mail: Mail) -> list[Mark]:
    """The marks of one load, as the issue that asked for them sets them; those of CPU are the reciprocals of its 1/8 and 1/12."""
    delivered = {(SMALL, 1): (2.5, 4.0), (SMALL, 10): (5.0, 8.0), (SMALL, 50): (5.0, 8.0), (LARGE, 10): (4.0, 8.0)}[mail.size, mail.connections]
    cpu = {(SMALL, 10): (8.0, 12.0), (SMALL, 50): (8.0, 12.0), (LARGE, 10): (6.0, None)}.get((mail.size, mail.connections))
    marks = [Mark(mail.name, PostfixDovecot.name, *delivered)]
    marks += [Mark(mail.name, PostfixDovecot.name, *cpu, cpu=True)] if cpu else []
    return [*marks, Mark(mail.name, Postfix.name, 2.0, 3.0)]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a run takes: which loads, how many rounds of about how many seconds, and after how many seconds it stops by itself.

    A peer with fewer calm rounds than `rounds` gets up to `extra` more.
    """

    loads: Sequence[Mail]
    rounds: int
    extra: int
    seconds: float
    limit: float


PACES = {True: Pace(QUICK_LOADS, 2, 0, 2.0, 240), False: Pace(LOADS, 3, 2, 2.0, 870)}
MARKS = tuple(mark for mail in LOADS for mark in _marks(mail))


@dataclass(slots=True)
class Results:
    """What a run found: figures by load and peer, syncs for 1,000 messages by peer, and what went wrong, in sentences."""

    machine: Machine
    figures: dict[str, dict[str, Figures]] = field(default_factory=dict)
    syncs: dict[str, Counter[str]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


async def run(kinds: Sequence[type[Peer]], *, quick: bool, told: Callable[[str], None], only: Sequence[str] = ()) -> Results:
    """Runs all loads (or those whose names begin so) on all peers, within the time that PACES gives.

    A peer that fails is left out from there on, and the results say so.
    """
    home = _temporary()
    pace = PACES[quick]
    pace = replace(pace, loads=[mail for mail in pace.loads if not only or mail.name.startswith(tuple(only))])
    results = Results(this_machine(home))
    try:
        async with asyncio.timeout(pace.limit):
            present = [kind for kind in kinds if not _absent(kind, results)]
            for kind in () if only else present:
                await _syncs(kind, home / f"{_slug(kind)}-syncs", results, told)
            await _rounds(present, home, results, pace, told)
    except TimeoutError:
        results.troubles.append(f"Stopped after {pace.limit:.0f} seconds; what is missing was not measured.")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return results


def _temporary() -> Path:
    """A directory that the peers' own users may pass through."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    home.chmod(0o755)
    return home


def _absent(kind: type[Peer], results: Results) -> bool:
    missing = kind.missing()
    if missing:
        results.troubles.append(f"{kind.name} was not measured: {missing}.")
    return missing is not None


async def _rounds(kinds: Sequence[type[Peer]], home: Path, results: Results, pace: Pace, told: Callable[[str], None]) -> None:
    """Starts all peers, then load after load in turns."""
    async with AsyncExitStack() as stack:
        contestants = []
        for kind in kinds:
            told(f"{kind.name} starts")
            peer = kind(home / _slug(kind))
            stack.push_async_callback(peer.stop)
            try:
                await peer.start()
                contestants.append(Contestant(peer))
            except (PeerFailed, OSError) as error:
                results.troubles.append(f"{kind.name} was not measured: {error}")
        contest = Contest(contestants, told)
        for mail in pace.loads:
            results.figures[mail.name] = await contest.measure(mail, pace.rounds, pace.seconds, extra=pace.extra)
            results.troubles += contest.troubles
            contest.troubles.clear()


async def _syncs(kind: type[Peer], home: Path, results: Results, told: Callable[[str], None]) -> None:
    """Counts the syncs of 300 messages, on a fresh peer that runs under strace."""
    if find("strace") is None:
        results.troubles.append("Syncs were not counted: apt-get install strace.")
        return
    told(f"{kind.name}: syncs")
    record = home / "syncs"
    peer = kind(home, traced(record))
    try:
        await peer.start()
        contestant = Contestant(peer)
        await contestant.round(SYNCS_OF, 100)
        began, messages = time.time(), 300
        await contestant.round(SYNCS_OF, messages)
        calls = counted(record, began, time.time())
        results.syncs[kind.name] = Counter({call: round(1000 * number / messages) for call, number in calls.items()})
    except (PeerFailed, LoadFailed) as error:
        results.troubles.append(f"{kind.name}'s syncs were not counted: {error}")
    finally:
        await peer.stop()


def _slug(kind: type[Peer]) -> str:
    return kind.__name__.lower()


def tables(results: Results) -> list[Table]:
    """The figures, the syncs, and Postroom against its marks."""
    return [_figures(results), *([_synced(results)] if results.syncs else []), *([_judged(results)] if _measured(results) else [])]


def notes(results: Results) -> list[str]:
    """The sentences below the tables: the machine, how busy others kept it, and what went wrong."""
    busy = [load for load, found in results.figures.items() if any(one.others > CALM_MACHINE for one in found.values())]
    warning = f"Other programs used more than a fifth of the machine during {'; '.join(busy)}: those figures are not fit to compare."
    return [f"Machine: {results.machine}.", *([warning] if busy else []), *results.troubles]


def _figures(results: Results) -> Table:
    columns = ("", "delivered/s", "slowest - fastest", f"times {PostfixDovecot.name}", "CPU s/1,000", "less CPU", "p50 ms", "p99 ms", "others")
    rows: list[tuple[str, ...]] = []
    for load, found in results.figures.items():
        rows.append((load,))
        rows += [_row(name, one, found.get(PostfixDovecot.name)) for name, one in found.items()]
    return Table("Mail coming in", columns, rows)


def _row(name: str, one: Figures, first: Figures | None) -> tuple[str, ...]:
    slowest, fastest = one.spread
    faster, less = (f"{one.rate / first.rate:.1f}", f"{first.cpu / one.cpu:.1f}") if first else ("", "")
    latencies = ["" if seconds is None else f"{seconds * 1000:.1f}" for seconds in (one.latency(0.5), one.latency(0.99))]
    return name, f"{one.rate:,.0f}", f"{slowest:,.0f} - {fastest:,.0f}", faster, f"{one.cpu:.2f}", less, *latencies, f"{one.others:.0%}"


def _synced(results: Results) -> Table:
    rows = [
        (name, f"{calls.total():,}", ", ".join(f"{call} {number:,}" for call, number in calls.most_common())) for name, calls in results.syncs.items()
    ]
    return Table(f"Syncs for 1,000 messages ({SYNCS_OF.name})", ("", "syncs", "calls"), rows)


def _measured(results: Results) -> list[tuple[Mark, float]]:
    """Each mark that this run can judge, with how many times better Postroom was."""
    found = []
    for mark in MARKS:
        figures = results.figures.get(mark.load, {})
        ours, theirs = figures.get(Postroom.name), figures.get(mark.peer)
        if ours and theirs:
            found.append((mark, theirs.cpu / ours.cpu if mark.cpu else ours.rate / theirs.rate))
    return found


def _judged(results: Results) -> Table:
    rows = [
        (mark.name, f"{mark.must:g}", f"{mark.aim:g}" if mark.aim else "", f"{times:.1f}", mark.judge(times)) for mark, times in _measured(results)
    ]
    return Table("Postroom against its marks", ("", "must, times", "aim", "measured", ""), rows)
