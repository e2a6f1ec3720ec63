"""A message of the queue in the hands of those who handle its events: they may read it, and save another content."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from postroom.delivery import queue
from postroom.delivery.outcome import JobRecipient
from postroom.delivery.plan import read_options
from postroom.delivery.post import DEPTH
from postroom.delivery.spool import Spool
from postroom.errors import PostroomError
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.delivery.plan import Plan
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Row

_ROWS = (
    "SELECT q.id, q.content_id, q.sender, q.created, q.size, q.receipt, q.options, r.id, r.address, r.options, r.domain, r.attempts"
    " FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id WHERE q.id IN ({}) AND r.state IN ('new', 'waiting', 'held') ORDER BY q.id, r.id"
)
_CONTENT = "SELECT b.data, c.blob, c.size FROM content AS c LEFT JOIN body AS b ON b.content_id = c.id WHERE c.id = ?"


class Letter(NamedTuple):
    """What stands in a message's row."""

    content_id: int
    sender: str
    created: int
    size: int
    receipt: str
    options: Mapping[str, str]


class Queued:
    """A Mail (events.py) that waits; `rows` are its recipients and `domains` theirs, `rewritten` tells that its row is another one now."""

    state = 1

    def __init__(
        self, mailboxes: Mailboxes, number: int, letter: Letter, rows: tuple[JobRecipient, ...], domains: tuple[str, ...], attempt: int
    ) -> None:
        self._mailboxes = mailboxes
        self.id = number
        self.sender = letter.sender
        self.recipients = [recipient.address for recipient in rows]
        self.attempt = attempt
        self.created = letter.created
        self.letter = letter
        self.rows = rows
        self.domains = domains
        self.rewritten = False
        self._size = letter.size

    @classmethod
    async def find(cls, mailboxes: Mailboxes, number: int) -> Self | None:
        """Read one with those of its recipients that wait; None when it is gone. Raises Unavailable."""
        found = await cls.find_all(mailboxes, shard_of_id(number), (number,))
        return found[0] if found else None

    @classmethod
    async def find_all(cls, mailboxes: Mailboxes, shard: int, numbers: Sequence[int]) -> list[Self]:
        """Read those that are there of some messages of a shard. Raises Unavailable."""
        sql = _ROWS.format(", ".join("?" * len(numbers)))
        found = await mailboxes.database.glance(shard, sql, tuple(numbers))
        return [cls._made(mailboxes, number, list(rows)) for number, rows in groupby(found, key=lambda row: int(row[0]))]

    @classmethod
    def _made(cls, mailboxes: Mailboxes, number: int, rows: list[Row]) -> Self:
        first = rows[0]
        letter = Letter._make([*first[1:6], read_options(first[6])])
        recipients = tuple(JobRecipient(row[7], row[8], read_options(row[9])) for row in rows)
        return cls(mailboxes, number, letter, recipients, tuple(row[10] for row in rows), max(row[11] for row in rows) + 1)

    @classmethod
    def of(cls, mailboxes: Mailboxes, plan: Plan) -> Self:
        """Make one of what a try knows."""
        job = plan.job
        letter = Letter(job.content_id, job.sender, 0, job.size, plan.receipt, job.options)
        return cls(mailboxes, job.queue_id, letter, job.recipients, (job.destination,) * len(job.recipients), max(plan.attempts.values()) + 1)

    @property
    def depth(self) -> int:
        """Within how many events it was made."""
        text = self.letter.options.get(DEPTH, "")
        return int(text) if text.isdecimal() else 0

    @property
    def shard(self) -> int:
        """Where it lies."""
        return shard_of_id(self.id)

    @property
    def size(self) -> int:
        """Octets of its content."""
        return self._size

    async def read(self) -> bytes:
        """Give its content; raises Unavailable."""
        return await content_of(self._mailboxes, self.shard, self.letter.content_id) or b""

    async def write(self, content: bytes) -> None:
        """Let it be another content, durably; raises Unavailable, and PostroomError when it has left the queue."""
        spool = Spool(self._mailboxes.blobs, len(content))
        if spool.write(content):
            await spool.settle()
        new = await spool.finish(self._mailboxes.now())
        if not await self._mailboxes.database.transact(self.shard, queue.rewrite, (self.id,), new):
            raise PostroomError("The message is not in the queue any more.")
        await self.renew()

    async def renew(self) -> None:
        """Look at its row again, which is another one now; raises Unavailable."""
        rows = await self._mailboxes.database.read(self.shard, "SELECT content_id, size, options FROM queue WHERE id = ?", (self.id,))
        for content_id, size, options in rows:
            self.letter = self.letter._replace(content_id=content_id, size=size, options=read_options(options))
            self._size = size
        self.rewritten = True


async def content_of(mailboxes: Mailboxes, shard: int, content_id: int) -> bytes | None:
    """Read the content of a message of the queue; None when it is gone. Raises Unavailable."""
    rows: list[Any] = await mailboxes.database.read(shard, _CONTENT, (content_id,))
    if not rows:
        return None
    data, blob, size = rows[0]
    return await mailboxes.read(b"", data, blob, 0, size)
