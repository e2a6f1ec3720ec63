"""One measured run of a load against a peer, and many of them in turns."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.loads.prober import Prober
from benchmarks.loads.smtp_source import ACCOUNTS_A_ROUND, LoadFailed, Mail, send
from benchmarks.machine import busy_seconds, own_seconds
from benchmarks.peers.peer import ACCOUNTS, Peer, PeerFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

DELIVERING = 60.0  # seconds after the last 250 in which everything must be in the mailboxes
CALM = 0.25  # a peer is idle when in two looks this far apart it has used less than a twentieth of a core
CALM_MACHINE = 0.2  # share of the machine that others may use in a round that counts
LARGEST = 600 * 1024 * 1024  # bytes of mail in one round


@dataclass(frozen=True, slots=True)
class Round:
    """One run: messages seen in the mailboxes, seconds until the last 250 and until the last delivery, CPU seconds until the peer was idle.

    `others` is the share of the machine (0 to 1) that neither the peer nor the load has used: what to distrust a figure by.
    """

    messages: int
    accepting: float
    seconds: float
    cpu: float
    others: float

    @property
    def rate(self) -> float:
        """Messages delivered a second."""
        return self.messages / self.seconds

    @property
    def calm(self) -> bool:
        """Whether others left the machine to it."""
        return self.others <= CALM_MACHINE


@dataclass(slots=True)
class Figures:
    """All rounds of one load against one peer, and the latencies of its probes in seconds.

    The figures are of the calm rounds, those in which others used at most a fifth of the machine; of all when none was calm.
    """

    all_rounds: list[Round] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def rounds(self) -> list[Round]:
        """The rounds that count."""
        return [one for one in self.all_rounds if one.calm] or self.all_rounds

    @property
    def calm(self) -> int:
        """How many calm rounds there are."""
        return sum(one.calm for one in self.all_rounds)

    @property
    def rate(self) -> float:
        """Median over the rounds of the messages delivered a second."""
        return statistics.median(one.rate for one in self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """The slowest and the fastest round, messages a second."""
        return min(one.rate for one in self.rounds), max(one.rate for one in self.rounds)

    @property
    def cpu(self) -> float:
        """Median over the rounds of the CPU seconds for 1,000 messages."""
        return statistics.median(1000 * one.cpu / one.messages for one in self.rounds)

    @property
    def others(self) -> float:
        """Largest share of the machine that others used during a round."""
        return max(one.others for one in self.rounds)

    def latency(self, share: float) -> float | None:
        """The seconds within which this share of the probes was accepted; None without probes."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


