"""Beginnings: mail that was accepted while handlers want to see it before anybody gets it. It waits in the queue as new, and begins at once.

A message belongs to one worker by its id. When its handlers have agreed, one commit places it for all recipients here, ends their rows, and
lets the others go. What a crash leaves new begins at the next start: its handlers may see it twice, its recipients get it once.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from postroom import metrics
from postroom.delivery import queue
from postroom.delivery.arrivals import begin
from postroom.delivery.consent import Verdict
from postroom.delivery.queue import QueueNews
from postroom.delivery.queued import Queued
from postroom.delivery.retries import delay
from postroom.errors import Unavailable
from postroom.log import get_logger
from postroom.storage.database import SHARD_STRIDE, Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.delivery.accept import Delivery
    from postroom.delivery.arrivals import Arrivals
    from postroom.delivery.consent import Consent
    from postroom.directory.settings import Settings
    from postroom.mailboxes.mailboxes import Mailboxes

log = get_logger("queue")

AT_ONCE: Final = 64
"""Messages whose handlers run at one time in a worker."""

RUN: Final = 1000
AGAIN_SECONDS: Final = 30.0


class Beginnings:
    """The first tries of one worker's new mail."""

    def __init__(
        self,
        mailboxes: Mailboxes,
        arrivals: Arrivals,
        delivery: Delivery,
        consent: Consent,
        settings: Callable[[], Settings],
        *,
        worker: int = 0,
        workers: int = 1,
    ) -> None:
        """Be one worker of so many."""
        self._mailboxes = mailboxes
        self._database = mailboxes.database
        self._arrivals = arrivals
        self._delivery = delivery
        self._consent = consent
        self._settings = settings
        self._worker, self._workers = worker, workers
        self._waiting: deque[int] = deque()
        self._known: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._working = 0
        self._closing = False

    def start(self) -> None:
        """Begin with what a crash left, and with all that comes."""
        self._database.listen(self._hear)
        self._task(self._look(range(self._database.shards)))

    async def close(self, seconds: float = 0.0) -> None:
        """Begin no more; let handlers end within so long, then cut them: their mail stays new."""
        self._closing = True
        self._database.unlisten(self._hear)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settled(self) -> None:
        """Wait until nothing is new."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def _task(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _hear(self, news: Any) -> None:
        if isinstance(news, QueueNews):
            if news.new:
                self._expect(news.queue_id)
        elif isinstance(news, Interrupted) and news.shard >= 0:
            self._task(self._look([news.shard]))

    async def _look(self, shards: Iterable[int]) -> None:
        """Find what is new in shards since before."""
        for shard in shards:
            after = -1
            sql = f"SELECT DISTINCT queue_id FROM queue_recipient WHERE state = 'new' AND queue_id > ? ORDER BY queue_id LIMIT {RUN}"
            try:
                while rows := await self._database.read(shard, sql, (after,)):
                    for (after,) in rows:
                        self._expect(after)
            except Unavailable as error:
                log.warning("queue-unreadable", reason=str(error))
                asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._look_again, shard)

    def _look_again(self, shard: int) -> None:
        if not self._closing:
            self._task(self._look([shard]))

    def _expect(self, queue_id: int) -> None:
        if queue_id // SHARD_STRIDE % self._workers != self._worker or queue_id in self._known or self._closing:
            return
        self._known.add(queue_id)
        self._waiting.append(queue_id)
        if self._working < AT_ONCE:
            self._working += 1
            self._task(self._work())

    async def _work(self) -> None:
        """Begin one message after the other, until none waits."""
        try:
            while self._waiting and not self._closing:
                queue_id = self._waiting.popleft()
                try:
                    await self._begin(queue_id)
                except Unavailable as error:
                    log.warning("queue-unreadable", queue=queue_id, reason=str(error))
                    asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._expect, queue_id)
                except Exception:
                    log.exception("unhandled-exception", queue=queue_id)
                finally:
                    self._known.discard(queue_id)
        finally:
            self._working -= 1

    async def _begin(self, queue_id: int) -> None:
        mail = await Queued.find(self._mailboxes, queue_id)
        if mail is None:  # somebody took it out of the queue
            return
        verdict = await self._consent.to(mail)
        if verdict is Verdict.GO:
            await self._deliver(mail)
        elif verdict is Verdict.WAIT:
            due = self._mailboxes.now() + delay(1, self._settings(), lambda: 0.0)
            await self._database.transact(mail.shard, queue.postpone, mail.id, due)

    async def _deliver(self, mail: Queued) -> None:
        """Place a message for its recipients here, and let the others go to the servers where they are."""
        begun = time.perf_counter()
        together = await self._arrivals.together(mail)
        arrived = await self._database.transact(mail.shard, begin, mail.id, *together, self._mailboxes.now())
        metrics.deliveries.add(amount=len(arrived.placed))
        self._delivery.hand_on(mail.shard, arrived.handovers)
        if together.results:
            metrics.tries.add("sent", len(together.results))
            log.info(
                "mail-tried",
                id=mail.letter.receipt,
                queue=mail.id,
                sender=mail.sender or "<>",
                recipient=mail.recipients[0],
                sent=len(together.results),
                reason="delivered here",
                seconds=round(time.perf_counter() - begun, 3),
            )
