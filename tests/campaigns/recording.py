"""One recorded run of a server under load, and the directories that a power cut at any of its instants leaves behind."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from . import journal
from .journal import Kind
from .ledger import Answer
from .load import Load
from .rebuild import Disk, Loss, Names
from .replies import Replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .ledger import Ledger, Request, Sighting
    from .server import Postroom

LOSSES: Final = ((8, Loss()), (4, Loss(kept=0.5)), (6, Loss(kept=0.5, torn=0.5)), (2, Loss(kept=0.9, torn=0.3)))
"""How often which kind of loss is tried: nothing unsynced kept, a random half, torn pieces, almost all."""

INSTANTS: Final = {
    Kind.SYNC_BEGIN: 2,
    Kind.SYNC_END: 2,
    Kind.TRUNCATE: 3,
    Kind.RENAME: 3,
    Kind.UNLINK: 3,
    Kind.WRITE: 1,
}
"""The records after which power is cut, besides acknowledgements, and their weights."""


def environment(library: Path, data: Path, journal_file: Path, faults: Path | None = None) -> dict[str, str]:
    """What a server's environment needs to be recorded."""
    variables = {"LD_PRELOAD": library, "RECORDER_ROOT": data.resolve(), "RECORDER_JOURNAL": journal_file}
    if faults:
        variables["RECORDER_FAULTS"] = faults
    return {name: str(value) for name, value in variables.items()}


async def under_load(load: Load, acknowledgements: int) -> None:
    """Run a load until so much was acknowledged."""
    loading = asyncio.create_task(load.run())
    await load.goes_on(acknowledgements)
    loading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await loading


@dataclass(slots=True)
class Recording:
    """A journal with the ledger of the load that ran meanwhile, and the disk as it was before."""

    file: Path
    disk: Disk
    ledger: Ledger
    replies: Replies = field(default_factory=Replies)
    _acknowledged: list[int] = field(default_factory=list)
    _instants: dict[Kind, list[int]] = field(default_factory=dict)

    def read(self) -> None:
        """Read the journal once, to know when everything happened. Raises JournalError."""
        for record in journal.read(self.file):
            self.replies.feed(record)
            self._instants.setdefault(record.kind, []).append(record.place)
        places = {self.answered_at(request) for request in self.ledger.requests if request.answer is Answer.DONE}
        last = max((places[-1] for places in self._instants.values()), default=0)
        self._acknowledged = sorted(place for place in places if place <= last)

    def answered_at(self, request: Request) -> int:
        """The place in the journal where a request's answer left the server."""
        return self.replies.place(request.stream, request.offset)

    def seen_at(self, sighting: Sighting) -> int:
        """The place in the journal where the server told a uid."""
        return self.replies.place(sighting.stream, sighting.offset)

    @property
    def acknowledgements(self) -> int:
        """How many promises the journal holds."""
        return len(self._acknowledged)

    def points(self, count: int, seed: int) -> list[int]:
        """Choose when to cut: half of the points just after an acknowledgement left, the others around syncs, truncations and renames."""
        chance = random.Random(seed)
        kinds = [kind for kind in INSTANTS if self._instants.get(kind)]
        points = [chance.choice(self._acknowledged) for _ in range(count // 2) if self._acknowledged]
        others = chance.choices(kinds, [INSTANTS[kind] for kind in kinds], k=count - len(points))
        return sorted(points + [chance.choice(self._instants[kind]) for kind in others])

    def cut(self, points: list[int], folder: Path, seed: int) -> Iterator[tuple[int, Path, Loss]]:
        """Yield, for each point in order, a new data directory below a folder as a cut just after that point leaves it; works once."""
        chance = random.Random(seed)
        waiting = iter(sorted(points))
        point = next(waiting, None)
        for record in journal.read(self.file):
            while point is not None and point < record.place:
                yield point, *self._write(folder, chance)
                point = next(waiting, None)
            self.disk.feed(record)
        while point is not None:
            yield point, *self._write(folder, chance)
            point = next(waiting, None)

    def _write(self, folder: Path, chance: random.Random) -> tuple[Path, Loss]:
        kind = chance.choices([loss for _, loss in LOSSES], [weight for weight, _ in LOSSES])[0]
        loss = Loss(kind.kept, kind.torn, chance.getrandbits(32))
        home = folder / f"cut-{chance.getrandbits(48):012x}"
        self.disk.write_out(home / "data", loss)
        return home, loss

    def answered_before(self, point: int) -> Callable[[Request], bool]:
        """Tell which requests were answered before a cut."""
        return lambda request: self.answered_at(request) <= point


async def record(server: Postroom, library: Path, load: Load, acknowledgements: int, names: Names = Names.DIRECTORY_SYNC) -> Recording:
    """Record a server under load until so much was acknowledged, then kill it. Raises ServerError, JournalError."""
    file = server.home / "journal"
    journal.begin(file)
    server.environment = {**server.environment, **environment(library, server.data, file)}
    recording = Recording(file, Disk(server.data, names), load.ledger)
    await server.start()
    await under_load(load, acknowledgements)
    await server.kill()
    recording.read()
    return recording