class Contestant:
    """A running peer during the benchmark: knows how many messages its mailboxes must hold and which account comes next."""

    def __init__(self, peer: Peer, held: int = 0) -> None:
        self.peer = peer
        self.held = held
        self._names = deque(ACCOUNTS)

    async def round(self, mail: Mail, messages: int, names: Sequence[str] = ()) -> Round:
        """Sends (to `names`, or to the accounts whose turn it is), waits until every message is in its mailbox and the peer is idle.

        Raises LoadFailed, PeerFailed.
        """
        self._names.rotate(-max(mail.connections, ACCOUNTS_A_ROUND))
        return await self._measured(lambda: self._sent(mail, messages, names or tuple(self._names)))

    async def _sent(self, mail: Mail, messages: int, names: Sequence[str]) -> tuple[int, float, float]:
        return messages, *await send(mail, messages, self.peer.smtp_port, names)

    async def probe(self, mail: Mail, rate: float, seconds: float) -> list[float]:
        """Latencies while every tenth connection (at least one) sends by a stop-watch, the others by smtp-source. Raises LoadFailed, PeerFailed."""
        probers = [Prober(mail, self.peer.smtp_port, number * 7) for number in range(max(1, mail.connections // 10))]
        await self._measured(lambda: self._probed(mail, probers, rate, seconds))
        return [latency for prober in probers for latency in prober.latencies]

    async def _probed(self, mail: Mail, probers: list[Prober], rate: float, seconds: float) -> tuple[int, float, float]:
        others = Mail(mail.size, mail.connections - len(probers), mail.kept)
        messages = amount(others, rate * others.connections / mail.connections, seconds) if others.connections else 0
        began = time.time()
        load = asyncio.create_task(send(others, messages, self.peer.smtp_port, tuple(self._names)) if messages else _pause(seconds))
        try:
            await asyncio.gather(*(prober.run(lambda: not load.done()) for prober in probers))
            await load
        finally:
            load.cancel()
        return messages + sum(len(prober.latencies) for prober in probers), began, time.time()

    async def _measured(self, run: Callable[[], Awaitable[tuple[int, float, float]]]) -> Round:
        cpu, busy, own, clock = self.peer.tree.cpu_seconds(), busy_seconds(), self.load_seconds(), time.monotonic()
        messages, began, accepted = await run()
        self.held += messages
        delivered, looks = await self._all_delivered()
        await quiet(self.peer)
        cpu, busy, own, clock = self.peer.tree.cpu_seconds() - cpu, busy_seconds() - busy, self.load_seconds() - own, time.monotonic() - clock
        others = max(0.0, busy - cpu - own) / clock / cores()
        return Round(messages, accepted - began, max(delivered, accepted) - began, cpu - looks * await self._look_seconds(), others)

    def load_seconds(self) -> float:
        """CPU seconds that the load has used so far."""
        return own_seconds()

    async def _look_seconds(self) -> float:
        """CPU seconds that the peer itself spends when its mailboxes are counted."""
        if not self.peer.counts_itself:
            return 0.0
        before = self.peer.tree.cpu_seconds()
        await self.peer.count()
        await asyncio.sleep(CALM)
        return self.peer.tree.cpu_seconds() - before

    async def _all_delivered(self) -> tuple[float, int]:
        """When the last message was in its mailbox, and how often the mailboxes were counted to know that."""
        deadline, looks, looked = time.monotonic() + DELIVERING, 1, time.time()
        while (held := await self.peer.count()) < self.held:
            if time.monotonic() > deadline or not self.peer.tree.running:
                raise PeerFailed(f"{self.peer.name} has {held} messages in its mailboxes instead of {self.held}. {self.peer.last_words()}")
            await asyncio.sleep(0.05)
            looks, looked = looks + 1, time.time()
        if held > self.held:
            raise PeerFailed(f"{self.peer.name} has {held} messages in its mailboxes, {held - self.held} more than were sent")
        return self.peer.delivered_at(looked), looks


async def quiet(peer: Peer, limit: float = 10.0) -> None:
    """Waits until the peer is idle (or for `limit` seconds), so that work that it put off is charged to the messages that caused it."""
    calm, before, deadline = 0, peer.tree.cpu_seconds(), time.monotonic() + limit
    while calm < 2 and time.monotonic() < deadline:
        await asyncio.sleep(CALM)
        now = peer.tree.cpu_seconds()
        calm, before = (calm + 1 if now - before < CALM / 20 else 0), now


class Contest:
    """Peers that run beside each other; one that fails is left out from there on, and `troubles` says why."""

    def __init__(self, contestants: Sequence[Contestant], told: Callable[[str], None]) -> None:
        self.troubles: list[str] = []
        self._in = list(contestants)
        self._told = told

    async def measure(self, mail: Mail, rounds: int, seconds: float, extra: int = 0, *, probes: bool = True) -> dict[str, Figures]:
        """Warms every peer up, runs `rounds` rounds of about `seconds` each in turns (A, B, C, A, B, C ...), then the probes, if any. By peer's name.

        Peers with fewer calm rounds than `rounds` go on, for up to `extra` more.
        """
        figures: dict[str, Figures] = {}
        rates: dict[str, float] = {}

        async def warm(one: Contestant) -> None:
            rates[one.peer.name] = (await one.round(mail, max(100, 4 * mail.connections))).rate
            figures[one.peer.name] = Figures()

        async def run(one: Contestant) -> None:
            if figures[one.peer.name].calm >= rounds:
                return
            done = await one.round(mail, amount(mail, rates[one.peer.name], seconds))
            rates[one.peer.name] = done.rate
            figures[one.peer.name].all_rounds.append(done)

        async def probe(one: Contestant) -> None:
            figures[one.peer.name].latencies = await one.probe(mail, rates[one.peer.name], seconds / 2)

        await self._each(f"{mail.name}: warming up", warm)
        for number in range(rounds + extra):
            await self._each(f"{mail.name}: round {number + 1}", run)
        if probes:
            await self._each(f"{mail.name}: latencies", probe)
        return {name: found for name, found in figures.items() if found.rounds}

    async def _each(self, what: str, step: Callable[[Contestant], Awaitable[None]]) -> None:
        for one in list(self._in):
            self._told(f"{what}, {one.peer.name}")
            try:
                await step(one)
            except (LoadFailed, PeerFailed, OSError) as error:
                self._in.remove(one)
                self.troubles.append(f"{one.peer.name} dropped out at {what}: {error}")


def amount(mail: Mail, rate: float, seconds: float) -> int:
    """How many messages keep a peer of this rate busy for about `seconds`: at least two a connection, at most LARGEST bytes."""
    return max(2 * mail.connections, min(int(rate * seconds), LARGEST // mail.size))


def cores() -> int:
    """The cores that this program may use."""
    return len(os.sched_getaffinity(0))


async def _pause(seconds: float) -> tuple[float, float]:
    began = time.time()
    await asyncio.sleep(seconds)
    return began, time.time()
