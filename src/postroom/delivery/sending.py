"""Sending: one for each worker. It knows which destinations have due mail, has each tried at its pace, and makes what came of it durable.

A destination belongs to one worker (`lane.owner`), so a message is never in two tries at one time. Due mail is found by index, handed over in
memory when it is new, and waited for by one timer; nothing is read of what is not due. A destination that is away waits as a whole.
"""

from __future__ import annotations

import asyncio
import heapq
import random as chance
import time
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from postroom import metrics
from postroom.delivery import queue
from postroom.delivery.consent import MAILBOX, block
from postroom.delivery.lane import Lane, owner
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.plan import WINDOW, read_due, waiting_domains
from postroom.delivery.queue import QueueNews
from postroom.delivery.results import results, summary, words
from postroom.delivery.retries import MINUTE, SECOND, USUAL, Terms, delay
from postroom.delivery.treatment import OWED
from postroom.errors import Unavailable
from postroom.log import get_logger
from postroom.network.transcript import tell_of_mail, wanted
from postroom.storage.database import SHARD_STRIDE, Interrupted, shard_of_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from postroom.delivery.arrivals import Arrivals
    from postroom.delivery.consent import Consent
    from postroom.delivery.outcome import Job
    from postroom.delivery.overdue import Overdue
    from postroom.delivery.plan import Plan
    from postroom.delivery.queue import Result
    from postroom.delivery.reports import Reports
    from postroom.directory.settings import Settings
    from postroom.storage.database import Database

    Pause = Callable[[asyncio.Event, float], Awaitable[None]]

log = get_logger("queue")

RUN: Final = 1000
"""Destinations that one read names."""

LOOK: Final = 10 * MINUTE
"""How often it is looked which destinations have something due within twice that time; of others nothing is kept in memory."""

LONGEST_PAUSE: Final = 60.0
"""Seconds after which the clock is looked at again, in case somebody has set it."""

SAVE_SECONDS: Final = 10.0
"""How long an end waits for what servers have answered to be written."""

UNSAVED_SECONDS: Final = (0.1, 1.0, 5.0, 30.0)
"""How long to wait before what a try brought is written once more, while the disk does not take it."""


class Remote(Protocol):
    """Makes a try: `delivery.remote.Remote`."""

    async def send(self, job: Job) -> list[Outcome]:
        """Send a message to a destination and tell what became of each recipient; never raises."""


