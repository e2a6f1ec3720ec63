"""A house that sends: store, directory and queue in one temporary directory, with another server that does as the test says, and a clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.workers import CHEAP, KEY
from postroom.delivery.accept import Accepted
from postroom.delivery.arrivals import Arrivals
from postroom.delivery.beginnings import Beginnings
from postroom.delivery.consent import Consent
from postroom.delivery.outcome import Job, Outcome, State
from postroom.delivery.overdue import Overdue
from postroom.delivery.post import Post
from postroom.delivery.queue import QueueRecipient
from postroom.delivery.reports import Reports
from postroom.delivery.sending import Sending
from postroom.delivery.spool import Spool
from postroom.directory.directory import Directory
from postroom.formats.address import Address
from postroom.formats.uidset import UidSet
from store import House, opened

NOON = 1_795_000_000.0
MESSAGE = b"Message-ID: <1@example.test>\r\nFrom: alice@example.test\r\nSubject: hello\r\n\r\nbody\r\n"

Answer = Callable[[Job], list[Outcome]]


@dataclass
class Clock:
    """Time that stands still until a test moves it; `pause` is what the sending does when it has nothing to do."""

    now: float = NOON
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    paused: asyncio.Event = field(default_factory=asyncio.Event)
    until: float = NOON

    def __call__(self) -> float:
        return self.now

    async def pause(self, event: asyncio.Event, seconds: float) -> None:
        self.until = self.now + seconds
        self.paused.set()
        waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.moved.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.paused.clear()
            self.moved.clear()
            for wait in waits:
                wait.cancel()

    @property
    def micro(self) -> int:
        return int(self.now * 1_000_000)


@dataclass
class Elsewhere:
    """The other servers: `answers` by destination, everything is taken where none is set; `jobs` has the tries that were made."""

    answers: dict[str, Answer] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    waiting: set[asyncio.Task[Any] | None] = field(default_factory=set)

    async def send(self, job: Job) -> list[Outcome]:
        self.jobs.append(job)
        self.busy[job.destination] = self.busy.get(job.destination, 0) + 1
        self.most[job.destination] = max(self.most.get(job.destination, 0), self.busy[job.destination])
        try:
            if job.destination in self.held:
                await self._hold(self.held[job.destination])
            return self.answers.get(job.destination, takes)(job)
        finally:
            self.busy[job.destination] -= 1

    async def _hold(self, event: asyncio.Event) -> None:
        task = asyncio.current_task()
        self.waiting.add(task)
        try:
            await event.wait()
        finally:
            self.waiting.discard(task)

    def tries(self, destination: str) -> int:
        return sum(job.destination == destination for job in self.jobs)


def _all(job: Job, state: State, code: int, enhanced: str, text: str, *, reports: bool = False, down: bool = False) -> list[Outcome]:
    return [Outcome(it.id, state, code, enhanced, text, f"mail.{job.destination}", reports, down) for it in job.recipients]


def takes(job: Job) -> list[Outcome]:
    return _all(job, State.SENT, 250, "2.0.0", "2.0.0 Ok: queued as 1")


def reports_itself(job: Job) -> list[Outcome]:
    return _all(job, State.SENT, 250, "2.0.0", "Ok", reports=True)


def greylists(job: Job) -> list[Outcome]:
    return _all(job, State.WAITING, 450, "4.2.0", "4.2.0 greylisted")


def refuses(job: Job) -> list[Outcome]:
    return _all(job, State.FAILED, 550, "5.1.1", "5.1.1 User unknown")


def is_away(job: Job) -> list[Outcome]:
    return _all(job, State.WAITING, 0, "4.4.1", f"mail.{job.destination} does not answer", down=True)


@dataclass
class Town:
    """Everything of one test."""

    house: House
    directory: Directory
    clock: Clock
    elsewhere: Elsewhere
    post: Post
    reports: Reports
    sending: Sending
    arrivals: Arrivals
    beginnings: Beginnings

    def made(self, worker: int = 0, workers: int = 1) -> Sending:
        """A sending of one more worker, or of the next start."""
        reports = self.reports = Reports(self.directory, self.house.mailboxes, self.house.delivery, lambda: "mail.example.test")
        consent = Consent(self.directory.events, self.house.mailboxes, self.post.treatment)
        overdue = Overdue(self.house.database, lambda: self.directory.settings, reports.owe, consent)
        self.beginnings = Beginnings(
            self.house.mailboxes, self.arrivals, self.house.delivery, consent, lambda: self.directory.settings, worker=worker, workers=workers
        )
        return Sending(
            self.house.database,
            self.elsewhere,
            self.arrivals,
            reports,
            overdue,
            lambda: self.directory.settings,
            consent,
            worker=worker,
            workers=workers,
            clock=self.clock,
            random=lambda: 0.5,
            pause=self.clock.pause,
        )

    async def quiet(self) -> None:
        """Wait until all that is due was tried, and all that is owed was told; tries that the test holds are let be."""
        sending = self.sending
        while True:
            await asyncio.wait_for(self.clock.paused.wait(), 30)
            doing = (sending._tries - self.elsewhere.waiting) | (sending._tasks - {sending._running})
            doing |= set(self.reports._tasks.values()) | self.beginnings._tasks
            if doing:
                await asyncio.wait(doing, timeout=30)
            await self.house.delivery.close()
            await asyncio.sleep(0)
            if self.clock.paused.is_set() and not sending._news.is_set() and not doing:
                return

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, with all that happens at its end."""
        self.clock.now += seconds
        self.clock.paused.clear()
        self.clock.moved.set()
        await self.quiet()

    async def send(
        self, *recipients: str, sender: str = "alice@example.test", message: bytes = MESSAGE, notify: str = "", release: int = 0, **options: str
    ) -> int:
        """Put a message for other servers into the queue; returns its id."""
        spool = Spool(self.house.blobs, 1 << 20)
        spool.write(message)
        asked = {"NOTIFY": notify} if notify else {}
        remote = [QueueRecipient(recipient, recipient.rpartition("@")[2], asked) for recipient in recipients]
        accepted: Accepted = await self.house.delivery.accept(
            spool, Address.parse(sender) if sender else None, [], remote, account_id=1, options=options, receipt="r1", release=release
        )
        assert accepted.queue_id is not None
        return accepted.queue_id

    async def rows(self, columns: str, where: str = "1 = 1") -> list[tuple[Any, ...]]:
        """Read rows of recipients, of all shards."""
        sql = f"SELECT {columns} FROM queue_recipient WHERE {where} ORDER BY id"
        return [row for shard in range(self.house.database.shards) for row in await self.house.database.read(shard, sql)]

    async def mail(self, address: str) -> list[bytes]:
        """Read an account's INBOX."""
        account = await self.directory.accounts.get(address)
        folder = await self.house.mailboxes.folder(account.id, "INBOX")
        assert folder is not None
        found: list[bytes] = []
        async for rows in self.house.mailboxes.fetch(folder.id, UidSet.of_ranges([(1, 1 << 31)]), ("size", "prefix", "data", "blob")):
            found += [await self.house.mailboxes.read(prefix, data, blob, 0, size) for size, prefix, data, blob in rows]
        return found

    def begin(self) -> None:
        """Begin to send."""
        self.beginnings.start()
        self.sending.start()

    async def restart(self) -> None:
        """Begin anew, as after a crash."""
        await self.beginnings.close()
        await self.sending.close()
        await self.reports.close()
        self.clock.paused.clear()
        self.sending = self.made()
        self.begin()
        await self.quiet()


@asynccontextmanager
async def town(folder: Path, accounts: Sequence[str] = ("alice", "bob"), *, start: bool = True, **settings: object) -> AsyncIterator[Town]:
    """Open one, with accounts of example.test; the store is proven at the end."""
    clock = Clock()
    async with opened(folder, clock) as house:
        directory = await Directory.open(house.database, KEY, defaults={**CHEAP, **settings})
        await directory.domains.add("example.test")
        for name in accounts:
            await directory.accounts.add(f"{name}@example.test", "secret-1")
        post = Post(directory, house.mailboxes, house.delivery, folder)
        arrivals = Arrivals(directory, house.mailboxes, post, house.delivery)
        made = Town(house, directory, clock, Elsewhere(), post, None, None, arrivals, None)  # type: ignore[arg-type]  # made right below
        made.sending = made.made()
        try:
            if start:
                made.begin()
                await made.quiet()
            yield made
        finally:
            for event in made.elsewhere.held.values():
                event.set()
            await made.beginnings.close(5)
            await made.sending.close(5)
            await made.reports.close()
            directory.close()
