"""Mail going out: messages a second from a user's submission to the sinks, and CPU for 1,000 of them, Postroom signing beside Postfix."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import waiting
from benchmarks.loads.sink import Sinks
from benchmarks.loads.submission import CONNECTIONS, Errand, submit
from benchmarks.machine import Machine, this_machine
from benchmarks.marks import Mark
from benchmarks.peers.peer import PeerFailed, find
from benchmarks.peers.postfix_sending import PostfixOpenDKIM, PostfixSending
from benchmarks.peers.postroom_sending import PostroomSending, PostroomUnsigned
from benchmarks.rounds import CALM_MACHINE, Contest, Contestant, Figures, Round
from benchmarks.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.loads.smtp_source import Mail
    from benchmarks.peers.sender import Sender

PEERS: tuple[type[PostfixSending | PostroomSending], ...] = (PostfixSending, PostfixOpenDKIM, PostroomSending, PostroomUnsigned)
SIZE = 4096
LOADS = tuple(Errand(SIZE, CONNECTIONS, destinations=many) for many in (1, 10, 50))
MARKS = tuple(Mark(errand.name, PostfixSending.name, 1.0, 2.0) for errand in LOADS)
METHOD = (
    f"One program submits over {CONNECTIONS} kept connections, with pipelining, as fast as it is let; each message has one recipient, at the "
    "destinations by turns. The time is from the first submission to the last arrival at the sinks (smtp-sink, one a destination, on the same "
    "cores). Peers take turns, all others idle meanwhile; 'sent/s' is the median of the calm rounds. CPU is that of the peer's whole process tree "
    "until it is idle again."
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a run takes: rounds of about so many seconds each, up to `extra` more for who had too few calm ones, and the limit of the whole."""

    rounds: int
    extra: int
    seconds: float
    limit: float


PACES = {True: Pace(2, 0, 2.0, 240), False: Pace(3, 2, 4.0, 600)}


@dataclass(slots=True)
class Results:
    """What a run found: figures by load and peer, and what went wrong, in sentences."""

    machine: Machine
    figures: dict[str, dict[str, Figures]] = field(default_factory=dict)
    starts: tuple[waiting.Start, waiting.Start] | None = None
    troubles: list[str] = field(default_factory=list)


class Relay(Contestant):
    """A peer whose mail is done with when the sinks have it."""

    def __init__(self, peer: Sender) -> None:
        super().__init__(peer)
        self._sender = peer

    async def round(self, mail: Mail, messages: int, names: Sequence[str] = ()) -> Round:
        """Submits, waits until the sinks have all of it and the peer is idle. Raises LoadFailed, PeerFailed."""
        assert isinstance(mail, Errand)
        sinks = self._sender.sinks
        self.held = sinks.count()
        domains = names or [sinks.destination(number) for number in range(mail.destinations)]

        async def submitted() -> tuple[int, float, float]:
            return messages, *await submit(mail, messages, self._sender.submission, domains)

        return await self._measured(submitted)

    def load_seconds(self) -> float:
        """CPU seconds of the program that submits, and of the sinks."""
        return super().load_seconds() + self._sender.sinks.tree.cpu_seconds()


async def run(kinds: Sequence[type[PostfixSending | PostroomSending]], *, quick: bool, told: Callable[[str], None]) -> Results:
    """Starts sinks and peers and runs all loads. A peer that fails is left out from there on, and the results say so."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    home.chmod(0o755)
    results, pace = Results(this_machine(home)), PACES[quick]
    try:
        async with asyncio.timeout(pace.limit), AsyncExitStack() as stack:
            if find("smtp-sink") is None:
                raise PeerFailed("smtp-sink not found: apt-get install postfix")
            sinks = Sinks(home / "sinks", max(errand.destinations for errand in LOADS))
            stack.push_async_callback(sinks.stop)
            await sinks.start()
            if PostroomSending in kinds:
                results.starts = await waiting.starts(home, sinks, told)
            contest = Contest(await _started(kinds, home, sinks, stack, results, told), told)
            for errand in LOADS:
                results.figures[errand.name] = await contest.measure(errand, pace.rounds, pace.seconds, pace.extra, probes=False)
                results.troubles += contest.troubles
                contest.troubles.clear()
    except TimeoutError:
        results.troubles.append(f"Stopped after {pace.limit:.0f} seconds; what is missing was not measured.")
    except PeerFailed as error:
        results.troubles.append(f"Nothing was measured: {error}")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return results


async def _started(
    kinds: Sequence[type[PostfixSending | PostroomSending]],
    home: Path,
    sinks: Sinks,
    stack: AsyncExitStack,
    results: Results,
    told: Callable[[str], None],
) -> list[Relay]:
    relays = []
    for kind in kinds:
        if missing := kind.missing():
            results.troubles.append(f"{kind.name} was not measured: {missing}.")
            continue
        told(f"{kind.name} starts")
        peer = kind(home / kind.__name__.lower(), sinks)
        stack.push_async_callback(peer.stop)
        try:
            await peer.start()
            relays.append(Relay(peer))
        except (PeerFailed, OSError) as error:
            results.troubles.append(f"{kind.name} was not measured: {error}")
    return relays


def tables(results: Results) -> list[Table]:
    """The figures, Postroom against its marks, and what a full queue costs."""
    judged = [_judged(results)] if _measured(results) else []
    return [_figures(results), *judged, *([waiting.table(results.starts)] if results.starts else [])]


def notes(results: Results) -> list[str]:
    """The sentences below the tables: the machine, how busy others kept it, and what went wrong."""
    busy = [load for load, found in results.figures.items() if any(one.others > CALM_MACHINE for one in found.values())]
    warning = f"Other programs used more than a fifth of the machine during {'; '.join(busy)}: those figures are not fit to compare."
    return [f"Machine: {results.machine}.", *([warning] if busy else []), *results.troubles]


def _figures(results: Results) -> Table:
    columns = ("", "sent/s", "slowest - fastest", f"times {PostfixSending.name}", "CPU s/1,000", "less CPU", "others")
    rows: list[tuple[str, ...]] = []
    for load, found in results.figures.items():
        rows.append((load,))
        rows += [_row(name, one, found.get(PostfixSending.name)) for name, one in found.items()]
    return Table("Mail going out", columns, rows)


def _row(name: str, one: Figures, first: Figures | None) -> tuple[str, ...]:
    slowest, fastest = one.spread
    faster, less = (f"{one.rate / first.rate:.1f}", f"{first.cpu / one.cpu:.1f}") if first else ("", "")
    return name, f"{one.rate:,.0f}", f"{slowest:,.0f} - {fastest:,.0f}", faster, f"{one.cpu:.2f}", less, f"{one.others:.0%}"


def _measured(results: Results) -> list[tuple[Mark, float]]:
    """Each mark that this run can judge, with how many times faster Postroom was."""
    found = []
    for mark in MARKS:
        figures = results.figures.get(mark.load, {})
        ours, theirs = figures.get(PostroomSending.name), figures.get(mark.peer)
        if ours and theirs:
            found.append((mark, ours.rate / theirs.rate))
    return found


def _judged(results: Results) -> Table:
    rows = [(mark.name, f"{mark.must:g}", f"{mark.aim:g}", f"{times:.1f}", mark.judge(times)) for mark, times in _measured(results)]
    return Table("Postroom, signing, against its marks", ("", "must, times", "aim", "measured", ""), rows)
