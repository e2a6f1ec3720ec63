"""Mail coming in with handlers of OnAcceptMessage and OnDeliverMessage, beside the same server without any."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.loads.smtp_source import Mail
from benchmarks.peers.peer import Peer, PeerFailed, find
from benchmarks.peers.postroom import Postroom
from benchmarks.peers.postroom_scripted import PostroomScripted
from benchmarks.rounds import Contest, Contestant, Figures
from benchmarks.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

PEERS: tuple[type[Peer], ...] = (Postroom, PostroomScripted)
LOADS = (Mail(4096, 1), Mail(4096, 10))
MUST, AIM = 0.25, 0.4
"""Of what is delivered a second without handlers, so much with them."""
METHOD = (
    "Delivery: two servers, one of them with VBScript handlers of OnAcceptMessage and OnDeliverMessage that look at client, sender and size, get "
    "mail from the same smtp-source, in turns; a message counts when it is in its mailbox."
)


async def measure(told: Callable[[str], None], *, quick: bool) -> tuple[dict[str, dict[str, Figures]], list[str]]:
    """Starts both servers and runs the loads; gives figures by load and server, and what went wrong, in sentences."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    home.chmod(0o755)
    figures: dict[str, dict[str, Figures]] = {}
    try:
        async with AsyncExitStack() as stack:
            if find("smtp-source") is None:
                raise PeerFailed("smtp-source not found: apt-get install postfix")
            contestants = []
            for kind in PEERS:
                told(f"{kind.name} starts")
                peer = kind(home / kind.__name__.lower())
                stack.push_async_callback(peer.stop)
                await peer.start()
                contestants.append(Contestant(peer))
            contest = Contest(contestants, told)
            for mail in LOADS:
                figures[mail.name] = await contest.measure(mail, 2 if quick else 3, 2.0, 0 if quick else 2, probes=False)
            return figures, contest.troubles
    except PeerFailed as error:
        return figures, [f"Delivery with handlers was not measured: {error}"]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def table(figures: dict[str, dict[str, Figures]]) -> Table:
    """The table that is printed."""
    rows: list[tuple[str, ...]] = []
    for load, found in figures.items():
        without, with_them = found.get(Postroom.name), found.get(PostroomScripted.name)
        if without is None or with_them is None:
            continue
        share = with_them.rate / without.rate
        judged = "✓ aim" if share >= AIM else "✓ must" if share >= MUST else "✗"
        costs = f"{without.cpu:.2f}", f"{with_them.cpu:.2f}"
        rows.append((load, f"{without.rate:,.0f}", f"{with_them.rate:,.0f}", f"{share:.0%}", judged, *costs, f"{with_them.others:.0%}"))
    columns = ("", "without, delivered/s", "with", "share", f"must {MUST:.0%}, aim {AIM:.0%}", "CPU s/1,000 without", "with", "others")
    return Table("Delivery with handlers", columns, rows)
