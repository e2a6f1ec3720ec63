"""Does size cost anything: folders from empty to a million messages in a server of 100,000 accounts, their SELECTs, and delivery into each.

The data directory is filled directly through the storage, which the caller's `Fill` does; all that is measured goes over IMAP and SMTP.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from benchmarks.loads.smtp_source import Mail
from benchmarks.peers.peer import DOMAIN
from benchmarks.peers.postroom import PASSWORD, Postroom
from benchmarks.rounds import Contestant, Figures, amount
from benchmarks.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
FOLDERS = {f"folder{size}": size for size in SIZES}
LOAD = Mail(1024, 10)
MARK_FIRST, MARK_LATER = 0.5, 0.01  # seconds that the first and a later SELECT of the largest folder must stay under


class Fill(Protocol):
    """Makes the data directory of a server of `domain` with `accounts` accounts, all with `password`.

    Among them are those of `folders`, which have that many messages of 1 KB in INBOX.
    """

    def __call__(self, data: Path, domain: str, folders: Mapping[str, int], accounts: int, password: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Folder:
    """What one folder of `size` messages costs: seconds of the first SELECT and of a later one, and delivery into it."""

    size: int
    first: float
    later: float
    delivery: Figures


class Filled(Postroom):
    """Postroom on a data directory that somebody else has filled."""

    accounts = tuple(FOLDERS)

    def configure(self) -> None:
        self.write_configuration()


async def run(fill: Fill, accounts: int, told: Callable[[str], None], rounds: int = 3, seconds: float = 2.0) -> list[Folder]:
    """Fills, starts, measures each folder, delivers into all of them in turns. Raises PeerFailed, LoadFailed."""
    with tempfile.TemporaryDirectory(prefix="postroom-scale-", ignore_cleanup_errors=True) as place:
        peer = Filled(Path(place) / "postroom")
        told(f"filling {accounts:,} accounts and folders of up to {max(SIZES):,} messages")
        peer.home.mkdir(parents=True)
        fill(peer.home / "data", DOMAIN, FOLDERS, accounts, PASSWORD)
        try:
            await peer.start()
            return await _folders(peer, rounds, seconds, told)
        finally:
            await peer.stop()


async def _folders(peer: Filled, rounds: int, seconds: float, told: Callable[[str], None]) -> list[Folder]:
    selects = []
    for session in peer.sessions:
        first = await session.select()
        selects.append((first, statistics.median([await session.select() for _ in range(9)])))
    contestant = Contestant(peer, held=sum(SIZES))
    delivery = {name: Figures() for name in FOLDERS}
    rate = (await contestant.round(LOAD, 200, list(FOLDERS))).rate
    for number in range(rounds):
        for name, figures in delivery.items():
            told(f"delivering into {FOLDERS[name]:,} messages, round {number + 1} of {rounds}")
            figures.all_rounds.append(await contestant.round(LOAD, amount(LOAD, rate, seconds), [name]))
    return [Folder(FOLDERS[name], *select, delivery[name]) for name, select in zip(FOLDERS, selects, strict=True)]


def table(folders: list[Folder]) -> Table:
    """A row a folder: the curve that ought to be flat."""
    columns = ("messages in the folder", "first SELECT ms", "later SELECT ms", "delivered/s", "CPU s/1,000")
    rows = [
        (f"{one.size:,}", _against(one.first, MARK_FIRST), _against(one.later, MARK_LATER), f"{one.delivery.rate:,.0f}", f"{one.delivery.cpu:.2f}")
        for one in folders
    ]
    return Table("What size costs", columns, rows)


def _against(seconds: float, mark: float) -> str:
    return f"{seconds * 1000:.1f} {'✓' if seconds < mark else '✗'}"
