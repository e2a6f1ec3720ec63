"""What waits too long: its sender is told after some hours, and after some days it is returned. Found by index, whether it was tried or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.delivery import queue
from postroom.delivery.consent import block
from postroom.delivery.outcome import State
from postroom.delivery.plan import read_options
from postroom.delivery.queue import Result
from postroom.delivery.results import owed
from postroom.delivery.retries import SECOND
from postroom.formats.dsn import Action
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.delivery.consent import Consent
    from postroom.directory.settings import Settings
    from postroom.storage.database import Database, Row

log = get_logger("queue")

RUN: Final = 200
EXPIRED: Final = "4.4.7"
"""Delivery time expired; its class says that it may succeed another time (RFC 3463 sections 2 and 3.5)."""

_ROWS: Final = (
    "SELECT r.since, r.id, r.queue_id, r.domain, q.sender, r.options, r.status, r.host, r.reply, r.reason, q.receipt, r.address"
    " FROM queue_recipient AS r JOIN queue AS q ON q.id = r.queue_id"
    " WHERE r.state = 'waiting' AND r.warned = ? AND r.since <= ? AND (r.since > ? OR (r.since = ? AND r.id > ?)) ORDER BY r.since, r.id LIMIT ?"
)


class Overdue:
    """Looks for what waits too long.

    `claim(domain, id)` says whether a recipient is this worker's to judge now, and keeps it from being tried until `let_go(domain, id)`.
    """

    def __init__(self, database: Database, settings: Callable[[], Settings], owe: Callable[[int, int], None], consent: Consent) -> None:
        """`owe(shard, queue id)` hears of reports that are to be made, `consent` of recipients who will not get their mail."""
        self._consent = consent
        self._database = database
        self._settings = settings
        self._owe = owe

    async def look(self, now: int, claim: Callable[[str, int], bool], let_go: Callable[[str, int], None]) -> None:
        """Return what has waited too long, then tell of what waits long; raises Unavailable."""
        settings = self._settings()
        for shard in range(self._database.shards):
            for warned in (0, 1):
                await self._each(shard, warned, now - settings.return_after * SECOND, self._give_up, now, claim, let_go)
            if settings.delay_report_after:
                await self._each(shard, 0, now - settings.delay_report_after * SECOND, self._warn, now, claim, let_go)

    async def _each(
        self,
        shard: int,
        warned: int,
        before: int,
        act: Callable[[int, Sequence[Row], int], object],
        now: int,
        claim: Callable[[str, int], bool],
        let_go: Callable[[str, int], None],
    ) -> None:
        since, last = -1, -1
        while rows := await self._database.read(shard, _ROWS, (warned, before, since, since, last, RUN)):
            since, last = rows[-1][:2]
            ours = [row for row in rows if claim(row[3], row[1])]
            try:
                for queue_id in dict.fromkeys(row[2] for row in ours):
                    await act(shard, [row for row in ours if row[2] == queue_id], now)  # type: ignore[misc]  # both are coroutine functions
            finally:
                for row in ours:
                    let_go(row[3], row[1])

    async def _give_up(self, shard: int, rows: Sequence[Row], now: int) -> None:
        """Return one message to its sender, for these recipients."""
        days = self._settings().return_after
        rests = await self._rests(shard, rows)
        found = []
        for _, number, _, domain, sender, options, _, host, reply, reason, _, _ in rows:
            last = reason or rests.get(domain, "")
            words = f"given up after {_span(days)}" + (f"; the last try: {last}" if last else "")
            action = owed(Action.FAILED, sender, read_options(options).get("NOTIFY", ""))
            found.append(Result(number, State.FAILED, now, 0, EXPIRED, host, reply, words, action))
        queue_id, receipt = rows[0][2], rows[0][10]
        mail = await self._consent.find(queue_id) if self._consent.told else None
        await self._database.transact(shard, queue.record, queue_id, tuple(found), now)
        log.info(
            "mail-given-up", id=receipt, queue=queue_id, sender=rows[0][4] or "<>", recipient=rows[0][11], failed=len(rows), reason=found[0].reason
        )
        if any(result.owed for result in found):
            self._owe(shard, queue_id)
        if mail is not None:
            told = [(row[11], block(row[11], EXPIRED, result.reason)) for row, result in zip(rows, found, strict=True)]
            await self._consent.tell_failures(mail, told)

    async def _warn(self, shard: int, rows: Sequence[Row], _now: int) -> None:
        """Tell the sender of one message that it still waits for these recipients."""
        actions = [owed(Action.DELAYED, row[4], read_options(row[5]).get("NOTIFY", "")) for row in rows]
        await self._database.transact(shard, queue.warn, tuple(row[1] for row in rows), tuple(actions))
        if any(actions):
            self._owe(shard, rows[0][2])

    async def _rests(self, shard: int, rows: Sequence[Row]) -> dict[str, str]:
        """Find why the destinations of messages that were never tried themselves are left alone."""
        untried = {row[3] for row in rows if not row[9]}
        sql = "SELECT domain, reason FROM destination WHERE domain = ?"
        found: dict[str, str] = {}
        for domain in untried:
            for place in range(self._database.shards):
                found |= dict(await self._database.read(place, sql, (domain,)))
        return found


def _span(seconds: int) -> str:
    from postroom.directory.kinds import Span  # noqa: PLC0415 - only said when mail is given up

    return Span().format(seconds)
