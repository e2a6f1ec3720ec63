"""A lane: one destination as the worker that owns it sees it. What waits, what is in hand, how many tries at one time it bears, its rest.

Pure policy: it is told the time (UTC microseconds) and what happened, and tells when it may go on.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.delivery.plan import Plan

FIRST: Final = 2
"""Tries at one time of a destination that nothing is known about; each that is answered allows one more."""


def owner(domain: str, workers: int) -> int:
    """Tell which worker a destination belongs to: the same in every process, so that its connections and its pace are in one hand."""
    return zlib.crc32(domain.encode()) % workers


class Lane:
    """One destination. `dues` says for each shard when its next message is due, `plans` are read and not begun, `claimed` rows are in hand.

    There may be a hundred thousand of them at rest, so one that does nothing holds as little as can be.
    """

    __slots__ = ("allowed", "booked", "busy", "claimed", "domain", "dues", "failures", "next", "plans", "queued", "seen", "until")

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self.dues: dict[int, int] = {}
        self.plans: list[Plan] = []
        self.claimed: set[int] | None = None
        self.seen: set[int] | None = None
        self.busy = 0
        self.allowed = FIRST
        self.failures = 0
        self.until = 0
        self.next = 0
        self.queued = False
        self.booked: int | None = None

    def expect(self, shard: int, due: int) -> None:
        """Note that something is due in a shard at a time."""
        self.dues[shard] = min(due, self.dues.get(shard, due))

    def when(self) -> int | None:
        """Tell from when on it may go on; None when nothing waits."""
        if self.plans:
            return max(self.until, self.next)
        return max(min(self.dues.values()), self.until, self.next) if self.dues else None

    def may_begin(self, now: int) -> bool:
        """Tell whether one more try may begin now."""
        when = self.when()
        return self.busy < self.allowed and self.seen is None and when is not None and when <= now

    def begun(self, now: int, per_minute: int) -> None:
        """Count a try; at most `per_minute` of them begin (0: no limit)."""
        self.busy += 1
        if per_minute:
            self.next = now + 60_000_000 // per_minute

    def answered(self, most: int) -> bool:
        """Note that the destination took part in a try: it bears one more at a time, up to `most`. True when it had failed before."""
        again = self.failures > 0
        self.failures = self.until = 0
        self.allowed = FIRST if again else min(self.allowed + 1, most)
        return again

    def failed(self, begun: int, until: int) -> bool:
        """Note that it could not be reached or put us off, and rest until a time; False when another try has said so since this one began."""
        if begun < self.until:
            return False
        self.failures += 1
        self.until = until
        self.allowed = 1
        self.put_back()
        return True

    def rest(self, until: int, failures: int) -> None:
        """Take over what was known about it before a start."""
        if not self.failures:
            self.failures, self.until, self.allowed = failures, until, 1
            self.put_back()

    def put_back(self) -> None:
        """Let go of what was read but not begun: it is read again when its time comes."""
        for plan in self.plans:
            self.let_go(recipient.id for recipient in plan.job.recipients)
            self.expect(plan.job.shard, 0)
        self.plans.clear()

    def claim(self, recipient_ids: Iterable[int]) -> None:
        """Take rows in hand: they are not planned again until `let_go`."""
        if self.claimed is None:
            self.claimed = set()
        numbers = tuple(recipient_ids)
        self.claimed.update(numbers)
        if self.seen is not None:
            self.seen.update(numbers)

    def let_go(self, recipient_ids: Iterable[int]) -> None:
        """Have rows in hand no more; a read that began before may still show them as they were, and must pass them by."""
        if self.claimed is not None:
            self.claimed.difference_update(recipient_ids)
            self.claimed = self.claimed or None

    def begin_reading(self) -> None:
        """Begin to read what is due: what is in hand now, or is taken in hand until `end_reading`, is not to be planned from what is read."""
        self.seen = set(self.claimed or ())

    def end_reading(self) -> None:
        """Have read, and planned what was read."""
        self.seen = None
