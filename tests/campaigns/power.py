"""The power-loss campaign: a recorded server under load is cut off at many points; one started on each remainder keeps every promise.

Several short recordings rather than a long one: each begins with a fresh directory and stays small to compare.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from typing import TYPE_CHECKING, Final

from . import journal
from .compare import compare
from .ledger import Fate, Ledger
from .load import Load
from .rebuild import Names
from .recording import record
from .report import Report, silent
from .server import Postroom, ServerError
from .wire import LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from .rebuild import Loss
    from .recording import Recording

POINTS_A_RECORDING: Final = 50
ACKNOWLEDGEMENTS: Final = 300
TOGETHER: Final = 2  # servers that are started and compared at the same time


async def try_cut(recording: Recording, point: int, home: Path, refused: Fate = Fate.NOT) -> tuple[list[str], int]:
    """Start a server on what a power cut left, compare, and let it be checked; returns the defects and how many messages were compared."""
    server = Postroom(home, workers=1)
    try:
        await server.start()
        fates = recording.ledger.fates(recording.answered_before(point), refused, rolled_back=True)
        verdict = await compare(server.target, recording.ledger, fates, lambda sighting: recording.seen_at(sighting) <= point, tries=2)
    except (ServerError, LostError, RefusedError) as error:
        return [f"the server can't be used: {error}"], 0
    finally:
        await server.kill()
    return verdict.defects + await asyncio.to_thread(server.check), verdict.messages


async def try_recording(recording: Recording, folder: Path, points: int, seed: int, report: Report, refused: Fate = Fate.NOT) -> None:
    """Cut a recording at so many points and judge each; directories without defects are removed."""
    places = asyncio.Semaphore(TOGETHER)

    async def judge(point: int, home: Path, loss: Loss) -> None:
        try:
            defects, messages = await try_cut(recording, point, home, refused)
        finally:
            places.release()
        report.found(f"{home.name} at {point} with {loss}", defects)
        report.figures["cuts"] += 1
        report.figures["cuts with defects"] += bool(defects)
        report.figures["messages compared"] += messages
        if not defects:
            shutil.rmtree(home)

    async with asyncio.TaskGroup() as group:
        for point, home, loss in recording.cut(recording.points(points, seed), folder, seed):
            await places.acquire()
            group.create_task(judge(point, home, loss))
    report.figures["acknowledged requests recorded"] += recording.acknowledgements


async def make_recording(
    template: Postroom, folder: Path, library: Path, seed: int, added: Mapping[str, str], acknowledgements: int = ACKNOWLEDGEMENTS
) -> Recording:
    """Record a server under load over a copy of a directory, every second time with names durable as on ext4."""
    server = template.copy_to(folder / f"recorded-{seed}", environment=added)
    chance = random.Random(seed)
    load = Load(server.target, Ledger(), Switchboard(), f"p{seed}", chance.getrandbits(32))
    recording = await record(server, library, load, acknowledgements, Names.JOURNALED if seed % 2 else Names.DIRECTORY_SYNC)
    if load.refusals:
        raise ServerError(f"refused without a cause: {load.refusals[:3]}")
    return recording


async def run(folder: Path, points: int, seed: int = 1, tell: Callable[[str], None] = silent) -> Report:
    """Cut the power at so many points. Raises JournalError when the recorder missed something."""
    template = Postroom(folder / "template")
    template.make_accounts()
    return await run_over(template, folder, points, seed, tell)


async def run_over(
    template: Postroom, folder: Path, points: int, seed: int, tell: Callable[[str], None] = silent, added: Mapping[str, str] | None = None
) -> Report:
    """Cut the power at so many points of servers over copies of a directory. Raises JournalError."""
    report = Report("power", tell)
    library = journal.build(folder)
    rest = points
    while rest > 0:
        recording = await make_recording(template, folder, library, seed, added or {})
        await try_recording(recording, folder, min(rest, POINTS_A_RECORDING), seed, report)
        shutil.rmtree(folder / f"recorded-{seed}")
        rest -= POINTS_A_RECORDING
        seed += 1
        tell(f"{points - max(rest, 0)}/{points} {report}")
    return report
