"""The kill campaign: a data directory, round after round under load until SIGKILL, started again, held against what was acknowledged."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from .compare import compare
from .deeds import LOOKING
from .ledger import Answer, Fate, Ledger, Sighting
from .load import Load
from .report import Report, silent
from .server import Postroom, ServerError
from .wire import LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .ledger import Request

ROUNDS_A_DIRECTORY: Final = 20
MOST_ACKNOWLEDGED: Final = 60
AFTERMATH: Final = 0.7  # seconds of further load after only a part of the server was killed
VICTIMS: Final = {"everything": 14, "the start": 2, "the supervisor": 1, "nothing": 2, "a worker": 3, "a writer": 3}
"""Who is killed, and how often: the whole process group, the group while it starts, the supervisor, nobody (the server
is stopped with TERM under load), one process that runs a module."""


@dataclass(slots=True)
class KillCampaign:
    """Rounds over one server."""

    server: Postroom
    seed: int
    report: Report
    ledger: Ledger = field(default_factory=Ledger)
    numbers: count[int] = field(default_factory=count)
    again: list[Request] = field(default_factory=list)

    async def round(self, number: int, victim: str | None = None) -> None:
        """Load, kill, start, compare; without a victim chance chooses one. Raises ServerError when the server doesn't start again."""
        chance = random.Random(f"{self.seed} {number}")
        victim = victim or chance.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        load = Load(self.server.target, self.ledger, Switchboard(), f"k{self.seed}", chance.getrandbits(32), numbers=self.numbers, again=self.again)
        await self._load_and_kill(load, victim, chance)
        self.report.figures["kills"] += 1
        await self._start_again(victim, chance)
        whole = victim in {"everything", "the start", "nothing"}
        await self._compare(f"round {number} ({victim} killed)", load, refusals_allowed=not whole)

    async def _load_and_kill(self, load: Load, victim: str, chance: random.Random) -> None:
        load.persevere = victim.startswith("a ")
        task = asyncio.create_task(load.run())
        await load.goes_on(chance.randrange(MOST_ACKNOWLEDGED))
        await asyncio.sleep(chance.uniform(0.0, 0.05))
        if load.persevere:
            os.kill(chance.choice(self.server.processes(victim.removeprefix("a "))), signal.SIGKILL)
            await asyncio.sleep(chance.uniform(0.0, AFTERMATH))
        if victim == "nothing" and (code := await self.server.stop()):
            self.report.found("stopped with TERM", [f"exit {code}"])
        elif victim == "the supervisor" and (left := await self.server.lose_supervisor()):
            self.report.found("without their supervisor", [f"{left} processes went on"])
        await self.server.kill()
        if load.persevere:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _start_again(self, victim: str, chance: random.Random) -> None:
        if victim == "the start":
            starting = asyncio.create_task(self.server.start())
            await asyncio.sleep(chance.uniform(0.1, 1.5))
            await self.server.kill()
            with suppress(ServerError):
                await starting
            await self.server.kill()
        await self.server.start()

    async def _compare(self, where: str, load: Load, *, refusals_allowed: bool) -> None:
        if not refusals_allowed:
            self.report.found(where, (f"refused without a cause: {refusal}" for refusal in load.refusals if not refusal.startswith("421")))
        fates = self.ledger.fates(lambda _: True, Fate.MAYBE if refusals_allowed else Fate.NOT)
        try:
            verdict = await compare(self.server.target, self.ledger, fates)
        except (LostError, RefusedError) as error:
            self.report.found(where, [f"the mailboxes can't be read after the restart: {error!r}"])
            raise
        self.report.found(where, verdict.defects)
        figures = self.report.figures
        figures["acknowledged requests"] += self.ledger.counts()[Answer.DONE]
        figures["kept though the 250 was never read"] += len(verdict.kept_unanswered)
        figures["not kept, without an answer"] += len(verdict.lost_unanswered)
        figures["messages compared"] += verdict.messages
        self.again += [request for request in verdict.lost_unanswered if request.answer is Answer.NONE]
        self.ledger = Ledger(verdict.settled, [], remembered(self.ledger.sightings))


def remembered(sightings: list[Sighting]) -> list[Sighting]:
    """Keep one sighting of each uid."""
    return list({(s.account, s.folder, s.validity, s.uid): s for s in sightings}.values())


async def run(folder: Path, runs: int, seed: int = 1, tell: Callable[[str], None] = silent, *, handlers: bool = False) -> Report:
    """Kill servers so many times, one directory for some rounds. Goes on with the next after a round that left nothing to compare.

    Every second directory has handlers of events, so that mail waits in the queue for them before it is placed; with `handlers` each has.
    """
    report = Report("kill", tell)
    template = Postroom(folder / "template")
    template.make_accounts()
    for first in range(0, runs, ROUNDS_A_DIRECTORY):
        handled = handlers or first // ROUNDS_A_DIRECTORY % 2 == 1
        server = template.copy_to(folder / f"from-{first}", pins='scripting.enabled = "yes"' if handled else "")
        if handled:
            server.handle(*LOOKING)
        await _run_rounds(server, range(first, min(first + ROUNDS_A_DIRECTORY, runs)), seed, report)
    return report


async def _run_rounds(server: Postroom, rounds: range, seed: int, report: Report) -> None:
    campaign = KillCampaign(server, seed, report)
    await server.start()
    try:
        for number in rounds:
            await campaign.round(number)
            report.tell(f"{number + 1} {report}")
    except (ServerError, LostError, RefusedError) as error:
        report.found(f"round {number}", [f"the rounds over {server.home} can't go on: {error}"])
    finally:
        await server.kill()
    report.found(f"the directory after round {number}", server.check())