async def pause(event: asyncio.Event, seconds: float) -> None:
    """Wait until something happens, or for so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


class Sending:
    """The tries of one worker. `start` begins with what waits since before; `close` lets tries in hand end."""

    def __init__(
        self,
        database: Database,
        remote: Remote,
        arrivals: Arrivals,
        reports: Reports,
        overdue: Overdue,
        settings: Callable[[], Settings],
        consent: Consent,
        *,
        terms: Callable[[str], Terms] = lambda _: USUAL,
        worker: int = 0,
        workers: int = 1,
        clock: Callable[[], float] = time.time,
        random: Callable[[], float] = chance.random,
        pause: Pause = pause,
    ) -> None:
        """`remote` tries destinations, `arrivals` those that are hosted here, with `consent`; `terms` tells those of a destination.

        This is one worker of so many.
        """
        self._terms = terms
        self._database = database
        self._remote = remote
        self._arrivals = arrivals
        self._reports = reports
        self._overdue = overdue
        self._settings = settings
        self._consent = consent
        self._worker, self._workers = worker, workers
        self._clock = clock
        self._random = random
        self._pause = pause
        self._lanes: dict[str, Lane] = {}
        self._agenda: list[tuple[int, str]] = []
        # Lanes that may begin a try: those known to answer, or new, and those that failed, which may never take all connections.
        self._sound: deque[Lane] = deque()
        self._doubtful: deque[Lane] = deque()
        self._busy = self._busy_doubtful = 0
        self._news = asyncio.Event()
        self._tries: set[asyncio.Task[Any]] = set()
        self._saving: set[asyncio.Task[Any]] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._next_overdue = self._next_look = self._horizon = 0
        self._running: asyncio.Task[None] | None = None
        self._overdue_task: asyncio.Task[None] | None = None

    # Life

    def start(self) -> None:
        """Begin; returns at once, and what waits since before is found meanwhile."""
        self._database.listen(self._hear)
        self._next_look = self._now() + LOOK
        self._horizon = self._next_look + LOOK
        self._running = self._task(self._run())
        self._task(self._look(range(self._database.shards), first=True))

    async def close(self, seconds: float = 0.0) -> None:
        """Begin no more tries, let those in hand end within so long, then cut them: their mail waits on."""
        self._closing = True
        if self._tries:
            await asyncio.wait(self._tries, timeout=seconds)
        await _cut(self._tries - self._saving)
        if self._saving:  # these servers have answered: what they said is written down, or sent again
            await asyncio.wait(self._saving, timeout=SAVE_SECONDS)
        await _cut(self._tries | self._tasks)
        self._database.unlisten(self._hear)

    def _task(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[Any]] | None = None) -> asyncio.Task[None]:
        kept = self._tasks if among is None else among
        task = asyncio.create_task(_safely(work))
        kept.add(task)
        task.add_done_callback(kept.discard)
        return task

    # What waits

    async def _look(self, shards: Sequence[int], *, first: bool = False) -> None:
        """Find what waits in shards since before: at the start which destinations are at rest, then what waits, then reports that are owed."""
        try:
            for shard in shards if first else ():
                await self._look_for_rests(shard)
            for shard in shards:
                await self._look_for_domains(shard)
            for lane in [lane for lane in self._lanes.values() if lane.when() is None]:
                self._queue(lane)
            for shard in shards:
                await self._reports.look(shard, self._worker, self._workers)
        except Unavailable as error:
            log.warning("queue-unreadable", reason=str(error))
            await asyncio.sleep(LONGEST_PAUSE)
            self._task(self._look(shards, first=first))

    async def _look_for_rests(self, shard: int) -> None:
        after = ""
        sql = f"SELECT domain, until, failures FROM destination WHERE domain > ? ORDER BY domain LIMIT {RUN}"
        while rows := await self._database.read(shard, sql, (after,)):
            for domain, until, failures in rows:
                if owner(domain, self._workers) == self._worker:
                    self._lanes.setdefault(domain, Lane(domain)).rest(until, failures)
            after = rows[-1][0]

    async def _look_for_domains(self, shard: int) -> None:
        after = ""
        while rows := await waiting_domains(self._database, shard, after, RUN):
            for domain, due in rows:
                self._expect(shard, domain, due)
            after = rows[-1][0]
            self._news.set()

    def _hear(self, news: Any) -> None:
        if isinstance(news, QueueNews):
            for domain in news.domains:
                if news.anew and domain in self._lanes:
                    self._lanes[domain].until = 0
                self._expect(news.shard, domain, news.due)
            if news.owed and news.queue_id // SHARD_STRIDE % self._workers == self._worker:
                self._reports.owe(news.shard, news.queue_id)
            self._news.set()
        elif isinstance(news, Interrupted) and news.shard >= 0:
            self._task(self._look([news.shard]))

    def _expect(self, shard: int, domain: str, due: int) -> None:
        """Note what is due soon at a destination of ours; what is due later is found when its time comes near, so that it takes no memory."""
        if owner(domain, self._workers) == self._worker and (due <= self._horizon or domain in self._lanes):
            lane = self._lanes.get(domain)
            if lane is None:
                lane = self._lanes[domain] = Lane(domain)
            lane.expect(shard, due)
            self._book(lane)

    def _expect_again(self, lane: Lane, shard: int, due: int) -> None:
        """Note when a destination has something next; of one that rests always, since its rest is remembered with it."""
        if due <= self._horizon or lane.failures:
            lane.expect(shard, due)

    # When it is tried

    def _now(self) -> int:
        return int(self._clock() * SECOND)

    def _book(self, lane: Lane) -> None:
        """Put a lane on the agenda, for the time at which it may go on."""
        when = lane.when()
        if when is not None and not lane.queued and (lane.booked is None or when < lane.booked):
            lane.booked = when
            heapq.heappush(self._agenda, (when, lane.domain))

    async def _run(self) -> None:
        while True:
            self._news.clear()
            self._look_ahead()
            self._look_for_overdue()
            try:
                self._call_up(self._now())
                self._begin_all()
            except Exception:
                log.exception("unhandled-exception")
            await self._pause(self._news, self._idle_seconds())

    def _look_ahead(self) -> None:
        """Find what becomes due before one looks again."""
        now = self._now()
        if now >= self._next_look:
            self._next_look = now + LOOK
            self._horizon = self._next_look + LOOK
            self._task(self._look(range(self._database.shards)))

    def _look_for_overdue(self) -> None:
        """Look for what waits too long, once a minute."""
        now = self._now()
        if now >= self._next_overdue and (self._overdue_task is None or self._overdue_task.done()):
            self._next_overdue = now + MINUTE
            self._overdue_task = self._task(self._overdue.look(now, self._claim, self._let_go))

    def _claim(self, domain: str, recipient_id: int) -> bool:
        """Keep a recipient from being tried; False when it is in a try, or another worker's."""
        if owner(domain, self._workers) != self._worker:
            return False
        lane = self._lanes.setdefault(domain, Lane(domain))
        if lane.claimed and recipient_id in lane.claimed:
            return False
        lane.claim([recipient_id])
        return True

    def _let_go(self, domain: str, recipient_id: int) -> None:
        lane = self._lanes.get(domain)
        if lane is not None:
            lane.let_go([recipient_id])
            lane.expect(shard_of_id(recipient_id), self._now())  # a read meanwhile passed it by, though its time had come
            self._queue(lane)

    def _idle_seconds(self) -> float:
        if not self._agenda:
            return LONGEST_PAUSE
        return min(max((self._agenda[0][0] - self._now()) / SECOND, 0.001), LONGEST_PAUSE)

    def _call_up(self, now: int) -> None:
        """Take the lanes whose time has come from the agenda; an entry that another has overtaken says nothing."""
        while self._agenda and self._agenda[0][0] <= now:
            when, domain = heapq.heappop(self._agenda)
            lane = self._lanes.get(domain)
            if lane is not None and lane.booked == when:
                lane.booked = None
                self._queue(lane)

    def _queue(self, lane: Lane) -> None:
        """Let a lane wait for its turn, or for its time."""
        if lane.queued or lane.seen is not None:
            return
        if lane.may_begin(self._now()):
            lane.queued = True
            (self._doubtful if lane.failures else self._sound).append(lane)
            self._news.set()
        elif lane.busy < lane.allowed:
            self._book(lane)
            if lane.when() is None and not lane.busy:
                self._drop(lane)

    def _drop(self, lane: Lane) -> None:
        """Forget a destination that nothing waits for."""
        if self._lanes.get(lane.domain) is lane and not lane.claimed and lane.seen is None:
            del self._lanes[lane.domain]
            if lane.failures:
                self._task(self._note_rest(lane.domain, queue.wake, lane.domain))

    def _begin_all(self) -> None:
        """Begin in turn, a lane's next try after everybody else's, while connections are left."""
        settings = self._settings()
        most = max(settings.max_connections_out // self._workers, 2)
        while not self._closing and self._busy < most:
            if self._sound:
                lane = self._sound.popleft()
            elif self._doubtful and self._busy_doubtful < most // 2:
                lane = self._doubtful.popleft()
            else:
                break
            lane.queued = False
            if lane.may_begin(self._now()):
                self._begin(lane, settings)
            self._queue(lane)

    def _begin(self, lane: Lane, settings: Settings) -> None:
        """Begin a lane's next try, or first read what it has: no lane waits for another one's read."""
        now = self._now()
        if lane.plans:
            lane.begun(now, settings.max_messages_per_minute_out)
            task = self._task(self._try(lane, lane.plans.pop(0)), self._tries)
        else:
            lane.begin_reading()
            task = self._task(self._plan(lane, now))
        doubtful = lane.failures > 0
        self._busy += 1
        self._busy_doubtful += doubtful
        task.add_done_callback(partial(self._done, lane, doubtful=doubtful))

    def _done(self, lane: Lane, _task: asyncio.Task[None], *, doubtful: bool) -> None:
        """Have a try or a read in hand no more; its lane waits for its next turn."""
        self._busy -= 1
        self._busy_doubtful -= doubtful
        self._queue(lane)
        self._news.set()

    async def _plan(self, lane: Lane, now: int) -> None:
        """Read what is due, a bounded run of each shard; what is announced meanwhile counts anew."""
        try:
            for shard in [shard for shard, due in lane.dues.items() if due <= now]:
                del lane.dues[shard]
                try:
                    await self._read(lane, shard, now)
                except Unavailable:
                    lane.expect(shard, now + MINUTE)
                    raise
        finally:
            lane.end_reading()

    async def _read(self, lane: Lane, shard: int, now: int) -> None:
        """Plan what is due of a destination in a shard. Tries that end meanwhile have changed rows that this read may show as they were."""
        assert lane.seen is not None
        due = await read_due(
            self._database, shard, lane.domain, now, lane.seen, WINDOW + len(lane.seen), self._settings().max_smtp_recipients_in_batch
        )
        if due.again is not None:
            self._expect_again(lane, shard, due.again)
        for plan in due.plans:
            lane.claim(recipient.id for recipient in plan.job.recipients)
            lane.plans.append(plan)

    # A try

    async def _try(self, lane: Lane, plan: Plan) -> None:
        begun, started = self._now(), time.perf_counter()
        try:
            outcomes = await self._send(plan)
            answered = time.perf_counter()
            self._now_saving(True)
            settings, now = self._settings(), self._now()
            found = results(plan, outcomes, now, settings, self._random, self._terms(plan.job.destination))
            await self._save(plan, found)
            metrics.queue_window_seconds.observe(time.perf_counter() - answered)
            self._tell(plan, found, outcomes, time.perf_counter() - started)
            if self._consent.told:
                await self._tell_failures(plan, found, outcomes)
            await self._learn(lane, outcomes, begun, now, settings)
            for result in found:
                if result.state == State.WAITING:
                    self._expect_again(lane, plan.job.shard, result.due)
            if any(result.owed for result in found):
                self._reports.owe(plan.job.shard, plan.job.queue_id)
        except Exception:
            log.exception("unhandled-exception", id=plan.receipt)
            lane.expect(plan.job.shard, self._now() + MINUTE)
        finally:
            self._now_saving(False)
            lane.let_go(recipient.id for recipient in plan.job.recipients)
            lane.busy -= 1

    def _now_saving(self, saving: bool) -> None:
        task = asyncio.current_task()
        assert task is not None
        (self._saving.add if saving else self._saving.discard)(task)

    async def _send(self, plan: Plan) -> list[Outcome]:
        try:
            if (self._consent.asked and not plan.begun) or not OWED.isdisjoint(plan.job.options):
                plan, outcomes = await self._consent.to_try(plan)
                if outcomes is not None:
                    return outcomes
            if self._arrivals.here(plan.job.destination):
                return await self._arrivals.deliver(plan)
            return await self._remote.send(plan.job)
        except Exception:  # whatever it is, the mail waits on
            log.exception("unhandled-exception", id=plan.receipt)
            text = "this server failed at the try; its log says why (event unhandled-exception)"
            return [Outcome(recipient.id, State.WAITING, 0, "4.3.0", text) for recipient in plan.job.recipients]

    async def _save(self, plan: Plan, found: Sequence[Result]) -> None:
        """Make the results durable, however long that takes: a message that a server has taken must not be sent again."""
        waits = iter(UNSAVED_SECONDS)
        while True:
            try:
                await self._database.transact(plan.job.shard, queue.record, plan.job.queue_id, tuple(found), self._now())
            except Unavailable as error:
                log.warning("result-unsaved", id=plan.receipt, queue=plan.job.queue_id, reason=str(error))
                await asyncio.sleep(next(waits, UNSAVED_SECONDS[-1]))
            else:
                return

    async def _tell_failures(self, plan: Plan, found: Sequence[Result], outcomes: Sequence[Outcome]) -> None:
        """Tell handlers of those who will not get the message; what only a mailbox refused is no failure to them (events.md 3.11)."""
        if any(outcome.cancelled for outcome in outcomes):
            return
        addresses = {recipient.id: recipient.address for recipient in plan.job.recipients}
        here = self._arrivals.here(plan.job.destination)
        failed = [result for result in found if result.state == State.FAILED and not (here and result.status.startswith(MAILBOX))]
        told = [(address := addresses[result.recipient_id], block(address, result.status, result.reason)) for result in failed]
        await self._consent.tell_failures(self._consent.mail_of(plan), told)

    def _tell(self, plan: Plan, found: Sequence[Result], outcomes: Sequence[Outcome], seconds: float) -> None:
        counts = summary(found)
        for word, count in counts.items():
            if count:
                metrics.tries.add(word, count)
        if wanted.awstats:
            _tell_of_mail(plan.job, outcomes)
        waiting = [result for result in found if result.state == State.WAITING]
        facts: dict[str, Any] = {name: count for name, count in counts.items() if count}
        if waiting:
            facts["again_in"] = round((min(result.due for result in waiting) - self._now()) / SECOND)
        log.info(
            "mail-tried",
            id=plan.receipt,
            queue=plan.job.queue_id,
            sender=plan.job.sender or "<>",
            recipient=plan.job.recipients[0].address,
            host=next((outcome.host for outcome in outcomes if outcome.host), ""),
            **facts,
            reason=next((result.reason for result in found if result.state != State.SENT), found[0].reason),
            seconds=round(seconds, 3),
        )

    # What a destination is like

    async def _learn(self, lane: Lane, outcomes: Sequence[Outcome], begun: int, now: int, settings: Settings) -> None:
        down = next((outcome for outcome in outcomes if outcome.destination_down and outcome.state is State.WAITING), None)
        if down is None:  # a destination that is no more (FAILED) needs no rest: all for it goes back at once
            if any(outcome.code or outcome.state is State.SENT for outcome in outcomes) and lane.answered(settings.max_connections_per_destination):
                await self._note_rest(lane.domain, queue.wake, lane.domain)
        elif lane.failed(begun, now + delay(lane.failures + 1, settings, self._random, self._terms(lane.domain))):
            log.info("destination-waits", domain=lane.domain, failures=lane.failures, seconds=(lane.until - now) // SECOND, reason=words(down))
            await self._note_rest(lane.domain, queue.rest, lane.domain, lane.until, lane.failures, down.enhanced, words(down))

    async def _note_rest(self, domain: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Let commands and the next start know; a rest that can't be written down is only kept here."""
        with suppress(Unavailable):
            await self._database.transact(owner(domain, self._database.shards), function, *arguments)


def _tell_of_mail(job: Job, outcomes: Sequence[Outcome]) -> None:
    """Write down those whom another server has taken the message for."""
    addresses = {recipient.id: recipient.address for recipient in job.recipients}
    for outcome in outcomes:
        if outcome.state is State.SENT and outcome.host:
            tell_of_mail(job.sender, addresses[outcome.recipient_id], "", outcome.host, outcome.code, job.size)


async def _cut(tasks: set[asyncio.Task[Any]]) -> None:
    ending = tuple(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


async def _safely(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Unavailable as error:
        log.warning("queue-unreadable", reason=str(error))
    except Exception:
        log.exception("unhandled-exception")
